"""Very many sign in one moment, and Slack's rate limits hold."""

import asyncio
import time

from bot.letters.people import Actor, Membership, Person
from bot.use_cases import letter_lookup
from tests.flows.conftest import START, RunningBot
from tests.support.letters import a_signature, rows, signs
from tests.support.reading import words_of
from tests.support.stories import CHANNEL, a_posted_letter

TEAM = "T0COALITION"
STORM_S = 10.0
TURNS = 100


async def test_one_card(stopped_bot: RunningBot) -> None:
    """A thousand signatures in 10 s change a card at most 12 times, and the last shows them all."""
    signers = [f"U0CROWD{number:04}" for number in range(1000)]
    crowd = [{"id": user, "real_name": "Somebody", "role": "Member"} for user in signers]
    await stopped_bot.simulator.reset(
        seed="demo", people=crowd, transport="socket", limits=True, now=START
    )
    async with stopped_bot.working() as process:
        number = await a_posted_letter(stopped_bot)
        actors = [
            Actor(workspace=TEAM, person=Person(TEAM, user), membership=Membership.MEMBER)
            for user in signers
        ]
        whole = await letter_lookup.whole(process.database, letter=number, actor=actors[0])
        storm = [(actor, a_signature(actor, whole.letter)) for actor in actors]

        began = time.monotonic()
        for turn in range(TURNS):
            await asyncio.gather(
                *(
                    signs(process.database, actor, whole.letter, signature)
                    for actor, signature in storm[turn::TURNS]
                )
            )
            await asyncio.sleep(began + STORM_S * (turn + 1) / TURNS - time.monotonic())
        took = time.monotonic() - began
        await stopped_bot.organiser.sees("1,000 signatures", channel=CHANNEL)
        # A change that was owed while the last one was under way goes out within its own pause.
        await asyncio.sleep(1.5)

        changes = await stopped_bot.simulator.calls("chat.update")
        # A busy machine may take longer for its thousand: then the same pace makes more changes.
        assert 5 <= len(changes) <= 12 * max(1.0, took / STORM_S)
        assert all(change["answer"]["ok"] for change in changes), "none was sent too early"
        owed = [row for row in await rows(process.database, "outbox") if row["kind"] == "card"]
        assert {row["state"] for row in owed} == {"sent"}
        assert "1,000 of 20" in words_of(changes[-1]["args"])
