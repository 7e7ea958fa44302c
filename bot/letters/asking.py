"""Who was asked for a signature, and where that stands."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.letters.endorsement import Kind
from bot.letters.people import Person


class AskState(StrEnum):
    """Where it stands with somebody who was asked."""

    ASKED = "asked"
    READING = "reading"
    AWAITING = "awaiting"
    """They wait for an approval until a date."""
    DECLINED = "declined"
    SIGNED = "signed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One person or organisation that was asked."""

    id: str
    letter: int
    kind: Kind
    person: Person | None
    """Who was asked, or the organisation's contact; None for one without an account here."""
    name: str
    organisation: str
    country: str
    contact: str
    """How an organisation without an account here is reached, as the organiser wrote it."""
    key: str
    """What makes it one: the person, or the organisation's exact key."""
    state: AskState
    until: datetime | None
    """Until when they wait for an approval."""
    note: str
    asked_at: datetime
    answered_at: datetime | None
