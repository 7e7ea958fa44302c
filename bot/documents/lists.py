"""Lists of entries as plain lines or Markdown, for exports and documents; `cells` writes CSV."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!&])")
_LINE_START = re.compile(r"^(\d*)([-+=.)])")


def escaped(text: str) -> str:
    """Return a text on one line in which Markdown reads every character literally."""
    return _LINE_START.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", " ".join(text.split())))


def in_lines(text: str) -> str:
    """Return a text as a paragraph with its lines."""
    return "  \n".join(map(escaped, text.splitlines()))


class Line(NamedTuple):
    """An entry of a list."""

    reads: str
    behind: str = ""
    """Text after the entry, including the space or tab before it; not escaped in Markdown."""
    heading: str = ""
    """The heading of its group; "" if the list has none."""
    number: int = 0
    """Its number in the list, or 0."""


def as_lines(entries: Iterable[Line]) -> Iterator[str]:
    """Write one line for each entry."""
    return (f"{one.reads}{one.behind}\n" for one in entries)


def as_items(entries: Iterable[Line], under: str | None = None) -> Iterator[str]:
    """Write each entry as an item of a Markdown list, preceded by the heading of its group if new.

    `under`: the heading of the entry before the first one; None if there is no such entry.
    """
    for one in entries:
        start = ""
        if one.heading != under:
            start = f"\n### {escaped(one.heading)}\n\n" if one.heading else "\n"
        marker = f"{one.number}." if one.number else "-"
        yield f"{start}{marker} {escaped(one.reads)}{one.behind}\n"
        under = one.heading
