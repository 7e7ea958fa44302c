import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.features.drafts.use_cases import drafts
from bot.features.signing.use_cases import own_signature, signatures
from bot.features.withdrawals import use_cases as withdrawals
from bot.letters.endorsement import Capacity
from bot.letters.letter import Signers, Tally
from bot.letters.people import Actor
from bot.letters.refusals import Reason, Refused
from bot.storage.database import Database
from tests.support.clock import Clock
from tests.support.letters import (
    BODY,
    DEADLINE,
    GUEST,
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    OUTSIDER,
    a_draft,
    a_draft_of,
    a_signature,
    a_trigger,
    an_open_letter,
    everything,
    for_organisation,
    members,
    rows,
    signs,
    the_list,
    the_tally,
)
from tests.support.refusing import refused


async def test_signed(database: Database, clock: Clock) -> None:
    """An approved entry is kept word for word, with its text, consent and time, and counted."""
    letter = await an_open_letter(database)
    approved = a_signature(
        MEMBER, letter, Capacity.AFFILIATED, title="Director", affiliation="A Fund"
    )
    signed = await signs(database, MEMBER, letter, approved)
    (held,) = await own_signature.mine(database, actor=MEMBER)
    assert held[1].id == signed.endorsement
    assert held[1].signature == approved
    assert held[1].person == MEMBER.person
    assert held[1].signed_at == clock.now()
    assert signed.entry == approved.entry == "A Member, Director, A Fund"
    assert await the_list(database, letter) == [approved.entry]
    assert await the_tally(database, letter) == Tally(people=1)


@pytest.mark.parametrize("actor", [ORGANISER, MEMBER, GUEST, OUTSIDER])
async def test_everybody_may_sign(database: Database, actor: Actor) -> None:
    """Organisers, members, guests and people from elsewhere sign an open letter."""
    letter = await an_open_letter(database)
    await signs(database, actor, letter)
    assert await the_tally(database, letter) == Tally(people=1)


async def test_double_click(database: Database) -> None:
    """A double click makes one endorsement, and both clicks get the same answer."""
    letter = await an_open_letter(database)
    trigger = a_trigger()
    first = await signs(database, MEMBER, letter, trigger=trigger)
    before = await everything(database)
    assert await signs(database, MEMBER, letter, trigger=trigger) == first
    assert await everything(database) == before


@pytest.mark.on_both
async def test_double_click_at_once(database: Database) -> None:
    """A Sign that comes twice in one moment is answered twice alike and kept once."""
    letter = await an_open_letter(database)
    trigger = a_trigger()
    answers = await asyncio.gather(
        *(signs(database, MEMBER, letter, trigger=trigger) for _ in range(5))
    )
    assert len(set(answers)) == 1
    assert len(await rows(database, "endorsements")) == 1
    assert await the_tally(database, letter) == Tally(people=1)


@pytest.mark.on_both
async def test_two_processes(database_url: str, database: Database, clock: Clock) -> None:
    """A Sign that reaches two processes at once is kept once and answered alike."""
    letter = await an_open_letter(database)
    trigger = a_trigger()
    async with Database(database_url, clock=clock.now) as other:
        answers = await asyncio.gather(
            *(
                signs(door, MEMBER, letter, trigger=trigger)
                for door in (database, other)
                for _ in range(3)
            )
        )
    assert len(set(answers)) == 1
    assert await the_tally(database, letter) == Tally(people=1)


async def test_two_windows(database: Database) -> None:
    """A signer in two windows signs once: the second is told what they signed."""
    letter = await an_open_letter(database)
    answers = await asyncio.gather(
        *(signs(database, MEMBER, letter) for _ in range(2)), return_exceptions=True
    )
    signed = [one for one in answers if isinstance(one, signatures.Signed)]
    (second,) = [one for one in answers if isinstance(one, Refused)]
    assert [one.entry for one in signed] == ["A Member"]
    assert second.refusal.reason is Reason.ALREADY_SIGNED
    assert second.refusal.facts["entry"] == "A Member"
    assert await the_tally(database, letter) == Tally(people=1)


