"""Recipients of a letter's reminders, found for everyone in one query.

By the letter's rule they are the full members of its channels and those who were invited, or only
the latter. For somebody who was invited their answer decides, whichever channel they are in.
Organisers are never reminded of their own letter.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    text,
)

from bot.letters.invitation import OPEN, InvitationState
from bot.letters.letter import Letter
from bot.letters.people import Membership, Person
from bot.letters.posting import PostingState
from bot.letters.rules import Reminded
from bot.storage.database import Transaction
from bot.storage.states import ReminderState
from bot.storage.tables import (
    Instant,
    endorsements,
    invitations,
    members,
    organisers,
    people,
    postings,
    reminder_wishes,
    reminders,
)
from bot.storage.tables.columns import is_person, same_person

Whom = Reminded | Collection[Person]
"""Everybody that a letter's rule reaches, or only these people."""


def owed(letter: Letter, whom: Whom, by: ColumnElement[datetime] | None) -> Select[Any, Any, Any]:
    """Return the people who are owed a reminder, with their time zones.

    Somebody who was invited is owed one until they have answered: signed or declined. While they
    wait for an approval they are not. The contact of several organisations is owed one until all
    have answered. Anybody else is owed one until they have signed in any capacity.

    Args:
        letter: The letter.
        whom: Among which people.
        by: When it reaches them: an approval that they wait for until then is waited for no more.
            None counts all who wait as owed.
    """
    return select(people.c.team, people.c.user, people.c.tz).where(
        people.c.workspace == letter.workspace,
        people.c.reachable.is_(True),
        _is_meant(letter, whom, by),
        ~exists().where(
            reminder_wishes.c.letter == letter.id,
            same_person(reminder_wishes, people),
            reminder_wishes.c.stopped.is_(True),
        ),
        ~exists().where(organisers.c.letter == letter.id, same_person(organisers, people)),
    )


def _is_meant(
    letter: Letter, whom: Whom, by: ColumnElement[datetime] | None
) -> ColumnElement[bool]:
    invited = _waits(letter, by) if letter.has_invitations else false()
    if whom is Reminded.INVITED:
        return invited
    others = ~exists().where(
        endorsements.c.letter == letter.id,
        same_person(endorsements, people),
        endorsements.c.withdrawn_at.is_(None),
    )
    if letter.has_invitations:
        others = and_(others, ~exists().where(*_invitations(letter)))
    if not isinstance(whom, Reminded):
        named = (is_person(people, one) for one in whom)
        return and_(or_(false(), *named), or_(invited, others))
    in_channel = exists().where(
        members.c.workspace == people.c.workspace,
        members.c.user == people.c.user,
        members.c.channel == postings.c.channel,
        postings.c.letter == letter.id,
        postings.c.state == PostingState.UP.value,
    )
    is_member = people.c.membership == Membership.MEMBER.value
    return or_(invited, and_(is_member, in_channel, others))


def had_one(letter: Letter, since: Mapping[str, datetime]) -> ColumnElement[bool]:
    """Return whether somebody got a reminder of a letter at or after an instant, by their time zone."""
    if not since:
        return false()
    instants = ((people.c.tz == tz, literal(at, Instant)) for tz, at in since.items())
    return exists().where(
        reminders.c.letter == letter.id,
        same_person(reminders, people),
        reminders.c.state == ReminderState.SENT.value,
        reminders.c.settled_at >= case(*instants, else_=literal(min(since.values()), Instant)),
    )


def owed_zones(
    tx: Transaction,
    letter: Letter,
    whom: Whom,
    *,
    by: datetime | None = None,
    since: Mapping[str, datetime] | None = None,
) -> dict[str, int]:
    """Count those who are due a reminder, by time zone; `by` as for `owed`.

    Who had one since an instant is left out, as for `had_one`.
    """
    ask_for_all(tx)
    those = owed(letter, whom, None if by is None else literal(by, Instant))
    found = those.where(~had_one(letter, since or {})).subquery()
    rows = tx.connection.execute(
        select(found.c.tz, func.count().label("people")).group_by(found.c.tz)
    )
    return {row.tz: row.people for row in rows}


def ask_for_all(tx: Transaction) -> None:
    """Make PostgreSQL plan the rest of a transaction for very many people.

    Its statistics are minutes old: it takes tables that have just been filled for empty ones, and
    would go through all of their rows for each person.
    """
    if tx.connection.dialect.name == "postgresql":
        tx.connection.execute(text("SET LOCAL enable_nestloop = off"))


def owed_now(
    tx: Transaction, letter: Letter, person: Person, whom: Whom, since: Mapping[str, datetime]
) -> bool:
    """Return whether somebody is still owed a reminder, and had none since."""
    statement = owed(letter, whom, literal(tx.now, Instant)).where(
        is_person(people, person), ~had_one(letter, since)
    )
    return tx.connection.execute(statement).first() is not None


def _waits(letter: Letter, by: ColumnElement[datetime] | None) -> ColumnElement[bool]:
    # As `invitation.is_due` says of one invitation.
    is_open = invitations.c.state.in_([state.value for state in OPEN])
    if by is not None:
        awaits_longer = and_(
            invitations.c.state == InvitationState.AWAITING.value, invitations.c.until > by
        )
        is_open = and_(is_open, ~awaits_longer)
    return exists().where(*_invitations(letter), is_open)


def _invitations(letter: Letter) -> tuple[ColumnElement[bool], ...]:
    return (invitations.c.letter == letter.id, same_person(invitations, people))
