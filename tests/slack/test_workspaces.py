"""Payloads count only in the workspace that they were sent for."""

from typing import Any

import aiohttp
import pytest
from aiohttp import web
from slack_bolt.async_app import AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient
from structlog.testing import capture_logs

from bot.app import build_app, registered
from bot.documents.commands import DocumentCommands
from bot.slack.bot import Bot
from bot.slack.directory import Directory
from bot.storage.database import Database
from tests.slack.odd_slack import BUSY, odd_slack
from tests.support.letters import WORKSPACE

OTHER, PARTNER = "T0ANOTHER", "T0PARTNER"
COMMAND = {
    "command": "/letter",
    "text": "help",
    "trigger_id": "t1",
    "user_id": "U0MEMBER",
    "channel_id": "C1",
}
USER = {"id": "U0MEMBER", "team_id": PARTNER}
ACTIONS = [{"action_id": "unknown", "type": "button", "value": "1"}]


def _view(workspace: str) -> dict[str, Any]:
    return {
        "id": "V1",
        "type": "modal",
        "callback_id": "unknown",
        "app_installed_team_id": workspace,
    }


def _payloads(workspace: str) -> dict[str, dict[str, Any]]:
    """One payload of each kind, sent for a workspace; in views the person is from elsewhere."""
    theirs = {
        "user": USER,
        "trigger_id": "t1",
        "team": {"id": PARTNER},
        "enterprise": {"id": "E0PARTNER"},
    }
    ours = theirs | {"team": {"id": workspace}}
    return {
        "command": COMMAND | {"team_id": workspace},
        "event": {
            "type": "event_callback", "team_id": workspace, "event_id": "Ev1", "event": {"type": "unknown"},
        },
        "shortcut": ours | {"type": "shortcut", "callback_id": "unknown"},
        "message shortcut": ours | {"type": "message_action", "callback_id": "unknown"},
        "click in a message": ours | {"type": "block_actions", "actions": ACTIONS},
        "click in a view": theirs | {"type": "block_actions", "actions": ACTIONS, "view": _view(workspace)},
        "submission": theirs | {"type": "view_submission", "view": _view(workspace)},
        "closing": theirs | {"type": "view_closed", "view": _view(workspace)},
    }  # fmt: skip


async def _busy(_: web.Request) -> web.Response:
    return web.Response(**BUSY)


async def _status(database: Database, body: dict[str, Any], times: int = 1) -> int:
    async with odd_slack(users_info=_busy) as address, aiohttp.ClientSession() as session:
        client = AsyncWebClient(
            token="xoxb-1", base_url=address, session=session, retry_handlers=[]
        )
        app = build_app(
            Bot(
                workspace=WORKSPACE,
                user="U0BOT",
                database=database,
                client=client,
                directory=Directory(client, WORKSPACE, client),
                documents=DocumentCommands("sqlite+aiosqlite:///:memory:"),
            ),
            registered(),
        )
        answers = [
            await app.async_dispatch(AsyncBoltRequest(mode="socket_mode", body=dict(body)))
            for _ in range(times)
        ]
    return answers[-1].status


@pytest.mark.parametrize("kind", _payloads(WORKSPACE))
async def test_another_workspace(database: Database, kind: str) -> None:
    """A payload for another workspace is refused, and ours is taken, from foreign people too."""
    assert await _status(database, _payloads(OTHER)[kind]) == 400
    assert await _status(database, _payloads(WORKSPACE)[kind]) == 200


async def test_another_workspace_is_logged_once(database: Database) -> None:
    """Any number of payloads for another workspace are one line of the log."""
    with capture_logs() as said:
        assert await _status(database, _payloads(OTHER)["command"], times=5) == 400
    assert [one["event"] for one in said] == ["slack.another_workspace"]


@pytest.mark.parametrize("kind", ["click in a view", "submission"])
async def test_nameless_view(database: Database, kind: str) -> None:
    """A view that does not say where its app is installed is refused."""
    body = _payloads(WORKSPACE)[kind]
    del body["view"]["app_installed_team_id"]
    assert await _status(database, body) == 400
