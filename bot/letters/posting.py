"""A posting: the card of a letter in one channel."""

from dataclasses import dataclass
from enum import StrEnum


class PostingState(StrEnum):
    """State of a card."""

    WAITING = "waiting"
    """Owed, not yet in its channel."""
    UP = "up"
    FAILED = "failed"
    """Slack refused it for good; `error` is Slack's name for why."""
    UNKNOWN = "unknown"
    """Slack's answer never came: it may be there. The first click from it adopts it."""
    LEAVING = "leaving"
    """To be deleted from its channel."""
    DOWN = "down"


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """One card."""

    id: str
    letter: int
    workspace: str
    channel: str
    message_ts: str | None
    state: PostingState
    error: str
