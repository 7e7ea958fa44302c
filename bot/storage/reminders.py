"""Reminders planned and sent, and people's choices; recipients are in `reminder_targets`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    FromClause,
    Integer,
    Select,
    String,
    and_,
    case,
    exists,
    func,
    literal,
    select,
    tuple_,
    type_coerce,
    update,
)

from bot.letters.letter import Letter
from bot.letters.notices import NoticeKind
from bot.letters.people import MAIL, Person
from bot.letters.rules import Reminded
from bot.storage import reminder_targets
from bot.storage.database import Transaction
from bot.storage.outbox import owe_selected
from bot.storage.prepared import insert_into
from bot.storage.reminder_targets import Whom
from bot.storage.states import ReminderState
from bot.storage.tables import (
    Instant,
    invitations,
    people,
    reminder_steps,
    reminder_wishes,
    reminders,
)
from bot.storage.tables.columns import is_person, same_person


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One person's reminder of one step."""

    state: ReminderState
    named: bool
    """Sent because of an invitation, so the person need not be a full member of a channel."""
    at_once: bool
    """Sent whatever the time of day is for the person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PutOff:
    """A reminder that a person postponed by choosing "later"."""

    due_at: datetime
    sent_at: datetime | None
    """None while the reminder is waiting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A person's choice about a letter's reminders."""

    stopped: bool
    later_count: int
    """Number of times they chose "later"."""


Known = tuple[str, str]
"""The team and user of a known person."""


@dataclass(frozen=True, slots=True)
class Portion:
    """A range of a workspace's people: after one person, up to another or to the end."""

    after: Known
    last: Known | None


def portion(tx: Transaction, workspace: str, after: Known, most: int) -> Portion:
    """Return the next people of a workspace, at most `most`."""
    by = (people.c.team, people.c.user)
    last = tx.execute(
        select(*by)
        .where(
            people.c.workspace == workspace, tuple_(*by) > tuple_(*(literal(one) for one in after))
        )
        .order_by(*by)
        .offset(most - 1)
        .limit(1)
    ).one_or_none()
    return Portion(after, None if last is None else (last.team, last.user))


_PLANS_OF_A_LETTER = 7_367
"""The number of the PostgreSQL locks that are held while a letter's reminders are planned."""


def plan(
    tx: Transaction,
    letter: Letter,
    step: str,
    due_by_zone: Mapping[str, datetime],
    whom: Whom,
    *,
    at_once: bool = False,
    unless_waiting: bool = False,
    since: Mapping[str, datetime] | None = None,
    among: Portion | None = None,
    words: str = "",
) -> int:
    """Plan a step for everybody who is owed one, and queue the notices that send it.

    Uses one query for everybody. People who already have this step are skipped.

    Args:
        tx: The transaction.
        letter: The letter.
        step: The name of the step; a person has each at most once.
        due_by_zone: The time to send, by time zone; people in missing zones are skipped.
        whom: The people to choose from.
        at_once: Send on time, whatever the time of day is for the person.
        unless_waiting: Also skip people with any other reminder waiting. If false and `since` is
            given, only those with one due by now.
        since: Also skip people who got a reminder since then, by their time zone.
        among: Only these people; the step counts as planned with the last portion.
        words: An organiser's own words to them.

    Returns:
        The number of planned reminders.
    """
    planned = 0
    if due_by_zone:
        reminder_targets.ask_for_all(tx)
        due = case(
            *((people.c.tz == tz, literal(moment, Instant)) for tz, moment in due_by_zone.items()),
            else_=literal(tx.now, Instant),
        )
        who = reminder_targets.owed(letter, whom, due).where(
            people.c.tz.in_(list(due_by_zone)),
            _has_none(letter, reminders.c.step == step),
            ~reminder_targets.had_one(letter, since or {}),
        )
        is_planned = reminders.c.state == ReminderState.PLANNED.value
        if unless_waiting:
            who = who.where(_has_none(letter, is_planned))
        elif since:
            who = who.where(_has_none(letter, and_(is_planned, reminders.c.due_at <= tx.now)))
        # Sorted, so that reminders and notices are made for the same people.
        by = (people.c.team, people.c.user)
        who = who.add_columns(due.label("due_at")).order_by(*by)
        if among is not None:
            who = who.where(tuple_(*by) > tuple_(*(literal(one) for one in among.after)))
        if among is not None and among.last is not None:
            who = who.where(tuple_(*by) <= tuple_(*(literal(one) for one in among.last)))
        named = not isinstance(whom, Reminded)
        planned = _plan(tx, letter, step, who, named=named, at_once=at_once, words=words)
    if among is None or among.last is None:
        note_step(tx, letter, step, planned)
    return planned


