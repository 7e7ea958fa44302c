"""Papers as text: lines, CSV, Markdown."""

from bot.documents.cells import write_table
from bot.documents.markdown_escaping import escaped
from bot.documents.paper import Paper
from bot.documents.writers.marked import isolated_entry, marks_behind, signed_behind


def lines(paper: Paper) -> bytes:
    """Write one line an entry, in order; of a draft, its mark comes first, and notes come last."""
    draft = f"{paper.draft}\n\n" if paper.draft else ""
    written = "".join(
        f"{_one_line(entry.reads)}{signed_behind(entry)}{marks_behind(entry)}\n"
        for entry in paper.entries
    )
    notes = "".join(f"\n{mark.value} {words}\n" for mark, words in paper.notes)
    return f"{draft}{written}{notes}".encode()


def table(paper: Paper) -> bytes:
    """Write one row an entry as CSV, harmless to spreadsheets; of a draft, a column says so."""
    columns = [*paper.columns, *(["draft"] if paper.draft else [])]
    rows = (
        dict(zip(columns, (*entry.cells, paper.draft), strict=False)) for entry in paper.entries
    )
    return write_table(columns, rows).encode()


def markdown(paper: Paper) -> bytes:
    """Write the letter and its list as Markdown."""
    parts = [f"**{escaped(paper.draft)}**"] if paper.draft else []
    if paper.letterhead:
        parts.append(escaped(paper.letterhead))
    parts += [
        escaped(paper.day),
        f"# {escaped(paper.title)}",
        paper.body.rstrip(),
        f"## {escaped(paper.heading)}",
        escaped(paper.count),
    ]
    for section in paper.sections:
        if section.heading:
            parts.append(f"### {escaped(section.heading)}")
        parts.append(
            "\n".join(
                f"- {escaped(isolated_entry(entry) + signed_behind(entry))}{marks_behind(entry)}"
                for entry in section.entries
            )
        )
    parts += [f"{mark.value} {escaped(words)}" for mark, words in paper.notes]
    return ("\n\n".join(part for part in parts if part) + "\n").encode()


def _one_line(text: str) -> str:
    return " ".join(text.split())
