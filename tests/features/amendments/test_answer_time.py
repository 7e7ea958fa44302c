"""The time to answer a text change: at most 30 days, and less once all have answered."""

from datetime import datetime, timedelta

import pytest

from bot.features.amendments.use_cases import amendments as amending
from bot.features.amendments.use_cases import proposals, texts
from bot.features.delivery.use_cases import handover
from bot.features.desk.use_cases.needs import NeedKind
from bot.features.lifecycle import use_cases as lifecycle
from bot.features.withdrawals import use_cases as withdrawals
from bot.letters.amendment import AmendmentKind, offered_answer_by
from bot.letters.endorsement import State
from bot.letters.letter import Letter
from bot.letters.refusals import Reason
from bot.storage.database import Database
from tests.support.amending import amends
from tests.support.clock import START, Clock
from tests.support.letters import (
    BODY,
    DEADLINE,
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    a_row,
    a_trigger,
    adds,
    an_open_letter,
    everything,
    rows,
    signs,
    the_letter,
)
from tests.support.refusing import refused

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

DAY = timedelta(days=1)


async def _asked(
    database: Database, clock: Clock, *, answer_by: datetime | None = None
) -> tuple[Letter, dict[str, str]]:
    """A letter whose meaning changed after two signed, and what each of them holds."""
    letter = await an_open_letter(database)
    held = {
        actor.person.user: (await signs(database, actor, letter)).endorsement
        for actor in (MEMBER, OTHER_MEMBER)
    }
    clock.advance(timedelta(hours=1))
    changed = await amends(
        database,
        letter=letter.id,
        actor=ORGANISER,
        body=f"{BODY}More.\n",
        kind=AmendmentKind.MATERIAL,
        note="We ask for more.",
        answer_by=answer_by,
    )
    await database.write(lambda tx: tx.connection.exec_driver_sql("DELETE FROM outbox"))
    return changed, held


async def _keeps(database: Database, letter: Letter, endorsement: str) -> None:
    await amending.keep(
        database,
        endorsement=endorsement,
        actor=MEMBER,
        text=letter.text_sha256,
        consent="It stands.",
        trigger=a_trigger(),
    )


async def test_at_most_thirty_days(database: Database, clock: Clock) -> None:
    """A mistyped year is refused, in the form's own field; thirty days are not."""
    letter = await an_open_letter(database)

    async def propose(answer_by: datetime) -> None:
        await proposals.propose(
            database,
            letter=letter.id,
            actor=ORGANISER,
            body=f"{BODY}More.\n",
            kind=AmendmentKind.MATERIAL,
            note="Why.",
            answer_by=answer_by,
            trigger=a_trigger(),
        )

    far = await refused(propose(clock.now() + 30 * DAY + DAY), Reason.ANSWER_TOO_FAR)
    assert far.field == "answer_by"
    await propose(clock.now() + 30 * DAY)


async def test_by_default(database: Database, clock: Clock) -> None:
    """By default it is seven days, the deadline where that is earlier, and never less than one."""
    letter = await an_open_letter(database)
    for before, offered in ((20, 7 * DAY), (3, 3 * DAY), (0.5, DAY)):
        now = DEADLINE - timedelta(days=before)
        assert offered_answer_by(letter, now) - now == offered
    assert offered_answer_by(letter, DEADLINE + DAY) == DEADLINE + 8 * DAY
    changed, _ = await _asked(database, clock)
    assert changed.answer_by == clock.now() + 7 * DAY


async def _waits(database: Database, letter: Letter) -> int:
    """The number of signers whose answers a delivery waits for, on the last look at a letter."""
    look = await handover.look(database, letter=letter.id, actor=ORGANISER)
    assert look is not None
    counts = [one.count for one in look.needs if one.kind is NeedKind.UNANSWERED]
    assert look.waits is bool(counts)
    return sum(counts)


