"""Amendments of letters' texts: rows <-> values."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    and_,
    case,
    distinct,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)

from bot.letters.amendment import Amendment, AmendmentKind
from bot.letters.endorsement import State
from bot.letters.letter import Letter
from bot.letters.people import Person
from bot.storage.database import Transaction
from bot.storage.tables import amendments, endorsements, letters, people, signatories


def add(tx: Transaction, amendment: Amendment, workspace: str, by: Person) -> None:
    """Keep an amendment as the last one of its letter, which is locked."""
    last = select(func.max(amendments.c.number)).where(amendments.c.letter == amendment.letter)
    tx.connection.execute(
        insert(amendments).values(
            id=amendment.id,
            number=func.coalesce(last.scalar_subquery(), 0) + 1,
            letter=amendment.letter,
            workspace=workspace,
            kind=amendment.kind.value,
            from_sha256=amendment.from_sha256,
            to_sha256=amendment.to_sha256,
            meaning=amendment.meaning,
            note=amendment.note,
            answer_by=amendment.answer_by,
            team=by.team,
            user=by.user,
            made_at=amendment.made_at,
        )
    )


def of_letter(tx: Transaction, letter: int) -> list[Amendment]:
    """Every amendment of a letter, the first one first."""
    rows = tx.connection.execute(
        select(amendments).where(amendments.c.letter == letter).order_by(amendments.c.number)
    )
    return [_amendment(row) for row in rows]


def _amendment(row: Row[Any]) -> Amendment:
    return Amendment(
        id=row.id,
        letter=row.letter,
        kind=AmendmentKind(row.kind),
        from_sha256=row.from_sha256,
        to_sha256=row.to_sha256,
        meaning=row.meaning,
        note=row.note,
        answer_by=row.answer_by,
        made_at=row.made_at,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Those whose signatures stand, by what an amendment does to them."""

    asked: int
    """People who signed here for a text of another meaning: they can be asked."""
    told: int
    """All people who signed here."""
    collected: int
    """Signatures that were collected: nobody can be asked."""


def audience(tx: Transaction, letter: int, known: Collection[int]) -> Audience:
    """Count the signers that an amendment would reach now.

    Args:
        tx: The transaction.
        letter: The letter.
        known: The meanings that the new text had before (`meanings_of`): nobody who stands for one
            of them is asked.
    """
    here = endorsements.c.user != ""
    row = tx.connection.execute(
        select(
            _people(and_(here, endorsements.c.meaning.not_in(list(known)))).label("asked"),
            _people(here).label("told"),
            _how_many(~here).label("collected"),
        ).where(endorsements.c.letter == letter, endorsements.c.withdrawn_at.is_(None))
    ).one()
    return Audience(asked=row.asked, told=row.told, collected=row.collected)


