"""Drafts: a letter is written, and chosen people sign first."""

from bot.features.drafts.slack import first_signers, handlers, messages
from bot.slack.features import Features


def register(features: Features) -> None:
    """Register the feature."""
    handlers.register(features)
    first_signers.register(features)
    messages.register(features)