@pytest.mark.on_both
async def test_refused_and_delivered_again(database: Database) -> None:
    """A Sign that was refused as a second one stays refused when Slack delivers it again."""
    letter = await an_open_letter(database)
    given = (await signs(database, MEMBER, letter)).endorsement
    trigger = a_trigger()
    for _ in range(2):
        refusal = await refused(
            signs(database, MEMBER, letter, trigger=trigger), Reason.ALREADY_SIGNED
        )
        assert refusal.facts == {"entry": "A Member"}
        await withdrawals.withdraw(database, endorsement=given, actor=MEMBER, trigger="withdraw")
    assert await the_tally(database, letter) == Tally()
    await signs(database, MEMBER, letter)


async def test_refused_leaves_no_trace(database: Database) -> None:
    """A refusal writes nothing at all, so that the same form may be sent again, corrected."""
    letter = await an_open_letter(database)
    before = await everything(database)
    trigger = a_trigger()
    unauthorised = for_organisation(MEMBER, letter, "Open Web Group", authorised=False)
    refusal = await refused(
        signs(database, MEMBER, letter, unauthorised, trigger=trigger), Reason.NOT_AUTHORISED
    )
    assert refusal.field == "authorised"
    assert await everything(database) == before
    corrected = for_organisation(MEMBER, letter, "Open Web Group")
    await signs(database, MEMBER, letter, corrected, trigger=trigger)
    assert await the_tally(database, letter) == Tally(organisations=1)


async def test_a_batch_keeps_the_good_ones(database: Database) -> None:
    """In one batch the refused ones write nothing, and the others are kept."""
    letter = await an_open_letter(database, signers=Signers.PEOPLE)
    good, bad = members(20), [MEMBER, OTHER_MEMBER]
    answers = await asyncio.gather(
        *(signs(database, one, letter) for one in good),
        *(signs(database, one, letter, for_organisation(one, letter, "A Group")) for one in bad),
        return_exceptions=True,
    )
    assert [type(one) for one in answers] == [signatures.Signed] * 20 + [Refused] * 2
    assert len(await rows(database, "signatories")) == 20
    assert await the_tally(database, letter) == Tally(people=20)


async def test_one_person_in_two_capacities(database: Database) -> None:
    """As oneself and as oneself with affiliation are one party: the second is refused."""
    letter = await an_open_letter(database)
    await signs(database, MEMBER, letter)
    affiliated = a_signature(MEMBER, letter, Capacity.AFFILIATED, affiliation="A Fund")
    await refused(signs(database, MEMBER, letter, affiliated), Reason.ALREADY_SIGNED)


async def test_at_the_deadline(database: Database, clock: Clock) -> None:
    """A signature exactly at the deadline is refused; a microsecond before it is kept."""
    letter = await an_open_letter(database)
    clock.set(DEADLINE)
    before = await everything(database)
    await refused(signs(database, MEMBER, letter), Reason.DEADLINE_PASSED)
    assert await everything(database) == before
    clock.set(DEADLINE - timedelta(microseconds=1))
    await signs(database, MEMBER, letter)
    assert await the_tally(database, letter) == Tally(people=1)


@pytest.mark.parametrize(
    ("signers", "capacity", "reason"),
    [
        (Signers.PEOPLE, Capacity.ORGANISATION, Reason.PEOPLE_ONLY),
        (Signers.ORGANISATIONS, Capacity.INDIVIDUAL, Reason.ORGANISATIONS_ONLY),
        (Signers.ORGANISATIONS, Capacity.AFFILIATED, Reason.ORGANISATIONS_ONLY),
    ],
)
async def test_who_may_sign(
    database: Database, signers: Signers, capacity: Capacity, reason: Reason
) -> None:
    """A letter for people takes no organisations, and one for organisations no people."""
    letter = await an_open_letter(database, signers=signers)
    signature = a_signature(MEMBER, letter, capacity, organisation="Web Group")
    await refused(signs(database, MEMBER, letter, signature), reason)


