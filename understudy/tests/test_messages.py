from typing import Any

import pytest
from aiohttp import ClientSession
from slack_sdk.web.async_client import AsyncWebClient

from tests.support.simulator import Simulator

from .bolt import answer_of

OPEN, PRIVATE, GENERAL = "C0OPENINTERNET", "C0STEERING", "C0GENERAL"
CARD: list[dict[str, Any]] = [{"type": "section", "text": {"type": "mrkdwn", "text": "Card"}}]


@pytest.mark.parametrize(
    ("channel", "error"),
    [
        (PRIVATE, "channel_not_found"),
        ("C0NOWHERE", "channel_not_found"),
        ("U0LEFT", "channel_not_found"),
    ],
)
async def test_where_the_bot_may_not_post(client: AsyncWebClient, channel: str, error: str):
    """A private channel without the bot does not exist for it."""
    assert (await answer_of(client.chat_postMessage(channel=channel, text="x")))["error"] == error


async def test_public_channels_need_no_joining(client: AsyncWebClient):
    """With chat:write.public the bot posts where it is no member; by name too."""
    assert (await answer_of(client.chat_postMessage(channel="#general", text="x")))[
        "channel"
    ] == GENERAL


async def test_archived(simulator: Simulator, client: AsyncWebClient):
    """Nothing is posted into an archived channel, and its messages stay as they are."""
    ts = (await answer_of(client.chat_postMessage(channel=OPEN, text="x")))["ts"]
    await simulator.change_channel(OPEN, archive=True)
    answer = await answer_of(client.chat_postMessage(channel=OPEN, text="x"))
    assert answer["error"] == "is_archived"
    assert (await answer_of(client.chat_update(channel=OPEN, ts=ts, text="y")))[
        "error"
    ] == "is_inactive"


async def test_a_user_id_opens_the_direct_message(simulator: Simulator, client: AsyncWebClient):
    """Posting to a person lands in their conversation with the app."""
    answer = await answer_of(client.chat_postMessage(channel="U0GUEST", text="Hello"))
    assert answer["channel"].startswith("D")
    assert await simulator.person("U0GUEST").text("app") == "Hello"


async def test_invalid_blocks(client: AsyncWebClient):
    """A block that Slack refuses is named by a JSON pointer."""
    blocks = [*CARD, {"type": "actions", "elements": []}]
    answer = await answer_of(client.chat_postMessage(channel=OPEN, text="x", blocks=blocks))
    assert answer["error"] == "invalid_blocks"
    assert "[json-pointer:/blocks/1/elements]" in answer["errors"][0]
    assert answer["response_metadata"]["messages"] == [f"[ERROR] {one}" for one in answer["errors"]]


async def test_no_text(client: AsyncWebClient):
    """A message needs text, blocks or attachments."""
    answer = await answer_of(client.api_call("chat.postMessage", json={"channel": OPEN}))
    assert answer["error"] == "no_text"


async def test_update_keeps_what_is_not_given(client: AsyncWebClient):
    """Text alone takes the blocks away; metadata stays until it is replaced or emptied."""
    metadata = {"event_type": "key", "event_payload": {"id": "7"}}
    posted = await answer_of(
        client.chat_postMessage(channel=OPEN, text="x", blocks=CARD, metadata=metadata)
    )
    ts = posted["ts"]
    with_blocks = await answer_of(client.chat_update(channel=OPEN, ts=ts, text="y", blocks=CARD))
    assert "edited" not in with_blocks["message"]
    assert with_blocks["message"]["metadata"] == metadata
    text_only = await answer_of(client.chat_update(channel=OPEN, ts=ts, text="z"))
    assert "blocks" not in text_only["message"]
    assert text_only["message"]["edited"]["user"] == "U0BOT"
    emptied = await answer_of(client.chat_update(channel=OPEN, ts=ts, text="z", metadata={}))
    assert "metadata" not in emptied["message"]


async def test_only_own_messages_change(simulator: Simulator, client: AsyncWebClient):
    """The bot changes and deletes what it wrote, nothing else."""
    ts = await simulator.person("U0ORGANISER").says("open-internet", "mine")
    assert (await answer_of(client.chat_update(channel=OPEN, ts=ts, text="y")))[
        "error"
    ] == "cant_update_message"
    assert (await answer_of(client.chat_delete(channel=OPEN, ts=ts)))[
        "error"
    ] == "cant_delete_message"
    assert (await answer_of(client.chat_update(channel=OPEN, ts="1.0", text="y")))[
        "error"
    ] == "message_not_found"
    own = (await answer_of(client.chat_postMessage(channel=OPEN, text="x")))["ts"]
    await answer_of(client.chat_delete(channel=OPEN, ts=own))
    assert (await answer_of(client.chat_delete(channel=OPEN, ts=own)))[
        "error"
    ] == "message_not_found"


async def test_too_long(client: AsyncWebClient):
    """An update takes 4,000 characters, a new message is cut at 40,000 with a warning."""
    posted = await answer_of(client.chat_postMessage(channel=OPEN, text="x" * 40_001))
    assert len(posted["message"]["text"]) == 40_000
    assert posted["warning"] == "message_truncated"
    answer = await answer_of(client.chat_update(channel=OPEN, ts=posted["ts"], text="y" * 4_001))
    assert answer["error"] == "msg_too_long"


async def test_ephemeral(simulator: Simulator, client: AsyncWebClient):
    """An ephemeral message is seen by one member, is in no history and cannot be updated."""
    answer = await answer_of(client.chat_postEphemeral(channel=OPEN, user="U0GUEST", text="psst"))
    assert await simulator.person("U0GUEST").text("open-internet") == "psst"
    assert await simulator.person("U0ORGANISER").messages("open-internet") == []
    history = await answer_of(client.conversations_history(channel=OPEN))
    assert history["messages"] == []
    ts = answer["message_ts"]
    assert (await answer_of(client.chat_update(channel=OPEN, ts=ts, text="y")))[
        "error"
    ] == "message_not_found"
    outside = client.chat_postEphemeral(channel=OPEN, user="U0VISITOR", text="psst")
    assert (await answer_of(outside))["error"] == "user_not_in_channel"


async def test_permalink(client: AsyncWebClient, session: ClientSession):
    """A permalink leads to the local Slack's own page."""
    ts = (await answer_of(client.chat_postMessage(channel=OPEN, text="x")))["ts"]
    link = (await answer_of(client.chat_getPermalink(channel=OPEN, message_ts=ts)))["permalink"]
    async with session.get(link, allow_redirects=False) as response:
        assert response.headers["Location"] == f"/?channel={OPEN}&ts={ts}"
    missing = client.chat_getPermalink(channel=OPEN, message_ts="1.0")
    assert (await answer_of(missing))["error"] == "message_not_found"
