"""Collected signatures: signatures given outside Slack, which an organiser adds."""

from bot.features.collected.slack import handlers
from bot.slack.features import Features


def register(features: Features) -> None:
    """Register the feature."""
    handlers.register(features)
