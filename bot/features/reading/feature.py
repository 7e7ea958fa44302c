"""Reading of a letter's text and the list of its signers."""

from bot.features.reading.slack import views
from bot.slack.features import Features


def register(features: Features) -> None:
    """Register the feature."""
    views.register(features)
