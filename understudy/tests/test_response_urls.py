from typing import Any

from aiohttp import ClientSession
from slack_sdk.web.async_client import AsyncWebClient

from tests.support.simulator import Simulator

from .bolt import answer_of
from .receiver import receiving
from .test_modals import button


async def answered(session: ClientSession, url: str, body: dict[str, Any]) -> tuple[int, str]:
    """The status and text with which a response URL answers."""
    async with session.post(url, json=body) as response:
        return response.status, await response.text()


async def test_five_uses_in_thirty_minutes(simulator: Simulator, session: ClientSession):
    """A response URL works 5 times within 30 minutes, and speaks to the person alone by default."""
    async with receiving(simulator) as receiver:
        person = simulator.person("U0MEMBER1")
        await person.command("open-internet", "/letter status")
        url = receiver.last["response_url"]
        for number in range(5):
            assert await answered(session, url, {"text": str(number)}) == (200, "ok")
        assert await answered(session, url, {"text": "6"}) == (404, "used_url")
        assert await simulator.person("U0MEMBER2").messages("open-internet") == []
        await person.command("open-internet", "/letter status")
        await simulator.clock(advance=30 * 60 + 1)
        url = receiver.last["response_url"]
        assert await answered(session, url, {"text": "late"}) == (404, "expired_url")
        assert await answered(session, f"{url}x", {"text": "odd"}) == (404, "invalid_url")


async def test_replace_and_delete(
    simulator: Simulator, client: AsyncWebClient, session: ClientSession
):
    """The message that was acted on can be replaced and deleted, an ephemeral one too."""
    async with receiving(simulator) as receiver:
        person = simulator.person("U0MEMBER1")
        blocks = [button("more")]
        call = client.chat_postEphemeral(
            channel="C0OPENINTERNET", user=person.id, text="x", blocks=blocks
        )
        assert (await answer_of(call))["ok"]
        await person.click("More", channel="open-internet")
        assert receiver.last["container"]["is_ephemeral"] is True
        assert "message" not in receiver.last
        url = receiver.last["response_url"]
        await answered(session, url, {"text": "Replaced", "replace_original": True})
        assert [one["text"] for one in await person.messages("open-internet")] == ["Replaced"]
        await answered(session, url, {"delete_original": True})
        assert await person.messages("open-internet") == []


async def test_it_passes_where_the_bot_may_not_post(simulator: Simulator, session: ClientSession):
    """A response URL answers in a private channel that the bot is not in."""
    async with receiving(simulator) as receiver:
        person = simulator.person("U0ORGANISER")
        await person.command("steering-group", "/letter status")
        body = {"text": "Hello all", "response_type": "in_channel"}
        await answered(session, receiver.last["response_url"], body)
        assert await simulator.person("U0SECOND").text("steering-group") == "Hello all"


async def test_wrong_bodies(simulator: Simulator, session: ClientSession):
    """A body that Slack cannot show is refused."""
    async with receiving(simulator) as receiver:
        await simulator.person("U0MEMBER1").command("open-internet", "/letter status")
        url = receiver.last["response_url"]
        blocks = [{"type": "bogus"}]
        assert await answered(session, url, {"blocks": blocks}) == (400, "invalid_blocks")
        assert await answered(session, url, {"replace_original": True}) == (400, "no_text")
