"""An organiser corrects an entry: with its signer's yes, or marked as the organiser's."""

from dataclasses import replace
from typing import Any

import pytest

from bot.features.corrections import use_cases as corrections
from bot.features.corrections.use_cases import Answer, Correction
from bot.features.delivery.use_cases import handover
from bot.features.organisations.use_cases import removals
from bot.features.withdrawals import use_cases as withdrawals
from bot.letters.endorsement import Capacity, Endorsement, Facts
from bot.letters.letter import Letter
from bot.letters.people import Actor
from bot.letters.phases import Phase
from bot.letters.refusals import Reason
from bot.letters.rules import OwnQuestion, Rules, WithdrawnEntry
from bot.storage import endorsements
from bot.storage.database import Database
from bot.use_cases import pinning
from tests.support.clock import Clock
from tests.support.letters import (
    GUEST,
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    a_row,
    a_signature,
    a_trigger,
    adds,
    an_open_letter,
    changes,
    everything,
    for_organisation,
    rows,
    signs,
    the_list,
)
from tests.support.machine.traces import tables_with
from tests.support.refusing import refused
from tests.support.scenes.phases import led_to


async def corrects(
    database: Database, endorsement: str, *, actor: Actor = ORGANISER, **said: Any
) -> Correction:
    """An organiser corrects an entry; `said` are fields of `Facts` and arguments of `correct`."""
    arguments: dict[str, Any] = {"asks": True, "trigger": a_trigger()}
    for name in ("asks", "trigger", "sort_name"):
        if name in said:
            arguments[name] = said.pop(name)
    facts = replace(Facts(name=""), **said)
    return await corrections.correct(
        database, endorsement=endorsement, actor=actor, facts=facts, **arguments
    )


async def test_answers_stay_with_the_signature(database: Database) -> None:
    """A correction keeps no copy of what the signer answered to the letter's own question."""
    rules = Rules(question=OwnQuestion(asked="Why?"))
    letter = await an_open_letter(database, rules=rules)
    signature = a_signature(
        MEMBER, letter, name="Zelda Quill", answer="A secret", question="Why?", answer_language="en"
    )
    signed = await signs(database, MEMBER, letter, signature)
    for name, asks in (("Zelda Quillson", False), ("Zelda Quillfeather", True)):
        correction = await corrects(database, signed.endorsement, name=name, asks=asks)
    await answers(database, correction, yes=True)
    assert await tables_with(database, "A secret") == {"endorsements"}
    (kept,) = await rows(database, "endorsements")
    assert (kept["name"], kept["answer"]) == ("Zelda Quillfeather", "A secret")


async def answers(
    database: Database, correction: Correction, *, yes: bool, actor: Actor = MEMBER
) -> Correction:
    return await corrections.answer(
        database, correction=correction.id, actor=actor, yes=yes, trigger=a_trigger()
    )


async def given(database: Database, letter: Letter) -> Endorsement:
    """The only endorsement of a letter."""
    (row,) = [one for one in await rows(database, "signatories") if one["letter"] == letter.id]
    found = await database.read(lambda tx: endorsements.find(tx, row["speaker"]))
    assert found is not None
    return found


async def owed(database: Database, about: str) -> list[dict[str, Any]]:
    """List the notices to signers and organisers under a name."""
    return [row for row in await rows(database, "outbox") if row["subject"].get("about") == about]


@pytest.mark.on_both
async def test_asked_first(database: Database) -> None:
    """Until its signer says yes the old entry stays; then the new one is there, as their own."""
    letter = await an_open_letter(database)
    signed = await signs(database, MEMBER, letter)
    correction = await corrects(database, signed.endorsement, name="Anna Member")
    assert await the_list(database, letter) == ["A Member"]
    assert len(await owed(database, "asked_to_correct")) == 1

    answered = await answers(database, correction, yes=True)

    assert answered.answer is Answer.YES
    assert await the_list(database, letter) == ["Anna Member"]
    kept = await given(database, letter)
    assert (kept.corrected_at, kept.signature.sort_name) == (None, "Member, Anna")


async def test_no(database: Database) -> None:
    """A no leaves the entry."""
    letter = await an_open_letter(database)
    signed = await signs(database, MEMBER, letter)
    correction = await corrects(database, signed.endorsement, name="Anna Member")

    assert (await answers(database, correction, yes=False)).answer is Answer.NO
    assert await the_list(database, letter) == ["A Member"]


async def test_without_asking(database: Database) -> None:
    """A correction without a question is marked, and its signer is told and can undo it."""
    letter = await an_open_letter(database)
    signed = await signs(database, MEMBER, letter)
    await corrects(database, signed.endorsement, name="Anna Member", asks=False)
    assert await the_list(database, letter) == ["Anna Member"]
    assert (await given(database, letter)).corrected_at
    assert len(await owed(database, "corrected")) == 1

    await changes(
        database,
        endorsement=signed.endorsement,
        actor=MEMBER,
        signature=a_signature(MEMBER, letter),
        trigger=a_trigger(),
    )
    assert await the_list(database, letter) == ["A Member"]
    assert not (await given(database, letter)).corrected_at