def earlier(tx: Transaction, letter: Letter, parties: Collection[str]) -> frozenset[str]:
    """Of some signatories those that stand for a text which meant something else than the present."""
    return frozenset(
        tx.connection.execute(
            select(signatories.c.id)
            .join(endorsements, endorsements.c.id == signatories.c.speaker)
            .where(
                signatories.c.id.in_(parties),
                endorsements.c.meaning < letter.meaning,
            )
        ).scalars()
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Silent:
    """One who was asked and has not answered."""

    endorsement: str
    person: Person
    tz: str
    """Their zone, as far as it is known."""


def silent(tx: Transaction, letter: Letter) -> list[Silent]:
    """All who have not answered the last material amendment, while they can."""
    rows = tx.connection.execute(
        select(endorsements.c.id, endorsements.c.team, endorsements.c.user, people.c.tz)
        .join(
            people,
            and_(
                people.c.workspace == letter.workspace,
                people.c.team == endorsements.c.team,
                people.c.user == endorsements.c.user,
            ),
            isouter=True,
        )
        .where(
            endorsements.c.letter == letter.id,
            endorsements.c.withdrawn_at.is_(None),
            endorsements.c.user != "",
            endorsements.c.meaning < letter.meaning,
        )
        .order_by(endorsements.c.id)
    )
    return [
        Silent(endorsement=row.id, person=Person(row.team, row.user), tz=row.tz or "UTC")
        for row in rows
    ]


def to_remind(tx: Transaction, before: datetime) -> list[int]:
    """Letters whose time for answers ends until then, and of which nobody was reminded."""
    found = _to_remind(tx, before, letters.c.id).distinct().order_by(letters.c.id)
    return list(tx.connection.execute(found).scalars())


def to_remind_of(tx: Transaction, letter: int, before: datetime) -> Amendment | None:
    """The material amendment that a letter's silent signers are to be reminded of, if any."""
    found = _to_remind(tx, before, amendments).where(letters.c.id == letter)
    row = tx.connection.execute(found.order_by(amendments.c.number.desc()).limit(1)).one_or_none()
    return None if row is None else _amendment(row)


def _to_remind(tx: Transaction, before: datetime, *columns: Any) -> Any:
    return (
        select(*columns)
        .select_from(amendments)
        .join(
            letters,
            and_(letters.c.id == amendments.c.letter, letters.c.meaning == amendments.c.meaning),
        )
        .where(
            amendments.c.kind == AmendmentKind.MATERIAL.value,
            amendments.c.reminded_at.is_(None),
            letters.c.answer_by > tx.now,
            letters.c.answer_by <= before,
        )
    )


def bring_forward(tx: Transaction, amendment: str, answer_by: datetime) -> None:
    """Write an earlier time until which signers may answer."""
    tx.connection.execute(
        update(amendments).where(amendments.c.id == amendment).values(answer_by=answer_by)
    )


def mark_reminded(tx: Transaction, amendment: str) -> None:
    """Note that reminders of it are owed, or that there are none."""
    tx.connection.execute(
        update(amendments).where(amendments.c.id == amendment).values(reminded_at=tx.now)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Answers of the signers who were asked about a material amendment."""

    amendment: Amendment
    asked: int
    kept: int
    withdrew: int
    silent: int
    """Those who have not answered and whose signatures stand."""
    dropped: int
    """Those whose silence ended their signature."""


def answers(tx: Transaction, letter: Letter) -> Answers | None:
    """Return the answers to the last material amendment; None where there is none."""
    row = tx.connection.execute(
        select(amendments)
        .where(
            amendments.c.letter == letter.id,
            amendments.c.kind == AmendmentKind.MATERIAL.value,
        )
        .order_by(amendments.c.number.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    last = _amendment(row)
    stands = endorsements.c.withdrawn_at.is_(None)
    kept_it = func.coalesce(endorsements.c.kept_at >= last.made_at, literal(False))
    # A signature of this meaning without a Keep was given later, or its text came back.
    asked = or_(endorsements.c.meaning < last.meaning, kept_it)
    # Somebody who holds several is one, whose answer is out while that of any of them is.
    each = (
        select(
            _any(and_(stands, ~kept_it)).label("silent"),
            _any(and_(stands, kept_it)).label("kept"),
            _any(endorsements.c.ended == State.DROPPED.value).label("dropped"),
        )
        .where(
            endorsements.c.letter == letter.id,
            endorsements.c.user != "",
            or_(stands, endorsements.c.withdrawn_at > last.made_at),
            asked,
            or_(stands, endorsements.c.ended != State.MERGED.value),
        )
        .group_by(endorsements.c.team, endorsements.c.user)
        .subquery()
    )
    silent, kept, dropped = each.c.silent == 1, each.c.kept == 1, each.c.dropped == 1
    counted = tx.connection.execute(
        select(
            func.count().label("asked"),
            _how_many(and_(kept, ~silent)).label("kept"),
            _how_many(and_(~kept, ~silent, ~dropped)).label("withdrew"),
            _how_many(silent).label("silent"),
            _how_many(and_(dropped, ~kept, ~silent)).label("dropped"),
        ).select_from(each)
    ).one()
    return Answers(
        amendment=last,
        asked=counted.asked,
        kept=counted.kept,
        withdrew=counted.withdrew,
        silent=counted.silent,
        dropped=counted.dropped,
    )


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _any(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.max(case((condition, 1), else_=0))


def _people(condition: ColumnElement[bool]) -> ColumnElement[int]:
    person = endorsements.c.team + ":" + endorsements.c.user
    return func.count(distinct(case((condition, person))))
