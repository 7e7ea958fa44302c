"""Reminders follow a letter's list of invitations, when planned and when sent."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.features.invitations import rows as invitation_rows
from bot.features.invitations.use_cases import invitations
from bot.features.letter_rules import use_cases as letter_rules
from bot.features.reminders.use_cases import reminders
from bot.features.reminders.use_cases.reminders import NotNow, When
from bot.features.withdrawals import use_cases as withdrawals
from bot.letters import send_windows
from bot.letters.invitation import InvitationState, Saying, is_due
from bot.letters.letter import Letter
from bot.letters.people import Actor
from bot.letters.refusals import Reason
from bot.letters.rules import Reminded, Rules
from bot.storage.database import Database
from tests.support.clock import Clock
from tests.support.letters import (
    DEADLINE,
    GUEST,
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    OUTSIDER,
    a_trigger,
    an_actor,
    an_open_letter,
    are_in_channel,
    are_met,
    for_organisation,
    rows,
    signs,
)
from tests.support.refusing import refused
from tests.support.scenes.invitations import (
    a_person,
    an_organisation,
    answers,
    are_invited,
    invites,
    the_invitations,
)
from tests.support.scenes.reminders import planned, reminds, step_of

DAY = timedelta(days=1)
ONLY_INVITED = Rules(reminded=Reminded.INVITED)
# DEADLINE is Thursday, 2 April 2026, 10:00 UTC: all three steps fall on weekdays.
D7, D3, D1 = DEADLINE - 7 * DAY, DEADLINE - 3 * DAY, DEADLINE - DAY
BYSTANDER = an_actor("U0BYSTANDER")


async def _planned_at(database: Database, clock: Clock, moment: datetime) -> list[str]:
    """List those for whom a reminder is planned at an instant, and was not before."""
    before = await rows(database, "reminders")
    clock.set(moment)
    await reminders.plan_due(database)
    return sorted(row["user"] for row in await rows(database, "reminders") if row not in before)


def _users(*people: Actor) -> list[str]:
    return sorted(one.person.user for one in people)


async def _due(
    database: Database, letter: Letter, actor: Actor, days: int = 7
) -> Letter | NotNow | None:
    step = send_windows.step_name(step_of(days, letter), letter.deadline)
    return await reminders.due_now(database, letter=letter.id, person=actor.person, step=step)


@pytest.mark.on_both
async def test_instead_of_channels(database: Database, clock: Clock) -> None:
    """Those who were invited are reminded, whatever they are and wherever; channels' members are not."""
    letter = await an_open_letter(database, rules=ONLY_INVITED)
    await are_in_channel(database, [MEMBER, BYSTANDER, OTHER_MEMBER])
    await are_invited(database, letter, MEMBER, GUEST, OUTSIDER)
    contact = an_organisation("A Group", OTHER_MEMBER)
    elsewhere = an_organisation("B Group", contact="office@group.example")
    await invites(database, letter, contact, elsewhere, met=[OTHER_MEMBER])
    reach = await reminders.reach(database, letter=letter.id, actor=ORGANISER)
    assert reach.invited == 4
    invited = _users(MEMBER, GUEST, OUTSIDER, OTHER_MEMBER)
    assert await _planned_at(database, clock, D7) == invited


async def test_without_looking_into_channels(database: Database, clock: Clock) -> None:
    """With a list of those who were invited a step does not wait for who is in the channels."""
    letter = await an_open_letter(database, rules=ONLY_INVITED)
    await are_invited(database, letter, MEMBER)
    assert await _planned_at(database, clock, D7) == _users(MEMBER)


@pytest.mark.on_both
@pytest.mark.parametrize("state", list(InvitationState))
@pytest.mark.parametrize("over", [False, True])
async def test_every_state(
    database: Database, clock: Clock, state: InvitationState, *, over: bool
) -> None:
    """The database plans for exactly those of whom the rule says that a reminder is due."""
    letter = await an_open_letter(database, rules=ONLY_INVITED)
    (invitation,) = await are_invited(database, letter, MEMBER)
    await _comes_to(database, letter, state, until=(D7 - DAY if over else D7).date())
    invitation = (await the_invitations(database, letter))[0]
    assert invitation.state is state
    owed = await _planned_at(database, clock, D7)
    assert (owed == _users(MEMBER)) is is_due(invitation, D7)
    assert is_due(invitation, D7) is (
        state in {InvitationState.INVITED, InvitationState.READING, InvitationState.WITHDREW}
        or (state is InvitationState.AWAITING and over)
    )


async def _comes_to(
    database: Database, letter: Letter, state: InvitationState, until: date
) -> None:
    (invitation,) = await the_invitations(database, letter)
    match state:
        case InvitationState.INVITED:
            pass
        case InvitationState.READING:
            await answers(database, MEMBER, invitation, Saying.READ)
        case InvitationState.AWAITING:
            await answers(database, MEMBER, invitation, Saying.AWAIT, until)
        case InvitationState.DECLINED:
            await answers(database, MEMBER, invitation, Saying.DECLINE)
        case InvitationState.SIGNED:
            await signs(database, MEMBER, letter)
        case InvitationState.WITHDREW:
            given = await signs(database, MEMBER, letter)
            await withdrawals.withdraw(
                database, endorsement=given.endorsement, actor=MEMBER, trigger=a_trigger()
            )


