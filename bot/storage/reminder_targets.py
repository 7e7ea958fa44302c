"""Recipients of a letter's reminders, found for everyone in one query.

Where a letter has a list of those who were invited, they are meant, and nobody else by schedule;
where it has none, the full members of its channels are.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal, or_, select, text

from bot.letters.invitation import OPEN, InvitationState
from bot.letters.letter import Letter
from bot.letters.people import Membership, Person
from bot.letters.posting import PostingState
from bot.storage.database import Transaction
from bot.storage.tables import (
    Instant,
    endorsements,
    invitations,
    members,
    people,
    postings,
    reminder_wishes,
)


def owed(
    letter: Letter, named: Collection[Person] | None, by: ColumnElement[datetime] | None
) -> Select[Any, Any, Any]:
    """Those who are owed a reminder: those who were invited, members of the channels, or those named.

    Who is on the list of those who were invited has not answered: neither signed nor declined, nor
    waits for an approval for longer. A contact of organisations is one as long as one of them has
    not. Whoever is not on it has not signed in any capacity.

    Args:
        letter: The letter.
        named: Only these, whatever they are to the workspace.
        by: When it reaches them: those who wait for an approval until then or before are owed it.
            None for all of those who wait.
    """
    if named is None:
        whom = _waits(letter, by) if letter.has_invitations else _is_in_reach(letter)
    else:
        whom = and_(
            or_(*(and_(people.c.team == one.team, people.c.user == one.user) for one in named)),
            _waits_or_was_not_invited(letter, by),
        )
    return select(people.c.team, people.c.user, people.c.tz).where(
        people.c.workspace == letter.workspace,
        people.c.reachable.is_(True),
        whom,
        _has_not_said_stop(letter),
    )


def owed_zones(
    tx: Transaction,
    letter: Letter,
    named: Collection[Person] | None = None,
    *,
    by: datetime | None = None,
) -> dict[str, int]:
    """Count those who are due a reminder, by time zone; `by` as for `owed`."""
    ask_for_all(tx)
    found = owed(letter, named, None if by is None else literal(by, Instant)).subquery()
    rows = tx.connection.execute(
        select(found.c.tz, func.count().label("people")).group_by(found.c.tz)
    )
    return {row.tz: row.people for row in rows}


def ask_for_all(tx: Transaction) -> None:
    """From here on this transaction asks about very many people.

    PostgreSQL plans by statistics that are minutes old: of tables that were empty a moment ago it
    thinks that they still are, and goes through all of their rows for each person.
    """
    if tx.connection.dialect.name == "postgresql":
        tx.connection.execute(text("SET LOCAL enable_nestloop = off"))


def owed_now(tx: Transaction, letter: Letter, person: Person, *, named: bool) -> bool:
    """Return whether somebody is still owed a reminder; `named` ones need not be invited by schedule."""
    statement = owed(letter, [person] if named else None, literal(tx.now, Instant)).where(
        people.c.team == person.team, people.c.user == person.user
    )
    return tx.connection.execute(statement).first() is not None


def _is_in_reach(letter: Letter) -> ColumnElement[bool]:
    return and_(
        people.c.membership == Membership.MEMBER.value,
        exists().where(
            members.c.workspace == people.c.workspace,
            members.c.user == people.c.user,
            members.c.channel == postings.c.channel,
            postings.c.letter == letter.id,
            postings.c.state == PostingState.UP.value,
        ),
        _has_not_signed(letter),
    )


def _waits_or_was_not_invited(
    letter: Letter, by: ColumnElement[datetime] | None
) -> ColumnElement[bool]:
    if not letter.has_invitations:
        return _has_not_signed(letter)
    was_not_invited = and_(~exists().where(*_invitations(letter)), _has_not_signed(letter))
    return or_(_waits(letter, by), was_not_invited)


def _waits(letter: Letter, by: ColumnElement[datetime] | None) -> ColumnElement[bool]:
    """The rule of `invitation.is_due` for any of somebody's invitations."""
    is_open = invitations.c.state.in_([state.value for state in OPEN])
    if by is not None:
        awaits_longer = and_(
            invitations.c.state == InvitationState.AWAITING.value, invitations.c.until > by
        )
        is_open = and_(is_open, ~awaits_longer)
    return exists().where(*_invitations(letter), is_open)


def _invitations(letter: Letter) -> tuple[ColumnElement[bool], ...]:
    return (
        invitations.c.letter == letter.id,
        invitations.c.team == people.c.team,
        invitations.c.user == people.c.user,
    )


def _has_not_signed(letter: Letter) -> ColumnElement[bool]:
    return ~exists().where(
        endorsements.c.letter == letter.id,
        endorsements.c.team == people.c.team,
        endorsements.c.user == people.c.user,
        endorsements.c.withdrawn_at.is_(None),
    )


def _has_not_said_stop(letter: Letter) -> ColumnElement[bool]:
    return ~exists().where(
        reminder_wishes.c.letter == letter.id,
        reminder_wishes.c.team == people.c.team,
        reminder_wishes.c.user == people.c.user,
        reminder_wishes.c.stopped.is_(True),
    )
