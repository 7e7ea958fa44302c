"""Somebody wants to start a letter."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.features.cards import use_cases as cards
from bot.features.drafts.use_cases import drafts
from bot.features.invitations.use_cases import last_time
from bot.features.letter_rules import use_cases as letter_rules
from bot.features.lifecycle import use_cases as lifecycle
from bot.features.reminders.use_cases import reminders
from bot.features.withdrawals import use_cases as withdrawals
from bot.letters.endorsement import Kind
from bot.letters.people import Actor, Membership
from bot.letters.refusals import Reason, Refused
from bot.letters.rules import Confirmation, Embargo, Hidden, Ordering, PublicPage, Rules
from bot.storage import letters
from bot.storage.database import Database
from tests.support.letters import (
    DEADLINE,
    GUEST,
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    OUTSIDER,
    a_draft_of,
    a_row,
    a_trigger,
    adds,
    an_open_letter,
    for_organisation,
    members,
    rows,
    signs,
    the_letter,
)
from tests.support.refusing import refused
from tests.support.scenes.invitations import a_person, invites, the_invitations, told


async def test_member(database: Database) -> None:
    """A member is offered a deadline in two weeks, at 17:00 of their own zone."""
    offered = await drafts.start(database, actor=MEMBER, tz="Asia/Kathmandu")

    assert offered == datetime(2026, 3, 17, 11, 15, tzinfo=UTC)


@pytest.mark.parametrize("actor", [GUEST, OUTSIDER])
async def test_others(database: Database, actor: Actor) -> None:
    """Guests and people of other organisations start no letter."""
    with pytest.raises(Refused) as refused:
        await drafts.start(database, actor=actor, tz="UTC")

    assert refused.value.refusal.reason is Reason.GUESTS_CANNOT_START


RULES = Rules(
    confirmation=Confirmation.ORGANISER,
    ordering=Ordering.COUNTRY,
    grouped=False,
    embargo=Embargo(hides=Hidden.NAMES, until=DEADLINE + timedelta(days=2)),
)
LATER = DEADLINE + timedelta(days=60)


async def started(database: Database, start: int, actor: Actor = ORGANISER) -> int:
    """A draft that somebody starts from a letter."""
    draft = a_draft_of(title="The next web", deadline=LATER)
    return await drafts.create(database, actor=actor, draft=draft, start=start, trigger=a_trigger())


@pytest.mark.on_both
async def test_started_from_a_letter(database: Database) -> None:
    """Rules, language, who is responsible, organisers and channels come from the earlier letter."""
    earlier = await an_open_letter(database, channels=("C1", "C2"), rules=RULES, language="pt")
    await lifecycle.add_organiser(
        database,
        letter=earlier.id,
        actor=ORGANISER,
        person=MEMBER.person,
        membership=Membership.MEMBER,
    )
    page = await letter_rules.set_rules(
        database,
        letter=earlier.id,
        actor=ORGANISER,
        rules=replace(RULES, page=PublicPage.LIST),
        responsible="The Coalition",
    )
    assert page.share_id
    number = await started(database, earlier.id, MEMBER)
    found = await the_letter(database, number, MEMBER)
    assert found.rules.embargo == Embargo(hides=Hidden.NAMES, until=LATER + timedelta(days=2))
    assert (found.rules.ordering, found.rules.grouped) == (Ordering.COUNTRY, False)
    assert found.rules.confirmation is Confirmation.ORGANISER
    assert (found.rules.page, found.share_id) == (PublicPage.OFF, None)
    assert (found.language, found.responsible) == ("pt", "The Coalition")
    both = {ORGANISER.person, MEMBER.person}
    assert {*await database.read(lambda tx: letters.organisers_of(tx, number))} == both
    words = [row["target"] for row in await rows(database, "outbox") if row["kind"] == "word"]
    assert words == [MEMBER.person.user, ORGANISER.person.user]
    offered = await cards.earlier_channels(database, letter=number, actor=MEMBER)
    assert offered == ["C1", "C2"]


async def test_started_by_others(database: Database) -> None:
    """Only organisers of a letter start from it; who organises only the new one learns nothing."""
    earlier = await an_open_letter(database)
    await signs(database, MEMBER, earlier)
    await refused(started(database, earlier.id, MEMBER), Reason.NOT_ORGANISER)
    number = await started(database, earlier.id)
    await lifecycle.add_organiser(
        database,
        letter=number,
        actor=ORGANISER,
        person=OTHER_MEMBER.person,
        membership=Membership.MEMBER,
    )
    assert await cards.earlier_channels(database, letter=number, actor=OTHER_MEMBER) == []
    asks = last_time.last_time(database, letter=number, actor=OTHER_MEMBER)
    await refused(asks, Reason.NOT_ORGANISER)


async def test_last_time_under_embargo(database: Database) -> None:
    """While an embargo hides who signed last time, nobody is invited by that."""
    until = DEADLINE - timedelta(days=20)
    rules = Rules(embargo=Embargo(hides=Hidden.NAMES, until=until))
    earlier = await an_open_letter(database, rules=rules)
    await signs(database, MEMBER, earlier)
    number = await started(database, earlier.id)
    asks = last_time.last_time(database, letter=number, actor=ORGANISER)
    assert (await refused(asks, Reason.UNDER_EMBARGO)).facts["title"] == earlier.title


@pytest.mark.on_both
async def test_last_time(database: Database) -> None:
    """Those who signed last time are invited once, for the same organisation, unless they left or said no.

    Left out are those who withdrew, were collected, asked for no more messages, organise, or are
    invited or signed here.
    """
    earlier = await an_open_letter(database)
    stays, no_more, invited, signed, speaks, left = members(6)
    for one in (stays, no_more, invited, signed, ORGANISER):
        await signs(database, one, earlier)
    await signs(database, speaks, earlier, for_organisation(speaks, earlier, "Web Group"))
    await adds(database, earlier, a_row(name="Ada King"))
    gone = (await signs(database, left, earlier)).endorsement
    await withdrawals.withdraw(database, endorsement=gone, actor=left, trigger=a_trigger())
    await reminders.stop(database, letter=earlier.id, actor=no_more)
    number = await started(database, earlier.id)
    where = ["C1"]
    await cards.post(
        database,
        letter=number,
        actor=ORGANISER,
        channels=where,
        public=where,
        trigger=a_trigger(),
    )
    later = await the_letter(database, number)
    await invites(database, later, a_person(invited))
    await signs(database, signed, later)
    _, _, found = await last_time.last_time(database, letter=number, actor=ORGANISER)
    who = [(one.kind, one.person, one.organisation) for one in found]
    assert who == [
        (Kind.PERSON, stays.person, ""),
        (Kind.ORGANISATION, speaks.person, "Web Group"),
    ]

    async def invite_again() -> int:
        entered = await last_time.invite_again(
            database, letter=number, actor=ORGANISER, words="As last time?", at_once=True,
            trigger=a_trigger(),
        )  # fmt: skip
        return entered.added

    assert await invite_again() == 2
    assert await invite_again() == 0
    asked = await the_invitations(database, later)
    assert [one.words for one in asked] == ["", "As last time?", "As last time?"]
    assert await told(database) == sorted(one.person.user for one in (stays, invited, speaks))
