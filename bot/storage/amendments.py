"""Amendments of letters' texts: rows <-> values."""

from collections import Counter
from collections.abc import Collection, Generator
from contextlib import contextmanager
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
    union_all,
    update,
)

from bot.letters.amendment import Amendment, AmendmentKind
from bot.letters.endorsement import State
from bot.letters.letter import Letter
from bot.letters.people import Person
from bot.storage.database import Transaction
from bot.storage.tables import amendments, endorsements, letters, people, signatories
from bot.storage.tables.columns import same_person
from bot.storage.tables.letters import ANSWERS


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
    more: bool = False
    """There are more than these: not all were counted."""


def audience(
    tx: Transaction, letter: int, known: Collection[int], *, most: int | None = None
) -> Audience:
    """Count the signers that an amendment would reach now.

    Args:
        tx: The transaction.
        letter: The letter.
        known: The meanings that the new text had before (`meanings_of`): nobody who stands for one
            of them is asked.
        most: Signatures that are looked at; None for all.
    """
    kept = endorsements.c
    given = (
        select(kept.team, kept.user, kept.meaning)
        .where(kept.letter == letter, kept.withdrawn_at.is_(None))
        .order_by(kept.id)
        .limit(most)
        .subquery()
    )
    here, person = given.c.user != "", given.c.team + ":" + given.c.user
    asked = case((and_(here, given.c.meaning.not_in(list(known))), person))
    row = tx.connection.execute(
        select(
            func.count(distinct(asked)).label("asked"),
            func.count(distinct(case((here, person)))).label("told"),
            _how_many(~here).label("collected"),
            func.count().label("all"),
        ).select_from(given)
    ).one()
    return Audience(asked=row.asked, told=row.told, collected=row.collected, more=row.all == most)


