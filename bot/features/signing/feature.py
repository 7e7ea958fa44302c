"""Signing: people sign, change and withdraw."""

from datetime import timedelta

from bot.features.signing.slack import delegates, handlers, messages
from bot.features.signing.use_cases import backfill
from bot.slack.features import Features


def register(features: Features) -> None:
    """Register the feature."""
    handlers.register(features)
    delegates.register(features)
    messages.register(features)
    features.every(timedelta(seconds=5), "file", lambda bot: backfill.file_released(bot.database))
