"""Trust in a signatory: claimed, confirmed, listed, or off the list."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.letters.entries import refuse_part
from bot.letters.refusals import Reason, Refusal
from bot.letters.rules import Confirmation
from bot.names.cleaning import clean


class Standing(StrEnum):
    """Standing of a signatory. Only listed ones count."""

    UNCONFIRMED = "unconfirmed"
    """Signed for an organisation, and not confirmed yet."""
    CONFIRMED = "confirmed"
    """An organisation was confirmed once, and the letter asks for another confirmation."""
    LISTED = "listed"
    DISPUTED = "disputed"
    """Someone of the organisation objects, and no organiser has decided yet."""
    REMOVED = "removed"
    """An organiser decided that it stays off the list."""
    MARKED = "marked"
    """Withdrawn after delivery; the living list keeps its entry with a mark, and counts it no more."""
    GONE = "gone"
    """Nobody's signature holds it up any more."""


ON_LIST = frozenset({Standing.LISTED, Standing.MARKED})
"""Standings that the list shows."""

WAITING = frozenset({Standing.UNCONFIRMED, Standing.CONFIRMED, Standing.DISPUTED})
"""Standings that may need an organiser."""


class Ground(StrEnum):
    """Ground on which an organiser knows that an organisation signed."""

    WRITTEN_PERMISSION = "written_permission"
    BOARD_DECISION = "board_decision"
    PUBLIC_STATEMENT = "public_statement"
    SPOKEN_WORD = "spoken_word"


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """Proof of permission: the ground, who gave it, their role, the day."""

    ground: Ground
    given_by: str
    given_role: str
    given_on: date


def refuse_permission(permission: Permission, today: date) -> Refusal | None:
    """None where a record of a permission can be kept, else what is wrong, by its field."""
    for field in ("given_by", "given_role"):
        refusal = refuse_part(field, clean(getattr(permission, field)))
        if refusal is not None:
            return refusal
    # Somewhere it may be tomorrow already.
    if (permission.given_on - today).days > 1:
        return Refusal(Reason.DATE_AHEAD, "given_on")
    return None


_UNCONFIRMED, _CONFIRMED, _LISTED = Standing.UNCONFIRMED, Standing.CONFIRMED, Standing.LISTED

CONFIRMATIONS: dict[Confirmation, dict[tuple[bool, bool], Standing]] = {
    # (a second person, an organiser)
    Confirmation.NONE: {
        (False, False): _LISTED, (True, False): _LISTED,
        (False, True): _LISTED, (True, True): _LISTED,
    },
    Confirmation.SECOND: {
        (False, False): _UNCONFIRMED, (True, False): _LISTED,
        (False, True): _CONFIRMED, (True, True): _LISTED,
    },
    Confirmation.ORGANISER: {
        (False, False): _UNCONFIRMED, (True, False): _CONFIRMED,
        (False, True): _LISTED, (True, True): _LISTED,
    },
    Confirmation.BOTH: {
        (False, False): _UNCONFIRMED, (True, False): _CONFIRMED,
        (False, True): _CONFIRMED, (True, True): _LISTED,
    },
}  # fmt: skip
"""Standing by the letter's rule and by who has confirmed."""


class Need(StrEnum):
    """Requirement of a letter before an organisation is listed."""

    SECOND = "second"
    """A second person of it, who signs for it too."""
    RECORD = "record"
    """An organiser's record of how they know."""


_ASKED = {
    Confirmation.NONE: (),
    Confirmation.SECOND: (Need.SECOND,),
    Confirmation.ORGANISER: (Need.RECORD,),
    Confirmation.BOTH: (Need.SECOND, Need.RECORD),
}


def still_needed(
    confirmation: Confirmation, *, voices: int, by_organiser: bool
) -> tuple[Need, ...]:
    """Return what an organisation's signature still needs; empty where nothing.

    Args:
        confirmation: What the letter asks for.
        voices: How many people's signatures for it stand.
        by_organiser: An organiser has recorded how they know.
    """
    met = {Need.SECOND: voices > 1, Need.RECORD: by_organiser}
    return tuple(need for need in _ASKED[confirmation] if not met[need])


def organisation_standing(
    confirmation: Confirmation,
    *,
    voices: int,
    by_organiser: bool,
    objections: int,
    removed: bool,
) -> Standing:
    """Return an organisation's standing.

    Args:
        confirmation: What the letter asks for.
        voices: How many people's signatures for it stand; a second person is a confirmation.
        by_organiser: An organiser has recorded how they know.
        objections: How many objections are not decided.
        removed: An organiser decided that it stays off the list.
    """
    if voices == 0:
        return Standing.GONE
    if removed:
        return Standing.REMOVED
    if objections:
        return Standing.DISPUTED
    return CONFIRMATIONS[confirmation][voices > 1, by_organiser]
