"""A letter's own question: asked in the form, read by organisers, quoted only if its writer allows it."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.features.corrections import use_cases as corrections
from bot.features.delivery.list_files import Format, answers_sheet, working_sheet
from bot.features.delivery.use_cases import papers
from bot.features.delivery.use_cases.exports import Scope
from bot.features.desk.slack.signers import signers_view
from bot.features.desk.use_cases import signers
from bot.features.letter_rules import use_cases as letter_rules
from bot.features.privacy.use_cases import erasure
from bot.features.signing.slack import form as views
from bot.features.withdrawals import use_cases as withdrawals
from bot.letters.endorsement import Capacity, Facts, Signature
from bot.letters.letter import Letter
from bot.letters.refusals import Reason
from bot.letters.rules import OwnQuestion, PublicPage, Rules
from bot.locales import words
from bot.slack.payloads import Caller
from bot.slack.windows import Part, Place
from bot.storage.database import Database
from bot.storage.privacy.erasure_list import ErasureKind, ErasureList
from bot.storage.tables import metadata
from tests.support.clock import Clock
from tests.support.documents.web_pages import Web
from tests.support.exporting import stretches, whole
from tests.support.letters import (
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    WORKSPACE,
    a_signature,
    a_trigger,
    an_open_letter,
    changes,
    rows,
    signs,
    the_letter,
)
from tests.support.reading import words_of
from tests.support.refusing import refused

T = words("en-GB")
WHY = OwnQuestion(asked="Why do you sign?", quoted=True)
SAID = "Because my quokka asked me to"


async def asks(database: Database, letter: Letter, question: OwnQuestion | None = WHY) -> Letter:
    """The organiser has the letter ask something."""
    rules = Rules(question=question, page=PublicPage.LIST)
    await letter_rules.set_rules(
        database, letter=letter.id, actor=ORGANISER, rules=rules, responsible="A Trust",
        trigger=a_trigger(),
    )  # fmt: skip
    return await the_letter(database, letter.id)


def answering(letter: Letter, *, quotable: bool, answer: str = SAID, **more: Any) -> Signature:
    """A signature with an answer, from the form."""
    signing = signing_of(letter)
    typed = Facts(name="A Member", answer=answer, quotable=quotable, **more)
    made = views.composed(Caller(actor=MEMBER, t=T, tz="UTC", name="A"), signing, typed)
    assert isinstance(made, Signature)
    return made


def signing_of(letter: Letter, capacity: Capacity = Capacity.INDIVIDUAL) -> views.Signing:
    question = letter.rules.question
    return views.Signing(
        letter=letter.id, text_sha256=letter.text_sha256, language="en",
        offered=tuple(views.capacities(letter, ())), capacity=capacity,
        question=question.asked if question else "",
    )  # fmt: skip


async def test_asked_in_the_form(database: Database) -> None:
    """Each form has the question, as a text or as choices, and says who reads the answer."""
    letter = await an_open_letter(database)
    before = views.form(T, letter, signing_of(letter), Facts(name="A Member"), None)
    for question in (
        OwnQuestion(asked="Any interest to declare?", choices=("Yes", "No"), required=True), WHY,
    ):  # fmt: skip
        asking = await asks(database, letter, question)
        for capacity in views.capacities(asking, ()):
            view = views.form(T, asking, signing_of(asking, capacity), Facts(name="A"), None)
            (block,) = [one for one in view["blocks"] if one.get("block_id") == "answer"]
            assert block["label"]["text"] == question.asked
            assert bool(block.get("optional")) is not question.required
            assert (block["element"]["type"] == "radio_buttons") is bool(question.choices)
            assert ("can quote" in words_of(view)) is question.quoted
            assert ("Only organisers see the answers" in words_of(view)) is not question.quoted
    again = await asks(database, letter, None)
    after = views.form(
        T, replace(again, rules=letter.rules), signing_of(letter), Facts(name="A Member"), None
    )
    assert after == before, "a letter without a question has the form that it had"


async def test_shown_before_it_is_quoted(database: Database) -> None:
    """The signer sees the wording that may be quoted, and that it may."""
    letter = await asks(database, await an_open_letter(database))
    view = views.approval(T, letter, signing_of(letter), answering(letter, quotable=True))

    assert SAID in words_of(view)
    assert "may be quoted as it is" in words_of(view)


async def test_in_no_file_that_does_not_ask(database: Database) -> None:
    """An answer is in the organisers' window and in the file of answers, and in nothing else."""
    letter = await asks(database, await an_open_letter(database))
    await signs(database, MEMBER, letter, answering(letter, quotable=True))
    found = await papers.finished(database, letter=letter.id, scope=Scope.ALL)
    files = [
        whole(form, await stretches(database, letter.id, scope))
        for form in Format
        for scope in Scope
    ]
    files += [
        one.body.decode(errors="replace")
        for one in (await Web(database).everything(letter)).values()
    ]
    files.append(repr(working_sheet(letter, found.entries, found.given, {}, {})))
    assert [one for one in files if "quokka" in one] == []

    sheet = answers_sheet(found.entries, found.given)
    assert sheet.rows == (("A Member", WHY.asked, SAID, "yes"),)
    page = await signers.signers(database, letter=letter.id, actor=ORGANISER, after="", limit=10)
    place = Place(letter=letter.id, part=Part.SIGNERS)
    assert SAID in words_of(signers_view(T, page, place, {}, ""))


