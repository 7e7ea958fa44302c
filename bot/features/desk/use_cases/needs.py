"""Matters that need an organiser's attention."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from bot.features.organisations.use_cases import likely_pairs
from bot.letters.letter import Letter
from bot.letters.phases import Phase
from bot.letters.posting import Posting, PostingState
from bot.letters.standing import Standing
from bot.storage import postings, signatories
from bot.storage.database import Transaction

SOON = timedelta(days=7)
"""Time before its deadline from which a letter short of its goal is a need."""
MOST_OBJECTIONS = 10
"""Most disputed organisations listed one by one, over all letters."""


class NeedKind(StrEnum):
    """Kind of a need, the most urgent first."""

    OBJECTION = "objection"
    CARD = "card"
    WAITING = "waiting"
    ALIKE = "alike"
    SOON = "soon"


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One thing that needs an organiser's attention."""

    kind: NeedKind
    letter: Letter
    entry: str = ""
    """Entry that somebody objects to."""
    signatory: str = ""
    """Id of that entry."""
    count: int = 0
    """Unconfirmed organisations, groups of similar names, or signatures short of the goal."""
    more: bool = False
    """The count was cut."""
    posting: Posting | None = None
    """The card that could not be posted."""


def needs(
    tx: Transaction, organised: Collection[Letter], cards: Collection[Posting] | None = None
) -> tuple[Need, ...]:
    """Return the needs of letters in their current phases, the most urgent first.

    `cards` are the letters' cards, if they were read before.
    """
    gathering = {one.id: one for one in organised if one.phase.is_watched}
    disputed = signatories.disputed(tx, gathering, limit=MOST_OBJECTIONS)
    found = [
        Need(
            kind=NeedKind.OBJECTION,
            letter=gathering[party.letter],
            entry=party.entry,
            signatory=party.id,
        )
        for party in disputed
    ]
    signable = {one.id: one for one in organised if one.phase.is_signable}
    for posting in postings.of_letters(tx, list(signable)) if cards is None else cards:
        letter = signable.get(posting.letter)
        if letter and posting.state in {PostingState.FAILED, PostingState.UNKNOWN}:
            found.append(Need(kind=NeedKind.CARD, letter=letter, posting=posting))
    # Disputed organisations beyond the limit are not waiting for a confirmation either.
    more = len(disputed) == MOST_OBJECTIONS
    contested = Counter(
        party.letter
        for party in (signatories.disputed(tx, gathering) if more else disputed)
        if party.standing is Standing.DISPUTED
    )
    alike = likely_pairs.undecided(tx, gathering)
    for letter in gathering.values():
        if letter.id in alike:
            count, more = alike[letter.id]
            found.append(Need(kind=NeedKind.ALIKE, letter=letter, count=count, more=more))
        count = letter.tally.waiting - contested[letter.id]
        if count > 0:
            found.append(Need(kind=NeedKind.WAITING, letter=letter, count=count))
        if letter.phase is Phase.OPEN and letter.goal is not None:
            missing, left = letter.goal - letter.tally.total, letter.deadline - tx.now
            if missing > 0 and left <= SOON:
                found.append(Need(kind=NeedKind.SOON, letter=letter, count=missing))
    return tuple(sorted(found, key=lambda one: list(NeedKind).index(one.kind)))
