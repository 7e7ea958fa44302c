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

Whom = Reminded | Collection[Person]
"""Those that a letter's rule may name, or only these people, whatever they are to the workspace."""


def owed(letter: Letter, whom: Whom, by: ColumnElement[datetime] | None) -> Select[Any, Any, Any]:
    """Those who are owed a reminder: those who were invited, members of the channels, or those named.

    Who is on the list of those who were invited has not answered: neither signed nor declined, nor
    waits for an approval for longer. A contact of organisations is one as long as one of them has
    not. Somebody not on it has not signed in any capacity.

    Args:
        letter: The letter.
        whom: Among which people.
        by: When it reaches them: those who wait for an approval until then or before are owed it.
            None for all of those who wait.
    """
    return select(people.c.team, people.c.user, people.c.tz).where(
        people.c.workspace == letter.workspace,
        people.c.reachable.is_(True),
        _is_meant(letter, whom, by),
        _has_not_said_stop(letter),
        ~exists().where(
            organisers.c.letter == letter.id,
            organisers.c.team == people.c.team,
            organisers.c.user == people.c.user,
        ),
    )


def _is_meant(
    letter: Letter, whom: Whom, by: ColumnElement[datetime] | None
) -> ColumnElement[bool]:
    invited = _waits(letter, by) if letter.has_invitations else false()
    if whom is Reminded.INVITED:
        return invited
    others = _has_not_signed(letter)
    if letter.has_invitations:
        others = and_(others, ~exists().where(*_invitations(letter)))
    if isinstance(whom, Reminded):
        return or_(invited, and_(_is_in_channel(letter), others))
    named = (and_(people.c.team == one.team, people.c.user == one.user) for one in whom)
    return and_(or_(false(), *named), or_(invited, others))


def had_one(letter: Letter, since: Mapping[str, datetime]) -> ColumnElement[bool]:
    """Return whether somebody got a reminder of a letter at or after an instant, by their time zone."""
    if not since:
        return false()
    instants = ((people.c.tz == tz, literal(at, Instant)) for tz, at in since.items())
    return exists().where(
        reminders.c.letter == letter.id,
        reminders.c.team == people.c.team,
        reminders.c.user == people.c.user,
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
    """From here on this transaction asks about very many people.

    PostgreSQL plans by statistics that are minutes old: of tables that were empty a moment ago it
    thinks that they still are, and goes through all of their rows for each person.
    """
    if tx.connection.dialect.name == "postgresql":
        tx.connection.execute(text("SET LOCAL enable_nestloop = off"))


def owed_now(
    tx: Transaction, letter: Letter, person: Person, whom: Whom, since: Mapping[str, datetime]
) -> bool:
    """Return whether somebody is still owed a reminder, and had none since."""
    statement = owed(letter, whom, literal(tx.now, Instant)).where(
        people.c.team == person.team,
        people.c.user == person.user,
        ~had_one(letter, since),
    )
    return tx.connection.execute(statement).first() is not None


def _is_in_channel(letter: Letter) -> ColumnElement[bool]:
    return and_(
        people.c.membership == Membership.MEMBER.value,
        exists().where(
            members.c.workspace == people.c.workspace,
            members.c.user == people.c.user,
            members.c.channel == postings.c.channel,
            postings.c.letter == letter.id,
            postings.c.state == PostingState.UP.value,
        ),
    )


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
