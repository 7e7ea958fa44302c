"""A yes by mail: somebody without any account approves a signature, which then is signed."""

import re
from datetime import timedelta

import pytest

from bot.features.delivery.use_cases.exports import Scope
from bot.features.organisations import rows as domains
from bot.features.organisations.slack import views
from bot.features.organisations.use_cases import standing
from bot.features.privacy.use_cases import erasure, history
from bot.features.signing import rules
from bot.features.signing.slack.approvals import answered
from bot.features.signing.use_cases import approvals, codes
from bot.letters.amendment import AmendmentKind
from bot.letters.audit import Act
from bot.letters.ids import new_share_id
from bot.letters.refusals import Reason
from bot.letters.rules import Confirmation, Rules
from bot.letters.standing import Ground, Permission
from bot.locales import words
from bot.storage.database import Database
from bot.storage.privacy import personal
from tests.support.amending import amends
from tests.support.clock import START, Clock
from tests.support.documents.web_pages import PUBLIC_URL
from tests.support.exporting import stretches
from tests.support.letters import (
    MEMBER,
    ORGANISER,
    WORKSPACE,
    a_trigger,
    an_open_letter,
    for_organisation,
    rows,
    signs,
    the_letter,
)
from tests.support.reading import words_of
from tests.support.refusing import refused
from tests.support.scenes.approving import (
    BOARD,
    LIBRARY,
    answers,
    asks,
    asks_in_slack,
    link_of,
)
from tests.support.scenes.web_signing import (
    ADA,
    CODE_RUN,
    Browser,
    a_browser,
    a_letter_to_sign,
)

pytestmark = pytest.mark.on_both


@pytest.fixture(name="browser")
async def _browser(database: Database) -> Browser:
    return await a_browser(database)


async def test_yes(database: Database, browser: Browser) -> None:
    """A yes signs what waited, under the letter's other rules, and both are told."""
    letter = await a_letter_to_sign(database)
    shown = await asks(browser, letter)
    assert "We asked for approval." in shown.text
    tally = (await the_letter(database, letter.id)).tally
    assert (tally.organisations, tally.waiting) == (0, 0)
    page = await browser.ask(path := await link_of(browser))
    for part in ("(Chair) wants", "Ada Moreau", "Harbour Library", letter.title, "The web belongs"):
        assert part in page.text
    done = await answers(browser, "yes")
    assert "You approved this entry." in done.text
    assert "An organiser needs to accept it first" in done.text
    tally = (await the_letter(database, letter.id)).tally
    assert (tally.organisations, tally.waiting) == (0, 1)
    (told,) = [one for one in await browser.mails(ADA) if "was approved" in one.subject]
    assert told.link == ("My signature", f"{PUBLIC_URL}{letter.page_path}/mine/")
    assert "You approved the signature of" in (await browser.mail(BOARD)).paragraphs[0]
    assert "You approved this entry." in (await browser.ask(path)).text
    assert (await the_letter(database, letter.id)).tally.waiting == 1


async def test_recorded(database: Database, browser: Browser, clock: Clock) -> None:
    """A yes is a permission with its domain and moment; nobody finds the address."""
    letter = await an_open_letter(database)
    signature = for_organisation(MEMBER, letter, "Harbour Library")
    await asks_in_slack(browser, letter, MEMBER, signature)
    clock.advance(timedelta(days=3))
    assert "30 minutes are over" in (await answers(browser, "yes")).text
    await _again(browser)
    assert "You approved" in (await answers(browser, "yes")).text
    (kept,) = await rows(database, "permissions")
    assert (kept["ground"], kept["given_by"]) == ("yes_by_mail", "harbour.example")
    assert kept["made_at"] == clock.now()
    (found,) = await stretches(database, letter.id, Scope.ALL)
    (proof,) = (found.proofs or {}).values()
    assert proof.permission is not None
    assert (proof.permission.given_by, proof.confirmers) == ("harbour.example", ())
    told = await history.whole(database, letter=letter.id)
    (act,) = [one for one in told if one.entry.act is Act.APPROVED]
    assert (act.entry.ground, act.reads) == ("harbour.example", "Harbour Library")
    everything = str(
        [await rows(database, one) for one in ("permissions", "audit_entries", "inbox")]
    )
    assert "board@" not in everything


