"""People sign, change, withdraw, and organisers add and correct."""

from copy import deepcopy
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
from bot.letters.endorsement import Kind, Signature, State
from bot.letters.people import Actor
from bot.letters.phases import Phase
from bot.letters.refusals import Reason
from bot.letters.rules import Confirmation
from bot.storage import endorsements
from tests.support.letters import (
    ORGANISER,
    PERMITTED,
    a_row,
    a_trigger,
    adds,
    changes,
    signs,
)
from tests.use_cases.life_parties import Given, Party, Proof, removed_people
from tests.use_cases.life_stage import (
    COUNTRIES,
    NAMES,
    PEOPLE,
    Stage,
    actor_of,
    named,
    one_signature,
)


class Signatures(Stage):
    """The events of signatures."""

    @rule(one=one_signature)
    def sign(self, one: tuple[Actor, tuple[str, str], bool]) -> None:
        """Somebody signs, as themselves or for an organisation."""
        actor, named, confirms = one
        name = NAMES[PEOPLE.index(actor) % 2]
        signature, model = self._signature(actor, named, signer=name), self.model
        model.drop_own(signature, actor.person, self.now)
        may = model.may_sign(actor.person, self.now, organiser=actor is ORGANISER)
        reason = model.cannot_stand(signature, actor.person, confirms=confirms)
        trigger = a_trigger()
        story = signs(
            self.database, actor, self.letter, signature, trigger=trigger, confirms=confirms
        )
        signed = self.play(story, works=may, reason=reason)
        if signed is not None:
            self._gave(signed.endorsement, actor, signature)
            self.answered.append((actor, signature, trigger, signed))
        # The click ends only what it is about.
        self.drop_silent()

    def _gave(self, number: str, actor: Actor | None, signature: Signature) -> Party:
        one = self.run(self.database.read(lambda tx: endorsements.find(tx, number)))
        given = Given(
            id=number,
            person=actor and actor.person,
            signature=signature,
            text=signature.text_sha256,
            meaning=self.model.meaning,
            added_by=None if actor else ORGANISER.person,
        )
        return self.model.give(given, one.signatory, self.now)

    @rule()
    def drop_silent(self) -> None:
        """The worker ends what nobody spoke up for."""
        self.run(amendments.drop_silent(self.database))
        self.model.drop_silent(self.now)

    @precondition(lambda self: self.answered)
    @rule(data=st.data())
    def replay(self, data: st.DataObject) -> None:
        """An old Sign is delivered again: the old answer, and no effect but that of time."""
        actor, signature, trigger, answer = data.draw(st.sampled_from(self.answered))
        self.model.drop_own(signature, actor.person, self.now)
        story = signs(self.database, actor, self.letter, signature, trigger=trigger)
        assert self.run(story) == answer

    def _held(self, data: st.DataObject) -> Given:
        """One of the endorsements that somebody holds here."""
        held = self.model.held_here()
        return held[data.draw(st.integers(0, len(held) - 1))][1]

    @precondition(lambda self: self.model.held_here())
    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        """Somebody withdraws what they signed."""
        self._withdraw(self._held(data))

    def _withdraw(self, given: Given) -> None:
        model, number = self.model, given.id
        gone, handed_over = model.silent(given, self.now), model.is_in_copy(given, self.now)
        story = withdrawals.withdraw(
            self.database, endorsement=given.id, actor=actor_of(given), trigger=a_trigger()
        )
        self.play(story, works=True, reason=Reason.NOT_SIGNED if gone else None)
        if not gone:
            model.end(given)
            one = self.run(self.database.read(lambda tx: endorsements.find(tx, number)))
            assert (one.ended is State.WITHDRAWN_AFTER_DELIVERY) == handed_over

    @precondition(lambda self: self.model.held_here())
    @rule(
        data=st.data(),
        named=named,
        more=st.sampled_from(["", "a Fund"]),
        signer=st.sampled_from(NAMES),
        confirms=st.booleans(),
    )
    def change(
        self,
        data: st.DataObject,
        named: tuple[str, str],
        more: str,
        signer: str,
        *,
        confirms: bool,
    ) -> None:
        """Somebody corrects what they signed, or signs as another party instead."""
        given = self._held(data)
        model, actor = self.model, actor_of(given)
        signature = self._signature(actor, named, more, signer=signer)
        works = model.phase_at(self.now) is not Phase.CANCELLED
        same = model.same_party(given, signature)
        reason = self._cannot_change(given, signature, actor, same=same)
        may = same or model.may_sign(actor.person, self.now, organiser=actor is ORGANISER)
        if reason is None and not may:
            works = False
        elif reason is None and not same:
            reason = self._cannot_move(given, signature, actor, confirms=confirms)
        story = changes(
            self.database,
            endorsement=given.id,
            actor=actor,
            signature=signature,
            trigger=a_trigger(),
            confirms=confirms,
            knows_late=True,
        )
        changed = self.play(story, works=works, reason=reason)
        if changed is None:
            return
        assert (changed.endorsement == given.id) == same
        if same:
            party, given.signature = model.party_of(given), signature
            spoke, listed = party.speaker, party.entry
            model.meets_double(party, given)
            others = {one.id for one in party.given} - {given.id}
            if model.rules.confirmation is Confirmation.SECOND and others:
                if party.kind is Kind.ORGANISATION:
                    party.agree(given, signature.entry, spoke, listed)
            elif spoke not in others and signature.entry != listed:
                party.proofs = []
                party.waits |= given.person in removed_people(model.parties)
            model.says(given, signature)
            model.count()
            return
        model.end(given)
        model.drop_own(signature, actor.person, self.now)
        self._gave(changed.endorsement, actor, signature)
        self.drop_silent()

    def _cannot_change(
        self, given: Given, new: Signature, actor: Actor, *, same: bool
    ) -> Reason | None:
        """Return why a signature cannot be this one, of its party or of another."""
        model, person = self.model, actor.person
        closed = model.phase_at(self.now) not in {Phase.FOUNDING, Phase.OPEN, Phase.CLOSING}
        if model.silent(given, self.now):
            return Reason.NOT_SIGNED
        if model.party_of(given).removed:
            return Reason.ENTRY_REMOVED
        if model.is_held(new, person, besides=given):
            return Reason.ALREADY_SIGNED
        if model.has_most(new, person, besides=given):
            return Reason.MANY_ORGANISATIONS
        if same and closed and new.entry != given.signature.entry:
            return Reason.STAYS_WHOSE_IT_IS
        return None

    def _cannot_move(
        self, given: Given, signature: Signature, actor: Actor, *, confirms: bool
    ) -> Reason | None:
        """Return why a signature cannot become another party's, once the first party has lost it."""
        number = self.model.everything_held().index((self.model.party_of(given), given))
        then = deepcopy(self.model)
        then.end(then.everything_held()[number][1])
        then.drop_own(signature, actor.person, self.now)
        return then.cannot_stand(signature, actor.person, confirms=confirms)

    @rule(named=named, signer=st.sampled_from(["", *NAMES]), permitted=st.booleans())
    def add(self, named: tuple[str, str], signer: str, *, permitted: bool) -> None:
        """An organiser adds a signature that was given elsewhere."""
        model, (name, country) = self.model, named
        # Who withdrew may have been asked again, on paper too.
        said = {"agreed_again": "yes", **(PERMITTED if permitted else {})}
        row = a_row(**said)
        if name:
            row = a_row(organisation=name, country=country, name=signer, **said)
        now_called = replace(self.letter, text_sha256=model.text)
        made = gathered(row, now_called, note="", consent="", today=self.now.date())
        assert isinstance(made, Gathered)
        phases = {Phase.FOUNDING, Phase.OPEN, Phase.CLOSING, Phase.CLOSED, Phase.LATE}
        works = model.phase_at(self.now) in phases
        reason = model.cannot_be_added(made.signature, ORGANISER.person)
        added = self.play(adds(self.database, now_called, row), works=works, reason=reason)
        if added is None:
            return
        party = self._gave(added.endorsement, None, made.signature)
        if permitted:
            party.proofs.append(Proof(ORGANISER.person))
            model.count()

    @precondition(lambda self: self.model.everything_held())
    @rule(
        data=st.data(),
        more=st.sampled_from(["", "a Fund", "a Trust"]),
        country=st.sampled_from(COUNTRIES),
        asks=st.booleans(),
    )
    def correct(self, data: st.DataObject, more: str, country: str, *, asks: bool) -> None:
        """An organiser corrects an entry, or asks its signer."""
        model, held = self.model, self.model.everything_held()
        _, given = held[data.draw(st.integers(0, len(held) - 1))]
        facts = replace(given.signature.facts, via=more, country=country)
        fits = (
            facts
            if given.kind is Kind.ORGANISATION
            else replace(given.signature.facts, affiliation=more)
        )
        endorsement = self.run(self.database.read(lambda tx: endorsements.find(tx, given.id)))
        signature = corrected(endorsement, fits, "", "en")
        phase = model.phase_at(self.now)
        works = phase not in {Phase.DRAFT, Phase.CANCELLED}
        if not isinstance(signature, Signature):
            reason = signature[0].reason
        else:
            another = not model.same_party(given, signature)
            reason = Reason.ANOTHER_ORGANISATION if another else None
        story = corrections.correct(
            self.database,
            endorsement=given.id,
            actor=ORGANISER,
            facts=fits,
            asks=asks,
            trigger=a_trigger(),
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
        """A signer says yes or no to the entry that an organiser proposes."""
        model, which = self.model, data.draw(st.integers(0, len(self.open_corrections) - 1))
        correction, given, signature = self.open_corrections[which]
        held = any(one is given for _, one in model.everything_held())
        reason = None
        if not held or model.silent(given, self.now):
            reason = Reason.NOT_SIGNED
        elif model.party_of(given).removed:
            reason = Reason.ENTRY_REMOVED
        elif given.signature.entry != correction.old:
            reason = Reason.CORRECTION_OVER
        elif yes and not model.same_party(given, signature):
            reason = Reason.ANOTHER_ORGANISATION
        story = corrections.answer(
            self.database,
            correction=correction.id,
            actor=actor_of(given),
            yes=yes,
            trigger=a_trigger(),
        )
        works = not held or model.phase_at(self.now) is not Phase.CANCELLED
        answered = self.play(story, works=works, reason=reason)
        if answered is None:
            return
        del self.open_corrections[which]
        if yes:
            model.says(given, signature)
