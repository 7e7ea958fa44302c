"""Time passes in a story: up to a reminder's step, or until nothing more happens."""

import asyncio
from datetime import datetime, timedelta

from bot.features.cards import use_cases as posting
from bot.features.reminders.slack.handlers import gather
from tests.flows.conftest import RunningBot
from tests.support.people import Person


async def reminders_of(person: Person) -> int:
    """Count the reminders that somebody has been sent."""
    shown = sum("Stop reminders" in str(one["blocks"]) for one in await person.messages("app"))
    # Those that were replaced have no buttons; one whose answer was lost is no call that went well.
    return max(shown, await person.was_sent("Stop reminders"))


async def until_quiet(bot: RunningBot) -> None:
    """Let half a minute pass, as fast as the bot can follow."""
    for _ in range(15):
        await bot.after(timedelta(seconds=2))
        await asyncio.sleep(0.1)


async def cards_are_known(bot: RunningBot) -> None:
    """The bot has noted that the card of the first letter is in its channel."""
    async with asyncio.timeout(30):
        cards = await posting.cards(bot.process.database, letter=1)
        while any(card.message_ts is None for card in cards):
            await asyncio.sleep(0.05)
            cards = await posting.cards(bot.process.database, letter=1)


async def reach(bot: RunningBot, moment: datetime) -> None:
    """Time passes up to an instant; who is in the channels is known when it comes."""
    await cards_are_known(bot)
    await bot.at(moment - timedelta(minutes=1))
    await gather(bot.process.bot)
    await bot.at(moment)
    # The planning looks once a second, by the machine's clock.
    await asyncio.sleep(1.2)
    await until_quiet(bot)
