import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.letters.endorsement import Capacity
from bot.letters.letter import Letter, Signers, Tally
from bot.letters.people import Actor
from bot.letters.refusals import Reason, Refused
from bot.storage.database import Database
from bot.use_cases import drafting, exporting, organising, signing
from tests.support.clock import Clock
from tests.support.letters import (
    BODY,
    DEADLINE,
    GUEST,
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    OUTSIDER,
    a_delivery,
    a_draft,
    a_draft_of,
    a_signature,
    an_open_letter,
    everything,
    for_organisation,
    members,
    rows,
    signs,
    the_letter,
    the_list,
)
from tests.support.refusing import refused


async def _tally(database: Database, letter: Letter) -> Tally:
    return (await the_letter(database, letter.id)).tally


async def test_signed(database: Database, clock: Clock) -> None:
    """What was approved is kept word for word, with its text, consent and time, and counted."""
    letter = await an_open_letter(database)
    approved = a_signature(
        MEMBER, letter, Capacity.AFFILIATED, title="Director", affiliation="A Fund"
    )
    signed = await signs(database, MEMBER, letter, approved)
    (held,) = await signing.mine(database, actor=MEMBER)
    assert held[1].id == signed.endorsement
    assert held[1].signature == approved
    assert held[1].person == MEMBER.person
    assert held[1].signed_at == clock.now()
    assert signed.line == approved.line == "A Member, Director, A Fund"
    assert await the_list(database, letter) == [approved.line]
    assert await _tally(database, letter) == Tally(people=1)


@pytest.mark.parametrize("actor", [ORGANISER, MEMBER, GUEST, OUTSIDER])
async def test_everybody_may_sign(database: Database, actor: Actor) -> None:
    """Organisers, members, guests and people from elsewhere sign an open letter."""
    letter = await an_open_letter(database)
    await signs(database, actor, letter)
    assert await _tally(database, letter) == Tally(people=1)


async def test_double_click(database: Database) -> None:
    """A double click makes one endorsement, and both clicks get the same answer."""
    letter = await an_open_letter(database)
    delivery = a_delivery()
    first = await signs(database, MEMBER, letter, delivery=delivery)
    before = await everything(database)
    assert await signs(database, MEMBER, letter, delivery=delivery) == first
    assert await everything(database) == before


async def test_double_click_at_once(database: Database) -> None:
    """A delivery that comes twice in one moment is answered twice alike and kept once."""
    letter = await an_open_letter(database)
    delivery = a_delivery()
    answers = await asyncio.gather(
        *(signs(database, MEMBER, letter, delivery=delivery) for _ in range(5))
    )
    assert len(set(answers)) == 1
    assert len(await rows(database, "endorsements")) == 1
    assert await _tally(database, letter) == Tally(people=1)


async def test_two_processes(database_url: str, database: Database, clock: Clock) -> None:
    """A delivery that reaches two processes at once is kept once and answered alike."""
    letter = await an_open_letter(database)
    delivery = a_delivery()
    async with Database(database_url, clock=clock.now) as other:
        answers = await asyncio.gather(
            *(
                signs(door, MEMBER, letter, delivery=delivery)
                for door in (database, other)
                for _ in range(3)
            )
        )
    assert len(set(answers)) == 1
    assert await _tally(database, letter) == Tally(people=1)


async def test_two_windows(database: Database) -> None:
    """Who signs in two windows signs once: the second is told what they signed."""
    letter = await an_open_letter(database)
    answers = await asyncio.gather(
        *(signs(database, MEMBER, letter) for _ in range(2)), return_exceptions=True
    )
    signed = [one for one in answers if isinstance(one, signing.Signed)]
    (second,) = [one for one in answers if isinstance(one, Refused)]
    assert [one.line for one in signed] == ["A Member"]
    assert second.refusal.reason is Reason.ALREADY_SIGNED
    assert second.refusal.facts["line"] == "A Member"
    assert await _tally(database, letter) == Tally(people=1)


