"""The history of a letter, written by each use case in the transaction of its act."""

from typing import Any

from bot.letters import notices
from bot.letters.audit import GROUND_MOST, Act, AuditEntry
from bot.letters.ids import new_id
from bot.letters.letter import Letter
from bot.letters.people import Person
from bot.storage import outbox, workspaces
from bot.storage.database import Transaction
from bot.storage.privacy import audit_entries
from bot.use_cases.gate import desks_of

__all__ = ["Act", "record"]


def record(
    tx: Transaction,
    letter: Letter,
    act: Act,
    by: Person | None,
    *,
    ground: str = "",
    signatory: str = "",
    endorsement: str = "",
    invitation: str = "",
    about: Person | None = None,
    **facts: Any,
) -> None:
    """Add an entry to a letter's history, in the transaction of the act; Homes are redrawn.

    Args:
        tx: The transaction of the act.
        letter: The letter.
        act: The act.
        by: The person who acts; None for what the app does by itself.
        ground: The reason, as typed.
        signatory: The id of the signatory that it is about.
        endorsement: The id of the endorsement that it is about.
        invitation: The id of the invitation that it is about.
        about: The person that it is about, where they are no signatory.
        facts: More of it, of JSON types: ids, counts, instants, never names.
    """
    audit_entries.add(
        tx,
        AuditEntry(
            id=new_id(tx.now),
            letter=letter.id,
            act=act,
            at=tx.now,
            by=by,
            ground=ground[:GROUND_MOST],
            signatory=signatory,
            endorsement=endorsement,
            invitation=invitation,
            about=about,
            facts=facts,
        ),
        letter.workspace,
    )
    redrawn = desks_of(tx, [letter.id])
    if by is not None and workspaces.has_home(tx, letter.workspace, by):
        redrawn.append(notices.desk(by, tx.now))
    outbox.owe(tx, letter.workspace, redrawn)
