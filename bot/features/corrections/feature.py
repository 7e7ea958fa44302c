"""Corrections of entries by an organiser, who asks or informs their signer."""

from bot.features.corrections.slack import handlers
from bot.slack.features import Features


def register(features: Features) -> None:
    """Register the feature."""
    handlers.register(features)
