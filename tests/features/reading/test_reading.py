from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from bot.features.desk.use_cases import home
from bot.features.reading.use_cases import pages as reading
from bot.letters.letter import refuse
from bot.letters.people import Actor
from bot.letters.phases import Action, Phase
from bot.letters.refusals import Reason
from bot.storage import letters
from bot.storage.database import Database, Transaction
from bot.use_cases import letter_lookup, pinning
from tests.support.clock import Clock
from tests.support.letters import (
    BODY,
    DEADLINE,
    GUEST,
    MEMBER,
    ORGANISER,
    OUTSIDER,
    a_cancelled_letter,
    a_closed_letter,
    a_draft,
    a_signature,
    an_open_letter,
    members,
    signs,
)
from tests.support.refusing import refused


async def test_whole(database: Database) -> None:
    """Everybody reads an open letter, word for word."""
    letter = await an_open_letter(database)
    for actor in (ORGANISER, MEMBER, GUEST, OUTSIDER):
        assert await letter_lookup.whole(
            database, letter=letter.id, actor=actor
        ) == letter_lookup.Whole(letter=letter, body=BODY)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
async def test_paged(database: Database, size: int) -> None:
    """The list in pages is the whole list, each entry once, and the last page says so."""
    letter = await an_open_letter(database)
    for number, one in enumerate(members(7)):
        await signs(database, one, letter, a_signature(one, letter, name=f"Member {number % 3}"))
    seen: list[str] = []
    entries: list[str] = []
    after = None
    pages = 0
    while True:
        page = await reading.who_signed(
            database, letter=letter.id, actor=MEMBER, after=after, limit=size
        )
        pages += 1
        seen += [party.id for party in page.signatories]
        entries += [party.entry for party in page.signatories]
        after = page.end
        if after is None:
            break
    assert len(set(seen)) == len(seen) == 7
    assert entries == sorted(entries)
    assert pages == -(-7 // size)


async def test_a_page_while_people_sign(database: Database) -> None:
    """A page starts behind the last entry of the one before, whatever was signed in between."""
    letter = await an_open_letter(database)
    people = members(6)
    for one, name in zip(people[:4], "BDFH", strict=True):
        await signs(database, one, letter, a_signature(one, letter, name=f"{name} Member"))
    first = await reading.who_signed(database, letter=letter.id, actor=MEMBER, after=None, limit=2)
    await pinning.pin(database, letter=letter.id, actor=ORGANISER, name="B Member")
    for one, name in zip(people[4:], "AG", strict=True):
        await signs(database, one, letter, a_signature(one, letter, name=f"{name} Member"))
    second = await reading.who_signed(
        database, letter=letter.id, actor=MEMBER, after=first.end, limit=10
    )
    found = [party.entry for party in second.signatories]
    assert not {party.entry for party in first.signatories} & set(found)


async def test_list_of_a_cancelled_letter(database: Database) -> None:
    """The list of a cancelled letter is its organisers'."""
    letter = await a_cancelled_letter(database)
    await reading.who_signed(database, letter=letter.id, actor=ORGANISER, after=None, limit=5)
    await refused(
        reading.who_signed(database, letter=letter.id, actor=MEMBER, after=None, limit=5),
        Reason.IS_CANCELLED,
    )


async def _found(
    database: Database, word: str = "", *, actor: Actor = ORGANISER, action: Action = Action.READ
) -> list[str]:
    found = await letter_lookup.find(database, actor=actor, action=action, word=word)
    return [one.title for one in found]


async def test_find_by_word(database: Database) -> None:
    """A letter is found by number, with or without a mark, and by how its title begins."""
    first = await an_open_letter(database, title="Keep it open")
    await an_open_letter(database, title="Keep it free")
    await an_open_letter(database, title="Über alles")
    assert await _found(database, f"#{first.id}") == ["Keep it open"]
    assert await _found(database, f" {first.id} ") == ["Keep it open"]
    assert await _found(database, "keep it") == ["Keep it free", "Keep it open"]
    assert await _found(database, "ÜBER") == ["Über alles"]
    assert await _found(database, "it") == []
    assert await _found(database, "99999999999999999999999") == []
    assert await _found(database, "²") == []


async def test_find_a_number_in_a_title(database: Database) -> None:
    """A number that is no letter's may begin a title."""
    await an_open_letter(database, title="2030 goals")
    assert await _found(database, "2030") == ["2030 goals"]


@pytest.mark.on_both
async def test_find_what_may_be_done(database: Database, clock: Clock) -> None:
    """Without a named letter, those are offered that the action fits now."""
    await a_draft(database, title="Draft")
    await an_open_letter(database, title="Open")
    await a_closed_letter(database, title="Closed")
    await a_cancelled_letter(database, title="Cancelled")
    await an_open_letter(database, title="Of a member", actor=MEMBER)
    assert await _found(database) == ["Of a member", "Cancelled", "Closed", "Open", "Draft"]
    assert await _found(database, action=Action.SIGN) == ["Of a member", "Open"]
    assert await _found(database, action=Action.POST) == ["Open", "Draft"]
    assert await _found(database, action=Action.REOPEN) == ["Closed"]
    assert await _found(database, actor=MEMBER, action=Action.CLOSE) == ["Of a member"]
    assert await _found(database, actor=GUEST, action=Action.SEE_STATUS) == []
    assert "Draft" not in await _found(database, actor=MEMBER)
    assert await _found(database, "Draft", actor=MEMBER) == []
    clock.set(DEADLINE)
    assert await _found(database, action=Action.REOPEN) == ["Closed", "Open"]


@pytest.mark.on_both
async def test_find_loads_enough(database: Database, clock: Clock) -> None:
    """The database leaves out no letter that could be meant, for any action, phase and role."""
    for actor in (ORGANISER, MEMBER):
        for phase in Phase:
            letter = await an_open_letter(database, title=phase.value, actor=actor)
            await database.write(partial(letters.change, letter=letter.id, phase=phase.value))

    def meant(tx: Transaction, actor: Actor) -> dict[Action, list[int]]:
        role_of = letter_lookup.roles_of(tx, actor)
        everything = [(one, role_of(one)) for one in letters.in_workspace(tx, actor.workspace)]
        return {
            action: [one.id for one, role in everything if not refuse(one, action, role, tx.now)]
            for action in Action
        }

    for now in (clock.now(), DEADLINE, DEADLINE + timedelta(days=30)):
        clock.set(now)
        for actor in (ORGANISER, MEMBER, GUEST):
            expected = await database.read(partial(meant, actor=actor))
            for action in Action:
                found = await letter_lookup.find(database, actor=actor, action=action)
                assert [one.id for one in found] == expected[action], (actor, action, now)


async def test_find_elsewhere(database: Database) -> None:
    """Letters of another workspace are not found."""
    letter = await an_open_letter(database)
    stranger = replace(MEMBER, workspace="T2")
    assert await _found(database, actor=stranger) == []
    assert await _found(database, str(letter.id), actor=stranger) == []
    await refused(
        letter_lookup.whole(database, letter=letter.id, actor=stranger), Reason.NO_SUCH_LETTER
    )


async def test_home(database: Database, clock: Clock) -> None:
    """A home shows what is open, what was signed, what is run, and whether one may start."""
    draft = await a_draft(database, title="Draft")
    letter = await an_open_letter(database, title="Open")
    soon = await an_open_letter(database, title="Soon", deadline=DEADLINE - timedelta(days=20))
    for actor in (MEMBER, OUTSIDER):
        await signs(database, actor, letter)
        await signs(database, actor, soon)
    clock.advance(timedelta(days=15))
    found = await home.page(database, actor=MEMBER)
    assert [one.title for one in found.open_letters] == ["Open"]
    assert [(one.letter.title, one.endorsement.signature.entry) for one in found.signed] == [
        ("Soon", "A Member"),
        ("Open", "A Member"),
    ]
    assert found.organised == ()
    assert found.may_start
    running = await home.page(database, actor=ORGANISER)
    assert [one.letter.id for one in running.organised] == [soon.id, letter.id, draft.id]
    assert running.signed == ()
    assert not (await home.page(database, actor=GUEST)).may_start
    abroad = await home.page(database, actor=replace(OUTSIDER, workspace="T2"))
    assert (abroad.open_letters, abroad.signed) == ((), ())


async def test_home_after_the_deadline(database: Database, clock: Clock) -> None:
    """A letter whose deadline has passed is not shown as open, written down or not."""
    letter = await an_open_letter(database)
    clock.set(DEADLINE)
    assert (await home.page(database, actor=MEMBER)).open_letters == ()
    assert letter.phase is Phase.OPEN
