"""An embargo under which people signed is kept, or ends earlier after a day's notice."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.features.letter_rules import use_cases as letter_rules
from bot.features.withdrawals import use_cases as withdrawals
from bot.letters.notices import SignatureTopic
from bot.letters.refusals import Reason
from bot.letters.rules import Embargo, Hidden, Rules
from bot.storage.database import Database
from tests.support.clock import START, Clock
from tests.support.letters import (
    GUEST,
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    a_row,
    a_signature,
    a_trigger,
    adds,
    an_open_letter,
    everything,
    for_organisation,
    rows,
    signs,
    the_list,
)
from tests.support.refusing import refused
from tests.support.scenes.telling import tell_of_the_sooner_end

DAY = timedelta(days=1)
PROMISED = Embargo(hides=Hidden.ALL, until=START + 20 * DAY, until_listed=10)


async def _told(database: Database) -> list[str]:
    return [
        row["target"]
        for row in await rows(database, "outbox")
        if row["subject"].get("about") == SignatureTopic.EMBARGO_SOONER
    ]


@pytest.mark.parametrize(
    "embargo",
    [
        None,
        Embargo(hides=Hidden.NAMES, until=PROMISED.until, until_listed=10),
        Embargo(hides=Hidden.ALL, until=PROMISED.until, until_listed=9),
        Embargo(hides=Hidden.ALL, until=START + DAY - timedelta(minutes=1), until_listed=10),
    ],
)
async def test_not_loosened(database: Database, embargo: Embargo | None) -> None:
    """Nothing that was hidden when people signed is shown sooner than they were told."""
    letter = await an_open_letter(database, rules=Rules(embargo=PROMISED))
    await signs(database, MEMBER, letter)
    before = await everything(database)
    story = letter_rules.set_rules(
        database, letter=letter.id, actor=ORGANISER, rules=Rules(embargo=embargo)
    )
    await refused(story, Reason.EMBARGO_NEEDS_NOTICE)
    assert await everything(database) == before


async def test_sooner_with_notice(database: Database, clock: Clock) -> None:
    """It can end in a day: every signer is told at once, and who withdraws is never shown."""
    letter = await an_open_letter(database, rules=Rules(embargo=PROMISED))
    first = await signs(database, MEMBER, letter, a_signature(MEMBER, letter, name="Shy Signer"))
    await signs(database, OTHER_MEMBER, letter)
    await letter_rules.unveil(database, letter=letter.id, actor=ORGANISER)
    clock.advance(timedelta(seconds=1))
    await letter_rules.unveil(database, letter=letter.id, actor=ORGANISER)
    assert sorted(await _told(database)) == ["U0MEMBER", "U0OTHER"]
    await tell_of_the_sooner_end(database)

    clock.advance(DAY - timedelta(seconds=1))
    assert await the_list(database, letter, actor=GUEST) == []
    await withdrawals.withdraw(
        database, endorsement=first.endorsement, actor=MEMBER, trigger=a_trigger()
    )
    clock.advance(timedelta(seconds=1))
    assert await the_list(database, letter, actor=GUEST) == ["A Member"]


async def test_sooner_once_told(database: Database, clock: Clock) -> None:
    """While Slack is away nobody knows of it: the day begins once the last signer was told."""
    letter = await an_open_letter(database, rules=Rules(embargo=PROMISED))
    await signs(database, MEMBER, letter)
    sooner = Rules(embargo=replace(PROMISED, until=START + DAY))
    await letter_rules.set_rules(database, letter=letter.id, actor=ORGANISER, rules=sooner)
    clock.advance(2 * DAY)
    assert await letter_rules.end_sooner(database) == []
    assert await the_list(database, letter, actor=GUEST) == []
    await tell_of_the_sooner_end(database)
    clock.advance(DAY - timedelta(seconds=1))
    assert await the_list(database, letter, actor=GUEST) == []
    clock.advance(timedelta(seconds=1))
    assert await the_list(database, letter, actor=GUEST) == ["A Member"]


async def test_put_off_again(database: Database, clock: Clock) -> None:
    """An earlier end that an organiser takes back before all were told never comes."""
    letter = await an_open_letter(database, rules=Rules(embargo=PROMISED))
    await signs(database, MEMBER, letter)
    await letter_rules.unveil(database, letter=letter.id, actor=ORGANISER)
    later = Rules(embargo=replace(PROMISED, until=START + 25 * DAY))
    await letter_rules.set_rules(database, letter=letter.id, actor=ORGANISER, rules=later)
    await tell_of_the_sooner_end(database)
    clock.advance(20 * DAY)
    assert await the_list(database, letter, actor=GUEST) == []


async def test_tightened_or_put_off(database: Database) -> None:
    """An embargo that hides more or longer needs no notice, nor does one that nobody signed under."""
    letter = await an_open_letter(database, rules=Rules(embargo=PROMISED))
    longer = Embargo(hides=Hidden.ALL, until=START + 25 * DAY)
    for embargo in (None, PROMISED, longer):
        await letter_rules.set_rules(
            database, letter=letter.id, actor=ORGANISER, rules=Rules(embargo=embargo)
        )
        if embargo == PROMISED:
            await signs(database, MEMBER, letter)
    assert await _told(database) == []


async def test_each_person_counts_once(database: Database) -> None:
    """Two people who sign for many reveal nobody: each counts once, and so does each on paper."""
    rules = Rules(embargo=Embargo(hides=Hidden.NAMES, until_listed=5))
    letter = await an_open_letter(database, rules=rules)
    await signs(database, MEMBER, letter, a_signature(MEMBER, letter, name="Brave Dissident"))
    for spy in (GUEST, OTHER_MEMBER):
        for name in ("Orbit", "Walrus", "Tundra"):
            whole = f"{name} {spy.person.user.title()}"
            await signs(database, spy, letter, for_organisation(spy, letter, whole, name="A Spy"))
    await adds(database, letter, a_row(name="Paper Person"))
    assert await the_list(database, letter, actor=GUEST) == []
    await adds(database, letter, a_row(name="Another Person"))
    assert "Brave Dissident" in await the_list(database, letter, actor=GUEST)
