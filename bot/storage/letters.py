"""Letters, their texts and their organisers: rows <-> values."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, delete, insert, or_, select, update

from bot.letters.deadlines import Grace
from bot.letters.letter import Letter, Signers, Tally
from bot.letters.people import Person
from bot.letters.phases import Moment, Phase, after
from bot.letters.rules import (
    Confirmation,
    Embargo,
    Hidden,
    Ordering,
    Reminded,
    Rules,
    Silence,
    WithdrawnEntry,
)
from bot.storage.database import Transaction
from bot.storage.prepared import Question
from bot.storage.tables import endorsements, first_signers, letters, organisers, texts

_BY_IDS = Question(lambda among: select(letters).where(among(letters.c.id, "ids")))
# Locked in the order of their ids, so that two batches can never wait for each other; and only
# from those who lock too: who adds a hundred thousand rows about a letter needs just that it stays.
_BY_IDS_LOCKED = Question(
    lambda among: (
        select(letters)
        .where(among(letters.c.id, "ids"))
        .order_by(letters.c.id)
        .with_for_update(key_share=True)
    )
)


def _letter(row: Row[Any]) -> Letter:
    return Letter(
        id=row.id,
        workspace=row.workspace,
        title=row.title,
        summary=row.summary,
        sender=row.sender,
        language=row.language,
        text_sha256=row.text_sha256,
        meaning=row.meaning,
        signers=Signers(row.signers),
        goal=row.goal,
        deadline=row.deadline,
        # Old code knows one deadline only, and may have moved it.
        closes_at=max(row.closes_at, row.deadline),
        tz=row.tz,
        grace=Grace(minutes=row.grace_minutes, anywhere=row.grace_anywhere),
        phase=Phase(row.phase),
        rules=_rules(row),
        tally=Tally(
            people=row.people,
            organisations=row.organisations,
            late_people=row.late_people,
            late_organisations=row.late_organisations,
            waiting=row.waiting,
        ),
        created_at=row.created_at,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        delivered_at=row.delivered_at,
        unveiled_at=row.unveiled_at,
        answer_by=row.answer_by,
        has_invitations=row.has_invitations,
        public=row.public,
        reason=row.reason,
        responsible=row.responsible,
    )


def _rules(row: Row[Any]) -> Rules:
    return Rules(
        confirmation=Confirmation(row.confirmation),
        silence=Silence(row.silence),
        withdrawn_entry=WithdrawnEntry(row.withdrawn_entry),
        embargo=(
            Embargo(
                hides=Hidden(row.embargo_hides),
                until=row.embargo_until,
                until_listed=row.embargo_listed,
            )
            if row.embargo_hides
            else None
        ),
        ordering=Ordering(row.ordering),
        grouped=row.grouped,
        reminded=Reminded(row.reminded),
    )


def rules_columns(rules: Rules) -> dict[str, Any]:
    """The columns in which a letter's rules are kept."""
    embargo = rules.embargo
    return {
        "confirmation": rules.confirmation.value,
        "silence": rules.silence.value,
        "withdrawn_entry": rules.withdrawn_entry.value,
        "embargo_hides": embargo.hides.value if embargo else None,
        "embargo_until": embargo.until if embargo else None,
        "embargo_listed": embargo.until_listed if embargo else None,
        "ordering": rules.ordering.value,
        "grouped": rules.grouped,
        "reminded": rules.reminded.value,
    }


_NUMBERS = range(1, 2**31)
"""The numbers that a letter can have: drivers refuse what does not fit the column."""


def find_many(tx: Transaction, ids: Collection[int], *, lock: bool = False) -> dict[int, Letter]:
    """Letters by id; those that do not exist are missing. `lock` keeps other writers away."""
    question = _BY_IDS_LOCKED if lock else _BY_IDS
    known = [number for number in ids if number in _NUMBERS]
    return {row.id: _letter(row) for row in question.ask(tx, ids=known)}


def find(tx: Transaction, letter: int, *, lock: bool = False) -> Letter | None:
    """One letter, or None."""
    return find_many(tx, [letter], lock=lock).get(letter)


def of_endorsement(tx: Transaction, endorsement: str) -> Letter | None:
    """The letter of an endorsement, locked; None where there is no such endorsement."""
    which = select(endorsements.c.letter).where(endorsements.c.id == endorsement)
    row = tx.connection.execute(
        select(letters)
        .where(letters.c.id == which.scalar_subquery())
        .with_for_update(key_share=True)
    ).one_or_none()
    return None if row is None else _letter(row)


def add(tx: Transaction, *, body: str, values: Mapping[str, Any]) -> int:
    """Add a letter with its first text and return its number. `values` are its columns."""
    (letter,) = tx.connection.execute(
        insert(letters).values(created_at=tx.now, **values).returning(letters.c.id)
    ).one()
    add_text(tx, letter, values["workspace"], values["text_sha256"], body)
    return letter


def change(tx: Transaction, letter: int, **values: Any) -> None:
    """Write some columns of a letter."""
    tx.connection.execute(update(letters).where(letters.c.id == letter).values(**values))


def remove(tx: Transaction, letter: int) -> None:
    """Remove a draft and all that hangs on it."""
    tx.connection.execute(delete(letters).where(letters.c.id == letter))


def add_text(tx: Transaction, letter: int, workspace: str, sha256: str, body: str) -> None:
    """Keep a text of a letter under its hash; the same text twice is one."""
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
    """Forget the texts of a draft that was rewritten; nobody has signed them."""
    tx.connection.execute(delete(texts).where(texts.c.letter == letter, texts.c.sha256 != sha256))


