"""Signing: people sign, change and withdraw."""

from bot.features.signing.slack import delegates, handlers, messages
from bot.slack.features import Features


def register(features: Features) -> None:
    """Register the feature."""
    handlers.register(features)
    delegates.register(features)
    messages.register(features)
