"""Sign clicks through the HTTP server, kept durably, against servers that do nothing.

Each figure is a ratio within one run: absolute ones do not travel between machines. The bot runs on
SQLite with `synchronous=FULL` and all its listeners. The worker, whose sending is not part of a
click, is left out, but for the last row: there it works in the same process, as `serve
--with-worker` does. Run: `make bench`, or `python -m bench.sign`.
"""

import asyncio
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.load import SECRET, Timing, fire, request
from bench.targets import target
from bot.features.cards import use_cases as cards
from bot.features.cards.slack.card import card
from bot.features.delivery.use_cases import exports
from bot.features.drafts.use_cases import drafts
from bot.features.lifecycle import use_cases as lifecycle
from bot.features.signing.slack import form as signing_views
from bot.letters.draft import Draft
from bot.letters.endorsement import Capacity, Facts, Signature
from bot.letters.entries import compose
from bot.letters.letter import Letter
from bot.letters.people import Actor, Membership, Person
from bot.locales import words
from bot.slack.block_kit import Blocks
from bot.storage.database import Database
from bot.storage.migrate import upgrade
from bot.use_cases import gate, membership

BARE, STOCK, EMPTY, SIGN, WORKING = (
    "bare endpoint", "stock Bolt, empty listener", "same server, empty listener", "sign",
    "sign, worker beside",
)  # fmt: skip
AT_ONCE = (1, 32, 128)
REQUESTS = {1: 300, 32: 1500, 128: 2000}
ROUNDS = 3
PEOPLE = ROUNDS * sum(REQUESTS.values())


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass(frozen=True, slots=True)
class Open:
    """A letter that is open, and its card as Slack holds it."""

    letter: Letter
    card: Blocks


