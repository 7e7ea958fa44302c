"""Cards: posting a letter to channels, and removing its cards."""

from bot.features.cards.slack import card, handlers
from bot.slack.features import Features


def register(features: Features) -> None:
    """Register the feature."""
    handlers.register(features)
    card.register(features)
