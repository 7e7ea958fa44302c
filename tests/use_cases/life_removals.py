"""An organiser removes and restores single signatures, in the simplest words."""

from bot.letters.endorsement import Kind
from tests.use_cases.life_model import ModelLetter
from tests.use_cases.life_parties import Given


def remove(model: ModelLetter, ended: list[Given]) -> list[Given]:
    """Remove signatures; return those that this ended, or whose entry it did."""
    gone: list[Given] = []
    for one in ended:
        party = model.party_of(one)
        if party.removed:
            continue
        gone.append(one)
        if len(party.given) == 1 or party.kind is Kind.PERSON:
            model.remove(party, removed=True)
        else:
            model.end(one)
            one.removed = True
    return gone


def can_come_back(model: ModelLetter, given: Given) -> bool:
    """Return whether a removed signature can be restored."""
    party = model.party_of(given)
    if given in party.given:
        return party.removed
    return given.removed and not any(given.may_be_theirs(one) for one in party.given)


def coming_back(model: ModelLetter, gone: list[Given]) -> list[Given]:
    """Return those of a removal that can be restored; of two of one person for a party, one."""
    back: list[Given] = []
    for one in gone:
        party = model.party_of(one)
        doubles = (other for other in back if model.party_of(other) is party)
        double = one not in party.given and any(one.may_be_theirs(other) for other in doubles)
        if can_come_back(model, one) and not double:
            back.append(one)
    return back


def restore(model: ModelLetter, given: Given) -> None:
    """Restore a signature."""
    party = model.party_of(given)
    if given in party.given:
        model.remove(party, removed=False)
        return
    given.removed = False
    party.given = sorted([*party.given, given], key=lambda one: one.id)
    party.marked = False
    party.speak(model.backed())
    model.count()
