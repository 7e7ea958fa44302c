"""Wishes of signers on the web: no name in public, being quoted, news of the letter."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.documents.paper_words import LANGUAGES, PaperWords
from bot.features.delivery.use_cases import updates
from bot.features.letter_rules import use_cases as letter_rules
from bot.features.lifecycle import use_cases as lifecycle
from bot.features.signing.use_cases import codes
from bot.features.signing.web.words import sentence
from bot.letters.letter import Letter
from bot.letters.rules import Names, OwnQuestion
from bot.storage.database import Database
from tests.support.clock import Clock
from tests.support.documents.web_pages import PUBLIC_URL
from tests.support.letters import MEMBER, ORGANISER, a_trigger, rows, signs, the_letter
from tests.support.scenes.web_signing import ADA, Browser, a_browser, a_letter_to_sign

BO = "bo@example.org"


@pytest.fixture(name="browser")
async def _browser(database: Database) -> Browser:
    return await a_browser(database)


async def _ruled(database: Database, **rules: Any) -> Letter:
    letter = await a_letter_to_sign(database)
    await letter_rules.set_rules(
        database, letter=letter.id, actor=ORGANISER, rules=replace(letter.rules, **rules),
        responsible="A Trust", trigger=a_trigger(),
    )  # fmt: skip
    return await the_letter(database, letter.id)


@pytest.mark.on_both
async def test_name_withheld(database: Database, browser: Browser) -> None:
    """A withheld name is in no public file and no mail; its signer can show it later."""
    letter = await _ruled(database, names=Names.MAY_BE_WITHHELD)
    form = await browser.ask(f"{letter.page_path}/sign/")
    assert "Organisers, now and later, can still see your name." in form.text
    nurse = {"capacity": "withheld", "title": "nurse, Leeds"}
    shown = await browser.fills(letter, name="Ada Moreau", **nurse)
    assert "without your name" in shown.text
    done = await browser.types(letter, shown, (await browser.mail()).code)
    assert "You’re listed as Name withheld, nurse, Leeds" in done.text
    for name in ("words", "list.json", "list.csv", "feed.xml", "embed"):
        public = await browser.ask(f"{letter.page_path}/{name}")
        assert "Moreau" not in public.body, name
    mail = await browser.mail()
    assert not {"Ada", "Moreau", "nurse"} & set(" ".join(mail.paragraphs).replace(",", "").split())
    (kept,) = await rows(database, "endorsements")
    assert (kept["name"], kept["withheld"]) == ("", "Ada Moreau")
    mine = await browser.opens(letter)
    assert "Ada Moreau" in (await browser.presses(letter, mine, "kept")).text
    form = await browser.presses(letter, mine, "change")
    assert (form.forms[0]["capacity"], form.forms[0]["name"]) == ("withheld", "Ada Moreau")
    check = await browser.presses(letter, form, "check", capacity="individual")
    assert "your name is published" in check.text
    saved = await browser.ask(f"{letter.page_path}/mine/", check.forms[0])
    assert "You’re listed as Ada Moreau, nurse, Leeds" in saved.text


async def test_names_are_shown(database: Database, browser: Browser) -> None:
    """No form offers it where the letter doesn't allow it, and none that was made up gets it."""
    letter = await a_letter_to_sign(database)
    assert "withheld" not in (await browser.ask(f"{letter.page_path}/sign/")).body
    made_up = await browser.signs(letter, capacity="withheld", title="nurse, Leeds")
    assert "Everyone signs this letter with their name." in made_up.text
    assert not await rows(database, "endorsements")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_who_sees(database: Database, browser: Browser, language: str) -> None:
    """The consent says who can still see the name, in the language of the page."""
    letter = await _ruled(database, names=Names.MAY_BE_WITHHELD)
    query, nurse = f"?lang={language}", {"capacity": "withheld", "name": "Ada Moreau"}
    shown = await browser.fills(letter, query, **nurse)
    assert sentence(PaperWords(language), "consent/sees") in shown.text


async def test_quoted(database: Database, browser: Browser) -> None:
    """An answer may be quoted if its signer says so, until they take that back."""
    question = OwnQuestion(asked="Why do you sign?", quoted=True)
    letter = await _ruled(database, question=question)

    async def quotable() -> list[bool]:
        return [one["quotable"] for one in await rows(database, "endorsements")]

    await browser.signs(letter, answer="For my children.", quotable="yes")
    assert await quotable() == [True]
    mine = await browser.opens(letter)
    form = await browser.presses(letter, mine, "change")
    assert form.forms[0]["quotable"] == "yes"
    unticked = {name: of for name, of in form.forms[0].items() if name != "quotable"}
    path = f"{letter.page_path}/mine/"
    check = await browser.ask(path, unticked | {"act": "check"})
    await browser.ask(path, check.forms[0])
    assert await quotable() == [False]


@pytest.mark.on_both
async def test_news(database: Database, browser: Browser) -> None:
    """Mails with news go to those who ticked it, until they end that."""
    letter = await a_letter_to_sign(database)
    await browser.signs(letter, news="yes")
    await browser.signs(letter, name="Bo Lind", address=BO)
    await signs(database, MEMBER, letter)
    await browser.posts()

    async def told() -> list[str]:
        found = [one for one in await browser.mails() if one.subject.startswith("An update")]
        return [one.paragraphs[1] for one in found]

    async def publishes(words: str, **more: bool) -> int:
        return await updates.publish(
            database, letter=letter.id, actor=ORGANISER, words=words, trigger=a_trigger(), **more
        )

    assert await publishes("The minister has seen it.") == 0
    assert await told() == ["The minister has seen it."]
    mail = await browser.mail()
    assert mail.link == ("Read the letter", f"{PUBLIC_URL}{letter.page_path}/?lang=en")
    assert [one.subject for one in await browser.mails(BO)][-1].startswith("You signed")
    await publishes("")
    assert await told() == []
    await publishes("It moves.")
    assert mail.end is not None
    path = mail.end[1].removeprefix(PUBLIC_URL)
    await browser.ask(path)
    await browser.ask(path, {"address": BO})
    assert await told() == ["It moves."]
    done = await browser.ask(path, {"address": ADA})
    assert "You won’t get any more emails about this letter" in done.text
    assert await told() == []
    await browser.posts()
    await publishes("It rests.")
    assert await told() == []


async def test_news_keep_the_address(database: Database, browser: Browser, clock: Clock) -> None:
    """For news, an address is kept one year after the letter ended, and no longer."""
    letter = await a_letter_to_sign(database)
    await browser.signs(letter, news="yes")
    await browser.signs(letter, name="Bo Lind", address=BO)
    await lifecycle.close(database, letter=letter.id, actor=ORGANISER)
    found = list[tuple[bool, bool]]()
    for days in (31, 330, 10):
        clock.advance(timedelta(days=days))
        await codes.forget_old(database)
        kept = {one["user"] for one in await rows(database, "addresses")}
        found.append(
            ((await browser.person()).user in kept, (await browser.person(BO)).user in kept)
        )
    assert found == [(True, False), (True, False), (False, False)]
