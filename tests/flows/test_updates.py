"""An organiser tells those who signed what became of a letter."""

import asyncio
from datetime import datetime, timedelta

from tests.flows.conftest import RunningBot
from tests.flows.organisers.test_handing_over import hand_over
from tests.support.scenes.passing import until_quiet
from tests.support.stories import CHANNEL, a_posted_letter, sign_as_oneself


def _next_tuesday(now: datetime) -> datetime:
    """A time at which messages go out, whenever the test runs: a working day's afternoon."""
    day = now + timedelta(days=(1 - now.weekday()) % 7 or 7)
    return day.replace(hour=14, minute=0)


async def test_told_after_the_delivery(running_bot: RunningBot) -> None:
    """Previewed, shown on the card, one message each; who wants no more gets no second one."""
    bot, organiser = running_bot, running_bot.organiser
    number = await a_posted_letter(bot)
    for person in (bot.member, bot.another):
        await sign_as_oneself(person)
    await organiser.command(CHANNEL, f"/letter update #{number}")
    await organiser.sees_modal("Update")
    await organiser.fill({"Update": "The minister has seen it."})
    assert await organiser.submit() is None
    await organiser.sees("Saved.")
    await organiser.close(everything=True)
    await bot.member.sees("The minister has seen it.", channel=CHANNEL)
    await hand_over(organiser, number)
    await organiser.command(CHANNEL, f"/letter status #{number}")
    await organiser.click("Tell those who signed", channel=CHANNEL)
    await organiser.sees("To 2 people who signed")
    await organiser.fill(
        {"Update": "We handed it over.", "Send the update": ["To 2 people who signed"]}
    )
    await organiser.click("Preview")
    await organiser.sees("We handed it over.")
    await organiser.close()
    assert await organiser.submit() is None
    await organiser.sees("2 people get a message.")
    await organiser.close(everything=True)
    await bot.at(_next_tuesday(bot.now))
    for person in (bot.member, bot.another):
        await person.sees("We handed it over.", channel="app")
    await bot.member.click("No more updates about this letter", channel="app")
    await bot.member.sees("OK – no more updates", channel="app")
    await bot.another.click("Get the letter", channel="app")
    await bot.another.sees("We’ll send you the letter as a file", channel="app")
    async with asyncio.timeout(60):
        while not any(  # noqa: ASYNC110 - it is made in another process
            one.get("files") for one in await bot.another.messages("app")
        ):
            await asyncio.sleep(0.2)
    await organiser.command(CHANNEL, f"/letter update #{number}")
    await organiser.sees("To 1 person who signed")
    await organiser.fill({"Update": "It is law.", "Send the update": ["To 1 person who signed"]})
    assert await organiser.submit() is None
    await organiser.sees("1 person gets a message.")
    await organiser.close(everything=True)
    await bot.at(_next_tuesday(bot.now))
    await bot.another.sees("It is law.", channel="app")
    await until_quiet(bot)
    assert await bot.member.was_sent("An update about") == 1
    assert await bot.another.was_sent("An update about") == 2
    await organiser.command(CHANNEL, f"/letter history #{number}")
    await organiser.sees("Told everyone who signed: 2 people")