def earlier(tx: Transaction, letter: Letter, parties: Collection[str]) -> frozenset[str]:
    """Of some signatories those that stand for a text which meant something else than the present."""
    return frozenset(
        tx.connection.execute(
            select(signatories.c.id)
            .join(endorsements, endorsements.c.id == signatories.c.speaker)
            .where(signatories.c.id.in_(parties), endorsements.c.meaning < letter.meaning)
        ).scalars()
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Silent:
    """One who was asked and has not answered."""

    endorsement: str
    person: Person
    tz: str
    """Their zone, as far as it is known."""


def silent(
    tx: Transaction, letter: Letter, *, after: str = "", most: int | None = None
) -> list[Silent]:
    """Return who have not answered the last material amendment, while they can.

    All, or so many at most after an endorsement by its id.
    """
    rows = tx.connection.execute(
        select(endorsements.c.id, endorsements.c.team, endorsements.c.user, people.c.tz)
        .join(
            people,
            and_(people.c.workspace == letter.workspace, same_person(people, endorsements)),
            isouter=True,
        )
        .where(
            endorsements.c.letter == letter.id,
            endorsements.c.withdrawn_at.is_(None),
            endorsements.c.user != "",
            endorsements.c.meaning < letter.meaning,
            endorsements.c.id > after,
        )
        .order_by(endorsements.c.id)
        .limit(most)
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
    kept: int
    withdrew: int
    silent: int
    """Those who have not answered and whose signatures stand."""
    dropped: int
    """Those whose silence ended their signature."""
    behind: int
    """Signatures that stand and were neither given nor kept for it, collected ones too."""

    @property
    def asked(self) -> int:
        """Number of people who were asked; each has one answer."""
        return self.kept + self.withdrew + self.silent + self.dropped


def answers(tx: Transaction, letter: Letter) -> Answers | None:
    """Return the answers to the last material amendment; None where there is none."""
    if letter.meaning == 1:
        return None
    row = tx.connection.execute(select(amendments).where(*_last_asking(letter))).one()
    return Answers(amendment=_amendment(row), **{name: getattr(row, name) for name in ANSWERS})


def count_answers(tx: Transaction, letter: Letter) -> None:
    """Count the answers to a letter's last material amendment by going through its signatures."""
    if letter.meaning == 1:
        return
    behind = select(func.count()).where(
        endorsements.c.letter == letter.id,
        endorsements.c.withdrawn_at.is_(None),
        endorsements.c.meaning < letter.meaning,
    )
    counts: dict[str, Any] = {**_counted(tx, letter, None), "behind": behind.scalar_subquery()}
    tx.connection.execute(update(amendments).where(*_last_asking(letter)).values(**counts))


@contextmanager
def answering(
    tx: Transaction, letter: Letter, people: Collection[Person]
) -> Generator[Counter[str]]:
    """Keep a letter's answers counted while signatures of some people end, or stand again.

    In what it gives the caller counts the signatures that are behind the text then, or no more.
    """
    moved = Counter[str]()
    if letter.meaning == 1:
        yield moved
        return
    moved.subtract(_counted(tx, letter, people))
    yield moved
    moved.update(_counted(tx, letter, people))
    _move(tx, letter, moved)


def count_kept(tx: Transaction, letter: Letter, person: Person) -> None:
    """Count the answer of somebody who had not given any, and has just kept a signature."""
    moved = _counted(tx, letter, [person])
    moved.subtract({"silent": 1, "behind": 1})
    _move(tx, letter, moved)


def _move(tx: Transaction, letter: Letter, moved: Counter[str]) -> None:
    counts = {name: amendments.c[name] + by for name, by in moved.items() if by}
    if counts:
        tx.connection.execute(update(amendments).where(*_last_asking(letter)).values(**counts))


def _last_asking(letter: Letter) -> tuple[ColumnElement[bool], ...]:
    return (
        amendments.c.letter == letter.id,
        amendments.c.meaning == letter.meaning,
        amendments.c.kind == AmendmentKind.MATERIAL.value,
    )


def _counted(tx: Transaction, letter: Letter, people: Collection[Person] | None) -> Counter[str]:
    """Count people by their answer: all of them, or some, among whom others may be counted."""
    if people is not None and not people:
        return Counter()
    kept = endorsements.c
    made = select(amendments.c.made_at).where(*_last_asking(letter)).scalar_subquery()
    # The meaning too: a clock may have been put back between a Keep and the next change.
    of_it = and_(kept.meaning >= letter.meaning, kept.kept_at >= made)
    kept_it = func.coalesce(of_it, literal(False))
    given = [
        kept.letter == letter.id,
        kept.user != "",
        # A signature of this meaning without a Keep was given later, or its text came back.
        or_(kept.meaning < letter.meaning, kept_it),
    ]
    if people is not None:
        given += [
            kept.team.in_({one.team for one in people}),
            kept.user.in_({one.user for one in people}),
        ]
    columns = (kept.team, kept.user, kept_it.label("kept_it"), kept.ended)
    # An index for each: of one condition for both, neither would serve.
    of_them = union_all(
        select(*columns, literal(True).label("stands")).where(*given, kept.withdrawn_at.is_(None)),
        select(*columns, literal(False)).where(
            *given,
            kept.withdrawn_at.is_not(None),
            kept.withdrawn_at > made,
            kept.ended != State.MERGED.value,
        ),
    ).subquery()
    stands, kept_it = of_them.c.stands, of_them.c.kept_it
    # Somebody who holds several is one, whose answer is out while that of any of them is.
    each = (
        select(
            _any(and_(stands, ~kept_it)).label("silent"),
            _any(and_(stands, kept_it)).label("kept"),
            _any(of_them.c.ended == State.DROPPED.value).label("dropped"),
        )
        .group_by(of_them.c.team, of_them.c.user)
        .subquery()
    )
    silent, kept_one, dropped = each.c.silent == 1, each.c.kept == 1, each.c.dropped == 1
    found = tx.connection.execute(
        select(
            _how_many(and_(kept_one, ~silent)).label("kept"),
            _how_many(and_(~kept_one, ~silent, ~dropped)).label("withdrew"),
            _how_many(silent).label("silent"),
            _how_many(and_(dropped, ~kept_one, ~silent)).label("dropped"),
        ).select_from(each)
    ).one()
    return Counter(found._asdict())


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _any(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.max(case((condition, 1), else_=0))
