"""Invitations by mail: sent once, in the letter's language, answered by signing, ended by typing."""

from datetime import timedelta

import pytest

from bot.features.invitations.rules import Invitee
from bot.features.invitations.use_cases import invitations, mails
from bot.features.invitations.use_cases.invitations import InvitationPage
from bot.features.reminders.use_cases import reminders
from bot.features.reminders.use_cases.reminders import When
from bot.letters.endorsement import Kind
from bot.letters.invitation import Invitation, InvitationState
from bot.letters.letter import Letter
from bot.letters.refusals import Reason
from bot.letters.rules import MaySign, PublicPage, Rules
from bot.storage.database import Database
from tests.features.signing.test_web_robot import Robot
from tests.support.clock import Clock
from tests.support.documents.web_pages import PUBLIC_URL, turns
from tests.support.letters import ORGANISER, a_trigger, an_open_letter, rows
from tests.support.refusing import refused
from tests.support.scenes.invitations import an_organisation, invites, the_invitations
from tests.support.scenes.web_signing import ADA, Browser, a_browser, a_letter_to_sign

BO = "bo@example.org"


@pytest.fixture(name="browser")
async def _browser(database: Database) -> Browser:
    return await a_browser(database)


def _by_address(name: str, contact: str) -> Invitee:
    return Invitee(kind=Kind.PERSON, name=name, contact=contact)


async def _sends(browser: Browser, letter: Letter, one: str = "", words: str = "") -> int:
    entered = await mails.send(
        browser.database, letter=letter.id, actor=ORGANISER, keys=browser.keys, invitation=one,
        words=words, trigger=a_trigger(),
    )  # fmt: skip
    return entered.told


async def _page(browser: Browser, letter: Letter) -> InvitationPage:
    return await invitations.page(
        browser.database, letter=letter.id, actor=ORGANISER, limit=50, keys=browser.keys
    )


async def _row(browser: Browser, letter: Letter, number: int = 0) -> Invitation:
    return (await _page(browser, letter)).invitations[number]


@pytest.mark.on_both
async def test_sent_once(database: Database, browser: Browser) -> None:
    """Each address gets one invitation, which names who invites and how to end such mails."""
    letter = await a_letter_to_sign(database, sender="Open Web Alliance")
    await invites(
        database, letter, _by_address("Ada Moreau", ADA), _by_address("Bo Lind", "@bo, by phone"),
        an_organisation("Harbour Library", contact=ADA.upper()),
    )  # fmt: skip
    assert (await _page(browser, letter)).has_addresses
    assert await _sends(browser, letter, words="Would you join us?") == 2
    (mail,) = await browser.mails()
    assert (mail.unsubscribe, mail.never, mail.end) == (
        True,
        "Never write to this address again",
        None,
    )
    said = "\n".join(mail.paragraphs)
    for part in (
        letter.title,
        "From: \u2068Open Web Alliance",
        "Would you join us?",
        letter.summary,
    ):
        assert part in said
    assert mail.link == ("Read the letter", f"{PUBLIC_URL}{letter.page_path}/?lang=en")
    assert await _sends(browser, letter) == 0
    assert len(await browser.mails()) == 1
    kept = await rows(database, "invitations")
    assert [one["contact"] for one in kept] == ["", "@bo, by phone", ""]
    assert (await _row(browser, letter)).contact == ADA
    again = await invites(database, letter, _by_address("Ada Moreau", ADA))
    assert (again.added, again.known) == (0, 1)
    await browser.posts()
    await invites(database, letter, _by_address("A. Moreau", ADA))
    assert await _sends(browser, letter) == 0
    assert len(await browser.mails()) == 1


@pytest.mark.on_both
async def test_one_address_twice(database: Database, browser: Browser) -> None:
    """Two people of one address get one mail, and those after them get theirs."""
    letter = await a_letter_to_sign(database)
    await invites(
        database, letter, _by_address("Ada", ADA), _by_address("Org Zeta", ADA),
        _by_address("Bo Lind", BO),
    )  # fmt: skip
    assert await _sends(browser, letter) == 2
    assert [len(await browser.mails(address)) for address in (ADA, BO)] == [1, 1]
    assert await _sends(browser, letter) == 0


@pytest.mark.on_both
async def test_answered_by_signing(database: Database, browser: Browser) -> None:
    """Signing on the web with the address answers the invitation, under whatever name."""
    letter = await a_letter_to_sign(database)
    await invites(
        database, letter, _by_address("Ada", ADA), _by_address("Bo Lind", BO),
        _by_address("Cy Ames", "by phone"),
    )  # fmt: skip
    await _sends(browser, letter)
    await browser.signs(letter)
    await browser.signs(letter, name="Bo Lind", address="another@example.org")
    await browser.signs(letter, name="Cy Ames", address="cy@example.org")
    invited = InvitationState.INVITED
    states = [one.state for one in await the_invitations(database, letter)]
    assert states == [InvitationState.SIGNED, invited, InvitationState.SIGNED]
    bo = (await _page(browser, letter)).invitations[1]
    assert (await _page(browser, letter)).doubtful == {bo.id}


