"""A letter of a million endorsements beside one of a thousand: Sign, status, first and last list page.

On both databases; both letters are asked in turn, so that drift hits both alike. Run:
`make bench-growth`.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from statistics import quantiles
from typing import Any

from rich.console import Console
from rich.table import Table
from sqlalchemy import bindparam, text

from bot.features.desk.use_cases import status
from bot.features.lifecycle import use_cases as lifecycle
from bot.features.reading.use_cases import pages
from bot.letters.letter import Letter
from bot.storage.database import Database, Transaction
from bot.storage.tables import Instant
from tests.support.clock import START, Clock
from tests.support.databases import (
    PostgresServer,
    copied,
    migrated_file,
    postgres_server,
    sqlite_url,
)
from tests.support.letters import ORGANISER, WORKSPACE, an_actor, an_open_letter, signs

FEW, MANY = 1_000, 1_000_000
MOST = 1.2
ROUNDS = 9
AT_ONCE = 32
TOGETHER = f"Sign, {AT_ONCE} at once"
USUAL, EACH = 20, {TOGETHER: 3}
"""How often each is asked in a round."""
SERIES = "WITH RECURSIVE series(n) AS (SELECT CAST(:first AS INTEGER) UNION ALL SELECT n + 1 FROM series WHERE n < :last)"
AT_A_TIME = 50_000
"""Rows that one statement writes: PostgreSQL's may take 30 s."""
ROWS = {
    # One in ten is an organisation.
    "signatories": {
        "id": "{id}",
        "letter": ":letter",
        "workspace": ":workspace",
        "kind": "CASE WHEN n % 10 = 0 THEN 'organisation' ELSE 'person' END",
        "key": "'key ' || {id}",
        "line": "'Signer ' || n",
        "sort_fold": "'signer ' || {id}",
        "sort_key": "{id}",
        "group_no": "CASE WHEN n % 10 = 0 THEN 1 ELSE 2 END",
        "endorsements": "1",
        "speaker": "{id}",
        "came_at": ":now",
    },
    "endorsements": {
        "id": "{id}",
        "letter": ":letter",
        "signatory": "{id}",
        "workspace": ":workspace",
        "team": ":workspace",
        "user": "'UX' || n",
        "capacity": "CASE WHEN n % 10 = 0 THEN 'organisation' ELSE 'individual' END",
        "name": "'Signer ' || n",
        "title": "''",
        "affiliation": "''",
        "organisation": "CASE WHEN n % 10 = 0 THEN 'Organisation ' || n ELSE '' END",
        "country": "''",
        "role": "''",
        "authorised": "n % 10 = 0",
        "line": "'Signer ' || n",
        "sort_name": "'Signer ' || n",
        "sort_fold": "'signer ' || {id}",
        "sort_key": "{id}",
        "key": "'key ' || {id}",
        "text_sha256": ":sha256",
        "consent": "'My name is published on the letter; I can take it back.'",
        "signed_at": ":now",
    },
    "probes": {
        "letter": ":letter",
        "probe": "'probe ' || {id}",
        "signatory": "{id}",
        "workspace": ":workspace",
    },
    "inbox": {
        "key": "'delivery ' || {id}",
        "workspace": ":workspace",
        "answer": """'{{"line": "Signer"}}'{json}""",
        "received_at": ":now",
    },
    "outbox": {
        "id": "{id}",
        "workspace": ":workspace",
        "kind": "'receipt'",
        "key": "'receipt:' || {id}",
        "subject": """'{{"endorsement": ""}}'{json}""",
        "target": "'UX' || n",
        "priority": "1",
        "state": "'sent'",
        "due_at": ":now",
        "created_at": ":now",
        "settled_at": ":now",
    },
}
"""What so many signatures leave behind, as SQL of their number `n`."""

Ask = Callable[[int], Awaitable[object]]


