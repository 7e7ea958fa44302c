"""An organiser keeps the list of those who were invited, and reminders follow it."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.features.invitations import rows as invitation_rows
from bot.features.invitations.rules import Invitee
from bot.features.invitations.use_cases import invitations
from bot.letters.endorsement import Kind
from bot.letters.invitation import Saying
from tests.flows.conftest import RunningBot
from tests.flows.test_answering import awaits
from tests.support.letters import a_trigger, rows
from tests.support.scenes.drafts import ORGANISER
from tests.support.scenes.passing import reach, reminders_of, until_quiet
from tests.support.stories import CHANNEL, a_posted_letter, sign_as_oneself, sign_for

DEADLINE = datetime(2026, 3, 20, 10, tzinfo=UTC)
"""A Friday: 7, 3 and 1 days before it are a Friday, a Tuesday and a Thursday."""
D7, D3, D1 = (DEADLINE - timedelta(days=days) for days in (7, 3, 1))


async def opens_form(bot: RunningBot) -> None:
    """The organiser opens the whole form from the list that is open."""
    await bot.organiser.click("invite")
    await bot.organiser.sees_modal("Invite")
    await bot.organiser.click("More")


async def invites_people(bot: RunningBot, *users: str, note: str = "") -> None:
    """The organiser asks people from the list that is open."""
    organiser = bot.organiser
    await opens_form(bot)
    await organiser.fill({"People": list(users), "Note": note, "when": "now"})
    assert await organiser.submit() is None
    await organiser.sees_modal("Invited")


async def invites_organisation(bot: RunningBot, name: str, **more: object) -> None:
    """The organiser asks an organisation from the list that is open; `more` are other fields."""
    organiser = bot.organiser
    await opens_form(bot)
    await organiser.fill({"Organisation": name, **more})
    assert await organiser.submit() is None
    await organiser.sees_modal("Invited")


async def opens_list(bot: RunningBot) -> None:
    await bot.organiser.command(CHANNEL, "/letter invitations")
    await bot.organiser.sees_modal("Invited")


async def test_the_whole_story(running_bot: RunningBot) -> None:
    """Three people and an organisation are invited: one reads, one waits, one declines, one signs."""
    bot, organiser = running_bot, running_bot.organiser
    await a_posted_letter(bot, deadline=DEADLINE)
    await opens_list(bot)
    await organiser.sees("No one is invited yet. Invite people from this")
    await invites_people(bot, "U0MEMBER1", "U0MEMBER2", "U0GUEST", note="From the meeting")
    await organiser.sees("3 added.")
    await invites_organisation(bot, "TEDIC", people=["U0MEMBER3"], Country="Paraguay")
    await organiser.sees("4 not answered yet")
    await invites_people(bot, "U0MEMBER1", "U0OTHERBOT")
    said = await organiser.sees("1 was already invited")
    assert "1 can’t get messages" in said
    for person in (bot.member, bot.another, bot.guest, bot.third):
        await person.sees("invited you to sign. Only the organisers see your", channel="app")

    await bot.member.click("Reading it", channel="app")
    await awaits(bot.another, "2026-03-17")
    await bot.guest.click("No, thank you", channel="app")
    await bot.guest.sees("You declined. Thanks for letting us know – we won’t", channel="app")
    # Somebody else signs for the organisation: that answers for its contact.
    await sign_for(bot.second, "Tedic", country="Paraguay")
    await organiser.close()
    await organiser.command(CHANNEL, "/letter status")
    counted = "1 reading · 1 waiting for approval · 1 declined · 1 signed"
    await organiser.sees(counted, channel=CHANNEL)

    # By schedule: 7 days before, only who reads; neither the others nor the channel's members.
    await reach(bot, D7)
    got = [await reminders_of(one) for one in (bot.member, bot.another, bot.guest, bot.third)]
    assert got == [1, 0, 0, 0]
    assert await reminders_of(bot.organiser) == await reminders_of(bot.second) == 0
    # The signature for the organisation is taken back: it is asked again, through its contact.
    await bot.second.command(CHANNEL, "/letter mine")
    await bot.second.click("Open", channel=CHANNEL)
    await bot.second.click("Withdraw")
    await bot.second.sees("Withdrawn:")
    await reach(bot, D3)
    got = [await reminders_of(one) for one in (bot.member, bot.another, bot.guest, bot.third)]
    assert got == [2, 0, 0, 1]
    # One answers from the reminder; the other's day has come, and the next step is theirs.
    await bot.member.click("No, thank you", channel="app")
    await bot.member.sees("You declined. Thanks for letting us know – we won’t", channel="app")
    await reach(bot, D1)
    assert await reminders_of(bot.another) == 0, "it is seven in the morning in São Paulo"
    await bot.at(D1 + timedelta(hours=2))
    await until_quiet(bot)
    got = [await reminders_of(one) for one in (bot.another, bot.guest, bot.third)]
    assert got == [1, 0, 2]
    assert await bot.member.was_sent("You’re invited to sign") == 3

    await sign_as_oneself(bot.another, "app")
    await opens_list(bot)
    await organiser.sees("2 declined · 1 signed · 1 withdrew")


async def test_in_a_reminder(running_bot: RunningBot) -> None:
    """A reminder to the contact of two organisations is one, names both, and takes each answer."""
    bot = running_bot
    await a_posted_letter(bot, deadline=DEADLINE)
    await opens_list(bot)
    await invites_organisation(bot, "TEDIC", people=["U0MEMBER1"])
    await invites_organisation(bot, "Derechos Digitales", people=["U0MEMBER1"])
    await reach(bot, D7)
    said = await bot.member.sees("Stop reminders", channel="app")
    assert "TEDIC" in said
    assert "Derechos Digitales" in said
    assert await reminders_of(bot.member) == 1
    await bot.member.click("No, thank you", channel="app")
    await bot.member.sees("You declined. Thanks for letting us know – we won’t", channel="app")
    await bot.member.click("Remind me later", channel="app")
    await bot.member.sees("OK. Next reminder", channel="app")
    await bot.after(timedelta(days=3))
    await until_quiet(bot)
    last = str((await bot.member.messages("app"))[-1])
    assert ("TEDIC" in last) is not ("Derechos Digitales" in last)


async def test_by_hand(running_bot: RunningBot) -> None:
    """For those reached elsewhere the organiser sets the state, and takes them off."""
    bot, organiser = running_bot, running_bot.organiser
    await a_posted_letter(bot)
    await opens_list(bot)
    await opens_form(bot)
    await organiser.fill({"Another way to reach them": "office@group.example"})
    assert await organiser.submit() == {"organisation": "Please fill this in."}
    await organiser.fill({"Organisation": "Web Group"})
    assert await organiser.submit() is None
    await organiser.sees_modal("Invited")
    await organiser.sees("Web Group\u2069 (contact: \u2068office@group.example\u2069)")
    await organiser.click("Reading it")
    await organiser.sees("1 reading")
    await organiser.click("Waiting for approval…")
    await organiser.choose("When will they know?", "2026-03-10")
    await organiser.sees("1 waiting for approval")
    await organiser.click("Remove from list")
    await organiser.click("Remove")
    await organiser.sees("Removed:")
    await organiser.sees("No one is invited yet. Invite people from this")


@pytest.mark.parametrize("what", ["Declined", "Date", "Remove", "Account"])
async def test_answered_while_open(running_bot: RunningBot, what: str) -> None:
    """An organiser decides about the answer on the screen: if it changed, it is shown instead."""
    bot, organiser = running_bot, running_bot.organiser
    await a_posted_letter(bot)
    await opens_list(bot)
    await invites_organisation(bot, "Web Group")
    asks = {
        "Date": "Waiting for approval…",
        "Remove": "Remove from list",
        "Account": "Choose account…",
    }
    if what in asks:
        await organiser.click(asks[what])
    (invitation,) = await rows(bot.process.database, "invitations")
    await invitations.say(
        bot.process.database, invitation=invitation["id"], actor=ORGANISER, saying=Saying.READ,
        trigger=a_trigger(),
    )  # fmt: skip
    before = await rows(bot.process.database, "invitations")

    match what:
        case "Date":
            await organiser.choose("When will they know?", "2026-03-10")
        case "Account":
            await organiser.choose("Account", "U0MEMBER1")
        case _:
            await organiser.click(what)

    said = await organiser.sees("this changed while you had it open, so nothing was done")
    assert "1 reading" in said
    assert await rows(bot.process.database, "invitations") == before


async def test_refused_beside_the_field(running_bot: RunningBot) -> None:
    """A mistake is told beside its field, and nothing is kept."""
    bot, organiser = running_bot, running_bot.organiser
    await a_posted_letter(bot)
    await opens_list(bot)
    await opens_form(bot)
    assert list(await organiser.submit() or {}) == ["people"]
    await organiser.fill({"people": ["U0OTHERBOT", "U0LEFT"]})
    assert list(await organiser.submit() or {}) == ["people"]
    await organiser.fill({"people": [], "Organisation": "https://group.example"})
    assert list(await organiser.submit() or {}) == ["organisation"]
    await organiser.fill({"people": ["U0OTHERBOT"], "Organisation": "A Group"})
    assert list(await organiser.submit() or {}) == ["people"]
    await organiser.fill({"people": ["U0MEMBER1", "U0MEMBER2"]})
    assert await organiser.submit() == {"people": "Choose one contact person for an organisation."}


async def test_not_for_others(running_bot: RunningBot) -> None:
    """Nobody but the organisers sees who was invited."""
    bot = running_bot
    await a_posted_letter(bot)
    await bot.member.command(CHANNEL, "/letter invitations #1")
    await bot.member.sees("Only organisers", channel=CHANNEL)


async def test_pages_and_states(running_bot: RunningBot) -> None:
    """Three hundred come in six pages, and those of one state by themselves."""
    bot, organiser = running_bot, running_bot.organiser
    await a_posted_letter(bot)
    groups = [
        Invitee(kind=Kind.ORGANISATION, organisation=f"Group {n:03}", note=f"{n} members")
        for n in range(300)
    ]
    await invitations.invite(
        bot.process.database, letter=1, actor=ORGANISER, wanted=groups, trigger="groups"
    )
    await opens_list(bot)
    await organiser.sees("Page 1 of 6")
    await organiser.click("Next →")
    await organiser.sees("50 members")
    await organiser.click("Declined")
    await organiser.sees("299 not answered yet · 1 declined")
    await organiser.sees("Page 2 of 6")
    await organiser.choose("window:filter", "1 declined")
    await organiser.sees("Declined")
    await organiser.sees_no("Page")
    await organiser.click("No answer yet")
    await organiser.sees("Page 1 of 6")


async def test_whole_channels(running_bot: RunningBot) -> None:
    """Everyone in a channel is invited at once, but no bot, and not who invites."""
    bot, organiser = running_bot, running_bot.organiser
    await a_posted_letter(bot)
    await opens_list(bot)
    await opens_form(bot)
    await organiser.fill({"Everyone in these channels": ["C0OPENINTERNET"], "when": "now"})
    assert await organiser.submit() is None
    await organiser.sees_modal("Invited")
    inside = await bot.process.bot.directory.members("C0OPENINTERNET")
    people = [one.person.user for one in await bot.process.bot.directory.reachable(inside)]
    found = await bot.process.database.read(lambda tx: invitation_rows.of_letter(tx, 1))
    invited = {one.person.user for one in found if one.person}
    assert invited == {*people} - {organiser.id}
    assert len(invited) > 1


async def test_a_channel_that_cannot_be_seen(running_bot: RunningBot) -> None:
    """A private channel without the app is refused in a sentence beside its field."""
    bot, organiser = running_bot, running_bot.organiser
    await a_posted_letter(bot)
    await opens_list(bot)
    await opens_form(bot)
    await organiser.fill({"Everyone in these channels": ["C0STEERING"]})
    wrong = await organiser.submit() or {}
    assert "/invite @Undersigned" in wrong["channels"]


async def test_a_private_channel_of_others(running_bot: RunningBot) -> None:
    """Nobody is invited from a private channel that the organiser isn't in, and no card goes there."""
    bot, organiser = running_bot, running_bot.organiser
    await a_posted_letter(bot)
    await opens_list(bot)
    await opens_form(bot)
    await organiser.fill({"Everyone in these channels": ["C0STEERING"]})
    changes = {"add": ["U0BOT"], "remove": [organiser.id]}
    await bot.simulator.change_channel("C0STEERING", **changes)
    wrong = await organiser.submit() or {}
    assert "You aren’t in some of these private channels" in wrong["channels"]
    await bot.simulator.change_channel("C0STEERING", add=[organiser.id])
    await organiser.close(everything=True)
    await organiser.command(CHANNEL, "/letter post")
    await organiser.sees_modal("Post")
    await organiser.fill({"channels": ["C0STEERING"]})
    await bot.simulator.change_channel("C0STEERING", remove=[organiser.id])
    wrong = await organiser.submit() or {}
    assert "You aren’t in some of these private channels" in wrong["channels"]
    await bot.simulator.change_channel("C0STEERING", add=[organiser.id])
    assert await organiser.submit() is None
    await organiser.sees_modal("Posted")


