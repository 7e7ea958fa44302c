"""A long text is read beside the event loop, which everybody's clicks need."""

import sys
from collections.abc import Generator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from bot.documents.markdown_reading import read_markdown
from bot.letters.text_diff import difference
from bot.slack.text.mrkdwn import read_mrkdwn
from bot.slack.text.rich_text_reading import read_blocks
from tests.flows.conftest import RunningBot
from tests.flows.organisers.test_handing_over import hand_over
from tests.support.people import Person
from tests.support.stories import CHANNEL, a_posted_letter, sign_as_oneself

READING = {
    one.__code__: one.__name__ for one in (read_markdown, read_mrkdwn, read_blocks, difference)
}


@contextmanager
def nothing_read_here() -> Generator[None]:
    """Fails if a letter's text is read in this thread, where the bot's event loop runs."""
    read: set[str] = set()

    def look(frame: FrameType, event: str, _: Any) -> None:
        if event == "call" and frame.f_code in READING:
            read.add(
                f"{READING[frame.f_code]} by {frame.f_back and frame.f_back.f_code.co_qualname}"
            )

    sys.setprofile(look)
    try:
        yield
    finally:
        sys.setprofile(None)
    assert read == set()


async def from_message(organiser: Person) -> None:
    """Make a message a draft, look at its pages, edit it, and throw nothing away."""
    ts = await organiser.says(CHANNEL, "\n\n".join(["A title", *["We ask for much. " * 40] * 14]))
    await organiser.shortcut("make_letter", channel=CHANNEL, ts=ts)
    await organiser.sees_modal("New letter")
    assert await organiser.submit() is None
    await organiser.sees_modal("Overview")
    await organiser.click("Next →")
    await organiser.sees("Page 2 of")
    await organiser.click("Edit")
    await organiser.sees_modal("Edit the letter")
    await organiser.close(everything=True)


async def test_read_beside_the_loop(running_bot: RunningBot) -> None:
    """Wherever a letter is written, read, changed or kept, its text is read in another thread."""
    organiser, member = running_bot.organiser, running_bot.member
    with nothing_read_here():
        await from_message(organiser)
        number = await a_posted_letter(running_bot, body="We ask for much.\n\n" * 300)
        await sign_as_oneself(member)
        await member.command(CHANNEL, f"/letter read #{number}")
        await member.click("Next →")
        await member.sees("Page 2 of")
        await member.close(everything=True)
        await organiser.command(CHANNEL, f"/letter amend #{number}")
        await organiser.sees_modal("Change the text")
        await organiser.fill({"What kind of change is it?": "cosmetic", "Reason": "A word."})
        await organiser.submit()
        await organiser.close(everything=True)
        await hand_over(organiser, number)
        await organiser.command(CHANNEL, f"/letter delivered #{number}")
        await organiser.sees_modal("Delivery")
        await organiser.click("The text")
        await organiser.sees("We ask for much.")


async def test_long_command(running_bot: RunningBot) -> None:
    """A command with more words than any name has is refused before anything is looked for."""
    await running_bot.organiser.command(CHANNEL, f"/letter pin #1 {'( ' * 2000}")
    await running_bot.organiser.sees("up to 1,000 characters", channel=CHANNEL)
