"""How many signatories a letter has, and when they came: rows <-> values."""

from collections import Counter
from datetime import datetime

from sqlalchemy import select, update

from bot.letters.endorsement import Kind
from bot.storage.database import Transaction
from bot.storage.tables import letters, tally_hours
from bot.storage.upsert import insert_into


def count(
    tx: Transaction, workspace: str, letter: int, signed: Counter[Kind], withdrawn: Counter[Kind]
) -> None:
    """Moves a letter's tally by signatories that came onto its list or left it."""
    moved = [kind for kind in Kind if signed[kind] or withdrawn[kind]]
    if not moved:
        return
    people = signed[Kind.PERSON] - withdrawn[Kind.PERSON]
    organisations = signed[Kind.ORGANISATION] - withdrawn[Kind.ORGANISATION]
    tx.connection.execute(
        update(letters)
        .where(letters.c.id == letter)
        .values(
            people=letters.c.people + people,
            organisations=letters.c.organisations + organisations,
        )
    )
    hour = tx.now.replace(minute=0, second=0, microsecond=0)
    statement = insert_into(tx, tally_hours)
    tx.connection.execute(
        statement.on_conflict_do_update(
            index_elements=["letter", "hour", "kind"],
            set_={
                "signed": tally_hours.c.signed + statement.excluded.signed,
                "withdrawn": tally_hours.c.withdrawn + statement.excluded.withdrawn,
            },
        ),
        [
            {
                "letter": letter,
                "workspace": workspace,
                "hour": hour,
                "kind": kind.value,
                "signed": signed[kind],
                "withdrawn": withdrawn[kind],
            }
            for kind in moved
        ],
    )


def by_hour(tx: Transaction, letter: int) -> list[tuple[datetime, Kind, int]]:
    """How many came onto the list, less those who left, by hour and kind."""
    rows = tx.connection.execute(
        select(tally_hours).where(tally_hours.c.letter == letter).order_by(tally_hours.c.hour)
    )
    return [(row.hour, Kind(row.kind), row.signed - row.withdrawn) for row in rows]