async def test_own_words_in_a_reminder(running_bot: RunningBot) -> None:
    """A reminder has the organiser's own words, to the invited and to others, also when edited."""
    bot, organiser = running_bot, running_bot.organiser
    await a_posted_letter(bot)
    await opens_list(bot)
    await invites_people(bot, "U0MEMBER1")
    await organiser.close()
    await organiser.command(CHANNEL, "/letter remind")
    await organiser.sees("When?")
    await organiser.fill(
        {"named": ["U0MEMBER1", "U0MEMBER3"], "When?": "Now", "Your own words": "Please, today!"}
    )
    assert await organiser.submit() is None
    await organiser.sees("We’re sending *2 reminders*")
    for person in (bot.member, bot.third):
        await person.sees("Please, today!", channel="app")
    await until_quiet(bot)
    await sign_as_oneself(bot.fourth)
    await until_quiet(bot)
    for person in (bot.member, bot.third):
        await person.sees("1 signature", channel="app")
        await person.sees("Please, today!", channel="app")


async def test_form_of_a_reminder(running_bot: RunningBot) -> None:
    """The form of a reminder says how many of those who were invited it will reach."""
    bot, organiser = running_bot, running_bot.organiser
    await a_posted_letter(bot)
    await opens_list(bot)
    await invites_people(bot, "U0MEMBER1", "U0GUEST")
    await bot.guest.sees("invited you to sign. Only the organisers see your", channel="app")
    await bot.guest.click("No, thank you", channel="app")
    await bot.guest.sees("You declined. Thanks for letting us know – we won’t", channel="app")
    await organiser.close()
    await organiser.command(CHANNEL, "/letter remind")
    await organiser.sees("Only those invited (1)")
    await organiser.fill({"Who?": "Only those invited (1)", "When?": "Now"})
    assert await organiser.submit() is None
    await organiser.sees("We’re sending *1 reminder*")
    await until_quiet(bot)
    assert await reminders_of(bot.member) == 1
    assert await reminders_of(bot.guest) == await reminders_of(bot.another) == 0


@pytest.mark.parametrize("opened", [False, True])
async def test_before_it_is_posted(running_bot: RunningBot, *, opened: bool) -> None:
    """Somebody put on the list of a draft is written to when the letter is posted, not before."""
    bot, organiser = running_bot, running_bot.organiser
    await organiser.command(CHANNEL, "/letter new One Internet")
    await organiser.sees_modal("New letter")
    await organiser.fill({"The letter": "We ask."})
    assert await organiser.submit() is None
    await organiser.sees_modal("Overview")
    await organiser.close(everything=True)
    await opens_list(bot)
    await invites_people(bot, "U0MEMBER1")
    await organiser.sees("They get a message when you post the letter.")
    await organiser.close(everything=True)
    if opened:
        await organiser.command(CHANNEL, "/letter post")
        await organiser.sees_modal("Post")
        await organiser.fill({"channels": ["C0OPENINTERNET"]})
        assert await organiser.submit() is None
        await bot.member.sees("invited you to sign. Only the organisers see your", channel="app")
    else:
        await until_quiet(bot)
        assert await bot.member.messages("app") == []
