from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.support.people import Refused
from tests.support.simulator import Simulator

from .bolt import answer_of
from .receiver import receiving


@pytest.mark.parametrize(
    ("answer", "ephemeral"),
    [
        ({"text": "Hello"}, True),
        ({"text": "Hello", "response_type": "in_channel"}, False),
        ({"blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "Hello"}}]}, True),
    ],
)
async def test_the_ack_speaks(simulator: Simulator, answer: dict[str, Any], *, ephemeral: bool):
    """The words of the ack are shown to the person, or to all with in_channel."""
    async with receiving(simulator) as receiver:
        receiver.answer = lambda _: (200, answer)
        await simulator.person("U0MEMBER1").command("open-internet", "/letter help")
        assert "Hello" in await simulator.person("U0MEMBER1").text("open-internet")
        others = await simulator.person("U0MEMBER2").messages("open-internet")
        assert bool(others) is not ephemeral


@pytest.mark.parametrize(("status", "delay"), [(500, 0.0), (404, 0.0), (200, 3.3)])
async def test_a_failed_command_says_so(simulator: Simulator, status: int, delay: float):
    """An error or a late ack is told to the person, and is not repeated."""
    error = "operation_timeout" if delay else "dispatch_failed"
    async with receiving(simulator) as receiver:
        receiver.answer = lambda _: (status, None)
        receiver.delay = delay
        person = simulator.person("U0MEMBER1")
        with pytest.raises(Refused, match=error):
            await person.command("open-internet", "/letter status")
        assert await person.text("open-internet") == f'/letter failed with the error "{error}"'
        assert len(receiver.received) == 1


@pytest.mark.parametrize(
    ("user", "channel", "typed"),
    [("U0MEMBER1", "open-internet", "/nothing"), ("U0VISITOR", "partners", "/letter status")],
)
async def test_unknown_commands_stay_here(
    simulator: Simulator, user: str, channel: str, typed: str
):
    """A command that the app lacks, or that someone of another organisation types, is no command."""
    async with receiving(simulator) as receiver:
        person = simulator.person(user)
        with pytest.raises(Refused, match="unknown_command"):
            await person.command(channel, typed)
        assert "is not a valid command" in await person.text(channel)
        assert receiver.received == []


async def test_names_are_escaped_where_asked(simulator: Simulator):
    """With should_escape a typed name arrives as an id, without it as a name."""
    async with receiving(simulator) as receiver:
        person = simulator.person("U0ORGANISER")
        await person.command("open-internet", "/letter add @Second Organiser in #general <3")
        text = "add <@U0SECOND|u0second> in <#C0GENERAL|general> &lt;3"
        assert receiver.last["text"] == text
        await person.command("open-internet", "/plain <@U0SECOND|x> <#C0GENERAL|x>")
        assert receiver.last["text"] == "@u0second #general"


async def test_only_members_type(simulator: Simulator):
    """There is no composer for someone who is no member, and none in an archived channel."""
    async with receiving(simulator):
        guest = simulator.person("U0MEMBER4")
        await simulator.change_channel("C0OPENINTERNET", remove=["U0MEMBER4"])
        with pytest.raises(Refused, match="not_in_channel"):
            await guest.command("open-internet", "/letter status")
        await simulator.change_channel("C0OPENINTERNET", archive=True)
        with pytest.raises(Refused, match="is_archived"):
            await simulator.person("U0MEMBER1").command("open-internet", "/letter status")


async def test_odd_answers_are_named(simulator: Simulator):
    """Blocks that Slack refuses in an ack are told as the bot's mistake."""
    async with receiving(simulator) as receiver:
        receiver.answer = lambda _: (200, {"blocks": [{"type": "bogus"}]})
        with pytest.raises(Refused, match=r"invalid_answer.*json-pointer"):
            await simulator.person("U0MEMBER1").command("open-internet", "/letter status")


async def test_invite(simulator: Simulator, client: AsyncWebClient):
    """Slack's own `/invite` adds those it names, and refuses names that it can't find."""
    organiser = simulator.person("U0ORGANISER")
    await organiser.command("steering-group", "/invite @Undersigned @Fourth Member")
    members = (await answer_of(client.conversations_members(channel="C0STEERING")))["members"]
    assert {"U0BOT", "U0MEMBER4"} <= set(members)
    with pytest.raises(Refused, match="no_user"):
        await organiser.command("steering-group", "/invite Undersigned")
    with pytest.raises(Refused, match="user_not_found"):
        await organiser.command("steering-group", "/invite <@U0NOBODY>")
    with pytest.raises(Refused, match="not_in_channel"):
        await simulator.person("U0MEMBER3").command("partners", "/invite @Guest")
