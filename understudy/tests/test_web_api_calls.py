from typing import Any

import pytest
from aiohttp import ClientSession

from tests.support.simulator import Simulator, running_simulator

from .bolt import answer_of, client_of


@pytest.mark.parametrize("form", ["get", "post query", "form", "json"])
async def test_argument_forms(simulator: Simulator, session: ClientSession, form: str):
    """A call may carry its arguments in any of the four ways that the SDK uses."""
    url = f"{simulator.api_url}users.info"
    given = {"user": "U0GUEST", "include_locale": "true"}
    headers = {"Authorization": f"Bearer {simulator.bot_token}"}
    how: dict[str, dict[str, Any]] = {
        "get": {"method": "GET", "params": given},
        "post query": {"method": "POST", "params": given},
        "form": {"method": "POST", "data": given},
        "json": {"method": "POST", "json": {"user": "U0GUEST", "include_locale": True}},
    }
    async with session.request(url=url, headers=headers, **how[form]) as response:
        answer = await response.json()
    assert answer["user"]["is_restricted"] is True
    assert answer["user"]["locale"] == "en-GB"


async def test_nested_json_in_a_form(simulator: Simulator, session: ClientSession):
    """Blocks and metadata may come as strings of JSON, and the token as an argument."""
    given = {
        "token": simulator.bot_token,
        "channel": "C0OPENINTERNET",
        "text": "x",
        "blocks": '[{"type": "divider"}]',
        "metadata": '{"event_type": "key", "event_payload": {"id": "1"}}',
    }
    async with session.post(f"{simulator.api_url}chat.postMessage", data=given) as response:
        answer = await response.json()
    assert answer["message"]["blocks"][0]["type"] == "divider"
    assert answer["message"]["blocks"][0]["block_id"]
    assert answer["message"]["metadata"]["event_payload"] == {"id": "1"}


@pytest.mark.parametrize(
    ("method", "token", "error"),
    [
        ("auth.test", "", "not_authed"),
        ("auth.test", "xoxb-other", "invalid_auth"),
        ("chat.postMessage", "xapp-simulator", "not_allowed_token_type"),
        ("apps.connections.open", "xoxb-simulator", "not_allowed_token_type"),
        ("no.method", "xoxb-simulator", "unknown_method"),
    ],
)
async def test_token_errors(
    simulator: Simulator, session: ClientSession, method: str, token: str, error: str
):
    """Each wrong token has Slack's own error."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with session.post(f"{simulator.api_url}{method}", headers=headers) as response:
        answer = await response.json()
    assert (answer["ok"], answer["error"]) == (False, error)


@pytest.mark.parametrize(
    ("body", "error"),
    [("{", "invalid_json"), ("[]", "json_not_object")],
)
async def test_broken_json(simulator: Simulator, session: ClientSession, body: str, error: str):
    """A JSON body that is no object is refused by name."""
    async with session.post(
        f"{simulator.api_url}auth.test",
        data=body,
        headers={"Content-Type": "application/json", "Authorization": "Bearer xoxb-simulator"},
    ) as response:
        assert (await response.json())["error"] == error


async def test_missing_scope():
    """A scope that the manifest does not ask for is missing, and the answer says which."""
    bare = {
        "display_information": {"name": "Bare"},
        "oauth_config": {"scopes": {"bot": ["commands"]}},
    }
    async with running_simulator(manifest=bare) as simulator, ClientSession() as session:
        headers = {"Authorization": f"Bearer {simulator.bot_token}"}
        async with session.get(f"{simulator.api_url}team.info", headers=headers) as response:
            answer = await response.json()
            assert response.headers["X-OAuth-Scopes"] == "commands"
        assert answer == {
            "ok": False,
            "error": "missing_scope",
            "needed": "team:read",
            "provided": "commands",
        }


async def test_auth_test(simulator: Simulator, session: ClientSession):
    """auth.test names the team, the bot and its user."""
    answer = await answer_of(client_of(simulator, session).auth_test())
    assert answer["team_id"] == "T0COALITION"
    assert answer["user_id"] == "U0BOT"
    assert answer["bot_id"] == "B0BOT"


async def test_calls_are_kept(simulator: Simulator, session: ClientSession):
    """Every call is kept with its arguments, its answer and the caller's name."""
    await answer_of(client_of(simulator, session).conversations_info(channel="C0GENERAL"))
    calls = await simulator.calls("conversations.info")
    assert calls[0]["args"] == {"channel": "C0GENERAL"}
    assert calls[0]["answer"]["channel"]["name"] == "general"
    assert "slackclient" in calls[0]["user_agent"]