async def test_nothing_else_changes(database: Database) -> None:
    """Text, consent and what is kept of who signed for an organisation stay as they were."""
    letter = await an_open_letter(database)
    before = for_organisation(MEMBER, letter, "Web Group", role="Director", name="First Member")
    signed = await signs(database, MEMBER, letter, before)
    await corrects(
        database,
        signed.endorsement,
        organisation="The Web Group",
        country="Spain",
        via="a Coalition",
        asks=False,
    )
    after = (await given(database, letter)).signature
    assert after.entry == "The Web Group (Spain) via a Coalition"
    assert (after.facts.name, after.facts.role, after.facts.authorised) == (
        "First Member", "Director", True,
    )  # fmt: skip
    assert (after.text_sha256, after.consent) == (before.text_sha256, before.consent)


async def test_only_the_sort_name(database: Database) -> None:
    """The sort name can be corrected alone."""
    letter = await an_open_letter(database)
    signed = await signs(database, MEMBER, letter)
    await corrects(database, signed.endorsement, name="A Member", sort_name="A Member", asks=False)
    assert (await given(database, letter)).signature.sort_name == "A Member"


async def test_a_person_gets_a_title(database: Database) -> None:
    """A person's entry may gain a title or an affiliation; they stay the same signatory."""
    letter = await an_open_letter(database)
    signed = await signs(database, MEMBER, letter)
    await corrects(database, signed.endorsement, name="A Member", title="Analyst", asks=False)
    signature = (await given(database, letter)).signature
    assert (signature.entry, signature.capacity) == ("A Member, Analyst", Capacity.AFFILIATED)


async def test_another_organisation(database: Database) -> None:
    """A correction cannot make it another organisation, nor change nothing."""
    letter = await an_open_letter(database)
    signed = await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, "Web Group"))
    before = await everything(database)
    for organisation, reason in (
        ("Net Group", Reason.ANOTHER_ORGANISATION),
        ("Web Group", Reason.SAME_ENTRY),
        ("https://example.org", Reason.LOOKS_LIKE_LINK),
    ):
        refusal = await refused(
            corrects(database, signed.endorsement, organisation=organisation), reason
        )
        assert refusal.field == "organisation"
    assert await everything(database) == before


async def test_from_elsewhere(database: Database) -> None:
    """A signer elsewhere cannot be asked: the correction is made and marked, and nobody is told."""
    letter = await an_open_letter(database)
    added = await adds(database, letter, a_row(name="Ada Kinf"))
    correction = await corrects(database, added.endorsement, name="Ada King", asks=True)
    assert correction.answer is Answer.MADE
    assert await the_list(database, letter) == ["Ada King"]
    assert (await given(database, letter)).corrected_at
    # They stay known by the entry that they had first.
    await refused(adds(database, letter, a_row(name="Ada Kinf")), Reason.ALREADY_ADDED)


async def test_own_entry(database: Database) -> None:
    """An organiser's correction of their own entry is a change of their own."""
    letter = await an_open_letter(database)
    signed = await signs(database, ORGANISER, letter)
    await corrects(database, signed.endorsement, name="An Organiser", asks=True)
    assert await the_list(database, letter) == ["An Organiser"]
    assert not (await given(database, letter)).corrected_at
    assert await owed(database, "asked_to_correct") == []


async def test_overtaken(database: Database) -> None:
    """A question that another correction, a change or a withdrawal has overtaken has no answer."""
    letter = await an_open_letter(database)
    signed = await signs(database, MEMBER, letter)
    first = await corrects(database, signed.endorsement, name="Anna Member")
    second = await corrects(database, signed.endorsement, name="Ann Member")
    await refused(answers(database, first, yes=True), Reason.CORRECTION_OVER)
    asked = [
        await corrections.asked(database, correction=one.id, person=MEMBER.person)
        for one in (first, second)
    ]
    assert [one is None for one in asked] == [True, False]

    await changes(
        database,
        endorsement=signed.endorsement,
        actor=MEMBER,
        signature=a_signature(MEMBER, letter, name="My Own Name"),
        trigger=a_trigger(),
    )
    await refused(answers(database, second, yes=True), Reason.CORRECTION_OVER)
    third = await corrects(database, signed.endorsement, name="Anna Member")
    await withdrawals.withdraw(
        database, endorsement=signed.endorsement, actor=MEMBER, trigger=a_trigger()
    )
    await refused(answers(database, third, yes=True), Reason.NOT_SIGNED)
    assert await corrections.asked(database, correction=third.id, person=MEMBER.person) is None


