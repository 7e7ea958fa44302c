"""Privacy: a letter's history, stored personal data, and its deletion."""

from datetime import timedelta

from bot.features.privacy.slack import history, personal
from bot.features.privacy.use_cases import expiry
from bot.slack.features import Features


def register(features: Features) -> None:
    """Register the feature."""
    history.register(features)
    personal.register(features)
    features.every(timedelta(hours=1), "privacy", lambda bot: expiry.forget_due(bot.database))
    features.every(timedelta(minutes=1), "scrub", lambda bot: bot.database.scrub_again())
