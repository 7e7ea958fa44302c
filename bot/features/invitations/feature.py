"""Invitations: chosen people and organisations are invited to sign, and answer."""

from bot.features.invitations.slack import answers, handlers, messages, table_handlers
from bot.slack.features import Features


def register(features: Features) -> None:
    """Register the feature."""
    handlers.register(features)
    answers.register(features)
    table_handlers.register(features)
    messages.register(features)
