"""Standing of a signatory: claimed, confirmed, listed, or off the list; what confirms it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.letters.endorsement import Endorsement, Kind
from bot.letters.entries import refuse_part
from bot.letters.people import Person
from bot.letters.refusals import Reason, Refusal
from bot.letters.rules import Confirmation
from bot.names import filing
from bot.names.cleaning import clean


class Standing(StrEnum):
    """Standing of a signatory. Only listed ones count."""

    UNCONFIRMED = "unconfirmed"
    """Somebody signed for the organisation, and nobody has confirmed it yet."""
    CONFIRMED = "confirmed"
    """The organisation was confirmed in one way, but the letter requires another."""
    LISTED = "listed"
    DISPUTED = "disputed"
    """Someone of the organisation objects, and no organiser has decided yet."""
    REMOVED = "removed"
    MARKED = "marked"
    """Withdrawn after delivery: the current list still shows its entry, marked, but does not count
    it."""
    GONE = "gone"
    """It has no endorsement any more."""


ON_LIST = frozenset({Standing.LISTED, Standing.MARKED})
"""Standings that the list shows."""

WAITING = frozenset({Standing.UNCONFIRMED, Standing.CONFIRMED, Standing.DISPUTED})
"""Standings that may require an organiser's decision."""


class Waits(StrEnum):
    """Reason why a signature waits until an organiser accepts it."""

    NO = "no"
    LOOK = "look"
    """The letter's rule."""
    NAME = "name"
    """Somebody of the same name signed in Slack, and may be the same person."""


class Ground(StrEnum):
    """Evidence by which an organiser knows that an organisation signed."""

    WRITTEN_PERMISSION = "written_permission"
    BOARD_DECISION = "board_decision"
    PUBLIC_STATEMENT = "public_statement"
    SPOKEN_WORD = "spoken_word"
    YES_BY_MAIL = "yes_by_mail"
    """Given to the app, with a code from a mail; no organiser records it."""


GROUNDS = tuple(ground for ground in Ground if ground is not Ground.YES_BY_MAIL)
"""The evidence that an organiser may record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """Proof of permission: the evidence, the person who gave it, their role, and the day."""

    ground: Ground
    given_by: str
    given_role: str
    given_on: date


def refuse_permission(permission: Permission, today: date) -> Refusal | None:
    """Return why a proof of permission cannot be saved, with the form field; None if it can."""
    for field in ("given_by", "given_role"):
        refusal = refuse_part(field, clean(getattr(permission, field)))
        if refusal is not None:
            return refusal
    # In some time zone it may be tomorrow already.
    if (permission.given_on - today).days > 1:
        return Refusal(Reason.DATE_AHEAD, "given_on")
    return None


def organisation_standing(
    confirmation: Confirmation, *, voices: int, by_organiser: bool, objections: int, removed: bool
) -> Standing:
    """Return an organisation's standing.

    Args:
        confirmation: The confirmation that the letter requires.
        voices: How many people sign for it; a second one counts as a confirmation.
        by_organiser: Whether an organiser recorded how they know that it signed.
        objections: How many objections are undecided.
        removed: Whether an organiser removed it from the list.
    """
    if voices == 0:
        return Standing.GONE
    if removed:
        return Standing.REMOVED
    if objections:
        return Standing.DISPUTED
    asked = {Confirmation.SECOND: voices > 1, Confirmation.ORGANISER: by_organiser}
    if asked.get(confirmation, True):
        return Standing.LISTED
    return Standing.CONFIRMED if voices > 1 or by_organiser else Standing.UNCONFIRMED


def giving_way(
    there: Iterable[Endorsement], come: Iterable[Endorsement]
) -> list[tuple[Endorsement, Endorsement]]:
    """Return the endorsements that a merge of two signatories ends, each with its replacement.

    Of two that may be one person's, only one remains: preferably one that the signer gave here,
    then one for a newer meaning of the text, then one of the remaining signatory. An endorsement
    that is ended this way does not replace another.
    """
    met = [(one, True) for one in there] + [(one, False) for one in come]
    met.sort(key=lambda one: (one[0].person is not None, one[0].meaning), reverse=True)
    staying: list[tuple[Endorsement, bool]] = []
    ended: list[tuple[Endorsement, Endorsement]] = []
    for one, was_there in met:
        same = (
            other for other, side in staying if side is not was_there and of_one_hand(one, other)
        )
        other = next(same, None)
        if other is None:
            staying.append((one, was_there))
        else:
            ended.append((one, other))
    return ended


def of_one_hand(one: Endorsement, other: Endorsement) -> bool:
    """Return whether two endorsements of one signatory may come from the same person.

    A collected one may be the signer's own if the signer added it. A name proves nothing: anybody
    can read it, and type it.
    """
    if one.kind is Kind.PERSON:
        return True  # a person signs for themselves only once
    if one.person and other.person:
        return one.person == other.person
    if one.person is None and other.person is None:
        return True  # a signatory has at most one collected endorsement
    collected, here = (one, other) if one.person is None else (other, one)
    return collected.added_by == here.person


def have_one_name(voices: Collection[Endorsement]) -> bool:
    """Return whether several endorsements may all be of one person, by their names."""
    return len(voices) > 1 and len({_name(one) for one in voices} - {""}) < 2


def _name(one: Endorsement) -> str:
    return filing.sort_fold(one.signature.facts.name)


def confirmed_by(recorders: Iterable[Person], holders: Collection[Person]) -> bool:
    """Return whether an organiser's record of permission confirms an organisation.

    It does unless that organiser signs for the organisation too.

    `recorders`: the organisers who recorded how they know that it signed. `holders`: the people who
    sign for it; only those among the recorders are needed.
    """
    return any(one not in holders for one in recorders)
