"""Those who are invited answer from the message, in one click, and may answer again."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot.features.invitations import rows as invitation_rows
from bot.features.invitations.rules import Invitee
from bot.features.invitations.use_cases import invitations
from bot.letters.endorsement import Kind
from bot.letters.invitation import InvitationState
from bot.letters.people import Actor, Membership
from bot.letters.people import Person as Account
from tests.flows.conftest import RunningBot
from tests.support.letters import rows
from tests.support.people import Person
from tests.support.reading import words_of
from tests.support.scenes.passing import until_quiet
from tests.support.stories import a_posted_letter, sign_as_oneself, sign_for

TEAM = "T0COALITION"
ORGANISER = Actor(workspace=TEAM, person=Account(TEAM, "U0ORGANISER"), membership=Membership.MEMBER)


def somebody(person: Person) -> Invitee:
    return Invitee(kind=Kind.PERSON, person=Account(TEAM, person.id))


def group(name: str, contact: Person) -> Invitee:
    return Invitee(kind=Kind.ORGANISATION, organisation=name, person=Account(TEAM, contact.id))


async def are_invited(bot: RunningBot, letter: int, *wanted: Invitee) -> None:
    """The organiser puts these on the list."""
    profiles = [
        await bot.process.bot.directory.profile(one.person.user) for one in wanted if one.person
    ]
    await invitations.invite(
        bot.process.database,
        letter=letter,
        actor=ORGANISER,
        wanted=wanted,
        met=[one.acquaintance for one in profiles if one],
        trigger=f"ask{bot.now}",
    )


async def awaits(person: Person, day: str, words: str = "Waiting for approval…") -> None:
    """Say that an approval is needed until a day, which is picked in the message."""
    await person.click(words, channel="app")
    await person.sees("When will you know?", channel="app")
    await person.choose("When will you know?", day, channel="app")


async def states(bot: RunningBot, letter: int = 1) -> list[InvitationState]:
    found = await bot.process.database.read(lambda tx: invitation_rows.of_letter(tx, letter))
    return [invitation.state for invitation in found]


async def test_each_answer(running_bot: RunningBot) -> None:
    """Each answer is one click; the same message then says it, with thanks, and takes another."""
    bot, member = running_bot, running_bot.member
    letter = await a_posted_letter(bot)
    await are_invited(bot, letter, somebody(member))
    await member.sees("You’re invited to sign", channel="app")

    await member.click("Reading it", channel="app")
    await member.sees("eyes: Thanks for letting us know you’re reading it", channel="app")
    assert await states(bot) == [InvitationState.READING]
    await awaits(member, "2026-03-12")
    await member.sees("hourglass_flowing_sand: Thanks. You expect approval by", channel="app")
    (invitation,) = await bot.process.database.read(
        lambda tx: invitation_rows.of_letter(tx, letter)
    )
    assert invitation.state is InvitationState.AWAITING
    assert invitation.until == datetime(2026, 3, 13, tzinfo=UTC)
    await member.click("No, thank you", channel="app")
    await member.sees("You declined. Thanks for letting us know – we won’t", channel="app")
    assert await states(bot) == [InvitationState.DECLINED]

    assert len(await member.messages("app")) == 1


async def test_signing(running_bot: RunningBot) -> None:
    """Sign in the message opens the form; afterwards it says signed, and takes no other answer."""
    bot, member = running_bot, running_bot.member
    letter = await a_posted_letter(bot)
    await are_invited(bot, letter, somebody(member))
    await member.sees("You’re invited to sign", channel="app")
    await sign_as_oneself(member, "app")
    assert await states(bot) == [InvitationState.SIGNED]

    await until_quiet(bot)
    await member.sees("white_check_mark: Thank you! You’ve signed.", channel="app")
    await member.sees_no("No, thank you", channel="app")


async def test_day_that_is_past(running_bot: RunningBot) -> None:
    """A day that is past, or behind the deadline, is refused in words, and nothing is kept."""
    bot, member = running_bot, running_bot.member
    letter = await a_posted_letter(bot)
    await are_invited(bot, letter, somebody(member))
    await member.sees("You’re invited to sign", channel="app")
    await awaits(member, "2026-03-02")
    await member.sees("That time is in the past. Choose a later one")
    await member.close()
    await awaits(member, "2026-04-02")
    await member.sees("Choose Tue, 17 Mar 2026 or an earlier day")
    assert await states(bot) == [InvitationState.INVITED]


async def test_several(running_bot: RunningBot) -> None:
    """A contact of two organisations gets one message and answers for each; others sign for one."""
    bot, member = running_bot, running_bot.member
    letter = await a_posted_letter(bot)
    await are_invited(bot, letter, group("TEDIC", member), group("Derechos", member))
    said = await member.sees("You have more than one invitation to sign. From", channel="app")
    assert "TEDIC" in said
    assert "Derechos" in said
    _, second = await bot.process.database.read(lambda tx: invitation_rows.of_letter(tx, letter))
    await awaits(member, "2026-03-12", "Waiting for approval…")
    await member.sees("hourglass_flowing_sand: Thanks. You expect approval by", channel="app")
    await sign_for(bot.another, "Derechos")
    await member.click("Reading it", channel="app")
    await member.sees("signed for it. To sign for it too, or to object", channel="app")
    assert await states(bot) == [InvitationState.READING, InvitationState.SIGNED]
    assert second.kind is Kind.ORGANISATION
    assert sum("more than one invitation" in str(one) for one in await member.messages("app")) == 1


async def test_lost_answer(running_bot: RunningBot) -> None:
    """A message whose answer was lost is found by its key, even if they have answered since."""
    bot, member = running_bot, running_bot.member
    letter = await a_posted_letter(bot)
    await bot.simulator.faults(
        {"method": "chat.postMessage", "kind": "reset", "times": 1, "after_accept": True}
    )
    await are_invited(bot, letter, somebody(member))
    await member.click("Reading it", channel="app")
    await member.sees("eyes: Thanks for letting us know you’re reading it", channel="app")
    await until_quiet(bot)
    assert len(await bot.simulator.calls("conversations.history")) == 1
    assert len(await member.messages("app")) == 1
    client = bot.process.bot.client
    opened: dict[str, Any] = (await client.conversations_open(users=member.id)).get("channel") or {}
    page = await client.conversations_history(channel=opened["id"], include_all_metadata=True)
    (message,) = page.get("messages") or []
    assert message["metadata"]["event_payload"]["key"], "its key is still there for a later look"


async def test_rewriting_fails(running_bot: RunningBot) -> None:
    """An answer is kept and shown by the other way when Slack will not change the message."""
    bot, member = running_bot, running_bot.member
    letter = await a_posted_letter(bot)
    await are_invited(bot, letter, somebody(member))
    await member.sees("You’re invited to sign", channel="app")
    await bot.simulator.faults({"method": "chat.update", "kind": "fatal_error", "times": 1})
    await member.click("No, thank you", channel="app")
    await member.sees("You declined. Thanks for letting us know – we won’t", channel="app")
    assert await states(bot) == [InvitationState.DECLINED]


async def test_taken_off(running_bot: RunningBot) -> None:
    """A person taken off the list who answers all the same is told so."""
    bot, member = running_bot, running_bot.member
    letter = await a_posted_letter(bot)
    await are_invited(bot, letter, somebody(member))
    await member.sees("You’re invited to sign", channel="app")
    (invitation,) = await bot.process.database.read(
        lambda tx: invitation_rows.of_letter(tx, letter)
    )
    await invitations.remove(
        bot.process.database, invitation=invitation.id, actor=ORGANISER, trigger="off"
    )
    await member.click("Reading it", channel="app")
    await member.sees("This invitation is no longer open")


async def test_organisation_in_two_clicks(running_bot: RunningBot) -> None:
    """Sign in an organisation's invitation opens the form on it, filled in; Sign there signs."""
    bot, member = running_bot, running_bot.member
    letter = await a_posted_letter(bot)
    await are_invited(bot, letter, replace(group("TEDIC", member), country="Paraguay"))
    await member.click("Sign", channel="app")
    view = await member.sees_modal("Sign the letter")
    assert view["submit"]["text"] == "Sign"
    assert "You confirm that you’re authorised to sign for this organisation." in words_of(view)
    assert await member.submit() is None
    said = words_of(await member.sees_modal("Signed"))
    assert "TEDIC (Paraguay)" in said
    assert "hasn’t signed yet" not in said
    assert await states(bot) == [InvitationState.SIGNED]
    (kept,) = await rows(bot.process.database, "endorsements")
    assert "authorised to sign for this organisation" in kept["consent"]
    assert kept["authorised"]


