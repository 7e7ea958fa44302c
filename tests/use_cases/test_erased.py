"""Nothing of somebody's own words is anywhere after an erasure, whatever happened before.

`UNDERSIGNED_LIVES=2000` in the environment plays as many lives; the suite plays some.
"""

import asyncio
import hashlib
import os
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.features.amendments.use_cases import proposals
from bot.features.corrections import use_cases as corrections
from bot.features.delivery.use_cases import handover
from bot.features.invitations.use_cases import answers
from bot.features.lifecycle import use_cases as lifecycle
from bot.features.organisations.use_cases import merges, removals, standing
from bot.features.privacy.use_cases import erasure, expiry
from bot.features.reminders.use_cases import reminders
from bot.features.withdrawals import use_cases as withdrawals
from bot.letters.amendment import AmendmentKind
from bot.letters.endorsement import Facts
from bot.letters.letter import Letter
from bot.letters.refusals import Refused
from bot.letters.text import LetterText
from bot.storage import letters
from bot.storage.database import Database
from bot.use_cases import upkeep
from tests.support.amending import amends
from tests.support.clock import Clock
from tests.support.letters import (
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    WORKSPACE,
    a_row,
    a_signature,
    a_trigger,
    adds,
    an_open_letter,
    are_in_channel,
    changes,
    for_organisation,
    rows,
    signs,
    the_letter,
    the_list,
)
from tests.support.machine.traces import tables_with
from tests.support.scenes.invitations import (
    a_person,
    an_organisation,
    invites,
    the_invitations,
)

WORDS = ("Zelda", "Quill", "zelda", "quill", "ZELDA", "QUILL", MEMBER.person.user)
LIVES = int(os.environ.get("UNDERSIGNED_LIVES", "12"))


