"""A letter's whole life, played by Hypothesis against a simple model.

`UNDERSIGNED_LIVES=2000` in the environment plays as many lives; the suite plays some.
"""

import asyncio
import os
from dataclasses import replace
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
from sqlalchemy import select

from bot.letters.amendment import AmendmentKind
from bot.letters.correction import Correction, corrected
from bot.letters.deadlines import Grace
from bot.letters.elsewhere import Gathered, gathered
from bot.letters.endorsement import Capacity, Kind, Signature
from bot.letters.letter import Letter, Tally
from bot.letters.people import Actor
from bot.letters.phases import Phase
from bot.letters.refusals import Reason, Refused
from bot.letters.rules import Confirmation, Embargo, Hidden, Rules, Silence, WithdrawnLine
from bot.letters.standing import Ground, Permission, Standing
from bot.letters.text import text_sha256
from bot.storage import copies, letters, signatories
from bot.storage import endorsements as endorsements_kept
from bot.storage.database import Database, Transaction
from bot.storage.tables import endorsements, texts
from bot.use_cases import (
    amending,
    correcting,
    delivering,
    founding,
    holding,
    merging,
    organising,
    pinning,
    posting,
    reading,
    ruling,
    signing,
    standing,
)
from tests.support.clock import START, Clock
from tests.support.letters import (
    GUEST,
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    OUTSIDER,
    PERMITTED,
    WORKSPACE,
    a_delivery,
    a_draft,
    a_row,
    a_signature,
    adds,
    for_organisation,
    signs,
)
from tests.use_cases.life_model import GRACE, Given, ModelLetter, Party

T = TypeVar("T")
PEOPLE = [ORGANISER, MEMBER, OTHER_MEMBER, GUEST, OUTSIDER]
ORGANISATIONS = ["Web Group", "The WEB group", "Wéb Group", "Net Group", "Zebra e.V."]
FIRST_DEADLINE = START + timedelta(days=5)
PERMISSION = Permission(
    ground=Ground.BOARD_DECISION,
    given_by="The Board",
    given_role="Board",
    given_on=START.date(),
)

people = st.sampled_from(PEOPLE)
spans = st.sampled_from([timedelta(0), timedelta(hours=1), timedelta(days=2), timedelta(days=9)])
one_signature = st.tuples(
    people, st.sampled_from(["", "", *ORGANISATIONS]), st.booleans()
)  # fmt: skip
crowds = st.lists(one_signature, min_size=1, max_size=6)
embargoes = st.none() | st.builds(
    Embargo,
    hides=st.sampled_from(list(Hidden)),
    until_listed=st.sampled_from([2, 4]),
    until=st.none() | st.just(START + timedelta(days=3)),
)
rules_drawn = st.builds(
    Rules,
    confirmation=st.sampled_from(list(Confirmation)),
    silence=st.sampled_from(list(Silence)),
    withdrawn_line=st.sampled_from(list(WithdrawnLine)),
    embargo=embargoes,
)


