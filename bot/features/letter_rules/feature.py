"""Letter rules: how signatures are confirmed, shown and ordered."""

from datetime import timedelta

from bot.features.letter_rules import use_cases as letter_rules
from bot.features.letter_rules.slack import handlers
from bot.slack.features import Features


def register(features: Features) -> None:
    """Register the feature."""
    handlers.register(features)
    second = timedelta(seconds=1)
    features.every(second, "lift", lambda bot: letter_rules.lift_due(bot.database))
    features.every(second, "sooner", lambda bot: letter_rules.end_sooner(bot.database))
    features.every(second, "on the web", lambda bot: letter_rules.show_on_the_web(bot.database))
