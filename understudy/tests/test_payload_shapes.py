"""The payloads that the bot is sent, field by field against Slack's own samples."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bolt_understudy.to_bot.signed_http import signature
from tests.facts.derive import fields
from tests.facts.kept import kept
from tests.support.simulator import Simulator

from .bolt import answer_of
from .receiver import receiving
from .test_modals import button, field, modal, opened

EVERY_FIELD: dict[str, dict[str, str]] = kept("payloads")["every_field"]
"""Every field of each payload and answer that Slack was seen to send, with its types."""
ALWAYS: dict[str, dict[str, str]] = kept("payloads")["always"]
"""Fields of one payload of a kind that Slack sent."""


def not_of(name: str, ours: Any) -> list[str]:
    """The fields of ours that Slack does not send, or sends as another type."""
    theirs = EVERY_FIELD[name]
    bare = {path for path in theirs if not any(other.startswith(f"{path}/") for other in theirs)}
    wrong: list[str] = []
    for path, types in fields(ours).items():
        above = path.rpartition("/")[0]
        while above and above not in theirs:
            above = above.rpartition("/")[0]
        if path not in theirs:
            # An object that was empty in the sample may hold anything.
            free = above in bare and theirs[above] == "object"
            wrong += [] if free else [path]
        elif "null" not in theirs[path]:
            wrong += [f"{path}: {kind}" for kind in types - {"null", *theirs[path].split("|")}]
    return wrong


def top(paths: dict[str, str], under: str = "") -> set[str]:
    """The names of the fields directly under a path."""
    return {
        path.removeprefix(under)
        for path in paths
        if path.startswith(under) and not {"/", "["} & set(path.removeprefix(under))
    }


async def test_commands(simulator: Simulator):
    """A slash command has exactly the fields of Slack's sample, but for those of an enterprise."""
    async with receiving(simulator) as receiver:
        await simulator.person("U0MEMBER1").command("steering-group", "/letter a b")
        theirs = set(EVERY_FIELD["slash_command"])
        assert set(receiver.last) == theirs - {"enterprise_id", "enterprise_name"}
        assert {type(value) for value in receiver.last.values()} == {str}
        assert receiver.last["channel_name"] == "privategroup"
        assert (receiver.last["command"], receiver.last["text"]) == ("/letter", "a b")


async def test_clicks_in_messages(simulator: Simulator, client: AsyncWebClient):
    """A click in a message has no field that Slack does not send, and all that Bolt's sample has."""
    async with receiving(simulator) as receiver:
        blocks = [button("more")]
        await answer_of(client.chat_postMessage(channel="C0OPENINTERNET", text="x", blocks=blocks))
        await simulator.person("U0MEMBER1").click("More", channel="open-internet")
        ours = receiver.last
        assert not_of("block_actions", ours) == []
        assert top(ALWAYS["block_actions"]) - set(ours) == set()
        assert top(ALWAYS["block_actions"], "actions[]/") - set(ours["actions"][0]) == {"value"}


async def test_shortcuts(simulator: Simulator):
    """Both kinds of shortcut have the fields of Slack's samples."""
    async with receiving(simulator) as receiver:
        person = simulator.person("U0MEMBER1")
        await person.shortcut("start")
        assert top(ALWAYS["shortcut"]) - set(receiver.last) == set()
        ts = await person.says("open-internet", "*Dear* all\n• one\n• two")
        await person.shortcut("make_letter", channel="open-internet", ts=ts)
        assert not_of("message_action", receiver.last) == []
        assert top(ALWAYS["message_action"]) - set(receiver.last) == set()
        assert receiver.last["message"]["blocks"][0]["type"] == "rich_text"


@pytest.mark.parametrize("name", ["view_submission", "view_closed"])
async def test_views(simulator: Simulator, client: AsyncWebClient, name: str):
    """A submitted and a closed modal have the fields of Slack's samples."""
    async with receiving(simulator) as receiver:
        person = simulator.person("U0MEMBER1")
        view = modal("Form", field("Name", optional=True), notify_on_close=True)
        await opened(person, receiver, client, view)
        await (person.submit() if name == "view_submission" else person.close())
        extra = {"view/blocks"}  # an app puts them there, so the sample has none
        if name == "view_submission":
            extra.add("response_urls")
        ours = receiver.last
        assert set(not_of(name, ours)) == extra
        assert top(EVERY_FIELD[name], "view/") - set(ours["view"]) == set()


