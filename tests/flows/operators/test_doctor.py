"""`undersigned doctor` names each of these faults, and what to do; and none where all is well."""

import asyncio
import json
import os
import resource
import socket
import sqlite3
from collections.abc import Awaitable, Callable, Generator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.commands.doctor import examined
from bot.doctor.data import database_checks
from bot.doctor.findings import Finding, State, is_well
from bot.doctor.screens import screen_checks
from bot.features.lifecycle.use_cases import know_workspace
from bot.manifest import Mode, manifest
from bot.settings import Settings, SettingsError, read
from bot.storage.database import Database
from tests.flows.conftest import START, RunningBot
from tests.outbox.owing import owe_words
from tests.support.commands import free_port, undersigned, undersigned_running
from tests.support.letters import MEMBER, WORKSPACE, an_open_letter
from tests.support.simulator import Simulator, simulator_process

SOMEBODY = "U0MEMBER1"
HELP = {"as": SOMEBODY, "channel": "C0OPENINTERNET", "text": "/letter help"}


@dataclass
class Patient:
    """An installation that is about to be given a fault."""

    simulator: Simulator
    file: Path
    """The SQLite file."""
    folder: Path
    narrow: str
    """The address of a local Slack that gave the app too few permissions."""
    held: ExitStack
    """Resources that are released at the end of the test."""
    given: dict[str, Any] = field(default_factory=dict[str, Any])
    wanted: dict[str, Any] = field(default_factory=dict[str, Any])

    def run(self, statement: str) -> None:
        """Change the database behind Undersigned's back."""
        with closing(sqlite3.connect(self.file, isolation_level=None)) as opened:
            opened.execute(statement)

    def silent_port(self) -> int:
        """A port that takes connections and says nothing, as behind a firewall."""
        taken = self.held.enter_context(socket.create_server(("127.0.0.1", 0)))
        return taken.getsockname()[1]

    async def findings(self) -> list[Finding]:
        """Examine it."""
        given: dict[str, Any] = {
            "port": free_port(),
            "database_url": f"sqlite+aiosqlite:///{self.file}",
            **self.given,
        }
        wanted: dict[str, Any] = {"now": datetime.now(UTC), **self.wanted}
        return [one async for one in examined(Settings(**given), **wanted)]


Fault = Callable[[Patient], Awaitable[None]]
FAULTS: dict[str, tuple[str, str, Fault]] = {}
"""Faults by name: the check that finds it, words of what it says, and the fault itself."""


def fault(check: str, words: str) -> Callable[[Fault], Fault]:
    """Register a fault."""

    def register(make: Fault) -> Fault:
        FAULTS[make.__name__] = (check, words, make)
        return make

    return register


@fault("transport", "Slack can't reach the app")
async def no_way_in(one: Patient) -> None:
    one.given |= {"slack_app_token": None, "slack_signing_secret": None}


@fault("signing_secret", "isn't one of Slack's")
async def a_secret_of_another_form(one: Patient) -> None:
    one.given |= {"slack_signing_secret": "not-it", "slack_api_url": "https://slack.com/api/", "slack_bot_token": None}  # fmt: skip


@fault("clock", "goes by the time of a demonstration")
async def a_clock_of_a_demonstration(one: Patient) -> None:
    one.given |= {"undersigned_clock": "http://127.0.0.1:9/", "slack_api_url": "https://slack.com/api/", "slack_bot_token": None}  # fmt: skip


@fault("bot_token", "token_revoked")
async def a_revoked_token(one: Patient) -> None:
    await one.simulator.faults({"method": "auth.test", "kind": "token_revoked"})


@fault("bot_token", "invalid_auth")
async def a_mistyped_token(one: Patient) -> None:
    one.given |= {"slack_bot_token": "xoxb-another"}


@fault("slack", "can't be reached")
async def no_network(one: Patient) -> None:
    one.given |= {"slack_api_url": "http://127.0.0.1:9/api/"}


