"""Very many people who each sign once, and remember whether they were thanked."""

import asyncio
import json
import random
import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote_plus

from bot.locales import words
from bot.simulator.to_bot.signed_http import signature
from bot.slack.refusing import trouble
from tests.support.reading import words_of
from tests.support.simulator import Simulator

ANSWER_S = 20.0
"""After this an answer counts as lost."""
AGAIN_S = 0.02
MOST_TRIES = 2000
TROUBLE = trouble(words("en-US"))


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
        return json.loads(text) | {"trigger_id": delivery(number)}


def delivery(number: int) -> str:
    """The key under which somebody's Sign is delivered, however often."""
    return f"torture.{number:06}"


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
    """Of the replicas; each try goes to any of them."""
    dice: random.Random
    thanked: dict[str, str] = field(default_factory=dict)
    """The line that was shown with the thanks, by user."""
    refused: list[str] = field(default_factory=list)
    """What somebody was told who should have been thanked."""
    unanswered: int = 0
    """Tries that were cut off, or told that something went wrong."""
    _moved: asyncio.Event = field(default_factory=asyncio.Event)

    async def sign(self, numbers: Iterable[int], at_once: int) -> None:
        """Everybody of these signs, so many at once; who is not answered sends the same again."""
        waiting = iter(numbers)

        async def one_after_the_other() -> None:
            line = _Line()
            for number in waiting:
                await self._sign(line, number)
            line.hang_up()

        async with asyncio.TaskGroup() as group:
            for _ in range(at_once):
                group.create_task(one_after_the_other())

    async def have_answered(self, how_many: int) -> None:
        """Waits until so many were thanked or refused."""
        while len(self.thanked) + len(self.refused) < how_many:
            self._moved.clear()
            await self._moved.wait()

    async def _sign(self, line: "_Line", number: int) -> None:
        form = self.forms[number % len(self.forms)]
        body = b"payload=" + quote_plus(json.dumps(form.of(number))).encode()
        for _ in range(MOST_TRIES):
            answer = await line.ask(self.dice.choice(self.ports), body)
            shown = words_of(answer.get("view") or {"blocks": []})
            if answer.get("response_action") == "update" and "Thank you" in shown:
                self.thanked[user(number)] = line_in(shown)
                break
            if answer and TROUBLE not in shown:
                self.refused.append(f"{user(number)}: {answer}")
                break
            self.unanswered += 1
            await asyncio.sleep(AGAIN_S)
        else:
            self.refused.append(f"{user(number)}: never answered")
        self._moved.set()


def line_in(shown: str) -> str:
    """The line that a confirmation shows; names stand in isolates."""
    found = re.search("\u2068(.+)\u2069", shown)
    assert found, shown
    return found[1]


class _Line:
    """A connection that is kept as long as it lasts."""

    def __init__(self) -> None:
        self._port = 0
        self._held: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    def hang_up(self) -> None:
        if self._held is not None:
            self._held[1].close()
            self._held = None

    async def ask(self, port: int, body: bytes) -> dict[str, Any]:
        """The answer; an empty one where none came."""
        try:
            async with asyncio.timeout(ANSWER_S):
                return await self._ask(port, body)
        except (OSError, TimeoutError, asyncio.IncompleteReadError):
            self.hang_up()
            return {}

    async def _ask(self, port: int, body: bytes) -> dict[str, Any]:
        if self._port != port:
            self.hang_up()
        if self._held is None:
            self._held = await asyncio.open_connection("127.0.0.1", port)
            self._port = port
        reader, writer = self._held
        stamp = str(int(time.time()))
        writer.write(
            (
                f"POST /slack/events HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
                "Content-Type: application/x-www-form-urlencoded\r\n"
                f"Content-Length: {len(body)}\r\nX-Slack-Request-Timestamp: {stamp}\r\n"
                f"X-Slack-Signature: {signature(Simulator.signing_secret, stamp, body)}\r\n\r\n"
            ).encode()
            + body
        )
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
        answer = await reader.readexactly(length)
        assert head.startswith(b"HTTP/1.1 200"), head
        return json.loads(answer)
