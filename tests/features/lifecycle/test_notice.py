"""A deadline comes forward with notice."""

from datetime import timedelta
from typing import Any

from bot.features.invitations.use_cases import answers
from bot.features.lifecycle import use_cases as lifecycle
from bot.letters.invitation import Saying
from bot.letters.letter import Letter
from bot.letters.notices import LetterTopic
from bot.letters.people import Actor
from bot.letters.refusals import Reason
from bot.locales import words
from bot.storage.database import Database
from tests.support.clock import START
from tests.support.letters import (
    DEADLINE,
    ORGANISER,
    a_trigger,
    an_open_letter,
    everything,
    members,
    rows,
)
from tests.support.refusing import refused
from tests.support.scenes.invitations import a_person, invites
from tests.support.scenes.telling import FEATURES

DAY = timedelta(days=1)


async def _settled(database: Database) -> None:
    """Nothing is owed, so that what a story owes can be seen."""
    await database.write(lambda tx: tx.connection.exec_driver_sql("DELETE FROM outbox"))


async def _awaited(database: Database, **changed: Any) -> tuple[Letter, Actor]:
    """A letter for which one of two invited people waits for an approval."""
    letter = await an_open_letter(database, **changed)
    waits, invited = members(2)
    await invites(database, letter, a_person(waits), a_person(invited), met=[waits, invited])
    await answers.answer(
        database,
        invitation=(await rows(database, "invitations"))[0]["id"],
        actor=waits,
        saying=Saying.AWAIT,
        day=DEADLINE.date(),
        trigger=a_trigger(),
    )
    await _settled(database)
    return letter, waits


async def test_a_days_notice(database: Database) -> None:
    """A deadline comes forward by a day's notice, and who waits for an approval is told."""
    letter, waits = await _awaited(database)
    before = await everything(database)

    def moved(ahead: timedelta) -> Any:
        return lifecycle.extend(database, letter=letter.id, actor=ORGANISER, deadline=START + ahead)

    await refused(moved(DAY - timedelta(minutes=1)), Reason.DEADLINE_TOO_SOON)
    assert await everything(database) == before
    await moved(DAY)
    told = [row["target"] for row in await rows(database, "outbox") if row["kind"] == "word"]
    assert told == [waits.person.user]
    await _settled(database)
    await moved(2 * DAY)
    assert "word" not in {row["kind"] for row in await rows(database, "outbox")}


async def test_closed_early(database: Database) -> None:
    """People who wait for an approval hear that an organiser closed the letter."""
    letter, waits = await _awaited(database)
    await lifecycle.close(database, letter=letter.id, actor=ORGANISER)
    told = [row["target"] for row in await rows(database, "outbox") if row["kind"] == "word"]
    assert told == [waits.person.user]
    found = await answers.awaiting(database, letter=letter.id, person=waits.person)
    message = FEATURES.messages[LetterTopic.DEADLINE_SOONER].write(words("en-GB"), found)
    assert isinstance(message, tuple)
    assert "The letter is now closed. You said that you were waiting for approval." in message[0]
    assert "Close" in message[0]