async def test_quotes(database: Database) -> None:
    """A quote comes with entry and language, until its writer takes that back."""
    letter = await asks(database, await an_open_letter(database))
    other = replace(answering(letter, quotable=False), key=str(OTHER_MEMBER.person))
    await signs(database, OTHER_MEMBER, letter, other)
    signed = await signs(database, MEMBER, letter, answering(letter, quotable=True))
    quote = {"entry": "A Member", "quote": SAID, "language": "en-GB"}
    assert await papers.quotes(database, letter=letter.id) == [quote]

    unticked = answering(letter, quotable=False)
    await changes(database, endorsement=signed.endorsement, actor=MEMBER, signature=unticked)
    assert await papers.quotes(database, letter=letter.id) == []
    ticked = answering(letter, quotable=True)
    await changes(database, endorsement=signed.endorsement, actor=MEMBER, signature=ticked)
    assert await papers.quotes(database, letter=letter.id) == [quote]
    # The form says now that only organisers see the answers, or has no field to take one back.
    for question in (replace(WHY, quoted=False), None):
        await asks(database, letter, question)
        assert await papers.quotes(database, letter=letter.id) == []
    await asks(database, letter)
    assert await papers.quotes(database, letter=letter.id) == [quote]
    await withdrawals.withdraw(
        database, endorsement=signed.endorsement, actor=MEMBER, trigger=a_trigger()
    )
    assert await papers.quotes(database, letter=letter.id) == []


async def test_stays_the_signers(database: Database) -> None:
    """A correction by an organiser leaves the answer; so does a change after the question is gone."""
    letter = await asks(database, await an_open_letter(database))
    signed = await signs(database, MEMBER, letter, answering(letter, quotable=True))
    await corrections.correct(
        database, endorsement=signed.endorsement, actor=ORGANISER, facts=Facts(name="A. Member"),
        asks=False, trigger=a_trigger(),
    )  # fmt: skip
    letter = await asks(database, letter, None)
    again = a_signature(MEMBER, letter, name="Anna Member")
    await changes(database, endorsement=signed.endorsement, actor=MEMBER, signature=again)

    (kept,) = await rows(database, "endorsements")
    assert (kept["name"], kept["answer"], kept["question"], kept["quotable"]) == (
        "Anna Member", SAID, WHY.asked, True,
    )  # fmt: skip


async def test_correction_is_undone(database: Database) -> None:
    """A correction can be undone after another answer, which stays."""
    letter = await asks(database, await an_open_letter(database))
    signed = await signs(database, MEMBER, letter, answering(letter, quotable=True))
    made = await corrections.correct(
        database, endorsement=signed.endorsement, actor=ORGANISER, facts=Facts(name="A. Member"),
        asks=False, trigger=a_trigger(),
    )  # fmt: skip
    silent = a_signature(MEMBER, letter, name="A. Member")
    await changes(database, endorsement=signed.endorsement, actor=MEMBER, signature=silent)

    looked, _ = await corrections.look_back(database, correction=made.id, actor=ORGANISER)
    assert (looked.signature.entry, looked.signature.facts.answer) == ("A Member", "")


async def test_own_data_and_erased(database: Database) -> None:
    """The answer is among what its writer is shown, and is erased with the rest."""
    letter = await asks(database, await an_open_letter(database))
    await signs(database, MEMBER, letter, answering(letter, quotable=True))
    kept = await erasure.kept_about(database, workspace=WORKSPACE, person=MEMBER.person)
    assert kept.tables["endorsements"][0]["answer"] == SAID
    await erasure.erase_person(database, workspace=WORKSPACE, person=MEMBER.person)

    left = json.dumps(
        [await rows(database, one.name) for one in metadata.sorted_tables], default=str
    )
    assert "quokka" not in left
    assert await papers.quotes(database, letter=letter.id) == []


async def test_erased_again(database: Database, tmp_path: Path, clock: Clock) -> None:
    """An answer that a restored backup brought back is erased again, by the list of erasures."""
    letter = await asks(database, await an_open_letter(database))
    await signs(database, MEMBER, letter, answering(letter, quotable=True))
    listed = ErasureList(tmp_path / "list")
    listed.add(clock.now(), ErasureKind.PERSON, f"{WORKSPACE}:{MEMBER.person}")
    assert await erasure.erase_again(database, erasures=listed, since=clock.now()) == 1

    left = [await rows(database, one.name) for one in metadata.sorted_tables]
    assert "quokka" not in json.dumps(left, default=str)


async def test_choices(database: Database) -> None:
    """One answer to choose from, or too many, are refused at their field."""
    letter = await an_open_letter(database)
    for choices in (("Yes",), tuple(map(str, range(11))), ("Yes", "x" * 76)):
        await refused(
            asks(database, letter, OwnQuestion(asked="Well?", choices=choices)),
            Reason.UNUSABLE_CHOICES,
        )
