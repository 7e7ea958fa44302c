"""Slack says that the app was removed: `app_uninstalled` and `tokens_revoked`, in either order."""

from bot.features.privacy.use_cases import departure
from bot.slack.features import Features
from bot.slack.payloads import Event


def register(features: Features) -> None:
    """Register both events."""
    features.on_event("app_uninstalled", _gone)
    features.on_event("tokens_revoked", _revoked)


async def _revoked(event: Event) -> None:
    """Tokens of people are none of ours: only the bot's ends it."""
    tokens = event.event.get("tokens")
    if isinstance(tokens, dict) and tokens.get("bot"):
        await _gone(event)


async def _gone(event: Event) -> None:
    bot = event.bot
    until = await departure.note_departure(bot.database, workspace=bot.workspace)
    departure.tell_operator(bot.workspace, until)