class Life(RuleBasedStateMachine):
    """A letter, five people and some organisations."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.clock = Clock()
        self.runner = asyncio.Runner()
        self.database = Database(url, clock=self.clock.now)
        self.answered: list[tuple[Actor, Signature, str, signing.Signed]] = []
        self.open_corrections: list[tuple[Correction, Given, Signature]] = []
        self.copy: Any = None
        self.bodies = 0

    def teardown(self) -> None:
        """Closes the database."""
        self.runner.run(self.database.close())
        self.runner.close()

    def run(self, story: Any) -> Any:
        """Plays a story to its end."""
        return self.runner.run(_awaited(story))

    def play(self, story: Any, *, works: bool, reason: Reason | None = None) -> Any:
        """Plays a story that works, or is refused (for that reason, where one is given)."""
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

    @initialize(rules=rules_drawn, first=crowds, founded=st.booleans())
    def create(self, rules: Rules, first: list[tuple[Actor, str, bool]], *, founded: bool) -> None:
        """A letter is there, founded or open, and some have tried to sign it."""
        self.run(organising.know_workspace(self.database, workspace=WORKSPACE, name="A workspace"))
        drafted = a_draft(
            self.database,
            deadline=FIRST_DEADLINE,
            grace=Grace(minutes=int(GRACE.total_seconds() // 60)),
            rules=rules,
        )
        self.letter: Letter = self.run(drafted)
        sha256 = self.letter.text_sha256
        self.model = ModelLetter(
            number=self.letter.id, rules=rules, deadline=FIRST_DEADLINE, text=sha256
        )
        self.model.texts.add(sha256)
        if founded:
            self.found()
        else:
            self.post("C1")
        for actor, name, confirms in first:
            self.sign((actor, name, confirms))

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
        story = founding.found(self.database, letter=self.letter.id, actor=ORGANISER, people=chosen)
        self.play(story, works=may, reason=late)
        if may and late is None:
            self.model.phase = Phase.FOUNDING
            self.model.founders |= set(chosen)

    @rule(channel=st.sampled_from(["C1", "C2"]))
    def post(self, channel: str) -> None:
        """The letter is posted."""
        phase = self.model.phase_at(self.now)
        may = phase in {Phase.DRAFT, Phase.FOUNDING, Phase.OPEN, Phase.CLOSING, Phase.LATE}
        up = {
            card.channel for card in self.run(posting.cards(self.database, letter=self.letter.id))
        }
        reason = Reason.ALREADY_POSTED if channel in up else None
        starts = phase in {Phase.DRAFT, Phase.FOUNDING}
        if starts and self.model.deadline <= self.now:
            reason = Reason.DEADLINE_NOT_AHEAD
        story = posting.post(
            self.database,
            letter=self.letter.id,
            actor=ORGANISER,
            channels=[channel],
            delivery=a_delivery(),
        )
        self.play(story, works=may, reason=reason)
        if may and reason is None and starts:
            self.model.phase = Phase.OPEN

    def _signature(self, actor: Actor, name: str, more: str = "") -> Signature:
        now_called = replace(self.letter, text_sha256=self.model.text)
        if not name:
            return a_signature(actor, now_called, Capacity.AFFILIATED, affiliation=more)
        return for_organisation(actor, now_called, name, via=more)

    @rule(one=one_signature)
    def sign(self, one: tuple[Actor, str, bool]) -> None:
        """Somebody signs, as themselves or for an organisation."""
        actor, name, confirms = one
        signature, model = self._signature(actor, name), self.model
        may = model.may_sign(actor.person, self.now, organiser=actor is ORGANISER)
        reason = model.cannot_stand(signature, actor.person, confirms=confirms)
        delivery = a_delivery()
        story = signs(
            self.database, actor, self.letter, signature, delivery=delivery, confirms=confirms
        )
        signed = self.play(story, works=may, reason=reason)
        if signed is not None:
            self._gave(signed.endorsement, actor, signature)
            self.answered.append((actor, signature, delivery, signed))

    def _gave(self, number: str, actor: Actor, signature: Signature) -> None:
        given = Given(
            id=number,
            person=actor.person,
            signature=signature,
            text=signature.text_sha256,
            meaning=self.model.meaning,
        )
        self.model.give(given, self.now)

    @precondition(lambda self: self.answered)
    @rule(data=st.data())
    def replay(self, data: st.DataObject) -> None:
        """An old Sign is delivered again: the old answer, and no effect."""
        actor, signature, delivery, answer = data.draw(st.sampled_from(self.answered))
        story = signs(self.database, actor, self.letter, signature, delivery=delivery)
        assert self.run(story) == answer

    def _held(self, data: st.DataObject) -> tuple[tuple[Kind, str], Given]:
        """One of the endorsements that somebody holds here."""
        held = self.model.held_here()
        return held[data.draw(st.integers(0, len(held) - 1))]

    @precondition(lambda self: self.model.held_here())
    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        """Somebody takes back what they signed."""
        key, given = self._held(data)
        gone = self.model.silent(given, self.now)
        story = holding.withdraw(
            self.database, endorsement=given.id, actor=_actor(given), delivery=a_delivery()
        )
        self.play(story, works=True, reason=Reason.NOT_SIGNED if gone else None)
        if not gone:
            self.model.end(key, given)

    @precondition(lambda self: self.model.held_here())
    @rule(
        data=st.data(),
        name=st.sampled_from(["", *ORGANISATIONS]),
        more=st.sampled_from(["", "a Fund"]),
        confirms=st.booleans(),
    )
    def change(self, data: st.DataObject, name: str, more: str, *, confirms: bool) -> None:
        """Somebody corrects what they signed, or signs as another party instead."""
        key, given = self._held(data)
        model, actor = self.model, _actor(given)
        signature = self._signature(actor, name, more)
        new_key = model.meant(signature)
        same = new_key == key
        works = model.phase_at(self.now) is not Phase.CANCELLED
        reason = model.cannot_stand(
            signature, actor.person, confirms=confirms or same, besides=given
        )
        if same and reason is Reason.ORGANISATION_STRUCK:
            reason = None
        if model.silent(given, self.now):
            reason = Reason.NOT_SIGNED
        elif not same and not model.may_sign(actor.person, self.now, organiser=actor is ORGANISER):
            works = False
        story = holding.change(
            self.database,
            endorsement=given.id,
            actor=actor,
            signature=signature,
            delivery=a_delivery(),
            confirms=confirms,
            knows_late=True,
        )
        changed = self.play(story, works=works, reason=reason)
        if changed is None:
            return
        assert (changed.endorsement == given.id) == same
        if same:
            given.signature = signature
            model.parties[key].speak()
            return
        model.end(key, given)
        self._gave(changed.endorsement, actor, signature)

    @rule(name=st.sampled_from(["", *ORGANISATIONS]), permitted=st.booleans(), joins=st.booleans())
    def add(self, name: str, *, permitted: bool, joins: bool) -> None:
        """An organiser adds a signature that was given elsewhere."""
        model = self.model
        said = PERMITTED if permitted else {}
        row = a_row(organisation=name, **said) if name else a_row(**said)
        now_called = replace(self.letter, text_sha256=model.text)
        made = gathered(row, now_called, note="", consent="", today=self.now.date())
        assert isinstance(made, Gathered)
        phases = {Phase.FOUNDING, Phase.OPEN, Phase.CLOSING, Phase.CLOSED, Phase.LATE}
        works = model.phase_at(self.now) in phases
        reason = model.cannot_be_added(made.signature, ORGANISER.person, joins=joins)
        added = self.play(
            adds(self.database, now_called, row, joins=joins), works=works, reason=reason
        )
        if added is None:
            return
        given = Given(
            id=added.endorsement,
            person=None,
            signature=made.signature,
            text=model.text,
            meaning=model.meaning,
        )
        model.give(given, self.now)
        if permitted:
            model.parties[model.meant(made.signature)].confirmed = True
            model.count()

    @precondition(lambda self: self.model.everything_held())
    @rule(data=st.data(), more=st.sampled_from(["", "a Fund", "a Trust"]), asks=st.booleans())
    def correct(self, data: st.DataObject, more: str, *, asks: bool) -> None:
        """An organiser corrects a line, or asks its signer."""
        model, held = self.model, self.model.everything_held()
        key, given = held[data.draw(st.integers(0, len(held) - 1))]
        facts = replace(given.signature.facts, via=more, affiliation=more)
        fits = facts if key[0] is Kind.ORGANISATION else replace(facts, via="")
        endorsement = self.run(self.database.read(lambda tx: endorsements_kept.find(tx, given.id)))
        signature = corrected(endorsement, fits, "", "en")
        phase = model.phase_at(self.now)
        works = phase not in {Phase.DRAFT, Phase.CANCELLED}
        reason = None if isinstance(signature, Signature) else Reason.SAME_LINE
        story = correcting.correct(
            self.database,
            endorsement=given.id,
            actor=ORGANISER,
            facts=fits,
            asks=asks,
            delivery=a_delivery(),
        )
        correction = self.play(story, works=works, reason=reason)
        if correction is None:
            return
        assert isinstance(signature, Signature)
        self.open_corrections = [one for one in self.open_corrections if one[1] is not given]
        if asks and given.person not in {None, ORGANISER.person}:
            self.open_corrections.append((correction, given, signature))
            return
        model.says(given, signature)

    @precondition(lambda self: self.open_corrections)
    @rule(data=st.data(), yes=st.booleans())
    def answer(self, data: st.DataObject, *, yes: bool) -> None:
        """A signer says whether the line that an organiser proposes shall be."""
        model, which = self.model, data.draw(st.integers(0, len(self.open_corrections) - 1))
        correction, given, signature = self.open_corrections[which]
        held = any(one is given for _, one in model.everything_held())
        reason = None
        if not held or model.silent(given, self.now):
            reason = Reason.NOT_SIGNED
        elif given.signature.line != correction.old:
            reason = Reason.CORRECTION_OVER
        story = correcting.answer(
            self.database,
            correction=correction.id,
            actor=_actor(given),
            yes=yes,
            delivery=a_delivery(),
        )
        works = not held or model.phase_at(self.now) is not Phase.CANCELLED
        answered = self.play(story, works=works, reason=reason)
        if answered is None:
            return
        del self.open_corrections[which]
        if yes:
            model.says(given, signature)

    def _organisations(self) -> list[Party]:
        model = self.model
        return [
            one
            for name, one in model.parties.items()
            if one.kind is Kind.ORGANISATION and name not in model.merged
        ]

    def _id(self, party: Party) -> str:
        key = next(key for key, one in self.model.parties.items() if one is party)
        wanted = (self.letter.id, *key)
        return self.run(self.database.read(lambda tx: signatories.by_keys(tx, [wanted])[wanted].id))

    @precondition(lambda self: self._organisations())
    @rule(data=st.data(), actor=people)
    def contest(self, data: st.DataObject, actor: Actor) -> None:
        """Somebody objects to a signature for their organisation."""
        party, person = data.draw(st.sampled_from(self._organisations())), actor.person
        phase = self.model.phase_at(self.now)
        works = phase not in {Phase.DRAFT, Phase.CANCELLED}
        if phase is Phase.FOUNDING:
            works = actor is ORGANISER or person in self.model.founders
        reason = None
        if not party.given:
            reason = Reason.NO_SUCH_SIGNATORY
        elif person in {one.person for one in party.given}:
            reason = Reason.OWN_SIGNATURE
        elif person in party.objected:
            reason = Reason.ALREADY_CONTESTED
        story = standing.contest(
            self.database,
            signatory=self._id(party),
            actor=actor,
            name="An Objector",
            role="Chair",
            reason="Nobody asked us.",
            delivery=a_delivery(),
        )
        self.play(story, works=works, reason=reason)
        if works and reason is None:
            party.objecting.add(person)
            party.objected.add(person)

    def _may_judge(self) -> bool:
        return self.model.phase_at(self.now) not in {Phase.DRAFT, Phase.CANCELLED}

    @precondition(lambda self: self._organisations())
    @rule(data=st.data())
    def confirm(self, data: st.DataObject) -> None:
        """An organiser records how they know that an organisation signed."""
        party = data.draw(st.sampled_from(self._organisations()))
        reason = None
        if not party.given:
            reason = Reason.NO_SUCH_SIGNATORY
        elif ORGANISER.person in {one.person for one in party.given}:
            reason = Reason.OWN_SIGNATURE
        elif party.confirmed:
            reason = Reason.ALREADY_CONFIRMED
        story = standing.confirm(
            self.database,
            signatory=self._id(party),
            actor=ORGANISER,
            permission=PERMISSION,
            delivery=a_delivery(),
        )
        works = self._may_judge()
        self.play(story, works=works, reason=reason)
        if works and reason is None:
            party.confirmed = True
            self.model.count()

    @precondition(lambda self: self._organisations())
    @rule(data=st.data(), struck=st.booleans())
    def decide(self, data: st.DataObject, *, struck: bool) -> None:
        """An organiser decides about an organisation that somebody objects to."""
        party = data.draw(st.sampled_from(self._organisations()))
        reason = None
        if not party.given:
            reason = Reason.NO_SUCH_SIGNATORY
        elif not party.objecting and not party.struck:
            reason = Reason.NOT_CONTESTED
        story = standing.decide(
            self.database,
            signatory=self._id(party),
            actor=ORGANISER,
            decision=standing.Decision.STRUCK if struck else standing.Decision.LISTED,
            why="We looked into it.",
            delivery=a_delivery(),
        )
        works = self._may_judge()
        self.play(story, works=works, reason=reason)
        if works and reason is None:
            party.struck, party.objecting = struck, set()
            self.model.count()

    @precondition(lambda self: len(self._organisations()) > 1)
    @rule(data=st.data())
    def merge(self, data: st.DataObject) -> None:
        """An organiser finds two organisations to be one."""
        model = self.model
        kept, gone = data.draw(st.permutations(self._organisations()))[:2]
        reason = None if kept.given and gone.given else Reason.NO_SUCH_SIGNATORY
        story = merging.merge(
            self.database,
            keeps=self._id(kept),
            goes=self._id(gone),
            actor=ORGANISER,
            delivery=a_delivery(),
        )
        works = self._may_judge()
        self.play(story, works=works, reason=reason)
        if works and reason is None:
            names = {id(party): name for name, party in model.parties.items()}
            model.merge(names[id(kept)], names[id(gone)])

    @rule(confirmation=st.sampled_from(list(Confirmation)), embargo=embargoes)
    def set_rules(self, confirmation: Confirmation, embargo: Embargo | None) -> None:
        """An organiser changes what may change while people sign."""
        model = self.model
        rules = replace(model.rules, confirmation=confirmation, embargo=embargo)
        works = model.phase_at(self.now) not in {Phase.DELIVERED, Phase.LATE, Phase.CANCELLED}
        past = embargo is not None and embargo.until is not None and embargo.until <= self.now
        new = embargo != model.rules.embargo
        reason = Reason.EMBARGO_NOT_AHEAD if past and new else None
        story = ruling.set_rules(self.database, letter=self.letter.id, actor=ORGANISER, rules=rules)
        self.play(story, works=works, reason=reason)
        if works and reason is None:
            if new:
                model.unveiled = False
            model.rules = rules
            model.count()

    @rule(material=st.booleans())
    def amend(self, *, material: bool) -> None:
        """An organiser changes the text, in its meaning or not."""
        model = self.model
        self.bodies += 1
        body = f"Words number {self.bodies}."
        phases = {Phase.FOUNDING, Phase.OPEN, Phase.CLOSING, Phase.CLOSED}
        works = model.phase_at(self.now) in phases
        answer_by = self.now + timedelta(days=1) if material else None
        story = amending.amend(
            self.database,
            letter=self.letter.id,
            actor=ORGANISER,
            body=body,
            kind=AmendmentKind.MATERIAL if material else AmendmentKind.COSMETIC,
            note="Why.",
            answer_by=answer_by,
        )
        self.play(story, works=works)
        if not works:
            return
        model.drop_silent(self.now)
        model.text = text_sha256(body)
        model.texts.add(model.text)
        if material:
            model.meaning += 1
            model.answer_by = answer_by

    @precondition(lambda self: self.model.held_here())
    @rule(data=st.data())
    def keep(self, data: st.DataObject) -> None:
        """A signer says that their signature stands for the amended text too."""
        _, given = self._held(data)
        model = self.model
        works = model.phase_at(self.now) not in {Phase.DELIVERED, Phase.LATE, Phase.CANCELLED}
        reason = None
        if model.silent(given, self.now):
            reason = Reason.NOT_SIGNED
        elif not model.asked(given, self.now):
            behind = given.meaning < model.meaning
            reason = Reason.ANSWER_TOO_LATE if behind else Reason.NOTHING_TO_ANSWER
        story = amending.keep(
            self.database,
            endorsement=given.id,
            actor=_actor(given),
            text=model.text,
            consent="It stands.",
            delivery=a_delivery(),
        )
        self.play(story, works=works, reason=reason)
        if works and reason is None:
            given.meaning = model.meaning

    @rule()
    def drop_silent(self) -> None:
        """The worker ends what nobody spoke up for."""
        self.run(amending.drop_silent(self.database))
        if self.model.rules.silence is Silence.DROP:
            self.model.drop_silent(self.now)

    @rule()
    def close(self) -> None:
        """An organiser closes the letter."""
        works = self.model.phase_at(self.now) in {Phase.FOUNDING, Phase.OPEN, Phase.CLOSING}
        story = organising.close(self.database, letter=self.letter.id, actor=ORGANISER)
        self.play(story, works=works)
        if works:
            self.model.phase = Phase.CLOSED

    @rule()
    def close_due(self) -> None:
        """The worker writes down what the deadlines changed."""
        closed = self.run(organising.close_due(self.database))
        phase = self.model.phase_at(self.now)
        closes = phase is Phase.CLOSED and self.model.phase is not phase
        assert (self.letter.id in closed) == closes
        self.model.phase = phase

    @rule(by=spans)
    def extend(self, by: timedelta) -> None:
        """An organiser moves the deadline."""
        works = self.model.phase_at(self.now) in {Phase.FOUNDING, Phase.OPEN, Phase.CLOSING}
        deadline = self.now + by
        late = deadline <= max(self.model.deadline, self.now)
        story = organising.extend(
            self.database, letter=self.letter.id, actor=ORGANISER, deadline=deadline
        )
        self.play(story, works=works, reason=Reason.DEADLINE_NOT_LATER if late else None)
        if works and not late:
            self.model.deadline = deadline
            if self.model.phase is not Phase.FOUNDING:
                self.model.phase = Phase.OPEN

    @rule(by=spans)
    def reopen(self, by: timedelta) -> None:
        """An organiser opens a closed letter again."""
        works = self.model.phase_at(self.now) is Phase.CLOSED
        story = organising.reopen(
            self.database, letter=self.letter.id, actor=ORGANISER, deadline=self.now + by
        )
        self.play(story, works=works, reason=None if by else Reason.DEADLINE_NOT_AHEAD)
        if works and by:
            self.model.phase, self.model.deadline = Phase.OPEN, self.now + by

    @rule()
    def deliver(self) -> None:
        """An organiser hands the letter over: the copy is the list of that moment."""
        model = self.model
        works = model.phase_at(self.now) is Phase.CLOSED
        waits = model.answer_by is not None and self.now < model.answer_by
        story = delivering.deliver(self.database, letter=self.letter.id, actor=ORGANISER)
        self.play(story, works=works, reason=Reason.STILL_TO_ANSWER if waits else None)
        if works and not waits:
            model.drop_silent(self.now)
            model.phase, model.delivered = Phase.DELIVERED, True
            self.copy = self.run(self.database.read(lambda tx: copies.find(tx, self.letter.id)))
            assert self.copy.people == model.count().people
            assert self.copy.organisations == model.count().organisations

    @rule(opens=st.booleans())
    def late_list(self, *, opens: bool) -> None:
        """An organiser lets further people sign, or ends that."""
        works = self.model.phase is (Phase.DELIVERED if opens else Phase.LATE)
        story = delivering.open_late if opens else delivering.close_late
        self.play(story(self.database, letter=self.letter.id, actor=ORGANISER), works=works)
        if works:
            self.model.phase = Phase.LATE if opens else Phase.DELIVERED

    @precondition(lambda self: len(self.answered) > 6)
    @rule(sure=st.sampled_from([False, False, False, True]))
    def cancel(self, *, sure: bool) -> None:
        """An organiser cancels the letter."""
        if not sure:
            return
        phases = {Phase.FOUNDING, Phase.OPEN, Phase.CLOSING, Phase.CLOSED}
        works = self.model.phase_at(self.now) in phases
        story = organising.cancel(
            self.database, letter=self.letter.id, actor=ORGANISER, reason="Why."
        )
        self.play(story, works=works)
        if works:
            self.model.phase = Phase.CANCELLED

    @precondition(lambda self: self.model.everything_held())
    @rule(data=st.data(), up=st.booleans())
    def pin(self, data: st.DataObject, *, up: bool) -> None:
        """An organiser pins a line, or lets it go; one that two share is refused."""
        standing_now = [one for one in self.model.parties.values() if one.given]
        party = data.draw(st.sampled_from(standing_now))
        shared = sum(one.line == party.line for one in standing_now) > 1
        phases = {Phase.FOUNDING, Phase.OPEN, Phase.CLOSING, Phase.CLOSED}
        works = self.model.phase_at(self.now) in phases
        story = pinning.pin if up else pinning.unpin
        self.play(
            story(self.database, letter=self.letter.id, actor=ORGANISER, name=party.line),
            works=works,
            reason=Reason.SEVERAL_SIGNATORIES if shared else None,
        )
        if not works or shared:
            return
        if not up:
            party.pinned = 0
        elif not party.pinned:
            ranks = [one.pinned for one in self.model.parties.values()]
            party.pinned = max(ranks) + 1

    @invariant()
    def as_the_model(self) -> None:
        """Phase, tally, list, standing and texts are the model's, and the copy never changes."""
        model = self.model

        def look(tx: Transaction) -> None:
            letter = letters.find(tx, model.number)
            assert letter is not None
            assert letter.phase is model.phase
            assert letter.tally == model.count()
            shown = [party for _, party in signatories.listed(tx, model.number)]
            assert [party.line for party in shown] == model.lines()
            everyone = signatories.everyone(tx, model.number)
            assert len({(one.kind, one.key) for one in everyone}) == len(everyone)
            for one in everyone:
                assert one.standing is model.standing_of(model.parties[one.kind, one.key])
                assert (one in shown) == (one.standing in {Standing.LISTED, Standing.MARKED})
            known = set(
                tx.connection.execute(
                    select(texts.c.sha256).where(texts.c.letter == model.number)
                ).scalars()
            )
            assert known == model.texts
            held = {given.id: given for _, given in model.everything_held()}
            for row in tx.connection.execute(
                select(endorsements).where(endorsements.c.letter == model.number)
            ):
                assert row.text_sha256 in known
                assert (row.withdrawn_at is None) == (row.id in held)
                if row.id in held:
                    assert row.text_sha256 == held[row.id].text
                    assert row.meaning == held[row.id].meaning
            assert copies.find(tx, model.number) == self.copy

        self.run(self.database.read(look))

    @invariant()
    def under_embargo(self) -> None:
        """Who does not organise sees no name and no number that an embargo hides."""
        model = self.model
        if model.phase is Phase.DRAFT:
            return
        story = reading.who_signed(
            self.database, letter=model.number, actor=MEMBER, after=None, limit=50
        )
        if model.phase_at(self.now) is Phase.CANCELLED:
            self.play(story, works=False)
            return
        page = self.run(story)
        hidden = model.hidden(self.now)
        if hidden is None:
            assert [party.line for party in page.signatories] == model.lines()
        else:
            assert page.signatories == ()
        if hidden is Hidden.ALL:
            assert page.letter.tally == Tally()
        else:
            assert page.letter.tally == replace(model.count(), waiting=0)


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
            stateful_step_count=50,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
