"""Delivery of a letter, exports of its list, documents, and its public page."""

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.features.delivery.slack import handlers, updates
from bot.features.delivery.use_cases import updates as told
from bot.slack.bot import Bot
from bot.slack.features import Features

if TYPE_CHECKING:
    from starlette.routing import Route


def register(features: Features) -> None:
    """Register the feature."""
    handlers.register(features)
    updates.register(features)
    features.on_pages(_routes)
    features.every(timedelta(seconds=5), "tell", lambda bot: told.tell(bot.database))


def _routes(bot: Bot) -> "list[Route]":
    # The web libraries are loaded only if pages are served.
    from bot.features.delivery.web.answers import Pages  # noqa: PLC0415

    return Pages(bot.database, public_url=bot.public_url, contact=bot.contact).routes()
