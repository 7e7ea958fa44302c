"""Signing on a letter's page, with a code by mail."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.features.letter_rules import use_cases as letter_rules
from bot.features.signing import rules
from bot.letters.rules import Confirmation, Embargo, Hidden, Look, OwnQuestion, Rules
from bot.storage.database import Database
from bot.storage.privacy import addresses
from tests.support.clock import Clock
from tests.support.letters import (
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    a_trigger,
    for_organisation,
    rows,
    signs,
    the_letter,
)
from tests.support.scenes.web_signing import (
    ADA,
    CODE_RUN,
    Browser,
    a_browser,
    a_letter_to_sign,
)

BODY = {"capacity": "organisation", "organisation": "Harbour Library", "role": "Chair"}


@pytest.fixture(name="browser")
async def _browser(database: Database) -> Browser:
    return await a_browser(database)


@pytest.mark.on_both
async def test_as_oneself(database: Database, browser: Browser) -> None:
    """A typed code signs what was shown before, and a receipt follows by mail."""
    letter = await a_letter_to_sign(database)
    shown = await browser.fills(letter, name="Ada Moreau", title="Dr", organisation="A School")
    assert shown.status == 200
    assert "You’ll be listed as Ada Moreau, Dr, A School" in shown.text
    assert "By signing, you agree that your name is published" in shown.text
    assert (await the_letter(database, letter.id)).tally.people == 0
    code = (await browser.mail()).code
    thanks = await browser.types(letter, shown, code)
    assert thanks.status == 200
    assert "You’re listed as Ada Moreau, Dr, A School" in thanks.text
    assert (await the_letter(database, letter.id)).tally.people == 1
    receipt = await browser.mail()
    assert "Ada Moreau, Dr, A School" in receipt.paragraphs
    assert receipt.code == ""
    again = await browser.types(letter, shown, code)
    assert "You’re listed as" in again.text
    assert (await the_letter(database, letter.id)).tally.people == 1


async def test_edit(database: Database, browser: Browser) -> None:
    """The form is as it was filled in after Edit, with the address."""
    letter = await a_letter_to_sign(database)
    shown = await browser.fills(letter, name="Ada Moreau")
    form = await browser.ask(f"{letter.page_path}/sign/", shown.forms[0] | {"act": "edit"})
    assert (form.forms[0]["name"], form.forms[0]["address"]) == ("Ada Moreau", ADA)


async def test_code_mail(database: Database, browser: Browser) -> None:
    """The mail with a code has no word of its asker, no link, and one run of six digits."""
    letter = await a_letter_to_sign(database, title="A web for 12345678 people")
    await browser.fills(letter, name="Zebra Quagga", organisation="A School")
    mail = await browser.mail()
    said = " ".join((mail.subject, *mail.paragraphs, mail.code, *mail.foot, mail.never))
    assert CODE_RUN.findall(said) == [mail.code]
    assert mail.link is None
    assert "Zebra" not in said
    assert "School" not in said
    assert await browser.mail() == mail
    browser.restart()
    assert await browser.mail() == mail


@pytest.mark.on_both
async def test_five_tries(database: Database, browser: Browser) -> None:
    """The sixth try is refused, even with the right code; no code is no try."""
    letter = await a_letter_to_sign(database)
    shown = await browser.fills(letter, name="Ada Moreau")
    code = (await browser.mail()).code
    wrong = f"{(int(code) + 1) % 10**6:06}"
    for typed in ("", "12", "letters"):
        answer = await browser.types(letter, shown, typed)
        assert "Type the six digits" in answer.text
    for _ in range(4):
        answer = await browser.types(letter, shown, wrong)
        assert (answer.status, "isn’t the code" in answer.text) == (422, True)
    assert "last of five tries" in (await browser.types(letter, shown, wrong)).text
    assert "last of five tries" in (await browser.types(letter, shown, code)).text
    assert (await the_letter(database, letter.id)).tally.people == 0


@pytest.mark.on_both
async def test_half_an_hour(database: Database, browser: Browser, clock: Clock) -> None:
    """A code works for 30 minutes, also after a restart and written in Arabic digits."""
    letter = await a_letter_to_sign(database)
    shown = await browser.fills(letter, name="Ada Moreau")
    code = (await browser.mail()).code
    browser.restart()
    clock.advance(timedelta(minutes=30, seconds=1))
    assert "30 minutes are over" in (await browser.types(letter, shown, code)).text
    shown = await browser.fills(letter, name="Ada Moreau")
    code = (await browser.mail()).code
    arabic = code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert "Thank you" in (await browser.types(letter, shown, f" {arabic[:3]} {arabic[3:]}")).text


@pytest.mark.on_both
async def test_second_signer(database: Database, browser: Browser) -> None:
    """A second signer of an organisation is asked, and it counts once."""
    letter = await a_letter_to_sign(database)
    await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, "Harbour Library"))
    answer = await browser.signs(letter, **BODY)
    assert "already signed" in answer.text
    (form,) = answer.forms
    done = await browser.ask(f"{letter.page_path}/sign/", form)
    assert "You’re listed as Harbour Library" in done.text
    assert (await the_letter(database, letter.id)).tally.organisations == 1


@pytest.mark.on_both
async def test_organisation_waits_for_a_look(database: Database, browser: Browser) -> None:
    """An organisation that signs on the web is neither listed nor counted before a look."""
    letter = await a_letter_to_sign(database)
    assert letter.rules.look is Look.ORGANISATIONS
    answer = await browser.signs(letter, **BODY)
    assert "An organiser needs to accept it first" in answer.text
    tally = (await the_letter(database, letter.id)).tally
    assert (tally.organisations, tally.waiting) == (0, 1)


@pytest.mark.on_both
@pytest.mark.parametrize("name", ["Harbour International", "Ada Quill, Tom Reed", "AMBER WATCH"])
async def test_organisation_as_a_name(database: Database, browser: Browser, name: str) -> None:
    """A person's name that reads like an organisation waits for a look, as organisations do."""
    letter = await a_letter_to_sign(database)
    await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, "Amber Watch"))
    answer = await browser.signs(letter, name=name)
    assert "An organiser needs to accept it first" in answer.text
    assert (await the_letter(database, letter.id)).tally.people == 0
    held = await browser.opens(letter)
    form = await browser.presses(letter, held, "change")
    check = await browser.presses(letter, form, "check", title="Dr")
    await browser.ask(f"{letter.page_path}/mine/", check.forms[0])
    assert (await the_letter(database, letter.id)).tally.people == 0


