from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from bot.features.cards import use_cases as cards
from bot.letters.letter import Letter
from bot.letters.notices import NoticeKind
from bot.outbox.courier import Later, NotOwed, Outcome, Owed, Refused, Wait
from bot.outbox.dispatch import send_due
from bot.storage import leases
from bot.storage.database import Database
from bot.storage.states import ReminderState
from tests.outbox.mailbox import Fate, Mailbox
from tests.outbox.owing import owe_words, owed_reminders, send_for, states, words_owed
from tests.support.clock import Clock
from tests.support.letters import (
    ORGANISER,
    a_signature,
    a_trigger,
    an_open_letter,
    changes,
    members,
    rows,
    signs,
)

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


async def _reminders(database: Database, letter: int) -> Counter[ReminderState]:
    owed = [row for row in await rows(database, "reminders") if row["letter"] == letter]
    return Counter(ReminderState(row["state"]) for row in owed)


async def test_reminded_once(database: Database, clock: Clock) -> None:
    """Everybody who is owed a reminder gets one, and it is written down beside."""
    letter, people = await owed_reminders(database, 12)
    mailbox = Mailbox(database, clock.now)
    await send_for(database, mailbox, clock, 10 * SECOND, SECOND / 2)
    sent = Counter(arrived.target for arrived in mailbox.of(NoticeKind.REMINDER))
    assert sent == {person.person.user: 1 for person in people}
    assert await _reminders(database, letter.id) == {ReminderState.SENT: 12}


async def test_signed_meanwhile(database: Database, clock: Clock) -> None:
    """A person who signs after the reminder was planned gets none; it was dropped."""
    letter, (person,) = await owed_reminders(database, 1)
    await signs(database, person, letter)
    mailbox = Mailbox(database, clock.now)
    await send_for(database, mailbox, clock, 5 * SECOND, SECOND)
    assert mailbox.of(NoticeKind.REMINDER) == []
    assert await _reminders(database, letter.id) == {ReminderState.DROPPED: 1}


async def test_waits_for_daytime(database: Database, clock: Clock) -> None:
    """Outside the person's window a reminder waits for it, without counting a try."""
    letter, _ = await owed_reminders(database, 1)
    morning = clock.now() + timedelta(days=3)
    mailbox = Mailbox(database, clock.now)
    mailbox.fates.extend([None, Wait(until=morning)])
    await send_for(database, mailbox, clock, 5 * SECOND, SECOND)
    assert await _reminders(database, letter.id) == {ReminderState.PLANNED: 1}
    (waiting,) = [row for row in await rows(database, "outbox") if row["kind"] == "reminder"]
    assert (waiting["due_at"], waiting["attempts"]) == (morning, 0)
    clock.set(morning)
    await send_due(database, mailbox)
    assert await _reminders(database, letter.id) == {ReminderState.SENT: 1}


async def test_receipts_before_reminders(database: Database, clock: Clock) -> None:
    """A click's receipt takes the next place, however many reminders wait."""
    letter, _ = await owed_reminders(database, 60)
    mailbox = Mailbox(database, clock.now)
    await send_due(database, mailbox)
    assert len(mailbox.of(NoticeKind.REMINDER)) < 60
    late = members(100)[-1]
    await signs(database, late, letter)
    clock.advance(SECOND / 4)
    await send_due(database, mailbox)
    message = [arrived for arrived in mailbox.arrived if arrived.kind is not NoticeKind.CARD][-1]
    assert (message.kind, message.target) == (NoticeKind.RECEIPT, late.person.user)


async def test_pace(database: Database, clock: Clock) -> None:
    """Reminders go at no more than Slack's rate and at no less than nine tenths of it."""
    letter, _ = await owed_reminders(database, 400)
    mailbox = Mailbox(database, clock.now)
    await send_for(database, mailbox, clock, 59 * SECOND, SECOND)
    assert 270 <= len(mailbox.of(NoticeKind.REMINDER)) <= 300
    assert (await _reminders(database, letter.id))[ReminderState.PLANNED] >= 100


