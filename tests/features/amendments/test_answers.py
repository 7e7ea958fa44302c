"""The signers asked about an amendment, their answers, and those who need not be asked."""

from datetime import datetime, timedelta

import pytest

from bot.features.amendments.use_cases import amendments as amending
from bot.features.amendments.use_cases import proposals
from bot.features.amendments.use_cases import texts as amended_texts
from bot.features.signing.use_cases import own_signature, signatures
from bot.features.withdrawals import use_cases as withdrawals
from bot.letters.amendment import AmendmentKind
from bot.letters.letter import Letter
from bot.letters.people import Actor
from bot.letters.refusals import Reason, Refused
from bot.letters.rules import Rules, Silence
from bot.storage import amendments
from bot.storage.amendments import Answers, Audience
from bot.storage.database import Database
from tests.support.amending import amends
from tests.support.clock import Clock
from tests.support.letters import (
    BODY,
    GUEST,
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    OUTSIDER,
    a_signature,
    a_trigger,
    an_open_letter,
    for_organisation,
    rows,
    signs,
    the_letter,
    the_list,
    the_tally,
)

MATERIAL, COSMETIC = AmendmentKind.MATERIAL, AmendmentKind.COSMETIC


async def amend(
    database: Database, clock: Clock, letter: Letter, body: str, kind: AmendmentKind = MATERIAL
) -> Letter:
    """The letter with another text."""
    clock.advance(timedelta(seconds=1))
    changed = await amends(
        database,
        letter=letter.id,
        actor=ORGANISER,
        body=body,
        kind=kind,
        note="Why.",
        answer_by=clock.now() + timedelta(days=2),
    )
    clock.advance(timedelta(seconds=1))
    return changed


async def keep(database: Database, letter: Letter, actor: Actor, endorsement: str) -> None:
    await amending.keep(
        database,
        endorsement=endorsement,
        actor=actor,
        text=letter.text_sha256,
        consent="The signature stays. The signers and the person who",
        trigger=a_trigger(),
    )


async def counted(database: Database, letter: Letter) -> tuple[int, int, int, int, int]:
    """Count those who were asked, kept, withdrew, are silent, were dropped."""
    number = letter.id

    async def read() -> Answers | None:
        found = await the_letter(database, number)
        return await database.read(lambda tx: amendments.answers(tx, found))

    said = await read()
    assert said is not None
    return said.asked, said.kept, said.withdrew, said.silent, said.dropped


async def notices(database: Database) -> list[tuple[str, str]]:
    """List the notices that signers are owed, by what each is about and its recipient."""
    return sorted(
        (row["subject"]["about"], row["target"])
        for row in await rows(database, "outbox")
        if row["kind"] == "signer"
    )


@pytest.mark.parametrize("silence", Silence)
async def test_counted(database: Database, clock: Clock, silence: Silence) -> None:
    """Asked are those who signed before; each is one who kept, withdrew, is silent or dropped."""
    letter = await an_open_letter(database, rules=Rules(silence=silence))
    held = {
        actor: (await signs(database, actor, letter)).endorsement
        for actor in (MEMBER, OTHER_MEMBER, GUEST)
    }
    assert await database.read(lambda tx: amendments.answers(tx, letter)) is None
    letter = await amend(database, clock, letter, "Other words.")
    await signs(database, OUTSIDER, letter)
    assert await counted(database, letter) == (3, 0, 0, 3, 0)

    await keep(database, letter, MEMBER, held[MEMBER])
    await withdrawals.withdraw(
        database, endorsement=held[GUEST], actor=GUEST, trigger=a_trigger()
    )  # fmt: skip
    assert await counted(database, letter) == (3, 1, 1, 1, 0)

    clock.advance(timedelta(days=3))
    await amending.drop_silent(database)
    dropped = silence is Silence.DROP
    assert await counted(database, letter) == (3, 1, 1, int(not dropped), int(dropped))


@pytest.mark.parametrize("organisation", ["", "Web Group"])
async def test_dropped_signs_again(database: Database, clock: Clock, organisation: str) -> None:
    """A signer dropped by silence can sign again, even before the worker has written it."""
    letter = await an_open_letter(database, rules=Rules(silence=Silence.DROP))

    async def signs_it(found: Letter) -> None:
        signature = (
            for_organisation(MEMBER, found, organisation)
            if organisation
            else a_signature(MEMBER, found)
        )
        await signs(database, MEMBER, found, signature)

    await signs_it(letter)
    letter = await amend(database, clock, letter, "Other words.")
    clock.advance(timedelta(days=3))
    letter = await the_letter(database, letter.id)
    opening = await signatures.opening(database, letter=letter.id, actor=MEMBER)
    assert opening.held == ()

    await signs_it(letter)

    assert len(await the_list(database, letter)) == 1
    tally = await the_tally(database, letter)
    assert tally.people + tally.organisations == 1
    ended = [row["ended"] for row in await rows(database, "endorsements")]
    assert ended == ["dropped", None]


