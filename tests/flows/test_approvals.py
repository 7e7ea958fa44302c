"""Somebody in Slack needs their board's approval, which comes by mail."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from cryptography.fernet import Fernet

from bot.letters.people import Person as Account
from bot.settings import Settings
from tests.flows.conftest import RunningBot
from tests.support.documents.web_pages import CONTACT, PUBLIC_URL
from tests.support.letters import for_organisation, signs, the_letter
from tests.support.machine.post_office import PostOffice, texts
from tests.support.people import Person
from tests.support.scenes.drafts import ORGANISER
from tests.support.scenes.invitations import may_object
from tests.support.scenes.web_signing import CODE_RUN, Browser, Shown
from tests.support.stories import CHANNEL, a_posted_letter
from tests.support.waiting import until

BOARD, NEEDS = "board@harbour.example", "I need someone’s approval"
LIBRARY = {"Organisation": "Harbour Library", "Your role there": "Chair"}


@asynccontextmanager
async def _with_mail(
    bot: RunningBot, monkeypatch: pytest.MonkeyPatch
) -> AsyncGenerator[tuple[PostOffice, Browser]]:
    """The bot with a mail server and public pages, and a browser to read them."""
    office = PostOffice()
    async with office.listening() as port:
        for name, value in {
            "SMTP_URL": f"smtp://127.0.0.1:{port}",
            "MAIL_FROM": "letters@undersigned.example",
            "SECRET_KEYS": Fernet.generate_key().decode(),
            "PUBLIC_URL": PUBLIC_URL,
            "CONTACT": CONTACT,
        }.items():
            monkeypatch.setenv(name, value)
        bot.settings = Settings()
        async with bot.working() as process:
            keys = process.bot.keys
            assert keys is not None
            yield office, Browser(process.database, keys, workspace="T0COALITION")


async def _asks(member: Person, whom: str = BOARD) -> object:
    """Ask for an approval in the view of the entry."""
    await member.fill({"Email of the person to ask": whom})
    return await member.submit()


async def _button(member: Person) -> str:
    view = await member.view() or {}
    return str(view["submit"]["text"])


async def _fills(member: Person, permission: str) -> None:
    """Fill the form in for an organisation, up to the view of its entry."""
    await member.click("Sign", channel=CHANNEL)
    await member.sees_modal("Sign the letter")
    await member.fill({"How are you signing?": "For my organisation"})
    await member.fill({**LIBRARY, "Authorisation": permission})
    await member.submit()
    await member.sees("Check how it will appear")


async def _answers(office: PostOffice, browser: Browser, act: str, **fields: str) -> Shown:
    """Read the only mail, follow its link, and answer with its code."""
    await until(lambda: len(office.mails) == 1)
    said = texts(office.one())[0]
    assert "Harbour Library" in said
    (code,) = CODE_RUN.findall(said)
    (link,) = (one for one in said.split() if "/approval/" in one)
    path = link.removeprefix(PUBLIC_URL)
    (form, _) = (await browser.ask(path)).forms
    return await browser.ask(path, form | {"act": act, "code": code, **fields})


async def test_yes(stopped_bot: RunningBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """The entry is nowhere until the board says yes; then it is listed, and its signer told."""
    async with _with_mail(stopped_bot, monkeypatch) as (office, browser):
        await a_posted_letter(stopped_bot)
        member, organiser = stopped_bot.member, stopped_bot.organiser
        await _fills(member, NEEDS)
        assert await _button(member) == "Ask for approval"
        assert "authorised" not in await member.sees("Harbour Library")
        assert "isn’t an email address" in str(await _asks(member, "nowhere"))
        await _asks(member)
        await member.sees("We asked for approval.")
        await organiser.sees("No signatures yet", channel=CHANNEL)
        await member.close()
        await member.click("Sign", channel=CHANNEL)
        await member.sees("harbour.example\u2069*, ")
        await member.sees("Harbour Library")
        await member.close()
        shown = await _answers(office, browser, "yes")
        assert "You approved this entry." in shown.text
        await organiser.sees("1 signature", channel=CHANNEL)
        await member.sees("was approved by email from", channel="app")


async def test_invited(stopped_bot: RunningBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """The invitation's answer leads to the form, and a no comes with its reason."""
    async with _with_mail(stopped_bot, monkeypatch) as (office, browser):
        number = await a_posted_letter(stopped_bot)
        database = stopped_bot.process.database
        letter = await the_letter(database, number, ORGANISER)
        actor = replace(ORGANISER, person=Account("T0COALITION", "U0MEMBER1"))
        await may_object(database, letter, actor, "Harbour Library", by=ORGANISER)
        member = stopped_bot.member
        await member.sees("is invited to sign", channel="app")
        await member.click("Waiting for approval…", channel="app")
        await member.click("Ask them by email", channel="app")
        await member.sees("press *Ask for approval*")
        await _asks(member, BOARD)
        await member.sees("We asked for approval.")
        await member.sees("You expect approval by", channel="app")
        shown = await _answers(office, browser, "no", reason="Not this year.")
        assert "Nothing was signed." in shown.text
        await member.sees("Not this year.", channel="app")
        await member.sees_no("You expect approval by", channel="app")
        await stopped_bot.organiser.sees("No signatures yet", channel=CHANNEL)