@pytest.mark.on_both
async def test_reminded_and_stopped(database: Database, browser: Browser, clock: Clock) -> None:
    """Reminders come by mail in the letter's daytime, once a day, until their reader stops them."""
    letter = await a_letter_to_sign(database)
    await invites(database, letter, _by_address("Ada Moreau", ADA))
    await _sends(browser, letter)
    await browser.posts()

    async def reminds() -> int:
        return await reminders.remind(
            database, letter=letter.id, actor=ORGANISER, when=When.IN_DAYTIME, words="Please do.",
            trigger=a_trigger(),
        )  # fmt: skip

    assert await reminds() == 1
    (row,) = await rows(database, "reminders")
    clock.set(row["due_at"])
    mail = await browser.mail()
    assert mail.subject == f"Reminder: “\u2068{letter.title}\u2069”"
    assert "“\u2068Please do.\u2069”" in mail.paragraphs
    assert await refused(reminds(), Reason.JUST_REMINDED)
    assert mail.end is not None
    path = mail.end[1].removeprefix(PUBLIC_URL)
    shown = await browser.ask(path)
    assert mail.end[0] == "No more emails about this letter"
    assert mail.end[0] in shown.text
    (form,) = shown.forms
    assert "addressee" not in form
    for typed in ("", BO, "robot@example.org"):
        assert (await browser.ask(path, form | {"address": typed})).status == 422
    assert not await rows(database, "reminder_wishes")
    done = await browser.ask(path, form | {"address": ADA})
    assert "You won’t get any more emails about this letter" in done.text
    assert (
        await browser.ask("/l/nowhere1/stop/" + path.split("/")[4] + "/", {"address": ADA})
    ).status == 422
    clock.advance(timedelta(days=1))
    assert await refused(reminds(), Reason.NOBODY_TO_REMIND)


async def test_never_again(database: Database, browser: Browser) -> None:
    """An address that asked for no mails gets none, and its row says so."""
    letter = await a_letter_to_sign(database)
    await browser.fills(letter, name="Ada Moreau")
    person = await browser.person()
    await browser.ask(f"/l/never/{person.user}/", {"address": ADA})
    await browser.posts()
    await invites(database, letter, _by_address("Ada Moreau", ADA), _by_address("Bo Lind", BO))
    await _sends(browser, letter)
    found = await reminders.reach(database, letter=letter.id, actor=ORGANISER)
    assert found.invited == 1
    bo = await browser.person(BO)
    await browser.ask(f"/l/never/{bo.user}/", {"address": BO})
    one = await _row(browser, letter)
    assert (one.mail_error, one.contact) == ("barred", "")
    found = await reminders.reach(database, letter=letter.id, actor=ORGANISER)
    assert found.invited == 0


async def test_robot(database: Database, browser: Browser) -> None:
    """A robot that opens the links of a reminder, and sends every form there, ends nothing."""
    letter = await a_letter_to_sign(database)
    await invites(database, letter, _by_address("Ada Moreau", ADA))
    await _sends(browser, letter)
    await browser.posts()
    await reminders.remind(
        database, letter=letter.id, actor=ORGANISER, when=When.NOW, trigger=a_trigger()
    )
    robot = Robot(browser)
    await robot.reads_mails()
    assert any("/stop/" in one for one in robot.seen)
    assert not await rows(database, "reminder_wishes")


async def test_no_mail_without_a_page(database: Database, browser: Browser) -> None:
    """Nothing is sent for a letter without a public page, and none that was planned."""
    letter = await an_open_letter(database)
    await invites(database, letter, _by_address("Ada Moreau", ADA))
    assert not (await _page(browser, letter)).has_addresses
    await refused(_sends(browser, letter), Reason.NO_PAGE)
    await turns(database, letter, PublicPage.LIST)
    await _sends(browser, letter)
    assert "To sign, please write to them." in (await browser.mail()).paragraphs
    await turns(database, letter, PublicPage.OFF)
    assert await browser.mails() == []


@pytest.mark.on_both
async def test_only_the_invited(database: Database, browser: Browser) -> None:
    """The invited sign on the page of a letter that only they may sign; others are told there."""
    letter = await a_letter_to_sign(database, rules=Rules(may_sign=MaySign.INVITED))
    await invites(database, letter, _by_address("Ada Moreau", ADA))
    await _sends(browser, letter)
    (mail,) = await browser.mails()
    assert any("You can sign on the letter’s page" in one for one in mail.paragraphs)
    assert "/sign/" in str((await browser.ask(f"{letter.page_path}/an-open-web")).links)
    form = await browser.ask(f"{letter.page_path}/sign/")
    assert "Only invited people can sign this letter. Use the address" in form.text
    other = await browser.signs(letter, name="Bo Lind", address=BO)
    assert (other.status, "Only invited people" in other.text) == (409, True)
    assert "You’re listed as" in (await browser.signs(letter)).text
    assert (await _row(browser, letter)).state is InvitationState.SIGNED
    assert len(await rows(database, "endorsements")) == 1
