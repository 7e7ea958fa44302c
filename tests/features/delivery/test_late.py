"""The late list of a delivered letter, and the copy that never changes."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from bot.features.corrections import use_cases as corrections
from bot.features.delivery import rows as copy_rows
from bot.features.delivery.use_cases import handover, papers
from bot.features.lifecycle import use_cases as lifecycle
from bot.features.organisations.use_cases import removals, standing
from bot.features.signing.use_cases import own_signature, signatures
from bot.features.withdrawals import use_cases as withdrawals
from bot.letters.endorsement import Facts
from bot.letters.letter import Letter
from bot.letters.phases import Phase
from bot.letters.refusals import Reason
from bot.letters.rules import Confirmation, Rules, WithdrawnEntry
from bot.letters.standing import Ground, Permission
from bot.storage.database import Database
from tests.support.clock import START, Clock
from tests.support.letters import (
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    a_cancelled_letter,
    a_closed_letter,
    a_signature,
    a_trigger,
    changes,
    for_organisation,
    members,
    rows,
    signs,
    the_letter,
    the_list,
    the_tally,
)
from tests.support.refusing import refused
from tests.support.scenes.invitations import may_object
from tests.support.scenes.phases import a_letter_to_lead, led_to


async def test_told_before(database: Database, clock: Clock) -> None:
    """A signer goes on the late list only if told so, unless they join an earlier signature."""
    letter = await a_letter_to_lead(database)
    await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, "Web Group"))
    letter = await led_to(database, clock, letter, Phase.LATE)
    untold = signatures.SignRequest(
        letter=letter.id,
        actor=OTHER_MEMBER,
        signature=a_signature(OTHER_MEMBER, letter),
        trigger=a_trigger(),
    )

    await refused(signatures.sign(database, untold), Reason.GOES_LATE)
    await signatures.sign(database, replace(untold, knows_late=True))
    joins = replace(
        untold,
        signature=for_organisation(OTHER_MEMBER, letter, "Web Group"),
        confirms=True,
        trigger=a_trigger(),
    )
    await signatures.sign(database, joins)

    tally = await the_tally(database, letter)
    assert (tally.organisations, tally.late_people, tally.late_organisations) == (1, 1, 0)


async def test_told_before_a_change(database: Database, clock: Clock) -> None:
    """A signer who puts another party in its place is told too, and loses nothing before."""
    letter = await a_letter_to_lead(database)
    signed = await signs(database, MEMBER, letter)
    letter = await led_to(database, clock, letter, Phase.LATE)

    change = changes(
        database,
        endorsement=signed.endorsement,
        actor=MEMBER,
        signature=for_organisation(MEMBER, letter, "Web Group"),
        trigger=a_trigger(),
    )

    await refused(change, Reason.GOES_LATE)
    assert await the_list(database, letter) == ["A Member"]


@pytest.mark.parametrize("rule", WithdrawnEntry)
async def test_copy_never_changes(database: Database, clock: Clock, rule: WithdrawnEntry) -> None:
    """The copy stays as it was cut, to the byte, whatever happens after delivery."""
    letter = await a_letter_to_lead(database, rules=Rules(withdrawn_entry=rule))
    first, second, third = members(3)
    one = await signs(database, first, letter, a_signature(first, letter, name="First"))
    two = await signs(database, second, letter, a_signature(second, letter, name="Second"))
    letter = await led_to(database, clock, letter, Phase.DELIVERED)
    cut = await handover.copy_of(database, letter=letter.id)

    await withdrawals.withdraw(
        database, endorsement=one.endorsement, actor=first, trigger=a_trigger()
    )
    await corrections.correct(
        database, endorsement=two.endorsement, actor=ORGANISER, asks=False, trigger=a_trigger(),
        facts=Facts(name="Second, Corrected"),
    )  # fmt: skip
    await handover.open_late(database, letter=letter.id, actor=ORGANISER)
    await signs(database, third, letter, a_signature(third, letter, name="Third"))
    await handover.close_late(database, letter=letter.id, actor=ORGANISER)
    for tried in (
        handover.deliver(database, letter=letter.id, actor=ORGANISER),
        lifecycle.close(database, letter=letter.id, actor=ORGANISER),
        lifecycle.reopen(database, letter=letter.id, actor=ORGANISER, deadline=letter.deadline),
    ):
        await refused(tried, Reason.IS_DELIVERED)

    assert await handover.copy_of(database, letter=letter.id) == cut
    assert [entry["entry"] for entry in cut.entries_read()] == ["First", "Second"]
    living = await the_list(database, letter)
    marked = rule is WithdrawnEntry.MARKED
    assert living == [*(["First"] if marked else []), "Second, Corrected", "Third"]
    found = await handover.delivered(database, letter=letter.id, actor=ORGANISER)
    assert [gone.signature.entry for gone in found.withdrawn] == ["First"]


async def test_no_copy(database: Database) -> None:
    """A letter without a delivered copy says why: not delivered yet, or cancelled."""
    for letter, reason in (
        (await a_closed_letter(database), Reason.NOT_DELIVERED),
        (await a_cancelled_letter(database), Reason.IS_CANCELLED),
    ):
        story = handover.delivered(database, letter=letter.id, actor=ORGANISER)
        await refused(story, reason)


async def test_cut_once(database: Database, clock: Clock) -> None:
    """A second copy of a letter cannot be kept, whatever the code around it does."""
    letter = await led_to(database, clock, await a_letter_to_lead(database), Phase.DELIVERED)
    cut = await handover.copy_of(database, letter=letter.id)
    other = replace(cut, entries="[]", copy_sha256="0" * 64)

    with pytest.raises(IntegrityError):
        await database.write(lambda tx: copy_rows.cut(tx, other, letter.workspace))

    assert await handover.copy_of(database, letter=letter.id) == cut
    for made in (handover.copy_of, papers.finished):
        await refused(made(database, letter=letter.id, number=2), Reason.NO_SUCH_COPY)
    assert (await the_letter(database, letter.id)).phase is Phase.DELIVERED


async def delivered_with_one_waiting(
    database: Database, clock: Clock, phase: Phase, **rules: Any
) -> tuple[Letter, str, str]:
    """A delivered letter that one person signed, and one for an organisation that waits for a record.

    Gives the letter, the id of the organisation, and that of its endorsement.
    """
    letter = await a_letter_to_lead(
        database, rules=Rules(confirmation=Confirmation.ORGANISER, **rules)
    )
    await signs(database, OTHER_MEMBER, letter)
    given = await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, "Web Group"))
    letter = await led_to(database, clock, letter, phase)
    clock.advance(timedelta(hours=1))
    (party,) = [
        row["id"] for row in await rows(database, "signatories") if row["kind"] == "organisation"
    ]
    return letter, party, given.endorsement


async def confirms(database: Database, party: str) -> None:
    """An organiser records how they know that an organisation signed."""
    await standing.confirm(
        database, signatory=party, actor=ORGANISER, trigger=a_trigger(),
        permission=Permission(
            ground=Ground.SPOKEN_WORD, given_by="D", given_role="D", given_on=START.date()
        ),
    )  # fmt: skip


@pytest.mark.parametrize("phase", [Phase.DELIVERED, Phase.LATE])
async def test_confirmed_later(database: Database, clock: Clock, phase: Phase) -> None:
    """An organisation that is confirmed after delivery is late; the main list is the copy's."""
    letter, party, _ = await delivered_with_one_waiting(database, clock, phase)
    await confirms(database, party)
    found = await handover.delivered(database, letter=letter.id, actor=ORGANISER)
    tally = await the_tally(database, letter)
    assert (tally.total, tally.late_organisations) == (found.copy.total, 1)
    assert await the_list(database, letter) == ["A Member", "Web Group"]


