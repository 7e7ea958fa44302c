"""Amendments of letters' texts: rows <-> values."""

from collections import Counter
from collections.abc import Collection, Generator
from contextlib import contextmanager
from dataclasses import dataclass, fields
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

_SAME = tuple(one.name for one in fields(Amendment) if one.name != "kind")
"""Fields of an amendment that have columns of the same names."""


def add(tx: Transaction, amendment: Amendment, workspace: str, by: Person) -> None:
    """Add an amendment as the last one of its letter, which is locked."""
    last = select(func.max(amendments.c.number)).where(amendments.c.letter == amendment.letter)
    tx.execute(
        insert(amendments).values(
            **{name: getattr(amendment, name) for name in _SAME},
            number=func.coalesce(last.scalar_subquery(), 0) + 1,
            workspace=workspace,
            kind=amendment.kind.value,
            team=by.team,
            user=by.user,
        )
    )


def of_letter(tx: Transaction, letter: int) -> list[Amendment]:
    """Return a letter's amendments, first to last."""
    rows = tx.execute(
        select(amendments).where(amendments.c.letter == letter).order_by(amendments.c.number)
    )
    return [_amendment(row) for row in rows]


def last_fix(tx: Transaction, letter: Letter) -> Amendment | None:
    """Return a letter's last amendment if it is a small fix; else None."""
    last = of_letter(tx, letter.id)[-1:]
    return last[0] if last and last[0].kind is AmendmentKind.COSMETIC else None


def _amendment(row: Row[Any]) -> Amendment:
    same: dict[str, Any] = {name: getattr(row, name) for name in _SAME}
    return Amendment(kind=AmendmentKind(row.kind), **same)


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Signers whose signatures still count, by what an amendment means for them."""

    asked: int
    """People who signed here for a text with another meaning: they can be asked to confirm."""
    told: int
    """All people who signed here."""
    collected: int
    """Signatures collected elsewhere: their signers cannot be asked."""
    more: bool = False
    """True if there are more signatures than were counted."""


def audience(
    tx: Transaction, letter: int, known: Collection[int], *, most: int | None = None
) -> Audience:
    """Count the signers that an amendment would reach now.

    `known`: the meanings that the new text had before (`meanings_of`): signers for one of these are
    not asked. `most`: the most signatures to count; None for all.
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
    row = tx.execute(
        select(
            func.count(distinct(asked)).label("asked"),
            func.count(distinct(case((here, person)))).label("told"),
            _how_many(~here).label("collected"),
            func.count().label("all"),
        ).select_from(given)
    ).one()
    return Audience(asked=row.asked, told=row.told, collected=row.collected, more=row.all == most)