@pytest.mark.parametrize("state", list(InvitationState))
async def test_again_when_sent(database: Database, clock: Clock, state: InvitationState) -> None:
    """An answer given after a reminder was planned counts when it goes."""
    letter = await an_open_letter(database, rules=ONLY_INVITED)
    await are_invited(database, letter, MEMBER)
    assert await _planned_at(database, clock, D7) == _users(MEMBER)
    await _comes_to(database, letter, state, until=D7.date())
    goes = state in {InvitationState.INVITED, InvitationState.READING, InvitationState.WITHDREW}
    assert (await _due(database, letter, MEMBER) is not None) is goes


@pytest.mark.on_both
async def test_asked_meanwhile(database: Database, clock: Clock) -> None:
    """A step planned for the channels goes, once only the invited are meant, to them only."""
    letter = await an_open_letter(database)
    clock.set(D7 - timedelta(hours=1))
    await are_in_channel(database, [MEMBER, BYSTANDER])
    assert await _planned_at(database, clock, D7) == _users(MEMBER, BYSTANDER)
    await are_invited(database, letter, MEMBER)
    assert await _due(database, letter, BYSTANDER) is not None
    await letter_rules.set_rules(database, letter=letter.id, actor=ORGANISER, rules=ONLY_INVITED)
    assert await _due(database, letter, MEMBER) is not None
    assert await _due(database, letter, BYSTANDER) is None


async def test_next_after_the_date(database: Database, clock: Clock) -> None:
    """A person waiting for an approval skips the steps up to its day and gets the next."""
    letter = await an_open_letter(database, rules=ONLY_INVITED)
    (invitation,) = await are_invited(database, letter, MEMBER)
    await answers(database, MEMBER, invitation, Saying.AWAIT, D3.date())
    assert await _planned_at(database, clock, D7) == []
    assert await _planned_at(database, clock, D3) == []
    assert await _planned_at(database, clock, D1) == _users(MEMBER)
    assert await _due(database, letter, MEMBER, 1) is not None


async def test_date_between_step_and_morning(database: Database, clock: Clock) -> None:
    """The moment of arrival counts: a day that is over by the person's next morning is over."""
    letter = await an_open_letter(database, rules=ONLY_INVITED)
    early, late = an_actor("U0EARLY"), an_actor("U0LATE")
    await are_invited(database, letter, early, late)
    await are_met(database, [early, late], tz="Asia/Tokyo")
    for invitation, actor, day in zip(
        await the_invitations(database, letter),
        (early, late),
        (D3.date(), D3.date() + DAY),
        strict=True,
    ):
        await invitations.say(
            database, invitation=invitation.id, actor=ORGANISER, saying=Saying.AWAIT, day=day,
            trigger=a_trigger(),
        )  # fmt: skip
        assert actor.person == invitation.person
    # It is Monday, 19:00 in Tokyo; the next window opens on Tuesday at 9:00.
    assert await _planned_at(database, clock, D3) == _users(early)


async def test_two_organisations(database: Database, clock: Clock) -> None:
    """The contact of two organisations gets one reminder, as long as one of them has not answered."""
    letter = await an_open_letter(database, rules=ONLY_INVITED)
    groups = [an_organisation(name, MEMBER) for name in ("A Group", "B Group")]
    await invites(database, letter, *groups, met=[MEMBER])
    first, second = await the_invitations(database, letter)
    assert await _planned_at(database, clock, D7) == _users(MEMBER)
    assert len([row for row in await rows(database, "outbox") if row["kind"] == "reminder"]) == 1
    await answers(database, MEMBER, first, Saying.DECLINE)
    assert await _due(database, letter, MEMBER) is not None
    await answers(database, MEMBER, second, Saying.DECLINE)
    assert await _due(database, letter, MEMBER) is None


async def test_signed_oneself_only(database: Database, clock: Clock) -> None:
    """A contact who signed as a person is still reminded of the organisation, until it signs."""
    letter = await an_open_letter(database, rules=ONLY_INVITED)
    await invites(database, letter, an_organisation("A Group", MEMBER), met=[MEMBER])
    await signs(database, MEMBER, letter)
    assert await _planned_at(database, clock, D7) == _users(MEMBER)
    signed = await signs(
        database, OTHER_MEMBER, letter, for_organisation(OTHER_MEMBER, letter, "A Group")
    )
    assert await _due(database, letter, MEMBER) is None
    await withdrawals.withdraw(
        database, endorsement=signed.endorsement, actor=OTHER_MEMBER, trigger=a_trigger()
    )
    assert await _due(database, letter, MEMBER) is not None


