"""An organiser corrects an entry; its signer says yes or no."""

from tests.flows.conftest import RunningBot
from tests.support.exporting import exported
from tests.support.letters import a_row, adds, the_letter
from tests.support.scenes.drafts import ORGANISER
from tests.support.stories import CHANNEL, a_posted_letter, sign_as_oneself, sign_for


async def entries(bot: RunningBot, number: int) -> list[str]:
    return [one.entry for one in await exported(bot.process.database, number)]


async def proposes(bot: RunningBot, number: int, name: str, **fields: str) -> None:
    """The organiser proposes another entry and looks at both."""
    organiser = bot.organiser
    await organiser.command(CHANNEL, f"/letter correct #{number} {name}")
    await organiser.sees_modal("Correct an entry")
    await organiser.fill(fields)
    assert await organiser.submit() is None
    await organiser.sees("After:")


async def test_yes(running_bot: RunningBot) -> None:
    """The signer sees both entries and says yes, and the new one is listed from then on."""
    number = await a_posted_letter(running_bot)
    member, organiser = running_bot.member, running_bot.organiser
    await sign_for(member, "Tedic")
    await proposes(running_bot, number, "Tedic", Organisation="TEDIC", Country="Paraguay")
    shown = await organiser.sees("Nothing changes until they agree.")
    assert "TEDIC (Paraguay)" in shown
    await organiser.click("correct.yes")
    await organiser.sees("hourglass_flowing_sand: We’ve asked the signer to")
    assert await entries(running_bot, number) == ["Tedic"]

    asked = await member.sees("suggests a correction to how you’re listed. Nothing", channel="app")
    assert "Tedic" in asked
    assert "TEDIC (Paraguay)" in asked
    await member.click("Yes, change it", channel="app")
    await member.sees("you’re listed as", channel="app")
    assert await entries(running_bot, number) == ["TEDIC (Paraguay)"]


async def test_no(running_bot: RunningBot) -> None:
    """A no leaves the entry as it is."""
    number = await a_posted_letter(running_bot)
    member, organiser = running_bot.member, running_bot.organiser
    await sign_as_oneself(member)
    await proposes(running_bot, number, "First Member", Name="F. Member")
    await organiser.click("correct.yes")
    await organiser.sees("hourglass_flowing_sand: We’ve asked the signer to")

    await member.click("No, keep it", channel="app")
    await member.sees("you’re listed as", channel="app")
    assert await entries(running_bot, number) == ["First Member"]


async def test_at_once(running_bot: RunningBot) -> None:
    """An entry that is changed without asking is told to the signer, who changes it back."""
    number = await a_posted_letter(running_bot)
    member, organiser = running_bot.member, running_bot.organiser
    await sign_as_oneself(member)
    await proposes(running_bot, number, "First Member", Name="F. Member", how="Change it now")
    await organiser.sees("After:")
    await organiser.click("correct.yes")
    await organiser.sees("Saved.")
    assert await entries(running_bot, number) == ["F. Member"]

    told = await member.sees("corrected how you’re listed. If that’s wrong, press", channel="app")
    assert "First Member" in told
    await member.click("My signature", channel="app")
    await member.click("Change")
    await member.sees_modal("Your signature")
    await member.fill({"Your name": "First Member"})
    assert await member.submit() is None
    assert await member.submit() is None
    await member.sees("Saved.")
    assert await entries(running_bot, number) == ["First Member"]


async def test_named_in_a_form(running_bot: RunningBot) -> None:
    """Without a name the signers are shown, to be searched and corrected by their menus."""
    number = await a_posted_letter(running_bot)
    organiser = running_bot.organiser
    await sign_as_oneself(running_bot.member)
    await organiser.command(CHANNEL, f"/letter correct #{number}")
    await organiser.sees_modal("Signers")
    await organiser.fill({"Search by name": "Nobody"})
    assert await organiser.submit() is None
    await organiser.sees("No entry matches.")
    await organiser.click("Show everyone")
    await organiser.click("Correct entry")
    await organiser.sees("Before:")
    assert list(await organiser.submit() or {}) == ["name"]


