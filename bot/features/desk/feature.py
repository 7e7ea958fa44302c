"""The desk: help, the App Home, and the status of a letter."""

from bot.features.desk.slack import digest, settings, signers, window
from bot.features.desk.slack import help as guide
from bot.slack.features import Features


def register(features: Features) -> None:
    """Register the feature."""
    for part in (guide, digest, window, signers, settings):
        part.register(features)
