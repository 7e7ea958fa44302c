"""Plain text, CSV and Markdown."""

from bot.documents.cells import write_table
from bot.documents.lists import Line, as_items, as_lines
from bot.documents.markdown_escaping import addressed, escaped, subjected
from bot.documents.paper import Paper
from bot.documents.writers.marked import isolated_entry, marks_behind, signed_behind


def lines(paper: Paper) -> bytes:
    """Write one line for each entry, after the label of a draft and before the notes."""
    draft = f"{paper.draft}\n\n" if paper.draft else ""
    entries = as_lines(
        Line(" ".join(one.reads.split()), f"{signed_behind(one)}{marks_behind(one)}")
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


def markdown(paper: Paper) -> bytes:
    """Write the letter and its list as Markdown."""
    parts = [
        f"**{escaped(paper.draft)}**" if paper.draft else "",
        escaped(paper.letterhead),
        escaped(paper.day),
        addressed(paper.addressee).rstrip(),
        f"# {escaped(paper.title)}",
        subjected(paper.subject).rstrip(),
        paper.body.rstrip(),
        f"## {escaped(paper.heading)}",
        escaped(paper.count),
    ]
    head = "\n\n".join(part for part in parts if part)
    items = as_items(
        Line(isolated_entry(one) + signed_behind(one), marks_behind(one), section.heading)
        for section in paper.sections
        for one in section.entries
    )
    notes = "".join(f"\n{mark.value} {escaped(words)}\n" for mark, words in paper.notes)
    return f"{head}\n{''.join(items)}{notes}".encode()
