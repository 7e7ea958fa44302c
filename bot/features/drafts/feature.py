"""Drafts: a letter is written, previewed, and posted or deleted."""

from bot.features.drafts.slack import handlers
from bot.slack.features import Features


def register(features: Features) -> None:
    """Register the feature."""
    handlers.register(features)
