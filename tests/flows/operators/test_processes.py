"""The processes of the Procfile, for real: started, used, and ended."""

import asyncio
import signal
import socket
from pathlib import Path

import aiohttp
import pytest

from tests.flows.conftest import MANIFEST, RunningBot
from tests.support.commands import free_port, undersigned, undersigned_running, undersigned_started
from tests.support.databases import PostgresServer
from tests.support.shared import ROOT
from tests.support.simulator import Simulator, running_simulator
from tests.support.stories import CHANNEL, sign_as_oneself

HTTP_MANIFEST = MANIFEST.with_name("http.json")


def settings_for(simulator: Simulator, database: str, port: int) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": simulator.bot_token,
        "SLACK_APP_TOKEN": simulator.app_token,
        "SLACK_SIGNING_SECRET": simulator.signing_secret,
        "SLACK_API_URL": simulator.api_url,
        "DATABASE_URL": database,
        "PORT": str(port),
    }


async def sign_and_count(simulator: Simulator, settings: dict[str, str], folder: str) -> None:
    """A letter comes in, goes up, is signed, and its card counts one."""
    imported = await undersigned(
        "letters", "import", folder, "--organiser", "U0ORGANISER", **settings
    )
    number = imported.out.split()[-1]
    await undersigned("letters", "post", number, "--channel", "C0OPENINTERNET", **settings)
    member = simulator.person("U0MEMBER1")
    await member.sees("one open Internet", channel=CHANNEL, within=15)
    await sign_as_oneself(member)
    await member.sees("1 signature", channel=CHANNEL, within=15)


BY = ("--organiser", "U0ORGANISER")
LETTER = str(ROOT / "bot" / "demo" / "letter.md")


async def test_web_and_worker_on_postgresql(postgres_url: str) -> None:
    """Two web processes and a worker share one PostgreSQL; a signed click counts, over HTTP."""
    one, other = free_port(), free_port()
    address = f"http://127.0.0.1:{one}/slack/events"
    async with running_simulator(manifest=HTTP_MANIFEST, request_url=address) as simulator:
        settings = settings_for(simulator, postgres_url, one)
        async with (
            undersigned_started("serve", ready="serve.ready", **settings),
            undersigned_started("serve", ready="serve.ready", **settings | {"PORT": str(other)}),
            undersigned_started("worker", ready="worker.ready", **settings),
            aiohttp.ClientSession() as session,
        ):
            await sign_and_count(simulator, settings, LETTER)
            for page, fact in (("livez", "alive"), ("healthz", "alive"), ("readyz", "ready")):
                async with session.get(f"http://127.0.0.1:{other}/{page}") as health:
                    assert (health.status, (await health.json())[fact]) == (200, True)
            async with session.post(address, data={"payload": "{}"}) as forged:
                assert forged.status == 401


async def test_serve_with_worker_on_sqlite(stopped_bot: RunningBot) -> None:
    """One process serves HTTP and works, on SQLite."""
    port = free_port()
    address = f"http://127.0.0.1:{port}/slack/events"
    async with running_simulator(manifest=HTTP_MANIFEST, request_url=address) as simulator:
        settings = settings_for(simulator, stopped_bot.settings.database_url, port)
        async with undersigned_started("serve", "--with-worker", ready="serve.ready", **settings):
            await sign_and_count(simulator, settings, LETTER)


async def test_run(stopped_bot: RunningBot) -> None:
    """`run` serves over Socket Mode and works, and SIGTERM ends it with 0."""
    simulator = stopped_bot.simulator
    settings = settings_for(simulator, stopped_bot.settings.database_url, free_port())
    await simulator.clock(advance=0)
    async with undersigned_started("run", ready="run.ready", **settings):
        await sign_and_count(simulator, settings, LETTER)


async def test_run_without_slack(stopped_bot: RunningBot) -> None:
    """`run` that cannot connect to Slack ends on SIGTERM all the same, with 0."""
    simulator = stopped_bot.simulator
    settings = settings_for(simulator, stopped_bot.settings.database_url, free_port())
    await simulator.faults({"method": "apps.connections.open", "kind": "internal_error"})
    async with undersigned_running("run", ready="socket.not_connected", **settings) as process:
        process.send_signal(signal.SIGTERM)
        await asyncio.wait_for(process.wait(), 30)


async def test_postgresql_waits_for_migrate(postgres_empty_url: str) -> None:
    """On PostgreSQL an old schema is named at the start, and `migrate` brings it up to date."""
    async with running_simulator(manifest=MANIFEST) as simulator:
        settings = settings_for(simulator, postgres_empty_url, free_port())

        refused = await undersigned("worker", **settings)
        migrated = await undersigned("migrate", **settings)
        again = await undersigned("migrate", **settings)

        assert refused.code == 1
        assert "undersigned migrate" in refused.err
        assert (migrated.code, again.code) == (0, 0)
        async with undersigned_running("worker", ready="worker.ready", **settings):
            pass


