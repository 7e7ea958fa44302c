"""Drafts: writing, previewing, posting and deleting a letter."""

from bot.features.drafts.slack import handlers
from bot.slack.features import Features


def register(features: Features) -> None:
    """Register the feature."""
    handlers.register(features)
