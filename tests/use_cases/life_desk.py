"""The digest of a morning and the tab of the invited, compared with the rows."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule
from sqlalchemy import select

from bot.features.desk.slack.digest import message
from bot.features.desk.use_cases.digest import Digest, News, digest
from bot.features.invitations.rules import Invitee
from bot.features.invitations.slack.views import page as invited_tab
from bot.features.invitations.use_cases import invitations
from bot.letters import send_windows
from bot.letters.audit import Act
from bot.letters.endorsement import Kind
from bot.letters.invitation import InvitationState
from bot.letters.people import Actor
from bot.letters.phases import ALLOWED, Action, Phase
from bot.names.organisation_keys import organisation_key
from bot.slack.words.invitations import pipeline_words
from bot.storage.database import Transaction
from bot.storage.tables import audit_entries, endorsements, signatories
from bot.storage.tables import invitations as invited
from tests.support.letters import ORGANISER, WORKSPACE, a_trigger
from tests.support.reading import words_of
from tests.use_cases.life_screens import Counted, Screens, T, counted
from tests.use_cases.life_stage import named, people

_MAY_INVITE = {phase for phase in Phase if ALLOWED[Action.INVITE].get(phase)}
_TOLD = {
    "answered": Act.INVITATION_ANSWERED,
    "accepted": Act.CORRECTION_ACCEPTED,
    "declined": Act.CORRECTION_DECLINED,
}


class Desk(Screens):
    """Numbers that organisers read without asking, and those of the invited."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.totals: list[tuple[datetime, int]] = []
        """Entries on the list, by when that was true."""

    def teardown(self) -> None:
        """Look at the end of each life, whatever was looked at in it."""
        try:
            if self.totals and self.model.phase is not Phase.DRAFT:
                self.invited_tab()
                for back in range(4):
                    self.morning(back)
        finally:
            super().teardown()

    @invariant()
    def note_total(self) -> None:
        """Remember how many were on the list."""
        tally = self.model.count()
        self.totals.append((self.now, tally.total + tally.late))

    @rule(who=people, of=named)
    def invite(self, who: Actor, of: tuple[str, str]) -> None:
        """An organiser invites a person, or an organisation."""
        organisation, country = of
        one = Invitee(kind=Kind.PERSON, person=who.person)
        if organisation:
            one = replace(one, kind=Kind.ORGANISATION, organisation=organisation, country=country)
        story = invitations.invite(
            self.database,
            letter=self.letter.id,
            actor=ORGANISER,
            wanted=[one],
            trigger=a_trigger(),
        )
        self.play(story, works=self.model.phase_at(self.now) in _MAY_INVITE)

    @precondition(lambda self: self.model.phase is not Phase.DRAFT)
    @rule()
    def invited_tab(self) -> None:
        """The tab counts those who were invited, and as signed the people who hold a signature."""
        run, number = self.run, self.letter.id
        rows: Any = run(self.database.read(lambda tx: _invited(tx, number)))
        states, signed, holding = rows
        found = run(
            invitations.page(self.database, letter=number, actor=ORGANISER, number=1, limit=100)
        )
        assert found.counts == states
        assert len(found.invitations) == states.total()
        if states:
            assert pipeline_words(T, states) in words_of(invited_tab(T, found))
        assert signed == holding

    @precondition(lambda self: self.model.phase is not Phase.DRAFT)
    @rule(back=st.integers(0, 3))
    def morning(self, back: int) -> None:
        """The digest says who came and left in its day, and the list as it is."""
        run, number = self.run, self.letter.id
        day = self.now.date()
        day += timedelta(days=int(send_windows.morning(day, "UTC") <= self.now) - back)
        until = send_windows.morning(day, "UTC")
        since = send_windows.morning(day - timedelta(days=1), "UTC")
        rows: Counted = run(self.database.read(lambda tx: counted(tx, number)))
        states = run(self.database.read(lambda tx: _invited(tx, number)))[0]
        acts: Any = run(self.database.read(lambda tx: _acts(tx, number, since, until)))
        read: Digest | None = run(
            digest(self.database, workspace=WORKSPACE, person=ORGANISER.person, day=day)
        )
        news: News | None = read.news[0] if read else None
        before, then = (
            next((total for at, total in reversed(self.totals) if at < moment), 0)
            for moment in (since, until)
        )
        came, left = (news.came, news.left) if news else (0, 0)
        assert min(came, left) >= 0
        assert came - left == then - before
        told = {what: getattr(news, what) if news else 0 for what in _TOLD}
        assert told == {what: acts[act.value] for what, act in _TOLD.items()}
        if read and news:
            assert news.own.letter.tally == rows.tally
            assert news.own.invited == states
            goal = news.own.letter.goal
            missing = None if goal is None else goal - rows.tally.total
            said, blocks = message(T, read)
            for text in (said, words_of({"blocks": blocks})):
                self._same(text, rows, missing=missing)


def _invited(tx: Transaction, letter: int) -> tuple[Counter[InvitationState], set[str], set[str]]:
    """The invited by state; the people among them who are said to have signed, and who have."""
    asked = tx.connection.execute(select(invited).where(invited.c.letter == letter)).all()
    given = tx.connection.execute(select(endorsements).where(endorsements.c.letter == letter)).all()
    persons = [row for row in asked if row.user and row.kind == "person"]
    signed = {row.user for row in persons if row.state == "signed"}
    parties = tx.connection.execute(
        select(signatories.c.id, signatories.c.key, signatories.c.merged_into)
    ).all()
    merged = {row.signatory for row in given if row.withdrawn_at is None}
    for _ in parties:  # one into another, and that one into a third
        merged |= {row.id for row in parties if row.merged_into in merged}
    known = {
        organisation_key(row.organisation)
        for row in given
        if row.withdrawn_at is None or row.signatory in merged
    }
    # Two that are one keep both names, also once nobody signs by one of them any more.
    known |= {row.key for row in parties if row.id in merged}
    for row in asked:
        if row.kind == "organisation" and row.state == "signed":
            assert organisation_key(row.organisation) in known
    holders = {row.user for row in given if row.withdrawn_at is None}
    states = Counter(InvitationState(row.state) for row in asked)
    return states, signed, holders & {row.user for row in persons}


def _acts(tx: Transaction, letter: int, since: datetime, until: datetime) -> Counter[str]:
    """Acts of a letter between two instants, by their kind."""
    rows = tx.connection.execute(
        select(audit_entries.c.act).where(
            audit_entries.c.letter == letter,
            audit_entries.c.made_at >= since,
            audit_entries.c.made_at < until,
        )
    )
    return Counter(rows.scalars())
