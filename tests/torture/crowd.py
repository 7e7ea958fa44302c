"""Very many people who each sign once, and remember whether they were thanked."""

import asyncio
import json
import random
import re
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote_plus

from bot.locales import words
from bot.slack.refusal_words import trouble, unsure
from tests.support.reading import words_of
from tests.torture.requests.wire import Answer, Line, request, signing

AGAIN_S = 0.02
MOST_TRIES = 2000
TROUBLE = (trouble(words("en-US")), unsure(words("en-US")))


@dataclass(frozen=True, slots=True)
class Form:
    """A filled form as Slack sent it once; everybody's is made of it by other digits.

    `digits` stand in whatever belongs to the one who sent it: the user id and the name.
    """

    payload: str
    digits: str
    organisation: str = ""
    """The digits in an organisation's name, if it signs for one."""

    def of(self, number: int) -> dict[str, Any]:
        """The same form, filled by somebody else, for an organisation of their own."""
        text = self.payload.replace(self.digits, f"{number:06}")
        if self.organisation:
            text = text.replace(self.organisation, f"{number:06}")
        return json.loads(text) | {"trigger_id": trigger(number)}


def trigger(number: int) -> str:
    """The key under which somebody's Sign is delivered, however often."""
    return f"torture.{number:06}"


def joining(number: int) -> str:
    """The key under which somebody's second signature for an organisation is delivered."""
    return f"{trigger(number)}.joins"


def user(number: int) -> str:
    """Somebody's user id."""
    return f"U0CROWD{number:06}"


def person(number: int) -> dict[str, Any]:
    """Somebody as the local Slack is told of them."""
    return {"id": user(number), "real_name": f"Signer {number:06}", "role": "Member"}


@dataclass(slots=True, kw_only=True)
class Crowd:
    """People who sign over a bot's HTTP door until each has been thanked."""

    forms: list[Form]
    ports: Sequence[int]
    """The ports of the replicas; each try goes to any of them."""
    dice: random.Random
    now: Callable[[], float] = time.time
    """The time at which they sign, by the bot's clock."""
    thanked: dict[str, str] = field(default_factory=dict)
    """The entry that was shown with the thanks, by user."""
    refused: list[str] = field(default_factory=list)
    """The answers to those who should have been thanked and were not."""
    unanswered: int = 0
    """Tries that were cut off, or told that something went wrong."""
    _moved: asyncio.Event = field(default_factory=asyncio.Event)

    async def sign(self, numbers: Iterable[int], at_once: int) -> None:
        """Let everybody of these sign, so many at once; one not answered sends the same again."""
        waiting = iter(numbers)

        async def one_after_the_other() -> None:
            line = Line()
            for number in waiting:
                await self._sign(line, number)
            line.hang_up()

        async with asyncio.TaskGroup() as group:
            for _ in range(at_once):
                group.create_task(one_after_the_other())

    async def have_answered(self, how_many: int) -> None:
        """Wait until so many were thanked or refused."""
        while len(self.thanked) + len(self.refused) < how_many:
            self._moved.clear()
            await self._moved.wait()

    async def _sign(self, line: Line, number: int) -> None:
        form = self.forms[number % len(self.forms)].of(number)
        for _ in range(MOST_TRIES):
            body = b"payload=" + quote_plus(json.dumps(form)).encode()
            signed = signing(body, now=self.now())
            came = await line.ask(self.dice.choice(self.ports), request(body, signed))
            answer = _read(came)
            view = answer.get("view") or {"blocks": []}
            shown = words_of(view)
            if view.get("callback_id") == "sign.confirm":
                # Somebody signed for the organisation first; this person signs for it too.
                form |= {
                    "view": form["view"] | view | {"state": {"values": {}}},
                    "trigger_id": joining(number),
                }
                continue
            if answer.get("response_action") == "update" and "Thank you" in shown:
                self.thanked[user(number)] = entry_in(shown)
                break
            if answer and not any(words in shown for words in TROUBLE):
                self.refused.append(f"{user(number)}: {answer}")
                break
            self.unanswered += 1
            await asyncio.sleep(AGAIN_S)
        else:
            self.refused.append(f"{user(number)}: never answered")
        self._moved.set()


def _read(came: Answer | None) -> dict[str, Any]:
    """Return the answer; nothing if none came, or one that says "try again"."""
    return json.loads(came.body) if came is not None and came.status == 200 else {}


def entry_in(shown: str) -> str:
    """Return the line that a confirmation shows; names are in isolates."""
    found = re.search("\u2068(.+)\u2069", shown)
    assert found, shown
    return found[1]
