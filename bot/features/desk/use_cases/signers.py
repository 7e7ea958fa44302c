"""Entries of a letter for its organisers: page by page, or by name."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.features.desk import rows
from bot.letters.endorsement import Endorsement
from bot.letters.letter import Letter
from bot.letters.people import Actor, Role
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refused, required
from bot.letters.signatory import Signatory
from bot.names import filing
from bot.storage import endorsements, signatories
from bot.storage.database import Transaction, reading, reading_aside
from bot.use_cases.gate import admit


@dataclass(frozen=True, slots=True, kw_only=True)
class SignersPage:
    """A page of a letter's entries."""

    letter: Letter
    parties: tuple[Signatory, ...]
    more: bool
    off_list: bool
    """True if an organisation is unconfirmed, disputed or removed."""
    signed: Mapping[str, Endorsement] = field(default_factory=dict[str, Endorsement])
    """Signatures with something that only organisers see, a withheld name or an answer, by id."""


@reading
def signers(tx: Transaction, *, letter: int, actor: Actor, after: str, limit: int) -> SignersPage:
    """Return a page of a letter's list.

    `after`: Id of the entry after which to begin; empty for the beginning.

    Raises:
        Refused: There is no such letter here, or the actor does not run it.
    """
    found = admit(tx, letter, actor, Action.SEE_STATUS, lock=False)
    start = signatories.position(tx, after) if after else None
    listed = signatories.listed(tx, letter, after=start, limit=limit + 1)
    return _page(tx, found, [party for _, party in listed], limit)


@reading_aside
def named(tx: Transaction, *, letter: int, actor: Actor, search: str, limit: int) -> SignersPage:
    """Return the first entries whose names contain `search`, on the list or off it.

    Any part of a name matches, at the cost of a full scan.

    Raises:
        Refused: There is no such letter here, or the actor does not run it.
    """
    found = admit(tx, letter, actor, Action.SEE_STATUS, lock=False)
    spelt = {search, search.upper(), search.title(), search[:1].upper() + search[1:]}
    ids = rows.named(tx, letter, filing.possible_folds(search), spelt, limit=limit + 1)
    known = signatories.find_many(tx, ids)
    return _page(tx, found, [known[one] for one in ids], limit)


def _page(tx: Transaction, letter: Letter, parties: list[Signatory], limit: int) -> SignersPage:
    asks = letter.rules.question is not None
    told = [one.speaker for one in parties[:limit] if asks or one.withheld]
    return SignersPage(
        letter=letter.as_seen_by(Role.ORGANISER, tx.now),
        parties=tuple(parties[:limit]),
        more=len(parties) > limit,
        off_list=bool(signatories.unlisted(tx, letter.id, limit=1)),
        signed=endorsements.find_many(tx, told) if told else {},
    )


@reading
def party(tx: Transaction, *, signatory: str, actor: Actor) -> Signatory:
    """Return an entry, for an organiser of its letter.

    Raises:
        Refused: There is no such entry, it has no signature, or the actor does not run its letter.
    """
    found = required(signatories.kept(tx, [signatory]).get(signatory), Reason.SIGNATURE_GONE)
    admit(tx, found.letter, actor, Action.SEE_STATUS, lock=False)
    if found.endorsements == 0:
        raise Refused.because(Reason.SIGNATURE_GONE)
    return found
