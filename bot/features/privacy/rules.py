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
    after: str = ""
    may_undo: bool = False
