"""People who have not answered are reminded in their own daytime, and never twice."""

import asyncio
from datetime import UTC, datetime, timedelta

from bot.features.reminders.slack.handlers import gather
from tests.flows.conftest import RunningBot
from tests.support.scenes.passing import cards_are_known, reach, reminders_of, until_quiet
from tests.support.stories import CHANNEL, a_posted_letter, sign_as_oneself, sign_for

DEADLINE = datetime(2026, 3, 20, 10, tzinfo=UTC)
"""A Friday: 7, 3 and 1 days before it are a Friday, a Tuesday and a Thursday."""
D7, D3, D1 = (DEADLINE - timedelta(days=days) for days in (7, 3, 1))

MORNING_IN_AUCKLAND = datetime(2026, 3, 15, 20, tzinfo=UTC)
"""The Monday after the first step, nine o'clock there."""


async def test_by_schedule(running_bot: RunningBot) -> None:
    """At 7, 3 and 1 days each who has not signed gets one reminder, in their own daytime."""
    bot = running_bot
    await a_posted_letter(bot, deadline=DEADLINE)
    await sign_as_oneself(bot.another)
    await sign_for(bot.third, "TEDIC")

    await reach(bot, D7)
    assert await reminders_of(bot.member) == 1
    assert await reminders_of(bot.fourth) == 0, "it is night in Auckland"
    await bot.at(MORNING_IN_AUCKLAND)
    await until_quiet(bot)
    assert await reminders_of(bot.fourth) == 1
    for number, step in ((2, D3), (3, D1)):
        await reach(bot, step)
        assert await reminders_of(bot.member) == number
        await bot.at(step + timedelta(hours=10))
        await until_quiet(bot)
        assert await reminders_of(bot.fourth) == number

    assert await reminders_of(bot.member) == 3
    for signer in (bot.another, bot.third):
        assert await reminders_of(signer) == 0


async def test_not_to_others(running_bot: RunningBot) -> None:
    """No guest, no bot, no closed account and nobody from elsewhere is reminded by schedule."""
    bot = running_bot
    others = ["U0LEFT", "U0OTHERBOT", "U0VISITOR"]
    await bot.simulator.change_channel("C0OPENINTERNET", add=others)
    await a_posted_letter(bot, deadline=DEADLINE)

    await reach(bot, D7)

    assert await reminders_of(bot.member) == 1
    calls = await bot.simulator.calls("chat.postMessage")
    assert not {"U0GUEST", *others} & {call["args"]["channel"] for call in calls}


async def test_stopped_and_back(running_bot: RunningBot) -> None:
    """A person who presses Stop gets no reminders until they undo it; a signer gets no more."""
    bot = running_bot
    await a_posted_letter(bot, deadline=DEADLINE)
    await reach(bot, D7)

    await bot.member.click("Stop reminders", channel="app")
    await bot.member.sees("OK – no more reminders or updates about", channel="app")
    await bot.third.click("Stop reminders", channel="app")
    await bot.after(timedelta(seconds=10))
    await bot.member.sees("Reminders for this letter are off.", channel="app")
    await bot.third.click("Turn reminders on", channel="app")
    await bot.third.sees("OK – reminders for", channel="app")
    await bot.after(timedelta(seconds=10))
    await bot.third.sees("Stop reminders", channel="app")
    await sign_as_oneself(bot.another)
    await bot.after(timedelta(minutes=1))
    await until_quiet(bot)
    await bot.member.sees("Reminders for this letter are off.", channel="app")
    await reach(bot, D3)
    assert await reminders_of(bot.member) == 1
    assert await reminders_of(bot.third) == 2

    await bot.third.click("Sign", channel="app")
    await bot.third.sees_modal("Sign the letter")
    assert await bot.third.submit() is None
    await bot.third.sees("Thank you")
    await reach(bot, D1)
    assert await reminders_of(bot.third) == 2


async def test_later(running_bot: RunningBot) -> None:
    """Later asks again on the next day, in the person's daytime."""
    bot = running_bot
    await a_posted_letter(bot, deadline=DEADLINE)
    await reach(bot, D3)

    await bot.member.click("Remind me later", channel="app")
    await bot.member.sees("OK. Next reminder", channel="app")
    await bot.after(timedelta(seconds=10))
    await until_quiet(bot)
    assert "Next reminder: " in str(await bot.member.messages("app"))
    await bot.after(timedelta(hours=23))
    await until_quiet(bot)
    assert await reminders_of(bot.member) == 1
    await bot.after(timedelta(hours=1))
    await until_quiet(bot)

    assert await reminders_of(bot.member) == 2
    assert await reminders_of(bot.third) == 1


