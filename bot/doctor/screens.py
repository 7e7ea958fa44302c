"""Checks of every screen with Slack's `blocks.validate`, which names errors in the blocks.

`screens.json` holds the screens, drawn from made-up facts; tests write it (`make words`).
https://docs.slack.dev/reference/methods/blocks.validate
"""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import orjson
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.doctor.findings import Finding, fine, skipped, wrong
from bot.logs import name_of
from bot.settings import Settings
from bot.slack.models.values import Shape

SCREENS = Path(__file__).with_name("screens.json")
BETWEEN_S = 1.0
TIMEOUT_S = 10
SHOWN = 3
"""The most errors that are named for one screen."""


class _Fault(Shape):
    pointer: str | None = None
    message: str | None = None


class _Faults(Shape):
    errors: list[_Fault] | None = None


async def screen_checks(settings: Settings, between_s: float = BETWEEN_S) -> AsyncIterator[Finding]:
    """Send every screen to Slack's own check, about one a second, as Slack allows."""
    client = AsyncWebClient(base_url=settings.slack_api_url, timeout=TIMEOUT_S, retry_handlers=[])
    refused, screens = 0, orjson.loads(SCREENS.read_bytes())
    for screen in screens:
        what = orjson.dumps(screen["what"]).decode()
        try:
            await client.api_call("blocks.validate", json={screen["kind"]: what})
        except SlackApiError as error:
            error_name = name_of(error)
            if not error_name.startswith("invalid_"):
                yield skipped("screens", f"Slack isn't checking screens right now ({error_name}).")
                return
            refused += 1
            yield wrong(
                "screens",
                f"Slack refuses the screen “{screen['name']}”: {_said(error)}",
                "Tell the developers which version this is (`undersigned --version`).",
            )
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            yield skipped("screens", f"Slack didn't answer ({name_of(error)}).")
            return
        await asyncio.sleep(between_s)
    if not refused:
        yield fine("screens", f"Slack accepts all {len(screens)} screens that were sent.")


def _said(error: SlackApiError) -> str:
    response: Any = error.response
    try:
        faults = _Faults.model_validate(getattr(response, "data", None)).errors or []
    except ValueError:
        faults = []
    said = [f"{one.pointer or ''}: {one.message or ''}" for one in faults[:SHOWN]]
    return "; ".join(said) or name_of(error)
