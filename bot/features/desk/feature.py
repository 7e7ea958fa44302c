"""The desk: help, the App Home, and the status of a letter."""

from bot.features.desk.slack import digest, home, settings, signers, status, window
from bot.features.desk.slack import help as guide
from bot.slack.features import Features


def register(features: Features) -> None:
    """Register the feature."""
    guide.register(features)
    home.register(features)
    digest.register(features)
    status.register(features)
    window.register(features)
    signers.register(features)
    settings.register(features)