async def test_later_too_late(running_bot: RunningBot) -> None:
    """Later on the last day says that the letter closes before."""
    bot = running_bot
    await a_posted_letter(bot, deadline=DEADLINE)
    await reach(bot, D1)
    await bot.at(DEADLINE - timedelta(hours=3))

    await bot.member.click("Remind me later", channel="app")

    await bot.member.sees("closes before", channel="app")


async def test_never_twice(stopped_bot: RunningBot) -> None:
    """A restart in the middle of a step reminds nobody a second time."""
    bot = stopped_bot
    async with bot.working():
        await a_posted_letter(bot, deadline=DEADLINE)
        await reach(bot, D7)
    for _ in range(2):
        async with bot.working():
            await asyncio.sleep(1.2)
            await until_quiet(bot)

    for person in (bot.member, bot.third):
        assert await reminders_of(person) == 1
    assert await reminders_of(bot.organiser) == 0


async def test_lost_answer(running_bot: RunningBot) -> None:
    """A reminder whose answer was lost is looked up, found, and not sent again."""
    bot = running_bot
    await a_posted_letter(bot, deadline=DEADLINE)
    await bot.after(timedelta(minutes=5))
    await bot.simulator.faults(
        {"method": "chat.postMessage", "kind": "reset", "times": 1, "after_accept": True}
    )

    await name_in_form(bot, [bot.member.id])
    await until_quiet(bot)

    assert await reminders_of(bot.member) == 1
    assert len(await bot.simulator.calls("conversations.history")) == 1
    await bot.organiser.command(CHANNEL, "/letter status")
    await bot.organiser.sees("1 sent", channel=CHANNEL)


async def test_lost_call(running_bot: RunningBot) -> None:
    """A reminder that Slack never took is looked up, missed, and sent."""
    bot = running_bot
    await a_posted_letter(bot, deadline=DEADLINE)
    await bot.after(timedelta(minutes=5))
    await bot.simulator.faults({"method": "chat.postMessage", "kind": "reset", "times": 1})

    await name_in_form(bot, [bot.member.id])
    await until_quiet(bot)

    assert await reminders_of(bot.member) == 1
    assert len(await bot.simulator.calls("conversations.history")) == 1


async def name_in_form(bot: RunningBot, users: list[str], when: str = "Now") -> None:
    """The organiser reminds these people only."""
    organiser = bot.organiser
    await organiser.command(CHANNEL, "/letter remind")
    await organiser.sees("When?")
    await organiser.fill({"When?": when, "Only these people": users})
    assert await organiser.submit() is None


async def test_now(running_bot: RunningBot) -> None:
    """An organiser sees first whom it will reach, then reminds all of them right away."""
    bot = running_bot
    await a_posted_letter(bot)
    await sign_as_oneself(bot.member)
    await bot.after(timedelta(minutes=5))
    organiser = bot.organiser

    await organiser.command(CHANNEL, "/letter remind")
    await organiser.sees("This goes to *4 people* who")
    await organiser.fill({"When?": "Now"})
    assert await organiser.submit() is None
    await organiser.sees("We’re sending *4 reminders*")
    await until_quiet(bot)

    assert await reminders_of(bot.fourth) == 1, "now is now, also at night"
    assert await reminders_of(bot.member) == 0
    await organiser.command(CHANNEL, "/letter status")
    await organiser.sees("4 sent", channel=CHANNEL)


async def test_in_daytime(running_bot: RunningBot) -> None:
    """In daytime means each person's own: the form says when the last gets it."""
    bot = running_bot
    await a_posted_letter(bot)
    organiser = bot.organiser

    await organiser.command(CHANNEL, "/letter remind")
    said = await organiser.sees("This goes to *5 people*")
    assert "The last person gets it Tue, 3 Mar 2026, 21:00 CET." in said
    assert await organiser.submit() is None
    await organiser.sees("*5 reminders* will go out")
    await until_quiet(bot)
    assert await reminders_of(bot.member) == 1
    assert await reminders_of(bot.fourth) == 0
    await bot.at(datetime(2026, 3, 3, 20, tzinfo=UTC))
    await until_quiet(bot)

    assert await reminders_of(bot.fourth) == 1
    assert await reminders_of(bot.member) == 1


