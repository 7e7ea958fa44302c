"""Messages about an amendment arrive once, whatever became of the call that carried them."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.letters.amendment import AmendmentKind
from tests.flows.conftest import RunningBot
from tests.flows.organisers.test_amending import ASKED, NEW, OLD, ORGANISER, amend
from tests.support.amending import amends
from tests.support.letters import rows
from tests.support.stories import a_posted_letter, sign_as_oneself


async def asked(bot: RunningBot) -> int:
    """Count how often the member was asked."""
    return sum(ASKED in str(one) for one in await bot.member.messages("app"))


async def until(done: Callable[[], Awaitable[bool]]) -> None:
    """Wait until something is so."""
    for _ in range(300):
        if await done():
            return
        await asyncio.sleep(0.1)
    raise AssertionError("it never was so")


async def crowded(bot: RunningBot) -> None:
    """Slack takes no message for a minute, from the next one on."""
    await bot.simulator.faults(
        {"method": "chat.postMessage", "kind": "429", "retry_after": 60, "times": 1}
    )


async def was_refused(bot: RunningBot) -> bool:
    """Return whether Slack has said so."""
    last = (await bot.simulator.calls("chat.postMessage"))[-1]["answer"]
    return isinstance(last, dict) and last.get("error") == "ratelimited"


async def state(bot: RunningBot) -> str:
    """Return how far the notice that asks has come."""
    return next(
        row["state"]
        for row in await rows(bot.process.database, "outbox")
        if row["subject"].get("about") == "asked_to_keep"
    )


@pytest.mark.parametrize("after_accept", [True, False])
async def test_lost_answer(running_bot: RunningBot, *, after_accept: bool) -> None:
    """A question with a lost answer is looked up before it is sent again, and is there once."""
    letter = await a_posted_letter(running_bot, body=OLD)
    await sign_as_oneself(running_bot.member)
    await running_bot.member.sees("You signed", channel="app")
    fault = {"method": "chat.postMessage", "kind": "reset", "times": 1}
    await running_bot.simulator.faults(fault | {"after_accept": after_accept})
    looked = len(await running_bot.simulator.calls("conversations.history"))

    await amend(running_bot, letter)

    async def is_in_doubt() -> bool:
        return await state(running_bot) == "unknown"

    async def is_sent() -> bool:
        return await state(running_bot) == "sent"

    await until(is_in_doubt)
    await running_bot.after(timedelta(minutes=2))
    await until(is_sent)
    await running_bot.member.sees(ASKED, channel="app", within=10)

    assert await asked(running_bot) == 1
    assert len(await running_bot.simulator.calls("conversations.history")) > looked


async def test_answered_meanwhile(running_bot: RunningBot) -> None:
    """A message that waits is not sent any more to a signer who has answered since."""
    letter = await a_posted_letter(running_bot, body=OLD)
    await sign_as_oneself(running_bot.member)
    await running_bot.member.sees("You signed", channel="app")
    await crowded(running_bot)
    await amend(running_bot, letter)
    await until(lambda: was_refused(running_bot))
    await running_bot.member.command("open-internet", "/letter mine")
    await running_bot.member.click("Open", channel="open-internet")
    await running_bot.member.click("Keep my signature")
    await running_bot.member.sees("white_check_mark: Thank you. Your signature on")

    await running_bot.after(timedelta(minutes=5))
    await running_bot.member.sees(
        "You kept your signature for the new text", channel="app", within=10
    )

    assert await asked(running_bot) == 0


async def test_amended_before_it_went(running_bot: RunningBot) -> None:
    """Two amendments whose messages wait are asked about in one message."""
    letter = await a_posted_letter(running_bot, body=OLD)
    await sign_as_oneself(running_bot.member)
    await running_bot.member.sees("You signed", channel="app")
    await crowded(running_bot)
    await amend(running_bot, letter)
    await until(lambda: was_refused(running_bot))
    await amends(
        running_bot.process.database,
        letter=letter,
        actor=ORGANISER,
        body=f"{NEW} Now.",
        kind=AmendmentKind.MATERIAL,
        note="And soon.",
        answer_by=running_bot.now + timedelta(days=4),
    )

    await running_bot.after(timedelta(minutes=5))

    said = await running_bot.member.sees("And soon.", channel="app", within=10)
    assert "The council asked for clear words." in said
    assert "ask for" in said
    assert await asked(running_bot) == 1
