"""States of notices, reminders, cards and objections."""

from enum import StrEnum


class NoticeState(StrEnum):
    """State of a notice."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    """A worker has it until its lease runs out; after that nobody knows whether it went."""
    UNKNOWN = "unknown"
    """It may have arrived: it is looked up when its time comes, before it is sent again."""
    SENT = "sent"
    DROPPED = "dropped"
    """No longer owed when its time came."""
    GIVEN_UP = "given_up"


class ReminderState(StrEnum):
    """State of a reminder."""

    PLANNED = "planned"
    SENT = "sent"
    DROPPED = "dropped"
    """No longer owed when its time came: signed, stopped, left, closed."""
    FAILED = "failed"


class Decision(StrEnum):
    """Outcome of an objection."""

    LISTED = "listed"
    """An organiser decided that the signature holds."""
    REMOVED = "removed"
    MOOT = "moot"
    """Those who signed took it back themselves, or the same person said it twice."""
