"""Entries of a letter for those who run it: page by page, or by a name."""

from dataclasses import dataclass

from bot.features.desk import rows
from bot.letters.letter import Letter
from bot.letters.people import Actor, Role
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refused
from bot.letters.signatory import Signatory
from bot.names import filing
from bot.storage import signatories
from bot.storage.database import Transaction, reading
from bot.use_cases.gate import admit

LOOKED_THROUGH = 1_000
"""Most entries that one search looks through."""
ORGANISATIONS_LOOKED_THROUGH = 500
"""Most organisations that a search in a longer list looks through."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignersPage:
    """A stretch of a letter's list."""

    letter: Letter
    parties: tuple[Signatory, ...]
    more: bool
    """Whether others follow."""
    off_list: bool
    """Whether an organisation waits, is disputed or was removed."""
    long: bool
    """Whether a search finds only how names begin."""


@reading
def signers(
    tx: Transaction, *, letter: int, actor: Actor, after: str, search: str, limit: int
) -> SignersPage:
    """Return at most `limit` entries of a letter, from the one that follows the entry `after`.

    `search` is part of a name, also of entries that are off the list; empty for the whole list. In
    a long list people are found only by how their family name or their entry begins.

    Raises:
        Refused: There is no such letter here, or the actor does not run it.
    """
    found = admit(tx, letter, actor, Action.SEE_STATUS, lock=False)
    tally = found.tally
    entries = tally.total + tally.late + tally.waiting
    organisations = tally.organisations + tally.late_organisations + tally.waiting
    if search:
        folds = filing.possible_folds(search)
        if entries <= LOOKED_THROUGH:
            ids = rows.with_part(tx, letter, folds, limit=limit + 1)
        else:
            spelt = {search, search.upper(), search.title(), search[:1].upper() + search[1:]}
            ids = rows.beginning(
                tx,
                letter,
                folds,
                spelt,
                limit=limit + 1,
                organisations=organisations <= ORGANISATIONS_LOOKED_THROUGH,
            )
        known = signatories.find_many(tx, ids)
        parties = [known[one] for one in ids]
    else:
        start = signatories.position(tx, after) if after else None
        parties = [
            party for _, party in signatories.listed(tx, letter, after=start, limit=limit + 1)
        ]
    return SignersPage(
        letter=found.as_seen_by(Role.ORGANISER, tx.now),
        parties=tuple(parties[:limit]),
        more=len(parties) > limit,
        off_list=bool(signatories.unlisted(tx, letter, limit=1)),
        long=entries > LOOKED_THROUGH,
    )


@reading
def party(tx: Transaction, *, signatory: str, actor: Actor) -> Signatory:
    """Return an entry, for somebody who runs its letter.

    Raises:
        Refused: There is none, nobody backs it, or the actor does not run its letter.
    """
    found = signatories.kept(tx, [signatory]).get(signatory)
    if found is None:
        raise Refused.because(Reason.SIGNATURE_GONE)
    admit(tx, found.letter, actor, Action.SEE_STATUS, lock=False)
    if found.endorsements == 0:
        raise Refused.because(Reason.SIGNATURE_GONE)
    return found
