"""Organisations: they are confirmed, contested, decided about and merged."""

from bot.features.organisations.slack import handlers, messages, removal_handlers
from bot.slack.features import Features


def register(features: Features) -> None:
    """Register the feature."""
    handlers.register(features)
    removal_handlers.register(features)
    messages.register(features)
