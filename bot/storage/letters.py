"""Letters, their texts and their organisers: rows <-> values."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, select, update

from bot.letters.letter import Letter, Phase, Signers, Tally
from bot.letters.people import Person
from bot.storage.database import Transaction
from bot.storage.tables import letters, organisers, texts

_BY_IDS = select(letters).where(letters.c.id.in_(bindparam("ids", expanding=True)))
# Locked in the order of their ids, so that two batches can never wait for each other.
_BY_IDS_LOCKED = _BY_IDS.order_by(letters.c.id).with_for_update()


def _letter(row: Row[Any]) -> Letter:
    return Letter(
        id=row.id,
        workspace=row.workspace,
        title=row.title,
        summary=row.summary,
        asked_by=row.asked_by,
        language=row.language,
        text_sha256=row.text_sha256,
        signers=Signers(row.signers),
        goal=row.goal,
        deadline=row.deadline,
        phase=Phase(row.phase),
        tally=Tally(people=row.people, organisations=row.organisations),
        created_at=row.created_at,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        reason=row.reason,
    )


def find_many(tx: Transaction, ids: Collection[int], *, lock: bool = False) -> dict[int, Letter]:
    """Letters by id; those that do not exist are missing. `lock` keeps other writers away."""
    statement = _BY_IDS_LOCKED if lock else _BY_IDS
    rows = tx.connection.execute(statement, {"ids": sorted(ids)})
    return {row.id: _letter(row) for row in rows}


def find(tx: Transaction, letter: int, *, lock: bool = False) -> Letter | None:
    """One letter, or None."""
    return find_many(tx, [letter], lock=lock).get(letter)


def add(tx: Transaction, *, body: str, values: Mapping[str, Any]) -> int:
    """Adds a letter with its first text and gives its number. `values` are its columns."""
    (letter,) = tx.connection.execute(
        insert(letters).values(created_at=tx.now, **values).returning(letters.c.id)
    ).one()
    add_text(tx, letter, values["workspace"], values["text_sha256"], body)
    return letter


def change(tx: Transaction, letter: int, **values: Any) -> None:
    """Writes some columns of a letter."""
    tx.connection.execute(update(letters).where(letters.c.id == letter).values(**values))


def remove(tx: Transaction, letter: int) -> None:
    """Removes a draft and all that hangs on it."""
    tx.connection.execute(delete(letters).where(letters.c.id == letter))


def add_text(tx: Transaction, letter: int, workspace: str, sha256: str, body: str) -> None:
    """Keeps a text of a letter under its hash; the same text twice is one."""
    if read_text(tx, letter, sha256) is None:
        tx.connection.execute(
            insert(texts).values(
                letter=letter, sha256=sha256, workspace=workspace, body=body, created_at=tx.now
            )
        )


def read_text(tx: Transaction, letter: int, sha256: str) -> str | None:
    """The words that a hash stands for."""
    return tx.connection.execute(
        select(texts.c.body).where(texts.c.letter == letter, texts.c.sha256 == sha256)
    ).scalar_one_or_none()


def drop_other_texts(tx: Transaction, letter: int, sha256: str) -> None:
    """Forgets the texts of a draft that was rewritten; nobody has signed them."""
    tx.connection.execute(delete(texts).where(texts.c.letter == letter, texts.c.sha256 != sha256))


def in_workspace(
    tx: Transaction, workspace: str, *, organiser: Person | None = None, phase: Phase | None = None
) -> list[Letter]:
    """Letters of a workspace, newest first; only somebody's, or only in a phase."""
    statement = select(letters).where(letters.c.workspace == workspace)
    if phase is not None:
        statement = statement.where(letters.c.phase == phase)
    if organiser is not None:
        statement = statement.join(organisers, organisers.c.letter == letters.c.id).where(
            organisers.c.team == organiser.team, organisers.c.user == organiser.user
        )
    rows = tx.connection.execute(statement.order_by(letters.c.id.desc()))
    return [_letter(row) for row in rows]


def every(tx: Transaction, workspace: str | None = None) -> list[Letter]:
    """All letters, oldest first, for the operator."""
    statement = select(letters).order_by(letters.c.id)
    if workspace is not None:
        statement = statement.where(letters.c.workspace == workspace)
    return [_letter(row) for row in tx.connection.execute(statement)]


def open_everywhere(tx: Transaction) -> list[Letter]:
    """Open letters of all workspaces, for the worker."""
    rows = tx.connection.execute(select(letters).where(letters.c.phase == Phase.OPEN))
    return [_letter(row) for row in rows]


def past_deadline(tx: Transaction, now: datetime) -> list[int]:
    """Numbers of open letters whose deadline is here."""
    return list(
        tx.connection.execute(
            select(letters.c.id)
            .where(letters.c.phase == Phase.OPEN, letters.c.deadline <= now)
            .order_by(letters.c.id)
        ).scalars()
    )


def organisers_of(tx: Transaction, letter: int) -> list[Person]:
    """Who runs a letter, the first one first."""
    rows = tx.connection.execute(
        select(organisers.c.team, organisers.c.user)
        .where(organisers.c.letter == letter)
        .order_by(organisers.c.added_at, organisers.c.user)
    )
    return [Person(row.team, row.user) for row in rows]


def organises(tx: Transaction, letter: int, person: Person) -> bool:
    """Whether somebody runs a letter."""
    found = tx.connection.execute(
        select(organisers.c.letter).where(
            organisers.c.letter == letter,
            organisers.c.team == person.team,
            organisers.c.user == person.user,
        )
    )
    return found.first() is not None


def add_organiser(tx: Transaction, letter: int, workspace: str, person: Person) -> None:
    """Adds an organiser who is none yet."""
    tx.connection.execute(
        insert(organisers).values(
            letter=letter,
            workspace=workspace,
            team=person.team,
            user=person.user,
            added_at=tx.now,
        )
    )


def remove_organiser(tx: Transaction, letter: int, person: Person) -> None:
    """Takes an organiser off a letter."""
    tx.connection.execute(
        delete(organisers).where(
            organisers.c.letter == letter,
            organisers.c.team == person.team,
            organisers.c.user == person.user,
        )
    )
