"""People who sign on a letter's page with a code by mail, and a mail server that often fails."""

import asyncio
import html
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from aiosmtpd.smtp import Envelope

from tests.support.machine.post_office import PostOffice, texts
from tests.support.scenes.web_signing import CODE_RUN, Shown
from tests.torture.requests.wire import Line, request

ORIGIN = "http://127.0.0.1"
FAULTS = ("rcpt 451", "data 452", "rcpt 550", "data 554", "cut")
FAILING = 0.3
"""The share of mails that meet a fault; besides, the server is away now and then."""
OPEN_S, AWAY_S = 4.0, 0.2
AGAIN_S, LOOK_S = 0.05, 0.05
MAIL_PATIENCE_S = 120.0
"""After this time by the bot's clock, somebody whose code did not come presses Continue again."""
MOST_STARTS, MOST_TRIES, MOST_MAILS = 6, 2000, 50_000


def address_of(number: int) -> str:
    """Somebody's mail address."""
    return f"reader{number:06}@mail{number}.example"


class FailingOffice(PostOffice):
    """A mail server that fails a third of the time, and knows which mails it took."""

    def __init__(self, dice: random.Random, faults: Sequence[str] = FAULTS) -> None:
        self._drawn = [
            dice.choice(faults) if dice.random() < FAILING else "" for _ in range(MOST_MAILS)
        ]
        super().__init__(*self._drawn)
        self.took: list[tuple[str, str, bytes]] = []
        """Recipient, Message-ID and content of each mail, in order, also those that came again."""
        self.codes: defaultdict[str, list[str]] = defaultdict(list)
        """The codes that came to each address, the newest first."""
        self._dice = dice

    @property
    def met(self) -> Counter[str]:
        """Connections by the fate that they met."""
        return Counter(fate or "none" for fate in self._drawn[: self.tries])

    def take(self, envelope: Envelope) -> None:
        """Keep a mail, and read its code as its recipient does."""
        super().take(envelope)
        mail = self.mails[-1]
        (to,) = envelope.rcpt_tos
        self.took.append((to, str(mail["Message-ID"]), bytes(envelope.original_content or b"")))
        for code in CODE_RUN.findall(texts(mail)[0]):
            if code not in self.codes[to]:
                self.codes[to].insert(0, code)

    async def serves(self, port: int) -> None:
        """Listen at a port, but now and then for a moment in which connections are refused."""
        while True:
            async with self.listening(port):
                await asyncio.sleep(OPEN_S * self._dice.uniform(0.1, 2))
            await asyncio.sleep(AWAY_S)


@dataclass(slots=True, kw_only=True)
class WebCrowd:
    """Browsers of people who each sign once, and try again whatever a cut connection lost."""

    path: str
    """Of the form for signing."""
    ports: Sequence[int]
    office: FailingOffice
    dice: random.Random
    now: Callable[[], float]
    in_common: int
    """So many sign for an organisation that somebody in Slack signs for too."""
    thanked: dict[str, str] = field(default_factory=dict)
    """The entry that was shown with the thanks, by address."""
    refused: list[str] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)
    """The triggers of all codes that were asked for, as far as an answer said so."""
    unanswered: int = 0
    begun_again: Counter[str] = field(default_factory=Counter[str])
    """The words for those who had to begin again before a code was sent."""

    async def sign(self, numbers: Iterable[int], at_once: int) -> None:
        """Let everybody of these sign, so many at once."""
        waiting = iter(numbers)

        async def one_after_the_other() -> None:
            line = Line()
            for number in waiting:
                try:
                    await _Person(self, line, number).signs()
                except AssertionError as error:
                    self.refused.append(f"{address_of(number)}: {error.args[0]}")
            line.hang_up()

        async with asyncio.TaskGroup() as group:
            for _ in range(at_once):
                group.create_task(one_after_the_other())


@dataclass(slots=True)
class _Person:
    crowd: WebCrowd
    line: Line
    number: int
    typed: set[str] = field(default_factory=set)

    async def signs(self) -> None:
        said = ""
        for _ in range(MOST_STARTS):
            shown = await self._ask(None)
            if shown.forms:
                shown = await self._ask(shown.forms[0] | self._facts())
            if not (shown.forms and "code" in shown.forms[0]):
                said = f"{shown.status} {shown.text[:200]}"
                self.crowd.begun_again[said] += 1
                await asyncio.sleep(1)
                continue
            self.crowd.asked.add(f"code:{shown.forms[0]['token'].split('.')[2]}")
            if await self._types(shown):
                return
        raise AssertionError(f"no code came; {said}")

    def _facts(self) -> dict[str, str]:
        own = {"name": f"Reader {self.number:06}", "address": address_of(self.number)}
        if self.number >= self.crowd.in_common:
            return own
        # The same as that of somebody in Slack (`Form.organisation`).
        name = f"Organisation {2 * self.number + 1:06}"
        return own | {"capacity": "organisation", "organisation": name, "role": "Director"}

    async def _types(self, shown: Shown) -> bool:
        """Type each code that comes, and say whether one of them was right."""
        crowd, address = self.crowd, address_of(self.number)
        until = crowd.now() + MAIL_PATIENCE_S
        while crowd.now() < until:
            for code in [one for one in crowd.office.codes[address] if one not in self.typed]:
                self.typed.add(code)
                answer = await self._ask(shown.forms[0] | {"code": code})
                if "already signed" in answer.text and not answer.forms:
                    # An earlier code did it, though its answer could not say so.
                    return True
                if "already signed" in answer.text:
                    answer = await self._ask(answer.forms[0])
                if "Thank you" in answer.text:
                    crowd.thanked[address] = _entry_in(answer)
                    return True
                # The code of an earlier form.
                assert answer.status in {409, 422}, (answer.status, answer.text[:300])
            await asyncio.sleep(LOOK_S)
        return False

    async def _ask(self, form: dict[str, str] | None) -> Shown:
        """Open the form or send it, until it is answered."""
        crowd, body = self.crowd, urlencode(form or {}).encode()
        caller = f"10.{self.number // 250}.{self.number % 250}.7"
        headers: dict[str, Any] = {"X-Forwarded-For": caller}
        if form is not None:
            headers |= {"Origin": ORIGIN, "Sec-Fetch-Site": "same-origin"}
        whole = request(body, headers, method="GET" if form is None else "POST", path=crowd.path)
        for _ in range(MOST_TRIES):
            came = await self.line.ask(crowd.dice.choice(crowd.ports), whole)
            if came is not None and came.status not in {500, 503}:
                return Shown(came.status, {}, came.body.decode())
            crowd.unanswered += 1
            await asyncio.sleep(AGAIN_S)
        raise AssertionError("never answered")


def _entry_in(shown: Shown) -> str:
    found = re.search(r'<p class="entry"[^>]*>(?:<bdi>)?(.*?)<', shown.body)
    assert found, shown.text
    return html.unescape(found[1])