async def test_asked_anew(database: Database, clock: Clock) -> None:
    """A second amendment asks everybody again, those who kept the first one too."""
    letter = await an_open_letter(database)
    held = (await signs(database, MEMBER, letter)).endorsement
    await signs(database, OTHER_MEMBER, letter)
    letter = await amend(database, clock, letter, "Other words.")
    await keep(database, letter, MEMBER, held)

    letter = await amend(database, clock, letter, "Yet other words.")

    assert await counted(database, letter) == (2, 0, 0, 2, 0)
    own = await own_signature.own_on(database, letter=letter.id, actor=MEMBER)
    change = own.asked[held]
    assert change.texts.old.body == "Other words.\n"
    assert change.texts.new.body == "Yet other words.\n"


@pytest.mark.on_both
async def test_clock_put_back(database: Database, clock: Clock) -> None:
    """A Keep is no answer to a later change of meaning, whatever the clock says between them."""
    letter = await an_open_letter(database)
    given = (await signs(database, MEMBER, letter)).endorsement
    letter = await amend(database, clock, letter, "Other words.")
    clock.advance(timedelta(minutes=5))
    await keep(database, letter, MEMBER, given)
    assert await counted(database, letter) == (1, 1, 0, 0, 0)

    clock.advance(-timedelta(minutes=4))
    letter = await amend(database, clock, letter, "Still other words.")
    assert await counted(database, letter) == (1, 0, 0, 1, 0)


async def test_taken_back(database: Database, clock: Clock) -> None:
    """A signer who said yes to the very words that a letter returns to is not asked about them."""
    letter = await an_open_letter(database)
    held = (await signs(database, MEMBER, letter)).endorsement
    letter = await amend(database, clock, letter, "A mistake.")
    other = (await signs(database, OTHER_MEMBER, letter)).endorsement
    before = len(await notices(database))

    letter = await amend(database, clock, letter, BODY)

    asked = {
        actor: (await own_signature.own_on(database, letter=letter.id, actor=actor)).asked
        for actor in (MEMBER, OTHER_MEMBER)
    }
    assert asked[MEMBER] == {}
    assert list(asked[OTHER_MEMBER]) == [other]
    assert len(await notices(database)) == before + 1
    assert await counted(database, letter) == (1, 0, 0, 1, 0)
    with pytest.raises(Refused) as caught:
        await keep(database, letter, MEMBER, held)
    assert caught.value.refusal.reason is Reason.NOTHING_TO_ANSWER


async def test_old_endorsements(database: Database, clock: Clock) -> None:
    """A signature goes on naming the text that was signed, and its consent."""
    letter = await an_open_letter(database)
    held = (await signs(database, MEMBER, letter)).endorsement
    (before,) = await rows(database, "endorsements")
    letter = await amend(database, clock, letter, "Other words.")
    await keep(database, letter, MEMBER, held)

    (after,) = await rows(database, "endorsements")
    assert (after["text_sha256"], after["consent"]) == (before["text_sha256"], before["consent"])
    assert (after["kept_sha256"], after["kept_consent"]) == (
        letter.text_sha256,
        "The signature stays. The signers and the person who",
    )
    texts = {row["sha256"] for row in await rows(database, "texts")}
    assert {after["text_sha256"], after["kept_sha256"]} <= texts


async def test_changed_meanwhile(database: Database, clock: Clock) -> None:
    """A Keep for a text that has changed since is refused, even after a mere correction."""
    letter = await an_open_letter(database)
    held = (await signs(database, MEMBER, letter)).endorsement
    shown = await amend(database, clock, letter, "Other words.")
    await amend(database, clock, letter, "Other words!", COSMETIC)

    with pytest.raises(Refused) as caught:
        await keep(database, shown, MEMBER, held)

    assert caught.value.refusal.reason is Reason.CHANGED_AGAIN
    (row,) = await rows(database, "endorsements")
    assert row["kept_sha256"] == ""


