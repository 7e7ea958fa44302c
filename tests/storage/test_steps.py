"""The work of a screen in the database doesn't grow with the list.

On SQLite the steps of its virtual machine are counted, on PostgreSQL the rows of its plans.
"""

import json
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import event

from bot.features.amendments.use_cases import proposals
from bot.features.delivery.use_cases import handover
from bot.features.lifecycle import use_cases as lifecycle
from bot.letters.amendment import AmendmentKind
from bot.letters.refusals import Refused
from bot.storage.database import Database, Transaction
from tests.storage.screens import ASIDE, Ask, Scene, beside_the_loop, screens
from tests.support.amending import amends
from tests.support.clock import Clock
from tests.support.databases import PostgresServer, copied, sqlite_url
from tests.support.letters import ORGANISER, WORKSPACE, a_trigger, an_open_letter
from tests.support.scenes.long_letters import fill

FEW, MANY = 1_000, 10_000
MOST_GROWTH = 1.2
EVERY = 10
"""Steps of SQLite's virtual machine between two counts."""
LEAST = {"sqlite": 1_000, "postgresql": 60}
"""Steps or rows below which nothing is measured: a page of a table is a page."""
CEILINGS = {"bot.features.organisations.use_cases.merges.look_for_pairs organisations": 220_000}
"""Most steps of what grows up to a bound: 20 organisations, each by 20 probes of 40 rows each."""

Counts = dict[str, int]
Fresh = Callable[[], AbstractAsyncContextManager[str]]
Life = Callable[[Database, Clock, int], Awaitable[Counts]]


def _steps(tx: Transaction, ask: Ask) -> int:
    counted = 0

    def count() -> int:
        nonlocal counted
        counted += 1
        return 0

    driver = cast("Any", tx.connection.connection.driver_connection)
    driver.set_progress_handler(count, EVERY)
    try:
        ask(tx)
    finally:
        driver.set_progress_handler(None, 0)
    return counted * EVERY


@contextmanager
def _noted(tx: Transaction) -> Generator[list[tuple[str, Any]]]:
    asked: list[tuple[str, Any]] = []

    def note(*call: Any) -> None:
        asked.append((call[2], call[3]))

    event.listen(tx.connection, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(tx.connection, "before_cursor_execute", note)


def _rows(tx: Transaction, ask: Ask) -> int:
    with _noted(tx) as asked:
        ask(tx)
    total = 0
    for statement, values in asked:
        if statement.startswith(("SELECT", "WITH")):
            explained = tx.connection.exec_driver_sql(
                f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {statement}", values
            ).scalar_one()
            (plan,) = json.loads(explained) if isinstance(explained, str) else explained
            total += _rows_of(plan["Plan"])
    return total


def _rows_of(node: dict[str, Any]) -> int:
    read = node["Actual Rows"] + sum(n for name, n in node.items() if name.startswith("Rows Rem"))
    below = node.get("Plans", ())
    if node["Node Type"] == "Bitmap Heap Scan":
        # The index scan below finds the rows that are read here; an index scan counts them once.
        below = [one for one in below if one["Node Type"] != "Bitmap Index Scan"]
    return int(read * node["Actual Loops"]) + sum(map(_rows_of, below))


async def _measured(database: Database, found: dict[str, Ask]) -> Counts:
    count = _steps if database.is_sqlite else _rows

    async def one(name: str, ask: Ask) -> int:
        try:
            return await database.read(lambda tx: count(tx, ask))
        except Refused as refused:
            raise AssertionError(f"{name}: {refused}") from refused

    return {name: await one(name, ask) for name, ask in found.items()}


async def _open(database: Database, clock: Clock, many: int) -> Counts:
    """Measure every screen of an open letter."""
    del clock
    letter = await an_open_letter(database)
    await fill(database, letter, 1, many)
    shown = await proposals.propose(
        database, letter=letter.id, actor=ORGANISER, body="Other.", kind=AmendmentKind.MATERIAL,
        note="Why.", trigger=a_trigger(),
    )  # fmt: skip
    scene = Scene(letter=letter, first=1, last=many, proposal=shown.proposal.id)
    return await _measured(database, screens(scene))


async def _ended(database: Database, clock: Clock, many: int) -> Counts:
    """Measure the screens of a letter that was amended, then closed, then delivered."""
    letter = await an_open_letter(database)
    letter = await amends(
        database, letter=letter.id, actor=ORGANISER, body="Other.", kind=AmendmentKind.MATERIAL,
        note="Why.", answer_by=clock.now() + timedelta(days=2),
    )  # fmt: skip
    await fill(database, letter, 1, many)
    scene = Scene(letter=letter, first=1, last=many)
    asked = await _measured(database, screens(scene, "status", "pages", "texts", "signers"))
    clock.advance(timedelta(days=3))
    await lifecycle.close(database, letter=letter.id, actor=ORGANISER)
    closed = await _measured(database, screens(scene, "status", "pages", "look"))
    await handover.deliver(database, letter=letter.id, actor=ORGANISER)
    delivered = await _measured(database, screens(scene, "delivered", "status", "pages"))
    stages = {"asked": asked, "closed": closed, "delivered": delivered}
    return {f"{stage}: {name}": n for stage, of in stages.items() for name, n in of.items()}


def test_what_looks_at_everybody() -> None:
    """Use cases that look at everybody do so in a thread of their own."""
    assert beside_the_loop() >= ASIDE


@pytest.fixture(params=LEAST)
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Fresh:
    """Return the opener of a migrated database without rows, on both."""
    if request.param == "postgresql":
        server: PostgresServer = request.getfixturevalue("postgres")
        return server.fresh
    template: Path = request.getfixturevalue("sqlite_template")

    @asynccontextmanager
    async def on_sqlite() -> AsyncGenerator[str]:
        # A new file in the place of the last one, which nobody has open any more.
        yield sqlite_url(copied(template, tmp_path))

    return on_sqlite


@pytest.mark.parametrize("life", [_open, _ended])
async def test_screens_do_not_grow(fresh: Fresh, life: Life) -> None:
    """Ten times as many entries cost no screen more than a fifth more work."""
    found: list[Counts] = []
    least = 0
    for many in (FEW, MANY):
        clock = Clock()
        async with fresh() as url, Database(url, clock=clock.now) as database:
            await lifecycle.know_workspace(database, workspace=WORKSPACE, name="Coalition")
            found.append(await life(database, clock, many))
            least = LEAST["sqlite" if database.is_sqlite else "postgresql"]
    small, large = found
    ceilings = CEILINGS if least == LEAST["sqlite"] else {}
    grown = {
        name: (small[name], large[name])
        for name in small
        if large[name] > max(MOST_GROWTH * max(small[name], least), ceilings.get(name, 0))
    }
    assert grown == {}
