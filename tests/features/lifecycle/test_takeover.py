"""Organisers hear of each other's acts that can't be undone, and of a removal."""

import pytest

from bot.features.drafts.use_cases import drafts
from bot.features.lifecycle import use_cases as lifecycle
from bot.letters.notices import LetterTopic
from bot.locales import words
from bot.storage.database import Database
from tests.support.letters import (
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    a_draft,
    a_trigger,
    an_open_letter,
    rows,
)
from tests.support.scenes.telling import FEATURES


@pytest.mark.parametrize("done", ["organiser_removed", "cancelled", "discarded"])
async def test_others_hear(database: Database, done: str) -> None:
    """The others are told which organiser removed one, cancelled the letter, or deleted it."""
    letter = await (a_draft if done == "discarded" else an_open_letter)(database)
    for one in (MEMBER, OTHER_MEMBER):
        await lifecycle.add_organiser(
            database, letter=letter.id, actor=ORGANISER, person=one.person,
            membership=one.membership,
        )  # fmt: skip
    match done:
        case "organiser_removed":
            await lifecycle.remove_organiser(
                database, letter=letter.id, actor=MEMBER, person=ORGANISER.person
            )
            told = [OTHER_MEMBER]
        case "cancelled":
            await lifecycle.cancel(database, letter=letter.id, actor=MEMBER, reason="Why.")
            told = [ORGANISER, OTHER_MEMBER]
        case _:
            await drafts.discard(database, letter=letter.id, actor=MEMBER, trigger=a_trigger())
            told = [ORGANISER, OTHER_MEMBER]
    owed = [one for one in await rows(database, "outbox") if one["kind"] == "word"]
    found = [one for one in owed if one["subject"]["about"] == "by_another"]
    assert sorted(one["target"] for one in found) == sorted(one.person.user for one in told)
    for one in found:
        facts = one["subject"]["facts"]
        assert (facts["done"], facts["by"]) == (done, MEMBER.person.user)
        written = FEATURES.messages[LetterTopic.BY_ANOTHER].write(words("en-GB"), facts)
        assert letter.title in str(written)
