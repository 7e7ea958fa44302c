"""Slack goes on telling who is in a channel: an account is known again, a name is not."""

from datetime import timedelta

import pytest

from bot.features.privacy.use_cases import erasure
from bot.features.reminders.use_cases import reminders
from bot.letters.letter import Letter
from bot.storage.database import Database
from tests.support.clock import Clock
from tests.support.letters import (
    DEADLINE,
    MEMBER,
    OTHER_MEMBER,
    WORKSPACE,
    a_signature,
    an_open_letter,
    are_in_channel,
    rows,
    signs,
)
from tests.support.machine.traces import tables_with
from tests.support.scenes.reminders import step_of

pytestmark = pytest.mark.on_both


async def test_no_reminder(database: Database, clock: Clock) -> None:
    """An erased person is known by id alone and gets no reminder, unless they ask for them."""
    await are_in_channel(database, [MEMBER, OTHER_MEMBER])
    letter = await an_open_letter(database)
    await signs(database, MEMBER, letter, a_signature(MEMBER, letter, name="Zelda Quill"))
    await erasure.erase_person(database, workspace=WORKSPACE, person=MEMBER.person)
    assert await tables_with(database, "Zelda", "Quill", MEMBER.person.user) == set()

    clock.set(DEADLINE - timedelta(days=7))
    await are_in_channel(database, [MEMBER, OTHER_MEMBER])
    await reminders.plan_due(database)

    assert await tables_with(database, "Zelda", "Quill") == set()
    assert await tables_with(database, MEMBER.person.user) == {
        "members", "outbox", "people", "reminders",
    }  # fmt: skip
    assert await _is_due(database, letter, clock) == {OTHER_MEMBER.person.user}

    await reminders.resume(database, letter=letter.id, actor=MEMBER)
    assert MEMBER.person.user in await _is_due(database, letter, clock)


async def _is_due(database: Database, letter: Letter, clock: Clock) -> set[str]:
    step = step_of(7, letter)
    clock.set(max(clock.now(), step.due))
    found = set[str]()
    for one in (MEMBER, OTHER_MEMBER):
        due = await reminders.due_now(
            database, letter=letter.id, person=one.person, step=reminders.step_name(step, DEADLINE)
        )
        if due is not None:
            found.add(one.person.user)
    assert len(await rows(database, "reminders")) == len((MEMBER, OTHER_MEMBER))
    return found
