import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.features.drafts.use_cases import drafts
from bot.features.lifecycle import use_cases as lifecycle
from bot.letters.draft import BODY_MOST, SUMMARY_MOST, TITLE_MOST
from bot.letters.letter import Letter, Signers
from bot.letters.people import Actor
from bot.letters.phases import Phase
from bot.letters.refusals import Reason
from bot.storage.database import Database
from bot.use_cases import letter_lookup
from tests.support.clock import START
from tests.support.letters import (
    BODY,
    DEADLINE,
    GUEST,
    MEMBER,
    ORGANISER,
    OUTSIDER,
    a_draft,
    a_draft_of,
    a_trigger,
    an_open_letter,
    everything,
    rows,
    the_letter,
)
from tests.support.refusing import refused


async def test_created(database: Database) -> None:
    """A draft keeps what was written, and its maker runs it."""
    letter = await a_draft(
        database,
        title="  A title ",
        summary="In short.",
        sender="A coalition",
        signers=Signers.ORGANISATIONS,
        goal=40,
        language="de",
    )
    assert letter == Letter(
        id=letter.id,
        workspace=ORGANISER.workspace,
        title="A title",
        summary="In short.",
        sender="A coalition",
        language="de",
        text_sha256=a_draft_of(title="A title", sender="A coalition").text.sha256,
        signers=Signers.ORGANISATIONS,
        goal=40,
        deadline=DEADLINE,
        closes_at=DEADLINE,
        phase=Phase.DRAFT,
        tally=letter.tally,
        created_at=START,
    )
    assert await lifecycle.organisers(database, letter=letter.id) == [ORGANISER.person]
    whole = await letter_lookup.whole(database, letter=letter.id, actor=ORGANISER)
    assert whole.body == BODY


async def test_created_once(database: Database) -> None:
    """A form that is delivered twice, even at once, makes one letter."""
    trigger = a_trigger()
    numbers = await asyncio.gather(
        *(
            drafts.create(database, actor=ORGANISER, draft=a_draft_of(), trigger=trigger)
            for _ in range(4)
        )
    )
    assert len(set(numbers)) == 1
    assert len(await rows(database, "letters")) == 1


@pytest.mark.parametrize("actor", [GUEST, OUTSIDER])
async def test_who_may_start(database: Database, actor: Actor) -> None:
    """Guests and people from elsewhere do not start letters."""
    before = await everything(database)
    await refused(
        drafts.create(database, actor=actor, draft=a_draft_of(), trigger=a_trigger()),
        Reason.GUESTS_CANNOT_START,
    )
    assert await everything(database) == before


@pytest.mark.parametrize(
    ("changed", "reason", "field"),
    [
        ({"title": "  "}, Reason.EMPTY, "title"),
        ({"body": "\n \n"}, Reason.EMPTY, "body"),
        ({"title": "t" * (TITLE_MOST + 1)}, Reason.TOO_LONG, "title"),
        ({"summary": "s" * (SUMMARY_MOST + 1)}, Reason.TOO_LONG, "summary"),
        ({"body": "b" * (BODY_MOST + 1)}, Reason.TOO_LONG, "body"),
        ({"goal": 0}, Reason.NOT_A_NUMBER, "goal"),
        ({"deadline": START}, Reason.DEADLINE_NOT_AHEAD, "deadline"),
    ],
)
async def test_not_right(
    database: Database, changed: dict[str, Any], reason: Reason, field: str
) -> None:
    """A wrong value is refused at its field, for a new draft and for a rewritten one."""
    letter = await a_draft(database)
    before = await everything(database)
    draft = a_draft_of(**changed)
    for story in (
        drafts.create(database, actor=ORGANISER, draft=draft, trigger=a_trigger()),
        drafts.edit(database, letter=letter.id, actor=ORGANISER, draft=draft),
    ):
        assert (await refused(story, reason)).field == field
    assert await everything(database) == before


async def test_edited(database: Database) -> None:
    """A rewritten draft has the new words only."""
    letter = await a_draft(database)
    draft = a_draft_of(title="Another", body="Other words.", goal=7)
    edited = await drafts.edit(database, letter=letter.id, actor=ORGANISER, draft=draft)
    assert (edited.title, edited.goal) == ("Another", 7)
    assert edited.text_sha256 == draft.text.sha256
    assert [row["body"] for row in await rows(database, "texts")] == ["Other words.\n"]
    same = await drafts.edit(
        database, letter=letter.id, actor=ORGANISER, draft=replace(draft, summary="New.")
    )
    assert same.text_sha256 == edited.text_sha256
    assert len(await rows(database, "texts")) == 1


async def test_frozen(database: Database) -> None:
    """Once posted, a letter is neither rewritten nor thrown away."""
    letter = await an_open_letter(database)
    before = await everything(database)
    await refused(
        drafts.edit(database, letter=letter.id, actor=ORGANISER, draft=a_draft_of(title="New")),
        Reason.NOT_A_DRAFT,
    )
    await refused(
        drafts.discard(database, letter=letter.id, actor=ORGANISER, trigger=a_trigger()),
        Reason.NOT_A_DRAFT,
    )
    assert await everything(database) == before


@pytest.mark.on_both
async def test_discarded(database: Database) -> None:
    """A draft that was thrown away is gone with all that hung on it, and its number stays unused."""
    letter = await a_draft(database)
    for _ in range(2):
        gone = await drafts.discard(database, letter=letter.id, actor=ORGANISER, trigger="discard")
        assert gone == letter.title
    for table in ("letters", "texts", "organisers"):
        assert await rows(database, table) == []
    await refused(
        letter_lookup.whole(database, letter=letter.id, actor=ORGANISER), Reason.NO_SUCH_LETTER
    )
    assert (await a_draft(database)).id > letter.id


async def test_a_draft_is_its_organisers(database: Database) -> None:
    """A draft is not there for anybody else, whatever they try."""
    letter = await a_draft(database)
    draft = a_draft_of()
    for story in (
        letter_lookup.whole(database, letter=letter.id, actor=MEMBER),
        letter_lookup.editable(database, letter=letter.id, actor=MEMBER),
        drafts.edit(database, letter=letter.id, actor=MEMBER, draft=draft),
        drafts.discard(database, letter=letter.id, actor=MEMBER, trigger=a_trigger()),
    ):
        refusal = await refused(story, Reason.NO_SUCH_LETTER)
        assert not refusal.facts


async def test_deadline_zone(database: Database) -> None:
    """A deadline is the same instant whatever zone it was written in."""
    letter = await a_draft(database, deadline=DEADLINE + timedelta(microseconds=1))
    assert (await the_letter(database, letter.id)).deadline == DEADLINE + timedelta(microseconds=1)
