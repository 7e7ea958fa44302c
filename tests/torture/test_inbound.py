from datetime import timedelta

from bot.storage.database import Database
from bot.use_cases import upkeep
from tests.support.clock import Clock
from tests.support.letters import MEMBER, an_open_letter, rows, signs
from tests.torture.inbound import inbound
from tests.torture.report import a_seed


def test_inbound() -> None:
    """A payload that Slack sends again, seconds or a day later, has its effect exactly once."""
    report = inbound(payloads=100, seed=a_seed())

    assert report.holds, report


async def test_known_for_a_day(database: Database, clock: Clock) -> None:
    """Housekeeping forgets no trigger within 24 hours, and each of them in the end."""
    letter = await an_open_letter(database)
    await signs(database, MEMBER, letter)
    known = len(await rows(database, "inbox"))

    clock.advance(timedelta(hours=24))
    await upkeep.forget(database)
    assert len(await rows(database, "inbox")) == known

    clock.advance(timedelta(days=30))
    await upkeep.forget(database)
    assert await rows(database, "inbox") == []
