"""One letter with something wrong in it never stops what the worker does for the others."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, text, update
from structlog.testing import capture_logs

from bot.features.amendments.use_cases import amendments
from bot.features.delivery.use_cases import updates
from bot.features.letter_rules import use_cases as letter_rules
from bot.features.lifecycle import use_cases as lifecycle
from bot.features.organisations.use_cases import likely_pairs
from bot.features.reminders.use_cases import reminders
from bot.letters.amendment import AmendmentKind
from bot.letters.letter import Letter
from bot.letters.rules import Embargo, Hidden, PublicPage, Rules, Silence
from bot.storage.database import Database
from bot.storage.tables import letters
from tests.support.amending import amends
from tests.support.clock import Clock
from tests.support.letters import (
    BODY,
    ORGANISER,
    an_open_letter,
    are_in_channel,
    members,
    rows,
    signs,
)

DAY = timedelta(days=1)
Job = Callable[[Database], Awaitable[object]]


async def _amended(database: Database, letter: Letter, answer_by: datetime) -> None:
    await amends(
        database,
        letter=letter.id,
        actor=ORGANISER,
        body=f"{BODY}\nMore of it.\n",
        kind=AmendmentKind.MATERIAL,
        note="A word.",
        answer_by=answer_by,
    )


async def _two_letters(database: Database, clock: Clock) -> tuple[Letter, Letter]:
    """Two letters for which every job has something to do in a while, the first one bad by then."""
    found: list[Letter] = []
    people = members(3)
    await are_in_channel(database, people)
    now = clock.now()
    for _ in range(2):
        rules = Rules(
            page=PublicPage.LIST,
            silence=Silence.DROP,
            embargo=Embargo(hides=Hidden.NAMES, until=now + 2 * DAY, until_listed=None),
        )
        letter = await an_open_letter(database, rules=rules, deadline=now + 8 * DAY)
        for person in people[:2]:
            await signs(database, person, letter)
        clock.advance(timedelta(minutes=1))
        await _amended(database, letter, now + 3 * DAY)
        found.append(letter)
    bad, good = found
    await database.write(lambda tx: _spoil(tx.connection, bad.id))
    return bad, good


def _spoil(connection: Connection, letter: int) -> None:
    """Write something into a letter that no code can read, as only another version could."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("PRAGMA ignore_check_constraints = ON"))
    else:
        connection.execute(text("ALTER TABLE letters DROP CONSTRAINT ck_letters_ordering"))
    connection.execute(update(letters).where(letters.c.id == letter).values(ordering="nonsense"))


async def _owed(database: Database, kind: str) -> set[str]:
    return {str(row["subject"]) for row in await rows(database, "outbox") if row["kind"] == kind}


JOBS: dict[str, tuple[Job, timedelta]] = {
    "close": (lifecycle.close_due, 9 * DAY),
    "lift": (letter_rules.lift_due, 2 * DAY),
    "on the web": (letter_rules.show_on_the_web, 0 * DAY),
    "answers": (amendments.remind_silent, 2 * DAY),
    "drop": (amendments.drop_silent, 4 * DAY),
    "remind": (reminders.plan_due, 1.5 * DAY),
    "compare": (likely_pairs.compare, 0 * DAY),
    "tell": (updates.tell, 0 * DAY),
}
"""The worker's jobs for letters, and the time after which each has something to do here."""


@pytest.mark.parametrize("name", JOBS)
async def test_bad_letter(database: Database, clock: Clock, name: str) -> None:
    """A job that fails on one letter says so in the log, without words, and does all the others."""
    _, good = await _two_letters(database, clock)
    job, until = JOBS[name]
    clock.advance(until)
    if name == "tell":
        await database.write(lambda tx: tx.connection.execute(update(letters).values(telling="")))
    with capture_logs() as logs:
        await job(database)

    (line,) = [line for line in logs if line["event"] == "job.letter_failed"]
    assert (line["job"], line["letter"], line["error"]) == (name, good.id - 1, "ValueError")
    assert "nonsense" not in str(line)
    kept = {row["id"]: row for row in await rows(database, "letters")}[good.id]
    match name:
        case "close":
            assert kept["phase"] == "closed"
        case "lift":
            assert kept["unveiled_at"] is not None
        case "on the web":
            assert kept["listed_at"] is not None
        case "answers":
            asked = [one for one in await _owed(database, "signer") if "still_to_answer" in one]
            assert len(asked) == 2
        case "drop":
            assert kept["people"] == 0
        case "tell":
            assert kept["telling"] is None
        case "compare":
            assert {row["letter"] for row in await rows(database, "compared")} == {good.id}
        case _:
            reminded = {row["letter"] for row in await rows(database, "reminders")}
            assert reminded == {good.id}


async def test_every_job_of_letters() -> None:
    """Every job that features register is looked at here, or reads nothing that can be bad."""
    from bot.app import registered

    of_letters = set(JOBS)
    # What forgets takes each letter alone too, by `for_each`, or goes by age alone. A digest is
    # owed without a look at a letter, and made when its turn comes, for one organiser alone.
    others = {"codes", "digest", "sooner", "gather", "forget proposals", "scrub", "privacy"}
    assert set(registered().jobs) == of_letters | others | {"departed"}
