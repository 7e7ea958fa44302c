"""Escaping of plain text in Markdown."""

import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!&])")
_LINE_START = re.compile(r"^(\d*)([-+=.)])")


def escaped(text: str) -> str:
    """Return a text on one line in which Markdown reads every character literally."""
    return _LINE_START.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", " ".join(text.split())))


def addressed(addressee: str) -> str:
    """Return an addressee as a paragraph with its lines; "" without one."""
    return "  \n".join(map(escaped, addressee.splitlines())) + "\n\n" if addressee else ""


def subjected(subject: str) -> str:
    """Return a subject as a bold paragraph; "" without one."""
    return f"**{escaped(subject)}**\n\n" if subject else ""
