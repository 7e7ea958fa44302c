"""Privacy: a letter's history, what is kept about people, and how it is forgotten."""

from bot.features.privacy.slack import history
from bot.slack.features import Features


def register(features: Features) -> None:
    """Register the feature."""
    history.register(features)