async def test_refused_leaves_no_trace(database: Database) -> None:
    """A refusal writes nothing at all, so that the same delivery may be sent again, corrected."""
    letter = await an_open_letter(database)
    before = await everything(database)
    delivery = a_delivery()
    unauthorised = for_organisation(MEMBER, letter, "Open Web Group", authorised=False)
    refusal = await refused(
        signs(database, MEMBER, letter, unauthorised, delivery=delivery), Reason.NOT_AUTHORISED
    )
    assert refusal.field == "authorised"
    assert await everything(database) == before
    corrected = for_organisation(MEMBER, letter, "Open Web Group")
    await signs(database, MEMBER, letter, corrected, delivery=delivery)
    assert await _tally(database, letter) == Tally(organisations=1)


async def test_a_batch_keeps_the_good_ones(database: Database) -> None:
    """In one batch the refused ones write nothing, and the others stand."""
    letter = await an_open_letter(database, signers=Signers.PEOPLE)
    good, bad = members(20), [MEMBER, OTHER_MEMBER]
    answers = await asyncio.gather(
        *(signs(database, one, letter) for one in good),
        *(signs(database, one, letter, for_organisation(one, letter, "A Group")) for one in bad),
        return_exceptions=True,
    )
    assert [type(one) for one in answers] == [signing.Signed] * 20 + [Refused] * 2
    assert len(await rows(database, "signatories")) == 20
    assert await _tally(database, letter) == Tally(people=20)


async def test_replayed_after_withdraw(database: Database) -> None:
    """A Sign that is delivered again after a Withdraw has no effect."""
    letter = await an_open_letter(database)
    delivery = a_delivery()
    signed = await signs(database, MEMBER, letter, delivery=delivery)
    await signing.withdraw(
        database, endorsement=signed.endorsement, actor=MEMBER, delivery=a_delivery()
    )
    before = await everything(database)
    assert await signs(database, MEMBER, letter, delivery=delivery) == signed
    assert await everything(database) == before
    assert await the_list(database, letter) == []


async def test_signs_again_after_withdraw(database: Database) -> None:
    """Who took a signature back may sign anew: one line, one voice, two endorsements kept."""
    letter = await an_open_letter(database)
    signed = await signs(database, MEMBER, letter)
    await signing.withdraw(
        database, endorsement=signed.endorsement, actor=MEMBER, delivery=a_delivery()
    )
    await signs(database, MEMBER, letter, a_signature(MEMBER, letter, name="A. Member"))
    assert await the_list(database, letter) == ["A. Member"]
    assert await _tally(database, letter) == Tally(people=1)
    assert len(await rows(database, "endorsements")) == 2


async def test_one_organisation(database: Database) -> None:
    """Two delegates of an organisation are one signatory, under the first one's line."""
    letter = await an_open_letter(database)
    await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, "The Web Group"))
    await signs(
        database,
        OTHER_MEMBER,
        letter,
        for_organisation(OTHER_MEMBER, letter, "WEB GROUP", "Spain"),
    )
    assert await the_list(database, letter) == ["The Web Group"]
    assert await _tally(database, letter) == Tally(organisations=1)


@pytest.mark.parametrize("first_goes", [True, False])
async def test_a_delegate_withdraws(database: Database, *, first_goes: bool) -> None:
    """When the first delegate withdraws the next one's line stands; when another does, nothing."""
    letter = await an_open_letter(database)
    delegates = members(4)
    signed = [
        await signs(database, one, letter, for_organisation(one, letter, "Web Group", country))
        for one, country in zip(delegates, ("Spain", "Kenya", "Peru", "Fiji"), strict=True)
    ]
    goes = 0 if first_goes else 2
    await signing.withdraw(
        database,
        endorsement=signed[goes].endorsement,
        actor=delegates[goes],
        delivery=a_delivery(),
    )
    stands = "Web Group (Kenya)" if first_goes else "Web Group (Spain)"
    assert await the_list(database, letter) == [stands]
    assert await _tally(database, letter) == Tally(organisations=1)


