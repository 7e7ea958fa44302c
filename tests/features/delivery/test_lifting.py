"""An embargo is lifted by itself, and the cards follow."""

from datetime import timedelta

from bot.features.cards import use_cases as cards
from bot.features.desk.use_cases import home
from bot.features.letter_rules import use_cases as letter_rules
from bot.letters.letter import Letter, Sight
from bot.letters.rules import Embargo, Hidden, Rules
from bot.storage.database import Database
from bot.use_cases import letter_lookup
from tests.support.clock import START, Clock
from tests.support.letters import (
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    a_trigger,
    an_open_letter,
    rows,
    signs,
    the_letter,
    the_list,
)

UNTIL = START + timedelta(days=1)
INSTANT = timedelta(microseconds=1)


async def an_embargoed_letter(database: Database, **embargo: object) -> Letter:
    """A letter of which nothing is shown, with one signature; `embargo` says until when."""
    rules = Rules(embargo=Embargo(hides=Hidden.ALL, **embargo))  # pyright: ignore[reportArgumentType] - its own fields
    letter = await an_open_letter(database, rules=rules)
    await signs(database, MEMBER, letter)
    await _sent(database)
    return letter


async def _sent(database: Database) -> None:
    await database.write(lambda tx: tx.connection.exec_driver_sql("DELETE FROM outbox"))


async def _cards_owed(database: Database) -> int:
    return sum(row["kind"] == "card" for row in await rows(database, "outbox"))


async def test_by_time(database: Database, clock: Clock) -> None:
    """Everybody sees the list from the very instant; the cards change, and only once."""
    letter = await an_embargoed_letter(database, until=UNTIL)
    (posted,) = await cards.cards(database, letter=letter.id)

    clock.set(UNTIL - INSTANT)
    assert await letter_rules.lift_due(database) == []
    assert await the_list(database, letter, MEMBER) == []
    clock.set(UNTIL)
    assert await the_list(database, letter, MEMBER) == ["A Member"]
    assert await letter_rules.lift_due(database) == [letter.id]
    assert await _cards_owed(database) == 1
    card = await cards.card(database, posting=posted.id)
    assert card is not None
    assert (card.letter.seen, card.letter.tally.total) == (Sight.ALL, 1)
    assert await letter_rules.lift_due(database) == []
    assert (await the_letter(database, letter.id)).unveiled_at == UNTIL


async def test_by_number(database: Database) -> None:
    """The signature that makes it enough lifts it for good, and owes the card."""
    letter = await an_embargoed_letter(database, until_listed=2)
    assert await the_list(database, letter, MEMBER) == []

    await signs(database, OTHER_MEMBER, letter)

    assert await the_list(database, letter, MEMBER) == ["A Member", "A Member"]
    assert await _cards_owed(database) == 1
    page = await home.page(database, actor=MEMBER)
    assert page.open_letters[0].tally.total == 2


async def test_another_embargo_meanwhile(database: Database, clock: Clock) -> None:
    """An organiser who puts an embargo off is not overtaken by the old one."""
    letter = await an_embargoed_letter(database, until=UNTIL)
    later = Rules(embargo=Embargo(hides=Hidden.ALL, until=UNTIL + timedelta(days=1)))
    await letter_rules.set_rules(
        database, letter=letter.id, actor=ORGANISER, rules=later, trigger=a_trigger()
    )

    clock.set(UNTIL)

    assert await letter_rules.lift_due(database) == []
    assert (
        await letter_lookup.whole(database, letter=letter.id, actor=MEMBER)
    ).letter.seen is Sight.NOTHING
