from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.features.reminders.slack.messages import reminder
from bot.features.reminders.use_cases import reminders as reminding
from bot.letters import send_windows
from bot.letters.letter import Letter
from bot.letters.people import Membership
from bot.letters.refusals import Reason
from bot.locales import words
from bot.storage import reminders
from bot.storage.database import Database
from bot.storage.states import ReminderState
from bot.use_cases import addressees
from bot.use_cases.addressees import Reminding
from tests.support.clock import Clock
from tests.support.letters import (
    DEADLINE,
    GUEST,
    MEMBER,
    OTHER_MEMBER,
    a_trigger,
    an_open_letter,
    are_in_channel,
    are_met,
    signs,
)
from tests.support.reading import words_of
from tests.support.refusing import refused
from tests.support.scenes.reminders import planned, reminds, step_of

DAY = timedelta(days=1)


async def test_later(database: Database, clock: Clock) -> None:
    """Later is tomorrow in the person's own daytime, again and again, and at least a day away."""
    letter = await an_open_letter(database)
    await are_in_channel(database, [MEMBER], tz="America/Lima")

    async def later() -> datetime | None:
        return await reminding.later(database, letter=letter.id, actor=MEMBER, trigger=a_trigger())

    first = datetime(2026, 3, 4, 14, tzinfo=UTC)
    assert await later() == first
    clock.set(first)
    assert await later() == first + DAY
    clock.set(first + 2 * DAY)
    assert await later() == first + 5 * DAY
    assert [step for _, step in await planned(database)] == ["later"] * 3


async def test_later_twice(database: Database) -> None:
    """A Later that is delivered twice is one reminder, and answered alike."""
    letter = await an_open_letter(database)
    await are_in_channel(database, [MEMBER])
    trigger = a_trigger()
    answers = [
        await reminding.later(database, letter=letter.id, actor=MEMBER, trigger=trigger)
        for _ in range(2)
    ]
    assert answers[0] == answers[1]
    assert len(await planned(database)) == 1


async def test_later_pressed_again(database: Database, clock: Clock) -> None:
    """A second Later takes the place of the first: two presses bring one reminder."""
    letter = await an_open_letter(database)
    await are_in_channel(database, [MEMBER])
    pressed = [
        await reminding.later(database, letter=letter.id, actor=MEMBER, trigger=a_trigger())
        for _ in range(2)
    ]
    assert pressed[1] is not None
    clock.set(pressed[1])
    due = [
        await reminding.due_now(database, letter=letter.id, person=MEMBER.person, step=step)
        for step in ("later@1", "later@2")
    ]
    assert due == [None, letter]


async def test_later_instead_of_a_step(database: Database, clock: Clock) -> None:
    """Somebody who waits for a Later, or got it today, is not reminded by schedule beside it."""
    letter = await an_open_letter(database)
    step = step_of(3, letter)
    name = send_windows.step_name(step, letter.deadline)

    async def is_due() -> bool:
        found = await reminding.due_now(database, letter=letter.id, person=MEMBER.person, step=name)
        return found == letter

    clock.set(step.due)
    await are_in_channel(database, [MEMBER])
    await reminding.plan_due(database)
    assert await is_due()
    clock.set(step.due - timedelta(hours=23, minutes=30))
    await reminding.later(database, letter=letter.id, actor=MEMBER, trigger=a_trigger())
    clock.set(step.due)
    assert not await is_due()
    await database.write(
        lambda tx: reminders.settle(tx, letter.id, MEMBER.person, "later@1", ReminderState.SENT)
    )
    clock.set(step.due + timedelta(hours=1))
    assert not await is_due()
    clock.set(step.due + DAY)
    assert await is_due()


async def test_later_than_the_deadline(database: Database, clock: Clock) -> None:
    """There is no later where tomorrow lies behind the deadline."""
    letter = await an_open_letter(database, deadline=clock.now() + DAY)
    await are_in_channel(database, [MEMBER])
    assert (
        await reminding.later(database, letter=letter.id, actor=MEMBER, trigger=a_trigger()) is None
    )
    assert await planned(database) == []