async def test_another_text(database: Database) -> None:
    """A signer with another text on the screen has not signed this one."""
    letter = await a_draft(database)
    seen = a_signature(MEMBER, letter)
    await drafts.edit(
        database, letter=letter.id, actor=ORGANISER, draft=a_draft_of(body=BODY + "More.\n")
    )
    other = await an_open_letter(database, body=BODY + "More.\n")
    await refused(signs(database, MEMBER, other, seen), Reason.TEXT_CHANGED)


async def test_somewhere_else(database: Database) -> None:
    """A letter of another workspace is not there, and neither is one that never was."""
    letter = await an_open_letter(database)
    stranger = replace(MEMBER, workspace="T2")
    signature = a_signature(MEMBER, letter)
    await refused(signs(database, stranger, letter, signature), Reason.NO_SUCH_LETTER)
    unknown = replace(letter, id=letter.id + 1000)
    await refused(signs(database, MEMBER, unknown, signature), Reason.NO_SUCH_LETTER)


@pytest.mark.on_both
async def test_fifty_at_once(database: Database) -> None:
    """Fifty signers at once are fifty entries, and the tally says fifty."""
    letter = await an_open_letter(database)
    people = members(50)
    await asyncio.gather(
        *(
            signs(
                database,
                one,
                letter,
                a_signature(one, letter, name=f"Member {n}")
                if n % 2
                else for_organisation(one, letter, f"Group {n % 20}"),
                confirms=True,
            )
            for n, one in enumerate(people)
        )
    )
    tally = await the_tally(database, letter)
    assert tally == Tally(people=25, organisations=10)
    assert len(await the_list(database, letter)) == tally.total
    hours = await rows(database, "tally_quarters")
    assert sum(row["signed"] - row["withdrawn"] for row in hours) == tally.total


@pytest.mark.on_both
async def test_two_letters_at_once(database: Database) -> None:
    """Signatures of several letters in one batch are counted each on its own."""
    one, other = await an_open_letter(database), await an_open_letter(database)
    await asyncio.gather(
        *(signs(database, who, one) for who in members(7)),
        *(signs(database, who, other) for who in members(4)),
    )
    assert await the_tally(database, one) == Tally(people=7)
    assert await the_tally(database, other) == Tally(people=4)


async def test_what_is_owed(database: Database) -> None:
    """A signature owes a receipt, one change of each card, and a home where it came from there."""
    letter = await an_open_letter(database, channels=["C1", "C2"])
    cards = {row["key"] for row in await rows(database, "outbox")}
    signed = await signs(database, MEMBER, letter, from_home=True)
    other = await signs(database, OTHER_MEMBER, letter)
    owed = sorted(row["key"] for row in await rows(database, "outbox"))
    assert signed != other
    receipts = {f"receipt:{letter.id}:{one.person}" for one in (MEMBER, OTHER_MEMBER)}
    assert owed == sorted(cards | receipts | {f"home:{MEMBER.person}"})
    assert len(cards) == 2


async def test_opening(database: Database, clock: Clock) -> None:
    """The form starts from what the person holds, and says why nothing can be signed."""
    letter = await an_open_letter(database)
    opening = await signatures.opening(database, letter=letter.id, actor=MEMBER)
    assert (opening.held, opening.refusal) == ((), None)
    signed = await signs(database, MEMBER, letter)
    opening = await signatures.opening(database, letter=letter.id, actor=MEMBER)
    assert [one.id for one in opening.held] == [signed.endorsement]
    clock.set(DEADLINE)
    opening = await signatures.opening(database, letter=letter.id, actor=OTHER_MEMBER)
    assert opening.refusal is not None
    assert opening.refusal.reason is Reason.DEADLINE_PASSED


async def test_receipt(database: Database) -> None:
    """A receipt says what is held now."""
    letter = await an_open_letter(database)
    signed = await signs(database, MEMBER, letter)
    found = await own_signature.entry(
        database, endorsement=signed.endorsement, person=MEMBER.person
    )
    assert found is not None
    assert (found[0].id, found[1].signature.entry) == (letter.id, "A Member")