async def test_namesakes(running_bot: RunningBot) -> None:
    """Two entries of one name, one from here and one from elsewhere, are offered for a choice."""
    number = await a_posted_letter(running_bot)
    organiser = running_bot.organiser
    await sign_as_oneself(running_bot.member)
    database = running_bot.process.database
    found = await the_letter(database, number, ORGANISER)
    await adds(database, found, a_row(name="First Member"), actor=ORGANISER)
    assert await entries(running_bot, number) == ["First Member", "First Member"]

    await organiser.command(CHANNEL, f"/letter pin #{number} First Member")
    await organiser.sees_modal("Which one?")
    assert "Collected outside Slack" in await organiser.text()
    await organiser.click("pin.this:0")
    await organiser.sees("Moved to the top")
    await organiser.close()

    await organiser.command(CHANNEL, f"/letter correct #{number} First Member")
    await organiser.sees_modal("Which one?")
    await organiser.click("correct.this:1")
    await organiser.sees_modal("Correct an entry")
    await organiser.click("Withdraw for them")
    await organiser.sees("Withdrawn:")
    assert await entries(running_bot, number) == ["First Member"]


async def test_back_and_forth(running_bot: RunningBot) -> None:
    """Back from the look the fields hold what was typed, and the way that was chosen."""
    number = await a_posted_letter(running_bot)
    organiser = running_bot.organiser
    await sign_as_oneself(running_bot.member)
    await proposes(
        running_bot, number, "First Member", Name="F. Member", sort="F", how="Change it now"
    )
    await organiser.sees("Sort as: \u2068F\u2069")
    await organiser.click("Edit")
    await organiser.sees("How do you want to change it?")
    await organiser.fill({"Title": "Analyst"})
    assert await organiser.submit() is None
    shown = await organiser.sees("F. Member, Analyst")
    assert "Sort as: \u2068F\u2069" in shown
    assert "The signer gets a message and can check the entry." in shown


async def test_not_for_others(running_bot: RunningBot) -> None:
    """Nobody but an organiser corrects entries."""
    number = await a_posted_letter(running_bot)
    await running_bot.member.command(CHANNEL, f"/letter correct #{number} Somebody")
    await running_bot.member.sees("Only organisers of", channel=CHANNEL)


async def test_from_the_list(running_bot: RunningBot) -> None:
    """An organiser finds the way from the list; others are offered none."""
    await a_posted_letter(running_bot)
    member, organiser = running_bot.member, running_bot.organiser
    await sign_as_oneself(member)
    await member.click("Who signed", channel=CHANNEL)
    assert "Correct an entry" not in await member.sees("First Member")
    await organiser.click("Who signed", channel=CHANNEL)
    await organiser.sees("First Member")
    await organiser.click("Correct an entry")
    await organiser.sees_modal("Signers")
    await organiser.click("Correct entry")
    await organiser.sees("Before:")
    await organiser.close()
    await organiser.sees_modal("Signers")
    assert [one["title"]["text"] for one in await organiser.stack()] == ["Who signed", "Signers"]


async def test_taken_off(running_bot: RunningBot) -> None:
    """A signature from elsewhere is taken off the list where its entry is corrected."""
    number = await a_posted_letter(running_bot)
    organiser = running_bot.organiser
    await organiser.command(CHANNEL, f"/letter add #{number}")
    await organiser.sees_modal("Add signatures")
    await organiser.fill(
        {"Who signed?": "Web Group", "Where did these signatures come from?": "On paper"}
    )
    assert await organiser.submit() is None
    assert await organiser.submit() is None
    await organiser.sees("1 signature added")
    await organiser.close(everything=True)
    await organiser.command(CHANNEL, f"/letter correct #{number} Web Group")
    await organiser.sees("Collected outside Slack")
    await organiser.click("Withdraw for them")
    await organiser.sees("Withdrawn:")
    assert await entries(running_bot, number) == []
