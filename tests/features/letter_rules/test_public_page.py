"""The rule "Public page": off at first, turned on with notice, and taken back at any time."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy import update

from bot.features.invitations.slack.outside import message_words
from bot.features.letter_rules import use_cases as letter_rules
from bot.features.lifecycle import use_cases as lifecycle
from bot.features.signing.slack.form import Signing, form
from bot.features.signing.use_cases import signatures
from bot.features.signing.use_cases.requests import SignRequest
from bot.letters.draft import RESPONSIBLE_MOST, details_of
from bot.letters.endorsement import Capacity, Facts
from bot.letters.letter import Letter, Sight
from bot.letters.notices import SignatureTopic
from bot.letters.refusals import Reason
from bot.letters.rules import Embargo, Hidden, PublicPage, Rules
from bot.locales import words
from bot.storage import letters
from bot.storage.database import Database
from bot.storage.states import NoticeState
from bot.storage.tables import outbox
from tests.support.clock import START, Clock
from tests.support.letters import (
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    a_cancelled_letter,
    a_draft,
    a_signature,
    a_trigger,
    an_open_letter,
    everything,
    rows,
    signs,
)
from tests.support.refusing import refused
from tests.support.scenes.worst import a_letter

DAY = timedelta(days=1)
ON, OFF = Rules(page=PublicPage.LIST), Rules()


async def turned(database: Database, letter: Letter, rules: Rules = ON) -> Letter:
    """The organiser sets the rules, and says who is responsible."""
    return await letter_rules.set_rules(
        database, letter=letter.id, actor=ORGANISER, rules=rules, responsible="A Trust"
    )


async def sight(database: Database, letter: Letter) -> Sight | None:
    """Return the part of the list that a stranger sees; None without a page."""

    def look(tx: letters.Transaction) -> Sight | None:
        found = letters.find(tx, letter.id)
        return found and found.web_sight(tx.now)

    return await database.read(look)


async def all_are_told(database: Database) -> None:
    """Every message about the page is sent; the job runs."""
    told = update(outbox).where(outbox.c.key.startswith("signer:on_the_web:"))
    await database.write(
        lambda tx: tx.connection.execute(told.values(state=NoticeState.SENT, settled_at=tx.now))
    )
    await letter_rules.show_on_the_web(database)


async def test_off_by_default(database: Database) -> None:
    """A letter has no address until its page is turned on; then the address stays the same."""
    letter = await an_open_letter(database)
    assert (letter.share_id, await sight(database, letter)) == (None, None)
    on = await turned(database, letter)
    assert on.share_id is not None
    assert len(on.share_id) == 8
    assert not set(on.share_id) - set("0123456789abcdefghjkmnpqrstvwxyz")
    assert await sight(database, letter) is Sight.ALL
    await turned(database, letter, OFF)
    assert await sight(database, letter) is None
    assert (await turned(database, letter)).share_id == on.share_id


async def test_a_day_ahead(database: Database, clock: Clock) -> None:
    """People who signed before are told a day before the list is shown; the text is there at once."""
    letter = await an_open_letter(database)
    await signs(database, MEMBER, letter)
    await signs(database, OTHER_MEMBER, letter)
    await turned(database, letter)
    told = [
        row["target"]
        for row in await rows(database, "outbox")
        if row["subject"].get("about") == SignatureTopic.ON_THE_WEB
    ]
    assert sorted(told) == ["U0MEMBER", "U0OTHER"]
    clock.advance(2 * DAY)
    assert await letter_rules.show_on_the_web(database) == []
    assert await sight(database, letter) is Sight.NOTHING
    await all_are_told(database)
    clock.advance(DAY - timedelta(seconds=1))
    assert await sight(database, letter) is Sight.NOTHING
    clock.advance(timedelta(seconds=1))
    assert await sight(database, letter) is Sight.ALL


async def test_turned_off_meanwhile(database: Database, clock: Clock) -> None:
    """A page that was turned off and on again begins its day again."""
    letter = await an_open_letter(database)
    await signs(database, MEMBER, letter)
    await turned(database, letter)
    await all_are_told(database)
    clock.advance(DAY)
    assert await sight(database, letter) is Sight.ALL
    await turned(database, letter, OFF)
    await turned(database, letter)
    assert await sight(database, letter) is Sight.NOTHING


async def test_needs_who_is_responsible(database: Database) -> None:
    """Somebody has to be responsible, and is while the page is on."""
    letter = await an_open_letter(database)
    before = await everything(database)
    for responsible, why in (
        (" ", Reason.PAGE_NEEDS_RESPONSIBLE),
        ("x" * (RESPONSIBLE_MOST + 1), Reason.TOO_LONG),
    ):
        story = letter_rules.set_rules(
            database, letter=letter.id, actor=ORGANISER, rules=ON, responsible=responsible
        )
        await refused(story, why)
    assert await everything(database) == before
    on = await turned(database, letter)
    on = replace(on, responsible="A Trust")
    emptied = replace(details_of(on), responsible="")
    story = lifecycle.describe(database, letter=letter.id, actor=ORGANISER, details=emptied)
    await refused(story, Reason.PAGE_NEEDS_RESPONSIBLE)


async def test_who_does_not_know_is_asked_again(database: Database) -> None:
    """A signature whose consent knew nothing of the web is not taken once the page is on."""
    letter = await an_open_letter(database)
    await turned(database, letter)
    signature = a_signature(MEMBER, letter)
    request = SignRequest(letter=letter.id, actor=MEMBER, signature=signature, trigger=a_trigger())
    await refused(signatures.sign(database, request), Reason.GOES_ON_THE_WEB)
    await signatures.sign(database, replace(request, knows_web=True))


async def test_before_the_first_card(database: Database) -> None:
    """A letter that only organisers and first signers may see is not on the web either."""
    draft = await a_draft(database)
    await turned(database, draft)
    assert await sight(database, draft) is None


@pytest.mark.parametrize("hides", Hidden)
async def test_embargo(database: Database, hides: Hidden, clock: Clock) -> None:
    """An embargo hides names and numbers on the web, where a number would tell who signed."""
    embargo = Embargo(hides=hides, until=START + DAY)
    letter = await an_open_letter(database, rules=Rules(embargo=embargo))
    await turned(database, letter, replace(letter.rules, page=PublicPage.LIST))
    assert await sight(database, letter) is Sight.NOTHING
    clock.advance(DAY)
    assert await sight(database, letter) is Sight.ALL


async def test_when_all_is_over(database: Database) -> None:
    """The page is turned on and off when no other rule changes any more."""
    letter = await a_cancelled_letter(database)
    await turned(database, letter)
    assert await sight(database, letter) is Sight.NOTHING
    await turned(database, letter, OFF)
    story = letter_rules.set_rules(
        database, letter=letter.id, actor=ORGANISER, rules=replace(OFF, grouped=False)
    )
    await refused(story, Reason.IS_CANCELLED)


async def test_revision(database: Database) -> None:
    """Each change that readers can see gives the letter another revision."""
    letter = await an_open_letter(database)
    seen = [letter.revision]
    signed = await signs(database, MEMBER, letter)
    for story in (
        lambda: turned(database, letter),
        lambda: letter_rules.set_rules(
            database, letter=letter.id, actor=ORGANISER, rules=replace(ON, grouped=False)
        ),
    ):
        await story()
        found = await database.read(lambda tx: letters.find(tx, letter.id))
        assert found is not None
        seen.append(found.revision)
    assert signed.endorsement
    assert all(one < other for one, other in pairwise(seen))


def test_consent_says_so() -> None:
    """While the page is on, everyone who agrees to be listed reads that the list is on the web."""
    t = words("en")
    for page, said in ((PublicPage.OFF, False), (PublicPage.LIST, True)):
        letter = a_letter(rules=Rules(page=page))
        signing = Signing(
            letter=letter.id,
            text_sha256=letter.text_sha256,
            language="en",
            offered=(Capacity.INDIVIDUAL,),
            capacity=Capacity.INDIVIDUAL,
        )
        shown = str(form(t, letter, signing, Facts(name="A Name"), None)["blocks"])
        assert ("on the web" in shown) is said
        assert ("on the web" in message_words(t, letter)) is said
