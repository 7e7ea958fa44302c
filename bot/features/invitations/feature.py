"""Invitations of people and organisations to sign, as first signers or later, and answers."""

from bot.features.invitations.slack import (
    answers,
    first_signer_messages,
    first_signers,
    handlers,
    messages,
    outside,
    table_handlers,
)
from bot.slack.features import Features


def register(features: Features) -> None:
    """Register the feature."""
    handlers.register(features)
    answers.register(features)
    table_handlers.register(features)
    messages.register(features)
    first_signers.register(features)
    first_signer_messages.register(features)
    outside.register(features)
