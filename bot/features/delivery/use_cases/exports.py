"""The list is handed over: to the public, or with all that is known to those who run the letter."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.letters.endorsement import Endorsement
from bot.letters.letter import Letter, Sight
from bot.letters.people import Actor, Role
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refused
from bot.letters.signatory import Signatory
from bot.letters.standing import Permission
from bot.storage import endorsements, letters, permissions, signatories
from bot.storage.database import Transaction, reading, reading_aside
from bot.use_cases.gate import admit


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A letter, its words, and its list in order with the endorsement that each line comes from."""

    letter: Letter
    body: str
    entries: tuple[tuple[Signatory, Endorsement], ...]
    permissions: Mapping[str, Permission] | None
    """Proofs of permission by signatory; None where only public facts are asked for."""
    embargoed: bool
    """Nobody but organisers may see it now."""
    now: datetime | None = None
    """When it was read."""


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


@reading_aside
def export_for(
    tx: Transaction, *, letter: int, actor: Actor, scope: Scope = Scope.LISTED
) -> Export:
    """The same for an organiser, who sees the list under an embargo too.

    Raises:
        Refused: there is no such letter here, or the actor does not run it.
    """
    return _export(tx, admit(tx, letter, actor, Action.EXPORT, lock=False), scope)


@reading
def under_embargo(tx: Transaction, *, letter: int, actor: Actor) -> bool:
    """Return whether only organisers may see a letter's names now.

    Raises:
        Refused: there is no such letter here, or the actor does not run it.
    """
    found = admit(tx, letter, actor, Action.EXPORT, lock=False)
    return found.sight(Role.MEMBER, tx.now) is not Sight.ALL


def _export(tx: Transaction, letter: Letter, scope: Scope) -> Export:
    speakers = endorsements.speakers(tx, letter.id)
    parties = [party for _, party in signatories.listed(tx, letter.id)]
    known: Mapping[str, Permission] | None = None
    if scope is Scope.ALL:
        parties += [one for one in signatories.unlisted(tx, letter.id) if one.endorsements]
        recorded = permissions.confirmed(tx, [party.id for party in parties])
        known = {party: record.permission for party, record in recorded.items()}
    return Export(
        letter=letter,
        body=letters.read_text(tx, letter.id, letter.text_sha256) or "",
        entries=tuple((party, speakers[party.id]) for party in parties),
        permissions=known,
        embargoed=letter.sight(Role.MEMBER, tx.now) is not Sight.ALL,
        now=tx.now,
    )


@reading
def every_letter(tx: Transaction, *, workspace: str | None = None) -> list[Letter]:
    """All letters, oldest first, for the operator."""
    return letters.every(tx, workspace)
