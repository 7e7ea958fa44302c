"""Access ends when a person leaves a private channel, or becomes a guest."""

from tests.flows.conftest import RunningBot
from tests.support.letters import rows
from tests.support.stories import CHANNEL, a_posted_letter, sign_as_oneself

STEERING, PRIVATE = "C0STEERING", "steering-group"
GONE, OUT_OF_REACH = "I can’t find", "is in channels that you’re not in any more"


async def a_private_letter(bot: RunningBot) -> int:
    """A letter that is open in a private channel, where the bot and a guest are too."""
    await bot.simulator.change_channel(STEERING, add=["U0BOT", "U0GUEST"])
    return await a_posted_letter(bot, STEERING, public=False)


async def test_left_a_private_channel(running_bot: RunningBot) -> None:
    """Nothing is left to read; a signer keeps the text and the signature until they withdraw."""
    bot = running_bot
    letter = await a_private_letter(bot)
    for person in (bot.guest, bot.member):
        await sign_as_oneself(person, PRIVATE, name=f"Sample {person.id}")
    await bot.second.click("Sign", channel=PRIVATE)
    gone = [bot.guest.id, bot.member.id, bot.second.id]
    await bot.simulator.change_channel(STEERING, remove=gone)

    await bot.second.submit()
    await bot.second.sees_modal("Undersigned")
    await bot.second.sees(GONE)
    await bot.guest.command(CHANNEL, f"/letter signers {letter}")
    await bot.guest.sees(OUT_OF_REACH, channel=CHANNEL)
    await bot.guest.command(CHANNEL, f"/letter read {letter}")
    await bot.guest.sees_modal("The letter")
    await bot.guest.close(everything=True)
    await bot.guest.click("My signature", channel="app")
    await bot.guest.click("Withdraw")
    await bot.guest.sees("Withdrawn")
    await bot.guest.close(everything=True)
    await bot.guest.command(CHANNEL, f"/letter read {letter}")
    await bot.guest.sees(GONE, channel=CHANNEL)
    signed = await rows(bot.process.database, "endorsements")
    assert {row["user"]: row["ended"] for row in signed} == {
        bot.guest.id: "withdrawn",
        bot.member.id: None,
    }


async def test_made_a_guest(running_bot: RunningBot) -> None:
    """An organiser who becomes a guest organises no more, and starts no letter."""
    bot = running_bot
    letter = await a_private_letter(bot)
    await bot.organiser.command(CHANNEL, f"/letter status {letter}")
    await bot.organiser.sees("One Internet", channel=CHANNEL)
    await bot.simulator.change_person("U0ORGANISER", is_restricted=True)
    await bot.organiser.command(CHANNEL, f"/letter status {letter}")
    await bot.organiser.sees(GONE, channel=CHANNEL)
    await bot.organiser.command(CHANNEL, "/letter new")
    await bot.organiser.sees("Only full members of this workspace can start", channel=CHANNEL)
    await bot.organiser.open_home()
    await bot.organiser.sees("Letters you can sign", home=True)
    assert "Your letters" not in await bot.organiser.text(home=True)
    await bot.simulator.change_person("U0ORGANISER", is_restricted=False)
    await bot.organiser.command(CHANNEL, "/letter new")
    await bot.organiser.sees_modal("New letter")
