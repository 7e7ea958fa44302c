"""Exemptions: erased people get no reminders, though Slack still lists them in channels.

Each open letter stores a digest of such a person in place of a choice about reminders.
"""

from sqlalchemy import and_, or_, select

from bot.letters.people import Person
from bot.letters.phases import Phase
from bot.storage.database import Transaction
from bot.storage.prepared import insert_into
from bot.storage.privacy.digests import key_of, keys_of, user_digest
from bot.storage.tables import letters, reminder_wishes

_ENDED = (Phase.CLOSED.value, Phase.DELIVERED.value, Phase.CANCELLED.value)


def exempt(tx: Transaction, workspace: str, person: Person) -> None:
    """Exempt a person who is being erased from the reminders of all open letters."""
    rows = tx.execute(
        select(letters.c.id).where(letters.c.workspace == workspace, letters.c.phase.not_in(_ENDED))
    )
    for row in rows.all():
        tx.execute(
            insert_into(tx, reminder_wishes)
            .values(
                letter=row.id,
                team="",
                user=user_digest(key_of(tx, row.id), person),
                workspace=workspace,
                stopped=True,
                said_at=tx.now,
            )
            .on_conflict_do_nothing()
        )


def is_exempt(tx: Transaction, letter: int, person: Person) -> bool:
    """Return whether a person was erased while a letter was open, and made no choice since."""
    key = keys_of(tx, {letter}).get(letter)
    if key is None:
        return False
    kept = reminder_wishes.c
    theirs = or_(
        and_(kept.team == "", kept.user == user_digest(key, person)),
        and_(kept.team == person.team, kept.user == person.user),
    )
    found = tx.execute(select(kept.team).where(kept.letter == letter, theirs))
    return [row.team for row in found] == [""]
