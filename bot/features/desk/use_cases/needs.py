"""Matters that need an organiser's attention."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.features.organisations.use_cases import likely_pairs
from bot.letters.letter import Letter, Posting, PostingState
from bot.letters.phases import Phase
from bot.letters.standing import Standing
from bot.storage import postings, signatories
from bot.storage.database import Transaction

SOON = timedelta(days=7)
"""Time before its deadline from which a letter short of its goal is a need."""
MOST_ALONE = 3
"""Most objections, and cards, of a letter that are needs of their own; more are one need."""


class NeedKind(StrEnum):
    """Kind of a need, the most urgent first."""

    OBJECTION = "objection"
    CARD = "card"
    WAITING = "waiting"
    ALIKE = "alike"
    SOON = "soon"
    UNANSWERED = "unanswered"
    """Signers who can still answer a text change; named only before a delivery, as the next ones."""
    AWAITING = "awaiting"
    INVITED = "invited"


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One thing that needs an organiser's attention."""

    kind: NeedKind
    letter: Letter
    entry: str = ""
    """Entry that somebody objects to; empty for several."""
    signatory: str = ""
    count: int = 0
    """Number of unconfirmed organisations, similar names, missing signatures, or people; of entries
    with objections, or cards, if they are one need."""
    more: bool = False
    until: datetime | None = None
    """The time until which signers can answer."""
    posting: Posting | None = None
    """The card that could not be posted; None for several."""


def needs(
    tx: Transaction, organised: Collection[Letter], cards: Collection[Posting] | None = None
) -> tuple[Need, ...]:
    """Return the needs of letters in their current phases, the most urgent first.

    `cards` are the letters' cards, if they were read before.
    """
    gathering = {one.id: one for one in organised if one.phase.is_watched}
    disputed = signatories.disputed(tx, gathering)
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
    # Disputed organisations are not waiting for a confirmation.
    contested = Counter(party.letter for party in disputed if party.standing is Standing.DISPUTED)
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
    return tuple(sorted(_together(found), key=lambda one: list(NeedKind).index(one.kind)))


def _together(found: Sequence[Need]) -> Iterator[Need]:
    """Make one need of many objections, or cards, of a letter, so that they hide no other's."""
    by_letter: dict[tuple[NeedKind, int], list[Need]] = defaultdict(list)
    for one in found:
        by_letter[one.kind, one.letter.id].append(one)
    for same in by_letter.values():
        if len(same) > MOST_ALONE:
            yield Need(kind=same[0].kind, letter=same[0].letter, count=len(same))
        else:
            yield from same