async def test_confirms_nothing(database: Database, browser: Browser) -> None:
    """A yes by mail doesn’t stand in for the permission that an organiser has to record."""
    letter = await an_open_letter(database, rules=Rules(confirmation=Confirmation.ORGANISER))
    signature = for_organisation(MEMBER, letter, "Harbour Library")
    await asks_in_slack(browser, letter, MEMBER, signature)
    done = await answers(browser, "yes")
    assert "An organiser needs to record who gave permission" in done.text
    assert (await the_letter(database, letter.id)).tally.organisations == 0
    (_, (one,)) = await standing.unlisted(database, letter=letter.id, actor=ORGANISER)
    case = await standing.case(database, signatory=one.party.id, actor=ORGANISER)
    shown = words_of(views.case_page(words("en-US"), case, []))
    assert "Approved by email from \u2068harbour.example" in shown
    given = Permission(
        ground=Ground.BOARD_DECISION, given_by="A Chair", given_role="Chair", given_on=START.date()
    )
    await standing.confirm(
        database, signatory=one.party.id, actor=ORGANISER, permission=given, trigger=a_trigger()
    )
    assert (await the_letter(database, letter.id)).tally.organisations == 1
    # Once its organiser signs for it, their own record counts no longer, and no other is left.
    second = for_organisation(ORGANISER, letter, "Harbour Library")
    await signs(database, ORGANISER, letter, second, confirms=True)
    assert (await the_letter(database, letter.id)).tally.organisations == 0


async def _again(browser: Browser, address: str = BOARD) -> str:
    """Ask for a new code on the approver's page, and return what it says."""
    path = await link_of(browser)
    shown = await browser.ask(path)
    return (await browser.ask(path, shown.forms[1] | {"act": "again", "address": address})).text


async def test_no(database: Database, browser: Browser) -> None:
    """After a no nothing is listed, and its reason goes to the signer alone."""
    letter = await a_letter_to_sign(database)
    await asks(browser, letter)
    path = await link_of(browser)
    done = await answers(browser, "no", reason="The board is against it.")
    assert "Nothing was signed." in done.text
    assert await rows(database, "endorsements") == []
    told = (await browser.mail(ADA)).paragraphs
    assert "said no" in told[0]
    assert any("The board is against it." in one for one in told)
    assert not any("against" in str(one.paragraphs) for one in await browser.mails(BOARD))
    assert "Nothing was signed." in (await browser.ask(path)).text


async def test_mail(database: Database, browser: Browser) -> None:
    """The mail has the entry, who asks, one run of six digits and a link without one."""
    letter = await a_letter_to_sign(database, title="A web for 12345678 people")
    await asks(browser, letter, organisation="Body 654321")
    mail = next(one for one in await browser.mails(BOARD) if one.link)
    assert mail.link is not None
    said = " ".join((mail.subject, *mail.paragraphs, mail.code, *mail.foot, mail.never))
    assert CODE_RUN.findall(said) == [mail.code]
    assert mail.link[1].startswith(f"{PUBLIC_URL}{letter.page_path}/approval/")
    assert not re.search(r"\d{6}", mail.link[1].removeprefix(PUBLIC_URL))
    assert "Ada Moreau" in said
    assert mail.unsubscribe
    assert not any(re.search(r"\d{6}", new_share_id()) for _ in range(20_000))


async def test_code(database: Database, browser: Browser, clock: Clock) -> None:
    """Five tries and half an hour; no code is no try; a new one goes only to the approver."""
    letter = await a_letter_to_sign(database)
    await asks(browser, letter)
    code = (await browser.mail(BOARD)).code
    wrong = f"{(int(code) + 1) % 10**6:06}"
    for typed in ("", "12", "letters"):
        assert "Type the six digits" in (await answers(browser, "yes", typed)).text
    for _ in range(4):
        shown = await answers(browser, "no", wrong, reason="Not this year.")
        assert "isn’t the code" in shown.text
        assert shown.forms[0]["reason"] == "Not this year."
    assert "last of five tries" in (await answers(browser, "yes", wrong)).text
    assert "last of five tries" in (await answers(browser, "yes", code)).text
    assert await rows(database, "endorsements") == []
    stranger, own = await _again(browser, "else@example.org"), await _again(browser)
    assert stranger == own
    assert await browser.mails("else@example.org") == []
    clock.advance(timedelta(minutes=29))
    assert "isn’t the code" in (await answers(browser, "yes", code)).text
    assert "You approved" in (await answers(browser, "yes")).text


async def test_bounds(database: Database, browser: Browser) -> None:
    """Six mails an hour for an address over all letters, in Slack too, then 429 with words."""
    letters = [await a_letter_to_sign(database) for _ in range(2)]
    for number in range(rules.ADDRESS_HOURLY):
        letter = letters[number % 2]
        signature = for_organisation(MEMBER, letter, f"Body {number}")
        await asks_in_slack(browser, letter, MEMBER, signature)
    answer = await asks(browser, letters[0])
    assert (answer.status, "many codes" in answer.text) == (429, True)
    signature = for_organisation(MEMBER, letters[0], "One more")
    await refused(asks_in_slack(browser, letters[0], MEMBER, signature), Reason.MANY_CODES)


