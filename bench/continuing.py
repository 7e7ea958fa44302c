"""Continue for an organisation: how long it holds the loop, beside 100 to 100,000 of them.

Their names share words, as those of real ones do. Run: `make bench-continuing`.
"""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import delete, insert, text

from bench.holding import cost
from bench.targets import target
from bot.features.lifecycle import use_cases as lifecycle
from bot.features.organisations.use_cases import matches
from bot.letters.letter import Letter
from bot.names.likeness import probes
from bot.names.name_reading import read_name
from bot.storage.database import Database, Transaction
from bot.storage.tables import name_probes
from tests.support.clock import START, Clock
from tests.support.databases import copied, migrated_file, sqlite_url
from tests.support.letters import WORKSPACE, an_open_letter
from tests.support.scenes.long_letters import fill, signatory
from tests.support.scenes.names_of_many import organisation

SIZES = (100, 1_000, 10_000, 100_000)
ROUNDS = 15
MOST_MS = 10.0
FLAT = 1.5


def _all_organisations(tx: Transaction, letter: Letter, many: int) -> None:
    """Make every entry an organisation, filed under its own name."""
    run = tx.connection.execute
    run(delete(name_probes))
    run(text("UPDATE signatories SET kind = 'organisation', endorsements = 1"))
    run(
        text("UPDATE endorsements SET capacity = 'organisation', withdrawn_at = NULL, ended = NULL")
    )
    names = [{"one": signatory(number), "name": organisation(number)}
             for number in range(1, many + 1)]  # fmt: skip
    run(text("UPDATE endorsements SET organisation = :name WHERE id = :one"), names)
    filed: list[dict[str, Any]] = [
        {"letter": letter.id, "workspace": WORKSPACE, "signatory": one["one"], "probe": probe}
        for one in names
        for probe in probes(one["name"])
    ]
    run(insert(name_probes), filed)


async def measure(url: str, many: int) -> tuple[float, float]:
    """Return how long Continue holds the loop, in ms: the median and the longest."""
    async with Database(url, clock=Clock(START).now) as database:
        await lifecycle.know_workspace(database, workspace=WORKSPACE, name="Bench")
        letter = await an_open_letter(database)
        await fill(database, letter, 1, many)
        await database.write(lambda tx: _all_organisations(tx, letter, many))

        async def ask(number: int) -> None:
            # No name was read before, as after a start: the caches hold a thousand names, and not
            # a hundred thousand.
            read_name.cache_clear()
            probes.cache_clear()
            # One that is not on the list yet.
            name = organisation(many + 1 + number)
            await database.read(lambda tx: matches.likely(tx, letter.id, name, "", besides=()))

        await ask(0)
        held = [(await cost(ask, number))[1] for number in range(1, ROUNDS + 1)]
        return median(held), max(held)


def main() -> None:
    """Measure and print; end with 1 where it holds the loop for too long, or grows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=SIZES[-1])
    most = parser.parse_args().most
    found: dict[int, tuple[float, float]] = {}
    with tempfile.TemporaryDirectory() as name:
        template = migrated_file(Path(name))
        for many in (one for one in SIZES if one <= most):
            folder = Path(name) / str(many)
            folder.mkdir()
            found[many] = asyncio.run(measure(sqlite_url(copied(template, folder)), many))
            usual, longest = found[many]
            print(f"{many:>9,} organisations: {usual:.1f} ms, {longest:.1f} at most", flush=True)
    small, large = found[SIZES[1]][0], found[max(found)][0]
    target("Continue holds the loop, ms", large, at_most=MOST_MS)
    target(f"{max(found):,} organisations, of {SIZES[1]:,}", large / small, at_most=FLAT)
    sys.exit(large > MOST_MS or large > FLAT * small)


if __name__ == "__main__":
    main()
