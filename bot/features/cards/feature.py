"""Cards: a letter is posted to channels, and its cards are removed."""

from bot.features.cards.slack import card, handlers, messages
from bot.slack.features import Features


def register(features: Features) -> None:
    """Register the feature."""
    handlers.register(features)
    card.register(features)
    messages.register(features)
