"""A workspace in which there is something to press everywhere: the demo's letter, and others."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Any

import aiohttp

from bot.courier.slack_courier import SlackCourier
from bot.demo import cast, story
from bot.demo.stage import LANGUAGE, Stage
from bot.features.cards import use_cases as cards
from bot.features.collected.rules import SignatureRow
from bot.features.collected.slack.handlers import agreed_words
from bot.features.collected.use_cases import additions
from bot.features.corrections import use_cases as corrections
from bot.features.delivery.use_cases import handover
from bot.features.drafts.use_cases import drafts
from bot.features.invitations.rules import Invitee
from bot.features.invitations.use_cases import first_signers, invitations
from bot.features.lifecycle import use_cases as lifecycle
from bot.features.reminders.slack.handlers import gather_for
from bot.features.reminders.use_cases import reminders
from bot.features.reminders.use_cases.reminders import When
from bot.letters.amendment import AmendmentKind
from bot.letters.draft import Draft
from bot.letters.endorsement import Capacity, Facts, Kind
from bot.letters.rules import Confirmation, Embargo, Hidden, Rules
from bot.locales import words
from bot.outbox.dispatch import send_due
from bot.slack.entry_form import identification_note
from bot.storage import endorsements
from bot.wiring import Process
from tests.flows.conftest import START, RunningBot
from tests.support.amending import amends

BODY = "We ask for a ferry after ten.\n\nWe ask for a second one at night.\n"
LONG = BODY + "".join(
    f"\n{n}. {'It carries nurses, bakers and pilots home. ' * 8}\n" for n in range(30)
)
MANY = 45
"""More than fit on one page of a list."""
CAPACITY = Capacity.INDIVIDUAL


async def a_coalition(bot: RunningBot, process: Process) -> None:
    """Play the demo's story without its paper, then let a letter reach each further phase."""
    async with aiohttp.ClientSession() as session:
        stage = Stage(
            database=process.database,
            session=session,
            address=bot.simulator.address,
            deadline=START + timedelta(days=10),
            tz=story.ZONE.key,
        )
        courier = SlackCourier(process.bot, process.features)
        people = {"people": cast.PEOPLE, "channels": cast.CHANNELS}
        await bot.simulator.reset(seed="empty", transport="socket", limits=False, **people)
        await gather_for(process.bot, [cast.OPEN_INTERNET])
        scenes = [scene for *_, scene in story.SCENES if scene is not story.paper_comes_in]
        for number, scene in enumerate([*scenes, *PHASES]):
            await bot.at(START - timedelta(days=1) + timedelta(minutes=5 * number))
            await scene(stage)
            await send_due(process.database, courier)
        await bot.at(START)
        for job in process.features.jobs.values():
            await job.run(process.bot)
        for minute in range(3):
            # Reminders are paced, and cards wait a moment before their next change.
            await bot.at(START + timedelta(minutes=minute))
            await send_due(process.database, courier)


async def _letter(
    stage: Stage, title: str, *, posted: bool = True, body: str = BODY, **changed: Any
) -> None:
    draft = Draft(title=title, body=body, deadline=stage.deadline, tz=stage.tz, **changed)
    stage.text = draft.text.sha256
    stage.letter = await stage.acts(cast.ORGANISER, drafts.create, draft=draft)
    if posted:
        where = [cast.OPEN_INTERNET]
        await stage.acts(
            cast.ORGANISER, cards.post, letter=stage.letter, channels=where, public=where
        )


async def _amended(stage: Stage) -> None:
    """Signers are asked about a change of the text, and one about a correction of the entry."""
    await _letter(stage, "Keep the night bus", goal=9)
    for user in (cast.JUNIPER, cast.GUEST, cast.SAFFRON):
        await stage.signs(user, CAPACITY)
    actor = cast.actor(cast.ORGANISER)
    for user in (cast.JUNIPER, cast.GUEST):
        holder = (stage.letter, cast.person(user))
        [held] = await stage.database.read(
            lambda tx, one=holder: endorsements.held_by(tx, {one})[one]
        )
        await stage.acts(
            cast.ORGANISER,
            corrections.correct,
            endorsement=held.id,
            facts=Facts(name=f"{cast.name_of(user)} Esq."),
            asks=True,
        )
    for body, kind, days in (
        (BODY.replace("night", "dawn"), AmendmentKind.COSMETIC, None),
        (BODY.replace("a second", "no second"), AmendmentKind.MATERIAL, 3),
    ):
        until = None if days is None else stage.deadline - timedelta(days=days)
        await amends(
            stage.database, letter=stage.letter, actor=actor, body=body, kind=kind, note="As agreed.",
            answer_by=until,
        )  # fmt: skip


