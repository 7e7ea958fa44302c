"""Progress of a letter's reminders."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, select, update

from bot.storage.database import Transaction
from bot.storage.states import NoticeState, ReminderState
from bot.storage.tables import outbox, reminders

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Number of a letter's reminders in each state."""

    sent: int
    failed: int
    due: int
    """Those whose time has come."""
    later: int
    """Those planned for a time that is still to come."""
    last: datetime | None
    """When the last of all that wait is due."""
    per_minute: int
    """Number sent in the last minute."""


def counts(tx: Transaction, letter: int) -> Counts:
    """Number of a letter's reminders in each state."""
    is_planned = reminders.c.state == ReminderState.PLANNED.value
    is_sent = reminders.c.state == ReminderState.SENT.value
    row = tx.connection.execute(
        select(
            _count(is_sent).label("sent"),
            _count(reminders.c.state == ReminderState.FAILED.value).label("failed"),
            _count(and_(is_planned, reminders.c.due_at <= tx.now)).label("due"),
            _count(and_(is_planned, reminders.c.due_at > tx.now)).label("later"),
            func.max(reminders.c.due_at).filter(is_planned).label("last"),
            _count(and_(is_sent, reminders.c.settled_at > tx.now - MINUTE)).label("per_minute"),
        ).where(reminders.c.letter == letter)
    ).one()
    return Counts(
        sent=row.sent,
        failed=row.failed,
        due=row.due,
        later=row.later,
        last=row.last,
        per_minute=row.per_minute,
    )


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count().filter(condition)


def hindrance(tx: Transaction, letter: int) -> str:
    """Slack's name for what keeps a letter's reminders waiting; empty where nothing does."""
    return (
        tx.connection.execute(
            select(outbox.c.error)
            .where(
                _of_letter(letter),
                outbox.c.state.in_([NoticeState.WAITING.value, NoticeState.UNKNOWN.value]),
                outbox.c.error != "",
            )
            .order_by(outbox.c.due_at.desc())
            .limit(1)
        ).scalar()
        or ""
    )


def drop(tx: Transaction, letter: int) -> int:
    """Drop what waits of a letter's reminders, but not what people put off themselves.

    What is under way at the moment comes to its own end.

    Returns:
        How many people get none.
    """
    tx.connection.execute(
        update(outbox)
        .where(
            _of_letter(letter),
            ~outbox.c.key.startswith(f"reminder:{letter}:later@"),
            outbox.c.state == NoticeState.WAITING.value,
        )
        .values(state=NoticeState.DROPPED.value, settled_at=tx.now)
    )
    return tx.connection.execute(
        update(reminders)
        .where(
            reminders.c.letter == letter,
            reminders.c.state == ReminderState.PLANNED.value,
            ~reminders.c.step.startswith("later@"),
        )
        .values(state=ReminderState.DROPPED.value, settled_at=tx.now)
    ).rowcount


def _of_letter(letter: int) -> ColumnElement[bool]:
    # A range of the index on keys; `;` comes after `:`.
    return and_(outbox.c.key >= f"reminder:{letter}:", outbox.c.key < f"reminder:{letter};")
