"""Letters, their texts and their organisers: rows <-> values."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

import orjson
from pydantic import TypeAdapter
from sqlalchemy import (
    ColumnElement,
    Row,
    Table,
    and_,
    delete,
    exists,
    insert,
    or_,
    select,
    update,
)

from bot.letters.deadlines import Grace
from bot.letters.letter import Letter, Signers, Tally
from bot.letters.notices import SignatureTopic
from bot.letters.people import Person
from bot.letters.phases import Moment, Phase, after
from bot.letters.rules import CHOICES, Embargo, Hidden, OwnQuestion, Printing, PublicPage, Rules
from bot.letters.text import SIGNED, LetterText, Translation
from bot.storage.database import Transaction
from bot.storage.prepared import Question
from bot.storage.tables import (
    endorsements,
    first_signers,
    letters,
    organisers,
    outbox,
    texts,
    translations,
)
from bot.storage.tables.columns import is_person

_SAME = tuple(
    field.name
    for field in fields(Letter)
    if field.name in letters.c and field.name not in {"signers", "phase", "closes_at"}
)
"""Fields of a letter that have columns of the same names."""
_QUESTION = TypeAdapter(OwnQuestion)
PRINTING = TypeAdapter(Printing)
COUNTED = tuple(field.name for field in fields(Tally))
"""Columns of a letter's counts of people and organisations."""
_BY_IDS = Question(lambda among: select(letters).where(among(letters.c.id, "ids")))
# Locked in the order of ids, so that two batches cannot deadlock. The lock leaves out foreign
# keys: adding a hundred thousand rows about a letter only needs the letter to exist.
_BY_IDS_LOCKED = Question(
    lambda among: (
        select(letters)
        .where(among(letters.c.id, "ids"))
        .order_by(letters.c.id)
        .with_for_update(key_share=True)
    )
)


def _letter(row: Row[Any]) -> Letter:
    same: dict[str, Any] = {name: getattr(row, name) for name in _SAME}
    return Letter(
        **same,
        signers=Signers(row.signers),
        phase=Phase(row.phase),
        # An older version of the code knows only one deadline, and may have moved it.
        closes_at=max(row.closes_at, row.deadline),
        grace=Grace(minutes=row.grace_minutes, anywhere=row.grace_anywhere),
        rules=_rules(row),
        tally=Tally(**{name: getattr(row, name) for name in COUNTED}),
    )


def _rules(row: Row[Any]) -> Rules:
    embargo = None
    if row.embargo_hides:
        hides = Hidden(row.embargo_hides)
        embargo = Embargo(hides=hides, until=row.embargo_until, until_listed=row.embargo_listed)
    chosen: dict[str, Any] = {name: of(getattr(row, name)) for name, of in CHOICES.items()}
    return Rules(
        **chosen,
        embargo=embargo,
        grouped=row.grouped,
        question=_QUESTION.validate_json(row.question) if row.question else None,
        printing=PRINTING.validate_json(row.printing),
        hourly=row.hourly,
        unindexed=row.unindexed,
    )


def rules_columns(rules: Rules) -> dict[str, Any]:
    """Return the column values of a letter's rules."""
    embargo = rules.embargo
    return {
        **{name: getattr(rules, name).value for name in CHOICES},
        "embargo_hides": embargo.hides.value if embargo else None,
        "embargo_until": embargo.until if embargo else None,
        "embargo_listed": embargo.until_listed if embargo else None,
        "grouped": rules.grouped,
        "question": orjson.dumps(rules.question).decode() if rules.question else "",
        "printing": orjson.dumps(rules.printing.chosen).decode(),
        "hourly": rules.hourly,
        "unindexed": rules.unindexed,
    }


_NUMBERS = range(1, 2**31)
"""Valid letter numbers: drivers raise an error if a value does not fit the column."""


def find_many(tx: Transaction, ids: Collection[int], *, lock: bool = False) -> dict[int, Letter]:
    """Return letters by id; missing ids are left out. `lock` blocks other writers."""
    question = _BY_IDS_LOCKED if lock else _BY_IDS
    known = [number for number in ids if number in _NUMBERS]
    return {row.id: _letter(row) for row in question.ask(tx, ids=known)}


def find(tx: Transaction, letter: int, *, lock: bool = False) -> Letter | None:
    """Return one letter, or None."""
    return find_many(tx, [letter], lock=lock).get(letter)


def of_endorsement(tx: Transaction, endorsement: str) -> Letter | None:
    """Return the letter of an endorsement, locked; None if there is no such endorsement."""
    which = select(endorsements.c.letter).where(endorsements.c.id == endorsement)
    row = tx.execute(
        select(letters)
        .where(letters.c.id == which.scalar_subquery())
        .with_for_update(key_share=True)
    ).one_or_none()
    return None if row is None else _letter(row)


