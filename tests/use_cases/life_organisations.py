"""Organisations are contested, confirmed, decided about and merged."""

from datetime import timedelta
from itertools import combinations

from hypothesis import strategies as st
from hypothesis.stateful import (
    precondition,
    rule,
)

from bot.features.invitations import rows as invitation_rows
from bot.features.organisations.use_cases import (
    likely_pairs,
    merge_history,
    merges,
    removals,
    standing,
)
from bot.features.privacy.use_cases import history
from bot.letters.endorsement import Kind
from bot.letters.people import Actor, Person
from bot.letters.phases import Phase
from bot.letters.refusals import Reason
from bot.names.organisation_keys import organisation_key
from bot.storage import endorsements
from tests.support.letters import (
    ORGANISER,
    a_trigger,
)
from tests.use_cases import life_merging as merging
from tests.use_cases import life_removals as removing
from tests.use_cases.life_parties import Given, Objection, Party, Proof
from tests.use_cases.life_signatures import Signatures
from tests.use_cases.life_stage import PERMISSION, people


class Organisations(Signatures):
    """The events of organisations."""

    def _organisations(self) -> list[Party]:
        return self.model.present(Kind.ORGANISATION)

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
        elif person in party.objected - party.objecting:
            reason = Reason.ALREADY_OBJECTED
        elif (
            person not in party.objecting
            and sum(person in one.objecting for one in self.model.parties) > 2
        ):
            reason = Reason.MANY_OBJECTIONS
        story = standing.object_to(
            self.database,
            signatory=party.id,
            actor=actor,
            name="An Objector",
            role="Chair",
            reason="Nobody asked us.",
            trigger=a_trigger(),
        )
        self.play(story, works=works, reason=reason)
        if works and reason is None and person not in party.objecting:
            party.objections.append(Objection(person, self._is_contact(party, person)))

    def _is_contact(self, party: Party, person: Person) -> bool:
        asked = self.run(
            self.database.read(lambda tx: invitation_rows.put_to(tx, self.letter.id, person))
        )
        names = {name for name, _ in party.names}
        return any(organisation_key(one.organisation) in names for one in asked if one.organisation)

    def _may_judge(self) -> bool:
        return self.model.phase_at(self.now) not in {Phase.DRAFT, Phase.CANCELLED}

    @precondition(lambda self: self._organisations())
    @rule(data=st.data())
    def confirm(self, data: st.DataObject) -> None:
        """An organiser records how they know that an organisation signed."""
        self._confirm(data.draw(st.sampled_from(self._organisations())))

    def _confirm(self, party: Party) -> None:
        reason = None
        if not party.given:
            reason = Reason.SIGNATURE_GONE
        elif ORGANISER.person in {one.person for one in party.given}:
            reason = Reason.OWN_SIGNATURE
        elif party.confirmed:
            reason = Reason.ALREADY_CONFIRMED
        story = standing.confirm(
            self.database,
            signatory=party.id,
            actor=ORGANISER,
            permission=PERMISSION,
            trigger=a_trigger(),
        )
        works = self._may_judge()
        self.play(story, works=works, reason=reason)
        if works and reason is None:
            party.proofs.append(Proof(ORGANISER.person))
            party.waits = False
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
            signatory=party.id,
            actor=ORGANISER,
            decision=standing.Decision.REMOVED if removed else standing.Decision.LISTED,
            why="We looked into it.",
            trigger=a_trigger(),
        )
        works = self._may_judge()
        self.play(story, works=works, reason=reason)
        if works and reason is None:
            self.model.remove(party, removed=removed)

    @precondition(lambda self: len(self.model.backed()) > 1)
    @rule(data=st.data())
    def merge(self, data: st.DataObject) -> None:
        """An organiser finds two entries to be one: organisations, or a person and their paper."""
        kind = data.draw(st.sampled_from(sorted({one.kind for one in self._entries()})))
        there = self.model.present(kind)
        if len(there) < 2:
            return
        kept, *gone = data.draw(st.permutations(there))
        self._merge(kept, *gone[: data.draw(st.sampled_from([1, 1, 2, 3]))])

    @precondition(lambda self: len(self.model.backed()) > 1)
    @rule(data=st.data())
    def all_different(self, data: st.DataObject) -> None:
        """An organiser finds that names which look alike are of different people or organisations."""
        kind = data.draw(st.sampled_from(sorted({one.kind for one in self._entries()})))
        there = data.draw(st.permutations(self.model.present(kind)))
        apart = there[: data.draw(st.integers(2, 4))]
        if len(apart) < 2:
            return
        story = merges.different(
            self.database,
            parties=tuple(one.id for one in apart),
            actor=ORGANISER,
            trigger=a_trigger(),
        )
        works = self._may_judge()
        reason = None if all(one.given for one in apart) else Reason.SIGNATURE_GONE
        self.play(story, works=works, reason=reason)
        if works and reason is None:
            both = {frozenset(pair) for pair in combinations([one.id for one in apart], 2)}
            self.apart |= both
            self.run(likely_pairs.compare(self.database))
            known = self.run(
                self.database.read(lambda tx: likely_pairs.known_pairs(tx, self.letter.id))
            )
            assert both.isdisjoint(map(frozenset, known))

    @precondition(lambda self: all(self._here_and_on_paper()))
    @rule(data=st.data())
    def merge_paper(self, data: st.DataObject) -> None:
        """An organiser finds that somebody signed here and on paper, as lists are brought again."""
        here, on_paper = self._here_and_on_paper()
        self._merge(data.draw(st.sampled_from(here)), data.draw(st.sampled_from(on_paper)))

    def _here_and_on_paper(self) -> tuple[list[Party], list[Party]]:
        """People by whether they signed themselves."""
        there = [one for one in self.model.present(Kind.PERSON) if one.given]
        here = [one for one in there if any(given.person for given in one.given)]
        return here, [one for one in there if one not in here]

    def _merge(self, kept: Party, *gone: Party) -> None:
        reason = None if all(one.given for one in (kept, *gone)) else Reason.SIGNATURE_GONE
        a_person = kept.kind is Kind.PERSON
        if reason is None and a_person and any(one.person for each in gone for one in each.given):
            reason = Reason.SIGNED_HERE
        story = merges.merge(
            self.database,
            keeps=kept.id,
            goes=tuple(one.id for one in gone),
            actor=ORGANISER,
            trigger=a_trigger(),
        )
        works = self._may_judge()
        self.play(story, works=works, reason=reason)
        if works and reason is None:
            done = [merging.merge(self.model, kept, one, self.now) for one in gone]
            into = dict.fromkeys((one.id for one in gone), kept.id)
            moved = {frozenset(into.get(one, one) for one in pair) for pair in self.apart}
            self.apart = {pair for pair in moved if len(pair) > 1}
            there = self.run(self.database.read(lambda tx: endorsements.of_party(tx, kept.id)))
            assert {one.id for one in there} == {one.id for one in kept.given}
            listed = merge_history.merges_of(self.database, letter=self.letter.id, actor=ORGANISER)
            newest = self.run(listed)[1][: len(done)]
            self.merges += zip([one.merge for one in reversed(newest)], done, strict=True)

    @precondition(lambda self: self.merges)
    @rule(data=st.data())
    def undo_merge(self, data: st.DataObject) -> None:
        """An organiser undoes a merge, whatever has happened since."""
        self._undo(data.draw(st.integers(0, len(self.merges) - 1)))

    def _undo(self, number: int) -> None:
        which, done = self.merges[number]
        reason = merging.cannot_undo(self.model, [one for _, one in self.merges], done)
        story = merge_history.undo_merge(
            self.database, merge=which, actor=ORGANISER, trigger=a_trigger()
        )
        works = self._may_judge()
        self.play(story, works=works, reason=reason)
        if works and reason is None:
            merging.undo(self.model, done)
            del self.merges[number]
            # Which of the two each difference was about, only the database remembers.
            both = {done.kept.id, done.gone.id}
            self.apart = {pair for pair in self.apart if pair.isdisjoint(both)}

    def _entries(self) -> list[Party]:
        return self.model.present()

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
        # Nobody leaves in the very instant of the removal.
        self.clock.advance(timedelta(seconds=1))
        story = removals.remove(
            self.database,
            signatory=party.id,
            actor=ORGANISER,
            why="Why.",
            trigger=a_trigger(),
        )
        works = self._may_judge()
        self.play(story, works=works, reason=reason)
        if works and reason is None:
            self.model.remove(party, removed=True)

    @precondition(lambda self: self.model.everything_held())
    @rule(data=st.data(), everything=st.booleans())
    def remove_given(self, data: st.DataObject, *, everything: bool) -> None:
        """An organiser removes a signature, or everything that its signer signed."""
        held = self.model.everything_held()
        _, given = held[data.draw(st.integers(0, len(held) - 1))]
        self._remove_given(given, everything=everything)

    def _remove_given(self, given: Given, *, everything: bool) -> None:
        model = self.model
        theirs = [one for _, one in model.held(given.person)] if given.person else [given]
        ended = [one for one in theirs if not model.silent(one, self.now)]
        ended = ended if everything else [given]
        reason = None
        if model.silent(given, self.now):
            reason = Reason.SIGNATURE_GONE
        elif all(model.party_of(one).removed for one in ended):
            reason = Reason.ENTRY_REMOVED
        # Nobody leaves in the very instant of the removal.
        self.clock.advance(timedelta(seconds=1))
        story = removals.remove(
            self.database,
            endorsement=given.id,
            actor=ORGANISER,
            why="Why.",
            everything=everything,
            trigger=a_trigger(),
        )
        works = self._may_judge()
        count = self.play(story, works=works, reason=reason)
        if works and reason is None:
            gone = removing.remove(model, sorted(ended, key=lambda one: one.id))
            assert count == len(gone)
            if any(model.party_of(one).given for one in gone if one.removed):
                self.carried_out["one of several signatures removed"] += 1
            if everything or model.party_of(given).given:
                self._note_removal(gone)

    def _note_removal(self, gone: list[Given]) -> None:
        listed = history.newest(self.database, letter=self.letter.id, actor=ORGANISER)
        newest = self.run(listed)[0].entry
        if set(newest.facts.get("removed", ())) == {one.id for one in gone}:
            self.removals.append((newest.id, gone))

    @precondition(lambda self: self.removals)
    @rule(data=st.data())
    def restore_given(self, data: st.DataObject) -> None:
        """An organiser undoes a removal of signatures, whatever has happened since."""
        which, gone = data.draw(st.sampled_from(self.removals))
        back = removing.coming_back(self.model, gone)
        reason = None if back else Reason.NOTHING_TO_UNDO
        story = removals.restore(self.database, removal=which, actor=ORGANISER, trigger=a_trigger())
        works = self._may_judge()
        self.play(story, works=works, reason=reason)
        if works and reason is None:
            self.carried_out["removal of signatures undone"] += 1
            for one in back:
                removing.restore(self.model, one)

    @precondition(lambda self: any(one.removed for one in self._entries()))
    @rule(data=st.data())
    def restore(self, data: st.DataObject) -> None:
        """An organiser restores an entry that was removed."""
        party = data.draw(st.sampled_from([one for one in self._entries() if one.removed]))
        story = removals.restore(
            self.database, signatory=party.id, actor=ORGANISER, trigger=a_trigger()
        )
        works = self._may_judge()
        self.play(story, works=works)
        if works:
            self.model.remove(party, removed=False)
