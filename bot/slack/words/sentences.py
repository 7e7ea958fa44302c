"""Sentences that a file holds, a line each."""

from pathlib import Path


def read_sentences(path: Path) -> dict[str, list[str]]:
    """Return a file's sentences by heading; two of them are for a count of 1 and for others.

    A line is a heading, or several with a comma between them, then a colon and the sentence. A bar
    stands between one and many. A line that starts with "#" is a comment.
    """
    table: dict[str, list[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        headings, _, said = line.partition(": ")
        if said and not line.startswith("#"):
            table |= dict.fromkeys(headings.split(", "), said.split(" | "))
    return table
