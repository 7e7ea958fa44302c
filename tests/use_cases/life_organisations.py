"""Organisations are contested, confirmed, decided about and merged."""

from hypothesis import strategies as st
from hypothesis.stateful import (
    precondition,
    rule,
)

from bot.features.organisations.use_cases import merge_history, merges, removals, standing
from bot.letters.endorsement import Kind
from bot.letters.people import Actor
from bot.letters.phases import Phase
from bot.letters.refusals import Reason
from bot.storage import signatories
from tests.support.letters import (
    ORGANISER,
    a_delivery,
)
from tests.use_cases.life_model import Party
from tests.use_cases.life_signatures import Signatures
from tests.use_cases.life_stage import PERMISSION, people


class Organisations(Signatures):
    """What happens to organisations."""

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
    def objection(self, data: st.DataObject, actor: Actor) -> None:
        """Somebody objects to a signature for their organisation."""
        party, person = data.draw(st.sampled_from(self._organisations())), actor.person
        phase = self.model.phase_at(self.now)
        works = phase not in {Phase.DRAFT, Phase.CANCELLED}
        works = works and self.model.may_see(person, organiser=actor is ORGANISER)
        reason = None
        if not party.given:
            reason = Reason.SIGNATURE_GONE
        elif person in {one.person for one in party.given}:
            reason = Reason.OWN_SIGNATURE
        elif person in party.objected:
            reason = Reason.ALREADY_OBJECTED
        elif sum(person in one.objecting for one in self.model.parties.values()) > 2:
            reason = Reason.MANY_OBJECTIONS
        story = standing.object_to(
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
            reason = Reason.SIGNATURE_GONE
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
            party.recorded.add(ORGANISER.person)
            self.model.count()

    @precondition(lambda self: self._organisations())
    @rule(data=st.data(), removed=st.booleans())
    def decide(self, data: st.DataObject, *, removed: bool) -> None:
        """An organiser decides about an organisation that somebody objects to."""
        party = data.draw(st.sampled_from(self._organisations()))
        reason = None
        if not party.given:
            reason = Reason.SIGNATURE_GONE
        elif not party.objecting and not party.removed:
            reason = Reason.NOT_DISPUTED
        story = standing.decide(
            self.database,
            signatory=self._id(party),
            actor=ORGANISER,
            decision=standing.Decision.REMOVED if removed else standing.Decision.LISTED,
            why="We looked into it.",
            delivery=a_delivery(),
        )
        works = self._may_judge()
        self.play(story, works=works, reason=reason)
        if works and reason is None:
            party.removed, party.objecting = removed, set()
            self.model.count()

    @precondition(lambda self: len(self._organisations()) > 1)
    @rule(data=st.data())
    def merge(self, data: st.DataObject) -> None:
        """An organiser finds two organisations to be one."""
        model = self.model
        kept, gone = data.draw(st.permutations(self._organisations()))[:2]
        reason = None if kept.given and gone.given else Reason.SIGNATURE_GONE
        story = merges.merge(
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

    @precondition(lambda self: len(self._organisations()) > 1)
    @rule(data=st.data())
    def merge_and_undo(self, data: st.DataObject) -> None:
        """An organiser merges two organisations and undoes that: everything is as it was."""
        kept, gone = data.draw(st.permutations(self._organisations()))[:2]
        phase = self.model.phase_at(self.now)
        if not (kept.given and gone.given and self._may_judge()):
            return
        self.run(
            merges.merge(
                self.database,
                keeps=self._id(kept),
                goes=self._id(gone),
                actor=ORGANISER,
                delivery=a_delivery(),
            )
        )
        if phase in {Phase.DELIVERED, Phase.LATE}:
            names = {id(party): name for name, party in self.model.parties.items()}
            self.model.merge(names[id(kept)], names[id(gone)])
        _, made = self.run(
            merge_history.merges_of(self.database, letter=self.letter.id, actor=ORGANISER)
        )
        story = merge_history.undo_merge(
            self.database, merge=made[0].merge, actor=ORGANISER, delivery=a_delivery()
        )
        self.play(story, works=phase not in {Phase.DELIVERED, Phase.LATE})

    def _entries(self) -> list[Party]:
        model = self.model
        return [one for name, one in model.parties.items() if name not in model.merged]

    @precondition(lambda self: self._entries())
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        """An organiser removes an entry, a person's or an organisation's."""
        party = data.draw(st.sampled_from(self._entries()))
        reason = None
        if party.removed:
            reason = Reason.ENTRY_REMOVED
        elif not party.given and not party.marked:
            reason = Reason.SIGNATURE_GONE
        story = removals.remove(
            self.database,
            signatory=self._id(party),
            actor=ORGANISER,
            why="Why.",
            delivery=a_delivery(),
        )
        works = self._may_judge()
        self.play(story, works=works, reason=reason)
        if works and reason is None:
            self.model.remove(party, removed=True)

    @precondition(lambda self: any(one.removed for one in self._entries()))
    @rule(data=st.data())
    def restore(self, data: st.DataObject) -> None:
        """An organiser restores an entry that was removed."""
        party = data.draw(st.sampled_from([one for one in self._entries() if one.removed]))
        story = removals.restore(
            self.database, signatory=self._id(party), actor=ORGANISER, delivery=a_delivery()
        )
        works = self._may_judge()
        self.play(story, works=works)
        if works:
            self.model.remove(party, removed=False)
