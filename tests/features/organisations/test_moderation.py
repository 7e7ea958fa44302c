"""Signatures on the web that wait for an organiser: accepted, refused, or of the same person."""

from dataclasses import replace
from typing import Any

import pytest

from bot.features.corrections import use_cases as corrections
from bot.features.letter_rules import use_cases as letter_rules
from bot.features.organisations.slack import views
from bot.features.organisations.use_cases import moderation, removals, standing
from bot.features.organisations.use_cases.shown import read_of
from bot.features.organisations.use_cases.standing import Case
from bot.features.withdrawals import use_cases as withdrawals
from bot.letters.letter import Letter, Tally
from bot.letters.refusals import Reason
from bot.letters.rules import Look
from bot.locales import words
from bot.storage.database import Database
from tests.support.letters import (
    MEMBER,
    ORGANISER,
    a_trigger,
    for_organisation,
    rows,
    signs,
    the_letter,
)
from tests.support.reading import words_of
from tests.support.refusing import refused
from tests.support.scenes.web_signing import Browser, a_browser, a_letter_to_sign

BODY = {"capacity": "organisation", "organisation": "Harbour Library", "role": "Chair"}


@pytest.fixture(name="browser")
async def _browser(database: Database) -> Browser:
    return await a_browser(database)


async def _cases(database: Database, letter: Letter) -> list[Case]:
    """The entries off the list, as an organiser opens them."""
    _, found = await standing.unlisted(database, letter=letter.id, actor=ORGANISER)
    return [await standing.case(database, signatory=one.party.id, actor=ORGANISER) for one in found]


async def _tally(database: Database, letter: Letter) -> Tally:
    return (await the_letter(database, letter.id)).tally


async def test_accepted(database: Database, browser: Browser) -> None:
    """An organiser sees where it came from, accepts it, and it is listed; its signer is told."""
    letter = await a_letter_to_sign(database)
    await browser.signs(letter, **BODY)
    await browser.posts()
    (case,) = await _cases(database, letter)
    shown = words_of(views.case_page(words("en-US"), case, []))
    assert "Signed on the web" in shown
    assert "Web, example.org" in shown
    assert "Refuse all from example.org" in shown
    party = case.organisation.party.id
    await standing.confirm(
        database, signatory=party, actor=ORGANISER, permission=None, trigger=a_trigger()
    )
    assert (await _tally(database, letter)).organisations == 1
    assert "Harbour Library" in (await browser.mail()).paragraphs


async def test_first_signer_leaves_the_web(database: Database, browser: Browser) -> None:
    """An organisation waits for a look once it is backed by nobody but a second signer on the web."""
    letter = await a_letter_to_sign(database)
    mine = for_organisation(MEMBER, letter, "Harbour Library")
    signed = await signs(database, MEMBER, letter, mine)
    (form,) = (await browser.signs(letter, **BODY)).forms
    await browser.ask(f"{letter.page_path}/sign/", form)
    assert (await _tally(database, letter)).organisations == 1
    await withdrawals.withdraw(
        database, endorsement=signed.endorsement, actor=MEMBER, trigger=a_trigger()
    )
    assert await _tally(database, letter) == Tally(waiting=1)


@pytest.mark.parametrize("withdraws", [False, True])
async def test_removed_comes_back(database: Database, browser: Browser, *, withdraws: bool) -> None:
    """A removed person's name, from another address, waits for an organiser's look."""
    letter = await a_letter_to_sign(database)
    await browser.signs(letter, name="Yarrow Finch")
    (party,) = [one["id"] for one in await rows(database, "signatories")]
    await removals.remove(
        database, signatory=party, actor=ORGANISER, why="Not them.", trigger=a_trigger()
    )
    if withdraws:
        held = await browser.opens(letter)
        asked = await browser.presses(letter, held, "withdraw")
        await browser.presses(letter, asked, "withdrawn")
    await browser.signs(letter, name="Dr. YARROW Finch", address="another@example.net")
    assert await _tally(database, letter) == Tally(waiting=1)


