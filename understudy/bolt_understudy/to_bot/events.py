import asyncio
from dataclasses import replace
from typing import Any

from bolt_understudy.local_slack import VERIFICATION_TOKEN, LocalSlack
from bolt_understudy.to_bot.deliveries import Ack, Delivery
from bolt_understudy.workspace.channels import Channel

ATTEMPTS = ((0, 0.0), (1, 0.0), (2, 60.0), (3, 300.0))
"""Retry numbers, each with the seconds to wait before it by the local Slack's clock."""


def emit(
    slack: LocalSlack, event: dict[str, Any], *, name: str = "", channel: Channel | None = None
) -> asyncio.Future[Ack] | None:
    """Send an event to the bot, with Slack's retries, if the manifest subscribes to it.

    Args:
        slack: the local Slack.
        event: the inner event; `event_ts` is added if missing.
        name: the subscription, if it differs from the event's type (`message.im`).
        channel: the channel of the event.

    Returns:
        The outcome of the first attempt, or None if the app does not subscribe.
    """
    subscription = name or event["type"]
    if subscription not in slack.manifest.events:
        return None
    event.setdefault("event_ts", slack.workspace.new_ts())
    delivery = Delivery(
        kind="events_api",
        title=subscription,
        payload=_envelope(slack, event, channel),
        url=slack.manifest.events_url,
    )
    first: asyncio.Future[Ack] = asyncio.get_running_loop().create_future()
    slack.in_background(_deliver(slack, delivery, first))
    return first


async def _deliver(slack: LocalSlack, delivery: Delivery, first: asyncio.Future[Ack]) -> None:
    reason = ""
    try:
        for retry, delay in ATTEMPTS:
            if delay:
                await slack.clock.sleep_until(slack.clock.now() + delay)
            ack = await slack.transport.send(replace(delivery, retry=retry, reason=reason))
            if not first.done():
                first.set_result(ack)
            if ack.ok or ack.no_retry:
                return
            reason = ack.failure
    finally:
        if not first.done():
            first.set_result(Ack(failure="connection_failed", status=0))


def _envelope(slack: LocalSlack, event: dict[str, Any], channel: Channel | None) -> dict[str, Any]:
    workspace = slack.workspace
    where = f"-{channel.id}" if channel else ""
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": workspace.team.id,
        "api_app_id": workspace.app.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": workspace.new_id("Ev"),
        "event_time": int(slack.clock.now()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": workspace.team.id,
                "user_id": workspace.app.bot_user,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": bool(channel and channel.kind == "shared"),
        "event_context": f"4-{event['type']}-{workspace.team.id}-{workspace.app.app_id}{where}",
    }
