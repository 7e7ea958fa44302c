"""Delivery of a letter, exports of its list, and documents."""

from bot.features.delivery.slack import documents, export, handlers
from bot.slack.features import Features


def register(features: Features) -> None:
    """Register the feature."""
    handlers.register(features)
    export.register(features)
    documents.register(features)
