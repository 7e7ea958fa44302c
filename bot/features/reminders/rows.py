"""Progress of a letter's reminders."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, select, update

from bot.storage.database import Transaction
from bot.storage.states import NoticeState, ReminderState
from bot.storage.tables import outbox, reminders


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Progress of a letter's reminders."""

    sent: int
    waiting: int
    """Number that are due and not sent yet."""
    later: int
    """Number planned for a later time, such as people's next morning."""
    failed: int
    hindrance: str
    """The name of the Slack error that delays them; empty for none."""


def how_far(tx: Transaction, letter: int) -> Progress:
    """Return the progress of a letter's reminders."""

    def count(condition: ColumnElement[bool], name: str) -> ColumnElement[int]:
        return func.count().filter(condition).label(name)

    is_planned = reminders.c.state == ReminderState.PLANNED.value
    row = tx.execute(
        select(
            count(reminders.c.state == ReminderState.SENT.value, "sent"),
            count(reminders.c.state == ReminderState.FAILED.value, "failed"),
            count(and_(is_planned, reminders.c.due_at <= tx.now), "due"),
            count(and_(is_planned, reminders.c.due_at > tx.now), "later"),
        ).where(reminders.c.letter == letter)
    ).one()
    return Progress(
        sent=row.sent,
        waiting=row.due,
        later=row.later,
        failed=row.failed,
        hindrance=tx.execute(
            select(outbox.c.error)
            .where(
                _of_letter(letter),
                outbox.c.state.in_([NoticeState.WAITING.value, NoticeState.UNKNOWN.value]),
                outbox.c.error != "",
            )
            .order_by(outbox.c.due_at.desc())
            .limit(1)
        ).scalar()
        or "",
    )


def drop(tx: Transaction, letter: int) -> int:
    """Drop a letter's waiting reminders, except those that people postponed themselves.

    Reminders that are being sent right now are not stopped.

    Returns:
        The number of people whose reminder was dropped.
    """
    tx.execute(
        update(outbox)
        .where(
            _of_letter(letter),
            ~outbox.c.key.startswith(f"reminder:{letter}:later@"),
            outbox.c.state == NoticeState.WAITING.value,
        )
        .values(state=NoticeState.DROPPED.value, settled_at=tx.now)
    )
    return tx.execute(
        update(reminders)
        .where(
            reminders.c.letter == letter,
            reminders.c.state == ReminderState.PLANNED.value,
            ~reminders.c.step.startswith("later@"),
        )
        .values(state=ReminderState.DROPPED.value, settled_at=tx.now)
    ).rowcount


def _of_letter(letter: int) -> ColumnElement[bool]:
    # All keys with this prefix, as a range of the index: `;` is the character after `:`.
    return and_(outbox.c.key >= f"reminder:{letter}:", outbox.c.key < f"reminder:{letter};")
