"""Several steps in a row, as they went where a defect was found, amid whatever else happens."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from bot.letters.endorsement import Kind
from bot.letters.people import Actor
from bot.letters.rules import Confirmation
from tests.support.letters import GUEST, MEMBER, OUTSIDER
from tests.use_cases.life_parties import Party
from tests.use_cases.life_phases import Phases
from tests.use_cases.life_stage import ORGANISATIONS, people

organisations = st.sampled_from(ORGANISATIONS)
_ON_PAPER = ("", "")


class Stories(Phases):
    """Acts of people, one after the other."""

    def _held_by(self, who: Actor, kind: Kind) -> list[Party]:
        return [party for party, _ in self.model.held(who.person) if party.kind is kind]

    @rule(who=people, withdraws=st.booleans())
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

    @rule(of=organisations, countries=st.permutations(["Kenya", "France"]))
    def in_two_countries(self, of: str, countries: list[str]) -> None:
        """Two organisations have one name, one loses its only signer, and another names no country."""
        for who, country in zip((MEMBER, GUEST), countries, strict=True):
            self.sign((who, (of, country), True))
        for _, given in self.model.held(MEMBER.person):
            if given.kind is Kind.ORGANISATION:
                self._withdraw(given)
        self.sign((OUTSIDER, (of, ""), True))

    @rule(who=people, of=st.permutations(["Web Group", "Net Group"]))
    def for_two_that_are_one(self, who: Actor, of: list[str]) -> None:
        """Somebody signs for two organisations that are found to be one, and then not to be."""
        for name in of:
            self.sign((who, (name, ""), True))
        both = self._held_by(who, Kind.ORGANISATION)
        before = len(self.merges)
        if len(both) > 1:
            self._merge(both[0], both[1])
        if len(self.merges) > before:
            self._undo(before)

    @precondition(lambda self: len(self.answered) > 3)
    @rule(who=people, of=organisations, sure=st.sampled_from([False, False, True]))
    def confirmed_when_delivered(self, who: Actor, of: str, *, sure: bool) -> None:
        """An organisation waits while the letter is handed over, is confirmed, and then withdraws."""
        if not sure:
            return
        model = self.model
        self.set_rules(confirmation=Confirmation.ORGANISER, embargo=model.rules.embargo)
        self.sign((who, (of, ""), True))
        self.close()
        self.deliver()
        for party in model.present(Kind.ORGANISATION):
            self._confirm(party)
        for party in self._held_by(who, Kind.ORGANISATION):
            self._withdraw(next(one for one in party.given if one.person == who.person))
