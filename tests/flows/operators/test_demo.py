"""The past of the demonstration's coalition, as the real use cases leave it."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.demo import cast
from bot.demo.story import FRIDAY, ZONE, deadline_after, play
from bot.features.desk.use_cases import home
from bot.features.desk.use_cases.status import status
from bot.features.invitations.use_cases import invitations
from bot.features.organisations.use_cases import merges, standing
from bot.features.reading.use_cases import pages
from bot.letters.endorsement import Kind
from bot.letters.invitation import InvitationState
from bot.letters.phases import Phase
from bot.storage.database import Database
from tests.flows.conftest import RunningBot

LISTED = [
    "Lantern Collective",
    "Asociación Mar Abierto via the Coast Compact",
    "Bureau of Quiet Bells",
    "Center for Open Harbors",
    "Centre for Open Harbours",
    "Institute for Paper Boats (France)",
    "Lighthouse Keepers’ Union (LKU)",
    "Saffron Bell, Hydrologist, Institute of Slow Rivers (for identification only)",
    "Basil Harbour",
    "Dill Hopper, Lighthouse Apprentice",
    "Marjoram Pike",
    "Angelica Thorne, Poet",
]


async def test_a_coalition_in_mid_life(stopped_bot: RunningBot) -> None:
    """There is a letter with every kind of entry, invitation and open question, and a draft."""
    await play(stopped_bot.settings, stopped_bot.simulator.address)

    organiser = cast.actor(cast.ORGANISER)
    async with Database(stopped_bot.settings.database_url) as database:
        own = await home.page(database, actor=organiser)
        draft, letter = (one.letter for one in own.organised)
        assert (draft.phase, letter.phase) == (Phase.DRAFT, Phase.OPEN)
        assert letter.deadline.astimezone(ZONE).weekday() == FRIDAY

        page = await pages.who_signed(
            database, letter=letter.id, actor=organiser, after=None, limit=50
        )
        assert [party.entry for party in page.signatories] == LISTED
        assert page.signatories[0].pinned

        now = await status(database, letter=letter.id, actor=organiser, tz=ZONE.key)
        assert len(now.days) >= 5
        assert set(now.invitations) == set(InvitationState)

        _, open_questions = await standing.unlisted(database, letter=letter.id, actor=organiser)
        [disputed] = open_questions
        assert disputed.party.entry == "Harbour Rights Network (Ireland)"
        assert disputed.objections[0].name == "Estragón Peña"

        found = await merges.look_for_pairs(
            database, letter=letter.id, actor=organiser, limit=len(LISTED)
        )
        [pair] = found.pairs
        alike = {pair.one.party.entry, pair.other.party.entry}
        assert alike == {"Centre for Open Harbours", "Center for Open Harbors"}

        invited = await invitations.page(database, letter=letter.id, actor=organiser, limit=20)
        assert {one.kind for one in invited.invitations} == {Kind.PERSON, Kind.ORGANISATION}


async def test_the_demo_is_now(stopped_bot: RunningBot) -> None:
    """The card is up to date, the past is read, and both clocks are at the present."""
    simulator = stopped_bot.simulator
    await play(stopped_bot.settings, simulator.address)

    state = await simulator.get("state", **{"as": cast.NEWCOMER})
    assert abs(state["offset"]) < 5
    assert sum(channel["unread"] for channel in state["channels"]) == 0
    assert state["guide"]["steps"][0]["person"] == cast.NEWCOMER
    card = await simulator.person(cast.NEWCOMER).sees("12 of 20", channel="open-internet")
    assert "12 of 20" in str(card)
    answers = [call["answer"] for call in await simulator.calls()]
    assert {answer.get("error") for answer in answers} <= {None}


@pytest.mark.parametrize("hours", range(0, 24 * 8, 7))
def test_the_deadline_is_a_friday_ahead(hours: int) -> None:
    """Whenever the demo starts, the letter closes on a Friday at 17:00, in one to eight days."""
    now = datetime(2026, 11, 23, tzinfo=UTC) + timedelta(hours=hours)
    deadline = deadline_after(now)
    there = deadline.astimezone(ZONE)
    assert (there.weekday(), there.hour) == (FRIDAY, 17)
    assert timedelta(days=1) < deadline - now <= timedelta(days=8)
