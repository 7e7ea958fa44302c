"""Slack says that the app was removed: `app_uninstalled` and `tokens_revoked`, in either order."""

from typing import Any

from datetime import timedelta

from slack_sdk.errors import SlackApiError

from bot.features.privacy.use_cases import departure
from bot.slack.bot import Bot
from bot.slack.features import Features
from bot.slack.payloads import Event
from bot.slack.shapes import TokensRevoked, Uninstalled


def register(features: Features) -> None:
    """Register both events, and what follows from them."""
    features.on_event("app_uninstalled", Uninstalled, _gone)
    features.on_event("tokens_revoked", TokensRevoked, _revoked)


async def _revoked(event: Event[TokensRevoked]) -> None:
    """Tokens of people are none of ours: only the bot's ends it."""
    if event.said.of_bots:
        await _gone(event)


async def _gone(event: Event[Any]) -> None:
    bot = event.bot
    until = await departure.note_departure(bot.database, workspace=bot.workspace)
    departure.tell_operator(bot.workspace, until)
