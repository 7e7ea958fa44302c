"""The list is handed over: to the public, or with all that is known to those who run the letter."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from bot.features.delivery.list_files import Export, Stretch
from bot.features.delivery.rules import Confirmer, Proof
from bot.letters.endorsement import Kind
from bot.letters.letter import Letter, Sight
from bot.letters.people import Actor, Role
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refused
from bot.letters.rules import Confirmation
from bot.letters.signatory import Signatory
from bot.storage import endorsements, letters, permissions, signatories
from bot.storage.database import Transaction, reading
from bot.use_cases.gate import admit

__all__ = ["Export", "Scope", "Stretch", "every_letter", "export", "proofs_of", "stretch",
    "under_embargo",
]  # fmt: skip

STRETCH = 100
"""Entries that are read for a page."""


class Scope(StrEnum):
    """Signatories included in a list on paper."""

    LISTED = "listed"
    ALL = "all"
    """Those that are not on the list too, at its end: for organisers only."""


@reading
def export(
    tx: Transaction, *, letter: int, scope: Scope = Scope.LISTED, embargoed: bool = False
) -> Export:
    """Everything that a list on paper needs, as of one instant.

    Args:
        tx: The transaction.
        letter: The letter.
        scope: Which signatories.
        embargoed: Whether it is for organisers, who see the list under an embargo too.

    Raises:
        Refused: there is no such letter, or an embargo holds and the list is not for organisers.
    """
    found = letters.find(tx, letter)
    if found is None:
        raise Refused.because(Reason.NO_SUCH_LETTER)
    role = Role.ORGANISER if embargoed or scope is Scope.ALL else Role.MEMBER
    if found.sight(role, tx.now) is not Sight.ALL:
        raise Refused.because(Reason.UNDER_EMBARGO, title=found.title)
    return _export(tx, found, scope)


@reading
def stretch(
    tx: Transaction,
    *,
    letter: int,
    actor: Actor,
    scope: Scope = Scope.LISTED,
    after: str = "",
    off_list: bool = False,
    limit: int = STRETCH,
) -> Stretch:
    """A stretch for an organiser, who sees the list under an embargo too. Costs the same anywhere.

    Args:
        tx: The transaction.
        letter: The letter.
        actor: An organiser.
        scope: Which signatories.
        after: The id of the signatory after which it begins; empty for the beginning.
        off_list: Whether that one is among those that are not on the list.
        limit: Most entries.

    Raises:
        Refused: there is no such letter here, or the actor does not run it.
    """
    found = admit(tx, letter, actor, Action.EXPORT, lock=False)
    parties: list[Signatory] = []
    if not off_list:
        start = signatories.position(tx, after) if after else None
        listed = signatories.listed(tx, letter, after=start, limit=limit + 1)
        parties = [party for _, party in listed]
    if scope is Scope.ALL and len(parties) <= limit:
        begin = after if off_list else ""
        parties += _backed(tx, letter, after=begin, limit=limit + 1 - len(parties))
    return Stretch(
        **_facts(tx, found, scope, parties[:limit]),
        before=signatories.find(tx, after) if after else None,
        more=len(parties) > limit,
    )


@reading
def under_embargo(tx: Transaction, *, letter: int, actor: Actor) -> bool:
    """Return whether only organisers may see a letter's names now.

    Raises:
        Refused: there is no such letter here, or the actor does not run it.
    """
    found = admit(tx, letter, actor, Action.EXPORT, lock=False)
    return found.sight(Role.MEMBER, tx.now) is not Sight.ALL


def _export(tx: Transaction, letter: Letter, scope: Scope) -> Export:
    parties = [party for _, party in signatories.listed(tx, letter.id)]
    if scope is Scope.ALL:
        parties += _backed(tx, letter.id)
    return Export(**_facts(tx, letter, scope, parties))


def _backed(
    tx: Transaction, letter: int, *, after: str = "", limit: int | None = None
) -> list[Signatory]:
    """Those that are not on the list though somebody backs them."""
    return signatories.unlisted(tx, letter, after=after, limit=limit, backed=True)


def _facts(
    tx: Transaction, letter: Letter, scope: Scope, parties: Sequence[Signatory]
) -> dict[str, Any]:
    speakers = endorsements.find_many(tx, {party.speaker for party in parties})
    return {
        "letter": letter,
        "body": letters.read_text(tx, letter.id, letter.text_sha256) or "",
        "entries": tuple((party, speakers[party.speaker]) for party in parties),
        "proofs": proofs_of(tx, letter, parties) if scope is Scope.ALL else None,
        "embargoed": letter.sight(Role.MEMBER, tx.now) is not Sight.ALL,
        "now": tx.now,
    }


def proofs_of(tx: Transaction, letter: Letter, parties: Sequence[Signatory]) -> dict[str, Proof]:
    """Return the proofs of each organisation's signature, and who confirmed it, by signatory."""
    ids = [party.id for party in parties if party.kind is Kind.ORGANISATION]
    records, voices = permissions.records(tx, ids), endorsements.of_parties(tx, ids)
    second = letter.rules.confirmation is Confirmation.SECOND
    found: dict[str, Proof] = {}
    for party in ids:
        holders = voices.get(party, [])
        people = {one.person for one in holders}
        confirmers = [
            Confirmer(at=one.signed_at, name=one.signature.facts.name)
            for one in (holders[1:2] if second else ())
        ]
        kept = records.get(party, [])
        # An organiser who signed for it confirms nothing by a record of their own.
        counted = [one for one in kept if one.by not in people]
        confirmers += [Confirmer(at=one.made_at, organiser=one.by) for one in counted[:1]]
        if kept or confirmers:
            permission = kept[-1].permission if kept else None
            found[party] = Proof(permission=permission, confirmers=tuple(confirmers))
    return found


@reading
def every_letter(tx: Transaction, *, workspace: str | None = None) -> list[Letter]:
    """All letters, oldest first, for the operator."""
    return letters.every(tx, workspace)