async def test_told_once(database: Database, clock: Clock) -> None:
    """The last of several amendments under way asks, once; a correction is told by itself."""
    letter = await an_open_letter(database)
    held = (await signs(database, MEMBER, letter)).endorsement
    await amend(database, clock, letter, "Other words.")
    letter = await amend(database, clock, letter, "Other words!", COSMETIC)
    history = await amended_texts.history(database, letter=letter.id, actor=MEMBER)

    async def told(amendment: str) -> amended_texts.Change | None:
        return await amended_texts.to_tell(
            database, endorsement=held, person=MEMBER.person, amendment=amendment
        )

    first, second = [await told(one.id) for one in history.amendments]
    assert first is None
    assert second is not None
    assert second.texts.old.body == BODY
    assert [one.kind for one in second.amendments] == [MATERIAL, COSMETIC]
    await keep(database, letter, MEMBER, held)
    assert await told(history.amendments[0].id) is None
    corrected = await told(history.amendments[1].id)
    assert corrected is not None
    assert corrected.texts.old.body == "Other words.\n"


@pytest.mark.on_both
async def test_shown_is_written(database: Database, clock: Clock) -> None:
    """A proposal is for its organiser and one text only, does what it said, and only once."""
    letter = await an_open_letter(database)
    await signs(database, MEMBER, letter)
    until = clock.now() + timedelta(days=2)
    found = await proposals.propose(
        database, letter=letter.id, actor=ORGANISER, body="Other.", kind=MATERIAL,
        note=" Why. ", answer_by=until,
        trigger=a_trigger(),
    )  # fmt: skip
    assert found.audience == Audience(asked=1, told=1, collected=0)
    number, trigger = found.proposal.id, a_trigger()
    with pytest.raises(Refused):
        await proposals.carry_out(database, proposal=number, actor=MEMBER, trigger=a_trigger())

    answers = [
        await proposals.carry_out(
            database, proposal=number, actor=ORGANISER, trigger=trigger
        )
        for _ in range(2)
    ]  # fmt: skip

    assert answers == [1, 1]
    (amendment,) = await rows(database, "amendments")
    assert (amendment["note"], amendment["answer_by"]) == ("Why.", until)
    assert (await the_letter(database, letter.id)).text_sha256 == found.texts.new.sha256
    assert await rows(database, "proposals") == []
    with pytest.raises(Refused) as caught:
        await proposals.carry_out(database, proposal=number, actor=ORGANISER, trigger=a_trigger())
    assert caught.value.refusal.reason is Reason.AMENDED_MEANWHILE


async def test_reminded_once(database: Database, clock: Clock) -> None:
    """Signers who have not answered are owed one reminder for an amendment, and no second one."""
    letter = await an_open_letter(database)
    held = (await signs(database, MEMBER, letter)).endorsement
    await signs(database, OTHER_MEMBER, letter)
    clock.advance(timedelta(seconds=1))
    letter = await amends(
        database, letter=letter.id, actor=ORGANISER, body="Other words.", kind=MATERIAL,
        note="Why.", answer_by=clock.now() + timedelta(days=8),
    )  # fmt: skip
    assert await amending.remind_silent(database) == 0
    await keep(database, letter, MEMBER, held)
    clock.advance(timedelta(days=6))

    assert [await amending.remind_silent(database) for _ in range(3)] == [1, 0, 0]
    told = [one for one in await notices(database) if one[0] == "still_to_answer"]
    assert told == [("still_to_answer", OTHER_MEMBER.person.user)]


async def _amends(database: Database, letter: Letter, body: str, kind: AmendmentKind) -> None:
    until = None if kind is COSMETIC else letter.created_at + timedelta(days=10)
    await amends(
        database,
        letter=letter.id,
        actor=ORGANISER,
        body=body,
        kind=kind,
        note=f"Why {body}",
        answer_by=until,
    )


@pytest.mark.on_both
async def test_clocks_that_differ(database: Database, database_url: str, clock: Clock) -> None:
    """Texts follow each other as they were written, whatever the clocks of those who wrote say."""
    letter = await an_open_letter(database)
    clock.advance(timedelta(seconds=2))
    held = (await signs(database, MEMBER, letter)).endorsement

    def behind() -> datetime:
        return clock.now() - timedelta(seconds=1)

    async with Database(database_url, clock=behind) as replica:
        await _amends(replica, letter, "Second.", MATERIAL)
        await _amends(database, letter, "Third.", COSMETIC)
        await _amends(replica, letter, "Fourth.", MATERIAL)

    history = await amended_texts.history(database, letter=letter.id, actor=ORGANISER)
    notes = [one.note for one in history.amendments]
    assert notes == ["Why Second.", "Why Third.", "Why Fourth."]
    change = await amended_texts.to_tell(
        database, endorsement=held, person=MEMBER.person, amendment=history.amendments[-1].id
    )
    assert change is not None
    assert [one.note for one in change.amendments] == notes
    assert (await counted(database, letter))[:2] == (1, 0)
