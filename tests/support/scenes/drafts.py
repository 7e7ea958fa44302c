"""Drafts of the demo's organiser, for stories that begin with one."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.features.drafts.use_cases import drafts
from bot.letters.draft import Draft
from bot.letters.people import Actor, Membership, Person
from bot.use_cases import letter_lookup
from bot.use_cases.letter_lookup import Whole
from tests.flows.conftest import RunningBot

ORGANISER = Actor(
    workspace="T0COALITION",
    person=Person("T0COALITION", "U0ORGANISER"),
    membership=Membership.MEMBER,
)


async def a_draft(bot: RunningBot, **changes: Any) -> int:
    """A draft of the organiser's, due in nine days; `changes` are fields of `Draft`."""
    plain = Draft(title="One Internet", body="We ask.", deadline=bot.now + timedelta(days=9))
    draft = replace(plain, **changes)
    return await drafts.create(
        bot.process.database, actor=ORGANISER, draft=draft, trigger=draft.title
    )


async def kept(bot: RunningBot, letter: int = 1) -> Whole:
    """A letter as it is in the database."""
    return await letter_lookup.whole(bot.process.database, letter=letter, actor=ORGANISER)
