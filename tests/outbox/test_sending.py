from collections import Counter
from datetime import timedelta

import pytest

from bot.features.desk.use_cases.status import status
from bot.features.reminders.use_cases import progress, reminders
from bot.letters.notices import NoticeKind
from bot.letters.refusals import Refused
from bot.outbox.courier import Refused as RefusedBySlack
from bot.outbox.dispatch import send_due
from bot.storage.database import Database
from tests.outbox.mailbox import Fate, Mailbox
from tests.outbox.owing import owed_reminders, send_for, states
from tests.support.clock import Clock
from tests.support.letters import MEMBER, ORGANISER, a_trigger

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


async def _progress(database: Database, letter: int) -> progress.Progress:
    found = await status(database, letter=letter, actor=ORGANISER, tz="UTC")
    return found.reminders


async def test_progress(database: Database, clock: Clock) -> None:
    """An organiser sees how many were sent, and how many wait; Slack's limit sets the pace."""
    letter, _ = await owed_reminders(database, 320)
    mailbox = Mailbox(database, clock.now)
    before = await _progress(database, letter.id)
    assert (before.sent, before.waiting) == (0, 320)
    await send_for(database, mailbox, clock, 61 * SECOND, SECOND)
    now = await _progress(database, letter.id)
    assert now.sent + now.waiting == 320
    assert 270 <= now.sent <= 300
    await send_for(database, mailbox, clock, 20 * SECOND, SECOND)
    end = await _progress(database, letter.id)
    assert (end.sent, end.waiting, end.hindrance) == (320, 0, "")


async def test_later(database: Database, clock: Clock) -> None:
    """A reminder that waits for daytime is counted apart."""
    letter, (person,) = await owed_reminders(database, 1)
    await send_for(database, Mailbox(database, clock.now), clock, 3 * SECOND, SECOND)
    await reminders.later(database, letter=letter.id, actor=person, trigger=a_trigger())
    found = await _progress(database, letter.id)
    assert (found.sent, found.waiting, found.later) == (1, 0, 1)


async def test_hindrance(database: Database, clock: Clock) -> None:
    """The hindrance of waiting reminders has Slack's own name, and failed ones are counted."""
    letter, _ = await owed_reminders(database, 3)
    mailbox = Mailbox(database, clock.now)
    names = ("user_disabled", "token_revoked", "token_revoked")
    mailbox.fates.extend([None, *(RefusedBySlack(error=name) for name in names)])
    await send_for(database, mailbox, clock, SECOND, SECOND)
    found = await _progress(database, letter.id)
    assert (found.failed, found.hindrance) == (1, "token_revoked")


async def test_stop(database: Database, clock: Clock) -> None:
    """Stopped reminders go to nobody; what was under way, or asked for by the person, still does."""
    letter, people = await owed_reminders(database, 60)
    mailbox = Mailbox(database, clock.now)
    mailbox.fates.extend([None, None, Fate.LOST])
    await send_due(database, mailbox)
    sent = mailbox.of(NoticeKind.REMINDER)
    by_id = {one.person.user: one for one in people}
    again = by_id[sent[0].target]
    await reminders.later(database, letter=letter.id, actor=again, trigger=a_trigger())
    trigger = a_trigger()
    stopped = await progress.stop(database, letter=letter.id, actor=ORGANISER, trigger=trigger)
    # One of those that were sent is in doubt: it counts as one that was stopped until it is found.
    assert stopped == 60 - len(sent) + 1
    assert stopped == await progress.stop(
        database, letter=letter.id, actor=ORGANISER, trigger=trigger
    )
    await send_for(database, mailbox, clock, timedelta(days=1, hours=1), 10 * MINUTE)
    counted = Counter(one.target for one in mailbox.of(NoticeKind.REMINDER))
    assert counted == Counter(one.target for one in sent) + Counter([again.person.user])
    assert set(await states(database, "reminder")) == {"sent", "dropped"}
    found = await _progress(database, letter.id)
    assert (found.sent, found.waiting, found.later) == (len(sent) + 1, 0, 0)


async def test_whose(database: Database) -> None:
    """Only those who run a letter see and stop its reminders."""
    letter, _ = await owed_reminders(database, 1)
    with pytest.raises(Refused):
        await status(database, letter=letter.id, actor=MEMBER, tz="UTC")
    with pytest.raises(Refused):
        await progress.stop(database, letter=letter.id, actor=MEMBER, trigger=a_trigger())
