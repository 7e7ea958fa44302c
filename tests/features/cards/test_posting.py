import asyncio

import pytest

from bot.features.cards import use_cases as posting
from bot.features.drafts.use_cases import drafts
from bot.letters.letter import Letter, PostingState
from bot.letters.phases import Phase
from bot.letters.refusals import Reason
from bot.storage.database import Database
from bot.storage.postings import change
from bot.use_cases import gate
from tests.support.clock import START, Clock
from tests.support.letters import (
    CHANNEL,
    DEADLINE,
    ORGANISER,
    WORKSPACE,
    a_draft,
    a_draft_of,
    a_trigger,
    an_open_letter,
    everything,
    rows,
    the_letter,
)
from tests.support.refusing import refused


async def _post(
    database: Database, letter: Letter, *channels: str, trigger: str | None = None
) -> list[str]:
    return await posting.post(
        database,
        letter=letter.id,
        actor=ORGANISER,
        channels=channels,
        trigger=trigger or a_trigger(),
    )


async def _set(
    database: Database, card: str, state: PostingState, error: str = "message_not_found"
) -> None:
    await database.write(lambda tx: change(tx, card, state, error=error))


async def test_posted(database: Database) -> None:
    """Posting opens the letter and owes one card to each channel."""
    letter = await a_draft(database)
    assert await _post(database, letter, "C1", "C2", "C1") == ["C1", "C2"]
    opened = await the_letter(database, letter.id)
    assert (opened.phase, opened.opened_at) == (Phase.OPEN, START)
    cards = await posting.cards(database, letter=letter.id)
    assert [(one.channel, one.state) for one in cards] == [
        ("C1", PostingState.WAITING),
        ("C2", PostingState.WAITING),
    ]
    owed = await rows(database, "outbox")
    assert {(row["key"], row["target"]) for row in owed} == {
        (f"card:{one.id}", one.channel) for one in cards
    }


async def test_delivered_twice(database: Database) -> None:
    """A form that is delivered twice, even at once, posts once and is answered alike."""
    letter = await a_draft(database)
    trigger = a_trigger()
    answers = await asyncio.gather(
        *(_post(database, letter, "C1", trigger=trigger) for _ in range(3))
    )
    assert answers == [["C1"]] * 3
    assert len(await posting.cards(database, letter=letter.id)) == 1


async def test_more_channels(database: Database) -> None:
    """An open letter goes to more channels; where it is already it stays as it is."""
    letter = await an_open_letter(database, channels=["C1"])
    assert await _post(database, letter, "C1", "C2") == ["C2"]
    assert (await the_letter(database, letter.id)).opened_at == START
    before = await everything(database)
    refusal = await refused(_post(database, letter, "C2", "C1"), Reason.ALREADY_POSTED)
    assert refusal.field == "channels"
    assert await everything(database) == before


@pytest.mark.parametrize("state", [PostingState.FAILED, PostingState.LEAVING, PostingState.DOWN])
async def test_once_more(database: Database, state: PostingState) -> None:
    """A channel where the card failed, or is going or gone, gets a new one."""
    letter = await an_open_letter(database)
    (old,) = await posting.cards(database, letter=letter.id)
    await _set(database, old.id, state)
    assert await _post(database, letter, CHANNEL) == [CHANNEL]
    new = [one for one in await posting.cards(database, letter=letter.id) if one.id != old.id]
    assert [one.state for one in new] == [PostingState.WAITING]


async def test_within_reach_again(database: Database) -> None:
    """A posted card that could not be changed is changed again, not made twice."""
    letter = await an_open_letter(database)
    (card,) = await posting.cards(database, letter=letter.id)
    await _set(database, card.id, PostingState.FAILED, "is_archived")
    assert await _post(database, letter, CHANNEL) == [CHANNEL]
    (again,) = await posting.cards(database, letter=letter.id)
    assert (again.id, again.state) == (card.id, PostingState.UP)


@pytest.mark.parametrize("state", [PostingState.WAITING, PostingState.UP, PostingState.UNKNOWN])
async def test_not_blindly(database: Database, state: PostingState) -> None:
    """A channel where the card is, may be, or will be, gets no second one."""
    letter = await an_open_letter(database)
    (card,) = await posting.cards(database, letter=letter.id)
    await _set(database, card.id, state)
    await refused(_post(database, letter, CHANNEL), Reason.ALREADY_POSTED)


