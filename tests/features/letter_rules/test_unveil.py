"""An embargo can be lifted by an organiser, also once the letter is delivered."""

from datetime import timedelta

import pytest

from bot.features.delivery.use_cases import handover
from bot.features.letter_rules import use_cases as letter_rules
from bot.features.lifecycle import use_cases as lifecycle
from bot.letters.refusals import Reason
from bot.letters.rules import Embargo, Hidden, Rules
from bot.storage.database import Database
from tests.support.clock import Clock
from tests.support.letters import (
    MEMBER,
    ORGANISER,
    an_open_letter,
    everything,
    signs,
    the_list,
)
from tests.support.refusing import refused
from tests.support.scenes.telling import tell_of_the_sooner_end

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def test_after_delivery(database: Database, clock: Clock) -> None:
    """An embargo until a number that wasn't reached at delivery can still be lifted in a day."""
    rules = Rules(embargo=Embargo(hides=Hidden.NAMES, until_listed=100))
    letter = await an_open_letter(database, rules=rules)
    await signs(database, MEMBER, letter)
    await lifecycle.close(database, letter=letter.id, actor=ORGANISER)
    await handover.deliver(database, letter=letter.id, actor=ORGANISER)
    assert await the_list(database, letter, actor=MEMBER) == []
    await refused(
        letter_rules.unveil(database, letter=letter.id, actor=MEMBER), Reason.NOT_ORGANISER
    )
    await letter_rules.unveil(database, letter=letter.id, actor=ORGANISER)
    await tell_of_the_sooner_end(database)
    assert await the_list(database, letter, actor=MEMBER) == []
    clock.advance(timedelta(days=1))
    assert await the_list(database, letter, actor=MEMBER) == ["A Member"]


async def test_nothing_hidden(database: Database) -> None:
    """A letter without an embargo has none to lift, and nothing is written."""
    letter = await an_open_letter(database)
    before = await everything(database)
    await refused(
        letter_rules.unveil(database, letter=letter.id, actor=ORGANISER), Reason.NO_EMBARGO
    )
    assert await everything(database) == before