@fault("slack", "answers with an error (http_404)")
async def an_address_that_is_not_slack(one: Patient) -> None:
    one.given |= {"slack_api_url": f"{one.simulator.address}/nothing/"}


@fault("slack", "can't be reached")
async def a_slack_that_says_nothing(one: Patient) -> None:
    one.given |= {"slack_api_url": f"http://127.0.0.1:{one.silent_port()}/api/"}


@fault("permissions", "im:history")
async def a_missing_scope(one: Patient) -> None:
    one.given |= {"slack_api_url": f"{one.narrow}/api/"}


@fault("clock", "seconds ahead of Slack")
async def a_clock_that_is_off(one: Patient) -> None:
    one.wanted |= {"now": datetime.now(UTC) + timedelta(minutes=6)}


@fault("app_token", "lacks connections:write")
async def an_app_token_without_its_scope(one: Patient) -> None:
    await one.simulator.faults({"method": "apps.connections.open", "kind": "missing_scope"})


@fault("app_token", "invalid_auth")
async def a_mistyped_app_token(one: Patient) -> None:
    one.given |= {"slack_app_token": "xapp-another"}


@fault("database", "no database answers")
async def a_database_that_is_away(one: Patient) -> None:
    one.given |= {"database_url": f"postgresql+asyncpg://u:p@127.0.0.1:{free_port()}/d"}


@fault("database", "doesn't answer in time")
async def a_database_behind_a_firewall(one: Patient) -> None:
    one.given |= {"database_url": f"postgresql+asyncpg://u:p@127.0.0.1:{one.silent_port()}/d"}


@fault("database", "isn't a SQLite database")
async def another_file(one: Patient) -> None:
    one.file.write_bytes(b"Dear all, " * 1000)


@fault("schema", "another program")
async def the_database_of_another_program(one: Patient) -> None:
    one.file.unlink()
    one.run("CREATE TABLE theirs (id INTEGER)")


@fault("schema", "older schema")
async def an_old_schema(one: Patient) -> None:
    one.run("UPDATE alembic_version SET version_num = '0000'")


@fault("schema", "can't use it")
async def a_schema_of_the_future(one: Patient) -> None:
    one.run("UPDATE alembic_version SET version_num = '9001'")


@fault("damage", "is damaged")
async def a_damaged_file(one: Patient) -> None:
    one.run("PRAGMA journal_mode=DELETE")
    size = one.file.stat().st_size
    with one.file.open("r+b") as opened:
        opened.seek(4096)
        opened.write(os.urandom(size // 2))


@fault("disk", "MB are free")
async def a_full_disk(one: Patient) -> None:
    one.wanted |= {"least_free": 1 << 62}


@fault("writing", "holds the database's lock")
async def a_lock_held_by_another(one: Patient) -> None:
    holder = one.held.enter_context(closing(sqlite3.connect(one.file, isolation_level=None)))
    holder.execute("BEGIN IMMEDIATE")


@fault("writing", "holds the database's lock")
async def a_file_that_another_has_for_itself(one: Patient) -> None:
    holder = one.held.enter_context(closing(sqlite3.connect(one.file, isolation_level=None)))
    holder.execute("PRAGMA locking_mode=EXCLUSIVE")
    holder.execute("BEGIN EXCLUSIVE")


@fault("writing", "the disk refuses to read or write")
async def a_disk_that_takes_no_more(one: Patient) -> None:
    # The log beside the file is long, and this process may make none longer, as on a full disk: it
    # is refused as late as at the commit.
    holder = one.held.enter_context(closing(sqlite3.connect(one.file, isolation_level=None)))
    for statement in (
        "PRAGMA journal_mode=WAL",
        "PRAGMA wal_autocheckpoint=0",
        "CREATE TABLE fill (x BLOB)",
        "INSERT INTO fill VALUES (randomblob(200000))",
        "DROP TABLE fill",
        "BEGIN",
        # A reader keeps the log from beginning again.
        "SELECT * FROM alembic_version",
    ):
        holder.execute(statement).fetchall()
    now = resource.getrlimit(resource.RLIMIT_FSIZE)
    one.held.callback(resource.setrlimit, resource.RLIMIT_FSIZE, now)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, now[1]))