@pytest.mark.parametrize("was", ["disputed", "removed"])
async def test_put_back_later(database: Database, clock: Clock, was: str) -> None:
    """An entry that was off the list at delivery and comes back is late, a person's too."""
    letter = await a_letter_to_lead(database)
    signature = for_organisation(MEMBER, letter, "Web Group") if was == "disputed" else None
    await signs(database, MEMBER, letter, signature)
    await signs(database, ORGANISER, letter)
    party = (await rows(database, "signatories"))[0]["id"]
    if was == "disputed":
        await may_object(database, letter, OTHER_MEMBER, "Web Group")
        await standing.object_to(
            database, signatory=party, actor=OTHER_MEMBER, name="Jo", role="Chair", reason="No.",
            trigger=a_trigger(),
        )  # fmt: skip
    else:
        await removals.remove(
            database, signatory=party, actor=ORGANISER, why="No.", trigger=a_trigger()
        )
    letter = await led_to(database, clock, letter, Phase.DELIVERED)
    if was == "disputed":
        await standing.decide(
            database, signatory=party, actor=ORGANISER, decision=standing.Decision.LISTED,
            why="Yes.", trigger=a_trigger(),
        )  # fmt: skip
    else:
        await removals.restore(database, signatory=party, actor=ORGANISER, trigger=a_trigger())
    tally = await the_tally(database, letter)
    assert (tally.total, tally.late) == (1, 1)