async def test_all_have_answered(database: Database, clock: Clock) -> None:
    """Delivery opens once everyone who was asked has answered, before the time is up."""
    letter, held = await _asked(database, clock, answer_by=START + 20 * DAY)
    await adds(database, letter, a_row())
    await lifecycle.close(database, letter=letter.id, actor=ORGANISER)
    await refused(handover.deliver(database, letter=letter.id, actor=ORGANISER),
                  Reason.STILL_TO_ANSWER)  # fmt: skip
    # The one that was collected elsewhere isn't asked.
    assert await _waits(database, letter) == 2
    await _keeps(database, letter, held[MEMBER.person.user])
    await refused(handover.deliver(database, letter=letter.id, actor=ORGANISER),
                  Reason.STILL_TO_ANSWER)  # fmt: skip
    await withdrawals.withdraw(
        database,
        endorsement=held[OTHER_MEMBER.person.user],
        actor=OTHER_MEMBER,
        trigger=a_trigger(),
    )
    assert await _waits(database, letter) == 0
    await handover.deliver(database, letter=letter.id, actor=ORGANISER)
    assert (await the_letter(database, letter.id)).answer_by == clock.now()


async def test_brought_forward(database: Database, clock: Clock) -> None:
    """An earlier time is told to those who haven't answered, and counts for their answers."""
    letter, held = await _asked(database, clock, answer_by=START + 20 * DAY)
    await _keeps(database, letter, held[MEMBER.person.user])
    await database.write(lambda tx: tx.connection.exec_driver_sql("DELETE FROM outbox"))
    sooner = clock.now() + 2 * DAY
    moved, told = await amending.bring_forward(
        database, letter=letter.id, actor=ORGANISER, answer_by=sooner
    )
    assert (moved.answer_by, told) == (sooner, 1)
    (notice,) = [row for row in await rows(database, "outbox") if row["kind"] == "signer"]
    assert notice["target"] == OTHER_MEMBER.person.user
    change = await texts.to_tell(
        database,
        endorsement=held[OTHER_MEMBER.person.user],
        person=OTHER_MEMBER.person,
        amendment=notice["subject"]["facts"]["amendment"],
    )
    assert change is not None
    assert (change.state, change.letter.answer_by) == (State.ASKED, sooner)
    assert await amending.remind_silent(database) == 0
    clock.set(sooner)
    await lifecycle.close(database, letter=letter.id, actor=ORGANISER)
    await handover.deliver(database, letter=letter.id, actor=ORGANISER)


async def test_not_brought_forward(database: Database, clock: Clock) -> None:
    """At least 24 hours remain, the time is earlier, somebody is asked; else nothing is written."""
    letter, _ = await _asked(database, clock, answer_by=START + 20 * DAY)
    before = await everything(database)
    for until, reason in (
        (clock.now() + DAY - timedelta(seconds=1), Reason.ANSWER_TOO_SOON),
        (START + 20 * DAY, Reason.ANSWER_NOT_SOONER),
        (START + 21 * DAY, Reason.ANSWER_NOT_SOONER),
    ):
        story = amending.bring_forward(database, letter=letter.id, actor=ORGANISER, answer_by=until)
        assert (await refused(story, reason)).field == "answer_by"
    story = amending.bring_forward(
        database, letter=letter.id, actor=MEMBER, answer_by=clock.now() + 2 * DAY
    )
    await refused(story, Reason.NOT_ORGANISER)
    assert await everything(database) == before
    clock.set(START + 20 * DAY)
    story = amending.bring_forward(
        database, letter=letter.id, actor=ORGANISER, answer_by=clock.now() + 2 * DAY
    )
    await refused(story, Reason.NO_ANSWERS_OPEN)


async def test_after_a_small_fix(database: Database, clock: Clock) -> None:
    """Signers who are asked hear it also if a small fix followed the change of meaning."""
    letter, _ = await _asked(database, clock, answer_by=START + 20 * DAY)
    clock.advance(timedelta(hours=1))
    await amends(
        database,
        letter=letter.id,
        actor=ORGANISER,
        body=f"{BODY}More!\n",
        kind=AmendmentKind.COSMETIC,
        note="A typo.",
    )
    await database.write(lambda tx: tx.connection.exec_driver_sql("DELETE FROM outbox"))
    _, told = await amending.bring_forward(
        database, letter=letter.id, actor=ORGANISER, answer_by=clock.now() + 2 * DAY
    )
    assert told == 2
    notices = [row for row in await rows(database, "outbox") if row["kind"] == "signer"]
    for notice in notices:
        change = await texts.to_tell(
            database,
            endorsement=notice["subject"]["endorsement"],
            person=MEMBER.person if notice["target"] == MEMBER.person.user else OTHER_MEMBER.person,
            amendment=notice["subject"]["facts"]["amendment"],
        )
        assert change is not None
