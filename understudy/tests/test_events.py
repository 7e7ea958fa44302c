import asyncio

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.support.people import Refused
from tests.support.simulator import Simulator
from tests.support.waiting import until

from .bolt import answer_of
from .receiver import Receiver, receiving

PRIVATE, OPEN = "C0STEERING", "C0OPENINTERNET"


def kinds(receiver: Receiver) -> list[str]:
    """The types of the events that came."""
    return [one.payload["event"]["type"] for one in receiver.received]


async def test_retries_follow_slacks_schedule(simulator: Simulator):
    """A failed event comes again right away, after 1 and after 5 minutes, then no more."""
    async with receiving(simulator) as receiver:
        receiver.answer = lambda _: (500, None)
        with pytest.raises(Refused, match="dispatch_failed"):
            await simulator.person("U0MEMBER1").open_home()
        await until(lambda: len(receiver.received) == 2)
        await simulator.clock(advance=59)
        await asyncio.sleep(0.2)
        assert len(receiver.received) == 2
        await simulator.clock(advance=2)
        await until(lambda: len(receiver.received) == 3)
        await simulator.clock(advance=301)
        await until(lambda: len(receiver.received) == 4)
        await simulator.clock(advance=3600)
        await asyncio.sleep(0.2)
        headers = [one.headers for one in receiver.received]
        assert [one.get("X-Slack-Retry-Num") for one in headers] == [None, "1", "2", "3"]
        assert [one.get("X-Slack-Retry-Reason") for one in headers][1:] == ["http_error"] * 3
        assert len({one.payload["event_id"] for one in receiver.received}) == 1


async def test_no_retry_on_request(simulator: Simulator):
    """`X-Slack-No-Retry: 1` on an error ends the retries of that event."""
    async with receiving(simulator) as receiver:
        receiver.answer = lambda _: (500, None)
        receiver.headers = {"X-Slack-No-Retry": "1"}
        with pytest.raises(Refused):
            await simulator.person("U0MEMBER1").open_home()
        await simulator.clock(advance=3600)
        await asyncio.sleep(0.2)
        assert len(receiver.received) == 1


async def test_a_slow_bot_times_out(simulator: Simulator):
    """An event that is not acknowledged within 3 s comes again with http_timeout."""
    async with receiving(simulator) as receiver:
        receiver.delay = 3.3
        with pytest.raises(Refused, match="operation_timeout"):
            await simulator.person("U0MEMBER1").open_home()
        await until(lambda: len(receiver.received) == 2)
        assert receiver.received[1].headers["X-Slack-Retry-Reason"] == "http_timeout"


async def test_only_what_is_subscribed(simulator: Simulator):
    """The bot hears of events that its manifest names, where it is a member."""
    async with receiving(simulator) as receiver:
        await simulator.change_channel(PRIVATE, add=["U0MEMBER2"])
        assert receiver.received == []
        await simulator.change_channel(PRIVATE, add=["U0BOT"])
        await simulator.change_channel(PRIVATE, add=["U0MEMBER3"])
        await simulator.change_channel(PRIVATE, remove=["U0MEMBER3"])
        await simulator.change_channel(PRIVATE, archive=True)
        await simulator.change_channel(OPEN, archive=True)
        await simulator.change_channel(OPEN, archive=False)
        await simulator.person("U0MEMBER1").says("general", "not heard")
        await simulator.person("U0MEMBER1").says("app", "heard")
        await until(lambda: len(receiver.received) == 6)
        assert kinds(receiver) == [
            "member_joined_channel",
            "member_joined_channel",
            "group_archive",
            "channel_archive",
            "channel_unarchive",
            "message",
        ]
        assert receiver.last["event"]["channel_type"] == "im"
        assert len({one.payload["event_id"] for one in receiver.received}) == 6


async def test_people_change(simulator: Simulator):
    """A new person is team_join, a changed one user_change; people elsewhere are neither."""
    async with receiving(simulator) as receiver:
        await simulator.change_person("U0NEW", real_name="New Member", tz="Asia/Tokyo")
        await simulator.change_person("U0MEMBER1", deleted=True)
        await simulator.change_person("U0VISITOR", deleted=True)
        assert kinds(receiver) == ["team_join", "user_change"]
        assert receiver.last["event"]["user"]["deleted"] is True


async def test_shared_channels_say_so(simulator: Simulator, client: AsyncWebClient):
    """An event of a shared channel is marked as such."""
    async with receiving(simulator) as receiver:
        await simulator.change_channel("C0PARTNERS", add=["U0MEMBER1"])
        assert receiver.last["is_ext_shared_channel"] is True
        await answer_of(client.conversations_join(channel="C0GENERAL"))
        await until(lambda: len(receiver.received) == 2)
        assert receiver.last["is_ext_shared_channel"] is False
        assert receiver.last["event"]["user"] == "U0BOT"


async def test_redelivery(simulator: Simulator):
    """Anything delivered can be delivered again as a retry, with the same body."""
    async with receiving(simulator) as receiver:
        await simulator.person("U0MEMBER1").command("open-internet", "/letter status")
        record = (await simulator.records(kind="slash_commands"))[-1]
        await simulator.redeliver(record["id"], retry_num=2, reason="http_error")
        first, second = receiver.received
        assert first.raw == second.raw
        assert second.headers["X-Slack-Retry-Num"] == "2"
        assert second.headers["X-Slack-Retry-Reason"] == "http_error"
