"""Reading: a letter and the list of those who signed it."""

from bot.features.reading.slack import handlers
from bot.slack.features import Features


def register(features: Features) -> None:
    """Register the feature."""
    handlers.register(features)