async def test_wrong_addresses(database: Database, browser: Browser) -> None:
    """Neither one's own address, nor one that is none, nor one of a refused domain is asked."""
    letter = await a_letter_to_sign(database)
    await database.write(lambda tx: domains.refuse_domain(tx, letter, "spam.example"))
    for whom, said in (
        ("ADA@example.org", "someone else’s address"),
        ("nowhere", "isn’t an email address"),
        ("board@spam.example", "don’t accept approvals"),
    ):
        answer = await asks(browser, letter, whom)
        assert (answer.status, said in answer.text) == (422, True)
        assert f'value="{whom}"' in answer.body
    assert await rows(database, "approvals") == []


async def test_typed_stays(database: Database, browser: Browser) -> None:
    """A wrong code leaves the approver's address, a wrong address the code; nobody confirms a power."""
    letter = await a_letter_to_sign(database)
    path = f"{letter.page_path}/sign/"
    shown = await browser.fills(letter, **{"name": "Ada Moreau", **LIBRARY})
    code = (await browser.mail(ADA)).code
    assert "You confirm that you’re authorised" in shown.text
    shown = await browser.ask(path, shown.forms[0] | {"code": code, "act": "asks"})
    assert (shown.buttons[0][0], "authorised" in shown.text) == ("approval", False)
    for code_typed, address, left in (("000000", BOARD, ("", BOARD)), (code, "no", (code, "no"))):
        typed = {"code": code_typed, "address": address, "act": shown.buttons[0][0]}
        shown = await browser.ask(path, shown.forms[0] | typed)
        assert (shown.forms[0]["code"], shown.forms[0]["address"]) == left
    typed = {"code": code, "address": BOARD, "act": "approval"}
    assert "We asked for" in (await browser.ask(path, shown.forms[0] | typed)).text
    (kept,) = await rows(database, "approvals")
    assert "authorised to" not in kept["given"]["signature"]["consent"]


async def test_closes_sooner(database: Database, browser: Browser, clock: Clock) -> None:
    """Both sides read until when it can be answered; after the closing no code is sent."""
    ends = START + timedelta(days=5)
    letter = await a_letter_to_sign(database, deadline=ends)
    day = "8 March 2026"
    assert f"They can answer until {day}." in (await asks(browser, letter)).text
    mails = await browser.mails(BOARD)
    assert f"You can answer until {day}." in " ".join(mails[-1].paragraphs)
    page = await browser.ask(path := await link_of(browser))
    clock.advance(timedelta(days=6))
    again = page.forms[1] | {"act": "again", "address": BOARD}
    for answer in (await browser.ask(path), await browser.ask(path, again)):
        assert (answer.status, "No one can sign this letter now." in answer.text) == (409, True)
    assert len(await rows(database, "codes")) == 2


async def test_withdrawn(database: Database, browser: Browser) -> None:
    """“My signature” shows what was asked of whom, and withdraws it; nobody can then answer."""
    letter = await a_letter_to_sign(database)
    await asks(browser, letter)
    path = await link_of(browser)
    mine = await browser.opens(letter, ADA)
    assert "You asked for approval at harbour.example on" in mine.text
    ended = await browser.presses(letter, mine, "end")
    assert "You withdrew the question" in ended.text
    assert "You have no signature on this letter." in ended.text
    assert "no longer open" in (await browser.ask(path)).text
    assert "no longer open" in (await browser.presses(letter, mine, "end")).text


async def test_domain_refused_since(database: Database, browser: Browser) -> None:
    """A domain that organisers refuse after the question can't answer it."""
    letter = await a_letter_to_sign(database)
    await asks(browser, letter)
    await database.write(lambda tx: domains.refuse_domain(tx, letter, "harbour.example"))
    answer = await answers(browser, "yes")
    assert (answer.status, "don’t accept approvals" in answer.text) == (409, True)
    assert await rows(database, "endorsements") == []


async def test_text_changed(database: Database, browser: Browser) -> None:
    """Nobody approves a signature for a text that is no longer the letter's; both sides are told."""
    letter = await a_letter_to_sign(database)
    await asks(browser, letter)
    path = await link_of(browser)
    (form, _) = (await browser.ask(path)).forms
    await amends(
        database, letter=letter.id, actor=ORGANISER, body="The web belongs to nobody.",
        kind=AmendmentKind.MATERIAL, note="A new sentence.",
    )  # fmt: skip
    code = [one.code for one in await browser.mails(BOARD) if one.code][-1]
    for who in (ADA, BOARD):
        (told,) = [one for one in await browser.mails(who) if "has ended" in one.subject]
        assert told.paragraphs[1:] == ("Harbour Library",)
    assert "You asked for" not in (await browser.opens(letter, ADA)).text
    for answer in (await browser.ask(path), await browser.ask(path, form | {"code": code})):
        assert (answer.status, "can’t be signed any more" in answer.text) == (409, True)
    assert await rows(database, "endorsements") == []


