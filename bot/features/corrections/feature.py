"""Corrections: an organiser corrects an entry, with its signer's consent or informing them."""

from bot.features.corrections.slack import handlers, messages
from bot.slack.features import Features


def register(features: Features) -> None:
    """Register the feature."""
    handlers.register(features)
    messages.register(features)
