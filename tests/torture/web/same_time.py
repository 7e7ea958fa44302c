"""Known and unknown addresses get the same bytes in the same time: pairs, one after the other.

Run: `python -m tests.torture.web.same_time`.
"""

import asyncio
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from sqlalchemy import select

from bot.features.lifecycle import use_cases as lifecycle
from bot.features.signing.use_cases import codes
from bot.features.signing.use_cases.codes import Caller
from bot.letters.ids import new_id
from bot.storage.database import Database, Transaction
from bot.storage.privacy import addresses
from bot.storage.tables import endorsements
from tests.support.clock import START, Clock
from tests.support.databases import (
    copied,
    migrated_file,
    sqlite_url,
)
from tests.support.letters import WORKSPACE
from tests.support.scenes.web_signing import a_browser, a_letter_to_sign
from tests.torture.report import Report, command

PAIRS, OFTEN = 2_000, 16
"""Pairs, and times that each known address is asked for: a day allows it 20 codes."""
MOST_APART, MOST_APART_S = 0.05, 0.0002
"""Medians are the same time if either is kept: by their ratio, or in seconds."""


@dataclass(slots=True)
class Times:
    """The seconds that answers took: of the processor, and by the clock on the wall."""

    processor: list[float] = field(default_factory=list[float])
    wall: list[float] = field(default_factory=list[float])


@dataclass(slots=True)
class Compared:
    """The answers to known and unknown addresses, and what they took."""

    known: Times = field(default_factory=Times)
    unknown: Times = field(default_factory=Times)
    differ: int = 0
    """Pairs whose answers are not the same bytes, but for the token."""

    @property
    def is_apart(self) -> bool:
        """Return whether the medians tell known from unknown."""
        one, other = median(self.known.processor), median(self.unknown.processor)
        apart = abs(one - other)
        return apart >= MOST_APART_S and apart / min(one, other) >= MOST_APART

    def __str__(self) -> str:
        each = (
            self.known.processor, self.unknown.processor, self.known.wall, self.unknown.wall
        )  # fmt: skip
        one, other, wall, other_wall = (f"{median(times) * 1000:.2f}" for times in each)
        return (
            f"{len(self.known.wall):,} pairs: {one} ms of the processor known, {other} unknown; "
            f"by the clock {wall} and {other_wall}"
        )


def same_time(*, pairs: int, seed: int) -> Report:
    """Ask for codes in pairs, and again with a look-up that must be caught.

    Judged by the processor's time, the database's work included: on a busy machine the other is
    mostly that of other processes. It is reported beside it.
    """
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        template = migrated_file(Path(folder))
        places = [Path(folder, kind) for kind in ("stood", "fell")]
        for place in places:
            place.mkdir()
        urls = [sqlite_url(copied(template, place)) for place in places]
        stood = asyncio.run(on(urls[0], pairs))
        with looks_up_first():
            fell = asyncio.run(on(urls[1], max(pairs // 10, 10)))
    return Report(
        name="same time",
        done=str(stood),
        zeros={"answers differ": stood.differ, "medians apart": int(stood.is_apart)},
        control=f"the address is looked up first ({fell})",
        caught={"medians apart": int(fell.is_apart)},
        seconds=time.monotonic() - began,
        seed=seed,
    )


@contextmanager
def looks_up_first() -> Generator[None]:
    """The control: a code is owed only to somebody who signed. Nothing is said, but time tells."""
    unchanged = codes.ask

    async def ask(database: Database, *, letter: int, caller: Caller, **rest: Any) -> str:
        def has_signed(tx: Transaction) -> bool:
            person = addresses.person_of(tx, rest["keys"], WORKSPACE, caller.address)
            held = endorsements.c
            found = select(held.id).where(held.letter == letter, held.user == person.user)
            return tx.execute(found).first() is not None

        if rest["given"] is None and not await database.read(has_signed):
            return new_id(START)
        return await unchanged(database, letter=letter, caller=caller, **rest)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(codes, "ask", ask)
        yield


async def on(url: str, pairs: int) -> Compared:
    """Ask for a code to an address that signed and to a new one, in turn, so many times."""
    clock, compared, numbers = Clock(), Compared(), count()
    async with Database(url, clock=clock.now) as database:
        await lifecycle.know_workspace(database, workspace=WORKSPACE, name="Open Web Coalition")
        browser = await a_browser(database)
        letter = await a_letter_to_sign(database)
        path = f"{letter.page_path}/mine/"
        signed = [f"known{number:06}@example.org" for number in range(-(-pairs // OFTEN))]
        for number, address in enumerate(signed):
            browser.client = f"192.0.{number}.7"
            await browser.signs(letter, name=f"Reader {number}", address=address)

        async def ask(address: str, times: Times) -> tuple[str, int, dict[str, str]]:
            number = next(numbers)
            browser.client = f"10.{number // 250}.{number % 250}.7"
            processor, wall = time.process_time(), time.perf_counter()
            shown = await browser.ask(path, form | {"address": address})
            times.processor.append(time.process_time() - processor)
            times.wall.append(time.perf_counter() - wall)
            assert shown.status == 200, shown.text
            return shown.body.replace(shown.forms[0]["token"], ""), shown.status, shown.headers

        form: dict[str, str] = {}
        for pair in range(pairs):
            if pair % len(signed) == 0:
                # An address gets six codes an hour.
                clock.advance(timedelta(hours=1, seconds=1))
                (form,) = (await browser.ask(path)).forms
            both = [(signed[pair % len(signed)], compared.known)]
            both.append((f"other{pair:06}@example.org", compared.unknown))
            answers = [await ask(*one) for one in (both if pair % 2 else reversed(both))]
            compared.differ += answers[0] != answers[1]
    return compared


if __name__ == "__main__":
    command(same_time, pairs=PAIRS)
