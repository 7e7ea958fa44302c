"""Translations of a letter are read beside it and never signed."""

from dataclasses import replace
from typing import Any

import pytest

from bot.documents.writers.docx import docx
from bot.documents.writers.html import page
from bot.documents.writers.text import markdown
from bot.features.delivery.paper import paper_of_copy, paper_of_list
from bot.features.delivery.use_cases import handover, papers
from bot.features.letter_rules import use_cases as letter_rules
from bot.features.privacy.use_cases import erasure
from bot.letters.amendment import AmendmentKind
from bot.letters.letter import Letter
from bot.letters.phases import Phase
from bot.letters.refusals import Reason
from bot.letters.text import Translation
from bot.storage.database import Database
from tests.support.amending import amends
from tests.support.clock import Clock
from tests.support.documents.web_pages import Web, with_a_page
from tests.support.letters import (
    BODY,
    MEMBER,
    ORGANISER,
    WORKSPACE,
    a_signature,
    an_open_letter,
    rows,
    signs,
    the_letter,
)
from tests.support.refusing import refused
from tests.support.scenes.phases import a_letter_to_lead, led_to

FRENCH = Translation(
    language="fr",
    title="Un web ouvert",
    body="Nous demandons un web *ouvert*.\n",
    translator="Zoé Traductrice",
    text_sha256="",
)
EARLIER = "Elle correspond à une version antérieure de la lettre."


async def translated(
    database: Database, letter: Letter, text: Translation = FRENCH, **changes: Any
) -> None:
    """The organiser saves a translation of the text as it is now."""
    now = await the_letter(database, letter.id)
    text = replace(text, **({"text_sha256": now.text_sha256} | changes))
    await letter_rules.translate(database, letter=letter.id, actor=ORGANISER, text=text)


async def removed(database: Database, letter: Letter, language: str = "fr") -> None:
    """The organiser removes a translation."""
    empty = replace(FRENCH, language=language)
    await translated(database, letter, empty, title="", body="", translator="")


async def documents(database: Database, letter: Letter) -> dict[str, bytes]:
    """Return the letter's documents, made of its delivered copy or of today's list."""
    found = await papers.finished(database, letter=letter.id)
    if found.copy is not None:
        paper = paper_of_copy(found.letter, found.copy, found.translations)
    else:
        paper = paper_of_list(
            found.letter, found.body, found.entries, found.translations, now=found.now
        )
    return {"docx": docx(paper), "html": page(paper), "md": markdown(paper)}


@pytest.mark.on_both
async def test_on_the_page_and_in_documents(database: Database) -> None:
    """A translation is beside the letter, marked, in its language; without it no byte differs."""
    letter = await with_a_page(database, await an_open_letter(database))
    signed = letter.text_sha256
    web = Web(database)
    before = await web.everything(letter), await documents(database, letter)
    await translated(database, letter)
    await translated(database, letter, language="ar", title="ويب مفتوح", body="نطلب.\n")
    web.later()
    shown = (await web.page(letter)).body.decode()
    assert '<summary lang="fr">Traduction non officielle : français</summary>' in shown
    assert '<div class="text" lang="fr" dir="ltr">' in shown
    assert '<div class="text" lang="ar" dir="rtl">' in shown
    assert "<em>ouvert</em>" in shown
    assert "<details open>" not in shown
    french = (await web.page(letter, "?lang=fr")).body.decode()
    assert french.count("<details open>") == 1
    for name in ("list.json", "list.csv", "feed.xml", "embed"):
        answer = await web.get(f"{letter.page_path}/{name}")
        assert answer.body == before[0][name].body
    made = await documents(database, letter)
    assert "Un web ouvert" in made["md"].decode()
    assert (await the_letter(database, letter.id)).text_sha256 == signed

    await removed(database, letter)
    await removed(database, letter, "ar")
    assert await documents(database, letter) == before[1]
    web.later()
    after = await web.everything(letter)
    assert {name: one.body for name, one in after.items()} == {
        name: one.body for name, one in before[0].items()
    }
    acts = [one["facts"] for one in await rows(database, "audit_entries")][-4:]
    assert [(one["language"], one["removed"]) for one in acts] == [
        ("fr", False), ("ar", False), ("fr", True), ("ar", True),
    ]  # fmt: skip


async def test_earlier_version(database: Database) -> None:
    """After a change of the letter, a translation says that it belongs to an earlier version."""
    letter = await an_open_letter(database)
    await translated(database, letter)
    assert EARLIER not in (await documents(database, letter))["md"].decode()
    change: dict[str, Any] = {"letter": letter.id, "actor": ORGANISER, "note": "A comma"}
    await amends(database, **change, body=f"{BODY}\nSoon.\n", kind=AmendmentKind.COSMETIC)
    for written in ("html", "md"):
        assert EARLIER in (await documents(database, letter))[written].decode()
    # Typed while the letter changed: it translates what its form was opened with.
    await translated(database, letter, text_sha256=letter.text_sha256)
    assert EARLIER in (await documents(database, letter))["md"].decode()
    await translated(database, letter)
    assert EARLIER not in (await documents(database, letter))["md"].decode()


async def test_no_part_of_a_copy(database: Database, clock: Clock) -> None:
    """A translation comes and goes after the delivery, and the copy and its hash stay."""
    letter = await led_to(database, clock, await a_letter_to_lead(database), Phase.DELIVERED)
    (copy,) = (await handover.delivered(database, letter=letter.id, actor=ORGANISER)).copies
    await translated(database, letter)
    (same,) = (await handover.delivered(database, letter=letter.id, actor=ORGANISER)).copies
    assert (same.copy_sha256, same.printed) == (copy.copy_sha256, copy.printed)
    assert "Un web ouvert" in (await documents(database, letter))["html"].decode()


async def test_bad_input(database: Database) -> None:
    """The letter's own language, missing or long fields, and strangers are refused."""
    letter = await an_open_letter(database)
    await refused(translated(database, letter, language="en"), Reason.LETTERS_LANGUAGE)
    for missing in ("title", "body", "translator"):
        blank: dict[str, Any] = {missing: " "}
        await refused(translated(database, letter, **blank), Reason.EMPTY)
    await refused(translated(database, letter, body="x" * 100_001), Reason.TOO_LONG)
    await refused(removed(database, letter), Reason.EMPTY)
    text = replace(FRENCH, text_sha256=letter.text_sha256)
    await refused(
        letter_rules.translate(database, letter=letter.id, actor=MEMBER, text=text),
        Reason.NOT_ORGANISER,
    )
    assert await rows(database, "translations") == []


async def test_erased(database: Database) -> None:
    """Erasing a person takes their name off translations; a letter's end takes the whole."""
    letter = await an_open_letter(database)
    await translated(database, letter)
    signature = a_signature(MEMBER, letter, name=FRENCH.translator)
    await signs(database, MEMBER, letter, signature)
    await erasure.erase_person(database, workspace=WORKSPACE, person=MEMBER.person)
    (kept,) = await rows(database, "translations")
    assert (kept["translator"], kept["title"]) == ("", "Un web ouvert")
    made = (await documents(database, letter))["md"].decode()
    assert "Traduction non officielle" in made
    assert "Traduction :" not in made
    await erasure.erase_letter(database, letter=letter.id)
    assert await rows(database, "translations") == []
