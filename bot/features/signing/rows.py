"""Codes sent by mail, and refused domains: rows <-> values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, func, insert, not_, or_, select, update

from bot.letters.ids import first_id, new_id
from bot.letters.letter import Letter
from bot.letters.people import MAIL, Person
from bot.storage.database import Transaction
from bot.storage.privacy.expiry import letter_over
from bot.storage.tables import (
    addresses,
    approvals,
    codes,
    endorsements,
    invitations,
    letters,
    objections,
    reminder_wishes,
)
from bot.storage.tables.columns import is_person, same_person


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A code that was sent to a mail address."""

    id: str
    letter: int
    person: Person
    given: Mapping[str, Any] | None
    """The signature that waits for it; None if it opens the person's signatures."""
    tries: int
    made_at: datetime


def add(
    tx: Transaction, letter: Letter, person: Person, given: Mapping[str, Any] | None, network: str
) -> str:
    """Add a code to be sent and return its id."""
    number = new_id(tx.now)
    tx.execute(
        insert(codes).values(
            id=number,
            letter=letter.id,
            workspace=letter.workspace,
            team=person.team,
            user=person.user,
            given=given,
            network=network,
            made_at=tx.now,
        )
    )
    return number


def find(tx: Transaction, number: str, *, lock: bool = False) -> Asked | None:
    """Return a code by its id; None if there is none any more."""
    found = select(codes).where(codes.c.id == number)
    row = tx.execute(found.with_for_update() if lock else found).one_or_none()
    if row is None:
        return None
    return Asked(
        id=row.id,
        letter=row.letter,
        person=Person(row.team, row.user),
        given=row.given,
        tries=row.tries,
        made_at=row.made_at,
    )


def tried(tx: Transaction, number: str, *, right: bool) -> None:
    """Record a try to type a code."""
    values = {"typed_at": tx.now} if right else {"tries": codes.c.tries + 1}
    tx.execute(update(codes).where(codes.c.id == number).values(**values))


def of_address(
    tx: Transaction, person: Person, since: datetime, *, signs: bool, network: str = ""
) -> int:
    """Count an address's codes from a time on, to sign or not, from a network if one is given."""
    of_kind = codes.c.given.is_not(None) if signs else codes.c.given.is_(None)
    there = (codes.c.network == network,) if network else ()
    return _count(tx, is_person(codes, person), codes.c.made_at > since, of_kind, *there)


def of_network(tx: Transaction, network: str, since: datetime) -> int:
    """Count the codes asked for from a network from a time on."""
    return _count(tx, codes.c.network == network, codes.c.made_at > since)


def unconfirmed(tx: Transaction, letter: int, since: datetime) -> int:
    """Count a letter's signatures from a time on whose codes nobody has typed yet."""
    waits = (codes.c.given.is_not(None), codes.c.typed_at.is_(None))
    return _count(tx, codes.c.letter == letter, codes.c.made_at > since, *waits)


def _count(tx: Transaction, *conditions: ColumnElement[bool]) -> int:
    return tx.execute(select(func.count()).where(*conditions)).scalar_one()


def signed_since(tx: Transaction, letter: int, since: datetime) -> int:
    """Count a letter's signatures that were given on the web from a time on."""
    kept = endorsements.c
    return _count(tx, kept.letter == letter, kept.id >= first_id(since), kept.team == MAIL)


def forget(tx: Transaction, before: datetime, ended: datetime, news: datetime) -> None:
    """Delete codes from `before`, and addresses without one whose letters were over by `ended`.

    Those who want to hear what becomes of a letter are kept if it was not over by `news`.
    """
    tx.execute(delete(codes).where(codes.c.made_at < before))
    kept = endorsements.c
    needed = (
        exists().where(codes.c.user == addresses.c.user),
        exists().where(approvals.c.user == addresses.c.user),
        exists().where(approvals.c.decided_user == addresses.c.user),
        exists()
        .where(kept.user == addresses.c.user, kept.team == MAIL, kept.erased_at.is_(None))
        .where(letters.c.id == kept.letter, or_(not_(letter_over(ended)), _hears(news))),
        exists().where(objections.c.user == addresses.c.user, objections.c.decided_at.is_(None)),
        # Invitations are blanked in their own time.
        exists().where(invitations.c.user == addresses.c.user, invitations.c.team == MAIL),
    )
    unneeded = (addresses.c.sealed.is_not(None), addresses.c.kept_at < before, ~or_(*needed))
    tx.execute(delete(addresses).where(*unneeded))


def _hears(before: datetime) -> ColumnElement[bool]:
    kept = endorsements.c
    ended = exists().where(
        reminder_wishes.c.letter == kept.letter,
        same_person(reminder_wishes, endorsements),
        reminder_wishes.c.stopped.is_(True),
    )
    return and_(kept.news.is_(True), kept.withdrawn_at.is_(None), ~ended, not_(letter_over(before)))
