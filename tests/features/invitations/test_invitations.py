"""An organiser keeps the list of those who were invited, and signatures answer for them."""

import asyncio
from datetime import date, timedelta

import pytest

from bot.features.amendments.use_cases import amendments
from bot.features.cards import use_cases as cards
from bot.features.invitations.use_cases import first_signers, invitations
from bot.features.invitations.use_cases.entry import Entered
from bot.features.letter_rules import use_cases as letter_rules
from bot.features.lifecycle import use_cases as lifecycle
from bot.features.withdrawals import use_cases as withdrawals
from bot.letters.amendment import AmendmentKind
from bot.letters.invitation import InvitationState, Saying
from bot.letters.phases import Phase
from bot.letters.refusals import Reason
from bot.letters.rules import Rules, Silence
from bot.storage.database import Database
from tests.support.amending import amends
from tests.support.clock import Clock
from tests.support.letters import (
    BODY,
    CHANNEL,
    DEADLINE,
    GUEST,
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    OUTSIDER,
    a_draft,
    a_trigger,
    an_open_letter,
    changes,
    everything,
    for_organisation,
    signs,
    the_letter,
)
from tests.support.refusing import refused
from tests.support.scenes.invitations import (
    a_person,
    an_organisation,
    are_invited,
    invites,
    states,
    the_invitations,
    told,
)

INVITED, READING, SIGNED = InvitationState.INVITED, InvitationState.READING, InvitationState.SIGNED
WITHDREW = InvitationState.WITHDREW


@pytest.mark.on_both
async def test_invited_once(database: Database) -> None:
    """An invitation is one message; asked again, or under another spelling, they get no other."""
    letter = await an_open_letter(database)
    everybody = [MEMBER, GUEST, OUTSIDER]
    group = an_organisation("The Open Web Group", OTHER_MEMBER, country="Germany")
    first = await invites(
        database, letter, *(a_person(one) for one in everybody), group, met=everybody
    )
    assert first == Entered(added=4, told=4)
    again = an_organisation("Open Web Group", MEMBER)
    second = await invites(database, letter, a_person(MEMBER), again, a_person(ORGANISER))
    assert second == Entered(added=1, known=2, told=1)
    found = await the_invitations(database, letter)
    assert [invitation.state for invitation in found] == [INVITED] * 5
    assert await told(database) == sorted(
        one.person.user for one in (*everybody, OTHER_MEMBER, ORGANISER)
    )
    assert (await the_letter(database, letter.id)).has_invitations


async def test_no_account(database: Database) -> None:
    """Somebody without an account here is kept with how to reach them, and gets no message."""
    letter = await an_open_letter(database)
    outside = an_organisation("A Group", contact="office@group.example")
    await invites(database, letter, outside)
    (invitation,) = await the_invitations(database, letter)
    assert (invitation.person, invitation.contact) == (None, "office@group.example")
    assert await told(database) == []


async def test_delivered_twice(database: Database) -> None:
    """A form that is delivered twice, even at once, asks once and answers the same."""
    letter = await an_open_letter(database)
    trigger = a_trigger()
    invited = [invites(database, letter, a_person(MEMBER), trigger=trigger) for _ in range(3)]
    assert await asyncio.gather(*invited) == [Entered(added=1, told=1)] * 3
    assert len(await the_invitations(database, letter)) == 1
    assert len(await told(database)) == 1


async def test_refused(database: Database) -> None:
    """A wrong value is refused by its field, and nothing is written."""
    letter = await an_open_letter(database)
    before = await everything(database)
    for wrong, reason, field in (
        (an_organisation(" "), Reason.EMPTY, "organisation"),
        (an_organisation("https://group.example"), Reason.LOOKS_LIKE_LINK, "organisation"),
        (an_organisation("A Group", contact="x" * 151), Reason.TOO_LONG, "contact"),
        (an_organisation("A Group", note="x" * 301), Reason.TOO_LONG, "note"),
    ):
        refusal = await refused(invites(database, letter, a_person(MEMBER), wrong), reason)
        assert refusal.field == field
    await refused(invites(database, letter, a_person(MEMBER), actor=MEMBER), Reason.NOT_ORGANISER)
    assert await everything(database) == before


async def test_before_it_opens(database: Database) -> None:
    """Those invited to a draft, or while it is with its first signers, hear of it at posting."""
    letter = await a_draft(database)
    await are_invited(database, letter, MEMBER)
    await first_signers.found(database, letter=letter.id, actor=ORGANISER, people=[GUEST.person])
    await are_invited(database, letter, OTHER_MEMBER, GUEST)
    await signs(database, GUEST, letter)
    assert await told(database) == []
    await cards.post(
        database,
        letter=letter.id,
        actor=ORGANISER,
        channels=[CHANNEL],
        public=[CHANNEL],
        trigger=a_trigger(),
    )
    assert await told(database) == sorted([MEMBER.person.user, OTHER_MEMBER.person.user])
    assert (await the_invitations(database, letter))[2].state is SIGNED


