"""Exports of the list: public, or with the details that only organisers see."""

from collections.abc import Callable, Sequence
from enum import StrEnum

from bot.features.delivery import rows
from bot.features.delivery.list_files import Stretch
from bot.features.delivery.rules import Confirmer, Listed, Proof
from bot.letters.endorsement import Kind
from bot.letters.letter import Letter, Sight
from bot.letters.people import Actor, Role
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refused, required
from bot.letters.rules import Confirmation
from bot.letters.standing import ON_LIST
from bot.storage import endorsements, letters, permissions, signatories
from bot.storage.database import Transaction, reading
from bot.use_cases.gate import admit

PORTION = 1000
"""Entries read and written at a time in a full export."""


class Scope(StrEnum):
    """Signatories included in an export."""

    LISTED = "listed"
    ALL = "all"
    """Also signatories that are not on the list, at its end; for organisers only."""


def readable(tx: Transaction, letter: int, scope: Scope, *, embargoed: bool) -> Letter:
    """Return a letter whose list the operator may export.

    Raises:
        Refused: there is no such letter, or an embargo applies and the list is not for organisers.
    """
    found = required(letters.find(tx, letter), Reason.NO_SUCH_LETTER)
    role = Role.ORGANISER if embargoed or scope is Scope.ALL else Role.MEMBER
    if found.sight(role, tx.now) is not Sight.ALL:
        raise Refused.because(Reason.UNDER_EMBARGO, title=found.title)
    return found


@reading
def export(
    tx: Transaction,
    *,
    letter: int,
    each: Callable[[Stretch], object],
    scope: Scope = Scope.LISTED,
    embargoed: bool = False,
) -> None:
    """Pass the whole list to `each`, stretch by stretch, read in one transaction.

    `each`: called with each stretch in order, at least once. `embargoed`: whether the export is for
    organisers, who see names under an embargo too.

    Raises:
        Refused: there is no such letter, or an embargo holds and the list is not for organisers.
    """
    found = readable(tx, letter, scope, embargoed=embargoed)
    part = _stretch(tx, found, scope, after="", off_list=False, limit=PORTION)
    each(part)
    while part.more:
        last = part.entries[-1]
        off_list = last.standing not in ON_LIST
        part = _stretch(tx, found, scope, after=last.id, off_list=off_list, limit=PORTION)
        each(part)


def _stretch(
    tx: Transaction, letter: Letter, scope: Scope, *, after: str, off_list: bool, limit: int
) -> Stretch:
    entries: list[Listed] = []
    if not off_list:
        entries += rows.listed(tx, letter.id, after=after, limit=limit + 1)
    if scope is Scope.ALL and len(entries) <= limit:
        begin, room = after if off_list else "", limit + 1 - len(entries)
        entries += rows.unlisted(tx, letter.id, after=begin, limit=room)
    shown = tuple(entries[:limit])
    return Stretch(
        letter=letter,
        body=letters.text_of(tx, letter).body,
        entries=shown,
        proofs=proofs_of(tx, letter, shown) if scope is Scope.ALL else None,
        embargoed=letter.sight(Role.MEMBER, tx.now) is not Sight.ALL,
        now=tx.now,
        before=signatories.find(tx, after) if after else None,
        more=len(entries) > limit,
    )


@reading
def under_embargo(tx: Transaction, *, letter: int, actor: Actor) -> bool:
    """Return whether only organisers may see a letter's names now.

    Raises:
        Refused: there is no such letter here, or the actor does not run it.
    """
    found = admit(tx, letter, actor, Action.EXPORT, lock=False)
    return found.sight(Role.MEMBER, tx.now) is not Sight.ALL


def proofs_of(tx: Transaction, letter: Letter, entries: Sequence[Listed]) -> dict[str, Proof]:
    """Return the proof and the confirmers of signatures, by signatory."""
    ids = [one.id for one in entries]
    bodies = [one.id for one in entries if one.kind == Kind.ORGANISATION]
    records, voices = permissions.records(tx, ids), endorsements.of_parties(tx, bodies)
    second = letter.rules.confirmation is Confirmation.SECOND
    found: dict[str, Proof] = {}
    for party in ids:
        signed, kept = voices.get(party, []), records.get(party, [])
        confirmers = [
            Confirmer(at=one.signed_at, name=one.signature.facts.name)
            for one in (signed[1:2] if second else ())
        ]
        # A record by an organiser who signed for the organisation does not count.
        people = {one.person for one in signed}
        counted = [one for one in kept if one.by not in people and not one.by.by_mail]
        confirmers += [Confirmer(at=one.made_at, organiser=one.by) for one in counted[:1]]
        if kept or confirmers:
            permission = kept[-1].permission if kept else None
            found[party] = Proof(permission=permission, confirmers=tuple(confirmers))
    return found


@reading
def every_letter(tx: Transaction, *, workspace: str | None = None) -> list[Letter]:
    """Return all letters, oldest first, for the operator."""
    return letters.every(tx, workspace)
