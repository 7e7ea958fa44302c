"""Direct messages as the features write them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import update

from bot.app import registered
from bot.features.letter_rules import use_cases as letter_rules
from bot.letters.letter import Letter
from bot.letters.notices import LetterTopic
from bot.locales import Words
from bot.slack.block_kit import Message
from bot.storage.database import Database
from bot.storage.states import NoticeState
from bot.storage.tables import outbox
from tests.support.scenes.worst_facts import a_signatory

FEATURES = registered()


async def tell_of_the_sooner_end(database: Database) -> None:
    """Every signer is told that an embargo ends earlier; nothing else is sent."""
    told = update(outbox).where(outbox.c.key.startswith("signer:embargo_sooner:"))
    await database.write(
        lambda tx: tx.connection.execute(told.values(state=NoticeState.SENT, settled_at=tx.now))
    )
    await letter_rules.end_sooner(database)


def letter_message(
    t: Words, topic: LetterTopic, letter: Letter, facts: Mapping[str, Any]
) -> Message:
    """Return what somebody is told about a letter."""
    about = a_signatory(facts["entry"]) if topic is LetterTopic.OBJECTION_DECIDED else facts
    return _written(FEATURES.messages[topic].write(t, (letter, about)))


def _written(message: Any) -> Message:
    assert isinstance(message, tuple)
    return message