class Life:
    """A letter that Zelda Quill and others sign, and what may happen to it."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database = database
        self.clock = clock
        self.letter: Letter
        self.bodies = 0

    async def begin(self) -> None:
        """A letter is open; two others have signed it, one of them for an organisation."""
        self.letter = await an_open_letter(self.database)
        other = a_signature(OTHER_MEMBER, self.letter, name="An Other")
        await signs(self.database, OTHER_MEMBER, self.letter, other)
        await invites(self.database, self.letter, a_person(MEMBER, note="Ask Zelda."), met=[MEMBER])

    async def held(self) -> str:
        """Return an endorsement of Zelda's that still counts; empty if there is none."""
        for row in await rows(self.database, "endorsements"):
            if row["user"] == MEMBER.person.user and row["withdrawn_at"] is None:
                return str(row["id"])
        return ""

    async def sign(self) -> None:
        """Zelda signs as herself."""
        signature = a_signature(MEMBER, self.letter, name="Zelda Quill", affiliation="Quillers")
        await signs(self.database, MEMBER, self.letter, signature)

    async def sign_for(self) -> None:
        """Zelda signs for an organisation, whose name is nobody's own."""
        signature = for_organisation(MEMBER, self.letter, "Paper Forum", name="Zelda Quill")
        await signs(self.database, MEMBER, self.letter, signature, confirms=True)

    async def join(self) -> None:
        """Zelda signs for an organisation that somebody else signs for too."""
        for actor, name in ((OTHER_MEMBER, "A Chair"), (MEMBER, "Zelda Quill")):
            signature = for_organisation(actor, self.letter, "Net Group", name=name)
            await signs(self.database, actor, self.letter, signature, confirms=True)

    async def collect(self) -> None:
        """An organiser adds an organisation that looks like hers."""
        await adds(self.database, self.letter, a_row(organisation="Web Group"))

    async def change(self) -> None:
        """Zelda changes what she signed."""
        signature = a_signature(MEMBER, self.letter, name="Zelda Quillson")
        await changes(
            self.database, endorsement=await self.held(), actor=MEMBER, signature=signature,
            trigger=a_trigger(),
        )  # fmt: skip

    async def withdraw(self) -> None:
        """Zelda withdraws."""
        await withdrawals.withdraw(
            self.database, endorsement=await self.held(), actor=MEMBER, trigger=a_trigger()
        )

    async def correct(self) -> None:
        """An organiser corrects her entry, or asks her."""
        await corrections.correct(
            self.database, endorsement=await self.held(), actor=ORGANISER,
            facts=Facts(name="Zelda Quillfeather"), asks=bool(self.bodies % 2),
            trigger=a_trigger(),
        )  # fmt: skip

    async def merge(self) -> None:
        """An organiser merges two organisations."""
        parties = [
            str(row["id"])
            for row in await rows(self.database, "signatories")
            if row["kind"] == "organisation" and row["endorsements"]
        ]
        if len(parties) > 1:
            await merges.merge(
                self.database, keeps=parties[0], goes=(parties[1],), actor=ORGANISER,
                trigger=a_trigger(),
            )  # fmt: skip

    async def remove(self) -> None:
        """An organiser removes the newest entry, for a reason that names it."""
        party = (await rows(self.database, "signatories"))[-1]
        if party["entry"] != "An Other":
            await removals.remove(
                self.database, signatory=str(party["id"]), actor=ORGANISER,
                why=f"{party['entry']} asked us.", trigger=a_trigger(),
            )  # fmt: skip

    async def amend(self) -> None:
        """An organiser changes the text."""
        self.bodies += 1
        await amends(
            self.database, letter=self.letter.id, actor=ORGANISER, body=f"Words {self.bodies}.",
            kind=AmendmentKind.COSMETIC, note="Shorter.",
        )  # fmt: skip
        self.letter = await the_letter(self.database, self.letter.id)

    async def deliver(self) -> None:
        """The letter is closed and delivered."""
        await lifecycle.close(self.database, letter=self.letter.id, actor=ORGANISER)
        await handover.deliver(self.database, letter=self.letter.id, actor=ORGANISER)

    async def object(self) -> None:
        """Zelda objects to an organisation, in words that name her."""
        party = self.somebody_of("organisation", await rows(self.database, "signatories"))
        await standing.object_to(
            self.database, signatory=party, actor=MEMBER, name="Zelda Quill", role="Quiller",
            reason="Zelda never agreed.", trigger=a_trigger(),
        )  # fmt: skip

    async def decide(self) -> None:
        """An organiser decides about it."""
        party = self.somebody_of("organisation", await rows(self.database, "signatories"))
        await standing.decide(
            self.database, signatory=party, actor=ORGANISER,
            decision=standing.Decision.REMOVED if self.bodies % 2 else standing.Decision.LISTED,
            why="They asked.", trigger=a_trigger(),
        )  # fmt: skip

    @staticmethod
    def somebody_of(kind: str, parties: list[dict[str, Any]]) -> str:
        """Return the first signatory of a kind; one that is not there where there is none."""
        return next((str(one["id"]) for one in parties if one["kind"] == kind), "none")

    async def organise(self) -> None:
        """Zelda runs the letter too, has somebody run it with her, and writes a text of her own."""
        for actor, new in ((ORGANISER, MEMBER), (MEMBER, OTHER_MEMBER)):
            await lifecycle.add_organiser(
                self.database, letter=self.letter.id, actor=actor, person=new.person,
                membership=new.membership, trigger=a_trigger(),
            )  # fmt: skip
        await proposals.propose(
            self.database, letter=self.letter.id, actor=MEMBER, body="Zelda's words.",
            kind=AmendmentKind.COSMETIC, note="By Quill.", trigger=a_trigger(),
        )  # fmt: skip

    async def answer(self) -> None:
        """Zelda is the contact of an organisation too, and says that she is reading it."""
        asked = an_organisation("Net Group", through=MEMBER, note="Ask Zelda.")
        await invites(self.database, self.letter, asked, met=[MEMBER])
        for one in await the_invitations(self.database, self.letter):
            if one.person == MEMBER.person:
                await answers.answer(
                    self.database, invitation=one.id, actor=MEMBER, saying=answers.Saying.READ,
                    trigger=a_trigger(),
                )  # fmt: skip

    async def remind(self) -> None:
        """Everybody in the channel is reminded; then Zelda wants no more of them."""
        await are_in_channel(self.database, [MEMBER])
        await reminders.remind(
            self.database, letter=self.letter.id, actor=ORGANISER, when=reminders.When.NOW,
            trigger=a_trigger(),
        )  # fmt: skip
        await reminders.stop(self.database, letter=self.letter.id, actor=MEMBER)

    async def wait(self) -> None:
        """A month goes by, and the worker forgets what is due."""
        self.clock.advance(timedelta(days=31))
        await upkeep.forget(self.database)
        await expiry.forget_due(self.database)


