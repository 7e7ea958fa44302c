from datetime import date, timedelta

from bot.features.desk.use_cases.status import status
from bot.features.withdrawals import use_cases as withdrawals
from bot.letters.letter import Tally
from bot.letters.refusals import Reason
from bot.storage.database import Database
from tests.support.clock import Clock
from tests.support.letters import (
    DEADLINE,
    MEMBER,
    ORGANISER,
    a_signature,
    a_trigger,
    an_open_letter,
    for_organisation,
    members,
    signs,
)
from tests.support.refusing import refused


async def test_days(database: Database, clock: Clock) -> None:
    """Days are the asker's own: what comes before their midnight counts for that day."""
    letter = await an_open_letter(database)
    people = members(4)
    clock.advance(timedelta(hours=13, minutes=59))
    first = await signs(database, people[0], letter)
    await signs(database, people[1], letter, for_organisation(people[1], letter, "A Group"))
    clock.advance(timedelta(hours=2))
    await signs(database, people[2], letter)
    await withdrawals.withdraw(
        database, endorsement=first.endorsement, actor=people[0], trigger=a_trigger()
    )
    await signs(database, people[3], letter)
    in_utc = await status(database, letter=letter.id, actor=ORGANISER, tz="UTC")
    third, fourth = date(2026, 3, 3), date(2026, 3, 4)
    assert in_utc.days == (
        (third, Tally(people=1, organisations=1)),
        (fourth, Tally(people=1)),
    )
    further_west = await status(database, letter=letter.id, actor=ORGANISER, tz="America/Lima")
    assert further_west.days == ((third, Tally(people=2, organisations=1)),)
    nowhere = await status(database, letter=letter.id, actor=ORGANISER, tz="Mars/Olympus")
    assert nowhere.days == in_utc.days


async def test_shown(database: Database, clock: Clock) -> None:
    """Status names the last five who signed, the cards, the organisers and the next reminder."""
    letter = await an_open_letter(database, channels=["C1", "C2"])
    for number, one in enumerate(members(7)):
        await signs(database, one, letter, a_signature(one, letter, name=f"Member {number}"))
    shown = await status(database, letter=letter.id, actor=ORGANISER, tz="UTC")
    assert [one.entry for one in shown.latest] == [f"Member {n}" for n in (6, 5, 4, 3, 2)]
    assert [one.channel for one in shown.postings] == ["C1", "C2"]
    assert shown.now == clock.now()
    assert shown.letter.tally == Tally(people=7)
    assert (shown.reminders.sent, shown.reminders.waiting, shown.reminders.later) == (0, 0, 0)
    assert shown.next_reminder == DEADLINE - timedelta(days=7)


async def test_for_organisers(database: Database) -> None:
    """Everybody else is refused."""
    letter = await an_open_letter(database)
    await refused(status(database, letter=letter.id, actor=MEMBER, tz="UTC"), Reason.NOT_ORGANISER)
