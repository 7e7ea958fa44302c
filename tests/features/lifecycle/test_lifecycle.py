from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.features.cards import use_cases as cards
from bot.features.lifecycle import use_cases as lifecycle
from bot.features.withdrawals import use_cases as withdrawals
from bot.letters.draft import Details, details_of
from bot.letters.endorsement import Capacity
from bot.letters.people import Actor
from bot.letters.phases import Phase
from bot.letters.refusals import Reason
from bot.storage.database import Database
from bot.use_cases import pinning
from tests.support.clock import START, Clock
from tests.support.letters import (
    DEADLINE,
    GUEST,
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    OUTSIDER,
    a_closed_letter,
    a_signature,
    a_trigger,
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

DAY = timedelta(days=1)


async def _settled(database: Database) -> None:
    """Nothing is owed, so that what a story owes can be seen."""
    await database.write(lambda tx: tx.connection.exec_driver_sql("DELETE FROM outbox"))


async def _owed(database: Database) -> list[str]:
    return sorted(row["key"] for row in await rows(database, "outbox"))


async def test_close(database: Database, clock: Clock) -> None:
    """A closed letter takes no more signatures, and its cards are to say so."""
    letter = await an_open_letter(database)
    await _settled(database)
    clock.advance(DAY)
    before = await lifecycle.close(database, letter=letter.id, actor=ORGANISER)
    assert before.phase is Phase.OPEN
    closed = await the_letter(database, letter.id)
    assert (closed.phase, closed.closed_at) == (Phase.CLOSED, clock.now())
    (card,) = await cards.cards(database, letter=letter.id)
    assert await _owed(database) == [f"card:{card.id}"]
    await refused(signs(database, MEMBER, letter), Reason.IS_CLOSED)


async def test_close_due(database: Database, clock: Clock) -> None:
    """At its deadline a letter is written down as closed then, once, and organisers are told."""
    letter = await an_open_letter(database)
    later = await an_open_letter(database, deadline=DEADLINE + DAY)
    await _settled(database)
    assert await lifecycle.close_due(database) == []
    clock.set(DEADLINE + timedelta(hours=3))
    assert await lifecycle.close_due(database) == [letter.id]
    closed = await the_letter(database, letter.id)
    assert (closed.phase, closed.closed_at) == (Phase.CLOSED, DEADLINE)
    (card,) = await cards.cards(database, letter=letter.id)
    told = f"word:closed:{letter.id}:{ORGANISER.person}:{DEADLINE.isoformat()}"
    assert await _owed(database) == [f"card:{card.id}", told]
    assert await lifecycle.close_due(database) == []
    assert (await the_letter(database, later.id)).phase is Phase.OPEN


async def test_extend(database: Database, clock: Clock) -> None:
    """An extended letter takes signatures until the new deadline."""
    letter = await an_open_letter(database)
    clock.set(DEADLINE - DAY)
    await lifecycle.extend(database, letter=letter.id, actor=ORGANISER, deadline=DEADLINE + 2 * DAY)
    clock.set(DEADLINE + DAY)
    assert await lifecycle.close_due(database) == []
    await signs(database, MEMBER, letter)


async def test_brought_forward(database: Database, clock: Clock) -> None:
    """A deadline can be brought forward: from then on nobody can sign, and the cards say so."""
    letter = await an_open_letter(database)
    await _settled(database)
    moved = await lifecycle.extend(
        database, letter=letter.id, actor=ORGANISER, deadline=DEADLINE - 5 * DAY
    )
    assert moved.closes_at == moved.deadline == DEADLINE - 5 * DAY
    (card,) = await cards.cards(database, letter=letter.id)
    assert f"card:{card.id}" in await _owed(database)
    clock.set(DEADLINE - 5 * DAY)
    assert await lifecycle.close_due(database) == [letter.id]
    await refused(signs(database, MEMBER, letter), Reason.IS_CLOSED)


@pytest.mark.parametrize("ahead", [timedelta(0), -DAY])
async def test_no_deadline_behind(database: Database, ahead: timedelta) -> None:
    """A deadline is only moved to an instant ahead: to end right away, a letter is closed."""
    letter = await an_open_letter(database)
    before = await everything(database)
    refusal = await refused(
        lifecycle.extend(database, letter=letter.id, actor=ORGANISER, deadline=START + ahead),
        Reason.DEADLINE_NOT_AHEAD,
    )
    assert refusal.field == "deadline"
    assert await everything(database) == before


async def test_details(database: Database) -> None:
    """Summary and goal change after posting, and the cards follow; nothing that is signed does."""
    letter = await an_open_letter(database)
    await _settled(database)
    new = Details(summary="In short.", goal=50)
    await lifecycle.describe(database, letter=letter.id, actor=ORGANISER, details=new)
    now = await the_letter(database, letter.id)
    assert details_of(now) == new
    assert now.text_sha256 == letter.text_sha256
    (card,) = await cards.cards(database, letter=letter.id)
    assert f"card:{card.id}" in await _owed(database)


@pytest.mark.parametrize(
    ("changed", "field", "reason"),
    [
        ({"summary": "S" * 601}, "summary", Reason.TOO_LONG),
        ({"goal": 0}, "goal", Reason.NOT_A_NUMBER),
    ],
)
async def test_wrong_details(
    database: Database, changed: dict[str, Any], field: str, reason: Reason
) -> None:
    """Details that cannot be are refused beside their field, and nothing is written."""
    letter = await an_open_letter(database)
    before = await everything(database)
    wrong = replace(details_of(letter), **changed)
    story = lifecycle.describe(database, letter=letter.id, actor=ORGANISER, details=wrong)
    assert (await refused(story, reason)).field == field
    assert await everything(database) == before


async def test_extend_after_the_deadline(database: Database, clock: Clock) -> None:
    """A letter whose deadline has passed is closed, written down or not: it is reopened instead."""
    letter = await an_open_letter(database)
    clock.set(DEADLINE)
    await refused(
        lifecycle.extend(database, letter=letter.id, actor=ORGANISER, deadline=DEADLINE + DAY),
        Reason.DEADLINE_PASSED,
    )
    await lifecycle.reopen(database, letter=letter.id, actor=ORGANISER, deadline=DEADLINE + DAY)
    await signs(database, MEMBER, letter)
    assert await lifecycle.close_due(database) == []


async def test_reopen(database: Database, clock: Clock) -> None:
    """A reopened letter takes signatures again, and keeps those that it has."""
    letter = await an_open_letter(database)
    await signs(database, MEMBER, letter)
    await lifecycle.close(database, letter=letter.id, actor=ORGANISER)
    await refused(
        lifecycle.reopen(database, letter=letter.id, actor=ORGANISER, deadline=clock.now()),
        Reason.DEADLINE_NOT_AHEAD,
    )
    await lifecycle.reopen(database, letter=letter.id, actor=ORGANISER, deadline=clock.now() + DAY)
    opened = await the_letter(database, letter.id)
    assert (opened.phase, opened.closed_at, opened.opened_at) == (Phase.OPEN, None, START)
    await signs(database, OTHER_MEMBER, letter, a_signature(OTHER_MEMBER, letter, name="Other"))
    assert await the_list(database, letter) == ["A Member", "Other"]


async def test_cancel(database: Database) -> None:
    """A cancelled letter says why, and no word of why is no cancelling."""
    letter = await an_open_letter(database)
    before = await everything(database)
    for reason, why in (("  ", Reason.EMPTY), ("w" * 301, Reason.TOO_LONG)):
        refusal = await refused(
            lifecycle.cancel(database, letter=letter.id, actor=ORGANISER, reason=reason), why
        )
        assert refusal.field == "reason"
    assert await everything(database) == before
    await lifecycle.cancel(database, letter=letter.id, actor=ORGANISER, reason=" It was heard. ")
    cancelled = await the_letter(database, letter.id)
    assert (cancelled.phase, cancelled.reason) == (Phase.CANCELLED, "It was heard.")
    refusal = await refused(signs(database, MEMBER, letter), Reason.IS_CANCELLED)
    assert refusal.facts["why"] == "It was heard."


async def test_cancel_after_closing(database: Database) -> None:
    """A closed letter can be cancelled, and keeps the instant at which it closed."""
    letter = await a_closed_letter(database)
    await lifecycle.cancel(database, letter=letter.id, actor=ORGANISER, reason="A word.")
    assert (await the_letter(database, letter.id)).closed_at == letter.closed_at


async def test_organisers(database: Database, clock: Clock) -> None:
    """A second organiser runs the letter too, is told so, and may take the first one off."""
    letter = await an_open_letter(database)
    await _settled(database)
    clock.advance(DAY)
    await lifecycle.add_organiser(
        database,
        letter=letter.id,
        actor=ORGANISER,
        person=MEMBER.person,
        membership=MEMBER.membership,
    )
    (told,) = await rows(database, "outbox")
    assert (told["target"], told["subject"]["about"]) == (MEMBER.person.user, "made_organiser")
    assert await lifecycle.organisers(database, letter=letter.id) == [
        ORGANISER.person,
        MEMBER.person,
    ]
    await lifecycle.remove_organiser(
        database, letter=letter.id, actor=MEMBER, person=ORGANISER.person
    )
    *_, told = await rows(database, "outbox")
    assert (told["target"], told["subject"]["about"]) == (
        ORGANISER.person.user,
        "removed_organiser",
    )
    await refused(
        lifecycle.close(database, letter=letter.id, actor=ORGANISER), Reason.NOT_ORGANISER
    )
    await lifecycle.close(database, letter=letter.id, actor=MEMBER)


async def test_appointed(database: Database, clock: Clock) -> None:
    """An operator makes a member an organiser, who is told; the history says who did it."""
    letter = await an_open_letter(database)
    await _settled(database)
    clock.advance(DAY)

    await lifecycle.appoint_organiser(database, letter=letter.id, appointed=MEMBER)

    (told,) = await rows(database, "outbox")
    assert (told["target"], told["subject"]["about"]) == (MEMBER.person.user, "made_organiser")
    entry = (await rows(database, "audit_entries"))[-1]
    assert (entry["act"], entry["about_user"], entry["user"], entry["facts"]) == (
        "organiser_added", MEMBER.person.user, "", {"operator": True},
    )  # fmt: skip
    await lifecycle.close(database, letter=letter.id, actor=MEMBER)


@pytest.mark.parametrize(
    ("appointed", "why"),
    [
        (GUEST, Reason.ORGANISER_MUST_BE_MEMBER),
        (ORGANISER, Reason.ALREADY_ORGANISER),
        (replace(MEMBER, workspace="T0ELSEWHERE"), Reason.NO_SUCH_LETTER),
    ],
)
async def test_appointed_refused(database: Database, appointed: Actor, why: Reason) -> None:
    """An operator appoints no guest, nobody twice, and nobody from another workspace."""
    letter = await an_open_letter(database)
    before = await everything(database)
    await refused(lifecycle.appoint_organiser(database, letter=letter.id, appointed=appointed), why)
    assert await everything(database) == before


@pytest.mark.parametrize("other", [GUEST, OUTSIDER])
async def test_organisers_are_members(database: Database, other: Actor) -> None:
    """Guests and people from elsewhere do not run letters."""
    letter = await an_open_letter(database)
    await refused(
        lifecycle.add_organiser(
            database,
            letter=letter.id,
            actor=ORGANISER,
            person=other.person,
            membership=other.membership,
        ),
        Reason.ORGANISER_MUST_BE_MEMBER,
    )


async def test_the_last_organiser(database: Database) -> None:
    """The last organiser stays, a stranger cannot be removed, nobody is added twice."""
    letter = await an_open_letter(database)
    before = await everything(database)
    await refused(
        lifecycle.remove_organiser(
            database, letter=letter.id, actor=ORGANISER, person=ORGANISER.person
        ),
        Reason.LAST_ORGANISER,
    )
    await refused(
        lifecycle.remove_organiser(
            database, letter=letter.id, actor=ORGANISER, person=MEMBER.person
        ),
        Reason.NO_SUCH_ORGANISER,
    )
    await refused(
        lifecycle.add_organiser(
            database,
            letter=letter.id,
            actor=ORGANISER,
            person=ORGANISER.person,
            membership=ORGANISER.membership,
        ),
        Reason.ALREADY_ORGANISER,
    )
    assert await everything(database) == before


@pytest.mark.parametrize(
    ("written", "entry"),
    [
        ("The Web Group (Spain)", "The Web Group (Spain)"),
        ("web group", "The Web Group (Spain)"),
        ("  The  WEB   group ", "The Web Group (Spain)"),
        ("First Organiser", "First Organiser"),
        ("organiser, first", "First Organiser"),
    ],
)
async def test_pin(database: Database, written: str, entry: str) -> None:
    """A convener is found by the entry, by the name, and by how it is spelt or sorted."""
    letter = await an_open_letter(database)
    people = members(3)
    await signs(
        database, people[0], letter, for_organisation(people[0], letter, "The Web Group", "Spain")
    )
    await signs(
        database, people[1], letter, for_organisation(people[1], letter, "A Group", "Spain")
    )
    await signs(database, people[2], letter, a_signature(people[2], letter, name="First Organiser"))
    found = await pinning.pin(database, letter=letter.id, actor=ORGANISER, name=written)
    assert found.entry == entry
    assert (await the_list(database, letter))[0] == entry


async def test_pins_keep_their_order(database: Database) -> None:
    """Conveners come in the order in which they were pinned; unpinned they go back."""
    letter = await an_open_letter(database)
    for one, name in zip(members(4), ("Alpha", "Beta", "Gamma", "Delta"), strict=True):
        await signs(database, one, letter, for_organisation(one, letter, f"{name} Group"))
    for name in ("Gamma Group", "Delta Group", "Gamma Group"):
        await pinning.pin(database, letter=letter.id, actor=ORGANISER, name=name)
    assert await the_list(database, letter) == [
        "Gamma Group",
        "Delta Group",
        "Alpha Group",
        "Beta Group",
    ]
    await pinning.pin(database, letter=letter.id, actor=ORGANISER, name="Gamma Group", up=False)
    assert (await the_list(database, letter))[:2] == ["Delta Group", "Alpha Group"]
    await pinning.pin(database, letter=letter.id, actor=ORGANISER, name="Beta Group")
    assert (await the_list(database, letter))[:2] == ["Delta Group", "Beta Group"]


async def test_pin_nobody(database: Database) -> None:
    """A name that is nobody's, or that of somebody who withdrew, is refused by name."""
    letter = await an_open_letter(database)
    signed = await signs(database, MEMBER, letter)
    await withdrawals.withdraw(
        database, endorsement=signed.endorsement, actor=MEMBER, trigger=a_trigger()
    )
    for name in ("Nobody", "A Member"):
        refusal = await refused(
            pinning.pin(database, letter=letter.id, actor=ORGANISER, name=name),
            Reason.NO_SUCH_SIGNATORY,
        )
        assert refusal.facts["name"] == name


async def test_pin_several(database: Database) -> None:
    """A name that fits several is refused with their entries; a whole entry is enough."""
    letter = await an_open_letter(database)
    entries = ["Same Name, Baker", "Same Name, Poet"]
    for one, entry in zip(members(2), entries, strict=True):
        name, title = entry.split(", ")
        signature = a_signature(one, letter, Capacity.AFFILIATED, name=name, title=title)
        await signs(database, one, letter, signature)
    refusal = await refused(
        pinning.pin(database, letter=letter.id, actor=ORGANISER, name="same name"),
        Reason.SEVERAL_SIGNATORIES,
    )
    assert sorted(refusal.facts["entries"]) == entries
    await pinning.pin(database, letter=letter.id, actor=ORGANISER, name=entries[1])
    assert await the_list(database, letter) == [entries[1], entries[0]]
