"""“My signature” on a letter's page: what a typed code opens, and what nothing else does."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.features.lifecycle import use_cases as lifecycle
from bot.features.organisations.use_cases import standing
from bot.features.privacy.use_cases import erasure
from bot.features.signing.use_cases import codes
from bot.letters.amendment import AmendmentKind
from bot.letters.letter import Letter
from bot.letters.rules import PublicPage
from bot.storage.database import Database
from bot.storage.privacy import personal
from bot.storage.tables import endorsements
from tests.support.amending import amends
from tests.support.clock import Clock
from tests.support.documents.web_pages import turns
from tests.support.letters import ORGANISER, a_trigger, rows, the_letter
from tests.support.scenes.web_signing import ADA, Browser, a_browser, a_letter_to_sign


@pytest.fixture(name="browser")
async def _browser(database: Database) -> Browser:
    return await a_browser(database)


async def _people(database: Database, letter: Letter) -> int:
    return (await the_letter(database, letter.id)).tally.people


@pytest.mark.on_both
async def test_withdraw(database: Database, browser: Browser) -> None:
    """A signature is withdrawn on the page at a second press, even if the page is off by then."""
    letter = await a_letter_to_sign(database)
    await browser.signs(letter)
    await browser.posts()
    await turns(database, letter, PublicPage.OFF)
    mine = await browser.opens(letter)
    assert "Ada Moreau" in mine.text
    asked = await browser.presses(letter, mine, "withdraw")
    assert "Withdraw your signature? Ada Moreau Withdraw Keep" in asked.text
    assert "Ada Moreau" in (await browser.ask(f"{letter.page_path}/mine/", asked.forms[0])).text
    assert await _people(database, letter) == 1
    after = await browser.presses(letter, asked, "withdrawn")
    assert "You withdrew your signature." in after.text
    assert await _people(database, letter) == 0
    first, *rest = (await browser.mail()).paragraphs
    assert "You withdrew your signature from" in first
    assert rest == ["Ada Moreau"]


async def test_page_turned_off(database: Database, browser: Browser) -> None:
    """Once the page is off, its title is told to signers alone, and others get no code."""
    letter = await a_letter_to_sign(database, title="Quokkas at work")
    await browser.signs(letter)
    await browser.posts()
    await turns(database, letter, PublicPage.OFF)
    for page in ("sign/", "mine/", "approval/"):
        shown = await browser.ask(f"{letter.page_path}/{page}")
        assert "Quokkas" not in shown.body
    (form,) = (await browser.ask(f"{letter.page_path}/mine/")).forms
    sent = await browser.ask(f"{letter.page_path}/mine/", form | {"address": "bo@example.org"})
    assert "Quokkas" not in sent.body
    assert await browser.mails("bo@example.org") == []
    mine = await browser.opens(letter)
    kept = await browser.presses(letter, mine, "kept")
    assert "Quokkas at work" in kept.text


@pytest.mark.on_both
async def test_change(database: Database, browser: Browser) -> None:
    """A change is shown before it is saved, and a mail follows."""
    letter = await a_letter_to_sign(database)
    await browser.signs(letter)
    await browser.posts()
    form = await browser.presses(letter, await browser.opens(letter), "change")
    check = await browser.presses(letter, form, "check", title="Professor")
    assert "You’ll be listed as Ada Moreau, Professor" in check.text
    saved = await browser.ask(f"{letter.page_path}/mine/", check.forms[0])
    assert "You’re listed as Ada Moreau, Professor" in saved.text
    assert "Ada Moreau, Professor" in (await browser.mail()).paragraphs


async def test_accepted(database: Database, browser: Browser) -> None:
    """The mail after an organiser's look says that the entry is on the list, not that one signed."""
    letter = await a_letter_to_sign(database)
    body = {"capacity": "organisation", "organisation": "Harbour Library", "role": "Director"}
    await browser.signs(letter, **body)
    await browser.posts()
    (party,) = await rows(database, "signatories")
    await standing.confirm(
        database, signatory=party["id"], actor=ORGANISER, permission=None, trigger=a_trigger()
    )
    first, *rest = (await browser.mail()).paragraphs
    assert first.startswith("This is your signature on")
    assert rest[:2] == ["Harbour Library", "It’s on the list now."]


async def test_ways_back(database: Database, browser: Browser) -> None:
    """After a change there is a link to the letter, and wherever a code is asked for, to another."""
    letter = await a_letter_to_sign(database)
    code = await browser.fills(letter, "?lang=fr", name="Ada Moreau")
    assert code.links.count("./?lang=fr") == 1
    assert (await browser.types(letter, code, (await browser.mail()).code)).links.count("../") == 2
    over = await browser.ask(f"{letter.page_path}/mine/", {"token": "none"})
    assert "./" in over.links
    (form,) = (await browser.ask(f"{letter.page_path}/mine/")).forms
    empty = await browser.ask(f"{letter.page_path}/mine/", form | {"address": " "})
    assert "Please fill this in." in empty.text


async def test_changed_back(database: Database, browser: Browser) -> None:
    """Of three changes to and fro in one half hour each is saved."""
    letter = await a_letter_to_sign(database)
    await browser.signs(letter)
    await browser.posts()
    mine = await browser.opens(letter)
    for number, title in enumerate(("Professor", "", "Professor")):
        form = await browser.presses(letter, mine, "change")
        check = await browser.presses(letter, form, "check", title=title)
        await browser.ask(f"{letter.page_path}/mine/", check.forms[0])
        # Two changes in one second are two, too.
        form = await browser.presses(letter, mine, "change")
        assert form.forms[0].get("title", "") == title, number


