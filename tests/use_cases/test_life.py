"""A letter's whole life, played by Hypothesis against a simple model.

`UNDERSIGNED_LIVES=2000` in the environment plays as many lives; the suite plays some.
"""

import asyncio
import os
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bot.letters.endorsement import Capacity, Kind, Signature
from bot.letters.letter import Letter, Signers
from bot.letters.people import Actor
from bot.letters.phases import Phase
from bot.letters.refusals import Reason, Refused
from bot.storage.database import Database
from bot.use_cases import holding, organising, pinning, posting, signing
from tests.support.clock import START, Clock
from tests.support.letters import (
    GUEST,
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    OUTSIDER,
    WORKSPACE,
    a_delivery,
    a_draft,
    a_signature,
    for_organisation,
    signs,
    the_letter,
    the_list,
)
from tests.use_cases.life_model import Given, ModelLetter

T = TypeVar("T")
PEOPLE = [ORGANISER, MEMBER, OTHER_MEMBER, GUEST, OUTSIDER]
ORGANISATIONS = ["Web Group", "The WEB group", "Wéb Group", "Net Group", "Zebra e.V."]
FIRST_DEADLINE = START + timedelta(days=5)

people = st.sampled_from(PEOPLE)
which = st.sampled_from([0, 0, 0, 1])
Crowd = list[tuple[Actor, str, str]]
crowds = st.lists(
    st.tuples(
        people,
        st.sampled_from(["", "", *ORGANISATIONS]),
        st.sampled_from(["", "Peru", "Fiji"]),
    ),
    min_size=1,
    max_size=8,
)
spans = st.sampled_from([timedelta(0), timedelta(hours=1), timedelta(days=2), timedelta(days=9)])


