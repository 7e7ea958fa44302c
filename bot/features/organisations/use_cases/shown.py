"""An entry as organisers see it, and the check that they decide about what they saw."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.letters.endorsement import Endorsement
from bot.letters.signatory import Signatory
from bot.storage import endorsements, objections, permissions
from bot.storage.database import Transaction
from bot.storage.objections import Objection
from bot.storage.permissions import Confirmed
from bot.use_cases.seen import refuse_unseen, seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """An entry with its signatures, proof of permission and objections, for organisers."""

    party: Signatory
    endorsements: tuple[Endorsement, ...]
    """Its endorsements, the first one first."""
    confirmed: Confirmed | None
    """The last recorded proof of permission, if there is one."""
    objections: tuple[Objection, ...]
    """Every objection, decided or not, the first one first."""


def organisations_of(tx: Transaction, parties: Sequence[Signatory]) -> list[Organisation]:
    """Return `parties`, in order, with their signatures, proofs and objections."""
    ids = [party.id for party in parties]
    records = permissions.records(tx, ids)
    disputed = objections.of_parties(tx, ids)
    return [
        Organisation(
            party=party,
            endorsements=tuple(endorsements.of_party(tx, party.id)),
            confirmed=records[party.id][-1] if party.id in records else None,
            objections=tuple(disputed.get(party.id, ())),
        )
        for party in parties
    ]


def read_of(*shown: Organisation) -> str:
    """Return the state of entries on a screen (see `use_cases/seen`)."""
    signed = [
        (one.party.id, given.id, given.signature) for one in shown for given in one.endorsements
    ]
    heard = [
        # Without the domain, which is known as long as an address is kept.
        replace(each, domain="")
        for one in shown
        for each in one.objections
        if each.decided_at is None
    ]
    return seen(
        " + ".join(one.party.entry for one in shown),
        [(one.party.id, one.party.removed) for one in shown],
        signed,
        heard,
        signers=len(signed),
        objections=len(heard),
    )


def decided_on(tx: Transaction, read: str | None, *parties: Signatory) -> None:
    """Refuse a decision if the entries are not as they were read; `read` of None accepts any.

    Raises:
        Refused: an entry, its signers or its open objections changed (`CHANGED_UNSEEN`).
    """
    if read is not None:
        refuse_unseen(read, read_of(*organisations_of(tx, parties)))