async def test_as_themselves_instead(running_bot: RunningBot) -> None:
    """A signer as themselves is told that their organisation hasn't signed, and can sign for it."""
    bot, member = running_bot, running_bot.member
    letter = await a_posted_letter(bot)
    await are_invited(bot, letter, group("TEDIC", member))
    await member.click("Sign", channel="app")
    await member.sees_modal("Sign the letter")
    await member.click("Edit")
    await member.sees("How are you signing?")
    await member.fill({"How are you signing?": "As myself"})
    await member.sees("You’ll be listed as\n*\u2068First Member\u2069*")
    assert await member.submit() is None
    said = words_of(await member.sees_modal("Signed"))
    assert "You signed as yourself. *\u2068TEDIC\u2069* hasn’t signed yet." in said
    assert await states(bot) == [InvitationState.INVITED]

    await member.click("Sign for it too")
    await member.sees("*\u2068TEDIC\u2069*")
    assert await member.submit() is None
    await member.sees_modal("Signed")
    assert await states(bot) == [InvitationState.SIGNED]


async def test_organisation_that_is_known(running_bot: RunningBot) -> None:
    """An invitation's form asks first about an organisation like it that has signed."""
    bot, member = running_bot, running_bot.member
    letter = await a_posted_letter(bot)
    await sign_for(bot.another, "TEDIC Paraguay")
    await are_invited(bot, letter, group("TEDIC", member))
    await member.click("Sign", channel="app")
    view = await member.sees_modal("Sign the letter")
    assert view["submit"]["text"] == "Continue"


async def test_as_themselves_in_a_rush(running_bot: RunningBot) -> None:
    """Without any windows from Slack, an invited contact who signs alone is told the same."""
    bot, member = running_bot, running_bot.member
    letter = await a_posted_letter(bot)
    await are_invited(bot, letter, group("TEDIC", member))
    await member.sees("is invited to sign", channel="app")
    await bot.simulator.faults({"method": "views.open", "kind": "ratelimited"})
    await member.click("Sign", channel="app")
    await member.click("sign.quick", channel="app")
    await member.sees("*\u2068TEDIC\u2069* hasn’t signed yet.", channel="app")
    await bot.simulator.faults()
    await member.click("Sign for it too", channel="app")
    view = await member.sees_modal("Sign the letter")
    assert view["submit"]["text"] == "Sign"
    assert await member.submit() is None
    await member.sees_modal("Signed")
    assert await states(bot) == [InvitationState.SIGNED]
