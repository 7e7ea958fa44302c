"""A letter's whole life, played by Hypothesis against a simple model.

`UNDERSIGNED_LIVES=2000` in the environment plays as many lives; the suite plays some.
"""

import os
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    invariant,
    run_state_machine_as_test,
)
from sqlalchemy import select

from bot.features.delivery import rows as copy_rows
from bot.features.lifecycle import use_cases as lifecycle
from bot.features.reading.use_cases import pages
from bot.letters.deadlines import Grace
from bot.letters.letter import Letter, Tally
from bot.letters.people import Actor
from bot.letters.phases import Phase
from bot.letters.rules import Hidden, Rules
from bot.letters.standing import Standing
from bot.storage import letters, signatories
from bot.storage.database import Transaction
from bot.storage.tables import distinct_pairs, endorsements, texts
from tests.support.letters import (
    MEMBER,
    WORKSPACE,
    a_draft,
    outsiders_come,
)
from tests.use_cases.life_desk import Desk
from tests.use_cases.life_model import GRACE, ModelLetter
from tests.use_cases.life_stage import FIRST_DEADLINE, crowds, named, people, rules_drawn
from tests.use_cases.life_stories import stories

_AT_ONCE = 10
"""Lives in a row that are each drawn afresh; most of those behind them would be changed copies."""


class Life(Desk):
    """A whole life, and what is true in all of it."""

    @initialize(
        rules=rules_drawn,
        goal=st.sampled_from([None, 3]),
        first=crowds,
        asked=st.lists(st.tuples(people, named), max_size=3),
        founded=st.booleans(),
        begins=stories,
    )
    def create(
        self,
        rules: Rules,
        goal: int | None,
        begins: partial[None],
        first: list[tuple[Actor, tuple[str, str], bool]],
        asked: list[tuple[Actor, tuple[str, str]]],
        *,
        founded: bool,
    ) -> None:
        """A letter is there, founded or open, a story begins it, and some have tried to sign it."""
        self.run(lifecycle.know_workspace(self.database, workspace=WORKSPACE, name="A workspace"))
        self.run(outsiders_come(self.database, ["C1", "C2"]))
        drafted = a_draft(
            self.database,
            deadline=FIRST_DEADLINE,
            grace=Grace(minutes=int(GRACE.total_seconds() // 60)),
            rules=rules,
            goal=goal,
        )
        self.letter: Letter = self.run(drafted)
        sha256 = self.letter.text_sha256
        self.model = ModelLetter(
            number=self.letter.id, rules=rules, deadline=FIRST_DEADLINE, text=sha256
        )
        self.model.texts.add(sha256)
        for who, of in asked:
            self.invite(who, of)
        if founded:
            self.found()
        else:
            self.post("C1")
        begins(self)
        for one in first:
            self.sign(one)

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
            assert [party.entry for party in shown] == model.entries()
            everyone = signatories.everyone(tx, model.number)
            assert len({(one.kind, one.key) for one in everyone}) == len(everyone)
            parties = {party.id: party for party in model.parties}
            for one in everyone:
                party = parties[one.id]
                assert one.standing is model.standing_of(party)
                assert one.merged_into == (party.merged and party.merged.id)
                if party.given:
                    assert one.country == party.country
                assert (one in shown) == (one.standing in {Standing.LISTED, Standing.MARKED})
            apart = select(distinct_pairs.c.one, distinct_pairs.c.other)
            assert self.apart <= {frozenset(row) for row in tx.connection.execute(apart)}
            known = set(
                tx.connection.execute(
                    select(texts.c.sha256).where(texts.c.letter == model.number)
                ).scalars()
            )
            assert known == model.texts
            text = letters.text_of(tx, letter)
            assert (text.sha256, text.title, text.sender) == (
                model.text, letter.title, letter.sender,
            )  # fmt: skip
            held = {given.id: given for _, given in model.everything_held()}
            for row in tx.connection.execute(
                select(endorsements).where(endorsements.c.letter == model.number)
            ):
                assert row.text_sha256 in known
                assert (row.withdrawn_at is None) == (row.id in held)
                if row.id in held:
                    assert held[row.id] in parties[row.signatory].given
                    assert row.text_sha256 == held[row.id].text
                    assert row.meaning == held[row.id].meaning
            assert copy_rows.find(tx, model.number) == self.copy
            # Pages are made anew only when the letter's revision grows.
            page = (copy_rows.listed(tx, model.number), letter.text_sha256, letter.tally)
            assert page == self.page or letter.revision > self.revision
            self.page, self.revision = page, letter.revision

        self.run(self.database.read(look))

    @invariant()
    def under_embargo(self) -> None:
        """Somebody who does not organise sees no name and no number that an embargo hides."""
        model = self.model
        if model.phase is Phase.DRAFT or model.rules.embargo is None:
            return
        story = pages.who_signed(
            self.database, letter=model.number, actor=MEMBER, after=None, limit=50
        )
        if model.phase_at(self.now) is Phase.CANCELLED:
            self.play(story, works=False)
            return
        page = self.run(story)
        hidden = model.hidden(self.now)
        if hidden is None:
            assert [party.entry for party in page.signatories] == model.entries()
        else:
            assert page.signatories == ()
        if hidden is Hidden.ALL:
            assert page.letter.tally == Tally()
        else:
            assert page.letter.tally == replace(model.count(), waiting=0)


def test_life(database_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Phases, tallies, lists and their order are the model's, whatever people do."""
    played = int(os.environ.get("UNDERSIGNED_LIVES", "60"))
    lives = max(6, played // 10) if database_url.startswith("postgresql") else played

    class LifeHere(Life):
        def __init__(self) -> None:
            super().__init__(database_url)

    for number in range(0, lives, _AT_ONCE):
        run_state_machine_as_test(
            seed(number)(LifeHere) if played < 100 else LifeHere,
            settings=settings(
                max_examples=min(_AT_ONCE, lives - number),
                stateful_step_count=50,
                deadline=None,
                database=None,
                suppress_health_check=[HealthCheck.too_slow],
            ),
        )
    if "UNDERSIGNED_LIVES" in os.environ:
        with capsys.disabled():
            print(f"\n{lives} lives: {dict(Life.carried_out)}")
