"""The rows of a letter's history."""

from dataclasses import dataclass

from bot.letters.audit import AuditEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRow:
    """One act, with the current texts of its entries, empty if erased."""

    entry: AuditEntry
    reads: str = ""
    other: str = ""
    """The other signatory of a merge."""
    before: str = ""
    """The entry before a correction."""
    after: str = ""
    """The entry that the correction proposes or made."""
    may_undo: bool = False
    """True if the act is still in force and can be undone."""
