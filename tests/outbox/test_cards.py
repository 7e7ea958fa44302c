import asyncio
from datetime import timedelta
from functools import partial

import pytest

from bot.features.cards import use_cases as cards
from bot.letters.letter import PostingState
from bot.letters.notices import NoticeKind
from bot.outbox.courier import Refused
from bot.outbox.dispatch import send_due
from bot.outbox.retry import backoff
from bot.storage.database import Database
from bot.use_cases import gate
from bot.use_cases.gate import card_changed
from tests.outbox.mailbox import Fate, Mailbox
from tests.outbox.owing import a_waiting_card, send_for, states, the_card, words_owed
from tests.support.clock import Clock
from tests.support.letters import (
    CHANNEL,
    ORGANISER,
    WORKSPACE,
    an_open_letter,
    members,
    rows,
    signs,
)

SECOND = timedelta(seconds=1)


async def test_first_card(database: Database, clock: Clock) -> None:
    """A card that Slack took is up, and its place is kept."""
    letter, _ = await a_waiting_card(database)
    assert await send_due(database, Mailbox(database, clock.now)) == 1
    card = await the_card(database, letter)
    assert (card.state, card.message_ts) == (PostingState.UP, "0.0")
    assert await states(database) == {"sent": 1}


async def test_taken_down(database: Database, clock: Clock) -> None:
    """A card that was taken down is gone once Slack says so."""
    letter = await an_open_letter(database)
    card = await the_card(database, letter)
    await cards.take_down(database, letter=letter.id, actor=ORGANISER, posting=card.id)
    await send_due(database, Mailbox(database, clock.now))
    assert await cards.cards(database, letter=letter.id) == []


async def test_gone_already(database: Database, clock: Clock) -> None:
    """A card that somebody deleted by hand needs no deleting, and nobody is told."""
    letter = await an_open_letter(database)
    card = await the_card(database, letter)
    await cards.take_down(database, letter=letter.id, actor=ORGANISER, posting=card.id)
    mailbox = Mailbox(database, clock.now)
    mailbox.fates.append(Refused(error="message_not_found"))
    await send_due(database, mailbox)
    assert await cards.cards(database, letter=letter.id) == []
    assert await words_owed(database) == []


@pytest.mark.parametrize("error", ["not_in_channel", "is_archived", "token_revoked"])
async def test_refused(database: Database, clock: Clock, error: str) -> None:
    """A first card that Slack refuses has failed by Slack's name, and its organiser is told."""
    letter, card = await a_waiting_card(database)
    mailbox = Mailbox(database, clock.now)
    mailbox.fates.append(Refused(error=error))
    await send_due(database, mailbox)
    failed = await the_card(database, letter)
    assert (failed.state, failed.error) == (PostingState.FAILED, error)
    (told,) = await words_owed(database)
    assert told == {
        "about": "card_failed",
        "letter": letter.id,
        "person": str(ORGANISER.person),
        "facts": {"channel": CHANNEL, "posting": card.id, "error": error},
    }


async def test_unknown_first_card(database: Database, clock: Clock) -> None:
    """A first card of unknown fate is never sent again; it is reported, and its click adopts it."""
    letter, card = await a_waiting_card(database)
    mailbox = Mailbox(database, clock.now)
    mailbox.fates.append(Fate.LOST)
    await send_due(database, mailbox)
    assert (await the_card(database, letter)).state is PostingState.UNKNOWN
    assert [told["about"] for told in await words_owed(database)] == ["card_unknown"]
    await signs(database, members(1)[0], letter)
    await send_for(database, mailbox, clock, timedelta(hours=1), timedelta(minutes=5))
    assert len(mailbox.of(NoticeKind.CARD)) == 1
    await gate.adopt_card(
        database, workspace=WORKSPACE, posting=card.id, channel=CHANNEL, message_ts="1.0"
    )
    await send_due(database, mailbox)
    assert [arrived.shows for arrived in mailbox.of(NoticeKind.CARD)] == [0, 1]


