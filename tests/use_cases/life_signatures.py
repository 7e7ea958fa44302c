"""People sign, change, take back, and organisers add and correct."""

from dataclasses import replace

from hypothesis import strategies as st
from hypothesis.stateful import (
    precondition,
    rule,
)

from bot.features.amendments.use_cases import amendments
from bot.features.collected.rules import Gathered, gathered
from bot.features.corrections import use_cases as corrections
from bot.features.corrections.rules import corrected
from bot.features.withdrawals import use_cases as withdrawals
from bot.letters.endorsement import Kind, Signature
from bot.letters.people import Actor
from bot.letters.phases import Phase
from bot.letters.refusals import Reason
from bot.storage import endorsements
from tests.support.letters import (
    ORGANISER,
    PERMITTED,
    a_delivery,
    a_row,
    adds,
    changes,
    signs,
)
from tests.use_cases.life_model import Given
from tests.use_cases.life_stage import NAMES, ORGANISATIONS, Stage, actor_of, one_signature


class Signatures(Stage):
    """What happens to signatures."""

    @rule(one=one_signature)
    def sign(self, one: tuple[Actor, str, bool]) -> None:
        """Somebody signs, as themselves or for an organisation."""
        actor, name, confirms = one
        signature, model = self._signature(actor, name), self.model
        model.drop_silent(self.now)
        may = model.may_sign(actor.person, self.now, organiser=actor is ORGANISER)
        reason = model.cannot_stand(signature, actor.person, confirms=confirms, now=self.now)
        delivery = a_delivery()
        story = signs(
            self.database, actor, self.letter, signature, delivery=delivery, confirms=confirms
        )
        signed = self.play(story, works=may, reason=reason)
        # The click ends only what it is about.
        self.run(amendments.drop_silent(self.database))
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
        story = withdrawals.withdraw(
            self.database, endorsement=given.id, actor=actor_of(given), delivery=a_delivery()
        )
        self.play(story, works=True, reason=Reason.NOT_SIGNED if gone else None)
        if not gone:
            self.model.end(key, given)

    @precondition(lambda self: self.model.held_here())
    @rule(
        data=st.data(),
        name=st.sampled_from(["", *ORGANISATIONS]),
        more=st.sampled_from(["", "a Fund"]),
        signer=st.sampled_from(NAMES),
        confirms=st.booleans(),
    )
    def change(
        self, data: st.DataObject, name: str, more: str, signer: str, *, confirms: bool
    ) -> None:
        """Somebody corrects what they signed, or signs as another party instead."""
        key, given = self._held(data)
        model, actor = self.model, actor_of(given)
        signature = self._signature(actor, name, more, signer=signer)
        new_key = model.meant(signature)
        same = new_key == key
        works = model.phase_at(self.now) is not Phase.CANCELLED
        reason = model.cannot_stand(
            signature, actor.person, confirms=confirms or same, besides=given, now=self.now
        )
        if same and reason is Reason.ENTRY_REMOVED:
            reason = None
        if model.silent(given, self.now):
            reason = Reason.NOT_SIGNED
        elif not same and not model.may_sign(actor.person, self.now, organiser=actor is ORGANISER):
            works = False
        story = changes(
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
            model.meets_double(given)
            return
        model.end(key, given)
        model.drop_silent(self.now)
        self.run(amendments.drop_silent(self.database))
        self._gave(changed.endorsement, actor, signature)

    @rule(
        name=st.sampled_from(["", *ORGANISATIONS]),
        signer=st.sampled_from(["", *NAMES]),
        permitted=st.booleans(),
    )
    def add(self, name: str, signer: str, *, permitted: bool) -> None:
        """An organiser adds a signature that was given elsewhere."""
        model = self.model
        said = PERMITTED if permitted else {}
        row = a_row(organisation=name, name=signer, **said) if name else a_row(**said)
        now_called = replace(self.letter, text_sha256=model.text)
        made = gathered(row, now_called, note="", consent="", today=self.now.date())
        assert isinstance(made, Gathered)
        phases = {Phase.FOUNDING, Phase.OPEN, Phase.CLOSING, Phase.CLOSED, Phase.LATE}
        works = model.phase_at(self.now) in phases
        reason = model.cannot_be_added(made.signature, ORGANISER.person)
        added = self.play(adds(self.database, now_called, row), works=works, reason=reason)
        if added is None:
            return
        given = Given(
            id=added.endorsement,
            person=None,
            signature=made.signature,
            text=model.text,
            meaning=model.meaning,
            added_by=ORGANISER.person,
        )
        model.give(given, self.now)
        if permitted:
            model.parties[model.meant(made.signature)].recorded.add(ORGANISER.person)
            model.count()

    @precondition(lambda self: self.model.everything_held())
    @rule(data=st.data(), more=st.sampled_from(["", "a Fund", "a Trust"]), asks=st.booleans())
    def correct(self, data: st.DataObject, more: str, *, asks: bool) -> None:
        """An organiser corrects a line, or asks its signer."""
        model, held = self.model, self.model.everything_held()
        key, given = held[data.draw(st.integers(0, len(held) - 1))]
        facts = replace(given.signature.facts, via=more, affiliation=more)
        fits = facts if key[0] is Kind.ORGANISATION else replace(facts, via="")
        endorsement = self.run(self.database.read(lambda tx: endorsements.find(tx, given.id)))
        signature = corrected(endorsement, fits, "", "en")
        phase = model.phase_at(self.now)
        works = phase not in {Phase.DRAFT, Phase.CANCELLED}
        reason = None if isinstance(signature, Signature) else Reason.SAME_LINE
        story = corrections.correct(
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
        story = corrections.answer(
            self.database,
            correction=correction.id,
            actor=actor_of(given),
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