async def test_delegates_at_once(database: Database) -> None:
    """Delegates who sign in one moment keep their order, also through a correction."""
    letter = await an_open_letter(database)
    delegates = members(12)
    signed = await asyncio.gather(
        *(
            signs(
                database, one, letter, for_organisation(one, letter, "Web Group", f"Land {n:02}A")
            )
            for n, one in enumerate(delegates)
        )
    )
    assert await the_list(database, letter) == ["Web Group (Land 00A)"]
    for n in (11, 6):
        await signing.change(
            database,
            endorsement=signed[n].endorsement,
            actor=delegates[n],
            signature=for_organisation(delegates[n], letter, "Web Group", f"Land {n:02}B"),
            delivery=a_delivery(),
        )
        assert await the_list(database, letter) == ["Web Group (Land 00A)"]
    for n, one in enumerate(delegates[:-1]):
        await signing.withdraw(
            database, endorsement=signed[n].endorsement, actor=one, delivery=a_delivery()
        )
        after = f"{n + 1:02}" + ("B" if n + 1 in (11, 6) else "A")
        assert await the_list(database, letter) == [f"Web Group (Land {after})"]


async def test_delegates_through_two_processes(
    database_url: str, database: Database, clock: Clock
) -> None:
    """No voice for an organisation is lost where two processes take them at once."""
    letter = await an_open_letter(database)
    delegates = members(40)
    await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, "Web Group"))
    async with Database(database_url, clock=clock.now) as other:
        doors = [database, other]
        # Both have their connections open, so that they really meet.
        assert await _tally(other, letter) == Tally(organisations=1)
        signed = await asyncio.gather(
            *(
                signs(doors[n % 2], one, letter, for_organisation(one, letter, "Web Group"))
                for n, one in enumerate(delegates)
            )
        )
    (party,) = await rows(database, "signatories")
    assert party["endorsements"] == 41
    assert await _tally(database, letter) == Tally(organisations=1)
    for one, given in zip(delegates, signed, strict=True):
        await signing.withdraw(
            database, endorsement=given.endorsement, actor=one, delivery=a_delivery()
        )
    assert await the_list(database, letter) == ["Web Group"]


async def test_the_line_that_stands(database: Database, clock: Clock) -> None:
    """The line that stood keeps standing, even where another process's clock was behind."""
    letter = await an_open_letter(database)
    await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, "Web Group", "Spain"))
    clock.advance(timedelta(seconds=-5))
    other = await signs(
        database,
        OTHER_MEMBER,
        letter,
        for_organisation(OTHER_MEMBER, letter, "Web Group", "Kenya"),
    )
    await signing.change(
        database,
        endorsement=other.endorsement,
        actor=OTHER_MEMBER,
        signature=for_organisation(OTHER_MEMBER, letter, "Web Group", "Peru"),
        delivery=a_delivery(),
    )
    assert await the_list(database, letter) == ["Web Group (Spain)"]


async def test_two_things(database: Database) -> None:
    """A person's own endorsement and theirs for an organisation are two: one goes, one stays."""
    letter = await an_open_letter(database)
    own = await signs(database, MEMBER, letter)
    await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, "Web Group"))
    assert await _tally(database, letter) == Tally(people=1, organisations=1)
    await signing.withdraw(
        database, endorsement=own.endorsement, actor=MEMBER, delivery=a_delivery()
    )
    assert await the_list(database, letter) == ["Web Group"]
    assert await _tally(database, letter) == Tally(organisations=1)


