"""Words in Markdown that mark nothing up."""

import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!&])")
_LINE_START = re.compile(r"^(\d*)([-+=.)])")


def escaped(text: str) -> str:
    """Return a text on one line whose every character is itself to a reader of Markdown."""
    return _LINE_START.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", " ".join(text.split())))
