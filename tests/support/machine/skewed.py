"""A replica whose clock is wrong: it signs a letter as fast as it can until it may not any more.

`python -m tests.support.machine.skewed DATABASE_URL SECONDS WHICH_CLOCK` says `ready`, reads the number of a
letter, and prints what it did as JSON. WHICH_CLOCK is `own` where the replica goes by its own clock
in place of the one that the database decides by.
"""

import asyncio
import json
import sys
import time
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Self

from bot.features.lifecycle import use_cases as lifecycle
from bot.letters.refusals import Refused
from bot.storage import database as door
from bot.storage.database import Database
from bot.use_cases import letter_lookup
from tests.support.letters import ORGANISER, an_actor, signs

AFTER_S = 1.0
"""The time that it goes on trying after its first refusal."""
MOST_S = 8.0


class WrongClock(datetime):
    """The time of day as this process has it."""

    wrong_by = timedelta(0)

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        """The wrong instant."""
        return cls.fromtimestamp((datetime.now(UTC) + cls.wrong_by).timestamp(), tz)


def _now() -> datetime:
    return WrongClock.now(UTC)


async def _run(url: str, which: str, name: str) -> dict[str, int]:
    done = {"accepted": 0, "refused": 0, "accepted_after_refused": 0}
    async with Database(url, clock=_now if which == "own" else None) as database:
        print("ready", flush=True)
        number = int(await asyncio.to_thread(sys.stdin.readline))
        letter = (await letter_lookup.whole(database, letter=number, actor=ORGANISER)).letter
        start = time.monotonic()
        end = start + MOST_S
        while time.monotonic() < end:
            actor = an_actor(f"U{name}{done['accepted']}")
            tried = f"{name}-{done['accepted']}-{done['refused']}"
            try:
                await signs(database, actor, letter, trigger=tried)
            except Refused:
                if not done["refused"]:
                    end = min(end, time.monotonic() + AFTER_S)
                done["refused"] += 1
            else:
                done["accepted"] += 1
                done["accepted_after_refused"] += bool(done["refused"])
            await lifecycle.close_due(database)
    return done


def main() -> None:
    """Set this process's clock wrong and play the replica."""
    url, seconds, which = sys.argv[1:]
    WrongClock.wrong_by = timedelta(seconds=int(seconds))
    # The one place in which a serving process asks its own clock what time it is.
    door.datetime = WrongClock
    name = "AHEAD" if int(seconds) > 0 else "BEHIND"
    print(json.dumps(asyncio.run(_run(url, which, name))), flush=True)


if __name__ == "__main__":
    main()
