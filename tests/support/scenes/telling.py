"""Direct messages as the features write them."""

from collections.abc import Mapping
from typing import Any

from bot.app import registered
from bot.letters.endorsement import Endorsement
from bot.letters.letter import Letter
from bot.letters.notices import LetterTopic, SignatureTopic
from bot.locales import Words
from bot.slack.block_kit import Message

FEATURES = registered()


def letter_message(
    t: Words, topic: LetterTopic, letter: Letter, facts: Mapping[str, Any]
) -> Message:
    """Return what somebody is told about a letter."""
    return _written(FEATURES.messages[topic].write(t, (letter, facts)))


def signature_message(
    t: Words,
    topic: SignatureTopic,
    letter: Letter,
    signed: Endorsement,
    facts: Mapping[str, Any],
) -> Message:
    """Return what a signer is told; not one about an amendment or a correction."""
    return _written(FEATURES.messages[topic].write(t, (letter, signed, facts)))


def _written(message: Any) -> Message:
    assert isinstance(message, tuple)
    return message