async def test_authorised(stopped_bot: RunningBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """A signer who is authorised signs at once, and may still ask somebody else instead."""
    async with _with_mail(stopped_bot, monkeypatch):
        await a_posted_letter(stopped_bot)
        member = stopped_bot.member
        await _fills(member, "I’m authorised to sign for this organisation")
        assert await _button(member) == "Sign"
        await member.click("I need someone’s approval")
        await member.sees("Email of the person to ask")
        await member.click("Edit")
        await member.fill({"Authorisation": "I’m authorised to sign for this organisation"})
        await member.submit()
        await member.sees_no("Email of the person to ask")
        await member.submit()
        await member.sees_modal("Signed")


async def test_second_signer(stopped_bot: RunningBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second signer who isn’t authorised confirms nothing: their board does."""
    async with _with_mail(stopped_bot, monkeypatch) as (office, browser):
        number = await a_posted_letter(stopped_bot)
        database = stopped_bot.process.database
        letter = await the_letter(database, number, ORGANISER)
        await signs(
            database, ORGANISER, letter, for_organisation(ORGANISER, letter, "Harbour Library")
        )
        member = stopped_bot.member
        await member.click("Sign", channel=CHANNEL)
        await member.fill({"How are you signing?": "For my organisation"})
        await member.fill({**LIBRARY, "Authorisation": NEEDS})
        await member.submit()
        await member.sees_modal("Already signed")
        await member.submit()
        await _asks(member)
        await member.sees("We asked for approval.")
        assert "You approved this entry." in (await _answers(office, browser, "yes")).text


async def test_withdrawn(stopped_bot: RunningBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """A signer can put their question to somebody else, or withdraw it; the first one then ends."""
    async with _with_mail(stopped_bot, monkeypatch) as (office, browser):
        await a_posted_letter(stopped_bot)
        member = stopped_bot.member
        await _fills(member, NEEDS)
        await _asks(member)
        await member.sees("We asked for approval.")
        await until(lambda: len(office.mails) == 1)
        (link,) = (one for one in texts(office.one())[0].split() if "/approval/" in one)
        await member.close()
        await member.click("Sign", channel=CHANNEL)
        await _asks(member, "chair@other.example")
        await member.close()
        shown = await browser.ask(link.removeprefix(PUBLIC_URL))
        assert "no longer open" in shown.text
        await member.click("Sign", channel=CHANNEL)
        await member.sees("other.example\u2069*, ")
        await member.click("Withdraw question")
        await member.sees("Nothing was signed.")
        await member.close()
        await member.click("Sign", channel=CHANNEL)
        await member.sees("How are you signing?")