def add(tx: Transaction, *, text: LetterText, values: Mapping[str, Any]) -> int:
    """Add a letter with its first text and return its number. `values` are its other columns."""
    (letter,) = tx.execute(
        insert(letters)
        .values(created_at=tx.now, **text_columns(text), **values)
        .returning(letters.c.id)
    ).one()
    add_text(tx, letter, values["workspace"], text)
    return letter


def change(tx: Transaction, letter: int, **values: Any) -> None:
    """Write some columns of a letter; without any, record that what readers may see has changed."""
    seen = letters.c.revision + 1
    tx.execute(update(letters).where(letters.c.id == letter).values(revision=seen, **values))


def remove(tx: Transaction, letter: int) -> None:
    """Delete a draft and all rows that belong to it."""
    tx.execute(delete(letters).where(letters.c.id == letter))


def text_columns(text: LetterText) -> dict[str, str]:
    """Return the columns of a letter that say what is signed."""
    return {
        "text_sha256": text.sha256,
        **{name: getattr(text, name) for name in SIGNED if name in letters.c},
    }


def add_text(tx: Transaction, letter: int, workspace: str, text: LetterText) -> None:
    """Store a text of a letter under its hash, unless it is stored already."""
    if read_text(tx, letter, text.sha256) is None:
        tx.execute(
            insert(texts).values(
                letter=letter,
                sha256=text.sha256,
                workspace=workspace,
                created_at=tx.now,
                **{name: getattr(text, name) for name in SIGNED},
            )
        )


def read_text(tx: Transaction, letter: int, sha256: str) -> LetterText | None:
    """Return the text with a hash, or None."""
    row = tx.execute(
        select(*(texts.c[name] for name in SIGNED)).where(
            texts.c.letter == letter, texts.c.sha256 == sha256
        )
    ).one_or_none()
    return None if row is None else LetterText(*row)


def text_of(tx: Transaction, letter: Letter) -> LetterText:
    """Return a letter's current text."""
    found = read_text(tx, letter.id, letter.text_sha256)
    assert found is not None  # noqa: S101 - a letter is never without its text
    return found


def drop_other_texts(tx: Transaction, letter: int, sha256: str) -> None:
    """Delete the earlier texts of a draft that was rewritten; nobody has signed them."""
    tx.execute(delete(texts).where(texts.c.letter == letter, texts.c.sha256 != sha256))


def translations_of(tx: Transaction, letter: int) -> list[Translation]:
    """Return the translations of a letter, by language."""
    names = [translations.c[one.name] for one in fields(Translation)]
    found = select(*names).where(translations.c.letter == letter)
    return [Translation(**row) for row in tx.execute(found.order_by(names[0])).mappings()]


def put_translation(tx: Transaction, letter: Letter, one: Translation) -> None:
    """Store a translation in place of that in the same language; without a text, remove it."""
    same = (translations.c.letter == letter.id, translations.c.language == one.language)
    tx.execute(delete(translations).where(*same))
    if one.body:
        values = asdict(one) | {"letter": letter.id, "workspace": letter.workspace}
        tx.execute(insert(translations).values(values))


def in_workspace(
    tx: Transaction,
    workspace: str,
    *,
    organiser: Person | None = None,
    phases: Collection[Phase] = (),
) -> list[Letter]:
    """Return a workspace's letters, newest first; optionally of one organiser or some phases."""
    statement = select(letters).where(letters.c.workspace == workspace)
    if phases:
        statement = statement.where(letters.c.phase.in_(phases))
    if organiser is not None:
        statement = statement.join(organisers, organisers.c.letter == letters.c.id)
        statement = statement.where(is_person(organisers, organiser))
    return [_letter(row) for row in tx.execute(statement.order_by(letters.c.id.desc()))]


def titled(tx: Transaction, workspace: str, beginning: str) -> list[Letter]:
    """Return a workspace's letters whose titles begin with a text, in any case, newest first."""
    # Databases fold ASCII at most, so all titles are read and compared here.
    rows = tx.execute(select(letters.c.id, letters.c.title).where(letters.c.workspace == workspace))
    folded = beginning.casefold()
    meant = [row.id for row in rows if row.title.casefold().startswith(folded)]
    return sorted(find_many(tx, meant).values(), key=lambda one: -one.id)


def every(tx: Transaction, workspace: str | None = None) -> list[Letter]:
    """Return all letters, oldest first, for the operator."""
    statement = select(letters).order_by(letters.c.id)
    if workspace is not None:
        statement = statement.where(letters.c.workspace == workspace)
    return [_letter(row) for row in tx.execute(statement)]


def open_everywhere(tx: Transaction) -> dict[int, datetime]:
    """Return the deadlines of all running letters, by letter."""
    rows = tx.execute(
        select(letters.c.id, letters.c.deadline)
        .where(letters.c.phase.in_([phase for phase in Phase if phase.is_running]))
        .order_by(letters.c.id)
    )
    return {row.id: row.deadline for row in rows}


