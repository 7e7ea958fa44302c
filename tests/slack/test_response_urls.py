"""Answers go to Slack's hosts, or to the local Slack, and to nobody else."""

from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient
from structlog.testing import capture_logs

from bot.slack.payloads import whisper
from tests.slack.odd_slack import odd_slack


async def test_only_slack_is_answered() -> None:
    """An answer reaches the host of SLACK_API_URL, and no other one that a click names."""
    came: list[str] = []

    async def respond(request: web.Request) -> web.Response:
        came.append(str(request.url.origin()))
        return web.Response(text="ok")

    async with odd_slack(answer=respond) as slack, odd_slack(answer=respond) as another:
        client = AsyncWebClient(base_url=slack, retry_handlers=[])
        with capture_logs() as said:
            await whisper(client, f"{slack}answer", "Signed.")
            await whisper(client, f"{another}answer", "Signed.")
            await whisper(client, "https://hooks.slack.com.example.org/x", "Signed.")
            await whisper(client, "http://hooks.slack.com/x", "Signed.")
    assert came == [slack.partition("/api")[0]]
    assert [one["event"] for one in said] == ["response_url.not_slacks"] * 3