async def test_domain_refused(database: Database, browser: Browser) -> None:
    """All that waits from a domain is refused, and so is all that follows; others aren't."""
    letter = await a_letter_to_sign(database)
    for number in range(2):
        one = {"organisation": f"Body {number}", "address": f"a{number}@spam.example"}
        await browser.signs(letter, **{**BODY, **one})
    await browser.signs(letter, **BODY)
    first, *_ = await _cases(database, letter)
    count = await moderation.refuse_domain(
        database,
        signatory=first.organisation.party.id,
        actor=ORGANISER,
        why="Not these.",
        trigger=a_trigger(),
    )
    assert count == 2
    assert (await _tally(database, letter)).waiting == 1
    for domain in ("spam.example", "mail.spam.example"):
        answer = await browser.fills(letter, name="Bo", address=f"b@{domain}")
        assert (answer.status, "don’t accept signatures" in answer.text) == (422, True)
        assert await browser.mails(f"b@{domain}") == []
    told = " ".join((await browser.mail("a0@spam.example")).paragraphs)
    assert "An organiser didn’t accept it." in told
    assert "change or withdraw" not in told
    assert (await _tally(database, letter)).people == 0


async def test_public_providers_are_no_hint(database: Database, browser: Browser) -> None:
    """The domain of a public mail provider is neither shown nor refused as a whole."""
    letter = await a_letter_to_sign(database)
    await browser.signs(letter, **{**BODY, "address": "someone@gmail.com"})
    (case,) = await _cases(database, letter)
    shown = words_of(views.case_page(words("en-US"), case, []))
    assert "gmail" not in shown
    assert "Refuse all" not in shown


async def test_same_person(database: Database, browser: Browser) -> None:
    """The same person counts once, and different people of one name count twice."""
    letter = await a_letter_to_sign(database)
    await signs(database, MEMBER, letter)
    for number in range(2):
        await browser.signs(letter, name="A Member", address=f"a{number}@example.org")
    same, other = [one.organisation.party.id for one in await _cases(database, letter)]
    await moderation.same_person(database, signatory=same, actor=ORGANISER, trigger=a_trigger())
    await standing.confirm(
        database, signatory=other, actor=ORGANISER, permission=None, trigger=a_trigger()
    )
    tally = await _tally(database, letter)
    assert (tally.people, tally.waiting) == (2, 0)


async def test_decided_on_what_was_seen(database: Database, browser: Browser) -> None:
    """An entry that changed while an organiser looked at it stays, and its domain isn't refused."""
    letter = await a_letter_to_sign(database)
    await signs(database, MEMBER, letter)
    await browser.signs(letter, name="A Member")
    (case,) = await _cases(database, letter)
    read, party = read_of(case.organisation), case.organisation.party.id
    (given,) = case.organisation.endorsements
    facts = replace(given.signature.facts, title="Prof")
    await corrections.correct(
        database, endorsement=given.id, actor=ORGANISER, facts=facts, asks=False,
        trigger=a_trigger(),
    )  # fmt: skip
    act: dict[str, Any] = {"signatory": party, "actor": ORGANISER, "read": read}
    for story in (
        moderation.same_person(database, **act, trigger=a_trigger()),
        moderation.refuse_domain(database, **act, why="Not these.", trigger=a_trigger()),
    ):
        await refused(story, Reason.CHANGED_UNSEEN)
    tally = await _tally(database, letter)
    assert (tally.people, tally.waiting) == (1, 1)
    answer = await browser.signs(letter, address="b@example.org")
    assert "don’t accept signatures" not in answer.text


async def test_past_a_number_all_wait(database: Database, browser: Browser) -> None:
    """Past the letter's number in an hour, people wait for a look too."""
    letter = await a_letter_to_sign(database)
    rules = replace(letter.rules, look=Look.NONE, hourly=2)
    await letter_rules.set_rules(database, letter=letter.id, actor=ORGANISER, rules=rules)
    for number in range(3):
        name, address = f"Ada {'ABC'[number]}", f"a{number}@example.org"
        await browser.signs(letter, name=name, address=address)
    tally = await _tally(database, letter)
    assert (tally.people, tally.waiting) == (2, 1)
