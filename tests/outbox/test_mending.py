"""A card that went wrong while the app could not reach it is put right when that is over."""

from datetime import timedelta

import pytest

from bot.features.cards import use_cases as cards
from bot.features.lifecycle import use_cases as lifecycle
from bot.letters.letter import Letter, PostingState
from bot.letters.notices import NoticeKind
from bot.outbox.consequences import FOR, mend
from bot.outbox.courier import Outcome, Owed, Refused
from bot.outbox.dispatch import send_due
from bot.storage.database import Database
from tests.outbox.mailbox import Mailbox
from tests.outbox.owing import a_waiting_card, the_card, words_owed
from tests.support.clock import Clock
from tests.support.letters import MEMBER, ORGANISER, an_open_letter, signs

MINUTES = timedelta(minutes=5)


class Unreachable(Mailbox):
    """A Slack that refuses every card while it has an error."""

    error = ""

    async def send(self, notice: Owed) -> Outcome:
        if notice.kind is NoticeKind.CARD and self.error:
            return Refused(error=self.error)
        return await super().send(notice)


async def _closed_meanwhile(
    database: Database, clock: Clock, error: str
) -> tuple[Letter, Unreachable, int]:
    """A letter that somebody signed and that closed while its card could not be changed."""
    letter = await an_open_letter(database)
    mailbox = Unreachable(database, clock.now)
    await send_due(database, mailbox)
    clock.advance(MINUTES)
    await signs(database, MEMBER, letter)
    await lifecycle.close(database, letter=letter.id, actor=ORGANISER)
    mailbox.error = error
    await send_due(database, mailbox)
    assert (await the_card(database, letter)).error == error
    return letter, mailbox, len(mailbox.of(NoticeKind.CARD))


@pytest.mark.parametrize("error", ["token_revoked", "missing_scope", "not_in_channel"])
async def test_put_right(database: Database, clock: Clock, error: str) -> None:
    """Its last change arrives once the token is right, or the app is in the channel, again."""
    letter, mailbox, before = await _closed_meanwhile(database, clock, error)
    clock.advance(MINUTES)
    assert await mend(database) == 1
    await send_due(database, mailbox)
    clock.advance(MINUTES)
    mailbox.error = ""
    assert await mend(database) == 1
    await send_due(database, mailbox)

    card = await the_card(database, letter)
    assert (card.state, card.error) == (PostingState.UP, "")
    assert [one.shows for one in mailbox.of(NoticeKind.CARD)[before:]] == [1]
    about = [told["about"] for told in await words_owed(database)]
    assert about.count("card_failed") == 1
    assert await mend(database) == 0


async def test_not_for_ever(database: Database, clock: Clock) -> None:
    """A card of a letter that closed long ago is left alone."""
    await _closed_meanwhile(database, clock, "token_revoked")
    clock.advance(FOR)
    assert await mend(database) == 0


@pytest.mark.parametrize("error", ["message_not_found", "edit_window_closed", "invalid_blocks"])
async def test_what_never_passes(database: Database, clock: Clock, error: str) -> None:
    """An error that no waiting will change is not tried again."""
    await _closed_meanwhile(database, clock, error)
    assert await mend(database) == 0


async def test_first_card(database: Database, clock: Clock) -> None:
    """A first card that failed is an organiser's to post again or not."""
    await a_waiting_card(database)
    mailbox = Mailbox(database, clock.now)
    mailbox.fates.append(Refused(error="token_revoked"))
    await send_due(database, mailbox)
    assert await mend(database) == 0


@pytest.mark.parametrize("error", ["token_revoked", "not_in_channel"])
async def test_still_to_be_removed(database: Database, clock: Clock, error: str) -> None:
    """A card whose removal was refused is removed when that is over, and not shown again."""
    letter = await an_open_letter(database)
    card = await the_card(database, letter)
    await cards.take_down(database, letter=letter.id, actor=ORGANISER, posting=card.id)
    mailbox = Mailbox(database, clock.now)
    mailbox.fates.append(Refused(error=error))
    await send_due(database, mailbox)
    clock.advance(MINUTES)
    assert await mend(database) == 1
    await send_due(database, mailbox)
    assert await cards.cards(database, letter=letter.id) == []
