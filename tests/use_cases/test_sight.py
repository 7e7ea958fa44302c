"""One rule for who may see a letter, in every phase, card, person and surface."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.cards import use_cases as cards
from bot.features.delivery.use_cases import handover
from bot.features.invitations.use_cases import answers
from bot.features.lifecycle import use_cases as lifecycle
from bot.features.reminders.use_cases import reminders
from bot.letters.people import Membership, Role, Ties, role
from bot.letters.phases import Phase
from bot.letters.refusals import Reason
from bot.storage.database import Database
from bot.use_cases import gate, membership
from tests.support.clock import Clock
from tests.support.letters import (
    CHANNEL,
    ORGANISER,
    WORKSPACE,
    a_trigger,
    an_open_letter,
    are_in_channel,
    are_met,
    rows,
    the_letter,
)
from tests.support.refusing import refused
from tests.support.scenes.invitations import the_invitations
from tests.use_cases.sight_stage import (
    CLICKS,
    COLLEAGUE,
    EVERYONE,
    FAILED,
    GUEST,
    INVITED,
    LOOKS,
    PRESENT,
    PRIVATE,
    PUBLIC,
    TAKEN_DOWN,
    UNPOSTED,
    Seen,
    in_list,
    is_at_home,
    is_there,
    led,
    may_see,
)

WITHOUT_CARD = [phase for phase in Phase if phase not in {Phase.OPEN, Phase.CLOSING}]


WITH_CARD = [phase for phase in Phase if phase not in {Phase.DRAFT, Phase.FOUNDING}]


STATES = [
    *((phase, UNPOSTED) for phase in WITHOUT_CARD),
    *((phase, how) for phase in WITH_CARD for how in (PRIVATE, PUBLIC, TAKEN_DOWN, FAILED)),
]


ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


ON_BOTH = [("sqlite", *state) for state in STATES] + [("postgresql", Phase.OPEN, PRIVATE)]


@pytest.mark.parametrize(("database_url", "phase", "posting"), ON_BOTH, indirect=["database_url"])
async def test_every_surface(database: Database, clock: Clock, phase: Phase, posting: str) -> None:
    """Each surface shows a letter to exactly those who may see it."""
    await are_met(database, EVERYONE)
    letter = await led(database, clock, phase, posting)
    for actor in EVERYONE:
        expected = may_see(actor, phase, posting)
        for surface, look in LOOKS.items():
            shown = await look(Seen(database, letter, actor))
            assert shown == expected, (surface, actor.person.user)
        at_home = await is_at_home(Seen(database, letter, actor))
        assert at_home <= expected, ("home", actor.person.user)
        if not expected:
            for click in CLICKS.values():
                await refused(click(Seen(database, letter, actor)), Reason.NO_SUCH_LETTER)


@ON_SQLITE
@pytest.mark.parametrize("posting", [PRIVATE, PUBLIC, TAKEN_DOWN, FAILED])
async def test_reminders(database: Database, clock: Clock, posting: str) -> None:
    """Nobody is reminded of a letter that they may not see, not even by name."""
    await are_met(database, EVERYONE)
    letter = await led(database, clock, Phase.OPEN, posting)
    for actor in EVERYONE:
        named = reminders.remind(
            database,
            letter=letter.id,
            actor=ORGANISER,
            when=reminders.When.NOW,
            named=[actor.person],
            trigger=a_trigger(),
        )
        assert await is_there(named) == may_see(actor, Phase.OPEN, posting), actor.person.user


@ON_SQLITE
async def test_left_before_the_reminder(database: Database, clock: Clock) -> None:
    """A named person who has left the private channel since gets no reminder."""
    await are_met(database, EVERYONE)
    letter = await led(database, clock, Phase.OPEN, PRIVATE)
    await reminders.remind(
        database,
        letter=letter.id,
        actor=ORGANISER,
        when=reminders.When.NOW,
        named=[PRESENT.person],
        trigger=a_trigger(),
    )
    (step,) = {row["step"] for row in await rows(database, "reminders")}

    async def is_due() -> bool:
        due = await reminders.due_now(
            database, letter=letter.id, person=PRESENT.person, step=str(step)
        )
        return due is not None

    assert await is_due()
    clock.advance(timedelta(minutes=1))
    await are_in_channel(database, [ORGANISER])
    assert not await is_due()


@ON_SQLITE
async def test_invited_before_the_card(database: Database, clock: Clock) -> None:
    """An invited person sees nothing of a letter before its first card."""
    await are_met(database, EVERYONE)
    letter = await led(database, clock, Phase.LATE, UNPOSTED)
    (invitation,) = await the_invitations(database, letter)
    assert await answers.first(database, letter=letter.id, person=INVITED.person) is None
    shown = await answers.with_others(database, invitation=invitation.id, actor=INVITED)
    assert shown is None


@ON_SQLITE
async def test_reopened_without_a_card(database: Database, clock: Clock) -> None:
    """A letter that closed before its first card is reopened for its first signers alone."""
    await are_met(database, EVERYONE)
    letter = await led(database, clock, Phase.CLOSED, UNPOSTED)
    reopened = await lifecycle.reopen(
        database, letter=letter.id, actor=ORGANISER, deadline=clock.now() + timedelta(days=3)
    )
    assert reopened.phase is Phase.FOUNDING
    assert not await in_list(Seen(database, letter, COLLEAGUE))
    await cards.post(
        database, letter=letter.id, actor=ORGANISER, channels=[CHANNEL], trigger=a_trigger()
    )
    asked = [row for row in await rows(database, "outbox") if row["kind"] == "invitation"]
    assert [row["target"] for row in asked] == [INVITED.person.user]
    assert (await the_letter(database, letter.id)).phase is Phase.OPEN


@ON_SQLITE
async def test_first_card_on_the_late_list(database: Database, clock: Clock) -> None:
    """A letter whose first card goes up after delivery is open to the channel, and invites."""
    await are_met(database, EVERYONE)
    letter = await led(database, clock, Phase.LATE, UNPOSTED)
    await cards.post(
        database, letter=letter.id, actor=ORGANISER, channels=[CHANNEL], trigger=a_trigger()
    )
    await are_in_channel(database, [PRESENT])
    assert await in_list(Seen(database, letter, PRESENT))
    assert await answers.first(database, letter=letter.id, person=INVITED.person) is not None
    await handover.close_late(database, letter=letter.id, actor=ORGANISER)


@ON_SQLITE
async def test_a_click_proves(database: Database, clock: Clock) -> None:
    """A click on a card counts right away; with another channel, message or letter it doesn't."""
    letter = await led(database, clock, Phase.OPEN, PRIVATE)
    other = await an_open_letter(database, channels=["C2"], public=False, title="Another")
    (card,) = await cards.cards(database, letter=letter.id)

    async def clicks(
        number: int = letter.id,
        posting: str = card.id,
        channel: str = CHANNEL,
        ts: str = card.message_ts or "",
    ) -> bool:
        await gate.card_clicked(
            database,
            actor=COLLEAGUE,
            letter=number,
            posting=posting,
            channel=channel,
            message_ts=ts,
        )
        return await in_list(Seen(database, letter, COLLEAGUE))

    assert not await clicks(number=other.id)
    assert not await clicks(posting="nope")
    assert not await clicks(channel="C2")
    assert not await in_list(Seen(database, other, COLLEAGUE))
    assert not await clicks(ts="1.2")
    assert await clicks()


