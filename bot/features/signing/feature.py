"""Signing: giving, changing and withdrawing a signature."""

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.features.signing.slack import approvals, crowded, delegates, handlers, messages, opening
from bot.features.signing.use_cases import codes
from bot.features.signing.web import asking
from bot.features.signing.web import messages as mails
from bot.slack.bot import Bot
from bot.slack.features import Features

if TYPE_CHECKING:
    from starlette.routing import Route


def register(features: Features) -> None:
    """Register the feature."""
    for part in (opening, handlers, approvals, crowded, delegates, messages, mails, asking):
        part.register(features)
    features.on_pages(_routes)
    features.every(timedelta(hours=1), "codes", lambda bot: codes.forget_old(bot.database))


def _routes(bot: Bot) -> "list[Route]":
    # The web libraries are loaded only if pages are served.
    from bot.features.signing.web.answers import Signing  # noqa: PLC0415

    return Signing(bot).routes() if bot.keys else []
