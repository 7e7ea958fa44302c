"""Groups with headings of the organisers' own, from where they are chosen to where they are read."""

from datetime import timedelta

from bot.features.delivery.list_files import Format
from bot.features.delivery.paper import paper_of_copy
from bot.features.delivery.use_cases import handover
from bot.features.letter_rules import use_cases as letter_rules
from bot.letters.phases import Phase
from bot.letters.refusals import Reason
from bot.letters.rules import Printing, Rules
from bot.storage.database import Database
from tests.support.clock import Clock
from tests.support.exporting import stretches, whole
from tests.support.letters import (
    MEMBER,
    ORGANISER,
    a_row,
    adds,
    an_open_letter,
    signs,
    the_letter,
    the_list,
)
from tests.support.refusing import refused
from tests.support.scenes.phases import FIRST_SIGNER, a_founding_letter, led_to

GROUPED = Rules(printing=Printing(groups=("The first signatories", "Unions"), firsts=True))


async def test_from_a_table_to_the_copy(database: Database, clock: Clock) -> None:
    """A table's column puts entries under headings: in lists, exports and the delivered copy."""
    letter = await an_open_letter(database, rules=GROUPED)
    await signs(database, MEMBER, letter)
    await adds(database, letter, a_row(name="Uma Union", group="Unions"))
    odd = adds(database, letter, a_row(name="Odd One", group="Others"))
    await refused(odd, Reason.NO_SUCH_HEADING)

    written = whole(Format.MARKDOWN, await stretches(database, letter.id))
    assert written.index("### Unions") < written.index("Uma Union") < written.index("### People")
    clock.advance(timedelta(days=2))
    letter = await led_to(database, clock, letter, Phase.DELIVERED)
    copy = (await handover.delivered(database, letter=letter.id, actor=ORGANISER)).copy
    assert [one.heading for one in paper_of_copy(letter, copy).sections] == ["Unions", "People"]


async def test_first_signatories(database: Database) -> None:
    """A signer before the first card is under the first heading, until there is none."""
    letter = await a_founding_letter(database, rules=GROUPED)
    await signs(database, FIRST_SIGNER, letter)
    await adds(database, letter, a_row(name="Ada King"))
    first = await the_list(database, letter)
    parts = await stretches(database, letter.id)
    assert "### The first signatories" in whole(Format.MARKDOWN, parts)

    unions = Rules(printing=Printing(groups=("Unions",)))
    await letter_rules.set_rules(database, letter=letter.id, actor=ORGANISER, rules=unions)
    parts = await stretches(database, letter.id)
    assert "signatories" not in whole(Format.MARKDOWN, parts)
    assert await the_list(database, await the_letter(database, letter.id)) == first


async def test_renamed(database: Database) -> None:
    """Entries stay under a heading that is renamed or moved; not under one that is replaced."""
    letter = await an_open_letter(database, rules=GROUPED)
    await adds(database, letter, a_row(name="Uma Union", group="Unions"))

    async def under(*groups: str) -> str:
        rules = Rules(printing=Printing(groups=groups))
        await letter_rules.set_rules(database, letter=letter.id, actor=ORGANISER, rules=rules)
        written = whole(Format.MARKDOWN, await stretches(database, letter.id))
        return written.partition("Uma Union")[0].rpartition("### ")[2].strip("\n- \u2068")

    assert await under("The first signatories", "Trade unions") == "Trade unions"
    assert await under("Trade unions", "First") == "Trade unions"
    assert await under("First", "Trade unions") == "Trade unions"
    assert await under("Trade unions", "Parties", "First") == "Trade unions"
    assert await under("Parties") == "People"


async def test_headings_are_refused(database: Database) -> None:
    """More headings than there is room for, or too long ones, are refused."""
    letter = await an_open_letter(database)
    for groups in (tuple("abcdefgh"), ("x" * 76,)):
        rules = Rules(printing=Printing(groups=groups))
        story = letter_rules.set_rules(database, letter=letter.id, actor=ORGANISER, rules=rules)
        await refused(story, Reason.LONG_HEADINGS)
