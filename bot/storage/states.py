"""States of notices, reminders, cards and objections."""

from enum import StrEnum


class NoticeState(StrEnum):
    """State of a notice."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    """Claimed by a worker until its lease ends; after that it is unknown whether it was sent."""
    UNKNOWN = "unknown"
    """May have arrived, so it is looked up before it is sent again."""
    SENT = "sent"
    DROPPED = "dropped"
    """No longer needed when it was due."""
    GIVEN_UP = "given_up"


class ReminderState(StrEnum):
    """State of a reminder."""

    PLANNED = "planned"
    SENT = "sent"
    DROPPED = "dropped"
    """No longer needed when due: the person signed, opted out or left, or the letter closed."""
    FAILED = "failed"


class Decision(StrEnum):
    """Outcome of an objection."""

    LISTED = "listed"
    """An organiser decided that the signature is valid."""
    REMOVED = "removed"
    MOOT = "moot"
    """No decision needed: the signers withdrew, or the same person objected twice."""