async def test_too_many(database: Database, clock: Clock) -> None:
    """When Slack says "too many" everything of that method waits, and nothing counts as a try."""
    await an_open_letter(database)
    mailbox = Mailbox(database, clock.now)
    await send_due(database, mailbox)
    await owe_words(database, [person.person for person in members(3)])
    mailbox.fates.append(Later(retry_after=30 * SECOND))
    await send_due(database, mailbox)
    mailbox.arrived.clear()
    await owe_words(database, [person.person for person in members(9)])
    await send_for(database, mailbox, clock, 29 * SECOND, SECOND)
    assert mailbox.arrived == []
    await send_for(database, mailbox, clock, 10 * SECOND, SECOND)
    assert {row["attempts"] for row in await rows(database, "outbox")} <= {1}
    assert set(await states(database)) == {"sent"}


async def test_lost_answer(database: Database, clock: Clock) -> None:
    """A message whose answer was lost is looked up and not sent again."""
    letter, _ = await owed_reminders(database, 1)
    mailbox = Mailbox(database, clock.now)
    mailbox.fates.extend([None, Fate.LOST])
    await send_for(database, mailbox, clock, MINUTE, SECOND)
    assert len(mailbox.of(NoticeKind.REMINDER)) == 1
    assert mailbox.looks == 1
    assert await _reminders(database, letter.id) == {ReminderState.SENT: 1}


async def test_lost_call(database: Database, clock: Clock) -> None:
    """A message that never arrived is looked for, and then sent again."""
    await an_open_letter(database)
    mailbox = Mailbox(database, clock.now)
    await send_due(database, mailbox)
    await owe_words(database, [members(1)[0].person])
    mailbox.fates.append(Refused(error="internal_error"))
    await send_for(database, mailbox, clock, MINUTE, SECOND)
    assert (mailbox.looks, len(mailbox.of(NoticeKind.WORD))) == (1, 1)


async def missed(database: Database, letter: Letter) -> dict[str, int]:
    """Return how many messages about a letter were given up, by error."""
    until = datetime(2027, 1, 1, tzinfo=UTC)
    found = await database.read(
        lambda tx: leases.missed(tx, [letter.id], until - timedelta(days=365), until)
    )
    return found[letter.id]


async def test_cannot_look(database: Database, clock: Clock) -> None:
    """A notice that nobody can look up is not sent again; organisers read of it in their digest."""
    letter, _ = await owed_reminders(database, 5)
    mailbox = Mailbox(database, clock.now, can_look=False)
    mailbox.fates.extend([None, *[Fate.LOST] * 5])
    await send_for(database, mailbox, clock, 5 * MINUTE, SECOND)
    assert len(mailbox.of(NoticeKind.REMINDER)) == 5
    assert await _reminders(database, letter.id) == {ReminderState.FAILED: 5}
    assert await missed(database, letter) == {"outcome_unknown": 5}


async def test_receipt_failed(database: Database, clock: Clock) -> None:
    """A receipt that a signer cannot get is counted for the digest; the signature stays."""
    letter = await an_open_letter(database)
    await signs(database, members(1)[0], letter)
    mailbox = Mailbox(database, clock.now)
    mailbox.fates.append(Refused(error="user_disabled"))
    await send_for(database, mailbox, clock, 2 * MINUTE, SECOND)
    assert await missed(database, letter) == {"user_disabled": 1}


class Shut(Mailbox):
    """A Slack that takes no direct message before an instant."""

    opens: datetime
    tries = 0

    async def send(self, notice: Owed) -> Outcome:
        if notice.kind is NoticeKind.CARD or self.now() >= self.opens:
            return await super().send(notice)
        self.tries += 1
        return Refused(error="messages_tab_disabled")


async def test_no_direct_messages(database: Database, clock: Clock) -> None:
    """A workspace that takes no direct messages loses none: each is tried, then a few at times."""
    letter, people = await owed_reminders(database, 40)
    mailbox = Shut(database, clock.now)
    mailbox.opens = clock.now() + timedelta(hours=1)
    await send_for(database, mailbox, clock, 59 * MINUTE, 20 * SECOND)
    assert mailbox.of(NoticeKind.REMINDER) == []
    assert 59 // 5 <= mailbox.tries <= 40 + 12 * 6
    await send_for(database, mailbox, clock, 6 * MINUTE, 2 * SECOND)
    sent = Counter(arrived.target for arrived in mailbox.of(NoticeKind.REMINDER))
    assert sent == {person.person.user: 1 for person in people}
    assert await _reminders(database, letter.id) == {ReminderState.SENT: 40}


