"""Signing: giving, changing and withdrawing a signature."""

from bot.features.signing.slack import crowded, delegates, handlers, messages, opening
from bot.slack.features import Features


def register(features: Features) -> None:
    """Register the feature."""
    for part in (opening, handlers, crowded, delegates, messages):
        part.register(features)
