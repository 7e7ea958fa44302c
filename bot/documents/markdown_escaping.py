"""Escaping of plain text in Markdown."""

import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!&])")
_LINE_START = re.compile(r"^(\d*)([-+=.)])")


def escaped(text: str) -> str:
    """Return a text on one line in which Markdown reads every character literally."""
    return _LINE_START.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", " ".join(text.split())))


def in_lines(text: str) -> str:
    """Return a text as a paragraph with its lines."""
    return "  \n".join(map(escaped, text.splitlines()))
