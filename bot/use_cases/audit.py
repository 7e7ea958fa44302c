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
    number: str = "",
    **facts: Any,
) -> None:
    """Add an entry to a letter's history, and queue a redraw of the Homes that show it.

    Args:
        tx: The transaction of the act.
        letter: The letter.
        act: The act.
        by: The acting person; None for the app itself.
        ground: The reason, as typed.
        signatory: The id of a signatory that the act is about.
        endorsement: The id of an endorsement that the act is about.
        invitation: The id of an invitation that the act is about.
        about: A person that the act is about, if they are no signatory.
        number: The entry's id, if it was made before.
        facts: Further facts, of JSON types: ids, counts, times, never names.
    """
    entry = AuditEntry(
        id=number or new_id(tx.now),
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
    )
    audit_entries.add(tx, entry, letter.workspace)
    redrawn = desks_of(tx, [letter.id])
    if by is not None and workspaces.has_home(tx, letter.workspace, by):
        redrawn.append(notices.desk(by, tx.now))
    outbox.owe(tx, letter.workspace, redrawn)