@pytest.mark.on_both
async def test_named(database: Database) -> None:
    """By name too, nobody who declined or waits is reminded; one who was not asked still can be."""
    letter = await an_open_letter(database, rules=ONLY_INVITED)
    invited = [an_actor(f"U0{word}") for word in ("ASKED", "DECLINED", "WAITS")]
    for invitation, actor in zip(
        await are_invited(database, letter, *invited), invited, strict=True
    ):
        if actor is invited[1]:
            await answers(database, actor, invitation, Saying.DECLINE)
        if actor is invited[2]:
            await answers(database, actor, invitation, Saying.AWAIT, D3.date())
    signed = an_actor("U0SIGNED")
    await are_met(database, [BYSTANDER, signed])
    await signs(database, signed, letter)
    assert await reminds(database, letter, *invited, BYSTANDER, signed) == 2
    assert await planned(database) == [("U0ASKED", "asked"), ("U0BYSTANDER", "asked")]
    await refused(reminds(database, letter, *invited[1:]), Reason.NOBODY_TO_REMIND)
    await refused(
        reminds(database, letter, *invited[1:], when=When.IN_DAYTIME), Reason.NOBODY_TO_REMIND
    )


async def test_stopped_and_unreachable(database: Database, clock: Clock) -> None:
    """A stop of reminders, and a closed account, count for those who were invited too."""
    letter = await an_open_letter(database, rules=ONLY_INVITED)
    await are_invited(database, letter, MEMBER, OTHER_MEMBER, GUEST)
    await reminders.stop(database, letter=letter.id, actor=MEMBER)
    await are_met(database, [OTHER_MEMBER], reachable=False)
    assert await _planned_at(database, clock, D7) == _users(GUEST)


@pytest.mark.on_both
async def test_later(database: Database, clock: Clock) -> None:
    """Later is tomorrow, but not before the day that was given, and nothing after a final answer."""
    letter = await an_open_letter(database, rules=ONLY_INVITED)
    groups = [an_organisation(name, MEMBER) for name in ("A Group", "B Group")]
    await invites(database, letter, *groups, met=[MEMBER])
    await signs(database, MEMBER, letter)
    first, second = await the_invitations(database, letter)

    async def later() -> datetime | None:
        return await reminders.later(database, letter=letter.id, actor=MEMBER, trigger=a_trigger())

    assert await later() == clock.now() + DAY
    await answers(database, MEMBER, first, Saying.AWAIT, date(2026, 3, 19))
    await answers(database, MEMBER, second, Saying.AWAIT, date(2026, 3, 11))
    morning_after = datetime(2026, 3, 12, 9, tzinfo=UTC)
    assert await later() == morning_after
    clock.set(morning_after)
    due = await reminders.due_now(database, letter=letter.id, person=MEMBER.person, step="later@2")
    assert due is not None
    await answers(database, MEMBER, first, Saying.DECLINE)
    await answers(database, MEMBER, second, Saying.DECLINE)
    assert (
        await reminders.due_now(database, letter=letter.id, person=MEMBER.person, step="later@2")
        is None
    )
    # They signed as themselves, which nobody had asked for.
    await refused(later(), Reason.ALREADY_SIGNED)


async def test_later_after_a_no(database: Database) -> None:
    """Somebody who has declined and presses Later on an old reminder is told that none comes."""
    letter = await an_open_letter(database, rules=ONLY_INVITED)
    (invitation,) = await are_invited(database, letter, MEMBER)
    await answers(database, MEMBER, invitation, Saying.DECLINE)
    await refused(
        reminders.later(database, letter=letter.id, actor=MEMBER, trigger=a_trigger()),
        Reason.INVITATION_ANSWERED,
    )


async def test_last_one_taken_off(database: Database, clock: Clock) -> None:
    """Without anybody on the list, the members of the channels are reminded as before."""
    letter = await an_open_letter(database)
    clock.set(D7 - timedelta(hours=1))
    await are_in_channel(database, [BYSTANDER])
    (invitation,) = await are_invited(database, letter, MEMBER)
    await invitations.remove(
        database, invitation=invitation.id, actor=ORGANISER, trigger=a_trigger()
    )
    assert await _planned_at(database, clock, D7) == _users(BYSTANDER)
    assert await database.read(lambda tx: invitation_rows.are_there(tx, letter.id)) is False


async def test_other_letters(database: Database, clock: Clock) -> None:
    """An answer about one letter changes nothing for another."""
    letter = await an_open_letter(database, rules=ONLY_INVITED)
    other = await an_open_letter(database, channels=["C2"], rules=ONLY_INVITED)
    (invitation,) = await are_invited(database, letter, MEMBER)
    await invites(database, other, a_person(MEMBER))
    await answers(database, MEMBER, invitation, Saying.DECLINE)
    assert await _planned_at(database, clock, D7) == _users(MEMBER)
    assert {row["letter"] for row in await rows(database, "reminders")} == {other.id}