@pytest.mark.parametrize("rule", WithdrawnEntry)
async def test_never_delivered(database: Database, clock: Clock, rule: WithdrawnEntry) -> None:
    """A signer not on the copy is not withdrawn after delivery, nor told so before."""
    letter, _, given = await delivered_with_one_waiting(
        database, clock, Phase.DELIVERED, withdrawn_entry=rule
    )
    own = await own_signature.own_on(database, letter=letter.id, actor=MEMBER)
    assert own.delivered == frozenset()
    theirs = await own_signature.own_on(database, letter=letter.id, actor=OTHER_MEMBER)
    assert len(theirs.delivered) == 1
    await withdrawals.withdraw(database, endorsement=given, actor=MEMBER, trigger=a_trigger())
    found = await handover.delivered(database, letter=letter.id, actor=ORGANISER)
    assert found.withdrawn == ()
    assert await the_list(database, letter) == ["A Member"]


async def test_second_signer_since(database: Database, clock: Clock) -> None:
    """A second signer who came after delivery and withdraws was not on the copy; the first one was."""
    letter = await a_letter_to_lead(database)
    first = await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, "Web Group"))
    letter = await led_to(database, clock, letter, Phase.LATE)
    clock.advance(timedelta(hours=1))
    signature = for_organisation(OTHER_MEMBER, letter, "Web Group")
    second = await signs(database, OTHER_MEMBER, letter, signature, confirms=True)
    for given, actor, withdrawn in ((second, OTHER_MEMBER, 0), (first, MEMBER, 1)):
        await withdrawals.withdraw(
            database, endorsement=given.endorsement, actor=actor, trigger=a_trigger()
        )
        found = await handover.delivered(database, letter=letter.id, actor=ORGANISER)
        assert len(found.withdrawn) == withdrawn


async def test_one_of_two_withdraws(database: Database, clock: Clock) -> None:
    """Organisers hear that an organisation withdrew once nobody signs for it any more."""
    letter = await a_letter_to_lead(database)
    given = [
        await signs(
            database, one, letter, for_organisation(one, letter, "Web Group"), confirms=True
        )
        for one in (MEMBER, OTHER_MEMBER)
    ]
    await led_to(database, clock, letter, Phase.DELIVERED)
    for signed, actor, heard in zip(
        given[::-1], (OTHER_MEMBER, MEMBER), (False, True), strict=True
    ):
        await withdrawals.withdraw(
            database, endorsement=signed.endorsement, actor=actor, trigger=a_trigger()
        )
        owed = [row["subject"].get("about") for row in await rows(database, "outbox")]
        assert ("withdrawn_after_delivery" in owed) is heard
