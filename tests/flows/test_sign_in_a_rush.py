"""A press of Sign while Slack opens no more windows can sign all the same."""

from tests.flows.conftest import RunningBot
from tests.support.stories import CHANNEL, a_posted_letter

BUSY = {"method": "views.open", "kind": "ratelimited"}


async def test_in_a_message(running_bot: RunningBot) -> None:
    """Without a window from Slack, a message has the entry, the consent and a button that signs."""
    await a_posted_letter(running_bot)
    member, simulator = running_bot.member, running_bot.simulator
    await simulator.faults(BUSY)

    await member.click("sign", channel=CHANNEL)
    said = await member.sees("You’ll be listed as", channel=CHANNEL)
    await member.click("sign.quick", channel=CHANNEL)

    assert "First Member" in said
    assert "you agree that your name is published" in said
    await member.sees("You’re listed as", channel=CHANNEL)
    await running_bot.organiser.sees("1 signature", channel=CHANNEL)


async def test_other_ways(running_bot: RunningBot) -> None:
    """From that message one can still sign in another way once Slack opens windows again."""
    await a_posted_letter(running_bot)
    member, simulator = running_bot.member, running_bot.simulator
    await simulator.faults(BUSY)
    await member.click("sign", channel=CHANNEL)
    await member.sees("You’ll be listed as", channel=CHANNEL)
    await simulator.faults()

    await member.click("Other ways to sign", channel=CHANNEL)

    await member.sees_modal("Sign the letter")


async def test_cancelled(running_bot: RunningBot) -> None:
    """After Cancel one line says that nothing was signed; after signing there is none."""
    await a_posted_letter(running_bot)
    member, another = running_bot.member, running_bot.another
    await member.click("sign", channel=CHANNEL)
    await member.sees_modal("Sign the letter")
    await member.close()
    await member.sees("Nothing was signed.", channel=CHANNEL)

    await another.click("sign", channel=CHANNEL)
    await another.sees_modal("Sign the letter")
    assert await another.submit() is None
    await another.close(everything=True)
    await another.sees("1 signature", channel=CHANNEL)

    await another.sees_no("Nothing was signed.", channel=CHANNEL)
