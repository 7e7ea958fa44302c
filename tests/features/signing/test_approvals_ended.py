"""A question about an approval ends with its signer's part in the letter, and proves what was seen."""

import pytest

from bot.features.organisations.use_cases import removals
from bot.features.signing.slack.own_views import holdings
from bot.features.signing.use_cases import approvals
from bot.features.signing.use_cases.own_signature import Own
from bot.features.withdrawals import use_cases as withdrawals
from bot.letters.audit import Act
from bot.locales import words
from bot.storage.database import Database
from tests.support.letters import (
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    a_trigger,
    an_open_letter,
    for_organisation,
    rows,
    signs,
)
from tests.support.reading import words_of
from tests.support.scenes.approving import BOARD, answers, asks_in_slack, link_of
from tests.support.scenes.web_signing import Browser, a_browser
from tests.support.scenes.worst_facts import a_signatory, an_endorsement

pytestmark = pytest.mark.on_both


@pytest.fixture(name="browser")
async def _browser(database: Database) -> Browser:
    return await a_browser(database)


@pytest.mark.parametrize("ends", ["withdrawn", "removed"])
async def test_ends_with_the_signature(database: Database, browser: Browser, ends: str) -> None:
    """A yes to a question of somebody who has withdrawn since, or was removed, signs nothing."""
    letter = await an_open_letter(database)
    await asks_in_slack(browser, letter, MEMBER, for_organisation(MEMBER, letter, "Wool Choir"))
    path = await link_of(browser)
    (form, *_) = (await browser.ask(path)).forms
    code = [one.code for one in await browser.mails(BOARD) if one.code][-1]
    signed = await signs(database, MEMBER, letter)
    one, pressed = signed.endorsement, a_trigger()
    if ends == "withdrawn":
        await withdrawals.withdraw(database, endorsement=one, actor=MEMBER, trigger=pressed)
    else:
        await removals.remove(
            database, endorsement=one, actor=ORGANISER, why="Forged.", trigger=pressed
        )
    assert await approvals.waiting(database, letter=letter.id, person=MEMBER.person) == []
    assert "no longer open" in (await browser.ask(path, form | {"act": "yes", "code": code})).text
    kept = [one for one in await rows(database, "endorsements") if one["withdrawn_at"] is None]
    assert [one["id"] for one in kept] == [signed.endorsement] * (ends == "removed")


async def test_my_signature(database: Database, browser: Browser) -> None:
    """My signature in Slack names an open question, with a button that withdraws it."""
    letter = await an_open_letter(database)
    await asks_in_slack(browser, letter, MEMBER, for_organisation(MEMBER, letter, "Wool Choir"))
    one, party = an_endorsement(), a_signatory()
    view = holdings(
        words("en-GB"), letter, (one,), {party.id: party}, refusal=None, more=[], from_home=False,
        own=Own(may_change=True, asked={}),
        waiting=await approvals.waiting(database, letter=letter.id, person=MEMBER.person),
    )  # fmt: skip
    assert "You asked for approval at *\u2068harbour.example" in words_of(view)
    assert "approval.end" in str(view)


async def test_proves_what_was_seen(database: Database, browser: Browser) -> None:
    """A yes is no proof of an entry that somebody else speaks for; it stays its approver's own."""
    letter = await an_open_letter(database)
    await signs(
        database, OTHER_MEMBER, letter, for_organisation(OTHER_MEMBER, letter, "Wool Choir")
    )
    await asks_in_slack(browser, letter, MEMBER, for_organisation(MEMBER, letter, "Wool Choir"))
    assert "You approved" in (await answers(browser, "yes")).text
    assert await rows(database, "permissions") == []
    acts = [one for one in await rows(database, "audit_entries") if one["act"] == Act.APPROVED]
    assert [one["ground"] for one in acts] == ["harbour.example"]
