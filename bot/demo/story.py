"""The demo's past nine days, created through the real use cases."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp

from bot.courier.slack_courier import SlackCourier
from bot.demo import cast
from bot.demo.stage import LANGUAGE, Stage
from bot.features.cards import use_cases as cards
from bot.features.collected.rules import SignatureRow
from bot.features.collected.slack.handlers import agreed_words
from bot.features.collected.use_cases import additions
from bot.features.drafts.use_cases import drafts
from bot.features.invitations.rules import Invitee
from bot.features.invitations.use_cases import invitations
from bot.features.lifecycle import use_cases as lifecycle
from bot.features.organisations.use_cases import matches, standing
from bot.letters.draft import Draft
from bot.letters.endorsement import Capacity, Kind
from bot.letters.invitation import Saying
from bot.letters.people import Membership
from bot.letters.standing import Ground
from bot.letters.text import split_title
from bot.locales import words
from bot.outbox.dispatch import send_due
from bot.settings import Settings
from bot.slack.entry_form import identification_note
from bot.use_cases import pinning
from bot.wiring import connected

HERE = Path(__file__).parent
ZONE = ZoneInfo("Europe/Berlin")
FRIDAY = 4

Scene = Callable[[Stage], Awaitable[None]]


def deadline_after(now: datetime) -> datetime:
    """Return the first Friday, 17:00 in the organiser's zone, that is more than a day ahead."""
    day = (now.astimezone(ZONE) + timedelta(days=1)).date()
    while day.weekday() != FRIDAY or _at(day, time(17)) <= now + timedelta(days=1):
        day += timedelta(days=1)
    return _at(day, time(17))


def _at(day: date, wall: time) -> datetime:
    return datetime.combine(day, wall, ZONE).astimezone(UTC)


async def opens(stage: Stage) -> None:
    """Create the letter and open it in two channels."""
    title, body = split_title((HERE / "letter.md").read_text(encoding="utf-8"))
    draft = Draft(
        title=title or "",
        body=body,
        summary="Seven principles that keep the Internet whole. Please sign as yourself or for "
        "your organisation.",
        sender="The Coalition",
        deadline=stage.deadline,
        tz=ZONE.key,
        goal=20,
    )
    stage.text = draft.text.sha256
    stage.letter = await stage.acts(cast.ORGANISER, drafts.create, draft=draft)
    await stage.acts(
        cast.ORGANISER,
        cards.post,
        letter=stage.letter,
        channels=[cast.OPEN_INTERNET, cast.PARTNERS],
        public=[cast.OPEN_INTERNET],
    )
    await stage.acts(
        cast.ORGANISER,
        lifecycle.add_organiser,
        letter=stage.letter,
        person=cast.person(cast.SECOND),
        membership=Membership.MEMBER,
    )
    await stage.says(
        cast.ORGANISER,
        cast.OPEN_INTERNET,
        "The letter is up. Please sign by Friday, and take it to your boards.",
    )


async def invites(stage: Stage) -> None:
    """Invite three people and five organisations."""
    organisation = Kind.ORGANISATION
    delegates = {
        cast.ESTRAGON: "Harbour Rights Network",
        cast.FENNEL: "Federation of Small Libraries",
        cast.JUNIPER: "Lantern Collective",
        cast.SAGE: "Salt Path Society",
    }
    wanted = [
        *(
            Invitee(kind=Kind.PERSON, person=cast.person(user))
            for user in (cast.CLEMENTINE, cast.ROWAN, cast.ESTRAGON)
        ),
        *(
            Invitee(kind=organisation, person=cast.person(user), organisation=name)
            for user, name in delegates.items()
        ),
        Invitee(kind=organisation, organisation="Open Ferries", contact="office@ferries.example"),
    ]
    await stage.acts(cast.ORGANISER, invitations.invite, letter=stage.letter, wanted=wanted)
    organiser = cast.actor(cast.ORGANISER)
    page = await invitations.page(
        stage.database, letter=stage.letter, actor=organiser, limit=len(wanted)
    )
    stage.invitations = {
        one.person.user: one.id for one in reversed(page.invitations) if one.person is not None
    }


async def first_signatures(stage: Stage) -> None:
    """Sign as the convener and as an organiser; decline an invitation."""
    await stage.signs_for(cast.JUNIPER, "Lantern Collective", "Director")
    await stage.signs(cast.SECOND, Capacity.INDIVIDUAL)
    await stage.signs_for(cast.SAGE, "Salt Path Society", "Trustee")
    await stage.answers(cast.ESTRAGON, Saying.DECLINE)


async def people_sign(stage: Stage) -> None:
    """Sign as people with a title and an affiliation; one answer waits for an approval."""
    await stage.signs(
        cast.SAFFRON,
        Capacity.AFFILIATED,
        title="Hydrologist",
        affiliation="Institute of Slow Rivers",
        note=identification_note(LANGUAGE),
    )
    await stage.signs(cast.GUEST, Capacity.AFFILIATED, title="Lighthouse Apprentice")
    await stage.answers(
        cast.FENNEL, Saying.AWAIT, (stage.deadline - timedelta(days=1)).astimezone(ZONE).date()
    )


