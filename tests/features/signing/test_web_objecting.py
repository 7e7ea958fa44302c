"""Objecting on the web to an organisation's signature."""

from datetime import timedelta

import pytest

from bot.features.invitations.use_cases import mails
from bot.features.organisations.slack.views import case_page
from bot.features.organisations.use_cases import standing
from bot.features.organisations.use_cases.shown import read_of
from bot.features.signing.use_cases import codes
from bot.letters.letter import Letter
from bot.letters.rules import PublicPage
from bot.letters.standing import Standing
from bot.locales import words
from bot.storage.database import Database
from bot.storage.states import Decision
from tests.support.clock import Clock
from tests.support.documents.web_pages import turns
from tests.support.letters import (
    MEMBER,
    ORGANISER,
    a_trigger,
    an_open_letter,
    for_organisation,
    rows,
    signs,
    the_letter,
)
from tests.support.reading import words_of
from tests.support.scenes.invitations import an_organisation, invites
from tests.support.scenes.web_signing import ADA, Browser, Shown, a_browser, a_letter_to_sign

BO, WHY = "bo@example.org", "The board never agreed."


@pytest.fixture(name="browser")
async def _browser(database: Database) -> Browser:
    return await a_browser(database)


async def _signed(database: Database) -> Letter:
    letter = await a_letter_to_sign(database)
    await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, "Harbour Library"))
    return letter


async def _objects(browser: Browser, letter: Letter, address: str, **changed: str) -> Shown:
    form = await browser.presses(letter, await browser.opens(letter, address), "object")
    said = {"organisation": "Harbour Library", "name": "Bo Lind", "role": "Porter", "reason": WHY}
    return await browser.presses(letter, form, "objected", 0, **(said | changed))


async def _party(database: Database) -> tuple[str, str]:
    (party,) = await rows(database, "signatories")
    return party["id"], party["standing"]


@pytest.mark.on_both
async def test_nothing_changes(database: Database, browser: Browser, clock: Clock) -> None:
    """An objection by somebody without a tie goes to the organisers, who decide; a mail says how."""
    letter = await _signed(database)
    sent = await _objects(browser, letter, BO)
    assert "Harbour Library It stays as it is until an organiser decides." in sent.text
    party, stands = await _party(database)
    assert stands == Standing.LISTED
    case = await standing.case(database, signatory=party, actor=ORGANISER, keys=browser.keys)
    assert "(Someone on the web, \u2068example.org\u2069)" in words_of(
        case_page(words("en"), case, [])
    )
    told = [one["subject"] for one in await rows(database, "outbox") if one["kind"] == "word"]
    assert [one["facts"]["tied"] for one in told if one["about"] == "disputed"] == [False]
    for days, kept in ((4, True), (4, False)):
        clock.advance(timedelta(days=days))
        await codes.forget_old(database)
        there = {one["user"] for one in await rows(database, "addresses")}
        assert ((await browser.person(BO)).user in there) is kept
        if kept:
            await standing.decide(
                database, signatory=party, actor=ORGANISER, decision=Decision.REMOVED, why="Right.",
                read=read_of(case.organisation), trigger=a_trigger(),
            )  # fmt: skip
            mail = await browser.mail(BO)
            assert mail.paragraphs[0].endswith("and removed the entry:")
            assert mail.paragraphs[1:] == ("Harbour Library",)


async def test_tied(database: Database, browser: Browser) -> None:
    """The contact whom organisers invited by mail takes the entry off until they decide."""
    letter = await a_letter_to_sign(database)
    await invites(database, letter, an_organisation("Harbour Library", contact=BO))
    await mails.send(
        database, letter=letter.id, actor=ORGANISER, keys=browser.keys, trigger=a_trigger()
    )
    await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, "Harbour Library"))
    sent = await _objects(browser, letter, BO)
    assert "It’s off the list until an organiser decides about an objection." in sent.text
    assert (await _party(database))[1] == Standing.DISPUTED


async def test_refused(database: Database, browser: Browser) -> None:
    """Each field says what is missing or wrong, and nothing is sent."""
    letter = await _signed(database)
    body = {"capacity": "organisation", "organisation": "Rural Post", "role": "Director"}
    await browser.signs(letter, **body)
    for changed, said in (
        ({"organisation": "Nobody"}, "No entry has this name."),
        ({"organisation": "Rural Post"}, "You signed for it yourself."),
        ({"reason": "…!"}, "Please say a little more."),
        ({"role": ""}, "Please fill this in."),
    ):
        await browser.posts()
        shown = await _objects(browser, letter, ADA, **changed)
        assert (shown.status, said in shown.text) == (422, True), said
    assert not await rows(database, "objections")


async def test_not_public_yet(database: Database, browser: Browser) -> None:
    """Before the list is on the page, the same is said of an entry and of any other name."""
    letter = await an_open_letter(database)
    await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, "Harbour Library"))
    await turns(database, letter, PublicPage.SIGNING)
    letter = await the_letter(database, letter.id)
    for name in ("Harbour Library", "Nobody"):
        await browser.posts()
        shown = await _objects(browser, letter, BO, organisation=name)
        assert "The list isn’t public now." in shown.text
        assert "it appears on the list" not in shown.text