async def test_two_organisations(database: Database) -> None:
    """One person may sign for two organisations, and for each once."""
    letter = await an_open_letter(database)
    for name in ("Web Group", "Net Group"):
        await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, name))
    again = for_organisation(MEMBER, letter, "The net group")
    await refused(signs(database, MEMBER, letter, again), Reason.ALREADY_SIGNED)
    assert await _tally(database, letter) == Tally(organisations=2)


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
    assert await _tally(database, letter) == Tally(people=1)


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
    """Who had another text on the screen has not signed this one."""
    letter = await a_draft(database)
    seen = a_signature(MEMBER, letter)
    await drafting.edit(
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


async def test_fifty_at_once(database: Database) -> None:
    """Fifty signers at once are fifty lines, and the tally says fifty."""
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
            )
            for n, one in enumerate(people)
        )
    )
    tally = await _tally(database, letter)
    assert tally == Tally(people=25, organisations=10)
    assert len(await the_list(database, letter)) == tally.total
    hours = await rows(database, "tally_hours")
    assert sum(row["signed"] - row["withdrawn"] for row in hours) == tally.total


async def test_two_letters_at_once(database: Database) -> None:
    """Signatures of several letters in one batch are counted each on its own."""
    one, other = await an_open_letter(database), await an_open_letter(database)
    await asyncio.gather(
        *(signs(database, who, one) for who in members(7)),
        *(signs(database, who, other) for who in members(4)),
    )
    assert await _tally(database, one) == Tally(people=7)
    assert await _tally(database, other) == Tally(people=4)


async def test_what_is_owed(database: Database) -> None:
    """A signature owes a receipt, one change of each card, and a home where it came from there."""
    letter = await an_open_letter(database, channels=["C1", "C2"])
    cards = {row["key"] for row in await rows(database, "outbox")}
    signed = await signs(database, MEMBER, letter, from_home=True)
    other = await signs(database, OTHER_MEMBER, letter)
    owed = sorted(row["key"] for row in await rows(database, "outbox"))
    receipts = {f"receipt:{one.endorsement}" for one in (signed, other)}
    assert owed == sorted(cards | receipts | {f"home:{MEMBER.person}"})
    assert len(cards) == 2


async def test_withdraw(database: Database, clock: Clock) -> None:
    """Who takes a signature back is off the list, and off the count; the record stays."""
    letter = await an_open_letter(database)
    signed = await signs(database, MEMBER, letter)
    clock.advance(timedelta(hours=1))
    line = await signing.withdraw(
        database, endorsement=signed.endorsement, actor=MEMBER, delivery=a_delivery()
    )
    assert line == "A Member"
    assert await the_list(database, letter) == []
    assert await _tally(database, letter) == Tally()
    (row,) = await rows(database, "endorsements")
    assert row["withdrawn_at"] == clock.now()
    assert await signing.mine(database, actor=MEMBER) == []
    assert await signing.receipt(database, endorsement=signed.endorsement) is None


async def test_withdraw_twice(database: Database) -> None:
    """A Withdraw that is delivered twice is answered alike; one in another window is refused."""
    letter = await an_open_letter(database)
    signed = await signs(database, MEMBER, letter)
    delivery = a_delivery()
    answers = await asyncio.gather(
        *(
            signing.withdraw(
                database, endorsement=signed.endorsement, actor=MEMBER, delivery=delivery
            )
            for _ in range(3)
        )
    )
    assert answers == ["A Member"] * 3
    before = await everything(database)
    await refused(
        signing.withdraw(
            database, endorsement=signed.endorsement, actor=MEMBER, delivery=a_delivery()
        ),
        Reason.NOT_SIGNED,
    )
    assert await everything(database) == before


