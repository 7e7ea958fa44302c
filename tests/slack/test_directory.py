"""Profiles of a large workspace: read in one pass, the newest kept."""

import asyncio

import pytest
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack import directory as directory_module
from bot.slack.directory import PAGE, Directory
from tests.slack.odd_slack import odd_slack

PEOPLE = 4 * PAGE


def person(number: int) -> dict[str, object]:
    return {"id": f"U{number}", "team_id": "T1", "real_name": f"Person {number}", "tz": "UTC"}


class Counted:
    """A Slack with many people that counts what it is asked."""

    def __init__(self) -> None:
        self.pages = 0
        self.looks = 0

    async def users_list(self, request: web.Request) -> web.Response:
        self.pages += 1
        sent = request.query
        start = int(sent.get("cursor") or 0)
        end = start + PAGE
        cursor = str(end) if end < PEOPLE else ""
        return web.json_response(
            {
                "ok": True,
                "members": [person(number) for number in range(start, end)],
                "response_metadata": {"next_cursor": cursor},
            }
        )

    async def users_info(self, request: web.Request) -> web.Response:
        self.looks += 1
        sent = request.query
        return web.json_response({"ok": True, "user": person(int(sent["user"][1:]))})


async def test_one_pass_for_all_who_ask() -> None:
    """Two who want everybody at the same time cost one pass, and a later click asks nothing."""
    slack = Counted()
    async with odd_slack(users_list=slack.users_list, users_info=slack.users_info) as address:
        client = AsyncWebClient(token="xoxb", base_url=address)
        directory = Directory(client, "T1", client)
        _, people, _ = await asyncio.gather(
            directory.fill(), directory.everyone(), directory.fill()
        )
        for number in range(0, PEOPLE, 7):
            assert await directory.profile(f"U{number}") is not None
    assert (slack.pages, slack.looks, len(people)) == (PEOPLE // PAGE, 0, PEOPLE)


async def test_the_newest_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """The oldest give way, and nobody else, if more people are there than are kept."""
    monkeypatch.setattr(directory_module, "MOST_KEPT", PEOPLE - 100)
    slack = Counted()
    async with odd_slack(users_list=slack.users_list, users_info=slack.users_info) as address:
        client = AsyncWebClient(token="xoxb", base_url=address)
        directory = Directory(client, "T1", client)
        await directory.fill()
        for number in range(100, PEOPLE):
            await directory.profile(f"U{number}")
        assert slack.looks == 0
        await directory.profile("U0")
        await directory.profile("U101")
        assert slack.looks == 1
        await directory.profile("U100")
        assert slack.looks == 2