async def test_same_name_as_in_slack(database: Database, browser: Browser) -> None:
    """The name of somebody who signed in Slack waits for an organiser, and its writer reads that."""
    letter = await a_letter_to_sign(database)
    await signs(database, MEMBER, letter)
    answer = await browser.signs(letter, name="A  MEMBER")
    assert "first checks whether that’s you" in answer.text
    tally = (await the_letter(database, letter.id)).tally
    assert (tally.people, tally.waiting) == (1, 1)


@pytest.mark.parametrize("look", Look)
@pytest.mark.parametrize("hides", Hidden)
async def test_embargoed_names(
    database: Database, browser: Browser, hides: Hidden, look: Look
) -> None:
    """Under an embargo nobody learns on the web, or by mail, which names have signed."""
    embargo = Embargo(hides=hides, until_listed=9)
    rules = Rules(embargo=embargo, look=look, confirmation=Confirmation.SECOND)
    letter = await a_letter_to_sign(database, rules=rules)
    await signs(database, MEMBER, letter)
    await signs(database, OTHER_MEMBER, letter, for_organisation(OTHER_MEMBER, letter, "Ember"))
    read: set[tuple[str, ...]] = set()
    for number, name in enumerate(("A Member", "A Nobody", "Ember")):
        address = f"{number}@example.org"
        answer = await browser.signs(letter, name=name, address=address)
        receipt = (await browser.mail(address)).paragraphs
        read.add(tuple(one.replace(name, "…") for one in (answer.text, *receipt)))
    assert len(read) == 1
    waiting = (await the_letter(database, letter.id)).tally.waiting
    assert waiting == (4 if look is Look.EVERYONE else 3)


@pytest.mark.on_both
async def test_bounds(database: Database, browser: Browser, clock: Clock) -> None:
    """Six codes an hour and twenty a day for an address, whatever the letter, then 429 with words."""
    letters = [await a_letter_to_sign(database) for _ in range(2)]
    for number in range(rules.ADDRESS_HOURLY):
        assert (await browser.fills(letters[number % 2], name="Ada Moreau")).status == 200
    answer = await browser.fills(letters[0], name="Ada Moreau", address="ADA@Example.org")
    assert (answer.status, "many codes" in answer.text) == (429, True)
    for _ in range(2):
        clock.advance(timedelta(hours=1, seconds=1))
        for number in range(rules.ADDRESS_HOURLY):
            assert (await browser.fills(letters[number % 2], name="Ada Moreau")).status == 200
    clock.advance(timedelta(hours=1, seconds=1))
    statuses = [(await browser.fills(letters[0], name="Ada Moreau")).status for _ in range(3)]
    assert statuses == [200, 200, 429]


@pytest.mark.on_both
async def test_stranger_uses_up_the_codes(database: Database, browser: Browser) -> None:
    """Codes that others ask for keep nobody from opening their own signatures."""
    letter = await a_letter_to_sign(database)
    await browser.signs(letter, name="Ada Moreau")
    browser.client = "203.0.113.9"
    while (await browser.fills(letter, name="Ada Moreau")).status == 200:
        pass
    path = f"{letter.page_path}/mine/"
    (form,) = (await browser.ask(path)).forms
    form |= {"address": ADA}
    for _ in range(rules.ADDRESS_HOURLY):
        assert (await browser.ask(path, form)).status == 200
    assert (await browser.ask(path, form)).status == 429
    browser.client = "198.51.100.7"
    mine = await browser.opens(letter)
    assert "Ada Moreau" in mine.text


