"""Recipients of a letter's reminders and of news about it, all found in one query.

The letter's rule includes either the full members of its channels and the invited people, or only
the invited. For an invited person only their answer counts, whichever channels they are in.
Organisers are never reminded of their own letter.
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
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
    union,
)

from bot.letters.invitation import OPEN, InvitationState
from bot.letters.letter import Letter, PostingState
from bot.letters.people import MAIL, Membership, Person
from bot.letters.rules import Reminded
from bot.storage import letters
from bot.storage.database import Transaction
from bot.storage.states import NoticeState, ReminderState
from bot.storage.tables import (
    Instant,
    endorsements,
    invitations,
    members,
    organisers,
    outbox,
    people,
    postings,
    reminder_wishes,
    reminders,
    signatories,
)
from bot.storage.tables.columns import is_person, same_person

DAILY = 3
"""The most letters of one organiser about which a person gets messages in a day."""
Whom = Reminded | Collection[Person]
"""Everybody included by a letter's rule, or only these people."""


def owed(letter: Letter, whom: Whom, by: ColumnElement[datetime] | None) -> Select[Any, Any, Any]:
    """Return the people who are owed a reminder, with their time zones.

    An invited person is owed one until they have signed or declined, except while they wait for an
    approval. The contact of several organisations is owed one until all have answered. Anybody
    else is owed one until they have signed in any capacity.

    `by`: when the reminder arrives. People whose approval is due by then are included; None
    includes everybody who waits for one.
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


def unwilling(workspace: str, letter: int) -> ColumnElement[bool]:
    """Return the condition that a signer was removed, can't be reached, or wants no messages."""
    stopped = exists().where(
        reminder_wishes.c.letter == letter,
        same_person(reminder_wishes, endorsements),
        reminder_wishes.c.stopped.is_(True),
    )
    known = people.alias()
    gone = exists().where(
        known.c.workspace == workspace,
        same_person(known, endorsements),
        known.c.reachable.is_(False),
    )
    removed = exists().where(
        signatories.c.id == endorsements.c.signatory, signatories.c.removed.is_(True)
    )
    # Unless they asked for more, addresses are kept for answers to one's own acts.
    by_mail = and_(endorsements.c.team == MAIL, endorsements.c.news.is_(False))
    return or_(removed, stopped, gone, by_mail)


def signers(
    tx: Transaction, letter: Letter, person: Person | None = None
) -> list[tuple[Person, str]]:
    """Return those who signed here and can be told about a letter, with their time zones.

    With a `person`, return only them.
    """
    kept = endorsements.c
    whom = literal(True) if person is None else is_person(endorsements, person)
    known = and_(people.c.workspace == letter.workspace, same_person(people, endorsements))
    rows = tx.execute(
        select(kept.team, kept.user, people.c.tz)
        .join(people, known, isouter=True)
        .where(kept.letter == letter.id, kept.withdrawn_at.is_(None), kept.user != "")
        .where(~unwilling(letter.workspace, letter.id), whom)
        .distinct()
        .order_by(kept.team, kept.user)
    )
    return [(Person(row.team, row.user), row.tz or letter.tz) for row in rows]


def had_one(letter: Letter, since: Mapping[str, datetime]) -> ColumnElement[bool]:
    """Return the condition that a person got a reminder at or after a time, by time zone."""
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
    """Count the people who are owed a reminder, by time zone; `by` is as in `owed`.

    People who got one since the time for their zone are left out, as in `had_one`.
    """
    ask_for_all(tx)
    those = owed(letter, whom, None if by is None else literal(by, Instant))
    found = those.where(~had_one(letter, since or {})).subquery()
    rows = tx.execute(select(found.c.tz, func.count().label("people")).group_by(found.c.tz))
    return {row.tz: row.people for row in rows}


def ask_for_all(tx: Transaction) -> None:
    """Make PostgreSQL plan the rest of a transaction for a large number of people.

    Its statistics are minutes old: they describe tables that were just filled as empty, and it
    would scan all their rows for each person.
    """
    if tx.connection.dialect.name == "postgresql":
        tx.execute(text("SET LOCAL enable_nestloop = off"))


def has_heard_enough(tx: Transaction, letter: Letter, person: Person, by: Person) -> bool:
    """Return whether a person heard of three other letters of an organiser in a day."""
    others = letters.ranks(tx, by).keys() - {letter.id}
    keys = [f"{kind}:{one}:{person}" for kind in ("invitation", "first_signer") for one in others]
    in_others = reminders.c.letter.in_(others), is_person(reminders, person)
    reminded = (*in_others, reminders.c.step.startswith("asked@"))
    # Those that were put off by a day are free of those that were sent right after the look.
    since = tx.now - timedelta(hours=23)
    heard = [
        select(of.c.letter).where(
            *which,
            or_(
                and_(of.c.state == NoticeState.SENT.value, of.c.settled_at > since),
                # Of those that are due now, the earliest letters go first.
                and_(of.c.settled_at.is_(None), of.c.due_at <= tx.now, of.c.letter < letter.id),
            ),
        )
        for of, *which in ((outbox, outbox.c.key.in_(keys)), (reminders, *reminded))
    ]
    return len(others) >= DAILY and len(tx.execute(union(*heard)).all()) >= DAILY


def owed_now(
    tx: Transaction, letter: Letter, person: Person, whom: Whom, since: Mapping[str, datetime]
) -> bool:
    """Return whether a person is still owed a reminder, and got none since the given time."""
    statement = owed(letter, whom, literal(tx.now, Instant)).where(
        is_person(people, person), ~had_one(letter, since)
    )
    return tx.execute(statement).first() is not None


def _waits(letter: Letter, by: ColumnElement[datetime] | None) -> ColumnElement[bool]:
    # The same rule as `invitation.is_due` for one invitation.
    is_open = invitations.c.state.in_([state.value for state in OPEN])
    if by is not None:
        awaits_longer = and_(
            invitations.c.state == InvitationState.AWAITING.value, invitations.c.until > by
        )
        is_open = and_(is_open, ~awaits_longer)
    return exists().where(*_invitations(letter), is_open)


def _invitations(letter: Letter) -> tuple[ColumnElement[bool], ...]:
    return (invitations.c.letter == letter.id, same_person(invitations, people))