async def test_deadline_passed(database: Database, clock: Clock) -> None:
    """A draft whose deadline has passed is not posted; nothing is written."""
    letter = await a_draft(database)
    clock.set(DEADLINE)
    before = await everything(database)
    refusal = await refused(_post(database, letter, "C1"), Reason.DEADLINE_NOT_AHEAD)
    assert refusal.field == "deadline"
    assert await everything(database) == before


async def test_taken_down(database: Database) -> None:
    """A card that is taken down is owed its removal; once gone it cannot be taken down again."""
    letter = await an_open_letter(database, channels=["C1", "C2"])
    card, other = await posting.cards(database, letter=letter.id)
    await posting.take_down(database, letter=letter.id, actor=ORGANISER, posting=card.id)
    states = {one.id: one.state for one in await posting.cards(database, letter=letter.id)}
    assert states == {card.id: PostingState.LEAVING, other.id: PostingState.UP}
    await _set(database, card.id, PostingState.DOWN)
    await refused(
        posting.take_down(database, letter=letter.id, actor=ORGANISER, posting=card.id),
        Reason.NOT_POSTED,
    )


async def test_taken_down_elsewhere(database: Database) -> None:
    """A card is taken down through its own letter only."""
    letter, other = await an_open_letter(database), await an_open_letter(database)
    (card,) = await posting.cards(database, letter=other.id)
    await refused(
        posting.take_down(database, letter=letter.id, actor=ORGANISER, posting=card.id),
        Reason.NOT_POSTED,
    )


async def test_a_failed_card_is_down_at_once(database: Database) -> None:
    """A card that never came up is down as soon as somebody says so."""
    letter = await a_draft(database)
    await _post(database, letter, "C1")
    (card,) = await posting.cards(database, letter=letter.id)
    await _set(database, card.id, PostingState.FAILED)
    await posting.take_down(database, letter=letter.id, actor=ORGANISER, posting=card.id)
    assert await posting.cards(database, letter=letter.id) == []


@pytest.mark.on_both
@pytest.mark.parametrize("state", [PostingState.UNKNOWN, PostingState.WAITING, PostingState.FAILED])
async def test_adopted(database: Database, state: PostingState) -> None:
    """The first click from a card of unknown fate says where it is; a second changes nothing."""
    letter = await a_draft(database)
    await _post(database, letter, "C1")
    (card,) = await posting.cards(database, letter=letter.id)
    await _set(database, card.id, state)

    async def click(channel: str, message_ts: str, workspace: str = WORKSPACE) -> None:
        await gate.adopt_card(
            database,
            workspace=workspace,
            posting=card.id,
            channel=channel,
            message_ts=message_ts,
        )

    await click("C9", "1.1")
    await click("C1", "1.2", workspace="T2")
    await click("C1", "1.3")
    await click("C1", "1.4")
    (card,) = await posting.cards(database, letter=letter.id)
    assert (card.state, card.message_ts) == (PostingState.UP, "1.3")


async def test_card(database: Database) -> None:
    """A card shows the letter as it is when it is sent, and of an unknown one there is none."""
    letter = await an_open_letter(database)
    (card,) = await posting.cards(database, letter=letter.id)
    found = await posting.card(database, posting=card.id)
    assert found is not None
    assert (found.posting, found.letter) == (card, letter)
    assert await posting.card(database, posting="0" * 32) is None


async def test_seen_is_posted(database: Database) -> None:
    """A draft opens as an organiser looked at it: one that has changed since is not posted."""
    letter = await a_draft(database)
    await drafts.edit(
        database, letter=letter.id, actor=ORGANISER, draft=a_draft_of(body="Other words.")
    )

    async def posts(text: str | None) -> list[str]:
        return await posting.post(
            database,
            letter=letter.id,
            actor=ORGANISER,
            channels=[CHANNEL],
            public=[CHANNEL],
            text=text,
            trigger=a_trigger(),
        )

    await refused(posts(letter.text_sha256), Reason.DRAFT_CHANGED)
    assert (await the_letter(database, letter.id)).phase is Phase.DRAFT
    changed = await the_letter(database, letter.id)
    assert await posts(changed.text_sha256) == [CHANNEL]
