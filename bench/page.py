"""A letter's public page: read from memory, made anew, and read by many while people sign.

Run: `make bench-page`.
"""

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

from sqlalchemy import update

from bench.idle import held_mb
from bench.load import SECRET, Timing, fire, request
from bench.sign import free_port, prepare, started, submission
from bench.targets import target
from bot.commands.processes import collect_less
from bot.letters.rules import PublicPage
from bot.storage import letters as stored
from bot.storage.database import Database
from bot.storage.tables import letters
from tests.support.commands import undersigned_started
from tests.support.documents.web_pages import Web
from tests.support.scenes.long_letters import fill
from tests.support.simulator import running_simulator

MANY, MORE = 10_000, 100_000
READS, AT_ONCE, ROUNDS = 300, 8, 3
READERS, SIGNS = 500, 250
PATH = "/l/00000000/one-internet"


def environment(url: str, slack: int, public: int | None) -> dict[str, str]:
    """The environment of the bot's server, with public pages at a port or without."""
    page = {} if public is None else {"PUBLIC_URL": f"http://127.0.0.1:{public}"}
    return os.environ | page | {
        "SLACK_BOT_TOKEN": "xoxb-bench",
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": f"http://127.0.0.1:{slack}/api/",
        "DATABASE_URL": url,
    }  # fmt: skip


async def with_page(database: Database, letter: int, page: PublicPage = PublicPage.LIST) -> None:
    """Turn a letter's page on, as if all its signers had been told."""
    on = {"page": page.value, "share_id": "00000000", "responsible": "A Trust"}
    await database.write(
        lambda tx: tx.execute(
            update(letters).where(letters.c.id == letter).values(listed_at=tx.now, **on)
        )
    )


async def made_anew(url: str, letter: int) -> tuple[float, float, bytes]:
    """Seconds to make the page, the longest that the loop was held, and the page."""
    # As `serve` does.
    collect_less()
    async with Database(url) as database:
        found = await database.read(lambda tx: stored.find(tx, letter))
        assert found is not None
        web, held, last = Web(database), 0.0, time.perf_counter()
        done = asyncio.Event()

        async def watch() -> None:
            nonlocal held, last
            while not done.is_set():
                await asyncio.sleep(0.001)
                now = time.perf_counter()
                held, last = max(held, now - last), now

        watching = asyncio.create_task(watch())
        seconds: list[float] = []
        page = b""
        for _ in range(ROUNDS):
            began = time.perf_counter()
            web.restart()
            page = (await web.page(found)).body
            seconds.append(time.perf_counter() - began)
        done.set()
        await watching
        return min(seconds), held, page


def get(address: str) -> bytes:
    """A reader's request for the page."""
    host = urlsplit(address).netloc
    return f"GET {PATH} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()


def read_from_memory(url: str, page: bytes, folder: str) -> float:
    """Readers a second of the bot's page, of those of a bare answer with the same bytes."""
    file = Path(folder, "page.html")
    file.write_bytes(page)
    slack, port = free_port(), free_port()
    env = environment(url, slack, port) | {"PAGE": str(file)}
    rates: dict[str, list[float]] = {"bot": [], "still": []}
    with (
        started("bench.slack_that_agrees", port=slack, env=env),
        started("bench.servers", "bot", port=port, env=env) as bot,
        started("bench.servers", "still", port=free_port(), env=env) as still,
    ):
        for _ in range(ROUNDS + 1):
            for name, address in (("bot", bot), ("still", still)):
                timing = asyncio.run(fire(address, [get(address)] * READS, AT_ONCE))
                rates[name].append(timing.rate)
    return median(rates["bot"][1:]) / median(rates["still"][1:])


async def read_on(address: str) -> None:
    """Read the page `READERS` times a second, until this process is ended."""
    parts, connections = urlsplit(address), 20

    async def reader() -> None:
        reading, writing = await asyncio.open_connection(parts.hostname, parts.port)
        while True:
            began = time.perf_counter()
            writing.write(get(address))
            head = await reading.readuntil(b"\r\n\r\n")
            length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
            await reading.readexactly(length)
            await asyncio.sleep(max(0.0, connections / READERS - (time.perf_counter() - began)))

    await asyncio.gather(*(reader() for _ in range(connections)))


