"""Withdrawn and removed entries, and people that no letter needs, are forgotten after 30 days."""

from datetime import timedelta

import pytest

from bot.features.corrections import use_cases as corrections
from bot.features.delivery.use_cases import handover
from bot.features.lifecycle import use_cases as lifecycle
from bot.features.organisations.use_cases import standing
from bot.features.privacy.use_cases.expiry import forget_due
from bot.features.withdrawals import use_cases as withdrawals
from bot.letters.endorsement import Facts
from bot.letters.letter import Tally
from bot.letters.refusals import Reason
from bot.storage.database import Database
from tests.support.clock import Clock
from tests.support.letters import (
    DEADLINE,
    GUEST,
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    a_signature,
    a_trigger,
    an_open_letter,
    are_in_channel,
    for_organisation,
    rows,
    signs,
    the_list,
    the_tally,
)
from tests.support.machine.traces import tables_with
from tests.support.refusing import refused
from tests.support.scenes.invitations import a_person, an_organisation, invites

pytestmark = pytest.mark.on_both

KEPT = timedelta(days=30)
MOMENT = timedelta(microseconds=1)


async def _withdraws(database: Database, endorsement: str) -> None:
    await withdrawals.withdraw(database, endorsement=endorsement, actor=MEMBER, trigger=a_trigger())


async def test_withdrawn(database: Database, clock: Clock) -> None:
    """30 days after a withdrawal no word about the signer is in any row, and the counts stay."""
    letter = await an_open_letter(database)
    signature = a_signature(MEMBER, letter, name="Zelda Quill", title="Dr", affiliation="Quillers")
    signed = await signs(database, MEMBER, letter, signature)
    await signs(database, OTHER_MEMBER, letter)
    await corrections.correct(
        database, endorsement=signed.endorsement, actor=ORGANISER,
        facts=Facts(name="Zelda Quillson"), asks=True, trigger=a_trigger(),
    )  # fmt: skip
    await _withdraws(database, signed.endorsement)

    clock.advance(KEPT - MOMENT)
    await forget_due(database)
    assert await tables_with(database, "Zelda", "Quill") >= {"endorsements", "signatories"}
    hours = await rows(database, "tally_quarters")

    clock.advance(MOMENT)
    assert await forget_due(database)

    words = ("Zelda", "Quill", MEMBER.person.user)
    assert await tables_with(database, *words) <= {"inbox", "outbox"}
    assert await rows(database, "tally_quarters") == hours
    assert await the_tally(database, letter) == Tally(people=1)
    assert len(await rows(database, "endorsements")) == 2
    assert await forget_due(database) == 0


async def test_removed_stays_out(database: Database, clock: Clock) -> None:
    """Of a removed organisation only who is barred stays; organisers hear if it comes again."""
    letter = await an_open_letter(database, deadline=DEADLINE + timedelta(days=90))
    await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, "Quill Forum"))
    (party,) = [str(row["id"]) for row in await rows(database, "signatories")]
    await standing.object_to(
        database, signatory=party, actor=OTHER_MEMBER, name="Zelda Objector", role="Chair",
        reason="Quill Forum never decided that.", trigger=a_trigger(),
    )  # fmt: skip
    await standing.decide(
        database, signatory=party, actor=ORGANISER, decision=standing.Decision.REMOVED,
        why="Quill said no.", trigger=a_trigger(),
    )  # fmt: skip

    clock.advance(KEPT)
    await forget_due(database)
    gone = await tables_with(database, "Quill", "Zelda", "quill")
    assert gone <= {"inbox", "outbox"}

    again = for_organisation(MEMBER, letter, "The Quill Forum")
    await refused(signs(database, MEMBER, letter, again), Reason.ENTRY_REMOVED)
    theirs = for_organisation(GUEST, letter, "The Quill Forum")
    await signs(database, GUEST, letter, theirs)
    assert await the_list(database, letter) == ["The Quill Forum"]
    story = signs(database, MEMBER, letter, again, confirms=True)
    await refused(story, Reason.ENTRY_REMOVED)
    owed = [row["subject"] for row in await rows(database, "outbox") if row["kind"] == "word"]
    assert "signed_anew" in {subject["about"] for subject in owed}


async def test_comes_back(database: Database, clock: Clock) -> None:
    """A forgotten signer can sign again, and is then kept under their own name."""
    letter = await an_open_letter(database, deadline=DEADLINE + timedelta(days=90))
    signed = await signs(database, MEMBER, letter, a_signature(MEMBER, letter, name="Zelda Quill"))
    await _withdraws(database, signed.endorsement)
    clock.advance(KEPT)
    await forget_due(database)

    await signs(database, MEMBER, letter, a_signature(MEMBER, letter, name="Zelda Quill"))

    assert await the_list(database, letter) == ["Zelda Quill"]
    assert len(await rows(database, "signatories")) == 1
    assert await the_tally(database, letter) == Tally(people=1)


async def test_delivered_stays(database: Database, clock: Clock) -> None:
    """An entry in a delivered copy is not forgotten in time."""
    letter = await an_open_letter(database)
    signed = await signs(database, MEMBER, letter, a_signature(MEMBER, letter, name="Zelda Quill"))
    await lifecycle.close(database, letter=letter.id, actor=ORGANISER)
    await handover.deliver(database, letter=letter.id, actor=ORGANISER)
    await _withdraws(database, signed.endorsement)

    clock.advance(KEPT * 2)
    await forget_due(database)

    assert await tables_with(database, "Zelda Quill") >= {"endorsements", "delivered_copies"}


async def test_people_and_contacts(database: Database, clock: Clock) -> None:
    """30 days after a letter ended, people who never signed and contacts are forgotten."""
    await are_in_channel(database, [MEMBER, OTHER_MEMBER])
    letter = await an_open_letter(database)
    await signs(database, MEMBER, letter)
    await invites(
        database, letter, a_person(OTHER_MEMBER),
        an_organisation("Net Group", contact="office@net.example", note="Ask Zelda."),
        met=[OTHER_MEMBER],
    )  # fmt: skip
    clock.set(DEADLINE)
    await lifecycle.close_due(database)

    clock.advance(KEPT - MOMENT)
    await forget_due(database)
    assert OTHER_MEMBER.person.user in {row["user"] for row in await rows(database, "members")}

    clock.advance(MOMENT)
    await forget_due(database)
    gone = await tables_with(database, OTHER_MEMBER.person.user, "office@net", "Zelda")
    assert gone <= {"inbox", "outbox"}
    assert [row["user"] for row in await rows(database, "people")] == [MEMBER.person.user]
    assert await rows(database, "members") == []
    assert [row["organisation"] for row in await rows(database, "invitations")] == ["", "Net Group"]
