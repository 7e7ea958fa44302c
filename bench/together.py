"""Signatures that are committed together, against the same story with a commit for each.

Both databases, 128 at once, the story alone: no HTTP, no Bolt. Run: `python -m bench.together`.
"""

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable
from itertools import count
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

from bench.sign import prepare
from bench.targets import target
from bot.commands.processes import collect_less
from bot.features.signing.use_cases.signatures import Signed, SignRequest, sign, sign_all
from bot.letters.endorsement import Capacity, Facts, Signature
from bot.letters.entries import compose
from bot.letters.letter import Letter
from bot.letters.people import Actor, Membership, Person
from bot.storage.database import Database
from tests.support.databases import postgres_server

AT_ONCE = 128
SIGNATURES = {"together": 128 * 24, "a commit each": 128 * 4}
ROUNDS = 3

_numbers = count()
Way = Callable[[Database, SignRequest], Awaitable[Signed]]


async def each_alone(database: Database, request: SignRequest) -> Signed:
    """The same statements in a transaction of their own."""
    (answer,) = await database.write(lambda tx: sign_all(tx, [request]))
    assert isinstance(answer, Signed)
    return answer


def a_request(letter: Letter) -> SignRequest:
    """Somebody who has not signed yet."""
    number = next(_numbers)
    person = Person("T1", f"U{number}")
    signature = compose(
        person,
        Capacity.INDIVIDUAL,
        Facts(name=f"Signer U{number}"),
        sort_name="",
        language=letter.language,
        text_sha256=letter.text_sha256,
        consent="My name is published on the letter; I can take it back.",
    )
    assert isinstance(signature, Signature)
    actor = Actor(workspace="T1", person=person, membership=Membership.MEMBER)
    return SignRequest(
        letter=letter.id, actor=actor, signature=signature, trigger=f"trigger.{number}"
    )


async def rate(database: Database, letter: Letter, way: Way, how_many: int) -> float:
    """Signatures a second, `AT_ONCE` callers each with one under way."""
    requests = iter([a_request(letter) for _ in range(how_many)])

    async def caller() -> None:
        for request in requests:
            await way(database, request)

    begun = time.perf_counter()
    await asyncio.gather(*(caller() for _ in range(AT_ONCE)))
    return how_many / (time.perf_counter() - begun)


async def compare(url: str) -> dict[str, float]:
    """The median round of each way, in turn.

    PostgreSQL is told before each how large its tables are, as it finds out by itself within a
    minute: it keeps a plan from when a table was empty, which reads all of it.
    """
    letter = (await prepare(url)).letter
    ways: dict[str, Way] = {"together": sign, "a commit each": each_alone}
    rounds: dict[str, list[float]] = {name: [] for name in ways}
    async with Database(url) as database:
        for way in ways.values():
            await rate(database, letter, way, AT_ONCE)
        for _ in range(ROUNDS):
            await database.write(lambda tx: tx.connection.exec_driver_sql("ANALYZE"))
            for name, way in ways.items():
                rounds[name].append(await rate(database, letter, way, SIGNATURES[name]))
    return {name: median(rates) for name, rates in rounds.items()}


def main() -> None:
    """Run it on both databases."""
    collect_less()
    found: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        found["SQLite"] = asyncio.run(compare(f"sqlite+aiosqlite:///{Path(folder) / 'bench.db'}"))
    with postgres_server() as server:

        async def on_postgres() -> dict[str, float]:
            async with server.fresh() as url:
                return await compare(url)

        found["PostgreSQL"] = asyncio.run(on_postgres())
    table = Table(title=f"Durable signatures a second, {AT_ONCE} at once")
    for column in ("database", "together", "a commit each", "ratio"):
        table.add_column(column, justify="left" if column == "database" else "right")
    for database, rates in found.items():
        ratio = rates["together"] / rates["a commit each"]
        table.add_row(database, *(f"{one:,.0f}" for one in rates.values()), f"{ratio:.1f}")
    Console(width=110).print(table)
    for database, rates in found.items():
        ratio = rates["together"] / rates["a commit each"]
        target(f"together, of a commit each, on {database}", ratio, at_least=20.0)


if __name__ == "__main__":
    main()