@contextmanager
def started(module: str, *arguments: str, port: int, env: dict[str, str]) -> Generator[str]:
    """A server in a process of its own; gives the address that takes Slack's requests."""
    process = subprocess.Popen([sys.executable, "-m", module, *arguments, str(port)], env=env)
    try:
        for _ in range(1200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            if process.poll() is not None:
                sys.exit(f"{module} did not start")
            _sleep()
        yield f"http://127.0.0.1:{port}/slack/events"
    finally:
        process.terminate()
        process.wait()


def _sleep() -> None:
    asyncio.run(asyncio.sleep(0.05))


async def prepare(url: str) -> Open:
    """A database with one open letter, whose card is up."""
    await upgrade(url)
    actor = Actor(workspace="T1", person=Person("T1", "U0"), membership=Membership.MEMBER)
    async with Database(url) as database:
        await lifecycle.know_workspace(database, workspace="T1", name="Bench")
        draft = Draft(
            title="One Internet",
            summary="Please sign.",
            body="We, the undersigned, ask for one Internet.\n" * 40,
            deadline=datetime.now(UTC) + timedelta(days=1),
            goal=1000,
        )
        number = await drafts.create(database, actor=actor, draft=draft, trigger="d")
        await cards.post(
            database, letter=number, actor=actor, channels=["C1"], public=["C1"], trigger="p"
        )
        # As the job has noted them by the time that most people press.
        await membership.gathered(
            database, workspace="T1", channel="C1", users=[f"U{n}" for n in range(PEOPLE)]
        )
        (posted,) = await cards.cards(database, letter=number)
        await gate.adopt_card(
            database, workspace="T1", posting=posted.id, channel="C1", message_ts="1.2"
        )
        (letter,) = await exports.every_letter(database)
        _, blocks = card(words("en"), letter, posted.id, letter.phase)
        return Open(letter, blocks)


def click(open_letter: Open, user: str, trigger: str) -> dict[str, Any]:
    """Somebody presses Sign on the card."""
    buttons = next(one for one in open_letter.card if one.get("block_id") == "card")["elements"]
    pressed = next(one for one in buttons if one["action_id"] == "sign")
    return {
        "type": "block_actions",
        "trigger_id": trigger,
        "team": {"id": "T1", "domain": "bench"},
        "user": {"id": user, "team_id": "T1", "name": user},
        "api_app_id": "A1",
        "container": {"type": "message", "channel_id": "C1", "message_ts": "1.2"},
        "channel": {"id": "C1", "name": "c"},
        "message": {"ts": "1.2", "text": "Letter", "blocks": open_letter.card},
        "response_url": "http://127.0.0.1/none",
        "actions": [pressed | {"block_id": "card", "action_ts": "1.2"}],
    }  # fmt: skip


def submission(open_letter: Open, user: str, trigger: str) -> dict[str, Any]:
    """Somebody says yes to the entry that the form shows."""
    t, letter = words("en-US"), open_letter.letter
    facts = Facts(name=f"Signer {user}")
    shown = compose(
        Person("T1", user),
        Capacity.INDIVIDUAL,
        facts,
        sort_name="",
        language=letter.language,
        text_sha256=letter.text_sha256,
        consent=signing_views.consent_words(t),
    )
    assert isinstance(shown, Signature)
    signing = signing_views.Signing(
        letter=letter.id,
        text_sha256=letter.text_sha256,
        language=letter.language,
        offered=tuple(signing_views.capacities(letter, ())),
        capacity=Capacity.INDIVIDUAL,
    )
    view = signing_views.form(t, letter, signing, facts, shown)
    typed = {
        "capacity": {"selected_option": {"value": "individual"}},
        "name": {"value": facts.name},
    }
    values = {block: {"value": {"type": "x", **element}} for block, element in typed.items()}
    return {
        "type": "view_submission",
        "trigger_id": trigger,
        "team": {"id": "T1", "domain": "bench"},
        "user": {"id": user, "team_id": "T1", "name": user},
        "api_app_id": "A1",
        "view": view
        | {
            "id": f"V{user}",
            "hash": "1.2",
            "app_installed_team_id": "T1",
            "state": {"values": values},
        },
    }


Make = Callable[[Open, str, str], dict[str, Any]]


async def measure(addresses: dict[str, str], letter: Open) -> dict[tuple[str, int], list[Timing]]:
    """Fire every kind of request at every server, in turn, so that drift hits all alike."""
    found: dict[tuple[str, int], list[Timing]] = {}
    signer = 0
    for at_once in AT_ONCE:
        for turn in range(ROUNDS):
            users = [f"U{signer + n}" for n in range(REQUESTS[at_once])]
            signer += len(users)
            kinds: list[tuple[str, str, Make]] = [
                ("bare", BARE, submission),
                ("stock", STOCK, submission),
                ("empty", EMPTY, submission),
                ("bot", "open", click),
                ("bot", SIGN, submission),
                ("bot_working", WORKING, submission),
            ]
            for server, kind, make in kinds:
                address = addresses[server]
                sent = [
                    request(address, make(letter, user, f"{kind}.{at_once}.{turn}.{user}"))
                    for user in users
                ]
                timing = await fire(address, sent, at_once)
                found.setdefault((kind, at_once), []).append(timing)
    return found


def synced(folder: str) -> float:
    """Milliseconds that half of all syncs of a page to this disk stay below."""
    each: list[float] = []
    with (Path(folder) / "synced").open("wb", buffering=0) as file:
        for _ in range(300):
            file.write(bytes(4096))
            begun = time.perf_counter()
            os.fdatasync(file.fileno())
            each.append(time.perf_counter() - begun)
    return median(each) * 1000


def show(found: dict[tuple[str, int], list[Timing]], sync: float) -> None:
    """Print the median round of each kind, the ratios, and which targets they meet."""
    table = Table(title="A Sign click over HTTP, SQLite synchronous=FULL")
    for column in ("at once", "what", "a second", "p50 ms", "p99 ms", "of empty", "of stock"):
        table.add_column(column, justify="left" if column == "what" else "right")
    middle = {
        key: sorted(rounds, key=lambda one: one.rate)[len(rounds) // 2]
        for key, rounds in found.items()
    }
    for (kind, at_once), timing in sorted(middle.items(), key=lambda one: one[0][1]):
        table.add_row(
            str(at_once),
            kind,
            f"{timing.rate:,.0f}",
            f"{timing.percentile(50):.2f}",
            f"{timing.percentile(99):.2f}",
            f"{timing.rate / middle[EMPTY, at_once].rate:.2f}",
            f"{timing.rate / middle[STOCK, at_once].rate:.2f}",
        )
    Console(width=110).print(table)
    for at_once in (32, 128):
        ratio = middle[SIGN, at_once].rate / middle[STOCK, at_once].rate
        target(f"a durable Sign at {at_once} at once, of stock Bolt", ratio, at_least=2.0)
    alone = middle[BARE, 1].percentile(50) + sync
    print(f"A sync of this disk takes {sync:.2f} ms (p50), measured in this run.")
    target(
        "p50 at 1, of a bare endpoint's and a sync's",
        middle[SIGN, 1].percentile(50) / alone,
        at_most=2.0,
    )
    slow = middle[SIGN, 128].percentile(99) / middle[SIGN, 128].percentile(50)
    target("p99 at 128, of p50", slow, at_most=5.0)


def main() -> None:
    """Run it all."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'bench.db'}"
        # A database of its own: what its worker writes is to delay nobody else.
        beside = f"sqlite+aiosqlite:///{Path(folder) / 'beside.db'}"
        letter = asyncio.run(prepare(url))
        asyncio.run(prepare(beside))
        slack = free_port()
        env = os.environ | {
            "SLACK_BOT_TOKEN": "xoxb-bench",
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_API_URL": f"http://127.0.0.1:{slack}/api/",
            "DATABASE_URL": url,
        }
        sync = [synced(folder)]
        with (
            started("bench.slack_that_agrees", port=slack, env=env),
            started("bench.servers", "bot", port=free_port(), env=env) as bot,
            started(
                "bench.servers", "bot_working", port=free_port(), env=env | {"DATABASE_URL": beside}
            ) as working,
            started("bench.servers", "empty", port=free_port(), env=env) as empty,
            started("bench.servers", "stock", port=free_port(), env=env) as stock,
            started("bench.servers", "bare", port=free_port(), env=env) as bare,
        ):
            servers = {
                "bot": bot, "bot_working": working, "empty": empty, "stock": stock, "bare": bare,
            }  # fmt: skip
            found = asyncio.run(measure(servers, letter))
        sync.append(synced(folder))
        kept = asyncio.run(count(url)) + asyncio.run(count(beside))
        signed = sum(
            timing.requests
            for (kind, _), all_ in found.items()
            if kind in {SIGN, WORKING}
            for timing in all_
        )
        show(found, sum(sync) / len(sync))
        print(f"{signed} signatures acknowledged, {kept} on the list.")
        if kept != signed:
            sys.exit("They differ.")


async def count(url: str) -> int:
    """Count the signatories on the list."""
    async with Database(url) as database:
        return (await exports.every_letter(database))[0].tally.total


if __name__ == "__main__":
    main()