async def organisations_sign(stage: Stage) -> None:
    """Sign for two organisations, one of them through another; withdraw an invited one."""
    await stage.withdraws(cast.SAGE)
    await stage.signs_for(
        cast.MARJORAM, "Asociación Mar Abierto", "Secretary", via="the Coast Compact"
    )
    await stage.signs(cast.MARJORAM, Capacity.INDIVIDUAL)
    await stage.signs_for(cast.SAGE, "Centre for Open Harbours", "Director")


async def paper_comes_in(stage: Stage) -> None:
    """Add signatures collected outside Slack, the organisations' with proof of permission."""
    given: dict[str, Any] = {
        "kind": Kind.ORGANISATION.value,
        "source": "Mail to the coalition",
        "ground": Ground.BOARD_DECISION.value,
        "given_role": "Chair",
        "given_on": (datetime.now(UTC) - timedelta(days=6)).date().isoformat(),
    }
    rows = [
        SignatureRow(organisation="Bureau of Quiet Bells", given_by="Lovage Reed", **given),
        SignatureRow(
            organisation="Lighthouse Keepers’ Union (LKU)", given_by="Hyssop Lowe", **given
        ),
        SignatureRow(
            kind="person", name="Angelica Thorne", title="Poet", source="Signed at the spring fair"
        ),
    ]
    await stage.acts(
        cast.SECOND,
        additions.bring,
        letter=stage.letter,
        table=rows,
        note=identification_note(LANGUAGE),
        text=stage.text,
        consent=agreed_words(words(LANGUAGE)),
    )


async def neighbours_sign(stage: Stage) -> None:
    """Sign as a visitor from another workspace, and for an organisation that has a look-alike."""
    await stage.signs_for(
        cast.VISITOR, "Institute for Paper Boats", "Head of Programme", country="France"
    )
    await stage.signs_for(cast.YARROW, "Center for Open Harbors", "Programme Officer")
    await stage.answers(cast.ROWAN, Saying.READ)


async def one_is_disputed(stage: Stage) -> None:
    """Sign for an organisation that will be disputed, and pin the convener to the top."""
    await stage.says(cast.SORREL, cast.OPEN_INTERNET, "We’re through our board. Signing now.")
    await stage.signs_for(cast.SORREL, "Harbour Rights Network", "Board member", country="Ireland")
    await stage.acts(cast.ORGANISER, pinning.pin, letter=stage.letter, name="Lantern Collective")


async def an_objection(stage: Stage) -> None:
    """Object to the disputed organisation, as one of its people."""
    asker, name = cast.actor(cast.ORGANISER), "Harbour Rights Network"
    found = await matches.named(stage.database, letter=stage.letter, actor=asker, name=name)
    await stage.acts(
        cast.ESTRAGON,
        standing.object_to,
        signatory=found.party.id,
        name=cast.name_of(cast.ESTRAGON),
        role="Policy Lead",
        reason="Our board meets on Thursday. It hasn’t decided yet.",
    )


async def a_draft(stage: Stage) -> None:
    """Start the next letter."""
    title, body = split_title((HERE / "draft.md").read_text(encoding="utf-8"))
    draft = Draft(
        title=title or "",
        body=body,
        summary="Two crossings after ten, and figures before the next decision.",
        sender="The Coalition",
        deadline=stage.deadline + timedelta(days=21),
        tz=ZONE.key,
        goal=50,
    )
    await stage.acts(cast.ORGANISER, drafts.create, draft=draft)


SCENES: tuple[tuple[int, time, Scene], ...] = (
    (9, time(9, 30), opens),
    (9, time(9, 45), invites),
    (9, time(14, 10), first_signatures),
    (8, time(11, 5), people_sign),
    (7, time(16, 40), organisations_sign),
    (6, time(10, 20), paper_comes_in),
    (4, time(12, 0), neighbours_sign),
    (3, time(15, 30), one_is_disputed),
    (2, time(9, 15), an_objection),
    (1, time(17, 50), a_draft),
)
"""Past events: days ago, the organiser's local time, and the function to run."""


async def play(settings: Settings, address: str) -> None:
    """Replay the past events in the local Slack, and set both clocks to the present at the end."""
    offset = timedelta(0)
    deadline = deadline_after(datetime.now(UTC))
    today = datetime.now(ZONE).date()
    async with (
        aiohttp.ClientSession() as session,
        connected(settings, clock=lambda: datetime.now(UTC) + offset) as process,
    ):
        stage = Stage(
            database=process.database,
            session=session,
            address=address,
            deadline=deadline,
            tz=ZONE.key,
        )
        courier = SlackCourier(process.bot, process.features)
        seed = {"people": cast.PEOPLE, "channels": cast.CHANNELS, "guide": cast.GUIDE}
        # A slow machine is not told that the bot did not answer in Slack's three seconds.
        await stage.door("reset", {"seed": "empty", "patience": 10, **seed})
        for days, wall, scene in SCENES:
            moment = _at(today - timedelta(days=days), wall)
            offset = moment - datetime.now(UTC)
            await stage.door("clock", {"set": moment.isoformat()})
            await scene(stage)
            await send_due(process.database, courier)
            # A card that was just changed has to wait a moment before its next change.
            offset += timedelta(minutes=1)
            await stage.door("clock", {"advance": 60})
            await send_due(process.database, courier)
        await stage.door("clock", {"set": datetime.now(UTC).isoformat()})
        for channel in cast.CHANNELS:
            for user in set(channel["members"]) - {cast.BOT_USER}:
                await stage.door("read", {"as": user, "channel": channel["id"]})
