"""Amendments: changes of a posted letter's text, and the signers' answers."""

from datetime import timedelta

from bot.features.amendments.slack import changes, handlers, messages
from bot.features.amendments.use_cases import amendments, proposals
from bot.slack.features import Features


def register(features: Features) -> None:
    """Register the feature."""
    for part in (handlers, changes, messages):
        part.register(features)
    features.every(
        timedelta(seconds=5), "answers", lambda bot: amendments.remind_silent(bot.database)
    )
    features.every(timedelta(seconds=1), "drop", lambda bot: amendments.drop_silent(bot.database))
    features.every(
        timedelta(minutes=10), "forget proposals", lambda bot: proposals.forget(bot.database)
    )
