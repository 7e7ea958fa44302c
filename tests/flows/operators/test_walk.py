"""The modules of ours that one click on Sign walks through until its form is open."""

import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import bot as package
from tests.flows.conftest import RunningBot
from tests.flows.operators.test_statements import are_known, clicks_only
from tests.support.stories import CHANNEL, a_posted_letter

MOST = 32
"""Modules to read for who follows a click from Slack's payload to the opened form."""

FOLDER = Path(package.__file__).parent


class Walk:
    """The modules of ours in which a function is entered; an import is no step."""

    def __init__(self) -> None:
        self.modules: set[str] = set()
        self.counts = False

    def step(self, frame: FrameType, event: str, _: Any) -> None:
        """Note a call, as the hook of `sys.setprofile`."""
        path = Path(frame.f_code.co_filename)
        is_step = self.counts and event == "call" and frame.f_code.co_name != "<module>"
        if is_step and path.is_relative_to(FOLDER):
            self.modules.add(".".join(path.relative_to(FOLDER).with_suffix("").parts))


@contextmanager
def walking() -> Generator[Walk]:
    """Follow the calls of this thread, and of those that are started meanwhile."""
    walk = Walk()
    threading.setprofile(walk.step)
    sys.setprofile(walk.step)
    try:
        yield walk
    finally:
        sys.setprofile(None)
        threading.setprofile(None)


def forget() -> None:
    """Empty the caches of our modules: what another test has worked out is walked here too."""
    for name, module in [*sys.modules.items()]:
        if name.startswith("bot."):
            for one in vars(module).values():
                if callable(clear := getattr(one, "cache_clear", None)):
                    clear()


async def test_sign(stopped_bot: RunningBot) -> None:
    """Opening the Sign form walks at most so many modules."""
    bot, member = stopped_bot, stopped_bot.member
    async with bot.working():
        await a_posted_letter(bot)
        await are_known(bot, member)
    with walking() as walk:
        async with clicks_only(bot):
            forget()
            walk.counts = True
            await member.click("Sign", channel=CHANNEL)
            await member.sees_modal("Sign the letter")
            walk.counts = False
    assert len(walk.modules) <= MOST, "\n".join(sorted(walk.modules))
