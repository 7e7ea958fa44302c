"""Removal of the app: Slack sends `app_uninstalled` and `tokens_revoked`, in any order."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.features.privacy.use_cases import departure
from bot.slack.bot import Bot
from bot.slack.features import Features
from bot.slack.models.shapes import TokensRevoked, Uninstalled
from bot.slack.payloads import Event


def register(features: Features) -> None:
    """Register both events, and the job that erases departed workspaces."""
    features.on_event("app_uninstalled", Uninstalled, _gone)
    features.on_event("tokens_revoked", TokensRevoked, _revoked)
    features.every(timedelta(hours=1), "departed", settle)


async def settle(bot: Bot) -> list[str]:
    """Erase workspaces that removed the app long enough ago; return their ids.

    A workspace whose token works has the app: Slack may report a removal long afterwards, when the
    app has been installed again.
    """
    if await departure.left_at(bot.database, workspace=bot.workspace):
        with suppress(SlackApiError):
            await bot.client.auth_test()
            await departure.note_return(bot.database, workspace=bot.workspace)
    return await departure.erase_departed(bot.database)


async def _revoked(event: Event[TokensRevoked]) -> None:
    # Only the bot's tokens matter, since the app uses none of people.
    if event.said.of_bots:
        await _gone(event)


async def _gone(event: Event[Any]) -> None:
    bot = event.bot
    until = await departure.note_departure(bot.database, workspace=bot.workspace)
    departure.tell_operator(bot.workspace, until)