def one_at_a_time(tx: Transaction, letter: int) -> None:
    """Lock the planning of a letter's reminders until the commit.

    Signers do not wait for this lock: they wait for the letter's.
    """
    if tx.connection.dialect.name == "postgresql":
        tx.execute(select(func.pg_advisory_xact_lock(_PLANS_OF_A_LETTER, letter)))


def _has_none(letter: Letter, which: ColumnElement[bool]) -> ColumnElement[bool]:
    return ~exists().where(reminders.c.letter == letter.id, same_person(reminders, people), which)


def _plan(
    tx: Transaction,
    letter: Letter,
    step: str,
    who: Select[Any, Any, Any],
    *,
    named: bool,
    at_once: bool,
    words: str,
) -> int:
    owed = who.subquery()
    chosen = select(
        literal(letter.id, Integer),
        owed.c.team,
        owed.c.user,
        literal(step, String),
        literal(letter.workspace, String),
        type_coerce(owed.c.due_at, Instant),
        literal(named, Boolean),
        literal(at_once, Boolean),
        literal(ReminderState.PLANNED.value, String),
    ).where(literal(True))
    columns = [
        "letter", "team", "user", "step", "workspace", "due_at", "named", "at_once", "state",
    ]  # fmt: skip
    plan_them = insert_into(tx, reminders).from_select(columns, chosen).on_conflict_do_nothing()
    if tx.connection.dialect.name != "postgresql":
        # No other transaction writes at the same time: both statements find the same people.
        _owe(tx, letter, step, owed, words)
        return tx.execute(plan_them).rowcount
    # One statement, so that exactly the new reminders get a notice. Finding reminders without a
    # notice afterwards would scan all of them for each.
    kept = (reminders.c.team, reminders.c.user, reminders.c.due_at)
    return _owe(tx, letter, step, plan_them.returning(*kept).cte("planned"), words)


def _owe(tx: Transaction, letter: Letter, step: str, planned: FromClause, words: str) -> int:
    who = planned.c.team + ":" + planned.c.user
    subject = {"letter": literal(letter.id, Integer), "person": who, "step": literal(step, String)}
    subject["kind"] = literal(NoticeKind.REMINDER.value, String)
    if words:
        subject["words"] = literal(words, String)
    notices = owe_selected(
        tx,
        letter,
        NoticeKind.REMINDER,
        key=literal(f"reminder:{letter.id}:{step}:", String) + who,
        subject=subject,
        target=planned.c.user,
        due_at=type_coerce(planned.c.due_at, Instant),
        by_mail=planned.c.team == MAIL,
    )
    return tx.execute(notices).rowcount


def note_step(tx: Transaction, letter: Letter, step: str, planned: int) -> None:
    """Record that a step was planned, and for how many people, unless it is recorded already."""
    tx.execute(
        insert_into(tx, reminder_steps)
        .values(
            letter=letter.id,
            step=step,
            workspace=letter.workspace,
            planned_at=tx.now,
            people=planned,
        )
        .on_conflict_do_nothing()
    )


def steps_planned(tx: Transaction, letter: int) -> dict[str, datetime]:
    """Return the planned steps of a letter, with the time of planning."""
    rows = tx.execute(select(reminder_steps).where(reminder_steps.c.letter == letter))
    return {row.step: row.planned_at for row in rows}