ACTS: list[Callable[[Life], Awaitable[None]]] = [
    Life.sign, Life.sign_for, Life.join, Life.collect, Life.change, Life.withdraw, Life.correct,
    Life.merge, Life.remove, Life.amend, Life.deliver, Life.wait, Life.object, Life.decide,
    Life.organise, Life.answer, Life.remind,
]  # fmt: skip


async def _kept(database: Database, letter: int) -> tuple[Any, ...]:
    """Return every count and hash that an erasure leaves as it is."""
    copies = [
        (row["copy_sha256"], row["text_sha256"], row["people"], row["organisations"], row["cut_at"])
        for row in await rows(database, "delivered_copies")
    ]
    texts = [
        (row["sha256"], LetterText(row["title"], row["sender"], row["body"]))
        for row in await rows(database, "texts")
    ]
    assert all(sha256 == text.sha256 for sha256, text in texts)
    return copies, texts, len(await rows(database, "endorsements")), letter


async def _play(database: Database, acts: list[Callable[[Life], Awaitable[None]]]) -> None:
    clock = Clock()
    database._clock = clock.now
    await lifecycle.know_workspace(database, workspace=WORKSPACE, name="Coalition")
    life = Life(database, clock)
    await life.begin()
    for act in acts:
        try:
            await act(life)
        except Refused:
            continue
    for row in await rows(database, "delivered_copies"):
        copy = await handover.copy_of(database, letter=row["letter"])
        assert hashlib.sha256(copy.printed.encode()).hexdigest() == copy.copy_sha256
    before = await _kept(database, life.letter.id)

    await erasure.erase_person(database, workspace=WORKSPACE, person=MEMBER.person)

    assert await tables_with(database, *WORDS) == set()
    assert await _kept(database, life.letter.id) == before
    found = await database.read(lambda tx: letters.find(tx, life.letter.id))
    assert found is not None
    assert found.tally.total + found.tally.late == len(await the_list(database, life.letter))
    assert "An Other" in await the_list(database, life.letter)


@pytest.mark.parametrize("on", ["sqlite", "postgresql"])
def test_nothing_is_left(on: str, request: pytest.FixtureRequest) -> None:
    """After any sequence of acts an erasure leaves no word, and every count and hash that must stay."""
    template = request.getfixturevalue("sqlite_url" if on == "sqlite" else "postgres_url")
    runner = asyncio.Runner()

    @settings(
        max_examples=LIVES if on == "sqlite" else max(4, LIVES // 4),
        deadline=None, database=None, derandomize=LIVES < 100,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )  # fmt: skip
    @example(acts=[Life.sign, Life.correct, Life.change, Life.deliver])
    @example(acts=[Life.collect, Life.join, Life.merge, Life.withdraw, Life.remove])
    @example(acts=[Life.organise, Life.answer, Life.remind, Life.collect, Life.object, Life.decide])
    @example(acts=[Life.sign, Life.remove, Life.wait, Life.amend])
    @given(acts=st.lists(st.sampled_from(ACTS), min_size=1, max_size=9))
    def play(acts: list[Callable[[Life], Awaitable[None]]]) -> None:
        async def whole() -> None:
            async with Database(template) as database:
                try:
                    await _play(database, acts)
                finally:
                    await erasure.erase_workspace(database, workspace=WORKSPACE)

        runner.run(whole())

    with runner:
        play()
