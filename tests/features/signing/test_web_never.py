"""The page on which somebody asks for no more mails."""

import pytest

from bot.documents.paper_words import LANGUAGES
from bot.storage.database import Database
from bot.storage.privacy import addresses
from tests.support.letters import WORKSPACE, rows
from tests.support.scenes.web_signing import ADA, a_browser

BO = "bo@example.org"


@pytest.mark.on_both
async def test_never_again(database: Database) -> None:
    """Only the address that the mail went to ends its mails; links and forms alone do nothing."""
    browser = await a_browser(database)
    ada, bo = [
        await database.write(
            lambda tx, one=one: addresses.keep(tx, browser.keys, WORKSPACE, one, "en")
        )
        for one in (ADA, BO)
    ]

    async def barred() -> list[bool]:
        kept = {one["user"]: one["sealed"] for one in await rows(database, "addresses")}
        return [kept[one.user] is None for one in (ada, bo)]

    path = f"/l/never/{ada.user}/"
    shown = await browser.ask(path)
    assert shown.status == 200
    assert "Type the address" in shown.text
    assert "you can’t change or withdraw a signature here" in shown.text
    assert ADA not in shown.body
    (form,) = shown.forms
    for typed, said in (
        ("", "Please fill this in."),
        ("Ada", "isn’t an email address"),
        (BO, "The email went to another address."),
    ):
        answer = await browser.ask(path, form | {"address": typed})
        assert (answer.status, said in answer.text) == (422, True)
    elsewhere = await browser.ask(path, form | {"address": ADA}, sec_fetch_site="cross-site")
    assert elsewhere.status == 403
    assert await barred() == [False, False]

    done = await browser.ask(path, form | {"address": f" {ADA.upper()}"})
    assert (done.status, done.forms) == (200, [])
    assert "Nothing will be sent to this address again." in done.text
    assert await barred() == [True, False]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_language(database: Database, language: str) -> None:
    """The page speaks the language of the mail, and has its style."""
    browser = await a_browser(database)
    shown = await browser.ask(f"/l/never/{'a' * 32}/?lang={language}")
    direction = "rtl" if language == "ar" else "ltr"
    assert f'<html lang="{language}" dir="{direction}">' in shown.body
    assert 'href="../../page.css"' in shown.body
    assert "@media" in (await browser.ask("/l/page.css")).body