async def test_withdraw_what_is_not_mine(database: Database) -> None:
    """Nobody takes back, changes or sees another's endorsement, not even an organiser."""
    letter = await an_open_letter(database)
    signed = await signs(database, MEMBER, letter)
    before = await everything(database)
    for actor in (ORGANISER, OTHER_MEMBER):
        await refused(
            signing.withdraw(
                database, endorsement=signed.endorsement, actor=actor, delivery=a_delivery()
            ),
            Reason.NOT_SIGNED,
        )
        await refused(
            signing.change(
                database,
                endorsement=signed.endorsement,
                actor=actor,
                signature=a_signature(actor, letter),
                delivery=a_delivery(),
            ),
            Reason.NOT_SIGNED,
        )
        await refused(
            signing.held(database, endorsement=signed.endorsement, actor=actor), Reason.NOT_SIGNED
        )
    assert await everything(database) == before


async def test_withdraw_after_closing(database: Database) -> None:
    """A signature is taken back also after closing."""
    letter = await an_open_letter(database)
    signed = await signs(database, MEMBER, letter)
    await organising.close(database, letter=letter.id, actor=ORGANISER)
    await signing.withdraw(
        database, endorsement=signed.endorsement, actor=MEMBER, delivery=a_delivery()
    )
    assert await _tally(database, letter) == Tally()


async def test_withdrawn_convener(database: Database) -> None:
    """A convener who withdraws and signs anew stands in the order of the list."""
    letter = await an_open_letter(database)
    signed = await signs(database, MEMBER, letter, a_signature(MEMBER, letter, name="Convener"))
    await signs(database, OTHER_MEMBER, letter, a_signature(OTHER_MEMBER, letter, name="Another"))
    await organising.pin(database, letter=letter.id, actor=ORGANISER, name="Convener")
    assert await the_list(database, letter) == ["Convener", "Another"]
    await signing.withdraw(
        database, endorsement=signed.endorsement, actor=MEMBER, delivery=a_delivery()
    )
    await signs(database, MEMBER, letter, a_signature(MEMBER, letter, name="Convener"))
    assert await the_list(database, letter) == ["Another", "Convener"]


async def test_change_the_same_party(database: Database, clock: Clock) -> None:
    """A correction keeps the endorsement and its time of signing, and changes the line."""
    letter = await an_open_letter(database)
    signed = await signs(database, MEMBER, letter)
    signed_at = clock.now()
    clock.advance(timedelta(hours=2))
    corrected = a_signature(MEMBER, letter, Capacity.AFFILIATED, affiliation="A Fund")
    changed = await signing.change(
        database,
        endorsement=signed.endorsement,
        actor=MEMBER,
        signature=corrected,
        delivery=a_delivery(),
    )
    assert changed.endorsement == signed.endorsement
    assert changed.line == "A Member, A Fund"
    assert await the_list(database, letter) == ["A Member, A Fund"]
    ((_, held),) = await signing.mine(database, actor=MEMBER)
    assert (held.signature, held.signed_at, held.changed_at) == (
        corrected,
        signed_at,
        clock.now(),
    )
    assert await _tally(database, letter) == Tally(people=1)


async def test_change_to_another_party(database: Database) -> None:
    """A change to another party is a new endorsement in place of the old one."""
    letter = await an_open_letter(database)
    signed = await signs(database, MEMBER, letter)
    changed = await signing.change(
        database,
        endorsement=signed.endorsement,
        actor=MEMBER,
        signature=for_organisation(MEMBER, letter, "Web Group"),
        delivery=a_delivery(),
    )
    assert changed.endorsement != signed.endorsement
    assert await the_list(database, letter) == ["Web Group"]
    assert await _tally(database, letter) == Tally(organisations=1)
    again = await signing.change(
        database,
        endorsement=changed.endorsement,
        actor=MEMBER,
        signature=for_organisation(MEMBER, letter, "Net Group"),
        delivery=a_delivery(),
    )
    assert await the_list(database, letter) == ["Net Group"]
    assert await _tally(database, letter) == Tally(organisations=1)
    ((_, held),) = await signing.mine(database, actor=MEMBER)
    assert held.id == again.endorsement


