"""Backing of a signatory: a second signer, or an organiser's record, never oneself."""

from collections.abc import Collection, Iterable

from bot.letters.endorsement import Endorsement, Kind
from bot.letters.people import Person
from bot.names import filing


def giving_way(
    there: Iterable[Endorsement], come: Iterable[Endorsement]
) -> list[tuple[Endorsement, Endorsement]]:
    """Return the backings that end where two signatories meet, each with the one it gives way to.

    Of each two that may be one person's one stays. What was gathered elsewhere gives way to what
    its signer gave here, what was given for an older meaning of the text to what was given for a
    newer one; else what comes to what is there. One that ends itself makes no other end.
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
    """Return whether two voices for one party may be one person's.

    One that was gathered elsewhere may be theirs where it has no name, or their name, and where it
    was they who added it.
    """
    if one.kind is Kind.PERSON:
        return True  # a person has one voice
    if one.person and other.person:
        return one.person == other.person
    if one.person is None and other.person is None:
        return True  # a party has one of these
    collected, here = (one, other) if one.person is None else (other, one)
    name = filing.sort_fold(collected.signature.facts.name)
    signed_by = filing.sort_fold(here.signature.facts.name)
    return collected.added_by == here.person or name in {"", signed_by}


def confirmed_by(recorders: Iterable[Person], holders: Collection[Person]) -> bool:
    """Return whether an organiser's record confirms a party: theirs who hold it up themselves does not.

    Args:
        recorders: Those who recorded how they know.
        holders: Those whose signatures hold it up; others may be left out than the recorders.
    """
    return any(one not in holders for one in recorders)