@pytest.mark.on_both
async def test_keep(database: Database, browser: Browser) -> None:
    """A change of meaning is asked about by mail and answered on the page."""
    letter = await a_letter_to_sign(database)
    await browser.signs(letter)
    await amends(
        database, letter=letter.id, actor=ORGANISER, body="The web belongs to nobody.",
        kind=AmendmentKind.MATERIAL, note="A new sentence.",
    )  # fmt: skip
    assert "has changed in meaning" in (await browser.mail()).paragraphs[0]
    mine = await browser.opens(letter)
    assert "Do you want to keep your signature?" in mine.text
    kept = await browser.presses(letter, mine, "keep")
    assert "You kept your signature." in kept.text
    rows = await database.read(lambda tx: tx.execute(select(endorsements)).all())
    assert [row.kept_consent.split(",")[0] for row in rows] == ["By keeping your signature"]


@pytest.mark.on_both
async def test_kept_and_deleted(database: Database, browser: Browser) -> None:
    """People see what is kept about them; once they delete it, nothing is left."""
    letter = await a_letter_to_sign(database)
    await browser.signs(letter)
    await browser.fills(letter, name="Ada Again")
    mine = await browser.opens(letter)
    kept = await browser.presses(letter, mine, "kept")
    assert (ADA in kept.text, "Ada Moreau" in kept.text) == (True, True)
    person = await browser.person()
    known = await database.read(personal.known)
    assert (letter.workspace, person) in known
    sure = await browser.presses(letter, kept, "delete")
    assert await _people(database, letter) == 1
    assert "deleted" in (await browser.presses(letter, sure, "deleted")).text
    assert await _people(database, letter) == 0
    left = await erasure.kept_about(database, workspace=letter.workspace, person=person)
    assert {*left.tables} <= {"endorsements", "outbox", "rate_limits"}


@pytest.mark.on_both
async def test_same_answer_for_every_address(database: Database, browser: Browser) -> None:
    """Each address gets a code and the same bytes, but for the token, whether it signed or not."""
    letter = await a_letter_to_sign(database)
    await browser.signs(letter)
    path = f"{letter.page_path}/mine/"
    (form,) = (await browser.ask(path)).forms
    bodies: list[str] = []
    for address in (ADA, "nobody@example.org"):
        shown = await browser.ask(path, form | {"address": address})
        bodies.append(shown.body.replace(shown.forms[0]["token"], ""))
        code = await browser.mail(address)
        assert code.paragraphs[0].startswith("Type this code on the page to go on with")
    assert bodies[0] == bodies[1]


async def test_other_sites(database: Database, browser: Browser) -> None:
    """A form that another site sends does nothing, whichever way the browser says so."""
    letter = await a_letter_to_sign(database)
    path = f"{letter.page_path}/sign/"
    (form,) = (await browser.ask(path)).forms
    form |= {"name": "Ada Moreau", "address": ADA}
    for headers in (
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"sec_fetch_site": "", "origin": "https://elsewhere.example"},
        {"sec_fetch_site": "", "origin": "null"},
    ):
        assert (await browser.ask(path, form, **headers)).status == 403
    assert await browser.mails() == []
    answer = await browser.ask(path, form)
    assert answer.status == 200
    assert "set-cookie" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"


async def test_forged_token(database: Database, browser: Browser) -> None:
    """A token of another step, letter or time, or a changed one, opens nothing."""
    letter, other = await a_letter_to_sign(database), await a_letter_to_sign(database)
    await browser.signs(letter)
    mine = await browser.opens(letter)
    token = mine.forms[0]["token"]
    person = (await browser.person()).user
    for forged in ("", token[:-1], token.replace("mine.", "open."), f"mine.{letter.id}.{person}"):
        answer = await browser.presses(letter, mine, "withdraw", token=forged)
        assert answer.status == 409
    assert (await browser.presses(other, mine, "withdraw")).status == 409
    assert await _people(database, letter) == 1


async def test_half_an_hour_of_proof(database: Database, browser: Browser, clock: Clock) -> None:
    """A typed code opens a person's signatures for 30 minutes."""
    letter = await a_letter_to_sign(database)
    await browser.signs(letter)
    mine = await browser.opens(letter)
    clock.advance(timedelta(minutes=31))
    assert (await browser.presses(letter, mine, "withdraw")).status == 409
    assert await _people(database, letter) == 1


async def test_bad_input(database: Database, browser: Browser) -> None:
    """Bodies without end, broken ones and names with links are refused in words."""
    letter = await a_letter_to_sign(database)
    path = f"{letter.page_path}/sign/"
    for body, status in ((b"name=" + b"x" * 20_000, 413), (b"&".join([b"a=b"] * 50), 400)):
        assert (await browser.ask(path, body)).status == status
    shown = await browser.fills(letter, name="https://example.org", address="a@b\r\nBcc: c@d.org")
    assert shown.status == 422
    assert "without web addresses" in shown.text
    assert "isn’t an email address" in shown.text
    assert (await browser.ask("/l/00000000/sign/")).status == 404


@pytest.mark.on_both
async def test_addresses_are_forgotten(database: Database, browser: Browser, clock: Clock) -> None:
    """An address is kept for 30 days after its letter ended, and no longer."""
    letter = await a_letter_to_sign(database)
    await browser.signs(letter)
    await lifecycle.close(database, letter=letter.id, actor=ORGANISER)
    person, found = await browser.person(), list[str]()
    for days in (29, 2):
        clock.advance(timedelta(days=days))
        await codes.forget_old(database)
        address = await codes.address_of(
            database, keys=browser.keys, workspace=letter.workspace, person=person
        )
        found.append(address)
    assert found == [ADA, ""]
