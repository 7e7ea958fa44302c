"""What runs at the driver's own level does what SQLAlchemy's own way does."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from sqlalchemy import insert, select

from bot.features.signing.use_cases.signatures import SignRequest, sign_all
from bot.letters.endorsement import Signature
from bot.letters.letter import Letter
from bot.storage import endorsements, inbox, name_index, outbox, signatories, tallies
from bot.storage.database import Database, Transaction
from bot.storage.prepared import Insertion, Question
from bot.storage.tables import metadata, workspaces
from tests.support.letters import (
    WORKSPACE,
    a_delivery,
    a_signature,
    an_open_letter,
    for_organisation,
    members,
)

HOW_MANY = (1, 2, 31, 70, 150)
NAMES = ("O'Neil; --", '"Zoë" {Ångström}', "李 伟", "פלוני אלמוני", "a\\n%s ? $1 :x")
INSERTIONS = (
    endorsements._ADD, signatories._PUT, name_index._ADD, inbox._KEEP, outbox._OWE, tallies._HOUR,
)  # fmt: skip

Written = list[tuple[Insertion, list[Mapping[str, Any]]]]


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
            delivery=a_delivery(),
            confirms=True,
            from_home=number % 2 == 0,
        )
        for number, actor in enumerate(actors)
    ]


def _everything(tx: Transaction) -> dict[str, list[tuple[Any, ...]]]:
    return {
        table.name: [
            tuple(row) for row in tx.connection.execute(select(table).order_by(*table.primary_key))
        ]
        for table in metadata.sorted_tables
    }


@pytest.mark.parametrize("how_many", HOW_MANY)
async def test_written_alike(
    database: Database, monkeypatch: pytest.MonkeyPatch, how_many: int
) -> None:
    """The rows of a batch are the same in every column whichever way they are written."""
    letter = await an_open_letter(database)
    requests = _requests(letter, how_many)
    written: Written = []
    write = Insertion.write

    def noted(self: Insertion, tx: Transaction, rows: Sequence[Mapping[str, Any]]) -> None:
        written.append((self, [*rows]))
        write(self, tx, rows)

    def story(tx: Transaction) -> None:
        before = tx.connection.begin_nested()
        answers = sign_all(tx, requests)
        assert not any(isinstance(answer, Exception) for answer in answers)
        with_compiled = _everything(tx)
        before.rollback()
        assert _everything(tx)["endorsements"] == []
        for insertion, rows in written:
            if rows:
                tx.connection.execute(insertion.statement(tx.connection.dialect.name), rows)
        plainly = _everything(tx)
        for table in metadata.tables.keys() - {"letters"}:
            assert plainly[table] == with_compiled[table], table

    monkeypatch.setattr(Insertion, "write", noted)
    await database.write(story)
    assert {insertion for insertion, rows in written if rows} == set(INSERTIONS)


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
