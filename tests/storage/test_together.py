import asyncio
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from bot.features.lifecycle import use_cases as lifecycle
from bot.storage.database import Database, Transaction
from bot.storage.engines.group_commit import Batches
from bot.storage.tables import workspaces
from tests.support.clock import Clock
from tests.support.databases import another
from tests.support.letters import WORKSPACE, an_open_letter, members, signs, the_tally

_runs = count()
_CALLS = st.tuples(st.sampled_from(["good", "refused", "bad"]), st.integers(0, 30))


class Story:
    """Keeps workspaces by name; remembers the size of each batch."""

    def __init__(self) -> None:
        self.batches: list[int] = []

    def __call__(self, tx: Transaction, names: list[str]) -> list[str | Exception]:
        self.batches.append(len(names))
        answers: list[str | Exception] = []
        for name in names:
            if name.startswith("refused"):
                answers.append(LookupError(name))
                continue
            tx.connection.execute(insert(workspaces).values(id=name, name="", created_at=tx.now))
            answers.append(f"kept {name}")
        return answers


async def _kept(database: Database) -> set[str]:
    rows = await database.read(lambda tx: tx.connection.scalars(select(workspaces.c.id)).all())
    return set(rows)


async def test_few_transactions(database: Database) -> None:
    """Items that wait together are committed together: 200 items in two transactions."""
    story = Story()
    answers = await asyncio.gather(
        *(database.together(story, f"T0{number}") for number in range(200))
    )
    assert answers == [f"kept T0{number}" for number in range(200)]
    assert len(story.batches) <= 2
    assert len(await _kept(database)) == 201


async def test_never_more_than_most(database: Database) -> None:
    """A batch has its most items, so that nobody waits too long for one commit."""
    story = Story()
    await asyncio.gather(*(database.together(story, f"T0{n}") for n in range(Batches.MOST + 10)))
    assert max(story.batches) == Batches.MOST


async def test_a_refusal_is_an_answer(database: Database) -> None:
    """An answer that is an exception is raised to its own caller; the others are given."""
    story = Story()
    answers = await asyncio.gather(
        database.together(story, "TA"),
        database.together(story, "refused"),
        database.together(story, "TB"),
        return_exceptions=True,
    )
    assert answers[0] == "kept TA"
    assert isinstance(answers[1], LookupError)
    assert answers[2] == "kept TB"
    assert len(story.batches) == 1


async def test_one_bad_item(database: Database) -> None:
    """An item that the database refuses fails alone: its neighbours are tried again and kept."""
    story = Story()
    await database.together(story, "TOLD")
    answers = await asyncio.gather(
        *(database.together(story, name) for name in ("TA", "TOLD", "TB", "TC")),
        return_exceptions=True,
    )
    assert [answers[0], *answers[2:]] == ["kept TA", "kept TB", "kept TC"]
    assert isinstance(answers[1], IntegrityError)
    assert {"TA", "TB", "TC"} <= await _kept(database)


async def test_a_lock(database_url: str, database: Database) -> None:
    """A lock that is not to be had is waited for once, and all its waiters are told."""
    batches: list[int] = []

    def story(tx: Transaction, names: list[str]) -> list[str | Exception]:
        batches.append(len(names))
        tx.connection.execute(update(workspaces).values(name=names[-1]))
        return [*names]

    async with another(database_url) as execute:
        await execute("BEGIN")
        await execute("UPDATE workspaces SET name = 'Held'")
        answers = await asyncio.gather(
            *(database.together(story, name) for name in "ABCDE"), return_exceptions=True
        )
    assert [isinstance(answer, DBAPIError) for answer in answers] == [True] * 5
    # SQLite's writer waits before the story begins.
    assert batches in ([5], [])


async def test_letters_apart(postgres_url: str, clock: Clock) -> None:
    """On PostgreSQL a signer of one letter does not wait for a writer of another."""
    async with Database(postgres_url, clock=clock.now) as database:
        await lifecycle.know_workspace(database, workspace=WORKSPACE, name="Coalition")
        held, free = (
            await an_open_letter(database),
            await an_open_letter(database, channels=("C2",)),
        )
        async with another(postgres_url) as execute:
            await execute("BEGIN")
            await execute("SELECT 1 FROM letters ORDER BY id LIMIT 1 FOR UPDATE")
            waiting = [asyncio.create_task(signs(database, one, held)) for one in members(6)]
            await asyncio.gather(*(signs(database, one, free) for one in members(3)))
            assert not any(task.done() for task in waiting)
            await execute("COMMIT")
            await asyncio.gather(*waiting)
        assert (await the_tally(database, free)).people == 3
        assert (await the_tally(database, held)).people == 6


@pytest.mark.parametrize("value", ["\0", "T" * 60])
async def test_what_cannot_be_stored(postgres_url: str, value: str) -> None:
    """An item that PostgreSQL cannot store fails alone."""
    story = Story()
    async with Database(postgres_url) as database:
        answers = await asyncio.gather(
            *(database.together(story, name) for name in ("TA", value, "TB")),
            return_exceptions=True,
        )
        assert [answers[0], answers[2]] == ["kept TA", "kept TB"]
        assert isinstance(answers[1], DBAPIError)


async def test_close_is_bounded(postgres_url: str) -> None:
    """Closing a database does not wait for a batch that never ends."""

    def story(tx: Transaction, names: list[str]) -> list[str | Exception]:
        tx.connection.execute(text("SELECT pg_sleep(25)"))
        return [*names]

    database = Database(postgres_url)
    running = [asyncio.create_task(database.together(story, name)) for name in "ABC"]
    await asyncio.sleep(0.2)
    running.append(asyncio.create_task(database.together(story, "D")))
    async with asyncio.timeout(8):
        await database.close()
    await asyncio.wait(running, timeout=1)
    assert all(task.cancelled() for task in running)


async def test_a_cancelled_caller(database: Database) -> None:
    """A caller that goes away undoes nothing, neither its own item nor those of others."""
    story = Story()
    going = asyncio.create_task(database.together(story, "TGONE"))
    staying = asyncio.create_task(database.together(story, "TSTAYS"))
    await asyncio.sleep(0)
    going.cancel()
    assert await staying == "kept TSTAYS"
    with pytest.raises(asyncio.CancelledError):
        await going
    await database.close()
    assert {"TGONE", "TSTAYS"} <= await _kept(database)


async def test_close_waits(database_url: str) -> None:
    """Closing a database waits for the batch under way."""
    story = Story()
    async with Database(database_url) as database:
        task = asyncio.create_task(database.together(story, "TLAST"))
        await asyncio.sleep(0)
    assert await task == "kept TLAST"


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(_CALLS, max_size=25))
async def test_each_gets_its_own(database: Database, calls: list[tuple[str, int]]) -> None:
    """Each caller gets the answer to its own item, whatever arrives when."""
    run = next(_runs)
    story = Story()

    async def call(number: int, kind: str, pauses: int) -> None:
        for _ in range(pauses):
            await asyncio.sleep(0)
        if kind == "good":
            name = f"T0{run}N{number}"
            assert await database.together(story, name) == f"kept {name}"
        elif kind == "refused":
            with pytest.raises(LookupError, match=f"refused{number}$"):
                await database.together(story, f"refused{number}")
        else:
            with pytest.raises(IntegrityError):
                await database.together(story, "T1")

    await asyncio.gather(
        *(call(number, kind, pauses) for number, (kind, pauses) in enumerate(calls))
    )