@fault("worker", "Messages waiting to be sent")
async def no_worker(one: Patient) -> None:
    async with Database(f"sqlite+aiosqlite:///{one.file}", clock=lambda: START) as database:
        await know_workspace(database, workspace=WORKSPACE, name="")
        letter = await an_open_letter(database)
        await owe_words(database, [MEMBER.person], letter.id)


@fault("workspace", "the letters in the database don't")
async def the_database_of_another_installation(one: Patient) -> None:
    async with Database(f"sqlite+aiosqlite:///{one.file}", clock=lambda: START) as database:
        await know_workspace(database, workspace=WORKSPACE, name="")
        await an_open_letter(database)
    one.run("PRAGMA foreign_keys=OFF")
    one.run("UPDATE letters SET workspace = 'T0ANOTHER'")


@fault("backup", "48 hours old")
async def an_old_backup(one: Patient) -> None:
    copies = one.folder / "copies"
    copies.mkdir()
    (copies / "undersigned.db").write_bytes(b"kept")
    then = (datetime.now(UTC) - timedelta(hours=48)).timestamp()
    os.utime(copies / "undersigned.db", (then, then))
    one.wanted |= {"backups": copies}


@fault("process", "Another program has port")
async def a_port_of_another_program(one: Patient) -> None:
    one.given |= {"port": one.silent_port()}


@fault("message", "user_not_found")
async def a_person_who_is_not_there(one: Patient) -> None:
    one.wanted |= {"person": "U0NOBODY"}


@fault("message", "refused to send a message (messages_tab_disabled)")
async def no_messages_tab(one: Patient) -> None:
    await one.simulator.faults({"method": "chat.postMessage", "kind": "messages_tab_disabled"})
    one.wanted |= {"person": SOMEBODY}


@fault("message", "refused to look the message up (missing_scope)")
async def messages_that_cannot_be_looked_up(one: Patient) -> None:
    one.given |= {"slack_api_url": f"{one.narrow}/api/"}
    one.wanted |= {"person": SOMEBODY}


@pytest.fixture(scope="module", name="narrow")
def _narrow() -> Generator[str]:
    """A local Slack whose app lacks a permission that it needs."""
    given = manifest(Mode.SOCKET)
    given["oauth_config"]["scopes"]["bot"].remove("im:history")
    with simulator_process(manifest=given, seed="demo") as address:
        yield address


@pytest.fixture(name="patient")
def _patient(stopped_bot: RunningBot, tmp_path: Path, narrow: str) -> Generator[Patient]:
    file = Path(stopped_bot.settings.database_url.removeprefix("sqlite+aiosqlite:///"))
    file.chmod(0o600)
    with ExitStack() as held:
        yield Patient(stopped_bot.simulator, file, tmp_path, narrow, held)


@pytest.mark.parametrize("name", FAULTS)
async def test_each_fault_is_named(patient: Patient, name: str) -> None:
    """A fault is found by its check, in words that say what it is and what to do."""
    check, words, make = FAULTS[name]
    await make(patient)
    # Nothing that keeps silent holds it up, in whatever part of it.
    async with asyncio.timeout(40):
        found = await patient.findings()
    said = [one for one in found if one.check == check and one.state is State.WRONG]
    assert any(words in one.said for one in said), "\n".join(map(str, found))
    assert all(one.do for one in said)
    assert not is_well(found)


