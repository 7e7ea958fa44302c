"""Answers to a click through its `response_url`, which Slack does not count in any rate limit."""

from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

ONLY_THEM: Mapping[str, Any] = {"response_type": "ephemeral", "replace_original": False}
"""Options for a new message that only the person sees."""
INSTEAD: Mapping[str, Any] = {"replace_original": True}
"""Options to replace the message of the click."""


async def respond(
    client: AsyncWebClient,
    url: str,
    how: Mapping[str, Any],
    text: str,
    blocks: Sequence[dict[str, Any]] = (),
) -> None:
    """Post to a click's `response_url`, which accepts five answers within half an hour."""
    hook = AsyncWebhookClient(
        url,
        session=client.session,
        retry_handlers=[],
        logger=client._logger,  # noqa: SLF001 - one logger for all of Slack's clients
    )
    body: dict[str, Any] = {"text": text, **how}
    if blocks:
        body["blocks"] = list(blocks)
    await hook.send_dict(body)
