"""A letter on a stage: who there is, what they can draw from, and how the letter becomes public."""

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    rule,
)

from bot.features.cards import use_cases as cards
from bot.features.corrections.rules import Correction
from bot.features.invitations.use_cases import first_signers
from bot.features.privacy.use_cases import erasure
from bot.features.signing.use_cases import signatures
from bot.letters.endorsement import Capacity, Signature
from bot.letters.letter import Letter
from bot.letters.people import Actor
from bot.letters.phases import Phase
from bot.letters.refusals import Reason, Refused
from bot.letters.rules import Confirmation, Embargo, Hidden, Rules, Silence, WithdrawnEntry
from bot.letters.standing import Ground, Permission
from bot.storage.database import Database
from tests.support.clock import START, Clock
from tests.support.letters import (
    GUEST,
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    OUTSIDER,
    WORKSPACE,
    a_draft_of,
    a_signature,
    a_trigger,
    for_organisation,
)
from tests.use_cases.life_merging import Merging
from tests.use_cases.life_model import ModelLetter
from tests.use_cases.life_parties import Given

PEOPLE = [ORGANISER, MEMBER, OTHER_MEMBER, GUEST, OUTSIDER]
ORGANISATIONS = ["Web Group", "The WEB group", "Net Group", "Zebra e.V."]
COUNTRIES = ["", "", "Kenya", "France"]
NAMES = ["A Member", "Jane Doe"]
"""The names of those who sign for an organisation."""
FIRST_DEADLINE = START + timedelta(days=5)
PERMISSION = Permission(
    ground=Ground.BOARD_DECISION,
    given_by="The Board",
    given_role="Board",
    given_on=START.date(),
)

people = st.sampled_from(PEOPLE)
spans = st.sampled_from([timedelta(0), timedelta(hours=1), timedelta(days=2), timedelta(days=9)])
named = st.tuples(st.sampled_from(["", "", *ORGANISATIONS]), st.sampled_from(COUNTRIES))
"""An organisation and its country; nothing for those who sign as themselves."""
one_signature = st.tuples(people, named, st.booleans())
crowds = st.lists(one_signature, min_size=1, max_size=6)
embargoes = st.none() | st.builds(
    Embargo,
    hides=st.sampled_from(list(Hidden)),
    until_listed=st.sampled_from([2, 4]),
    until=st.none() | st.sampled_from([START + timedelta(days=days) for days in (3, 7)]),
)
rules_drawn = st.builds(
    Rules,
    confirmation=st.sampled_from(list(Confirmation)),
    silence=st.sampled_from(list(Silence)),
    withdrawn_entry=st.sampled_from(list(WithdrawnEntry)),
    embargo=embargoes,
)


class Stage(RuleBasedStateMachine):
    """A letter, five people and some organisations."""

    letter: Letter
    model: ModelLetter
    carried_out: ClassVar[Counter[str]] = Counter()
    """Counts of acts that were carried out, over all lives."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.clock = Clock()
        self.runner = asyncio.Runner()
        self.database = Database(url, clock=self.clock.now)
        self.answered: list[tuple[Actor, Signature, str, signatures.Signed]] = []
        self.open_corrections: list[tuple[Correction, Given, Signature]] = []
        self.merges: list[tuple[str, Merging]] = []
        """Merges that were not undone, by their ids, the first one first."""
        self.apart: set[frozenset[str]] = set()
        """Pairs of signatories, by id, that an organiser found to be different."""
        self.removals: list[tuple[str, list[Given]]] = []
        """Removals of signatures, by their entries in the history."""
        self.copy: Any = None
        self.page: Any = None
        """The list, text and counts that its page shows."""
        self.revision = -1
        self.wordings = [a_draft_of().text]

    def teardown(self) -> None:
        """Forgets the workspace, so that the next life finds an empty database."""
        self.run(erasure.erase_workspace(self.database, workspace=WORKSPACE))
        self.runner.run(self.database.close())
        self.runner.close()

    def run(self, story: Any) -> Any:
        """Play a story to its end."""
        return self.runner.run(awaited(story))

    def play(self, story: Any, *, works: bool, reason: Reason | None = None) -> Any:
        """Play a story that works, or is refused (for that reason, where one is given)."""
        if works and reason is None:
            return self.run(story)
        with pytest.raises(Refused) as caught:
            self.run(story)
        if works:
            assert caught.value.refusal.reason is reason
        return None

    @property
    def now(self) -> Any:
        """The present instant."""
        return self.clock.now()

    @rule(by=spans)
    def time_passes(self, by: timedelta) -> None:
        """The clock goes on."""
        self.clock.advance(by / 4)

    @rule()
    def found(self) -> None:
        """An organiser chooses two to sign first."""
        chosen = [MEMBER.person, OUTSIDER.person]
        may = self.model.phase_at(self.now) in {Phase.DRAFT, Phase.FOUNDING}
        late = Reason.DEADLINE_NOT_AHEAD if self.model.deadline <= self.now else None
        story = first_signers.found(
            self.database, letter=self.letter.id, actor=ORGANISER, people=chosen
        )
        self.play(story, works=may, reason=late)
        if may and late is None:
            self.model.phase = Phase.FOUNDING
            self.model.first_signers |= set(chosen)

    @rule(channel=st.sampled_from(["C1", "C2"]))
    def post(self, channel: str) -> None:
        """The letter is posted."""
        phase = self.model.phase_at(self.now)
        may = phase in {Phase.DRAFT, Phase.FOUNDING, Phase.OPEN, Phase.CLOSING, Phase.LATE}
        up = {card.channel for card in self.run(cards.cards(self.database, letter=self.letter.id))}
        reason = Reason.ALREADY_POSTED if channel in up else None
        starts = phase in {Phase.DRAFT, Phase.FOUNDING}
        if starts and self.model.deadline <= self.now:
            reason = Reason.DEADLINE_NOT_AHEAD
        story = cards.post(
            self.database,
            letter=self.letter.id,
            actor=ORGANISER,
            channels=[channel],
            public=[channel],
            trigger=a_trigger(),
        )
        self.play(story, works=may, reason=reason)
        if may and reason is None:
            self.model.posted = True
            if starts:
                self.model.phase = Phase.OPEN

    def _signature(
        self, actor: Actor, named: tuple[str, str], more: str = "", *, signer: str = NAMES[0]
    ) -> Signature:
        name, country = named
        now_called = replace(self.letter, text_sha256=self.model.text)
        if not name:
            return a_signature(actor, now_called, Capacity.AFFILIATED, affiliation=more)
        return for_organisation(actor, now_called, name, country, via=more, name=signer)


async def awaited(story: Any) -> Any:
    """Await a story's outcome."""
    return await story


def actor_of(given: Given) -> Actor:
    """Return the one who gave it."""
    return next(one for one in PEOPLE if one.person == given.person)
