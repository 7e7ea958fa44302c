"""A posting: the card of a letter in one channel."""

from dataclasses import dataclass
from enum import StrEnum


class PostingState(StrEnum):
    """State of a card."""

    WAITING = "waiting"
    """Queued, not yet in its channel."""
    UP = "up"
    FAILED = "failed"
    """Slack refused it for good; `error` is the name of Slack's error."""
    UNKNOWN = "unknown"
    """Slack did not answer, so the card may exist. The first click on it confirms that."""
    LEAVING = "leaving"
    """Queued to be deleted from its channel."""
    DOWN = "down"


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """One card in one channel."""

    id: str
    letter: int
    workspace: str
    channel: str
    message_ts: str | None
    state: PostingState
    error: str
    words: str = ""
