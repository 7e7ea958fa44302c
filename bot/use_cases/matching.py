"""Signatories that may be one are found, merged, or told apart for good."""

from collections.abc import Collection

from bot.letters.letter import Sight
from bot.letters.likeness import ALIKE, likeness, probes
from bot.letters.names import same_organisation
from bot.letters.people import Actor
from bot.letters.signatory import Signatory
from bot.storage import letters
from bot.storage import probes as filed
from bot.storage.database import Transaction, reading
from bot.use_cases.gate import role_in

MOST_COMPARED = 100
MOST_ALIKE = 3


@reading
def alike(
    tx: Transaction, *, letter: int, actor: Actor, organisation: str, country: str = ""
) -> tuple[Signatory, ...]:
    """Organisations of a letter that somebody may mean by a name, the likeliest first; at most 3.

    For "did you mean …?" before they sign. What is the same organisation without a question is not
    among them: signing says so. Nothing is given to one who may not see the names.
    """
    found = letters.find(tx, letter)
    if found is None or found.workspace != actor.workspace:
        return ()
    if found.sight(role_in(tx, found, actor), tx.now) is not Sight.ALL:
        return ()
    return likely(tx, letter, organisation, country, besides=())


def likely(
    tx: Transaction, letter: int, organisation: str, country: str, *, besides: Collection[str]
) -> tuple[Signatory, ...]:
    """The same for one who may see the names, in a story; `besides` are never among them."""
    found: dict[str, tuple[float, Signatory]] = {}
    for name, party in filed.sharing(tx, letter, probes(organisation), limit=MOST_COMPARED):
        if same_organisation((organisation, country), (name, party.country)):
            return ()
        nearness = max(likeness(organisation, name), found.get(party.id, (0.0, party))[0])
        if nearness >= ALIKE and not party.struck and party.id not in besides:
            found[party.id] = (nearness, party)
    nearest = sorted(found.values(), key=lambda one: (-one[0], one[1].line))
    return tuple(party for _, party in nearest[:MOST_ALIKE])
