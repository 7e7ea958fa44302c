"""Plain text, CSV and Markdown."""

from bot.documents.cells import write_table
from bot.documents.lists import Line, as_items, as_lines, escaped, in_lines
from bot.documents.paper import Entry, Paper
from bot.documents.writers.marked import (
    before_web,
    isolated_entry,
    marks_behind,
    number_before,
    signed_behind,
)


def lines(paper: Paper) -> bytes:
    """Write one line for each entry, after the label of a draft and before the notes."""
    draft = f"{paper.draft}\n\n" if paper.draft else ""
    entries = as_lines(
        Line(
            number_before(one) + " ".join(one.reads.split()),
            f"{signed_behind(one)}{marks_behind(one)}",
        )
        for one in paper.entries
    )
    notes = "".join(f"\n{mark.value} {words}\n" for mark, words in paper.notes)
    return f"{draft}{''.join(entries)}{notes}".encode()


def table(paper: Paper) -> bytes:
    """Write one row of CSV for each entry, harmless to spreadsheets; a column marks a draft."""
    columns = [*paper.columns, *(["draft"] if paper.draft else [])]
    rows = (
        dict(zip(columns, (*entry.cells, paper.draft), strict=False)) for entry in paper.entries
    )
    return write_table(columns, rows).encode()


def _web(entry: Entry) -> str:
    if not entry.web:
        return ""
    return f" [{escaped(entry.web)}](https://{entry.web}){signed_behind(entry)}"


def markdown(paper: Paper) -> bytes:
    """Write the letter and its list as Markdown."""
    parts = [
        f"**{escaped(paper.draft)}**" if paper.draft else "",
        escaped(paper.letterhead),
        escaped(paper.day),
        in_lines(paper.addressee),
        f"# {escaped(paper.title)}",
        f"**{escaped(paper.subject)}**" if paper.subject else "",
        paper.body.rstrip(),
        *map(in_lines, paper.after_text),
        f"## {escaped(paper.heading)}",
        escaped(paper.count),
        escaped(paper.remark),
    ]
    head = "\n\n".join(part for part in parts if part)
    items = as_items(
        Line(
            before_web(one) if one.web else isolated_entry(one) + signed_behind(one),
            _web(one) + marks_behind(one),
            section.heading,
            one.number,
        )
        for section in paper.sections
        for one in section.entries
    )
    notes = "".join(f"\n{mark.value} {escaped(words)}\n" for mark, words in paper.notes)
    after = "".join(f"\n{in_lines(one)}\n" for one in paper.after_list)
    after += "".join(f"\n{one.markdown}" for one in paper.translations)
    return f"{head}\n{''.join(items)}{notes}{after}".encode()
