"""An organiser undoes a correction and a small fix from the history, if they still stand."""

from bot.letters.amendment import AmendmentKind
from tests.flows.conftest import RunningBot
from tests.flows.organisers.test_correcting import entries, proposes
from tests.support.amending import amends
from tests.support.letters import the_letter
from tests.support.scenes.drafts import ORGANISER
from tests.support.stories import CHANNEL, a_posted_letter, sign_as_oneself

FIXED = "We, the undersigned, ask for one free Internet."


async def opens_history(bot: RunningBot) -> None:
    await bot.organiser.close(everything=True)
    await bot.organiser.command(CHANNEL, "/letter history")
    await bot.organiser.sees_modal("History")


async def test_correction(running_bot: RunningBot) -> None:
    """The entry is as before and its signer is told; once they change it there is nothing to undo."""
    bot, organiser = running_bot, running_bot.organiser
    number = await a_posted_letter(bot)
    await sign_as_oneself(bot.member)
    await proposes(bot, number, "First Member", Name="F. Member", how="Change it now")
    await organiser.click("correct.yes")
    await organiser.sees("Saved.")
    assert await entries(bot, number) == ["F. Member"]
    await opens_history(bot)
    await organiser.click("Undo")
    shown = await organiser.sees("The signer gets a message and can check the entry.")
    assert shown.index("F. Member") < shown.index("First Member")
    await organiser.click("Save")
    await organiser.sees("Saved.")
    assert await entries(bot, number) == ["First Member"]
    await bot.member.sees("corrected how you’re listed", channel="app")
    await proposes(bot, number, "First Member", Name="F. Member", how="Change it now")
    await organiser.click("correct.yes")
    await organiser.sees("Saved.")
    await opens_history(bot)
    await bot.member.click("My signature", channel=CHANNEL)
    await bot.member.click("Change")
    await bot.member.fill({"Your name": "F. M. Member"})
    assert await bot.member.submit() is None
    assert await bot.member.submit() is None
    await bot.member.sees("Saved.")
    await organiser.click("Undo")
    await organiser.sees("This has changed since you opened it, so nothing was saved.")
    assert await entries(bot, number) == ["F. M. Member"]


async def fixes(bot: RunningBot, number: int, said: str) -> None:
    """The organiser makes a small fix."""
    organiser = bot.organiser
    await organiser.command(CHANNEL, f"/letter amend #{number}")
    await organiser.fill({"The letter": said, "kind": "cosmetic", "Reason": "A word was missing."})
    assert await organiser.submit() is None
    await organiser.click("amend.yes")
    await organiser.sees("Text changed")


async def test_small_fix(running_bot: RunningBot) -> None:
    """The text before it comes back by a small fix that is shown first; a later change ends that."""
    bot, organiser = running_bot, running_bot.organiser
    number = await a_posted_letter(bot)
    before = await the_letter(bot.process.database, number, ORGANISER)
    await sign_as_oneself(bot.member)
    await fixes(bot, number, FIXED)
    await opens_history(bot)
    await organiser.click("Undo")
    await organiser.sees("We undid our last small fix.")
    await organiser.click("amend.yes")
    await organiser.sees("Text changed")
    after = await the_letter(bot.process.database, number, ORGANISER)
    assert after.text_sha256 == before.text_sha256
    await bot.member.sees("We undid our last small fix.", channel="app")
    await organiser.close(everything=True)
    await fixes(bot, number, FIXED)
    await opens_history(bot)
    await amends(
        bot.process.database,
        letter=number,
        actor=ORGANISER,
        body="We ask for one Internet.",
        kind=AmendmentKind.COSMETIC,
        note="Shorter.",
    )
    await organiser.click("Undo")
    await organiser.sees("This has changed since you opened it, so nothing was saved.")