async def test_later_for_a_guest(database: Database, clock: Clock) -> None:
    """A guest who was asked by name may say later too, and is then reminded."""
    letter = await an_open_letter(database)
    await are_in_channel(database, [GUEST])
    at = await reminding.later(database, letter=letter.id, actor=GUEST, trigger=a_trigger())
    assert at is not None
    clock.set(at)
    due = await reminding.due_now(database, letter=letter.id, person=GUEST.person, step="later@1")
    assert due == letter
    assert GUEST.membership is Membership.GUEST


async def test_later_after_signing(database: Database, clock: Clock) -> None:
    """A signer is told that they have signed, and one who can no longer sign is told why."""
    letter = await an_open_letter(database)
    await are_in_channel(database, [MEMBER, OTHER_MEMBER])
    await signs(database, MEMBER, letter)
    refusal = await refused(
        reminding.later(database, letter=letter.id, actor=MEMBER, trigger=a_trigger()),
        Reason.ALREADY_SIGNED,
    )
    assert refusal.facts["entry"] == "A Member"
    clock.set(DEADLINE)
    await refused(
        reminding.later(database, letter=letter.id, actor=OTHER_MEMBER, trigger=a_trigger()),
        Reason.DEADLINE_PASSED,
    )


async def test_later_after_stop(database: Database) -> None:
    """Somebody who said stop, and then later, wants to be reminded."""
    letter = await an_open_letter(database)
    await are_in_channel(database, [MEMBER])
    await reminding.stop(database, letter=letter.id, actor=MEMBER)
    await reminding.stop(database, letter=letter.id, actor=MEMBER)
    await refused(reminds(database, letter), Reason.NOBODY_TO_REMIND)
    await reminding.later(database, letter=letter.id, actor=MEMBER, trigger=a_trigger())
    assert len(await planned(database)) == 1
    assert await reminds(database, letter) == 1


async def test_the_message_names_the_day(database: Database, clock: Clock) -> None:
    """A reminder names the day, in its reader's zone, on which "later" asks again."""
    letter = await an_open_letter(database)
    await are_met(database, [MEMBER], tz="Pacific/Auckland")
    # A Friday at noon: there it is Saturday.
    clock.set(datetime(2026, 3, 6, 12, tzinfo=UTC))
    asked = await the_reminding(database, letter)
    assert asked.later == date(2026, 3, 9)
    assert "asks you again on Mon 9 Mar 2026." in reads(letter, asked).replace(",", "")
    clock.set(letter.deadline - timedelta(hours=20))
    assert (await the_reminding(database, letter)).later is None


async def test_the_message_keeps_what_was_chosen(database: Database, clock: Clock) -> None:
    """A reminder shows when the next one comes, or that they are off with a button to have them on."""
    letter = await an_open_letter(database)
    await are_in_channel(database, [MEMBER])
    both: dict[str, Any] = {"letter": letter.id, "actor": MEMBER}
    at = await reminding.later(database, **both, trigger=a_trigger())
    assert at is not None
    asked = await the_reminding(database, letter)
    assert asked.at == at
    shown = reads(letter, asked)
    assert f"Next reminder: <!date^{int(at.timestamp())}^" in shown

    await reminding.stop(database, **both)
    asked = await the_reminding(database, letter)
    shown = reads(letter, asked)
    assert "Reminders for this letter are off." in shown
    assert "Turn reminders on" in shown
    assert "Stop reminders" not in shown

    await reminding.resume(database, **both)
    asked = await the_reminding(database, letter)
    assert "Stop reminders" in reads(letter, asked)
    clock.set(at + DAY)
    assert (await the_reminding(database, letter)).at is None


async def the_reminding(database: Database, letter: Letter) -> Reminding:
    asked = await addressees.asked(database, letter=letter.id, person=MEMBER.person)
    assert asked is not None
    return asked.reminding


def reads(letter: Letter, reminding: Reminding) -> str:
    _, blocks = reminder(words("en-GB"), letter, reminding, "d7@1")
    return words_of({"blocks": blocks})
