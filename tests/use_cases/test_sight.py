"""Who may see a letter: one rule, whatever the phase, the cards, the person and the surface."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.amendments.use_cases import texts
from bot.features.cards import use_cases as cards
from bot.features.delivery.use_cases import exports, handover
from bot.features.desk.use_cases import home
from bot.features.drafts.use_cases import first_signers
from bot.features.invitations.use_cases import answers
from bot.features.lifecycle import use_cases as lifecycle
from bot.features.organisations.use_cases import matches
from bot.features.reading.use_cases import pages
from bot.features.reminders.use_cases import reminders
from bot.features.signing.use_cases import own_signature, signatures
from bot.features.withdrawals import use_cases as withdrawals
from bot.letters.letter import Letter
from bot.letters.people import Actor, Membership, Role, Ties, role
from bot.letters.phases import Action, Phase
from bot.letters.posting import PostingState
from bot.letters.refusals import Reason, Refused
from bot.storage import postings
from bot.storage.database import Database
from bot.use_cases import letter_lookup, membership
from tests.support.clock import Clock
from tests.support.invitations import are_invited, the_invitations
from tests.support.letters import (
    CHANNEL,
    ELSEWHERE,
    ORGANISER,
    WORKSPACE,
    a_delivery,
    a_draft,
    a_signature,
    an_actor,
    an_open_letter,
    are_in_channel,
    are_met,
    cards_are_up,
    for_organisation,
    rows,
    signs,
    the_letter,
)
from tests.support.phases import FIRST_SIGNER, led_to
from tests.support.refusing import refused

UNPOSTED, PRIVATE, PUBLIC, TAKEN_DOWN, FAILED = "unposted", "private", "public", "down", "failed"

INVITED = an_actor("U0INVITED", Membership.GUEST)
SIGNED = an_actor("U0SIGNED")
"""Signed, then left the channel."""
WITHDREW = an_actor("U0WITHDREW", Membership.OUTSIDER, team=ELSEWHERE)
"""Signed, withdrew, and left the channel."""
PRESENT = an_actor("U0PRESENT", Membership.GUEST)
FROM_ELSEWHERE = an_actor("U0THERE", Membership.OUTSIDER, team=ELSEWHERE)
"""Of another organisation, in the channel."""
LEFT = an_actor("U0LEFT", Membership.GUEST)
COLLEAGUE = an_actor("U0COLLEAGUE")
"""A full member who is in no channel with a card."""
GUEST = an_actor("U0NOWHERE", Membership.GUEST)
OUTSIDER = an_actor("U0AWAY", Membership.OUTSIDER, team=ELSEWHERE)
EVERYONE = [
    ORGANISER, FIRST_SIGNER, INVITED, SIGNED, WITHDREW, PRESENT, FROM_ELSEWHERE, LEFT, COLLEAGUE,
    GUEST, OUTSIDER,
]  # fmt: skip
BY_NAME = {INVITED, SIGNED, WITHDREW, FIRST_SIGNER}
IN_CHANNEL = {PRESENT, FROM_ELSEWHERE}


def may_see(actor: Actor, phase: Phase, posting: str) -> bool:
    """Whether somebody may see the letter, as DESIGN says it."""
    if actor is ORGANISER:
        return True
    if posting == UNPOSTED:
        return phase is not Phase.DRAFT and actor is FIRST_SIGNER
    if actor in BY_NAME:
        return True
    if posting != FAILED and actor in IN_CHANNEL:
        return True
    return posting == PUBLIC and actor.membership is Membership.MEMBER


@dataclass(frozen=True, slots=True)
class Seen:
    """A letter in a phase, and somebody who looks for it."""

    database: Database
    letter: Letter
    actor: Actor


async def _is_there(story: Awaitable[object]) -> bool:
    """Whether a story shows the letter, be it by a refusal that says more."""
    try:
        shown = await story
    except Refused as said:
        return said.refusal.reason not in {
            Reason.NO_SUCH_LETTER,
            Reason.CANNOT_READ,
            Reason.NOT_INVITED,
        }
    return shown is not None


def _ids(found: Any) -> set[int]:
    return {one.id for one in found}


async def _in_list(seen: Seen) -> bool:
    found = await letter_lookup.find(seen.database, actor=seen.actor, action=Action.READ)
    return seen.letter.id in _ids(found)


async def _by_number(seen: Seen) -> bool:
    found = await letter_lookup.find(
        seen.database, actor=seen.actor, action=Action.READ, word=str(seen.letter.id)
    )
    return bool(found)


async def _at_home(seen: Seen) -> bool:
    page = await home.page(seen.database, actor=seen.actor)
    held, own = ([one.letter for one in some] for some in (page.signed, page.organised))
    return seen.letter.id in _ids([*page.open_letters, *own, *held])


LOOKS: dict[str, Callable[[Seen], Awaitable[bool]]] = {
    "list": _in_list,
    "number": _by_number,
    "read": lambda s: _is_there(letter_lookup.whole(s.database, letter=s.letter.id, actor=s.actor)),
    "signers": lambda s: _is_there(
        pages.who_signed(s.database, letter=s.letter.id, actor=s.actor, after=None, limit=5)
    ),
    "sign form": lambda s: _is_there(
        signatures.opening(s.database, letter=s.letter.id, actor=s.actor)
    ),
    "own signature": lambda s: _is_there(
        own_signature.own_on(s.database, letter=s.letter.id, actor=s.actor)
    ),
    "texts": lambda s: _is_there(texts.history(s.database, letter=s.letter.id, actor=s.actor)),
    "organisations": lambda s: _is_there(
        matches.meant(
            s.database,
            letter=s.letter.id,
            actor=s.actor,
            signature=for_organisation(s.actor, s.letter, "Some Group"),
        )
    ),
    "export": lambda s: _is_there(
        exports.export_for(s.database, letter=s.letter.id, actor=s.actor)
    ),
    "status": lambda s: _is_there(
        letter_lookup.check(s.database, letter=s.letter.id, actor=s.actor, action=Action.SEE_STATUS)
    ),
}
"""Surfaces that show a letter to those who may see it, and to nobody else."""

CLICKS: dict[str, Callable[[Seen], Awaitable[object]]] = {
    "sign": lambda s: signs(s.database, s.actor, s.letter, a_signature(s.actor, s.letter)),
    "later": lambda s: reminders.later(
        s.database, letter=s.letter.id, actor=s.actor, delivery=a_delivery()
    ),
    "stop": lambda s: reminders.stop(s.database, letter=s.letter.id, actor=s.actor),
    "resume": lambda s: reminders.resume(s.database, letter=s.letter.id, actor=s.actor),
}
"""Clicks that a person can craft, whose answer would show the letter."""


async def _posted(database: Database, clock: Clock, letter: Letter, posting: str) -> None:
    """Post the letter, let some sign, and let those leave who are to have left."""
    public = [CHANNEL] if posting == PUBLIC else []
    await cards.post(
        database,
        letter=letter.id,
        actor=ORGANISER,
        channels=[CHANNEL],
        public=public,
        delivery=a_delivery(),
    )
    await cards_are_up(database, letter)
    stay = [ORGANISER, PRESENT, FROM_ELSEWHERE]
    await are_in_channel(database, [*stay, SIGNED, WITHDREW, LEFT])
    await signs(database, SIGNED, letter)
    given = await signs(database, WITHDREW, letter, a_signature(WITHDREW, letter, name="Another"))
    await withdrawals.withdraw(
        database, endorsement=given.endorsement, actor=WITHDREW, delivery=a_delivery()
    )
    clock.advance(timedelta(minutes=1))
    await are_in_channel(database, stay)
    (card,) = await cards.cards(database, letter=letter.id)
    if posting == TAKEN_DOWN:
        await database.write(lambda tx: postings.change(tx, card.id, PostingState.DOWN))
    if posting == FAILED:
        await database.write(
            lambda tx: tx.connection.exec_driver_sql(
                "UPDATE postings SET state = 'failed', message_ts = NULL"
            )
        )


async def _led(database: Database, clock: Clock, phase: Phase, posting: str) -> Letter:
    """A letter in a phase with its cards as they are to be."""
    letter = await a_draft(database)
    if phase is Phase.DRAFT:
        return letter
    await first_signers.found(
        database, letter=letter.id, actor=ORGANISER, people=[FIRST_SIGNER.person]
    )
    await are_invited(database, letter, INVITED)
    if posting == UNPOSTED:
        await signs(database, FIRST_SIGNER, letter)
    else:
        await _posted(database, clock, letter, posting)
    if phase in {Phase.FOUNDING, Phase.OPEN}:
        return await the_letter(database, letter.id)
    return await led_to(database, clock, letter, phase)


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
    letter = await _led(database, clock, phase, posting)
    for actor in EVERYONE:
        expected = may_see(actor, phase, posting)
        for surface, look in LOOKS.items():
            shown = await look(Seen(database, letter, actor))
            assert shown == expected, (surface, actor.person.user)
        at_home = await _at_home(Seen(database, letter, actor))
        assert at_home <= expected, ("home", actor.person.user)
        if not expected:
            for click in CLICKS.values():
                await refused(click(Seen(database, letter, actor)), Reason.NO_SUCH_LETTER)


@ON_SQLITE
@pytest.mark.parametrize("posting", [PRIVATE, PUBLIC, TAKEN_DOWN, FAILED])
async def test_reminders(database: Database, clock: Clock, posting: str) -> None:
    """Nobody is reminded of a letter that they may not see, be it by name."""
    await are_met(database, EVERYONE)
    letter = await _led(database, clock, Phase.OPEN, posting)
    for actor in EVERYONE:
        named = reminders.remind(
            database,
            letter=letter.id,
            actor=ORGANISER,
            when=reminders.When.NOW,
            named=[actor.person],
            delivery=a_delivery(),
        )
        assert await _is_there(named) == may_see(actor, Phase.OPEN, posting), actor.person.user


@ON_SQLITE
async def test_left_before_the_reminder(database: Database, clock: Clock) -> None:
    """Who was named and has left the private channel since gets no reminder."""
    await are_met(database, EVERYONE)
    letter = await _led(database, clock, Phase.OPEN, PRIVATE)
    await reminders.remind(
        database,
        letter=letter.id,
        actor=ORGANISER,
        when=reminders.When.NOW,
        named=[PRESENT.person],
        delivery=a_delivery(),
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
    letter = await _led(database, clock, Phase.LATE, UNPOSTED)
    (invitation,) = await the_invitations(database, letter)
    assert await answers.first(database, letter=letter.id, person=INVITED.person) is None
    shown = await answers.with_others(database, invitation=invitation.id, actor=INVITED)
    assert shown is None


@ON_SQLITE
async def test_reopened_without_a_card(database: Database, clock: Clock) -> None:
    """A letter that closed before its first card is reopened for its first signers alone."""
    await are_met(database, EVERYONE)
    letter = await _led(database, clock, Phase.CLOSED, UNPOSTED)
    reopened = await lifecycle.reopen(
        database, letter=letter.id, actor=ORGANISER, deadline=clock.now() + timedelta(days=3)
    )
    assert reopened.phase is Phase.FOUNDING
    assert not await _in_list(Seen(database, letter, COLLEAGUE))
    await cards.post(
        database, letter=letter.id, actor=ORGANISER, channels=[CHANNEL], delivery=a_delivery()
    )
    asked = [row for row in await rows(database, "outbox") if row["kind"] == "invitation"]
    assert [row["target"] for row in asked] == [INVITED.person.user]
    assert (await the_letter(database, letter.id)).phase is Phase.OPEN


@ON_SQLITE
async def test_first_card_on_the_late_list(database: Database, clock: Clock) -> None:
    """A letter whose first card goes up after delivery is open to the channel, and invites."""
    await are_met(database, EVERYONE)
    letter = await _led(database, clock, Phase.LATE, UNPOSTED)
    await cards.post(
        database, letter=letter.id, actor=ORGANISER, channels=[CHANNEL], delivery=a_delivery()
    )
    await are_in_channel(database, [PRESENT])
    assert await _in_list(Seen(database, letter, PRESENT))
    assert await answers.first(database, letter=letter.id, person=INVITED.person) is not None
    await handover.close_late(database, letter=letter.id, actor=ORGANISER)


@ON_SQLITE
async def test_a_click_proves(database: Database, clock: Clock) -> None:
    """A click on a card counts right away; with another channel, message or letter it doesn't."""
    letter = await _led(database, clock, Phase.OPEN, PRIVATE)
    other = await an_open_letter(database, channels=["C2"], public=False, title="Another")
    (card,) = await cards.cards(database, letter=letter.id)

    async def clicks(
        number: int = letter.id,
        posting: str = card.id,
        channel: str = CHANNEL,
        ts: str = card.message_ts or "",
    ) -> bool:
        await cards.clicked(
            database,
            actor=COLLEAGUE,
            letter=number,
            posting=posting,
            channel=channel,
            message_ts=ts,
        )
        return await _in_list(Seen(database, letter, COLLEAGUE))

    assert not await clicks(number=other.id)
    assert not await clicks(posting="nope")
    assert not await clicks(channel="C2")
    assert not await _in_list(Seen(database, other, COLLEAGUE))
    assert not await clicks(ts="1.2")
    assert await clicks()


