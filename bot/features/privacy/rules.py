"""The history of a letter: its rows."""

from dataclasses import dataclass

from bot.letters.audit import AuditEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRow:
    """One act, with the current texts of the entries that it is about; empty if erased."""

    entry: AuditEntry
    reads: str = ""
    """The signatory, or the invited person."""
    other: str = ""
    """The other signatory of a merge."""
    before: str = ""
    """The entry before a correction."""
    after: str = ""
    """The entry that the correction proposes or made."""
    may_undo: bool = False
    """The act still holds, and can be undone."""