@pytest.mark.on_both
async def test_first_signers_are_told_in_time(database: Database) -> None:
    """First signers are told of their choice only while the letter is with them."""
    letter = await a_draft(database)
    await first_signers.found(database, letter=letter.id, actor=ORGANISER, people=[GUEST.person])
    told = await first_signers.invited(
        database, letter=letter.id, person=GUEST.person, by=ORGANISER.person.user
    )
    assert told is not None
    by = MEMBER.person.user
    assert not await first_signers.invited(database, letter=letter.id, person=GUEST.person, by=by)
    assert (
        await first_signers.invited(
            database, letter=letter.id, person=MEMBER.person, by=ORGANISER.person.user
        )
        is None
    )
    await cards.post(
        database,
        letter=letter.id,
        actor=ORGANISER,
        channels=[CHANNEL],
        public=[CHANNEL],
        trigger=a_trigger(),
    )
    assert (
        await first_signers.invited(
            database, letter=letter.id, person=GUEST.person, by=ORGANISER.person.user
        )
        is None
    )


@pytest.mark.on_both
async def test_several_at_once(database: Database) -> None:
    """A person invited as themselves and for two organisations gets one message."""
    letter = await an_open_letter(database)
    groups = [an_organisation(name, MEMBER) for name in ("A Group", "Another Group")]
    await invites(database, letter, a_person(MEMBER), *groups, met=[MEMBER])
    assert await told(database) == [MEMBER.person.user]


async def test_signing(database: Database) -> None:
    """A signature in any capacity answers for the person, one for it answers for an organisation."""
    letter = await an_open_letter(database)
    await are_invited(database, letter, MEMBER, OTHER_MEMBER)
    await invites(
        database, letter, an_organisation("Open Web Group", MEMBER), an_organisation("A Group")
    )
    await signs(database, MEMBER, letter)
    assert await states(database, letter) == [SIGNED, INVITED, INVITED, INVITED]
    signature = for_organisation(OTHER_MEMBER, letter, "The Open Web Group", "Germany")
    await signs(database, OTHER_MEMBER, letter, signature)
    assert await states(database, letter) == [SIGNED, SIGNED, SIGNED, INVITED]


async def test_signed_before(database: Database) -> None:
    """An invitation of somebody who has signed is on the list as signed, without a message."""
    letter = await an_open_letter(database)
    await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, "A Group"))
    await invites(database, letter, a_person(MEMBER), an_organisation("A Group", OTHER_MEMBER))
    assert await states(database, letter) == [SIGNED, SIGNED]
    assert await told(database) == []


@pytest.mark.on_both
async def test_many_at_once(database: Database) -> None:
    """Signatures that are committed together answer each for its own."""
    letter = await an_open_letter(database)
    other = await an_open_letter(database, channels=["C2"])
    await are_invited(database, letter, MEMBER, OTHER_MEMBER, GUEST)
    await are_invited(database, other, MEMBER, GUEST)
    await asyncio.gather(
        signs(database, MEMBER, letter),
        signs(database, GUEST, other),
        signs(database, GUEST, letter),
    )
    assert await states(database, letter) == [SIGNED, INVITED, SIGNED]
    assert await states(database, other) == [INVITED, SIGNED]


async def test_withdrawn(database: Database) -> None:
    """Somebody who no longer holds a signature is asked again, as one who knows the letter."""
    letter = await an_open_letter(database)
    await are_invited(database, letter, MEMBER)
    await invites(database, letter, an_organisation("A Group"))
    own = await signs(database, MEMBER, letter)
    for_group = await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, "A Group"))
    second = for_organisation(OTHER_MEMBER, letter, "A Group")
    other = await signs(database, OTHER_MEMBER, letter, second, confirms=True)

    async def withdraws(endorsement: str, actor: object = MEMBER) -> list[InvitationState]:
        await withdrawals.withdraw(
            database,
            endorsement=endorsement,
            actor=MEMBER if actor is MEMBER else OTHER_MEMBER,
            trigger=a_trigger(),
        )
        return await states(database, letter)

    assert await withdraws(own.endorsement) == [SIGNED, SIGNED], "one for the group stands"
    assert await withdraws(for_group.endorsement) == [WITHDREW, SIGNED], "a second voice stands"
    assert await withdraws(other.endorsement, OTHER_MEMBER) == [WITHDREW, WITHDREW]


async def test_changed_to_another(database: Database) -> None:
    """A signature that becomes another organisation's answers for that one, and no more for the first."""
    letter = await an_open_letter(database)
    await invites(database, letter, an_organisation("A Group"), an_organisation("Another Group"))
    signed = await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, "A Group"))
    await changes(
        database,
        endorsement=signed.endorsement,
        actor=MEMBER,
        signature=for_organisation(MEMBER, letter, "Another Group"),
        trigger=a_trigger(),
    )
    assert await states(database, letter) == [WITHDREW, SIGNED]


