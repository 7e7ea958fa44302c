from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.support.simulator import Simulator

from .bolt import answer_of
from .test_messages import GENERAL, OPEN, PRIVATE


async def test_list_pages_through_everything(client: AsyncWebClient):
    """Cursors lead through every channel that the bot may know, once each."""
    found: list[str] = []
    cursor: str | None = None
    while cursor != "":
        answer = await answer_of(
            client.conversations_list(
                types="public_channel,private_channel", limit=1, cursor=cursor
            )
        )
        found += [channel["name"] for channel in answer["channels"]]
        cursor = answer["response_metadata"]["next_cursor"]
    assert sorted(found) == ["general", "open-internet", "partners"]


async def test_invalid_cursor(client: AsyncWebClient):
    """A cursor of another method is refused."""
    assert (await answer_of(client.conversations_list(cursor="bogus")))["error"] == "invalid_cursor"


async def test_info(client: AsyncWebClient):
    """A shared channel says so; a private one without the bot is not found."""
    shared = (await answer_of(client.conversations_info(channel="C0PARTNERS")))["channel"]
    assert shared["is_ext_shared"] is True
    assert shared["connected_team_ids"] == ["T0ELSEWHERE"]
    counted = await answer_of(client.conversations_info(channel=OPEN, include_num_members=True))
    assert counted["channel"]["num_members"] == 8
    assert (await answer_of(client.conversations_info(channel=PRIVATE)))[
        "error"
    ] == "channel_not_found"


async def test_members(client: AsyncWebClient):
    """Members come in pages."""
    first = await answer_of(client.conversations_members(channel=OPEN, limit=5))
    rest = await answer_of(
        client.conversations_members(
            channel=OPEN, limit=5, cursor=first["response_metadata"]["next_cursor"]
        )
    )
    assert len(first["members"]) == 5
    assert len({*first["members"], *rest["members"]}) == 8
    assert rest["response_metadata"]["next_cursor"] == ""


async def test_join(simulator: Simulator, client: AsyncWebClient):
    """The bot joins a public channel; a second time there is a warning."""
    assert (await answer_of(client.conversations_join(channel=GENERAL)))["channel"]["is_member"]
    assert (await answer_of(client.conversations_join(channel=GENERAL)))[
        "warning"
    ] == "already_in_channel"
    await simulator.change_channel(PRIVATE, add=["U0BOT"])
    answer = await answer_of(client.conversations_join(channel=PRIVATE))
    assert answer["error"] == "method_not_supported_for_channel_type"


@pytest.mark.parametrize(
    ("user", "error"),
    [
        ("U0LEFT", "user_disabled"),
        ("U0NOBODY", "user_not_found"),
        ("U0OTHERBOT", "cannot_dm_bot"),
        ("USLACKBOT", "cannot_dm_bot"),
    ],
)
async def test_open_refusals(client: AsyncWebClient, user: str, error: str):
    """A direct message is for people with a living account."""
    assert (await answer_of(client.conversations_open(users=user)))["error"] == error


async def test_open(simulator: Simulator, client: AsyncWebClient):
    """Someone who shares a channel can be written to; a stranger cannot."""
    first = await answer_of(client.conversations_open(users="U0VISITOR"))
    again = await answer_of(client.conversations_open(users="U0VISITOR", return_im=True))
    assert again["already_open"] is True
    assert again["channel"]["id"] == first["channel"]["id"]
    assert again["channel"]["user"] == "U0VISITOR"
    await simulator.change_channel("C0PARTNERS", remove=["U0VISITOR"])
    answer = await answer_of(client.conversations_open(users="U0VISITOR"))
    assert answer["error"] == "invalid_user_combination"


async def test_history(simulator: Simulator, client: AsyncWebClient):
    """History is newest first, bounded by times, paged, and holds metadata back unless asked."""
    metadata: dict[str, Any] = {"event_type": "key", "event_payload": {"id": "7"}}
    sent = [
        (
            await answer_of(
                client.chat_postMessage(channel="U0GUEST", text=str(n), metadata=metadata)
            )
        )
        for n in range(4)
    ]
    dm = sent[0]["channel"]
    first = await answer_of(client.conversations_history(channel=dm, limit=3))
    assert [message["text"] for message in first["messages"]] == ["3", "2", "1"]
    assert first["has_more"] is True
    assert first["messages"][0]["metadata"] == {"event_type": "key"}
    rest = await answer_of(
        client.conversations_history(
            channel=dm, cursor=first["response_metadata"]["next_cursor"], include_all_metadata=True
        )
    )
    assert [message["text"] for message in rest["messages"]] == ["0"]
    assert rest["messages"][0]["metadata"] == metadata
    ts = sent[1]["ts"]
    one = await answer_of(
        client.conversations_history(channel=dm, oldest=ts, latest=ts, inclusive=True, limit=1)
    )
    assert [message["text"] for message in one["messages"]] == ["1"]
    assert (await answer_of(client.conversations_history(channel=dm, oldest=ts, latest=ts)))[
        "messages"
    ] == []
    assert (await answer_of(client.conversations_history(channel=GENERAL)))[
        "error"
    ] == "not_in_channel"
    await simulator.change_channel(PRIVATE, add=["U0BOT"])
    missing = await answer_of(client.conversations_history(channel=PRIVATE))
    assert (missing["error"], missing["needed"]) == ("missing_scope", "groups:history")


async def test_users_conversations(client: AsyncWebClient):
    """Without a user it is the bot's channels; with one, theirs that the bot sees."""
    own = await answer_of(client.users_conversations(types="public_channel,private_channel"))
    assert [channel["name"] for channel in own["channels"]] == ["open-internet", "partners"]
    theirs = await answer_of(
        client.users_conversations(user="U0ORGANISER", types="public_channel,private_channel")
    )
    assert "steering-group" not in [channel["name"] for channel in theirs["channels"]]