def find(tx: Transaction, letter: int, person: Person, step: str) -> Planned | None:
    """Return a person's reminder of a step; None if none was planned."""
    row = tx.execute(
        select(reminders.c.state, reminders.c.named, reminders.c.at_once).where(
            reminders.c.letter == letter, is_person(reminders, person), reminders.c.step == step
        )
    ).one_or_none()
    if row is None:
        return None
    return Planned(state=ReminderState(row.state), named=row.named, at_once=row.at_once)


def was_planned(tx: Transaction, letter: int, person: Person) -> bool:
    """Return whether any reminder of a letter was ever planned for a person."""
    found = tx.execute(
        select(reminders.c.step)
        .where(reminders.c.letter == letter, is_person(reminders, person))
        .limit(1)
    )
    return found.first() is not None


def settle(tx: Transaction, letter: int, person: Person, step: str, reached: ReminderState) -> None:
    """Record the end of a reminder."""
    tx.execute(
        update(reminders)
        .where(reminders.c.letter == letter, is_person(reminders, person), reminders.c.step == step)
        .values(state=reached.value, settled_at=tx.now)
    )


def note_mailed(tx: Transaction, letter: int, person: Person, error: str) -> None:
    """Record that the mail with somebody's invitations was taken, or the error that ends them."""
    tx.execute(
        update(invitations)
        .where(invitations.c.letter == letter, is_person(invitations, person))
        .values(mailed_at=tx.now, mail_error=error)
    )
    if error:
        tx.execute(update(people).where(is_person(people, person)).values(reachable=False))


def put_off(tx: Transaction, letter: int, person: Person) -> PutOff | None:
    """Return a person's postponed reminder that waits, else the last one sent; None if none."""
    row = tx.execute(
        select(reminders.c.due_at, reminders.c.settled_at)
        .where(
            _is_put_off(letter, person),
            reminders.c.state.in_([ReminderState.PLANNED.value, ReminderState.SENT.value]),
        )
        .order_by(reminders.c.settled_at.is_not(None), reminders.c.settled_at.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else PutOff(due_at=row.due_at, sent_at=row.settled_at)


def drop_put_off(tx: Transaction, letter: int, person: Person) -> None:
    """Drop a person's postponed reminder that waits."""
    tx.execute(
        update(reminders)
        .where(_is_put_off(letter, person), reminders.c.state == ReminderState.PLANNED.value)
        .values(state=ReminderState.DROPPED.value, settled_at=tx.now)
    )


def _is_put_off(letter: int, person: Person) -> ColumnElement[bool]:
    return and_(
        reminders.c.letter == letter,
        is_person(reminders, person),
        reminders.c.step.startswith("later@"),
    )


def next_planned(tx: Transaction, letter: int) -> datetime | None:
    """Return when the next reminder of a letter is due; None if none is planned."""
    return tx.execute(
        select(func.min(reminders.c.due_at)).where(
            reminders.c.letter == letter, reminders.c.state == ReminderState.PLANNED.value
        )
    ).scalar()


def wish(tx: Transaction, letter: int, person: Person) -> Wish:
    """Return a person's choice about a letter's reminders."""
    row = tx.execute(
        select(reminder_wishes).where(
            reminder_wishes.c.letter == letter, is_person(reminder_wishes, person)
        )
    ).one_or_none()
    if row is None:
        return Wish(stopped=False, later_count=0)
    return Wish(stopped=row.stopped, later_count=row.later_count)


def put_wish(tx: Transaction, letter: Letter, person: Person, said: Wish) -> None:
    """Save a person's choice about a letter's reminders."""
    values = {"stopped": said.stopped, "later_count": said.later_count, "said_at": tx.now}
    tx.execute(
        insert_into(tx, reminder_wishes)
        .values(
            letter=letter.id,
            team=person.team,
            user=person.user,
            workspace=letter.workspace,
            **values,
        )
        .on_conflict_do_update(index_elements=["letter", "team", "user"], set_=values)
    )
