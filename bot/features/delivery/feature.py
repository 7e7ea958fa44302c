"""Delivery: a letter is handed over and exported."""

from bot.features.delivery.slack import export, handlers
from bot.slack.features import Features


def register(features: Features) -> None:
    """Register the feature."""
    handlers.register(features)
    export.register(features)
