"""Marks after an entry, and the day of a late signature."""

from bot.documents.paper import Entry

FEW = 3
"""The most entries of a group that are set in one column instead of two."""
FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"


def number_before(entry: Entry) -> str:
    """Return the number of an entry, followed by a space, or ""."""
    return f"{entry.number}. " if entry.number else ""


def before_web(entry: Entry) -> str:
    """Return an entry without the web address at its end."""
    return entry.reads.removesuffix(entry.web)


def signed_behind(entry: Entry) -> str:
    """Return the day of a late signature in brackets, preceded by a space, or ""."""
    return f" ({entry.signed})" if entry.signed else ""


def kept_together(text: str) -> str:
    """Return a text with no-break spaces, except for leading ones."""
    kept = text.lstrip(" ")
    return text[: len(text) - len(kept)] + kept.replace(" ", "\u00a0")


def marks_behind(entry: Entry) -> str:
    """Return the marks of an entry, each preceded by a space."""
    return "".join(f" {mark.value}" for mark in entry.marks)


def isolated_entry(entry: Entry) -> str:
    """Return an entry, isolated so that it does not reverse a text that follows it."""
    return f"{FIRST_STRONG_ISOLATE}{entry.reads}{POP_ISOLATE}" if entry.signed else entry.reads