def earlier(tx: Transaction, letter: Letter, parties: Collection[str]) -> frozenset[str]:
    """Return which signatories have a speaker who signed a text with an earlier meaning."""
    return frozenset(
        tx.execute(
            select(signatories.c.id)
            .join(endorsements, endorsements.c.id == signatories.c.speaker)
            .where(signatories.c.id.in_(parties), endorsements.c.meaning < letter.meaning)
        ).scalars()
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Silent:
    """A signer who was asked about an amendment and has not answered."""

    endorsement: str
    person: Person
    tz: str
    """Their time zone; UTC if it is unknown."""


def silent(
    tx: Transaction, letter: Letter, *, after: str = "", most: int | None = None
) -> list[Silent]:
    """Return signers who have not answered the last material amendment and still can.

    They come by endorsement id, starting after `after`, at most `most`.
    """
    rows = tx.execute(
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
    """Return letters whose time for answers ends by `before` and whose signers got no reminder."""
    found = _to_remind(tx, before, letters.c.id).distinct().order_by(letters.c.id)
    return list(tx.execute(found).scalars())


def to_remind_of(tx: Transaction, letter: int, before: datetime) -> Amendment | None:
    """Return the material amendment that a letter's silent signers should be reminded of."""
    found = _to_remind(tx, before, amendments).where(letters.c.id == letter)
    row = tx.execute(found.order_by(amendments.c.number.desc()).limit(1)).one_or_none()
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
    """Set an earlier end of the time for answers to an amendment."""
    tx.execute(update(amendments).where(amendments.c.id == amendment).values(answer_by=answer_by))


def mark_reminded(tx: Transaction, amendment: str) -> None:
    """Record that reminders of an amendment are queued, or that nobody needs one."""
    tx.execute(update(amendments).where(amendments.c.id == amendment).values(reminded_at=tx.now))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Answers of the signers who were asked about a material amendment."""

    amendment: Amendment
    kept: int
    withdrew: int
    silent: int
    """People who have not answered and whose signatures still count."""
    dropped: int
    """People whose signatures ended because they had not answered in time."""
    behind: int
    """Active signatures neither given nor confirmed for the new text, including collected ones."""

    @property
    def asked(self) -> int:
        """Return the number of people who were asked; each gives one answer."""
        return self.kept + self.withdrew + self.silent + self.dropped


def answers(tx: Transaction, letter: Letter) -> Answers | None:
    """Return the answers to the last material amendment; None if there was none."""
    if letter.meaning == 1:
        return None
    row = tx.execute(select(amendments).where(*_last_asking(letter))).one()
    return Answers(amendment=_amendment(row), **{name: getattr(row, name) for name in ANSWERS})


def count_answers(tx: Transaction, letter: Letter) -> None:
    """Recount the answers to a letter's last material amendment from its signatures."""
    if letter.meaning == 1:
        return
    behind = select(func.count()).where(
        endorsements.c.letter == letter.id,
        endorsements.c.withdrawn_at.is_(None),
        endorsements.c.meaning < letter.meaning,
    )
    counts: dict[str, Any] = {**_counted(tx, letter, None), "behind": behind.scalar_subquery()}
    tx.execute(update(amendments).where(*_last_asking(letter)).values(**counts))


@contextmanager
def answering(
    tx: Transaction, letter: Letter, people: Collection[Person]
) -> Generator[Counter[str]]:
    """Update a letter's answer counts while signatures of some people end or become active again.

    The caller adds to the yielded counter the change in signatures for earlier meanings.
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
    """Count the answer of a person who had not answered and has just kept their signature."""
    moved = _counted(tx, letter, [person])
    moved.subtract({"silent": 1, "behind": 1})
    _move(tx, letter, moved)


def _move(tx: Transaction, letter: Letter, moved: Counter[str]) -> None:
    counts = {name: amendments.c[name] + by for name, by in moved.items() if by}
    if counts:
        tx.execute(update(amendments).where(*_last_asking(letter)).values(**counts))


def _last_asking(letter: Letter) -> tuple[ColumnElement[bool], ...]:
    return (
        amendments.c.letter == letter.id,
        amendments.c.meaning == letter.meaning,
        amendments.c.kind == AmendmentKind.MATERIAL.value,
    )


def _counted(tx: Transaction, letter: Letter, people: Collection[Person] | None) -> Counter[str]:
    if people is not None and not people:
        return Counter()
    kept = endorsements.c
    made = select(amendments.c.made_at).where(*_last_asking(letter)).scalar_subquery()
    # The meaning decides too, since the clock may have been set back between two changes.
    of_it = and_(kept.meaning >= letter.meaning, kept.kept_at >= made)
    kept_it = func.coalesce(of_it, literal(False))
    given = [
        kept.letter == letter.id,
        kept.user != "",
        # A signature of this meaning without a record of keeping is newer, or its text was
        # restored.
        or_(kept.meaning < letter.meaning, kept_it),
    ]
    if people is not None:
        given += [
            kept.team.in_({one.team for one in people}),
            kept.user.in_({one.user for one in people}),
        ]
    columns = (kept.team, kept.user, kept_it.label("kept_it"), kept.ended)
    # Two queries, because one combined condition would use neither of their indexes.
    of_them = union_all(
        select(*columns, literal(True).label("stands")).where(*given, kept.withdrawn_at.is_(None)),
        select(*columns, literal(False)).where(
            *given,
            kept.withdrawn_at.is_not(None),
            kept.withdrawn_at > made,
            kept.ended.not_in([State.MERGED.value, State.REMOVED.value]),
        ),
    ).subquery()
    stands, kept_it = of_them.c.stands, of_them.c.kept_it
    # A person with several signatures counts once, as silent while any of them is unanswered.
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
    found = tx.execute(
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
