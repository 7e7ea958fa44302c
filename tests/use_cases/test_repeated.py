"""A repeated trigger has no second effect, also if the opposite was done in between."""

from datetime import timedelta

from bot.features.amendments.use_cases import proposals
from bot.features.cards import use_cases as cards
from bot.features.drafts.use_cases import drafts
from bot.features.lifecycle import use_cases as lifecycle
from bot.features.reminders.use_cases import reminders
from bot.letters.amendment import AmendmentKind
from bot.letters.letter import PostingState
from bot.letters.phases import Phase
from bot.letters.refusals import Reason
from bot.storage import postings
from bot.storage.database import Database
from bot.use_cases import letter_lookup, pinning
from tests.support.letters import (
    CHANNEL,
    DEADLINE,
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    a_draft,
    a_draft_of,
    an_open_letter,
    are_in_channel,
    rows,
    signs,
    the_letter,
)
from tests.support.refusing import refused
from tests.support.scenes.reminders import reminds


async def test_close_after_reopening(database: Database) -> None:
    """A close that is delivered again after a reopening closes nothing."""
    letter = await an_open_letter(database)
    await lifecycle.close(database, letter=letter.id, actor=ORGANISER, trigger="close")
    await lifecycle.reopen(
        database, letter=letter.id, actor=ORGANISER, deadline=DEADLINE, trigger="reopen"
    )

    await lifecycle.close(database, letter=letter.id, actor=ORGANISER, trigger="close")
    assert (await the_letter(database, letter.id)).phase is Phase.OPEN

    await lifecycle.close(database, letter=letter.id, actor=ORGANISER, trigger="another")
    await lifecycle.reopen(
        database, letter=letter.id, actor=ORGANISER, deadline=DEADLINE, trigger="reopen"
    )
    assert (await the_letter(database, letter.id)).phase is Phase.CLOSED


async def test_extend_and_cancel(database: Database) -> None:
    """An extension and a cancellation that are delivered again say the same and change nothing."""
    letter = await an_open_letter(database)
    later = DEADLINE + timedelta(days=7)
    for _ in range(2):
        await lifecycle.extend(
            database, letter=letter.id, actor=ORGANISER, deadline=later, trigger="extend"
        )
    for _ in range(2):
        await lifecycle.cancel(
            database, letter=letter.id, actor=ORGANISER, reason="We won", trigger="cancel"
        )
    found = await the_letter(database, letter.id)
    assert (found.deadline, found.phase, found.reason) == (later, Phase.CANCELLED, "We won")


async def test_organisers(database: Database) -> None:
    """An organiser who was added, and removed by somebody else since, is not added again."""
    letter = await an_open_letter(database)

    async def add() -> None:
        await lifecycle.add_organiser(
            database,
            letter=letter.id,
            actor=ORGANISER,
            person=OTHER_MEMBER.person,
            membership=OTHER_MEMBER.membership,
            trigger="add",
        )

    await add()
    for _ in range(2):
        await lifecycle.remove_organiser(
            database,
            letter=letter.id,
            actor=ORGANISER,
            person=OTHER_MEMBER.person,
            trigger="remove",
        )
    await add()
    assert await lifecycle.organisers(database, letter=letter.id) == [ORGANISER.person]


async def test_stop_after_resuming(database: Database) -> None:
    """A Stop reminders that is delivered again after its undoing stops nothing."""
    letter = await an_open_letter(database)
    await are_in_channel(database, [MEMBER])
    await reminders.stop(database, letter=letter.id, actor=MEMBER, trigger="stop")
    await reminders.resume(database, letter=letter.id, actor=MEMBER, trigger="resume")

    await reminders.stop(database, letter=letter.id, actor=MEMBER, trigger="stop")

    assert await reminds(database, letter) == 1


async def test_pin_after_unpinning(database: Database) -> None:
    """A pin that is delivered again after its undoing pins nobody, and the undoing alike."""
    letter = await an_open_letter(database)
    await signs(database, MEMBER, letter)

    async def does(word: str, *triggers: str) -> list[int]:
        for trigger in triggers:
            await pinning.pin(
                database,
                letter=letter.id,
                actor=ORGANISER,
                name="A Member",
                trigger=trigger,
                up=word == "pin",
            )
        return [row["pinned"] for row in await rows(database, "signatories")]

    assert await does("pin", "first") == [1]
    assert await does("unpin", "second") == [0]
    assert await does("pin", "first") == [0]
    assert await does("pin", "third") == [1]
    assert await does("unpin", "second") == [1]


async def test_edit_again(database: Database) -> None:
    """A draft that is delivered again after a later one was kept does not take its place."""
    letter = await a_draft(database)

    async def saves(body: str) -> str:
        await drafts.edit(
            database, letter=letter.id, actor=ORGANISER, draft=a_draft_of(body=body), trigger=body
        )
        return (await letter_lookup.whole(database, letter=letter.id, actor=ORGANISER)).body

    assert await saves("First words.") == "First words.\n"
    assert await saves("Other words.") == "Other words.\n"
    assert await saves("First words.") == "Other words.\n"


async def test_take_down_again(database: Database) -> None:
    """A card that could not be taken down, and was put up again, is not taken down after that."""
    letter = await an_open_letter(database)
    (card,) = await cards.cards(database, letter=letter.id)

    async def takes_down() -> PostingState:
        await cards.take_down(
            database, letter=letter.id, actor=ORGANISER, posting=card.id, trigger="removed"
        )
        (now,) = await cards.cards(database, letter=letter.id)
        return now.state

    assert await takes_down() is PostingState.LEAVING
    await database.write(
        lambda tx: postings.change(tx, card.id, PostingState.FAILED, error="is_archived")
    )
    await cards.post(
        database,
        letter=letter.id,
        actor=ORGANISER,
        channels=[CHANNEL],
        public=[CHANNEL],
        trigger="posted",
    )
    assert await takes_down() is PostingState.UP


async def test_propose_again(database: Database) -> None:
    """An organiser's text that is sent once is kept once, and does not overtake a later try."""
    letter = await an_open_letter(database)

    async def writes(body: str) -> str:
        found = await proposals.propose(
            database,
            letter=letter.id,
            actor=ORGANISER,
            body=body,
            kind=AmendmentKind.COSMETIC,
            note="Why.",
            trigger=body,
        )
        return found.proposal.id

    first = await writes("Other words.")
    assert await writes("Other words.") == first
    later = await writes("Yet other words.")
    await refused(writes("Other words."), Reason.AMENDED_MEANWHILE)
    assert [row["id"] for row in await rows(database, "proposals")] == [later]