def in_workspace(
    tx: Transaction,
    workspace: str,
    *,
    organiser: Person | None = None,
    phases: Collection[Phase] = (),
) -> list[Letter]:
    """Letters of a workspace, newest first; only somebody's, or only in some phases."""
    statement = select(letters).where(letters.c.workspace == workspace)
    if phases:
        statement = statement.where(letters.c.phase.in_(phases))
    if organiser is not None:
        statement = statement.join(organisers, organisers.c.letter == letters.c.id).where(
            organisers.c.team == organiser.team, organisers.c.user == organiser.user
        )
    rows = tx.connection.execute(statement.order_by(letters.c.id.desc()))
    return [_letter(row) for row in rows]


def titled(tx: Transaction, workspace: str, beginning: str) -> list[Letter]:
    """Letters of a workspace whose titles begin like that, in capitals or not, newest first.

    Databases know capitals of ASCII at most: of all letters the titles alone are read, and compared.
    """
    rows = tx.connection.execute(
        select(letters.c.id, letters.c.title).where(letters.c.workspace == workspace)
    )
    folded = beginning.casefold()
    meant = [row.id for row in rows if row.title.casefold().startswith(folded)]
    return sorted(find_many(tx, meant).values(), key=lambda one: -one.id)


def every(tx: Transaction, workspace: str | None = None) -> list[Letter]:
    """All letters, oldest first, for the operator."""
    statement = select(letters).order_by(letters.c.id)
    if workspace is not None:
        statement = statement.where(letters.c.workspace == workspace)
    return [_letter(row) for row in tx.connection.execute(statement)]


def open_everywhere(tx: Transaction) -> dict[int, datetime]:
    """Deadlines of the letters of all workspaces that anybody may sign before they close."""
    rows = tx.connection.execute(
        select(letters.c.id, letters.c.deadline)
        .where(letters.c.phase.in_([phase for phase in Phase if phase.is_running]))
        .order_by(letters.c.id)
    )
    return {row.id: row.deadline for row in rows}


def past_deadline(tx: Transaction, now: datetime) -> list[int]:
    """Numbers of letters whose deadline is here, the one that the card names or the hard one."""
    return list(
        tx.connection.execute(
            select(letters.c.id)
            .where(
                letters.c.deadline <= now,
                or_(
                    letters.c.phase.in_(_moved_by(Moment.DEADLINE)),
                    and_(
                        letters.c.phase.in_(_moved_by(Moment.HARD_DEADLINE)),
                        letters.c.closes_at <= now,
                    ),
                ),
            )
            .order_by(letters.c.id)
        ).scalars()
    )


def _moved_by(moment: Moment) -> list[Phase]:
    return [phase for phase in Phase if after(phase, moment) is not phase]


def past_embargo(tx: Transaction, now: datetime) -> list[int]:
    """Numbers of letters whose embargo holds no longer than to this instant, and is not lifted yet."""
    return list(
        tx.connection.execute(
            select(letters.c.id)
            .where(letters.c.embargo_until <= now, letters.c.unveiled_at.is_(None))
            .order_by(letters.c.id)
        ).scalars()
    )


def past_answers(tx: Transaction, now: datetime) -> list[int]:
    """Numbers of letters whose time for answers to an amendment is up and not yet dealt with."""
    return list(
        tx.connection.execute(
            select(letters.c.id).where(letters.c.answer_by <= now).order_by(letters.c.id)
        ).scalars()
    )


def organisers_of(tx: Transaction, letter: int) -> list[Person]:
    """Return a letter's organisers, the first one first."""
    rows = tx.connection.execute(
        select(organisers.c.team, organisers.c.user)
        .where(organisers.c.letter == letter)
        .order_by(organisers.c.added_at, organisers.c.user)
    )
    return [Person(row.team, row.user) for row in rows]


def organises(tx: Transaction, letter: int, person: Person) -> bool:
    """Return whether somebody runs a letter."""
    found = tx.connection.execute(
        select(organisers.c.letter).where(
            organisers.c.letter == letter,
            organisers.c.team == person.team,
            organisers.c.user == person.user,
        )
    )
    return found.first() is not None


def add_organiser(tx: Transaction, letter: int, workspace: str, person: Person) -> None:
    """Add an organiser who is none yet."""
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
    """Take an organiser off a letter."""
    tx.connection.execute(
        delete(organisers).where(
            organisers.c.letter == letter,
            organisers.c.team == person.team,
            organisers.c.user == person.user,
        )
    )


def founds(tx: Transaction, letter: int, person: Person) -> bool:
    """Return whether somebody was chosen to sign before the card is public."""
    found = tx.connection.execute(
        select(first_signers.c.letter).where(
            first_signers.c.letter == letter,
            first_signers.c.team == person.team,
            first_signers.c.user == person.user,
        )
    )
    return found.first() is not None


def first_signers_of(tx: Transaction, letter: int) -> list[Person]:
    """Return a letter's first signers, the first one first."""
    rows = tx.connection.execute(
        select(first_signers.c.team, first_signers.c.user)
        .where(first_signers.c.letter == letter)
        .order_by(first_signers.c.added_at, first_signers.c.user)
    )
    return [Person(row.team, row.user) for row in rows]


def add_first_signer(tx: Transaction, letter: int, workspace: str, person: Person) -> None:
    """Add somebody who was not chosen yet."""
    tx.connection.execute(
        insert(first_signers).values(
            letter=letter,
            workspace=workspace,
            team=person.team,
            user=person.user,
            added_at=tx.now,
        )
    )