EVENTS = ["app_home_opened", "channel_archive", "member_joined_channel", "team_join", "user_change"]


@pytest.mark.parametrize("kind", EVENTS)
async def test_events(simulator: Simulator, kind: str):
    """An event and its envelope have no field that Slack does not send."""
    async with receiving(simulator) as receiver:
        await simulator.change_person("U0NEW", real_name="New Member")
        await simulator.change_person("U0NEW", tz="Asia/Tokyo")
        await simulator.change_channel("C0OPENINTERNET", add=["U0NEW"], archive=True)
        await simulator.person("U0NEW").open_home()
        ours = next(
            one.payload for one in receiver.received if one.payload["event"]["type"] == kind
        )
        known = {"event/event_ts"}  # Slack's page of user_change shows it, the sample does not
        assert set(not_of(kind, ours)) <= known
        if kind == "member_joined_channel":
            assert top(EVERY_FIELD[kind], "event/") - set(ours["event"]) == {"enterprise"}


async def test_people_of_other_organisations(simulator: Simulator, client: AsyncWebClient):
    """In a message the team is the installing one; in a view it is the person's own."""
    async with receiving(simulator) as receiver:
        visitor = simulator.person("U0VISITOR")
        blocks = [button("more")]
        await answer_of(client.chat_postMessage(channel="C0PARTNERS", text="x", blocks=blocks))
        await visitor.click("More", channel="partners")
        clicked = receiver.last
        assert (clicked["team"]["id"], clicked["user"]["team_id"]) == ("T0COALITION", "T0ELSEWHERE")
        await answer_of(client.views_open(trigger_id=clicked["trigger_id"], view=modal()))
        await visitor.submit()
        sent = receiver.last
        assert sent["type"] == "view_submission"
        assert (sent["team"]["id"], sent["user"]["team_id"]) == ("T0ELSEWHERE", "T0ELSEWHERE")
        assert sent["view"]["app_installed_team_id"] == "T0COALITION"


ANSWERS = [
    "conversations.info",
    "team.info",
    "bots.info",
    "users.info",
    "auth.test",
    "chat.postMessage",
]


@pytest.mark.parametrize("method", ANSWERS)
async def test_answers(simulator: Simulator, client: AsyncWebClient, method: str):
    """An answer of the Web API has no field that Slack's does not have."""
    del simulator
    args: dict[str, dict[str, Any]] = {
        "conversations.info": {"channel": "C0PARTNERS", "include_num_members": True},
        "bots.info": {"bot": "B0BOT"},
        "users.info": {"user": "U0MEMBER1", "include_locale": True},
        "chat.postMessage": {"channel": "C0OPENINTERNET", "text": "x"},
    }
    ours = await answer_of(client.api_call(method, params=args.get(method, {})))
    assert ours["ok"], ours
    assert not_of(method, ours) == []


async def test_requests_are_signed(simulator: Simulator):
    """The signature covers the raw body with the machine's time."""
    async with receiving(simulator) as receiver:
        await simulator.clock(advance=86_400)
        await simulator.person("U0MEMBER1").command("open-internet", "/letter ü & =")
        one = receiver.received[0]
        stamp = one.headers["X-Slack-Request-Timestamp"]
        expected = signature(simulator.signing_secret, stamp, one.raw)
        assert one.headers["X-Slack-Signature"] == expected


def test_signature_vector():
    """The signature is the one that Slack's documentation computes."""
    body = (
        "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow"
        "&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner"
        "&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands"
        "%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
        "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
    )
    expected = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
    secret = "8f742231b10e8888abcd99yyyzzz85a5"
    assert signature(secret, "1531420618", body.encode()) == expected
