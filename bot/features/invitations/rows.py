"""Invitations: rows <-> values."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, insert, select, update

from bot.letters.endorsement import Kind
from bot.letters.invitation import Ask, AskKey, AskState
from bot.letters.people import Person
from bot.storage.database import Transaction
from bot.storage.tables import asks

# A list for each column, as in endorsements.
_BY_KEYS = select(asks).where(
    asks.c.letter == bindparam("letter"),
    asks.c.kind.in_(bindparam("kinds", expanding=True)),
    asks.c.key.in_(bindparam("keys", expanding=True)),
)


def _ask(row: Row[Any]) -> Ask:
    return Ask(
        id=row.id,
        letter=row.letter,
        kind=Kind(row.kind),
        person=Person(row.team, row.user) if row.user else None,
        name=row.name,
        organisation=row.organisation,
        country=row.country,
        contact=row.contact,
        key=row.key,
        state=AskState(row.state),
        until=row.until,
        note=row.note,
        asked_at=row.asked_at,
        answered_at=row.answered_at,
    )


def find(tx: Transaction, number: str) -> Ask | None:
    """One ask by its id."""
    row = tx.connection.execute(select(asks).where(asks.c.id == number)).one_or_none()
    return None if row is None else _ask(row)


def by_keys(tx: Transaction, letter: int, keys: Collection[AskKey]) -> dict[AskKey, Ask]:
    """A letter's asks by their keys; others may be among them."""
    rows = tx.connection.execute(
        _BY_KEYS,
        {
            "letter": letter,
            "kinds": list({kind.value for kind, _ in keys}),
            "keys": list({key for _, key in keys}),
        },
    )
    return {(Kind(row.kind), row.key): _ask(row) for row in rows}


def of_letter(
    tx: Transaction, letter: int, *, skip: int = 0, limit: int | None = None
) -> list[Ask]:
    """A letter's asks, the first one first; `skip` leaves out as many."""
    rows = tx.connection.execute(
        select(asks).where(asks.c.letter == letter).order_by(asks.c.id).offset(skip).limit(limit)
    )
    return [_ask(row) for row in rows]


def put_to(tx: Transaction, letter: int, person: Person) -> list[Ask]:
    """Return what somebody was asked about a letter, for themselves and for organisations."""
    rows = tx.connection.execute(
        select(asks)
        .where(asks.c.letter == letter, asks.c.team == person.team, asks.c.user == person.user)
        .order_by(asks.c.id)
    )
    return [_ask(row) for row in rows]


def counts(tx: Transaction, letter: int) -> dict[AskState, int]:
    """Count a letter's invitations by state; a state without any is missing."""
    rows = tx.connection.execute(
        select(asks.c.state, func.count().label("asks"))
        .where(asks.c.letter == letter)
        .group_by(asks.c.state)
    )
    return {AskState(row.state): row.asks for row in rows}


def next_awaited(tx: Transaction, letter: int) -> datetime | None:
    """The next date until which somebody waits for an approval; None where nobody does."""
    return tx.connection.execute(
        select(func.min(asks.c.until)).where(
            asks.c.letter == letter,
            asks.c.state == AskState.AWAITING.value,
            asks.c.until > tx.now,
        )
    ).scalar()


def add(tx: Transaction, added: Sequence[Ask], workspace: str) -> None:
    """Keep new asks of one workspace."""
    tx.connection.execute(
        insert(asks),
        [
            {
                "id": ask.id,
                "letter": ask.letter,
                "workspace": workspace,
                "kind": ask.kind.value,
                "team": ask.person.team if ask.person else "",
                "user": ask.person.user if ask.person else "",
                "name": ask.name,
                "organisation": ask.organisation,
                "country": ask.country,
                "contact": ask.contact,
                "key": ask.key,
                "state": ask.state.value,
                "until": ask.until,
                "note": ask.note,
                "asked_at": ask.asked_at,
                "answered_at": ask.answered_at,
            }
            for ask in added
        ],
    )


def change(tx: Transaction, changed: Sequence[Ask]) -> None:
    """Write where some asks stand now, since when, and what is noted of them."""
    if changed:
        tx.connection.execute(
            update(asks)
            .where(asks.c.id == bindparam("ask"))
            .values(
                state=bindparam("new_state"),
                until=bindparam("new_until"),
                note=bindparam("new_note"),
                answered_at=bindparam("new_answered_at"),
            ),
            [
                {
                    "ask": ask.id,
                    "new_state": ask.state.value,
                    "new_until": ask.until,
                    "new_note": ask.note,
                    "new_answered_at": ask.answered_at,
                }
                for ask in changed
            ],
        )


def remove(tx: Transaction, number: str) -> None:
    """Forget an ask."""
    tx.connection.execute(delete(asks).where(asks.c.id == number))


def are_there(tx: Transaction, letter: int) -> bool:
    """Return whether anybody at all is on the list of those who were asked."""
    found = tx.connection.execute(select(asks.c.id).where(asks.c.letter == letter).limit(1))
    return found.first() is not None