@pytest.mark.on_both
async def test_bounds_of_a_network(database: Database, browser: Browser) -> None:
    """Thirty forms an hour from a /24; another caller's word about its address is not believed."""
    letter = await a_letter_to_sign(database)
    for number in range(rules.NETWORK_HOURLY):
        browser.client = f"198.51.100.{number}"
        address = f"person{number}@example.org"
        shown = await browser.fills(letter, name="Ada Moreau", address=address)
        assert shown.status == 200
    path = f"{letter.page_path}/sign/"
    (form,) = (await browser.ask(path)).forms
    form |= {"name": "Ada Moreau", "address": "another@example.org"}
    forged = await browser.ask(path, form, x_forwarded_for="203.0.113.9")
    assert forged.status == 429
    browser.client = "198.51.101.1"
    assert (await browser.ask(path, form)).status == 200


@pytest.mark.on_both
async def test_unconfirmed_is_deleted(database: Database, browser: Browser, clock: Clock) -> None:
    """Unconfirmed signatures are deleted after 72 hours, with the address."""
    from bot.features.signing.use_cases import codes

    letter = await a_letter_to_sign(database)
    await browser.fills(letter, name="Ada Moreau")
    await browser.signs(letter, name="Bo Lind", address="bo@example.org")
    clock.advance(timedelta(hours=72, seconds=1))
    await codes.forget_old(database)
    for address, kept in ((ADA, ""), ("bo@example.org", "bo@example.org")):
        person = await browser.person(address)
        known = await codes.address_of(
            database, keys=browser.keys, workspace=letter.workspace, person=person
        )
        assert known == kept


@pytest.mark.on_both
async def test_bounds_of_a_letter(
    database: Database, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only so many signatures of a letter wait for their codes, beside any codes for “My signature”."""
    monkeypatch.setattr(rules, "LETTER_MOST", 3)
    letter = await a_letter_to_sign(database)
    path = f"{letter.page_path}/mine/"
    (opens,) = (await browser.ask(path)).forms
    assert (await browser.ask(path, opens | {"address": ADA})).status == 200
    for number in range(3):
        shown = await browser.fills(letter, name="Ada Moreau", address=f"a{number}@example.org")
        assert shown.status == 200
    shown = await browser.fills(letter, name="Ada Moreau", address="last@example.org")
    assert (shown.status, "Too many people" in shown.text) == (429, True)
    # Whoever signed can still withdraw.
    assert (await browser.ask(path, opens | {"address": ADA})).status == 200


@pytest.mark.on_both
async def test_forgotten_address_signs_nothing(database: Database, browser: Browser) -> None:
    """Asking for no more mails before typing the code is no way around a refused domain."""
    letter = await a_letter_to_sign(database)
    shown = await browser.fills(letter, name="Ada Moreau")
    code, person = (await browser.mail()).code, await browser.person(ADA)
    await database.write(lambda tx: addresses.bar(tx, letter.workspace, person))
    answer = await browser.types(letter, shown, code)
    assert (answer.status, "Start again" in answer.text) == (409, True)
    assert (await the_letter(database, letter.id)).tally.people == 0


@pytest.mark.parametrize("choices", [(), ("Yes", "No")])
async def test_own_question(database: Database, browser: Browser, choices: tuple[str, ...]) -> None:
    """The letter's own question is asked on the web too, and has to be answered if it is required."""
    question = OwnQuestion(asked="Any interest to declare?", choices=choices, required=True)
    letter = await a_letter_to_sign(database)
    await letter_rules.set_rules(
        database, letter=letter.id, actor=ORGANISER, rules=replace(letter.rules, question=question),
        responsible="A Trust", trigger=a_trigger(),
    )  # fmt: skip
    for answer in ("", "Perhaps") if choices else ("",):
        shown = await browser.fills(letter, name="Ada Moreau", answer=answer)
        assert (shown.status, "Please fill this in." in shown.text) == (422, True)
        assert question.asked in shown.text
    assert "You’re listed as Ada Moreau" in (await browser.signs(letter, answer="No")).text
    kept = [one for one in await rows(database, "endorsements") if one["answer"]]
    assert [(one["answer"], one["question"]) for one in kept] == [("No", question.asked)]
    held = await browser.opens(letter)
    assert f"{question.asked} No" in (await browser.presses(letter, held, "kept")).text
    form = await browser.presses(letter, held, "change")
    assert form.forms[0]["answer"] == "No"
    check = await browser.presses(letter, form, "check", title="Professor")
    saved = await browser.ask(f"{letter.page_path}/mine/", check.forms[0])
    assert "You’re listed as Ada Moreau, Professor" in saved.text
    assert [one["answer"] for one in await rows(database, "endorsements")] == ["No"]
