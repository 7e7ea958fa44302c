"""Statements at the driver's own level do what SQLAlchemy's own way does."""

import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from sqlalchemy import delete, event, insert, select

from bot.features.signing.use_cases.signatures import SignRequest, sign_all
from bot.letters.endorsement import Signature
from bot.letters.letter import Letter
from bot.storage import endorsements, inbox, name_index, outbox, signatories, tallies
from bot.storage.database import Database, Transaction
from bot.storage.prepared import Insertion, Question
from bot.storage.tables import metadata, workspaces
from tests.support.letters import (
    WORKSPACE,
    a_signature,
    a_trigger,
    all_rows,
    an_open_letter,
    for_organisation,
    members,
    rows,
)

Rows = list[dict[str, Any]]
Given = Mapping[Insertion, Rows]

INSERT = re.compile(r'INSERT INTO "?(?P<table>\w+)"? \((?P<columns>[^)]*)\)')
HOW_MANY = (1, 2, 31, 70, 150)
NAMES = ("O'Neil; --", '"Zoë" {Ångström}', "李 伟", "פלוני אלמוני", "a\\n%s ? $1 :x")
INSERTIONS = (
    endorsements._ADD, signatories._PUT, name_index._ADD, inbox._KEEP, outbox._OWE, tallies._QUARTER,
)  # fmt: skip


def _requests(letter: Letter, how_many: int) -> list[SignRequest]:
    """People with odd names, and two who sign for one organisation each time."""

    def signature(number: int) -> Signature:
        actor = actors[number]
        name = f"{NAMES[number % len(NAMES)]} {number}"
        if number % 5 < 2:
            return for_organisation(actor, letter, f"Fund {number // 5}", "Kenya", name=name)
        return a_signature(actor, letter, name=name)

    actors = members(how_many)
    return [
        SignRequest(
            letter=letter.id,
            actor=actor,
            signature=signature(number),
            trigger=a_trigger(),
            confirms=True,
            from_home=number % 2 == 0,
        )
        for number, actor in enumerate(actors)
    ]


def _insertions() -> list[Insertion]:
    """Return the insertions of signing, each after those that its rows refer to."""
    order = [table.name for table in metadata.sorted_tables]
    return sorted(INSERTIONS, key=lambda insertion: order.index(insertion._table.name))


def _columns_written(tx: Transaction, story: Callable[[], object]) -> dict[str, list[str]]:
    """Run a story; return which columns of which tables it wrote as new rows."""
    found: dict[str, list[str]] = {}

    @event.listens_for(tx.connection, "before_cursor_execute")
    def note(*call: Any) -> None:
        if insert := INSERT.match(call[2]):
            found[insert["table"]] = re.split(r",\s*", insert["columns"].replace('"', ""))

    story()
    event.remove(tx.connection, "before_cursor_execute", note)
    return found


def _written(
    tx: Transaction, given: Given, write: Callable[[Insertion, Rows], object]
) -> dict[str, list[tuple[Any, ...]]]:
    """Write rows where there are none, and again where they are allowed to be there already.

    Return every row of every table after that, as the driver gives it. Nothing of it is kept.
    """
    before = tx.connection.begin_nested()
    for insertion in reversed(_insertions()):
        tx.connection.execute(delete(insertion._table))
    for insertion in _insertions():
        write(insertion, given[insertion])
    for insertion in _insertions():
        if "ON CONFLICT" in _compiled(tx, insertion):
            write(insertion, given[insertion])
    rows = all_rows(tx)
    before.rollback()
    return rows


def _compiled(tx: Transaction, insertion: Insertion) -> str:
    dialect = tx.connection.dialect
    return str(insertion.statement(dialect.name).compile(dialect=dialect))


@pytest.mark.parametrize("how_many", HOW_MANY)
async def test_written_alike(database: Database, how_many: int) -> None:
    """The rows of a batch are the same in every column whichever way they are written."""
    letter = await an_open_letter(database)
    requests = _requests(letter, how_many)

    def signed(tx: Transaction) -> None:
        answers = sign_all(tx, requests)
        assert not any(isinstance(answer, Exception) for answer in answers)

    def story(tx: Transaction) -> None:
        columns = _columns_written(tx, lambda: signed(tx))
        given = {
            insertion: [
                dict(row._mapping)
                for row in tx.connection.execute(
                    select(*[insertion._table.c[name] for name in columns[insertion._table.name]])
                )
            ]
            for insertion in INSERTIONS
        }
        assert all(given.values())
        plainly = _written(
            tx,
            given,
            lambda insertion, rows: tx.connection.execute(
                insertion.statement(tx.connection.dialect.name), rows
            ),
        )
        with_compiled = _written(tx, given, lambda insertion, rows: insertion.write(tx, rows))
        assert with_compiled == plainly

    await database.write(story)


@pytest.mark.parametrize("how_many", [0, *HOW_MANY, 1500])
async def test_asked_alike(database: Database, how_many: int) -> None:
    """A question finds the rows of its lists, however long they are, with typed values."""
    ids = [f"T9{number}" for number in range(how_many)]

    def story(tx: Transaction) -> None:
        if ids:
            tx.connection.execute(
                insert(workspaces),
                [{"id": one, "name": one, "created_at": tx.now} for one in ids],
            )
        question = Question(lambda among: select(workspaces).where(among(workspaces.c.id, "ids")))
        found = question.ask(tx, ids=[*ids, *ids[:1]])
        plain = tx.connection.execute(select(workspaces).where(workspaces.c.id.in_(ids)))
        assert sorted(map(tuple, found)) == sorted(map(tuple, plain))
        assert all(row.name == row.id and row.created_at == tx.now for row in found)
        assert [row.id for row in question.ask(tx, ids=[WORKSPACE])] == [WORKSPACE]

    await database.write(story)


async def test_a_long_list_is_asked_for_in_portions(database: Database) -> None:
    """More values than a database takes in one statement find each row once."""
    letter = await an_open_letter(database)
    requests = _requests(letter, 4)
    await database.write(lambda tx: sign_all(tx, requests))
    ids = {row["id"] for row in await rows(database, "endorsements")}
    wanted = [*(f"{number:032}" for number in range(40_000)), *ids, *ids]
    found = await database.read(lambda tx: endorsements.find_many(tx, wanted))
    assert set(found) == ids
    question = Question(
        lambda among: select(metadata.tables["endorsements"].c.id).where(
            among(metadata.tables["endorsements"].c.id, "ids")
        )
    )
    assert len(await database.read(lambda tx: question.ask(tx, ids=[*ids] * 700))) == len(ids)