@ON_SQLITE
async def test_a_command_proves(database: Database, clock: Clock) -> None:
    """A command counts in a channel that has a card; elsewhere nothing is kept."""
    letter = await led(database, clock, Phase.OPEN, PRIVATE)
    await membership.acted_in(database, actor=GUEST, channel="C0ELSEWHERE")
    assert not [row for row in await rows(database, "members") if row["user"] == "U0NOWHERE"]
    await membership.acted_in(database, actor=GUEST, channel=CHANNEL)
    assert await in_list(Seen(database, letter, GUEST))


@ON_SQLITE
async def test_proof_outlives_an_older_list(database: Database, clock: Clock) -> None:
    """A list of members that Slack was asked for before a click doesn't undo the click."""
    letter = await led(database, clock, Phase.OPEN, PRIVATE)
    clock.advance(timedelta(seconds=1))
    began = await membership.moment(database)
    clock.advance(timedelta(seconds=1))
    await membership.acted_in(database, actor=GUEST, channel=CHANNEL)
    clock.advance(timedelta(seconds=1))
    await membership.gathered(database, workspace=WORKSPACE, channel=CHANNEL, users=[], since=began)
    assert await in_list(Seen(database, letter, GUEST))
    assert not await in_list(Seen(database, letter, PRESENT))


@ON_SQLITE
async def test_public_once_known(database: Database, clock: Clock) -> None:
    """A channel that turns out to be public lets every full member read."""
    letter = await led(database, clock, Phase.OPEN, PRIVATE)
    assert not await in_list(Seen(database, letter, COLLEAGUE))
    await membership.gathered(database, workspace=WORKSPACE, channel=CHANNEL, users=[], public=True)
    assert await in_list(Seen(database, letter, COLLEAGUE))
    assert not await in_list(Seen(database, letter, GUEST))


ties = st.builds(
    Ties,
    organises=st.booleans(),
    chosen=st.booleans(),
    invited=st.booleans(),
    signed=st.booleans(),
    present=st.booleans(),
)


@given(
    st.sampled_from(Membership), ties, ties, st.tuples(st.booleans(), st.booleans(), st.booleans())
)
def test_more_ties_never_hide(
    who: Membership, one: Ties, more: Ties, cards_are: tuple[bool, bool, bool]
) -> None:
    """A further tie, a first card or a public channel never takes a letter from somebody."""
    posted, public, more_public = cards_are
    both = Ties(
        organises=one.organises or more.organises,
        chosen=one.chosen or more.chosen,
        invited=one.invited or more.invited,
        signed=one.signed or more.signed,
        present=one.present or more.present,
    )
    if role(who, one, posted=posted, public=public) is not Role.STRANGER:
        wider = role(who, both, posted=True, public=public or more_public)
        assert wider is not Role.STRANGER
