from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from structlog.testing import capture_logs

from bot.slack.api_errors import UNREACHABLE, Said, said
from bot.slack.directory import Directory
from tests.slack.odd_slack import BUSY, odd_slack


async def _told(answer: dict[str, Any]) -> Said:
    async def respond(_: web.Request) -> web.Response:
        return web.Response(**answer)

    async with odd_slack(users_info=respond) as address:
        client = AsyncWebClient(base_url=address, retry_handlers=[])
        with pytest.raises(SlackApiError) as raised:
            await client.users_info(user="U1")
    return said(raised.value)


_REFUSED = '{"ok": false, "error": "ratelimited"}'


@pytest.mark.parametrize(
    ("answer", "name", "status", "seconds"),
    [
        (BUSY, "", 503, None),
        ({"text": "<html>", "content_type": "text/html", "status": 502}, "", 502, None),
        ({"text": '{"ok": false, "error": "user_not_found"}'}, "user_not_found", 200, None),
        ({"text": _REFUSED, "status": 429, "headers": {"Retry-After": "7"}}, "ratelimited", 429, 7),
        ({"text": _REFUSED, "status": 429, "headers": {"Retry-After": "soon"}}, "ratelimited", 429, None),
        ({"text": _REFUSED, "status": 429, "headers": {"Retry-After": "-1.5"}}, "ratelimited", 429, None),
        ({"text": _REFUSED, "status": 429, "headers": {"Retry-After": "9" * 30}}, "ratelimited", 429, None),
        ({"text": _REFUSED, "status": 429}, "ratelimited", 429, None),
    ],
)  # fmt: skip
async def test_said(answer: dict[str, Any], name: str, status: int, seconds: int | None) -> None:
    """Any answer has its name, its status and the time to wait read."""
    answer = {"content_type": "application/json", **answer}
    after = None if seconds is None else timedelta(seconds=seconds)

    told = await _told(answer)

    assert (told.name, told.status, told.retry_after) == (name, status, after)
    assert told.crowded == (status == 429)


async def test_a_profile_meets_an_odd_answer() -> None:
    """A look at a profile while a proxy answers for Slack finds Slack unreachable."""

    async def respond(_: web.Request) -> web.Response:
        return web.Response(**BUSY)

    async with odd_slack(users_info=respond) as address:
        client = AsyncWebClient(base_url=address, retry_handlers=[])
        with pytest.raises(UNREACHABLE):
            await Directory(client, "T1", client).profile("U1")


async def test_an_outage_is_said_once() -> None:
    """One line says that Slack is away, and one that it is back, however many people click."""
    answers: list[dict[str, Any]] = [
        BUSY,
        BUSY,
        BUSY,
        {"text": '{"ok": true, "user": {"id": "U1"}}'},
    ]

    async def respond(_: web.Request) -> web.Response:
        answer: dict[str, Any] = {"content_type": "application/json", **answers.pop(0)}
        return web.Response(**answer)

    async with odd_slack(users_info=respond) as address:
        client = AsyncWebClient(base_url=address, retry_handlers=[])
        with capture_logs() as lines:
            directory = Directory(client, "T1", client)
            for _ in range(3):
                with pytest.raises(UNREACHABLE):
                    await directory.profile("U1")
            assert await directory.profile("U1") is not None
    assert [line["event"] for line in lines] == [
        "directory.unavailable", "directory.available_again",
    ]  # fmt: skip