async def test_text_changed_in_slack(database: Database, browser: Browser) -> None:
    """Somebody in Slack whose question ended with the text it was about reads so."""
    letter = await an_open_letter(database)
    signature = for_organisation(MEMBER, letter, "Harbour Library")
    await asks_in_slack(browser, letter, MEMBER, signature)
    await amends(
        database, letter=letter.id, actor=ORGANISER, body="The web belongs to nobody.",
        kind=AmendmentKind.MATERIAL, note="A new sentence.",
    )  # fmt: skip
    owed = [one["subject"] for one in await rows(database, "outbox") if one["kind"] == "word"]
    (number,) = {one["facts"]["approval"] for one in owed if one["about"] == "approval_answered"}
    found = await approvals.find(database, number=number)
    assert found is not None
    said, _ = answered(words("en-US"), *found[:2])
    assert "changed before \u2068harbour.example\u2069 answered" in said


async def test_signed_by_another_since(database: Database, browser: Browser) -> None:
    """An organisation for which somebody else signed meanwhile counts once."""
    letter = await an_open_letter(database)
    for actor, body in ((MEMBER, BOARD), (ORGANISER, "chair@harbour.example")):
        signature = for_organisation(actor, letter, "Harbour Library")
        await asks_in_slack(browser, letter, actor, signature, body)
    for body in (BOARD, "chair@harbour.example"):
        assert "You approved" in (await answers(browser, "yes", whom=body)).text
    assert (await the_letter(database, letter.id)).tally.organisations == 1
    # The second asker does not speak for the entry.
    assert len(await rows(database, "permissions")) == 1


async def test_asked_again(database: Database, browser: Browser) -> None:
    """A question to somebody else about the same signature takes the first one back."""
    letter = await an_open_letter(database)
    signature = for_organisation(MEMBER, letter, "Harbour Library")
    await asks_in_slack(browser, letter, MEMBER, signature)
    first = await link_of(browser)
    await asks_in_slack(browser, letter, MEMBER, signature, "chair@harbour.example")
    answer = await browser.ask(first)
    assert (answer.status, "no longer open" in answer.text) == (409, True)
    assert [one["domain"] for one in await rows(database, "approvals")] == ["harbour.example"]


async def test_forgotten(database: Database, browser: Browser, clock: Clock) -> None:
    """An address is kept while its answer is awaited, 30 days at most, and 72 hours after it."""
    letter = await a_letter_to_sign(database)
    for number, body in enumerate(("a@one.example", "b@two.example", "c@three.example")):
        await asks(browser, letter, body, address=f"x{number}@example.org", name=f"X {number}")
    await answers(browser, "no", whom="a@one.example")
    kept: dict[str, list[str]] = {}
    for days in (4, 27):
        clock.advance(timedelta(days=days))
        await codes.forget_old(database)
        kept[str(days)] = sorted(one["domain"] for one in await rows(database, "approvals"))
        people = [await browser.person(one) for one in ("a@one.example", "b@two.example")]
        known = {one["user"] for one in await rows(database, "addresses")}
        assert [one.user in known for one in people] == [False, days == 4]
    assert kept == {"4": ["three.example", "two.example"], "27": []}


@pytest.mark.parametrize("answered", [True, False])
async def test_erased(database: Database, browser: Browser, *, answered: bool) -> None:
    """Approvers see what is kept about them and delete it, the domain as well."""
    letter = await a_letter_to_sign(database)
    await asks(browser, letter)
    if answered:
        await answers(browser, "yes")
    person = await browser.person(BOARD)
    assert (WORKSPACE, person) in await database.read(personal.known)
    mine = await browser.opens(letter, BOARD)
    kept = await browser.presses(letter, mine, "kept")
    assert (BOARD in kept.text, "harbour.example" in kept.text) == (True, True)
    sure = await browser.presses(letter, kept, "delete")
    assert "deleted" in (await browser.presses(letter, sure, "deleted")).text
    left = await erasure.kept_about(database, workspace=WORKSPACE, person=person)
    assert {*left.tables} <= {"outbox", "rate_limits"}
    everything = str([await rows(database, one) for one in ("permissions", "audit_entries")])
    assert "harbour.example" not in everything
    assert len(await rows(database, "endorsements")) == answered


async def test_signer_erased(database: Database, browser: Browser) -> None:
    """The questions of somebody who is erased go with them."""
    letter = await a_letter_to_sign(database)
    await asks(browser, letter)
    path, person = await link_of(browser), await browser.person(ADA)
    await erasure.erase_person(database, workspace=WORKSPACE, person=person)
    assert await rows(database, "approvals") == []
    assert "no longer open" in (await browser.ask(path)).text