@ON_SQLITE
async def test_a_command_proves(database: Database, clock: Clock) -> None:
    """A command counts in a channel that has a card; elsewhere nothing is kept."""
    letter = await _led(database, clock, Phase.OPEN, PRIVATE)
    await membership.acted_in(database, actor=GUEST, channel="C0ELSEWHERE")
    assert not [row for row in await rows(database, "members") if row["user"] == "U0NOWHERE"]
    await membership.acted_in(database, actor=GUEST, channel=CHANNEL)
    assert await _in_list(Seen(database, letter, GUEST))


@ON_SQLITE
async def test_proof_outlives_an_older_list(database: Database, clock: Clock) -> None:
    """A list of members that Slack was asked for before a click doesn't undo the click."""
    letter = await _led(database, clock, Phase.OPEN, PRIVATE)
    clock.advance(timedelta(seconds=1))
    began = await membership.moment(database)
    clock.advance(timedelta(seconds=1))
    await membership.acted_in(database, actor=GUEST, channel=CHANNEL)
    clock.advance(timedelta(seconds=1))
    await membership.gathered(database, workspace=WORKSPACE, channel=CHANNEL, users=[], since=began)
    assert await _in_list(Seen(database, letter, GUEST))
    assert not await _in_list(Seen(database, letter, PRESENT))


@ON_SQLITE
async def test_public_once_known(database: Database, clock: Clock) -> None:
    """Where it turns out that a channel is public, every full member may read."""
    letter = await _led(database, clock, Phase.OPEN, PRIVATE)
    assert not await _in_list(Seen(database, letter, COLLEAGUE))
    await membership.gathered(database, workspace=WORKSPACE, channel=CHANNEL, users=[], public=True)
    assert await _in_list(Seen(database, letter, COLLEAGUE))
    assert not await _in_list(Seen(database, letter, GUEST))


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