@pytest.mark.parametrize(
    ("option", "words"),
    [
        ("role%3Dpg_monitor", "the user in it has too few rights: let it own the database"),
        ("search_path%3Dnowhere", "the user in it has no schema for its tables"),
    ],
)
async def test_a_user_without_rights(postgres_empty_url: str, option: str, words: str) -> None:
    """A PostgreSQL user who may make no tables is told so."""
    done = await undersigned("migrate", DATABASE_URL=f"{postgres_empty_url}&options=-c%20{option}")

    assert done.err == f"undersigned: DATABASE_URL can't be opened: {words}.\n"
    assert done.code == 1


async def test_a_database_of_another_encoding(postgres: PostgresServer, tmp_path: Path) -> None:
    """A PostgreSQL database that lacks a letter of a name says so."""
    encoding = "ENCODING 'LATIN1' LOCALE_PROVIDER libc LC_COLLATE 'C' LC_CTYPE 'C'"
    await postgres.run(f"CREATE DATABASE latin TEMPLATE template0 {encoding}")
    (tmp_path / "letter.md").write_text("# Łódź\n\nTrams.\n")
    async with running_simulator(manifest=MANIFEST) as simulator:
        settings = settings_for(simulator, postgres.url("latin"), free_port())
        await undersigned("migrate", **settings)
        done = await undersigned("letters", "import", f"{tmp_path}/letter.md", *BY, **settings)

    assert "the database was created with another encoding than UTF8" in done.err


async def test_taken_port(stopped_bot: RunningBot) -> None:
    """A port that another process has is one line, before anything else is begun."""
    with socket.create_server(("", 0)) as taken:
        port = taken.getsockname()[1]
        settings = settings_for(stopped_bot.simulator, stopped_bot.settings.database_url, port)

        refused = await undersigned("serve", "--with-worker", **settings)

    assert refused.code == 1
    assert f"Port {port} can't be used (Address already in use)" in refused.err
    assert len(refused.err.splitlines()) == 1


@pytest.mark.parametrize(("host", "is_reached"), [("", False), ("0.0.0.0", True)])  # noqa: S104 - the setting
async def test_where_it_listens(stopped_bot: RunningBot, host: str, *, is_reached: bool) -> None:
    """A process listens on 127.0.0.1 only, unless HOST says otherwise."""
    port = free_port()
    settings = settings_for(stopped_bot.simulator, stopped_bot.settings.database_url, port)
    async with (
        undersigned_running("serve", "--with-worker", ready="serve.ready", HOST=host, **settings),
        aiohttp.ClientSession() as session,
    ):
        for address, expected in (("127.0.0.1", True), ("127.0.0.2", is_reached)):
            try:
                async with session.get(f"http://{address}:{port}/livez") as answer:
                    assert (answer.status, expected) == (200, True)
            except aiohttp.ClientConnectorError:
                assert not expected


async def test_an_address_of_another_machine(stopped_bot: RunningBot) -> None:
    """A HOST that isn't an address of this machine is one line."""
    settings = settings_for(stopped_bot.simulator, stopped_bot.settings.database_url, free_port())
    for host in ("192.0.2.1", "nowhere.invalid"):
        refused = await undersigned("serve", "--with-worker", HOST=host, **settings)
        assert refused.code == 1
        assert refused.err.startswith(f"undersigned: HOST {host} isn't an address of this machine")


@pytest.mark.parametrize("how", ["500", "html", "reset", "429", "internal_error"])
async def test_slack_is_back(stopped_bot: RunningBot, how: str) -> None:
    """Slack out of reach at the start, or in trouble, is waited for and then served."""
    simulator = stopped_bot.simulator
    settings = settings_for(simulator, stopped_bot.settings.database_url, free_port())
    await simulator.faults({"method": "auth.test", "kind": how, "retry_after": 1})
    async with undersigned_running("run", ready="slack.unreachable", **settings):
        await simulator.faults()

        await simulator.connected()
        imported = await undersigned("letters", "import", LETTER, *BY, **settings)
        assert imported.code == 0


async def test_stop_while_slack_is_away(stopped_bot: RunningBot) -> None:
    """A process that waits for Slack ends on SIGTERM, with 0, and is alive but not ready until then."""
    port = free_port()
    settings = settings_for(stopped_bot.simulator, stopped_bot.settings.database_url, port)
    settings["SLACK_API_URL"] = "http://127.0.0.1:9/api/"
    serve = ("serve", "--with-worker")
    async with (
        undersigned_running(*serve, ready="slack.unreachable", **settings) as process,
        aiohttp.ClientSession() as session,
    ):
        answers: dict[str, int] = {}
        for page in ("livez", "readyz", "slack/events"):
            async with session.get(f"http://127.0.0.1:{port}/{page}") as answer:
                answers[page] = answer.status
        process.send_signal(signal.SIGTERM)
        await asyncio.wait_for(process.wait(), 30)

    assert answers == {"livez": 200, "readyz": 503, "slack/events": 503}
