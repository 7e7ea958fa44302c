"""States of notices, reminders, cards and objections."""

from enum import StrEnum


class NoticeState(StrEnum):
    """State of a notice."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    """A worker has claimed it until its lease ends; after that nobody knows if it was sent."""
    UNKNOWN = "unknown"
    """It may have arrived: it is looked up when it is due, before it is sent again."""
    SENT = "sent"
    DROPPED = "dropped"
    """No longer needed when it was due."""
    GIVEN_UP = "given_up"


class ReminderState(StrEnum):
    """State of a reminder."""

    PLANNED = "planned"
    SENT = "sent"
    DROPPED = "dropped"
    """No longer needed when it was due: the person signed, opted out or left, or it closed."""
    FAILED = "failed"


class Decision(StrEnum):
    """Outcome of an objection."""

    LISTED = "listed"
    """An organiser decided that the signature holds."""
    REMOVED = "removed"
    MOOT = "moot"
    """No decision needed: the signers withdrew, or the same person objected twice."""