async def test_dropped(database: Database, clock: Clock) -> None:
    """A signature that silence ends after an amendment answers no more."""
    letter = await a_draft(database)
    await letter_rules.set_rules(
        database, letter=letter.id, actor=ORGANISER, rules=Rules(silence=Silence.DROP)
    )
    await cards.post(
        database,
        letter=letter.id,
        actor=ORGANISER,
        channels=[CHANNEL],
        public=[CHANNEL],
        trigger=a_trigger(),
    )
    await are_invited(database, letter, MEMBER)
    await signs(database, MEMBER, letter)
    until = clock.now() + timedelta(days=2)
    await amends(
        database, letter=letter.id, actor=ORGANISER, body=BODY + "\nAnd fast.\n",
        kind=AmendmentKind.MATERIAL, note="Faster.", answer_by=until,
    )  # fmt: skip
    clock.set(until)
    await amendments.drop_silent(database)
    assert await states(database, letter) == [READING]


async def test_by_hand(database: Database) -> None:
    """An organiser sets an invitation's state, and puts it back; a signature nobody talks away."""
    letter = await an_open_letter(database)
    member, other = await are_invited(database, letter, MEMBER, OTHER_MEMBER)

    async def says(
        saying: Saying, invitation: str = member.id, day: date | None = None
    ) -> InvitationState:
        found = await invitations.say(
            database,
            invitation=invitation,
            actor=ORGANISER,
            saying=saying,
            day=day,
            trigger=a_trigger(),
        )
        return found.state

    assert await says(Saying.READ) is READING
    assert await says(Saying.AWAIT, day=date(2026, 3, 20)) is InvitationState.AWAITING
    assert await says(Saying.DECLINE) is InvitationState.DECLINED
    assert await says(Saying.PUT_BACK) is INVITED
    assert (await the_invitations(database, letter))[0].until is None
    assert (await refused(says(Saying.AWAIT), Reason.EMPTY)).field == "until"
    passed = await refused(says(Saying.AWAIT, day=date(2026, 3, 2)), Reason.DAY_PASSED)
    assert passed.field == "until"
    await signs(database, OTHER_MEMBER, letter)
    await refused(says(Saying.DECLINE, other.id), Reason.INVITATION_SIGNED)
    await refused(says(Saying.SIGN), Reason.INVITATION_SIGNED)


async def test_removed(database: Database) -> None:
    """A removed invitation is gone, and after the last one the letter has no list."""
    letter = await an_open_letter(database)
    member, other = await are_invited(database, letter, MEMBER, OTHER_MEMBER)
    trigger = a_trigger()
    for _ in range(2):
        number = await invitations.remove(
            database, invitation=member.id, actor=ORGANISER, trigger=trigger
        )
        assert number == letter.id
    await refused(
        invitations.remove(database, invitation=member.id, actor=ORGANISER, trigger=a_trigger()),
        Reason.NO_SUCH_INVITATION,
    )
    assert (await the_letter(database, letter.id)).has_invitations
    await invitations.remove(database, invitation=other.id, actor=ORGANISER, trigger=a_trigger())
    assert not (await the_letter(database, letter.id)).has_invitations


async def test_pages(database: Database) -> None:
    """The list comes in pages with the counts of all, also once the letter is closed."""
    letter = await an_open_letter(database)
    await are_invited(database, letter, MEMBER, OTHER_MEMBER, GUEST)
    await signs(database, GUEST, letter)
    page = await invitations.page(database, letter=letter.id, actor=ORGANISER, number=2, limit=2)
    assert (page.number, page.pages, page.may_change) == (2, 2, True)
    assert [invitation.person for invitation in page.invitations] == [GUEST.person]
    assert page.counts == {INVITED: 2, SIGNED: 1}
    await lifecycle.close(database, letter=letter.id, actor=ORGANISER)
    page = await invitations.page(database, letter=letter.id, actor=ORGANISER, number=9, limit=2)
    assert (page.number, page.may_change) == (2, False)
    await refused(
        invitations.page(database, letter=letter.id, actor=MEMBER, limit=2), Reason.NOT_ORGANISER
    )


@pytest.mark.parametrize("invited", [True, False])
async def test_closed(database: Database, clock: Clock, invited: bool) -> None:  # noqa: FBT001 - pytest gives it by name
    """Once the letter has closed nobody is put on the list, and nothing on it is changed."""
    letter = await an_open_letter(database)
    (invitation,) = await are_invited(database, letter, MEMBER)
    clock.set(DEADLINE)
    assert (await the_letter(database, letter.id)).phase_at(clock.now()) is Phase.CLOSED
    story = (
        invites(database, letter, a_person(OTHER_MEMBER))
        if invited
        else invitations.say(
            database,
            invitation=invitation.id,
            actor=ORGANISER,
            saying=Saying.READ,
            trigger=a_trigger(),
        )
    )
    await refused(story, Reason.DEADLINE_PASSED)
