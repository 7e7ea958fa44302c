"""Organisations: confirmation, objections, decisions and merges."""

from datetime import timedelta

from bot.features.organisations.slack import handlers, messages, moderation
from bot.features.organisations.use_cases import likely_pairs
from bot.slack.features import Features


def register(features: Features) -> None:
    """Register the feature."""
    handlers.register(features)
    messages.register(features)
    moderation.register(features)
    features.every(timedelta(seconds=20), "compare", lambda bot: likely_pairs.compare(bot.database))