def past_deadline(tx: Transaction, now: datetime) -> list[int]:
    """Return the letters that have reached a deadline, the published or the hard one."""
    hard = and_(letters.c.phase.in_(_moved_by(Moment.HARD_DEADLINE)), letters.c.closes_at <= now)
    moves = or_(letters.c.phase.in_(_moved_by(Moment.DEADLINE)), hard)
    return _numbers(tx, letters.c.deadline <= now, moves)


def _moved_by(moment: Moment) -> list[Phase]:
    return [phase for phase in Phase if after(phase, moment) is not phase]


def past_embargo(tx: Transaction, now: datetime) -> list[int]:
    """Return the letters whose embargo ends by now and is not lifted yet."""
    return _numbers(tx, letters.c.embargo_until <= now, letters.c.unveiled_at.is_(None))


def telling(tx: Transaction) -> list[int]:
    """Return the letters whose message to everyone who signed is being queued."""
    return _numbers(tx, letters.c.telling.is_not(None))


def told_of_sooner(tx: Transaction) -> list[int]:
    """Return the letters whose embargo ends earlier, and whose signers have all been told."""
    told = _all_told(SignatureTopic.EMBARGO_SOONER)
    return _numbers(tx, letters.c.embargo_sooner.is_not(None), told)


def told_of_page(tx: Transaction) -> list[int]:
    """Return the letters with a page that shows no list yet, whose signers have all been told."""
    on = letters.c.page != PublicPage.OFF.value
    told = _all_told(SignatureTopic.ON_THE_WEB)
    return _numbers(tx, on, letters.c.listed_at.is_(None), told)


def _all_told(about: SignatureTopic) -> ColumnElement[bool]:
    topic = outbox.c.key.startswith(f"signer:{about}:")
    return ~exists().where(outbox.c.letter == letters.c.id, outbox.c.settled_at.is_(None), topic)


def by_share_id(tx: Transaction, share_id: str) -> Letter | None:
    """Return the letter whose public page has an id in its address, or None."""
    row = tx.execute(select(letters).where(letters.c.share_id == share_id)).one_or_none()
    return None if row is None else _letter(row)


def past_answers(tx: Transaction, now: datetime) -> list[int]:
    """Return the letters whose time for answers to an amendment is over and not yet handled."""
    return _numbers(tx, letters.c.answer_by <= now)


def _numbers(tx: Transaction, *conditions: ColumnElement[bool]) -> list[int]:
    found = select(letters.c.id).where(*conditions).order_by(letters.c.id)
    return list(tx.execute(found).scalars())


def ranks(tx: Transaction, person: Person) -> dict[int, float]:
    """Return when a person became an organiser of their letters; 0 for those that they began."""
    before = organisers.alias()
    others = exists().where(
        before.c.letter == organisers.c.letter, before.c.added_at < organisers.c.added_at
    )
    kept = organisers.c
    found = select(kept.letter, kept.added_at, others).where(is_person(organisers, person))
    return {letter: late and at.timestamp() for letter, at, late in tx.execute(found)}


def organisers_of(tx: Transaction, letter: int) -> list[Person]:
    """Return a letter's organisers, the first one first."""
    return _people(tx, organisers, letter)


def organises(tx: Transaction, letter: int, person: Person) -> bool:
    """Return whether a person organises a letter."""
    return _is_among(tx, organisers, letter, person)


def add_organiser(tx: Transaction, letter: int, workspace: str, person: Person) -> None:
    """Add an organiser who is not one yet."""
    _add_person(tx, organisers, letter, workspace, person)


def remove_organiser(tx: Transaction, letter: int, person: Person) -> None:
    """Remove an organiser from a letter."""
    theirs = (organisers.c.letter == letter, is_person(organisers, person))
    tx.execute(delete(organisers).where(*theirs))


def founds(tx: Transaction, letter: int, person: Person) -> bool:
    """Return whether a person was chosen to sign before the card is public."""
    return _is_among(tx, first_signers, letter, person)


def first_signers_of(tx: Transaction, letter: int) -> list[Person]:
    """Return a letter's first signers, the first one first."""
    return _people(tx, first_signers, letter)


def add_first_signer(tx: Transaction, letter: int, workspace: str, person: Person) -> None:
    """Add a first signer who was not chosen yet."""
    _add_person(tx, first_signers, letter, workspace, person)


def _people(tx: Transaction, table: Table, letter: int) -> list[Person]:
    rows = tx.execute(
        select(table.c.team, table.c.user)
        .where(table.c.letter == letter)
        .order_by(table.c.added_at, table.c.user)
    )
    return [Person(row.team, row.user) for row in rows]


def _is_among(tx: Transaction, table: Table, letter: int, person: Person) -> bool:
    theirs = select(table.c.letter).where(table.c.letter == letter, is_person(table, person))
    return tx.execute(theirs).first() is not None


def _add_person(tx: Transaction, table: Table, letter: int, workspace: str, person: Person) -> None:
    row = {"letter": letter, "workspace": workspace, "team": person.team, "user": person.user}
    tx.execute(insert(table).values(added_at=tx.now, **row))
