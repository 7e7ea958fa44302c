"""Several steps in a row, as they went where a defect was found, amid whatever else happens."""

from datetime import timedelta
from functools import partial
from itertools import permutations

from hypothesis import strategies as st
from hypothesis.stateful import rule

from bot.letters.endorsement import Kind
from bot.letters.people import Actor
from bot.letters.rules import Confirmation, Embargo, Hidden
from tests.support.clock import START
from tests.support.letters import MEMBER, ORGANISER, OUTSIDER
from tests.use_cases.life_parties import Party
from tests.use_cases.life_phases import Phases
from tests.use_cases.life_stage import NAMES, ORGANISATIONS, people

_ON_PAPER = ("", "")


class Stories(Phases):
    """Acts of people, one after the other."""

    def _held_by(self, who: Actor, kind: Kind) -> list[Party]:
        return [party for party, _ in self.model.held(who.person) if party.kind is kind]

    def signed_and_on_paper(self, who: Actor, *, withdraws: bool) -> None:
        """Somebody's paper signature is merged into their own and brought again, and they sign again."""
        self.sign((who, _ON_PAPER, False))
        self.add(_ON_PAPER, "", permitted=False)
        own, (_, on_paper) = self._held_by(who, Kind.PERSON), self._here_and_on_paper()
        if not own or not on_paper:
            return
        self._merge(own[0], on_paper[0])
        if withdraws:
            self._withdraw(next(one for one in own[0].given if one.person == who.person))
        self.add(_ON_PAPER, "", permitted=False)
        self.sign((who, _ON_PAPER, False))

    def in_two_countries(self, of: str, countries: list[str]) -> None:
        """Two organisations have one name; each loses who named its country, and another names none."""
        for who, country in zip((MEMBER, OUTSIDER), countries, strict=True):
            self.sign((who, (of, country), True))
        self._leave(MEMBER)
        self.sign((ORGANISER, (of, ""), True))
        self.sign((MEMBER, (of, countries[0]), True))
        self._leave(OUTSIDER)

    def _leave(self, who: Actor) -> None:
        for _, given in self.model.held(who.person):
            if given.kind is Kind.ORGANISATION:
                self._withdraw(given)

    def for_two_that_are_one(self, who: Actor, of: list[str], here: list[bool]) -> None:
        """Two organisations, signed for here or on paper, are found to be one, and then not to be."""
        for name, signs in zip(of, here, strict=True):
            if signs:
                self.sign((who, (name, ""), True))
            self.add((name, ""), NAMES[signs], permitted=False)
        both = [self.model.meant(self._signature(who, (name, ""))) for name in of]
        for kept, gone in permutations([one for one in both if one], 2):
            before = len(self.merges)
            if kept is not gone:
                self._merge(kept, gone)
            if len(self.merges) > before:
                self._undo(before)

    def confirmed_when_delivered(self, who: Actor, of: str) -> None:
        """An organisation waits while the letter is handed over, is confirmed, and then withdraws."""
        model = self.model
        self.set_rules(confirmation=Confirmation.ORGANISER, embargo=model.rules.embargo)
        self.sign((who, (of, ""), True))
        self.close()
        self.deliver()
        for party in model.present(Kind.ORGANISATION):
            self._confirm(party)
        for party in self._held_by(who, Kind.ORGANISATION):
            self._withdraw(next(one for one in party.given if one.person == who.person))

    def one_of_two_removed(self, of: str, *, everything: bool) -> None:
        """Two sign for an organisation, one of them falsely, and that signature is removed."""
        for who in (MEMBER, OUTSIDER):
            self.sign((who, (of, ""), True))
        false = [given for party, given in self.model.held(OUTSIDER.person) if len(party.given) > 1]
        if false:
            self._remove_given(false[0], everything=everything)

    def shown_sooner(self, who: Actor) -> None:
        """A list is hidden, somebody signs, and an organiser shows it sooner."""
        embargo = Embargo(hides=Hidden.NAMES, until=START + timedelta(days=7))
        self.set_rules(confirmation=self.model.rules.confirmation, embargo=embargo)
        self.sign((who, _ON_PAPER, False))
        self.unveil()

    @rule(story=st.deferred(lambda: stories))
    def story(self, story: partial[None]) -> None:
        """Some acts follow each other."""
        story(self)


_organisations = st.sampled_from(ORGANISATIONS)
_while_people_sign = st.one_of(
    st.builds(
        partial,
        st.just(Stories.signed_and_on_paper),
        who=people,
        withdraws=st.booleans(),
    ),
    st.builds(
        partial,
        st.just(Stories.in_two_countries),
        of=_organisations,
        countries=st.permutations(["Kenya", "France"]),
    ),
    st.builds(
        partial,
        st.just(Stories.for_two_that_are_one),
        who=people,
        of=st.permutations(["Web Group", "Net Group"]),
        here=st.lists(st.booleans(), min_size=2, max_size=2),
    ),
)
_believed = st.one_of(
    st.builds(
        partial,
        st.just(Stories.one_of_two_removed),
        of=_organisations,
        everything=st.booleans(),
    ),
    st.builds(partial, st.just(Stories.shown_sooner), who=people),
)
_at_its_end = st.builds(
    partial, st.just(Stories.confirmed_when_delivered), who=people, of=_organisations
)
stories = st.sampled_from([_while_people_sign] * 6 + [_believed] * 3 + [_at_its_end]).flatmap(
    lambda one: one
)
"""A story, with those whose it is; few letters are handed over early in their lives."""