async def test_nothing_is_wrong(patient: Patient) -> None:
    """A healthy installation has no findings, and a person's message is gone again."""
    patient.wanted |= {"person": SOMEBODY}
    found = await patient.findings()
    assert [one for one in found if one.state is State.WRONG] == []
    assert {"bot_token", "permissions", "clock", "app_token", "damage", "writing", "worker", "message"} <= {
        one.check for one in found if one.state is State.FINE
    }  # fmt: skip
    deleted = await patient.simulator.calls("chat.delete")
    assert [call["answer"]["ok"] for call in deleted] == [True]


async def test_a_read_only_database(postgres_url: str) -> None:
    """A PostgreSQL database that takes no writes, as a standby's, is named."""
    url = f"{postgres_url}&options=-c%20default_transaction_read_only%3Don"
    settings = Settings(database_url=url)
    found = [one async for one in database_checks(settings, "")]
    assert [one.said for one in found if one.check == "writing"] == [
        "The database can't save anything: the database is read-only."
    ]


async def test_a_wrong_secret(stopped_bot: RunningBot) -> None:
    """A secret that is another than Slack's is named, once a click has come."""
    port = free_port()
    simulator = stopped_bot.simulator
    await simulator.reset(
        seed="demo", transport="http", request_url=f"http://127.0.0.1:{port}/slack/events"
    )
    values = {
        "SLACK_BOT_TOKEN": simulator.bot_token,
        "SLACK_SIGNING_SECRET": "another",
        "SLACK_API_URL": simulator.api_url,
        "DATABASE_URL": stopped_bot.settings.database_url,
        "PORT": str(port),
    }
    async with undersigned_running("serve", "--with-worker", ready="serve.ready", **values):
        async with (
            aiohttp.ClientSession() as session,
            session.post(f"{simulator.address}/_sim/command", json=HELP) as answer,
        ):
            said = await answer.json()
        ran = await undersigned("doctor", "--json", **values)
    found = {one["check"]: one for one in json.loads(ran.out) if one["state"] == "wrong"}
    assert said["error"] == "dispatch_failed"
    assert ran.code == 1
    assert list(found) == ["signing_secret"]
    assert "a secret other than" in found["signing_secret"]["said"]


def test_settings_that_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """A malformed environment is refused by name, before anything is asked."""
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xapp-swapped")
    with pytest.raises(SettingsError, match="doesn't begin with xoxb-: the xoxb- token"):
        read()


async def test_command(patient: Patient) -> None:
    """The command ends within ten seconds, with 0 where nothing is wrong, and says each finding."""
    values = {
        "SLACK_BOT_TOKEN": patient.simulator.bot_token,
        "SLACK_APP_TOKEN": patient.simulator.app_token,
        "SLACK_API_URL": patient.simulator.api_url,
        "DATABASE_URL": f"sqlite+aiosqlite:///{patient.file}",
        "PORT": str(free_port()),
    }
    async with asyncio.timeout(30):
        well = await undersigned("doctor", **values)
    ill = await undersigned("doctor", **(values | {"SLACK_BOT_TOKEN": "xoxb-another"}))
    assert (well.code, ill.code) == (0, 1), well.out
    assert "ok  writing:" in well.out
    assert "WRONG  bot_token: Slack doesn't accept SLACK_BOT_TOKEN (invalid_auth)." in ill.out
    assert "→ Install the app again" in ill.out


async def test_screens(patient: Patient) -> None:
    """Every screen goes through Slack's own check, and what it refuses is named."""
    settings = Settings(slack_api_url=patient.simulator.api_url)
    (found,) = [one async for one in screen_checks(settings, 0)]
    sent = await patient.simulator.calls("blocks.validate")
    assert len(sent) > 150
    assert (found.state, found.said) == (
        State.FINE,
        f"Slack accepts all {len(sent)} screens that were sent.",
    )

    bad = {"method": "blocks.validate", "kind": "invalid_view", "times": 1}
    await patient.simulator.faults(bad)
    first, *_ = [one async for one in screen_checks(settings, 0)]
    assert first.state is State.WRONG
    assert "amendments.slack.changes.page_of (en-US)" in first.said
