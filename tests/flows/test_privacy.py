"""People ask what is kept about them and delete it; an organiser finds who removed an entry."""

from datetime import timedelta

import pytest

from bot.features.invitations.rules import Invitee
from bot.features.invitations.use_cases import invitations
from bot.features.organisations.use_cases import removals
from bot.letters.endorsement import Kind
from tests.flows.conftest import RunningBot
from tests.flows.test_holding import ORGANISER
from tests.support.commands import undersigned
from tests.support.letters import rows
from tests.support.machine.traces import tables_with
from tests.support.stories import CHANNEL, a_posted_letter, sign_as_oneself


@pytest.mark.parametrize(("who", "channel"), [("member", CHANNEL), ("visitor", "partners")])
async def test_delete_it(running_bot: RunningBot, who: str, channel: str) -> None:
    """Somebody signs, asks what is kept, deletes it and sees it gone: at home and from elsewhere."""
    await a_posted_letter(running_bot, "C0OPENINTERNET", "C0PARTNERS")
    person = getattr(running_bot, who)
    await sign_as_oneself(person, channel, name="Zelda Quill")
    database = running_bot.process.database
    assert await tables_with(database, "Zelda Quill")
    await person.open_home()
    await person.sees("Zelda Quill", home=True)

    await person.click("Sign", channel=channel)
    await person.sees_modal("Your signature")
    await person.click("What we keep about you")
    await person.click("Details")
    await person.sees("Zelda Quill")
    # The window was there before anything was looked up.
    assert "Looking it up" in str((await running_bot.simulator.calls("views.push"))[-1])
    await person.click("Back")
    await person.click("Delete")
    await person.sees("Deleted. That includes 1 signature.")
    await person.close(everything=True)

    await person.sees_no("Zelda Quill", home=True)
    await person.sees("Your data was deleted", channel="app")
    await person.sees_no("Zelda Quill", channel="app")
    assert await tables_with(database, "Zelda Quill") == set()
    # All people are looked up again, and who is in the channels: still no name.
    bot = running_bot.process.bot
    await bot.directory.fill()
    await running_bot.after(timedelta(hours=7))
    await running_bot.process.features.jobs["gather"].run(bot)
    profile = await bot.directory.profile(person.id)
    assert profile is not None
    assert await tables_with(database, "Zelda Quill", profile.name) == set()
    # Slack tells again who is in the letter's channels, and messages are paced.
    told = {"members", "people", "rate_limits", "inbox", "outbox"}
    assert await tables_with(database, person.id) <= told
    await person.click("Sign", channel=channel)
    await person.sees_modal("Sign the letter")


async def test_privacy_from_read(running_bot: RunningBot) -> None:
    """Read letter leads to how the letter handles names."""
    await a_posted_letter(running_bot)
    await running_bot.member.click("Read letter", channel=CHANNEL)
    await running_bot.member.click("Privacy")
    await running_bot.member.sees("Who is responsible")
    await running_bot.member.sees("30 days")


async def test_without_an_account(running_bot: RunningBot) -> None:
    """A person invited without an account reads how to object; then nothing is left of them."""
    await a_posted_letter(running_bot)
    organiser, database = running_bot.organiser, running_bot.process.database
    (letter,) = [row["id"] for row in await rows(database, "letters")]
    await invitations.invite(
        database, letter=letter, actor=ORGANISER, trigger="invited",
        wanted=[Invitee(kind=Kind.PERSON, name="Zelda Quill", contact="zelda@paper.example")],
    )  # fmt: skip
    await organiser.command(CHANNEL, "/letter invitations")
    await organiser.click("Message to send")
    await organiser.sees("reply “Please delete my name”, and we’ll delete it.")
    await organiser.sees("30 days after the letter ends.")
    await organiser.close()

    await organiser.click("Remove from list")
    await organiser.click("Remove")
    await organiser.sees("Removed:")
    assert await tables_with(database, "zelda", "Zelda") == set()


async def test_history(running_bot: RunningBot) -> None:
    """An organiser finds in the history who removed an entry and why, and restores it."""
    await a_posted_letter(running_bot)
    await sign_as_oneself(running_bot.member, name="Zelda Quill")
    database = running_bot.process.database
    (party,) = [str(row["id"]) for row in await rows(database, "signatories")]
    organiser = running_bot.organiser
    await _removes(running_bot, party)

    await organiser.command(CHANNEL, "/letter history")
    await organiser.sees("Removed: ")
    await organiser.sees("They asked us to.")
    await organiser.click("Review")
    await organiser.click("Restore")
    await organiser.sees("Restored:")

    assert [row["removed"] for row in await rows(database, "signatories")] == [False]
    simulator, settings = running_bot.simulator, running_bot.settings
    told = await undersigned(
        "letters", "history", "1", DATABASE_URL=settings.database_url,
        SLACK_BOT_TOKEN=simulator.bot_token, SLACK_API_URL=settings.slack_api_url,
    )  # fmt: skip
    profile = await running_bot.process.bot.directory.profile(organiser.id)
    assert profile is not None
    assert f"\t{profile.name}\tRestored: " in told.out
    assert organiser.id not in told.out


async def _removes(bot: RunningBot, party: str) -> None:
    await removals.remove(
        bot.process.database,
        signatory=party,
        actor=ORGANISER,
        why="They asked us to.",
        trigger="removal",
    )