async def fill(database: Database, many: int) -> Letter:
    """An open letter that so many signed."""
    await lifecycle.know_workspace(database, workspace=WORKSPACE, name="Bench")
    letter = await an_open_letter(database)

    facts: dict[str, Any] = {"letter": letter.id, "workspace": WORKSPACE,
                             "sha256": letter.text_sha256, "now": START}  # fmt: skip

    def write(tx: Transaction, first: int) -> None:
        last = min(first + AT_A_TIME - 1, many)
        for table, columns in ROWS.items():
            _insert(tx, table, columns, facts | {"first": first, "last": last})

    def count(tx: Transaction) -> None:
        tally = text("UPDATE letters SET organisations = :some, people = :others")
        tx.connection.execute(tally, {"some": many // 10, "others": many - many // 10})

    for first in range(1, many + 1, AT_A_TIME):
        await database.write(lambda tx, first=first: write(tx, first))
    await database.write(count)
    if not database.is_sqlite:
        await database.write(lambda tx: tx.connection.execute(text("ANALYZE")).close())
    return letter


def _insert(tx: Transaction, table: str, columns: dict[str, str], facts: dict[str, Any]) -> None:
    is_sqlite = tx.connection.dialect.name == "sqlite"
    names = {
        "id": "printf('%032d', n)" if is_sqlite else "lpad(n::text, 32, '0')",
        "json": "" if is_sqlite else "::json",
    }
    into = ", ".join(f'"{name}"' for name in columns)
    values = ", ".join(sql.format(**names) for sql in columns.values())
    used = {name: value for name, value in facts.items()
            if name in {"first", "last"} or f":{name}" in values}  # fmt: skip
    insert = f"INSERT INTO {table} ({into})"
    select = f"SELECT {values} FROM series"  # noqa: S608 - our own words
    given = text(f"{insert} {SERIES} {select}" if is_sqlite else f"{SERIES} {insert} {select}")
    if "now" in used:
        given = given.bindparams(bindparam("now", type_=Instant))
    tx.connection.execute(given, used)


def questions(database: Database, letter: Letter, many: int) -> dict[str, Ask]:
    """What is measured, each by a number that is never the same."""
    last = (2, 0, "", f"{many - 25:032}", "", "")

    async def sign(number: int) -> None:
        await signs(database, an_actor(f"UNEW{number}"), letter)

    async def sign_together(number: int) -> None:
        people = [an_actor(f"UALL{number}.{one}") for one in range(AT_ONCE)]
        await asyncio.gather(*(signs(database, one, letter) for one in people))

    async def page(after: Any) -> None:
        found = await pages.who_signed(
            database, letter=letter.id, actor=ORGANISER, after=after, limit=20
        )
        assert len(found.signatories) == 20

    return {
        "Sign, alone": sign,
        TOGETHER: sign_together,
        "status": lambda _: status.status(database, letter=letter.id, actor=ORGANISER, tz="UTC"),
        "first page of the list": lambda _: page(None),
        "last page of the list": lambda _: page(last),
    }


async def measure(few_url: str, many_url: str, many: int) -> dict[str, tuple[float, float]]:
    """Milliseconds of each, of the few and of the many."""
    clock = Clock(START)
    async with AsyncExitStack() as stack:
        asked: list[dict[str, Ask]] = []
        for url, how_many in ((few_url, FEW), (many_url, many)):
            database = await stack.enter_async_context(Database(url, clock=clock.now))
            asked.append(questions(database, await fill(database, how_many), how_many))
        took: dict[str, tuple[list[float], list[float]]] = {name: ([], []) for name in asked[0]}
        for turn in range(ROUNDS + 1):
            for name in took:
                each = EACH.get(name, USUAL)
                for number in range(turn * each, (turn + 1) * each):
                    # One after the other, each first as often: what disturbs the machine hits both.
                    for which in (0, 1) if number % 2 else (1, 0):
                        begun = time.perf_counter()
                        await asked[which][name](number)
                        # The first round only warms up.
                        if turn:
                            took[name][which].append((time.perf_counter() - begun) * 1000)
    return {name: (_usual(few), _usual(much)) for name, (few, much) in took.items()}


def _usual(took: list[float]) -> float:
    """The quicker quarter's slowest: what it takes where nothing else comes between."""
    return quantiles(took, n=4)[0]


async def on_postgresql(server: PostgresServer, many: int) -> dict[str, tuple[float, float]]:
    """The same on PostgreSQL."""
    async with server.fresh() as few, server.fresh() as much:
        return await measure(few, much, many)


def main() -> None:
    """Measures and prints; ends with 1 where one is slower than it may be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--many", type=int, default=MANY)
    many = parser.parse_args().many
    with tempfile.TemporaryDirectory() as name, postgres_server() as server:
        template = migrated_file(Path(name))
        urls: list[str] = []
        for which in ("few", "many"):
            folder = Path(name) / which
            folder.mkdir()
            urls.append(sqlite_url(copied(template, folder)))
        on_sqlite = asyncio.run(measure(urls[0], urls[1], many))
        show("SQLite", on_sqlite, many)
        on_server = asyncio.run(on_postgresql(server, many))
        show("PostgreSQL", on_server, many)
    both = [*on_sqlite.values(), *on_server.values()]
    sys.exit(any(much / few > MOST for few, much in both))


def show(database: str, found: dict[str, tuple[float, float]], many: int) -> None:
    """Prints what one database took."""
    table = Table(title=f"{database}: {many:,} endorsements beside {FEW:,}")
    for column in ("what", f"{FEW:,}: ms", f"{many:,}: ms", "times"):
        table.add_column(column, justify="left" if column == "what" else "right")
    for what, (few, much) in found.items():
        table.add_row(what, f"{few:.2f}", f"{much:.2f}", f"{much / few:.2f}")
    Console(width=100).print(table)


if __name__ == "__main__":
    main()