async def _closed(stage: Stage) -> None:
    """Two look alike, nothing is confirmed, one is disputed, and some have not answered."""
    await _letter(stage, "Open the harbours", rules=Rules(confirmation=Confirmation.ORGANISER))
    for user, name in ((cast.SAGE, "Centre for Open Harbours"), (cast.YARROW, "Center for Open Harbors"), (cast.SORREL, "Harbour Rights Network")):  # fmt: skip
        await stage.signs_for(user, name, "Director")
    await stage.signs(cast.JUNIPER, CAPACITY)
    wanted = [Invitee(kind=Kind.PERSON, person=cast.person(cast.ROWAN))]
    await stage.acts(cast.ORGANISER, invitations.invite, letter=stage.letter, wanted=wanted)
    await story.an_objection(stage)
    await stage.acts(cast.ORGANISER, lifecycle.close, letter=stage.letter)


async def _delivered(stage: Stage) -> None:
    await _letter(stage, "Mend the sea wall")
    for user in (cast.JUNIPER, cast.GUEST):
        await stage.signs(user, CAPACITY)
    await stage.acts(cast.ORGANISER, lifecycle.close, letter=stage.letter)
    await stage.acts(cast.ORGANISER, handover.deliver, letter=stage.letter)


async def _late(stage: Stage) -> None:
    await _delivered(stage)
    await stage.acts(cast.ORGANISER, handover.open_late, letter=stage.letter)
    await _bring(stage, ["Sedge Moor"])


async def _bring(stage: Stage, names: Sequence[str]) -> None:
    await stage.acts(
        cast.ORGANISER,
        additions.bring,
        letter=stage.letter,
        table=[SignatureRow(kind="person", name=one, source="A petition") for one in names],
        note=identification_note(LANGUAGE),
        text=stage.text,
        consent=agreed_words(words(LANGUAGE)),
    )


async def _founding(stage: Stage) -> None:
    await _letter(stage, "Light the pier", posted=False)
    people = [cast.person(one) for one in (cast.JUNIPER, cast.GUEST)]
    await stage.acts(cast.ORGANISER, first_signers.found, letter=stage.letter, people=people)


async def _cancelled(stage: Stage) -> None:
    await _letter(stage, "Close the quarry")
    await stage.acts(cast.ORGANISER, lifecycle.cancel, letter=stage.letter, reason="It closed.")


async def _hidden(stage: Stage) -> None:
    """Its names are under an embargo, and two who have not signed are reminded."""
    hidden = Embargo(hides=Hidden.NAMES, until=stage.deadline)
    await _letter(stage, "Count the gulls", rules=Rules(embargo=hidden))
    await stage.signs(cast.SAFFRON, CAPACITY)
    people = [cast.person(one) for one in (cast.JUNIPER, cast.GUEST)]
    await stage.acts(
        cast.ORGANISER, reminders.remind, letter=stage.letter, when=When.NOW, named=people
    )


async def _inviting(stage: Stage) -> None:
    """It is long, and many sign it and are invited."""
    await _letter(stage, "Plant the dunes", body=LONG)
    names = [f"Wren {chr(65 + n // 26)}{chr(97 + n % 26)}lder" for n in range(MANY)]
    await _bring(stage, names)
    wanted = [
        *(Invitee(kind=Kind.PERSON, person=cast.person(one)) for one in (cast.JUNIPER, cast.GUEST)),
        *(
            Invitee(kind=Kind.ORGANISATION, organisation=f"Guild of {one}", contact="By mail")
            for one in names
        ),
    ]
    await stage.acts(cast.ORGANISER, invitations.invite, letter=stage.letter, wanted=wanted)


PHASES: tuple[Callable[[Stage], Awaitable[None]], ...] = (
    _amended,
    _closed,
    _delivered,
    _late,
    _founding,
    _cancelled,
    _hidden,
    _inviting,
)
LETTERS = 1 + 1 + len(PHASES)
"""The demo's letter and draft, and one in each phase."""