async def test_answered_once(database: Database) -> None:
    """An answer is given once, by the signer alone; delivered again it has no second effect."""
    letter = await an_open_letter(database)
    signed = await signs(database, MEMBER, letter)
    correction = await corrects(database, signed.endorsement, name="Anna Member", trigger="one")
    again = await corrects(database, signed.endorsement, name="Anna Member", trigger="one")
    assert again == correction
    await refused(answers(database, correction, yes=True, actor=OTHER_MEMBER), Reason.NOT_SIGNED)

    await answers(database, correction, yes=False)
    await refused(answers(database, correction, yes=True), Reason.CORRECTION_OVER)
    assert await the_list(database, letter) == ["A Member"]


@pytest.mark.on_both
async def test_named(database: Database) -> None:
    """An entry is found by how it reads or by the name in it; one that nobody can mean is refused."""
    letter = await an_open_letter(database)
    await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, "Web Group", "Spain"))
    await signs(database, GUEST, letter)
    for name in ("Web Group (Spain)", "the web group"):
        found = await corrections.named(database, letter=letter.id, actor=ORGANISER, name=name)
        assert (found.endorsement.signature.entry, found.can_be_asked) == (
            "Web Group (Spain)", True,
        )  # fmt: skip
    await refused(
        corrections.named(database, letter=letter.id, actor=ORGANISER, name="Nobody"),
        Reason.NO_SUCH_SIGNATORY,
    )


@pytest.mark.parametrize("actor", [MEMBER, GUEST])
async def test_not_for_others(database: Database, actor: Actor) -> None:
    """Nobody but an organiser corrects the entries of others, or learns of them that way."""
    letter = await an_open_letter(database)
    signed = await signs(database, OTHER_MEMBER, letter)
    await refused(
        corrects(database, signed.endorsement, actor=actor, name="X"), Reason.NOT_ORGANISER
    )
    named = corrections.named(database, letter=letter.id, actor=actor, name="A Member")
    await refused(named, Reason.NOT_ORGANISER)


async def test_order_follows(database: Database) -> None:
    """A corrected entry moves to its new place on the list; a pinned one stays pinned."""
    letter = await an_open_letter(database)
    for actor, name in ((MEMBER, "Aid Group"), (OTHER_MEMBER, "Zebra Group")):
        await signs(database, actor, letter, for_organisation(actor, letter, name))
    entry = await corrections.named(database, letter=letter.id, actor=ORGANISER, name="Aid Group")
    await corrects(
        database, entry.endorsement.id, organisation="Aid-Group", sort_name="ZZZ", asks=False
    )
    assert await the_list(database, letter) == ["Zebra Group", "Aid-Group"]
    await pinning.pin(database, letter=letter.id, actor=ORGANISER, name="Aid-Group")
    await corrects(database, entry.endorsement.id, organisation="Aid Group", asks=False)
    assert await the_list(database, letter) == ["Aid Group", "Zebra Group"]


async def test_taken_off(database: Database) -> None:
    """A signature from elsewhere is taken off by an organiser, once, and can come back."""
    letter = await an_open_letter(database)
    added = await adds(database, letter, a_row())
    for _ in range(2):
        count = await removals.remove(
            database, endorsement=added.endorsement, actor=ORGANISER, why=None, trigger="one"
        )
        assert count == 1
    assert await the_list(database, letter) == []
    await adds(database, letter, a_row(agreed_again="yes"))
    assert await the_list(database, letter) == ["Ada King"]


async def test_not_taken_off(database: Database) -> None:
    """A signature from here only its signer ends; one from elsewhere only an organiser."""
    letter = await an_open_letter(database)
    here = await signs(database, MEMBER, letter)
    there = await adds(database, letter, a_row())

    async def takes(endorsement: str, actor: Actor) -> int:
        return await removals.remove(
            database, endorsement=endorsement, actor=actor, why=None, trigger=a_trigger()
        )

    await refused(takes(here.endorsement, ORGANISER), Reason.SIGNED_HERE)
    await refused(takes(there.endorsement, MEMBER), Reason.NOT_ORGANISER)


async def test_taken_off_after_delivery(database: Database, clock: Clock) -> None:
    """After delivery it is withdrawn after delivery, and the living list follows the letter's rule."""
    rules = Rules(withdrawn_entry=WithdrawnEntry.MARKED)
    letter = await an_open_letter(database, rules=rules)
    added = await adds(database, letter, a_row())
    await led_to(database, clock, letter, Phase.DELIVERED)
    await removals.remove(
        database, endorsement=added.endorsement, actor=ORGANISER, why=None, trigger=a_trigger()
    )
    (party,) = await rows(database, "signatories")
    assert party["standing"] == "marked"
    found = await handover.delivered(database, letter=letter.id, actor=ORGANISER)
    assert [one.signature.entry for one in found.withdrawn] == ["Ada King"]