class Life(RuleBasedStateMachine):
    """Two letters, five people and some organisations."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.clock = Clock()
        self.runner = asyncio.Runner()
        self.database = Database(url, clock=self.clock.now)
        self.models: list[ModelLetter] = []
        self.letters: list[Letter] = []
        self.answered: list[tuple[Actor, Letter, Signature, str, signing.Signed]] = []

    def teardown(self) -> None:
        """Closes the database."""
        self.runner.run(self.database.close())
        self.runner.close()

    def run(self, story: Coroutine[Any, Any, T]) -> T:
        """Plays a story to its end."""
        return self.runner.run(story)

    def play(self, story: Coroutine[Any, Any, T], expected: Reason | None) -> T | None:
        """Plays a story that is refused for the expected reason, or works where there is none."""
        if expected is None:
            return self.run(story)
        with pytest.raises(Refused) as caught:
            self.run(story)
        assert caught.value.refusal.reason is expected
        return None

    @initialize(signers=st.sampled_from(Signers), first=crowds)
    def create(self, signers: Signers, first: Crowd) -> None:
        """Two letters are there: a draft, and one that some have signed."""
        know = organising.know_workspace(self.database, workspace=WORKSPACE, name="A workspace")
        self.run(_awaited(know))
        for one in (Signers.EVERYONE, signers):
            letter = self.run(a_draft(self.database, signers=one, deadline=FIRST_DEADLINE))
            self.letters.append(letter)
            self.models.append(ModelLetter(number=letter.id, signers=one, deadline=FIRST_DEADLINE))
        self.post(which=0, channel="C1")
        self.sign(which=0, crowd=first)

    @rule(by=spans)
    def time_passes(self, by: timedelta) -> None:
        """The clock goes on."""
        self.clock.advance(by / 4)

    @rule(which=which, channel=st.sampled_from(["C1", "C2"]))
    def post(self, which: int, channel: str) -> None:
        """A draft or an open letter is posted."""
        model, now = self.models[which], self.clock.now()
        expected = model.cannot(now, {Phase.DRAFT, Phase.OPEN})
        if expected is None and model.deadline <= now:
            expected = Reason.DEADLINE_NOT_AHEAD
        cards = self.run(_awaited(posting.cards(self.database, letter=model.number)))
        if expected is None and channel in {card.channel for card in cards}:
            expected = Reason.ALREADY_POSTED
        self.play(
            _awaited(
                posting.post(
                    self.database,
                    letter=model.number,
                    actor=ORGANISER,
                    channels=[channel],
                    delivery=a_delivery(),
                )
            ),
            expected,
        )
        if expected is None:
            model.phase = Phase.OPEN

    def _signature(self, which: int, actor: Actor, name: str, country: str) -> Signature:
        letter = self.letters[which]
        if not name:
            return a_signature(actor, letter, Capacity.AFFILIATED, affiliation=country)
        return for_organisation(actor, letter, name, country)

    @rule(which=which, crowd=crowds)
    def sign(self, which: int, crowd: Crowd) -> None:
        """Some sign, as themselves or for organisations."""
        for actor, name, country in crowd:
            self._sign(which, actor, self._signature(which, actor, name, country))

    def _sign(self, which: int, actor: Actor, signature: Signature) -> None:
        model, letter = self.models[which], self.letters[which]
        expected = model.cannot(self.clock.now(), {Phase.OPEN})
        if expected is Reason.STILL_DRAFT:
            expected = Reason.NO_SUCH_LETTER
        expected = expected or model.cannot_stand(signature, actor.person)
        delivery = a_delivery()
        signed = self.play(
            signs(self.database, actor, letter, signature, delivery=delivery), expected
        )
        if signed is not None:
            model.give(Given(id=signed.endorsement, person=actor.person, signature=signature))
            self.answered.append((actor, letter, signature, delivery, signed))

    @precondition(lambda self: self.answered)
    @rule(data=st.data())
    def replay(self, data: st.DataObject) -> None:
        """An old Sign is delivered again: the old answer, and no effect."""
        actor, letter, signature, delivery, answer = data.draw(st.sampled_from(self.answered))
        again = self.run(signs(self.database, actor, letter, signature, delivery=delivery))
        assert again == answer

    def _signed(self, data: st.DataObject) -> tuple[int, Given]:
        """One of the endorsements that stand, and its letter."""
        standing = [(n, given) for n, model in enumerate(self.models) for given in model.given]
        return standing[data.draw(st.integers(0, len(standing) - 1))]

    @precondition(lambda self: any(model.given for model in self.models))
    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        """Somebody takes back what they signed."""
        which, given = self._signed(data)
        model = self.models[which]
        line = self.run(
            _awaited(
                holding.withdraw(
                    self.database,
                    endorsement=given.id,
                    actor=_actor(given),
                    delivery=a_delivery(),
                )
            )
        )
        assert line == given.signature.line
        model.take_back(given)

    @precondition(lambda self: any(model.given for model in self.models))
    @rule(
        data=st.data(),
        name=st.sampled_from(["", *ORGANISATIONS]),
        country=st.sampled_from(["", "Kenya"]),
    )
    def change(self, data: st.DataObject, name: str, country: str) -> None:
        """Somebody corrects what they signed, or signs as another party instead."""
        which, given = self._signed(data)
        model = self.models[which]
        actor = _actor(given)
        signature = self._signature(which, actor, name, country)
        expected = model.cannot(self.clock.now(), {Phase.OPEN}) or model.cannot_stand(
            signature, given.person, besides=given
        )
        changed = self.play(
            _awaited(
                holding.change(
                    self.database,
                    endorsement=given.id,
                    actor=actor,
                    signature=signature,
                    delivery=a_delivery(),
                )
            ),
            expected,
        )
        if changed is None:
            return
        if changed.endorsement == given.id:
            given.signature = signature
            return
        model.take_back(given)
        model.give(Given(id=changed.endorsement, person=given.person, signature=signature))

    @rule(which=which)
    def close(self, which: int) -> None:
        """An organiser closes a letter."""
        model = self.models[which]
        expected = model.cannot(self.clock.now(), {Phase.OPEN})
        self.play(
            _awaited(organising.close(self.database, letter=model.number, actor=ORGANISER)),
            expected,
        )
        if expected is None:
            model.phase = Phase.CLOSED

    @rule()
    def close_due(self) -> None:
        """The worker writes down what the deadline closed."""
        closed = self.run(_awaited(organising.close_due(self.database)))
        for model in self.models:
            due = model.phase is not model.phase_at(self.clock.now())
            assert (model.number in closed) == due
            model.phase = model.phase_at(self.clock.now())

    @rule(which=which, by=spans)
    def extend(self, which: int, by: timedelta) -> None:
        """An organiser moves the deadline."""
        model, now = self.models[which], self.clock.now()
        deadline = now + by
        expected = model.cannot(now, {Phase.OPEN})
        if expected is None and deadline <= model.deadline:
            expected = Reason.DEADLINE_NOT_LATER
        self.play(
            _awaited(
                organising.extend(
                    self.database, letter=model.number, actor=ORGANISER, deadline=deadline
                )
            ),
            expected,
        )
        if expected is None:
            model.deadline = deadline

    @rule(which=which, by=spans)
    def reopen(self, which: int, by: timedelta) -> None:
        """An organiser opens a closed letter again."""
        model, now = self.models[which], self.clock.now()
        expected = model.cannot(now, {Phase.CLOSED})
        if expected is None and not by:
            expected = Reason.DEADLINE_NOT_AHEAD
        self.play(
            _awaited(
                organising.reopen(
                    self.database, letter=model.number, actor=ORGANISER, deadline=now + by
                )
            ),
            expected,
        )
        if expected is None:
            model.phase, model.deadline = Phase.OPEN, now + by

    @precondition(lambda self: len(self.answered) > 4)
    @rule(which=which)
    def cancel(self, which: int) -> None:
        """An organiser cancels a letter."""
        model = self.models[which]
        expected = model.cannot(self.clock.now(), {Phase.OPEN, Phase.CLOSED})
        if expected is Reason.DEADLINE_PASSED:
            expected = None
        self.play(
            _awaited(
                organising.cancel(
                    self.database, letter=model.number, actor=ORGANISER, reason="Why."
                )
            ),
            expected,
        )
        if expected is None:
            model.phase = Phase.CANCELLED

    @precondition(lambda self: any(model.given for model in self.models))
    @rule(data=st.data(), up=st.booleans())
    def pin(self, data: st.DataObject, *, up: bool) -> None:
        """An organiser pins a line, or lets it go; one that two share is refused."""
        which = next(n for n, model in enumerate(self.models) if model.given)
        model = self.models[which]
        lines = model.lines()
        line = data.draw(st.sampled_from(lines))
        expected = model.cannot(self.clock.now(), {Phase.OPEN, Phase.CLOSED})
        if expected is None and lines.count(line) > 1:
            expected = Reason.SEVERAL_SIGNATORIES
        story = pinning.pin if up else pinning.unpin
        self.play(
            _awaited(story(self.database, letter=model.number, actor=ORGANISER, name=line)),
            expected,
        )
        if expected is not None:
            return
        standing = {one.id: one.signature.line for one in model.given}
        party = next(one for one, said in model.speakers.items() if standing[said] == line)
        if up:
            model.pin(party)
        else:
            model.pinned.pop(party, None)

    @invariant()
    def as_the_model(self) -> None:
        """Phase, tally and list are the model's."""
        for model in self.models:
            letter = self.run(the_letter(self.database, model.number))
            assert letter.phase is model.phase
            assert letter.tally.people == model.count(Kind.PERSON)
            assert letter.tally.organisations == model.count(Kind.ORGANISATION)
            if model.phase is not Phase.DRAFT:
                lines = self.run(the_list(self.database, letter))
                assert lines == model.lines()
                assert len(lines) == letter.tally.total


async def _awaited(story: Any) -> Any:
    return await story


def _actor(given: Given) -> Actor:
    return next(one for one in PEOPLE if one.person == given.person)


def test_life(database_url: str) -> None:
    """Whatever people do, phases, tallies, lists and their order are the model's."""
    played = int(os.environ.get("UNDERSIGNED_LIVES", "60"))
    on_postgresql = database_url.startswith("postgresql")

    class LifeHere(Life):
        def __init__(self) -> None:
            super().__init__(database_url)

    run_state_machine_as_test(
        LifeHere,
        settings=settings(
            max_examples=played // 4 if on_postgresql else played,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
