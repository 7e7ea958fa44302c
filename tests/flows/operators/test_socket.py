"""Socket Mode: two connections, of which any may end; and a stop that leaves nothing half done."""

import asyncio
import signal
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager

import pytest

from bot.storage.database import Database
from tests.flows.conftest import RunningBot
from tests.support.commands import free_port, undersigned_running
from tests.support.databases import locked
from tests.support.letters import rows
from tests.support.people import Person, Refused
from tests.support.simulator import Simulator, running_simulator
from tests.support.stories import CHANNEL, a_posted_letter
from tests.torture.crash import MANIFEST, post_a_letter

SIGNERS = 24
STOP_S = 10.0
LOCKED_S = 1.0
"""The time in which nothing can be written: those who say yes wait, and are told to go."""


async def connections(simulator: Simulator) -> int:
    """Count the connections that the bot holds."""
    return (await simulator.get("state", **{"as": "USLACKBOT"}))["connections"]


async def test_two_connections(running_bot: RunningBot) -> None:
    """The bot holds two connections, and has two again when any of them broke."""
    simulator = running_bot.simulator
    await simulator.connected(connections=2)

    for how in ("drop", "warning", "refresh_requested", "link_disabled"):
        await simulator.disconnect(how, oldest=True)
        await simulator.connected(connections=2, within=15)
        await running_bot.member.command(CHANNEL, "/letter help")


async def test_all_broken(running_bot: RunningBot) -> None:
    """When every connection broke the bot comes back, and does not knock more often than it must."""
    simulator = running_bot.simulator
    before = len(await simulator.calls("apps.connections.open"))

    await simulator.disconnect("drop")
    await simulator.connected(connections=2, within=15)
    await asyncio.sleep(1)

    await running_bot.member.command(CHANNEL, "/letter help")
    assert len(await simulator.calls("apps.connections.open")) - before <= 4


@pytest.fixture(name="short_lives")
async def _short_lives(stopped_bot: RunningBot) -> AsyncGenerator[RunningBot]:
    """A bot whose connections are refreshed every other second."""
    await stopped_bot.simulator.connections_live(2)
    async with stopped_bot.working():
        yield stopped_bot
    await stopped_bot.simulator.connections_live(None)


async def test_handover(short_lives: RunningBot) -> None:
    """While connections are refreshed over and over, every command and click is answered."""
    bot, until = short_lives, asyncio.get_running_loop().time() + 7
    await a_posted_letter(bot)

    async def ask_on(person: Person) -> int:
        asked = 0
        while asyncio.get_running_loop().time() < until:
            await person.command(CHANNEL, "/letter help")
            await person.click("Sign", channel=CHANNEL)
            await person.close(everything=True)
            asked += 1
        return asked

    asked = await asyncio.gather(*(ask_on(one) for one in (bot.member, bot.another, bot.third)))

    assert sum(asked) > 10
    assert len(await bot.simulator.calls("apps.connections.open")) >= 6
    assert await connections(bot.simulator) >= 2


@asynccontextmanager
async def _over(transport: str) -> AsyncGenerator[tuple[Simulator, Sequence[str], dict[str, str]]]:
    """A local Slack that delivers over one transport, the command that serves, its environment."""
    port = free_port()
    address = f"http://127.0.0.1:{port}/slack/events"
    people = [
        {"id": f"U0SIGNER{number}", "real_name": f"Signer {number}", "role": "Member"}
        for number in range(SIGNERS)
    ]
    async with running_simulator(manifest=MANIFEST, request_url=address) as simulator:
        await simulator.reset(
            seed="demo", transport=transport, request_url=address, limits=False, people=people
        )
        members = [one["id"] for one in people]
        await simulator.change_channel("C0OPENINTERNET", add=members)
        words = ("run",) if transport == "socket" else ("serve", "--with-worker")
        yield simulator, words, {"SLACK_API_URL": simulator.api_url, "PORT": str(port)}


@pytest.mark.parametrize("transport", ["socket", "http"])
async def test_asked_to_stop(stopped_bot: RunningBot, transport: str) -> None:
    """A process that is told to end among clicks thanks exactly those whose signature it kept."""
    url = stopped_bot.settings.database_url
    async with _over(transport) as (simulator, words, environment):
        settings = {
            "SLACK_BOT_TOKEN": simulator.bot_token,
            "SLACK_APP_TOKEN": simulator.app_token,
            "SLACK_SIGNING_SECRET": simulator.signing_secret,
            "DATABASE_URL": url,
            **environment,
        }
        signers = [simulator.person(f"U0SIGNER{number}") for number in range(SIGNERS)]
        loop = asyncio.get_running_loop()
        async with undersigned_running(*words, ready=f"{words[0]}.ready", **settings) as process:
            await post_a_letter(url)
            for signer in signers:
                await signer.click("Sign", channel=CHANNEL, within=15)
            await signers[0].submit()
            async with locked(url):
                submitting = [asyncio.create_task(_submits(signer)) for signer in signers[1:]]
                await asyncio.sleep(LOCKED_S / 2)
                told_at = loop.time()
                process.send_signal(signal.SIGTERM)
                await asyncio.sleep(LOCKED_S / 2)
            await process.wait()
            took = loop.time() - told_at
            thanked = {who for who in await asyncio.gather(*submitting) if who}
            await signers[0].sees_modal("Signed")

    async with Database(url) as database:
        kept = {row["user"] for row in await rows(database, "endorsements")}
    assert kept == {signers[0].id} | thanked
    assert thanked
    assert took < STOP_S


async def _submits(signer: Person) -> str:
    """Say yes; return who it is if they were thanked."""
    try:
        assert await signer.submit() is None
    except Refused:
        return ""
    await signer.sees_modal("Signed")
    return signer.id