async def test_by_name(running_bot: RunningBot) -> None:
    """Guests and people from elsewhere are reminded when they are named, but signers are not."""
    bot = running_bot
    await a_posted_letter(bot, "C0OPENINTERNET", "C0PARTNERS")
    await bot.visitor.click("Read letter", channel="C0PARTNERS")
    await sign_as_oneself(bot.member)
    await bot.after(timedelta(minutes=5))

    await name_in_form(bot, ["U0GUEST", "U0VISITOR", "U0MEMBER1"])
    said = await bot.organiser.sees("We’re sending *2 reminders*")
    assert "1 of the people you chose won’t get one" in said
    await until_quiet(bot)

    assert await reminders_of(bot.guest) == 1
    assert await reminders_of(bot.visitor) == 1
    assert await reminders_of(bot.member) == 0
    assert await reminders_of(bot.another) == 0


async def test_only_bots_named(running_bot: RunningBot) -> None:
    """Naming only accounts that nobody reads is refused beside the field."""
    await a_posted_letter(running_bot)
    organiser = running_bot.organiser
    await organiser.command(CHANNEL, "/letter remind")
    await organiser.sees("When?")

    await organiser.fill({"Only these people": ["U0OTHERBOT"]})

    assert list(await organiser.submit() or {}) == ["named"]


async def test_closed_meanwhile(running_bot: RunningBot) -> None:
    """A planned reminder does not go out once the letter is closed."""
    bot = running_bot
    await a_posted_letter(bot)
    await name_in_form(bot, ["U0MEMBER4"], "During each person’s working hours")
    await bot.organiser.close(everything=True)
    await bot.organiser.command(CHANNEL, "/letter close")
    assert await bot.organiser.submit() is None

    await bot.at(datetime(2026, 3, 3, 20, tzinfo=UTC))
    await until_quiet(bot)

    assert await reminders_of(bot.fourth) == 0


async def test_signed_meanwhile(running_bot: RunningBot) -> None:
    """A person who signs while theirs is planned gets none."""
    bot = running_bot
    await a_posted_letter(bot)
    await name_in_form(bot, ["U0MEMBER4"], "During each person’s working hours")
    await sign_for(bot.fourth, "TEDIC")

    await bot.at(datetime(2026, 3, 3, 20, tzinfo=UTC))
    await until_quiet(bot)

    assert await reminders_of(bot.fourth) == 0


async def test_gathering(running_bot: RunningBot) -> None:
    """A pass asks once for everybody, once for each channel, and then not for hours."""
    bot = running_bot
    await a_posted_letter(bot, "C0OPENINTERNET", "C0PARTNERS")
    await cards_are_known(bot)
    asked = ("users.list", "conversations.members")

    async def calls() -> list[int]:
        return [len(await bot.simulator.calls(method)) for method in asked]

    before = await calls()
    assert await gather(bot.process.bot) == 2
    assert await gather(bot.process.bot) == 0
    after = await calls()

    assert [now - then for now, then in zip(after, before, strict=True)] == [1, 2]


async def test_gathering_in_a_rush(running_bot: RunningBot) -> None:
    """A channel that failed by trouble of Slack's own is asked about again with the next pass."""
    bot = running_bot
    await a_posted_letter(bot)
    await cards_are_known(bot)
    await bot.simulator.faults(
        {"method": "conversations.members", "kind": "internal_error", "times": 1}
    )

    assert await gather(bot.process.bot) == 0
    assert await gather(bot.process.bot) == 1


async def test_channel_that_cannot_be_seen(running_bot: RunningBot) -> None:
    """A channel whose members Slack won't tell is counted in the form, and not asked about again."""
    bot = running_bot
    await a_posted_letter(bot)
    await bot.simulator.faults({"method": "conversations.members", "kind": "fetch_members_failed"})
    before = len(await bot.simulator.calls("conversations.members"))

    await bot.organiser.command(CHANNEL, "/letter remind")
    await bot.organiser.sees("I can’t see who is in 1 channel")
    await gather(bot.process.bot)

    assert len(await bot.simulator.calls("conversations.members")) == before + 1
