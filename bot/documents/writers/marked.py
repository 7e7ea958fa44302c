"""The marks behind an entry, and the day of a late signature."""

from bot.documents.paper import Entry

FEW = 3
"""Entries of a group up to which they stand under one another, not in two columns."""
FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"


def signed_behind(entry: Entry) -> str:
    """Return the day of a late signature in brackets, with the space before it, or nothing."""
    return f" ({entry.signed})" if entry.signed else ""


def kept_together(text: str) -> str:
    """Return a text that is not broken at its spaces, but for one that it begins with."""
    kept = text.lstrip(" ")
    return text[: len(text) - len(kept)] + kept.replace(" ", "\u00a0")


def marks_behind(entry: Entry) -> str:
    """Return the marks of an entry, with the space before each."""
    return "".join(f" {mark.value}" for mark in entry.marks)


def isolated_entry(entry: Entry) -> str:
    """Return an entry, kept from turning round the words that stand behind it, if any do."""
    return f"{FIRST_STRONG_ISOLATE}{entry.reads}{POP_ISOLATE}" if entry.signed else entry.reads