def sign_beside_readers(folder: str) -> float:
    """Sign's p99 while many read the page, of without."""
    url = f"sqlite+aiosqlite:///{folder}/sign.db"
    opened = asyncio.run(prepare(url))

    async def turn_on() -> None:
        async with Database(url) as database:
            await with_page(database, opened.letter.id)
            found = await database.read(lambda tx: stored.find(tx, opened.letter.id))
            object.__setattr__(opened, "letter", found)

    asyncio.run(turn_on())
    slack, port = free_port(), free_port()
    env = environment(url, slack, port)
    alone: list[Timing] = []
    beside: list[Timing] = []
    with (
        started("bench.slack_that_agrees", port=slack, env=env),
        started("bench.servers", "bot_working", port=port, env=env) as address,
    ):
        for turn in range(ROUNDS + 1):
            for found in (alone, beside):
                name = f"{turn}.{len(alone)}.{len(beside)}"
                signs = [
                    request(address, submission(opened, f"U{name}.{one}", f"{name}.{one}"))
                    for one in range(SIGNS)
                ]
                command = [sys.executable, "-m", "bench.page", "--readers", address]
                others = subprocess.Popen(command) if found is beside else None
                if others is not None:
                    threading.Event().wait(1.0)
                timing = asyncio.run(fire(address, signs, 4))
                if others is not None:
                    others.terminate()
                    others.wait()
                if turn:
                    found.append(timing)
    slow, usual = (median(one.percentile(99) for one in found) for found in (beside, alone))
    print(f"Sign's p99 {usual:.1f} ms alone, {slow:.1f} ms beside {READERS} readers a second")
    return slow / usual


async def idle_mb(folder: str) -> float:
    """The memory of an idle `run` with public pages, less that of one without, in MB."""
    manifest = Path(__file__).parents[1] / "manifests" / "socket-mode.json"
    held: list[float] = []
    async with running_simulator(manifest=manifest) as simulator:
        for more in ({}, {"PUBLIC_URL": "http://127.0.0.1"}):
            settings = {
                "SLACK_BOT_TOKEN": simulator.bot_token,
                "SLACK_APP_TOKEN": simulator.app_token,
                "SLACK_API_URL": simulator.api_url,
                "DATABASE_URL": f"sqlite+aiosqlite:///{folder}/idle.db",
                "PORT": str(free_port()),
            } | more
            async with undersigned_started("run", ready="run.ready", **settings) as process:
                await asyncio.sleep(3)
                held.append(held_mb(process.pid))
    return held[1] - held[0]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readers")
    address = parser.parse_args().readers
    if address:
        asyncio.run(read_on(address))
        return
    with tempfile.TemporaryDirectory() as folder:
        page, url = b"", ""
        for many, most in ((MORE, 1.0), (MANY, 0.3)):
            url = f"sqlite+aiosqlite:///{folder}/{many}.db"
            letter = asyncio.run(prepare(url)).letter

            async def fill_up(url: str = url, many: int = many, letter: int = letter.id) -> None:
                async with Database(url) as database:
                    found = await database.read(lambda tx: stored.find(tx, letter))
                    assert found is not None
                    await fill(database, found, 1, many)
                    await with_page(database, letter)

            asyncio.run(fill_up())
            took, held, page = asyncio.run(made_anew(url, letter.id))
            print(
                f"{many:,} names, {len(page) / 1e6:.1f} MB; the loop was held {held * 1000:.0f} ms"
            )
            target(f"seconds to make a page of {many:,} names", took, at_most=most)
        target(
            "reads from memory, of a bare answer", read_from_memory(url, page, folder), at_least=0.5
        )
        target("Sign's p99 beside readers, of without", sign_beside_readers(folder), at_most=2.0)
        target("MB more of an idle process", asyncio.run(idle_mb(folder)), at_most=10.0)


if __name__ == "__main__":
    main()
