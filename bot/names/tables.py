"""Word lists and name lists, kept as text files beside the code.

A line is a heading, a colon, and items separated by commas. An indented line continues the items of
the line before. A line that starts with "#" is a comment.
"""

from pathlib import Path

WORDS = Path(__file__).with_name("words")


def read_table(path: Path) -> dict[str, list[str]]:
    """Return the items of a word list by heading, in the order of the file."""
    table: dict[str, list[str]] = {}
    items: list[str] = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("#"):
            continue
        listed = line
        if line[:1].strip():
            heading, _, listed = line.partition(":")
            items = table.setdefault(heading, [])
        items += filter(None, map(str.strip, listed.split(",")))
    return table
