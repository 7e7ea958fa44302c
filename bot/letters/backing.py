"""Confirmation of a signatory by a second signer, or by the record of another organiser."""

from collections.abc import Collection, Iterable

from bot.letters.endorsement import Endorsement, Kind
from bot.letters.people import Person
from bot.names import filing


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

    A collected one may be the signer's own if it has no name or the signer's name, or if the signer
    added it.
    """
    if one.kind is Kind.PERSON:
        return True  # a person signs for themselves only once
    if one.person and other.person:
        return one.person == other.person
    if one.person is None and other.person is None:
        return True  # a signatory has at most one collected endorsement
    collected, here = (one, other) if one.person is None else (other, one)
    return collected.added_by == here.person or _name(collected) in {"", _name(here)}


def have_one_name(voices: Collection[Endorsement]) -> bool:
    """Return whether several endorsements were all given under one name."""
    return len(voices) > 1 and len({_name(one) for one in voices}) == 1


def _name(one: Endorsement) -> str:
    return filing.sort_fold(one.signature.facts.name)


def confirmed_by(recorders: Iterable[Person], holders: Collection[Person]) -> bool:
    """Return whether an organiser's record of permission confirms an organisation.

    It does unless that organiser signs for the organisation too.

    `recorders`: the organisers who recorded how they know that it signed. `holders`: the people who
    sign for it; only those among the recorders are needed.
    """
    return any(one not in holders for one in recorders)
