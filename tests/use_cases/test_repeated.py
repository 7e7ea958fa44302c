"""What Slack delivers again has no second effect, also where the opposite was done meanwhile."""

from datetime import timedelta

from bot.letters.phases import Phase
from bot.storage.database import Database
from bot.use_cases import organising, reminding
from tests.support.letters import (
    DEADLINE,
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    an_open_letter,
    are_in_channel,
    the_letter,
)
from tests.support.reminders import reminds


async def test_close_after_reopening(database: Database) -> None:
    """A close that is delivered again after a reopening closes nothing."""
    letter = await an_open_letter(database)
    await organising.close(database, letter=letter.id, actor=ORGANISER, delivery="close")
    await organising.reopen(
        database, letter=letter.id, actor=ORGANISER, deadline=DEADLINE, delivery="reopen"
    )

    await organising.close(database, letter=letter.id, actor=ORGANISER, delivery="close")
    assert (await the_letter(database, letter.id)).phase is Phase.OPEN

    await organising.close(database, letter=letter.id, actor=ORGANISER, delivery="another")
    await organising.reopen(
        database, letter=letter.id, actor=ORGANISER, deadline=DEADLINE, delivery="reopen"
    )
    assert (await the_letter(database, letter.id)).phase is Phase.CLOSED


async def test_extend_and_cancel(database: Database) -> None:
    """An extension and a cancellation that are delivered again say the same and change nothing."""
    letter = await an_open_letter(database)
    later = DEADLINE + timedelta(days=7)
    for _ in range(2):
        await organising.extend(
            database, letter=letter.id, actor=ORGANISER, deadline=later, delivery="extend"
        )
    for _ in range(2):
        await organising.cancel(
            database, letter=letter.id, actor=ORGANISER, reason="We won", delivery="cancel"
        )
    found = await the_letter(database, letter.id)
    assert (found.deadline, found.phase, found.reason) == (later, Phase.CANCELLED, "We won")


async def test_organisers(database: Database) -> None:
    """An organiser who was added, and removed by somebody else since, is not added again."""
    letter = await an_open_letter(database)

    async def add() -> None:
        await organising.add_organiser(
            database,
            letter=letter.id,
            actor=ORGANISER,
            person=OTHER_MEMBER.person,
            membership=OTHER_MEMBER.membership,
            delivery="add",
        )

    await add()
    for _ in range(2):
        await organising.remove_organiser(
            database,
            letter=letter.id,
            actor=ORGANISER,
            person=OTHER_MEMBER.person,
            delivery="remove",
        )
    await add()
    assert await organising.organisers(database, letter=letter.id) == [ORGANISER.person]


async def test_stop_after_resuming(database: Database) -> None:
    """A "no more of these" that is delivered again after its undoing stops nothing."""
    letter = await an_open_letter(database)
    await are_in_channel(database, [MEMBER])
    await reminding.stop(database, letter=letter.id, actor=MEMBER, delivery="stop")
    await reminding.resume(database, letter=letter.id, actor=MEMBER, delivery="resume")

    await reminding.stop(database, letter=letter.id, actor=MEMBER, delivery="stop")

    assert await reminds(database, letter) == 1
