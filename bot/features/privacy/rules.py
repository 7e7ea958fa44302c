"""The history of a letter, with the entries that it is about as they read now."""

from dataclasses import dataclass

from bot.letters.audit import AuditEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRow:
    """One act, and the words of the list that it is about. They are empty where those were erased."""

    entry: AuditEntry
    reads: str = ""
    """The signatory, or who was invited."""
    other: str = ""
    """The other signatory of a merge."""
    before: str = ""
    """The entry before a correction."""
    after: str = ""
    """The entry that the correction proposes or made."""
    may_undo: bool = False
    """It still holds, and something undoes it."""