async def test_change_twice(database: Database) -> None:
    """A change that is delivered twice happens once and is answered alike."""
    letter = await an_open_letter(database)
    signed = await signs(database, MEMBER, letter)
    delivery = a_delivery()
    answers = await asyncio.gather(
        *(
            signing.change(
                database,
                endorsement=signed.endorsement,
                actor=MEMBER,
                signature=for_organisation(MEMBER, letter, "Web Group"),
                delivery=delivery,
            )
            for _ in range(3)
        )
    )
    assert len(set(answers)) == 1
    assert len(await rows(database, "endorsements")) == 2
    assert await _tally(database, letter) == Tally(organisations=1)


async def test_change_into_what_is_held(database: Database) -> None:
    """A change into a party that the signer holds already is refused and changes nothing."""
    letter = await an_open_letter(database)
    own = await signs(database, MEMBER, letter)
    await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, "Web Group"))
    before = await everything(database)
    await refused(
        signing.change(
            database,
            endorsement=own.endorsement,
            actor=MEMBER,
            signature=for_organisation(MEMBER, letter, "web group"),
            delivery=a_delivery(),
        ),
        Reason.ALREADY_SIGNED,
    )
    assert await everything(database) == before


async def test_change_joins_an_organisation(database: Database) -> None:
    """A change to an organisation that signed already adds a voice, not a line."""
    letter = await an_open_letter(database)
    await signs(database, OTHER_MEMBER, letter, for_organisation(OTHER_MEMBER, letter, "Web Group"))
    own = await signs(database, MEMBER, letter)
    await signing.change(
        database,
        endorsement=own.endorsement,
        actor=MEMBER,
        signature=for_organisation(MEMBER, letter, "WEB Group", "Peru"),
        delivery=a_delivery(),
    )
    assert await the_list(database, letter) == ["Web Group"]
    assert await _tally(database, letter) == Tally(organisations=1)


async def test_opening(database: Database, clock: Clock) -> None:
    """The form starts from what the person holds, and says why nothing can be signed."""
    letter = await an_open_letter(database)
    opening = await signing.opening(database, letter=letter.id, actor=MEMBER)
    assert (opening.held, opening.refusal) == ((), None)
    signed = await signs(database, MEMBER, letter)
    opening = await signing.opening(database, letter=letter.id, actor=MEMBER)
    assert [one.id for one in opening.held] == [signed.endorsement]
    clock.set(DEADLINE)
    opening = await signing.opening(database, letter=letter.id, actor=OTHER_MEMBER)
    assert opening.refusal is not None
    assert opening.refusal.reason is Reason.DEADLINE_PASSED


async def test_receipt(database: Database) -> None:
    """A receipt says what is held now."""
    letter = await an_open_letter(database)
    signed = await signs(database, MEMBER, letter)
    found = await signing.receipt(database, endorsement=signed.endorsement)
    assert found is not None
    assert (found[0].id, found[1].signature.line) == (letter.id, "A Member")


async def test_export(database: Database) -> None:
    """An export pairs each line with the endorsement that it comes from, in the list's order."""
    letter = await an_open_letter(database)
    for one, country in zip(members(3), ("Spain", "Kenya", "Peru"), strict=True):
        await signs(database, one, letter, for_organisation(one, letter, "Web Group", country))
    await signs(database, MEMBER, letter)
    exported = await exporting.export(database, letter=letter.id)
    assert exported.body == BODY
    assert [(party.line, given.signature.line) for party, given in exported.entries] == [
        ("Web Group (Spain)", "Web Group (Spain)"),
        ("A Member", "A Member"),
    ]


async def test_export_while_people_sign(database: Database) -> None:
    """An export is of one instant, however many sign meanwhile."""
    letter = await an_open_letter(database)

    async def sign_on() -> None:
        for one in members(30):
            await signs(database, one, letter)

    signing_on = asyncio.create_task(sign_on())
    while not signing_on.done():
        exported = await exporting.export(database, letter=letter.id)
        assert exported.letter.tally.total == len(exported.entries)
    await signing_on
