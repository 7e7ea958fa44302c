"""An organiser sees how far reminders are, and stops them."""

from datetime import UTC, datetime

from bot.features.reminders.slack.handlers import gather_for
from bot.features.reminders.use_cases import reminders
from bot.features.reminders.use_cases.reminders import When
from bot.letters.people import Actor, Membership, Person
from tests.flows.conftest import RunningBot
from tests.support.letters import rows
from tests.support.stories import CHANNEL, a_posted_letter

SATURDAY = datetime(2026, 3, 7, 12, tzinfo=UTC)
MONDAY = datetime(2026, 3, 9, 14, tzinfo=UTC)
ORGANISER = Actor(
    workspace="T0COALITION",
    person=Person("T0COALITION", "U0ORGANISER"),
    membership=Membership.MEMBER,
)


async def test_stopped(running_bot: RunningBot) -> None:
    """Planned reminders are counted in the status, and one button with a question stops them."""
    bot, organiser = running_bot, running_bot.organiser
    await a_posted_letter(bot)
    await bot.at(SATURDAY)
    await organiser.command(CHANNEL, "/letter remind")
    await organiser.sees("This goes to")
    await organiser.submit()
    await organiser.close(everything=True)
    owed = len(await rows(bot.process.database, "reminders"))
    assert owed > 1

    await organiser.command(CHANNEL, "/letter status")
    await organiser.sees(f"{owed} scheduled", channel=CHANNEL)
    await organiser.click("Stop these reminders", channel=CHANNEL)
    await organiser.sees(f"Stopped. *{owed} people* won’t get the reminder", channel=CHANNEL)

    await bot.after(MONDAY - SATURDAY)
    await organiser.command(CHANNEL, "/letter status")
    await organiser.sees("Sign by", channel=CHANNEL)
    assert {row["state"] for row in await rows(bot.process.database, "reminders")} == {"dropped"}
    await bot.member.sees_no("you can still sign this letter", channel="app")


async def test_nothing_left(running_bot: RunningBot) -> None:
    """An organiser who presses Stop when all have gone out is told so."""
    bot, organiser = running_bot, running_bot.organiser
    letter = await a_posted_letter(bot)
    member = Person("T0COALITION", "U0MEMBER1")
    await bot.at(SATURDAY)
    await gather_for(bot.process.bot, ["C0OPENINTERNET"])
    await reminders.remind(
        bot.process.database,
        letter=letter,
        actor=ORGANISER,
        when=When.IN_DAYTIME,
        named=[member],
        trigger="asked",
    )
    await organiser.command(CHANNEL, "/letter status")
    await organiser.sees("1 scheduled", channel=CHANNEL)
    await bot.after(MONDAY - SATURDAY)
    await bot.member.sees("you can still sign this letter", channel="app")

    await organiser.click("Stop these reminders", channel=CHANNEL)

    await organiser.sees("Too late – all the reminders have gone out", channel=CHANNEL)