async def test_cards_meanwhile(database: Database, clock: Clock) -> None:
    """Cards go on where a workspace takes no direct messages."""
    letter, _ = await owed_reminders(database, 3)
    mailbox = Shut(database, clock.now)
    mailbox.opens = clock.now() + timedelta(hours=2)
    await send_for(database, mailbox, clock, 2 * SECOND, SECOND)
    await cards.post(
        database,
        letter=letter.id,
        actor=ORGANISER,
        channels=["C2"],
        public=["C2"],
        trigger=a_trigger(),
    )
    await send_due(database, mailbox)
    assert mailbox.arrived[-1].target == "C2"


async def test_receipts_before_doubts(database: Database, clock: Clock) -> None:
    """A receipt goes right away, however many reminders are in doubt."""
    letter, _ = await owed_reminders(database, 60)
    mailbox = Mailbox(database, clock.now)
    mailbox.fates.extend([None, *[Fate.LOST] * 60])
    while len(mailbox.of(NoticeKind.REMINDER)) < 60:
        await send_due(database, mailbox)
        clock.advance(SECOND)
    late = members(100)[-1]
    await signs(database, late, letter)
    clock.advance(SECOND)
    await send_due(database, mailbox)
    assert [arrived.target for arrived in mailbox.of(NoticeKind.RECEIPT)] == [late.person.user]
    await send_for(database, mailbox, clock, 5 * MINUTE, SECOND)
    assert await _reminders(database, letter.id) == {ReminderState.SENT: 60}
    assert len(mailbox.of(NoticeKind.REMINDER)) == 60


async def test_no_word_about_a_word(database: Database, clock: Clock) -> None:
    """A word that cannot be said makes no other word."""
    await an_open_letter(database)
    mailbox = Mailbox(database, clock.now)
    await send_due(database, mailbox)
    await owe_words(database, [ORGANISER.person])
    mailbox.fates.append(Refused(error="user_disabled"))
    await send_for(database, mailbox, clock, 2 * MINUTE, SECOND)
    assert await states(database, "word") == {"given_up": 1}


async def test_changed_receipt(database: Database, clock: Clock) -> None:
    """A signer who changes their entry while a receipt is in doubt has one message, which says it."""
    letter = await an_open_letter(database)
    (person,) = members(1)
    signed = await signs(database, person, letter)
    mailbox = Mailbox(database, clock.now)
    mailbox.fates.append(Fate.LOST)
    await send_due(database, mailbox)
    await changes(
        database,
        endorsement=signed.endorsement,
        actor=person,
        signature=a_signature(person, letter, name="Another Name"),
        trigger=a_trigger(),
    )
    clock.advance(2 * SECOND)
    await send_due(database, mailbox)
    assert len(mailbox.of(NoticeKind.RECEIPT)) == 1
    await send_for(database, mailbox, clock, MINUTE, SECOND)
    assert len(mailbox.of(NoticeKind.RECEIPT)) == 1
    assert mailbox.arrived[-1].says == "Another Name"
    assert await states(database, "receipt") == {"sent": 1}


@pytest.mark.parametrize("kind", [NoticeKind.RECEIPT, NoticeKind.REMINDER])
async def test_not_owed(database: Database, clock: Clock, kind: NoticeKind) -> None:
    """A notice no longer owed when read again is dropped, and nobody hears of it."""
    letter, (person,) = await owed_reminders(database, 1)
    if kind is NoticeKind.RECEIPT:
        await signs(database, person, letter)
    mailbox = Mailbox(database, clock.now)
    mailbox.fates.extend([NotOwed()] * 5)
    await send_for(database, mailbox, clock, 5 * SECOND, SECOND)
    assert await states(database, kind.value) == {"dropped": 1}
    assert await words_owed(database) == []
