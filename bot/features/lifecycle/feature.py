"""Lifecycle: closing, extending, reopening and cancelling a letter, and its organisers."""

from datetime import timedelta

from bot.features.lifecycle import use_cases as lifecycle
from bot.features.lifecycle.slack import details, handlers, messages
from bot.slack.features import Features


def register(features: Features) -> None:
    """Register the feature."""
    handlers.register(features)
    details.register(features)
    messages.register(features)
    features.every(timedelta(seconds=1), "close", lambda bot: lifecycle.close_due(bot.database))
