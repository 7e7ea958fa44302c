"""Reminders to people who have not signed."""

from datetime import timedelta

from bot.features.reminders.slack import handlers, messages
from bot.features.reminders.use_cases import reminders
from bot.slack.features import Features


def register(features: Features) -> None:
    """Register the feature."""
    handlers.register(features)
    messages.register(features)
    features.every(timedelta(seconds=30), "gather", handlers.gather)
    noticed: reminders.Noticed = {}
    features.every(
        timedelta(seconds=1), "remind", lambda bot: reminders.plan_due(bot.database, noticed)
    )
