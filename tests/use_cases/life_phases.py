"""Rules are set, the text is amended, and the letter goes on to its end."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import (
    precondition,
    rule,
)

from bot.features.amendments.use_cases import amendments
from bot.features.delivery import rows as copy_rows
from bot.features.delivery.use_cases import handover
from bot.features.letter_rules import use_cases as letter_rules
from bot.features.lifecycle import use_cases as lifecycle
from bot.letters.amendment import AmendmentKind
from bot.letters.phases import Phase
from bot.letters.refusals import Reason
from bot.letters.rules import Confirmation, Embargo
from bot.letters.text import LetterText
from bot.use_cases import pinning
from tests.support.amending import amends
from tests.support.letters import (
    ORGANISER,
    a_trigger,
)
from tests.support.scenes.telling import tell_of_the_sooner_end
from tests.use_cases.life_organisations import Organisations
from tests.use_cases.life_stage import actor_of, embargoes, spans


class Phases(Organisations):
    """The events of the letter."""

    @rule(confirmation=st.sampled_from(list(Confirmation)), embargo=embargoes)
    def set_rules(self, confirmation: Confirmation, embargo: Embargo | None) -> None:
        """An organiser changes what may change while people sign."""
        model = self.model
        rules = replace(model.rules, confirmation=confirmation, embargo=embargo)
        works = model.phase_at(self.now) not in {Phase.DELIVERED, Phase.LATE, Phase.CANCELLED}
        past = embargo is not None and embargo.until is not None and embargo.until <= self.now
        new = embargo != model.rules.embargo
        reason = Reason.EMBARGO_NOT_AHEAD if past and new else None
        if reason is None and model.shows_sooner(embargo, self.now):
            reason = Reason.EMBARGO_NEEDS_NOTICE
        story = letter_rules.set_rules(
            self.database, letter=self.letter.id, actor=ORGANISER, rules=rules
        )
        self.play(story, works=works, reason=reason)
        if works and reason is None:
            self.run(tell_of_the_sooner_end(self.database))
            never = datetime.max.replace(tzinfo=UTC)
            before = model.rules.embargo if model.hidden(self.now) else None
            if before and embargo and (embargo.until or never) < (before.until or never):
                self.carried_out["embargo ends sooner, with notice"] += 1
            if new:
                model.unveiled = False
            model.rules = rules
            model.count()

    @rule()
    def unveil(self) -> None:
        """An organiser shows the list: at once, or in a day if somebody signed."""
        model = self.model
        in_a_day = self.now + timedelta(days=1)
        hidden = model.hidden(self.now)
        works = model.phase_at(self.now) is not Phase.CANCELLED
        story = letter_rules.unveil(self.database, letter=self.letter.id, actor=ORGANISER)
        self.play(story, works=works, reason=None if hidden else Reason.NO_EMBARGO)
        embargo = model.rules.embargo
        if not works or not hidden or embargo is None:
            return
        if not model.held_here():
            model.unveiled = True
        else:
            self.carried_out["embargo ends sooner, with notice"] += 1
            self.run(tell_of_the_sooner_end(self.database))
            until = min(embargo.until or in_a_day, in_a_day)
            model.rules = replace(model.rules, embargo=replace(embargo, until=until))

    @rule(material=st.booleans(), back=st.sampled_from([0, 0, 1, 2]), part=st.integers(0, 2))
    def amend(self, *, material: bool, back: int, part: int) -> None:
        """An organiser changes title, sender or text, in its meaning or not, perhaps back."""
        model = self.model
        now = next(one for one in self.wordings if one.sha256 == model.text)
        before = [one for one in self.wordings if one.sha256 in model.texts and one != now]
        new = f"Words number {len(self.wordings)}."
        parts = [now.title, now.sender, now.body]
        parts[part] = new
        text = before[-back] if back and len(before) >= back else LetterText.of(*parts)
        if text not in self.wordings:
            self.wordings.append(text)
        # Nobody keeps in the very instant of the next change.
        self.clock.advance(timedelta(seconds=1))
        phases = {Phase.FOUNDING, Phase.OPEN, Phase.CLOSING, Phase.CLOSED}
        works = model.phase_at(self.now) in phases
        answer_by = self.now + timedelta(days=1) if material else None
        story = amends(
            self.database,
            letter=self.letter.id,
            actor=ORGANISER,
            title=text.title,
            sender=text.sender,
            body=text.body,
            kind=AmendmentKind.MATERIAL if material else AmendmentKind.COSMETIC,
            note="Why.",
            answer_by=answer_by,
        )
        self.play(story, works=works)
        if not works:
            return
        model.drop_silent(self.now)
        if (text.title, text.sender) != (now.title, now.sender):
            self.carried_out["title or sender changed"] += 1
        model.amend(text.sha256, material=material)
        if material:
            model.answer_by = answer_by

    @precondition(lambda self: self.model.held_here())
    @rule(data=st.data())
    def keep(self, data: st.DataObject) -> None:
        """A signer keeps their signature for the amended text too."""
        given = self._held(data)
        model = self.model
        works = model.phase_at(self.now) not in {Phase.DELIVERED, Phase.LATE, Phase.CANCELLED}
        reason = None
        if model.silent(given, self.now):
            reason = Reason.NOT_SIGNED
        elif not model.asked(given, self.now):
            behind = given.meaning < model.meaning
            reason = Reason.ANSWER_TOO_LATE if behind else Reason.NOTHING_TO_ANSWER
        story = amendments.keep(
            self.database,
            endorsement=given.id,
            actor=actor_of(given),
            text=model.text,
            consent="The signature stays. The signers and the person who",
            trigger=a_trigger(),
        )
        self.play(story, works=works, reason=reason)
        if works and reason is None:
            given.meaning = model.meaning
            given.answers += 1

    @rule()
    def close(self) -> None:
        """An organiser closes the letter."""
        works = self.model.phase_at(self.now) in {Phase.FOUNDING, Phase.OPEN, Phase.CLOSING}
        story = lifecycle.close(self.database, letter=self.letter.id, actor=ORGANISER)
        self.play(story, works=works)
        if works:
            self.model.phase = Phase.CLOSED

    @rule()
    def close_due(self) -> None:
        """The worker writes down what the deadlines changed."""
        closed = self.run(lifecycle.close_due(self.database))
        phase = self.model.phase_at(self.now)
        closes = phase is Phase.CLOSED and self.model.phase is not phase
        assert (self.letter.id in closed) == closes
        self.model.phase = phase

    @rule(by=spans)
    def extend(self, by: timedelta) -> None:
        """An organiser moves the deadline."""
        works = self.model.phase_at(self.now) in {Phase.FOUNDING, Phase.OPEN, Phase.CLOSING}
        deadline = self.now + by
        late = deadline <= self.now
        soon = self.now < deadline < min(self.model.deadline, self.now + timedelta(days=1))
        reason = Reason.DEADLINE_NOT_AHEAD if late else None
        story = lifecycle.extend(
            self.database, letter=self.letter.id, actor=ORGANISER, deadline=deadline
        )
        self.play(story, works=works, reason=Reason.DEADLINE_TOO_SOON if soon else reason)
        if works and not late and not soon:
            self.model.deadline = deadline
            if self.model.phase is not Phase.FOUNDING:
                self.model.phase = Phase.OPEN

    @rule(by=spans)
    def reopen(self, by: timedelta) -> None:
        """An organiser opens a closed letter again."""
        works = self.model.phase_at(self.now) is Phase.CLOSED
        story = lifecycle.reopen(
            self.database, letter=self.letter.id, actor=ORGANISER, deadline=self.now + by
        )
        self.play(story, works=works, reason=None if by else Reason.DEADLINE_NOT_AHEAD)
        if works and by:
            phase = Phase.OPEN if self.model.posted else Phase.FOUNDING
            self.model.phase, self.model.deadline = phase, self.now + by

    @rule()
    def deliver(self) -> None:
        """An organiser delivers the letter: the copy is the list of that moment."""
        model = self.model
        works = model.phase_at(self.now) is Phase.CLOSED
        waits = model.answer_by is not None and self.now < model.answer_by and model.is_asked()
        story = handover.deliver(self.database, letter=self.letter.id, actor=ORGANISER)
        self.play(story, works=works, reason=Reason.STILL_TO_ANSWER if waits else None)
        if works and not waits:
            model.drop_silent(self.now)
            model.deliver()
            model.answer_by = model.answer_by and min(model.answer_by, self.now)
            self.copy = self.run(self.database.read(lambda tx: copy_rows.find(tx, self.letter.id)))
            assert self.copy.people == model.count().people
            assert self.copy.organisations == model.count().organisations
            # Nobody withdraws and signs again in the very instant of the delivery.
            self.clock.advance(timedelta(seconds=1))

    @rule(opens=st.booleans())
    def late_list(self, *, opens: bool) -> None:
        """An organiser lets further people sign, or ends that."""
        works = self.model.phase is (Phase.DELIVERED if opens else Phase.LATE)
        story = handover.open_late if opens else handover.close_late
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
        story = lifecycle.cancel(
            self.database, letter=self.letter.id, actor=ORGANISER, reason="Why."
        )
        self.play(story, works=works)
        if works:
            self.model.phase = Phase.CANCELLED

    @precondition(lambda self: self.model.everything_held())
    @rule(data=st.data(), up=st.booleans())
    def pin(self, data: st.DataObject, *, up: bool) -> None:
        """An organiser pins or unpins an entry; one that two share is refused."""
        standing_now = self.model.backed()
        party = data.draw(st.sampled_from(standing_now))
        shared = sum(one.entry == party.entry for one in standing_now) > 1
        phases = {Phase.FOUNDING, Phase.OPEN, Phase.CLOSING, Phase.CLOSED}
        works = self.model.phase_at(self.now) in phases
        self.play(
            pinning.pin(
                self.database, letter=self.letter.id, actor=ORGANISER, name=party.entry, up=up
            ),
            works=works,
            reason=Reason.SEVERAL_SIGNATORIES if shared else None,
        )
        if not works or shared:
            return
        if not up:
            party.pinned = 0
        elif not party.pinned:
            ranks = [one.pinned for one in self.model.parties]
            party.pinned = max(ranks) + 1
