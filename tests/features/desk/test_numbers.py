"""Numbers on a status agree: entries are counted as entries, people as people."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.features.amendments.use_cases import amendments
from bot.features.desk.slack.status_views import report
from bot.features.desk.use_cases.status import status
from bot.features.organisations.use_cases import merges, removals
from bot.features.withdrawals import use_cases as withdrawals
from bot.letters.amendment import AmendmentKind
from bot.letters.letter import Letter
from bot.letters.rules import Confirmation, Rules, Silence
from bot.locales import words
from bot.storage.database import Database
from tests.support.amending import amends
from tests.support.clock import Clock
from tests.support.letters import (
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    a_trigger,
    an_open_letter,
    for_organisation,
    rows,
    signs,
)

T = words("en-GB")


async def told(database: Database, letter: Letter) -> str:
    """The words of a status."""
    shown = await status(database, letter=letter.id, actor=ORGANISER, tz="UTC")
    return report(T, shown).text


async def material(database: Database, clock: Clock, letter: Letter) -> Letter:
    """The letter with a text of another meaning."""
    clock.advance(timedelta(hours=1))
    changed = await amends(
        database, letter=letter.id, actor=ORGANISER, body="Other words.",
        kind=AmendmentKind.MATERIAL, note="Why.", answer_by=clock.now() + timedelta(days=2),
    )  # fmt: skip
    clock.advance(timedelta(hours=1))
    return changed


async def test_merged_did_not_withdraw(database: Database, clock: Clock) -> None:
    """A signature that a merge ended is not among those that were withdrawn."""
    letter = await an_open_letter(database)
    for name in ("Net Rights", "Nett Rights"):
        await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, name))
    letter = await material(database, clock, letter)
    keeps, goes = [row["id"] for row in await rows(database, "signatories")]
    await merges.merge(database, keeps=keeps, goes=(goes,), actor=ORGANISER, trigger=a_trigger())
    shown = await status(database, letter=letter.id, actor=ORGANISER, tz="UTC")
    assert shown.answers is not None
    answers = shown.answers
    assert (answers.asked, answers.withdrew, answers.silent) == (1, 0, 1)


async def test_people_are_asked(database: Database, clock: Clock) -> None:
    """Somebody who holds two signatures is one who is asked, and has answered once both are answered."""
    letter = await an_open_letter(database, rules=Rules(silence=Silence.DROP))
    own = (await signs(database, MEMBER, letter)).endorsement
    group = for_organisation(MEMBER, letter, "Net Group")
    other = (await signs(database, MEMBER, letter, group)).endorsement
    await signs(database, OTHER_MEMBER, letter)
    letter = await material(database, clock, letter)

    async def counts() -> tuple[int, ...]:
        shown = await status(database, letter=letter.id, actor=ORGANISER, tz="UTC")
        found = shown.answers
        assert found is not None
        return found.asked, found.kept, found.withdrew, found.silent, found.dropped

    assert await counts() == (2, 0, 0, 2, 0)
    await amendments.keep(
        database, endorsement=own, actor=MEMBER, text=letter.text_sha256, consent="Yes.",
        trigger=a_trigger(),
    )  # fmt: skip
    assert await counts() == (2, 0, 0, 2, 0)
    await withdrawals.withdraw(database, endorsement=other, actor=MEMBER, trigger=a_trigger())
    assert await counts() == (2, 1, 0, 1, 0)
    clock.advance(timedelta(days=3))
    await amendments.drop_silent(database)
    assert await counts() == (2, 1, 0, 0, 1)


@pytest.mark.parametrize(
    ("tz", "day"),
    [("Asia/Kolkata", 4), ("Asia/Kathmandu", 4), ("UTC", 3), ("Pacific/Marquesas", 3)],
)
async def test_half_hour_zones(database: Database, clock: Clock, tz: str, day: int) -> None:
    """A signature counts for the day that it is where the organiser is, to the quarter of an hour."""
    letter = await an_open_letter(database)
    clock.set(datetime(2026, 3, 3, 18, 45, tzinfo=UTC))
    await signs(database, MEMBER, letter)
    shown = await status(database, letter=letter.id, actor=ORGANISER, tz=tz)
    assert [one for one, _ in shown.days] == [date(2026, 3, day)]


async def test_days_are_the_total(database: Database, clock: Clock) -> None:
    """After a withdrawal on another day, the days add up to the total above them."""
    letter = await an_open_letter(database)
    given = await signs(database, MEMBER, letter)
    await signs(database, OTHER_MEMBER, letter)
    clock.advance(timedelta(days=1))
    await withdrawals.withdraw(
        database, endorsement=given.endorsement, actor=MEMBER, trigger=a_trigger()
    )
    shown = await status(database, letter=letter.id, actor=ORGANISER, tz="UTC")
    assert [day.people for _, day in shown.days] == [1, 0]
    assert sum(day.total for _, day in shown.days) == shown.letter.tally.total


async def test_latest_entries(database: Database) -> None:
    """Each entry is among the latest once, as it is listed; what isn’t on the list is not."""
    letter = await an_open_letter(database)
    await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, "Net Group"))
    later = for_organisation(OTHER_MEMBER, letter, "NET GROUP")
    await signs(database, ORGANISER, letter)
    await signs(database, OTHER_MEMBER, letter, later, confirms=True)
    shown = await status(database, letter=letter.id, actor=ORGANISER, tz="UTC")
    assert [one.entry for one in shown.latest] == ["Net Group", "A Member"]
    person = next(row for row in await rows(database, "signatories") if row["kind"] == "person")
    await removals.remove(
        database, signatory=person["id"], actor=ORGANISER, why="No.", trigger=a_trigger()
    )
    shown = await status(database, letter=letter.id, actor=ORGANISER, tz="UTC")
    assert [one.entry for one in shown.latest] == ["Net Group"]
    waits = await an_open_letter(database, rules=Rules(confirmation=Confirmation.ORGANISER))
    await signs(database, MEMBER, waits, for_organisation(MEMBER, waits, "Net Group"))
    shown = await status(database, letter=waits.id, actor=ORGANISER, tz="UTC")
    assert (shown.letter.tally.total, shown.latest) == (0, ())