async def test_adopted_meanwhile(database: Database, clock: Clock) -> None:
    """A click that comes before the timeout adopts the card, and nobody is told of a doubt."""
    letter, card = await a_waiting_card(database)

    mailbox = Mailbox(database, clock.now)
    mailbox.fates.append(Fate.LOST)
    mailbox.meanwhile = partial(
        gate.adopt_card,
        database,
        workspace=WORKSPACE,
        posting=card.id,
        channel=CHANNEL,
        message_ts="9.0",
    )
    await send_due(database, mailbox)
    found = await the_card(database, letter)
    assert (found.state, found.message_ts) == (PostingState.UP, "9.0")
    assert await words_owed(database) == []


async def test_unknown_change(database: Database, clock: Clock) -> None:
    """A change of a card whose answer was lost is made again."""
    letter = await an_open_letter(database)
    mailbox = Mailbox(database, clock.now)
    mailbox.fates.append(Fate.LOST)
    await send_for(database, mailbox, clock, 10 * SECOND, SECOND)
    assert len(mailbox.of(NoticeKind.CARD)) == 2
    assert (await the_card(database, letter)).state is PostingState.UP
    assert mailbox.looks == 0


async def test_behind_only(database: Database, clock: Clock) -> None:
    """A card that is up and cannot be changed for our own fault stays up; it is told once."""
    letter = await an_open_letter(database)
    mailbox = Mailbox(database, clock.now)
    for _ in range(3):
        mailbox.fates.append(Refused(error="invalid_blocks"))
        await database.write(lambda tx: card_changed(tx, letter))
        await send_due(database, mailbox)
        clock.advance(2 * SECOND)
    failing = await the_card(database, letter)
    assert (failing.state, failing.error) == (PostingState.UP, "invalid_blocks")
    assert [told["about"] for told in await words_owed(database)] == ["card_failed"]
    await database.write(lambda tx: card_changed(tx, letter))
    await send_for(database, mailbox, clock, 2 * SECOND, SECOND)
    healed = await the_card(database, letter)
    assert (healed.state, healed.error) == (PostingState.UP, "")


async def test_changed_meanwhile(database: Database, clock: Clock) -> None:
    """A change that comes while an earlier one fails takes its place, with its pause and its past."""
    letter = await an_open_letter(database)
    mailbox = Mailbox(database, clock.now)
    mailbox.fates.append(Refused(error="service_unavailable"))
    mailbox.meanwhile = lambda: database.write(lambda tx: card_changed(tx, letter))
    await send_due(database, mailbox)
    assert await states(database) == {"dropped": 1, "waiting": 1}
    (heir,) = [row for row in await rows(database, "outbox") if row["state"] == "waiting"]
    assert (heir["attempts"], heir["tried_at"]) == (1, clock.now())
    assert heir["due_at"] == clock.now() + backoff(0)
    await send_for(database, mailbox, clock, backoff(0) - SECOND / 2, SECOND / 2)
    assert mailbox.arrived == []
    await send_for(database, mailbox, clock, 2 * SECOND, SECOND)
    assert len(mailbox.arrived) == 1


async def test_coalesced(database: Database, clock: Clock) -> None:
    """A thousand signatures in 10 s are at most 12 calls, and the last one shows all of them."""
    letter = await an_open_letter(database)
    mailbox = Mailbox(database, clock.now)
    await send_for(database, mailbox, clock, 2 * SECOND, SECOND)
    mailbox.arrived.clear()
    start = clock.now()
    people = members(1000)
    for first in range(0, 1000, 10):
        await asyncio.gather(*(signs(database, one, letter) for one in people[first : first + 10]))
        await send_due(database, mailbox)
        clock.advance(SECOND / 10)
    assert clock.now() - start == 10 * SECOND
    await send_for(database, mailbox, clock, 3 * SECOND, SECOND / 4)
    changes = mailbox.of(NoticeKind.CARD)
    assert 5 <= len(changes) <= 12
    assert changes[-1].shows == 1000
