"""The report of a process on itself: whether work gets done, and its figures."""

import asyncio
import json
import re
from pathlib import Path

import aiohttp

from bot.health import Health
from bot.storage.database import Database
from tests.flows.conftest import RunningBot
from tests.flows.operators.test_processes import settings_for, sign_and_count
from tests.support.commands import free_port, undersigned, undersigned_running
from tests.support.shared import ROOT

LETTER = str(ROOT / "bot" / "demo" / "letter.md")
NAMES = re.compile(r'(?:gauge|counter)\(\s*"([a-z_]+)"')


def names() -> set[str]:
    """Return the names of all figures, as they are asked for."""
    return {
        f"undersigned_{name}" for name in NAMES.findall((ROOT / "bot" / "health.py").read_text())
    }


async def test_run_says_how_it_is(stopped_bot: RunningBot) -> None:
    """`run` answers at ports of its own where they are named, with facts and figures, and at none else."""
    health, metrics = free_port(), free_port()
    simulator = stopped_bot.simulator
    settings = settings_for(simulator, stopped_bot.settings.database_url, free_port())
    ports = {"HEALTH_PORT": str(health), "METRICS_PORT": str(metrics)}
    await simulator.clock(advance=0)
    async with (
        undersigned_running("run", ready="run.ready", **settings, **ports),
        aiohttp.ClientSession() as session,
    ):
        await sign_and_count(simulator, settings, LETTER)
        async with session.get(f"http://127.0.0.1:{health}/livez") as answer:
            assert await answer.json() == {"alive": True}
        async with session.get(f"http://127.0.0.1:{health}/readyz") as answer:
            facts = await answer.json()
        async with session.get(f"http://127.0.0.1:{metrics}/metrics") as answer:
            kind, said = answer.headers["content-type"], await answer.text()
        doctor = await undersigned("doctor", "--json", **settings, **ports)
    assert facts.keys() == {
        "ready", "database", "notices_due", "oldest_due_seconds", "worker_seconds", "connections",
    }  # fmt: skip
    assert (facts["ready"], facts["database"], facts["connections"]) == (True, "ok", 2)
    assert kind.startswith("text/plain")
    figures = dict(
        line.rsplit(" ", 1) for line in said.splitlines() if line and not line.startswith("#")
    )
    assert figures["undersigned_ready"] == "1.0"
    assert figures['undersigned_letters{phase="open"}'] == "1.0"
    assert figures["undersigned_signatories"] == "1.0"
    assert (
        float(figures['undersigned_slack_calls_total{method="chat.postMessage",status="200"}']) >= 1
    )
    assert float(figures['undersigned_job_runs_total{job="send"}']) >= 1
    assert float(figures["process_resident_memory_bytes"]) > 1e6
    series = {name.partition("{")[0] for name in figures}
    assert 20 <= len(series) <= 35, sorted(series)
    assert "U0MEMBER" not in said
    assert {one["check"]: one["state"] for one in json.loads(doctor.out)}["process"] == "fine"


async def test_a_file_that_is_gone(sqlite_url: str) -> None:
    """A process whose database file was moved away isn't ready, and its figures say so."""
    async with Database(sqlite_url) as database:
        well = Health("run", database=database)
        assert (await well.ready())[0]
        file = Path(sqlite_url.removeprefix("sqlite+aiosqlite:///"))
        await asyncio.to_thread(file.rename, file.with_name("moved.db"))
        ill = Health("run", file, database=database)
        is_ready, facts = await ill.ready()
        assert not is_ready
        assert facts["database"] == "MovedAwayError"
        figures = {one.name: one.value for one in await ill.figures()}
        assert (figures["database_up"], figures["ready"]) == (0, 0)
        # A probe every ten seconds at most: what it found is remembered for as long.
        assert (await well.ready())[0]


async def test_before_slack_is_reached() -> None:
    """A process that has reached nothing yet says so."""
    assert await Health("run").ready() == (False, {"slack": "not reached yet"})


def test_alerts_ask_for_figures_that_exist() -> None:
    """Each alert of the example asks for a figure that a process gives, and says what it means."""
    rules = json.loads((ROOT / "docs" / "deploy" / "alerts.json").read_text())["groups"][0]["rules"]
    asked = {name for rule in rules for name in re.findall(r"undersigned_[a-z_]+", rule["expr"])}
    assert asked <= names()
    assert len(asked) >= 10
    assert all(rule["annotations"]["summary"].endswith(("?", ".")) for rule in rules)
