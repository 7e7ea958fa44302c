"""Requests to sign, and their results."""

from dataclasses import dataclass, fields
from typing import Any, Self

from bot.letters.endorsement import Signature
from bot.letters.people import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """The part of a signing that is passed on from the first click to the approval."""

    letter: int
    changes: str = ""
    """The id of the endorsement to change; empty for a new one."""
    read: str = ""
    """The revision of the signature that the signer edited; empty accepts any."""
    from_home: bool = False
    """True if the signing began on the App Home, which is then updated."""
    knows_late: bool = False
    """True if the signer was told that a new signature goes on the late list."""
    knows_web: bool = False
    """True if the signer was told that the list is on the web."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignRequest(Intent):
    """A person's approval of the entry that was shown to them."""

    actor: Actor
    signature: Signature
    trigger: str
    """The trigger of the submit; a second request with it has no further effect."""
    confirms: bool = False
    """True if the signer confirms the organisation's earlier signature by another person."""
    may_be_organisation: bool = True
    """False to refuse a person's name that reads like an organisation, so that they are asked."""
    shown: str | None = None
    """The entry that they were shown and confirm; None accepts any."""
    source: str = ""
    """Its origin if that is not Slack (`Endorsement.source`)."""

    @classmethod
    def of(cls, intent: Intent, **yes: Any) -> Self:
        """Return a request with the fields of an intent; `yes` are the remaining fields."""
        return cls(**{one.name: getattr(intent, one.name) for one in fields(Intent)}, **yes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A signature that was added or changed."""

    endorsement: str
    entry: str
    doubted: str = ""
    """"1" if an organiser looks at the person's name before it is listed."""
