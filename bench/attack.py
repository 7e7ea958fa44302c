"""Sign in Slack beside an attack on the page where everyone can sign.

A hundred tries a second from a thousand networks: forms with ever new addresses, codes guessed,
tokens and callers forged, bodies without end. Before it, ten thousand forms are sent and left
pending. Run: `make bench-attack`.
"""

import argparse
import asyncio
import json
import random
import re
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import count
from statistics import median
from urllib.parse import urlencode, urlsplit

from cryptography.fernet import Fernet
from sqlalchemy import func, select

from bench.load import Timing, fire, request
from bench.page import environment, with_page
from bench.sign import Open, free_port, prepare, started, submission
from bench.targets import target
from bot.letters.rules import PublicPage
from bot.storage import letters as stored
from bot.storage.database import Database
from bot.storage.tables import codes
from tests.support.machine.post_office import PostOffice

TRIES_A_SECOND, NETWORKS, PENDING, ENDLESS = 100, 1_000, 10_000, 20
AT_ONCE, ROUNDS, SIGNS = 16, 3, 250
PATH = "/l/00000000"
IN_WORDS = {"200", "403", "408", "409", "413", "422", "429", "closed"}
"""The answers that a page of ours gives to what people and robots send."""
_TOKEN = re.compile(r'name="token" value="([^"]+)"')
_TEXT = re.compile(r"<h1>[^<]{10,}</h1>|role=\"alert\"|class=\"wrong\"")


@dataclass(slots=True)
class Attacker:
    """Sends forms to a server from as many networks as it likes, through a trusted proxy."""

    address: str
    dice: random.Random = field(default_factory=lambda: random.Random(7))
    statuses: Counter[str] = field(default_factory=Counter[str])
    wordless: int = 0
    """Refusals that say nothing to a reader."""
    codes: list[str] = field(default_factory=list[str])
    """Tokens of pages that ask for a code."""
    _numbers: "count[int]" = field(default_factory=count)
    _forms: dict[str, str] = field(default_factory=dict[str, str])

    async def continues(self, page: str = "sign") -> None:
        """Fill a page's form with an address that nobody has, from any network."""
        if page not in self._forms:
            self._forms[page] = _TOKEN.findall(await self._ask(page, None))[0]
        number = next(self._numbers)
        typed = {"name": f"Robot {number}", "address": f"robot{number}@mail{number}.example"}
        shown = await self._ask(page, {"token": self._forms[page], **typed})
        if 'name="code"' in shown:
            self.codes.extend(_TOKEN.findall(shown))

    async def tries(self) -> None:
        """Do any of what attackers do."""
        match self.dice.randrange(20):
            case 0:
                await self._ask("sign", {"token": "forged.1.1.9999999999.00", "code": "123456"})
            case 1:
                await self._ask("sign", {"name": "x" * 20_000})
            case 2:
                await self._ask("mine", {"act": "withdraw"}, site="cross-site")
            case 3 | 4 | 5 | 6 if self.codes:
                guess = f"{self.dice.randrange(10**6):06}"
                await self._ask("sign", {"token": self.dice.choice(self.codes), "code": guess})
            case 7 | 8 | 9:
                await self.continues("mine")
            case _:
                await self.continues()

    async def never_ends(self) -> None:
        """Send a body drop by drop, until the server has had enough, and begin again."""
        parts = urlsplit(self.address)
        while True:
            reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
            head = self._head("sign", "Transfer-Encoding: chunked")
            writer.write(head + b"\r\n4\r\nname\r\n")
            sending = asyncio.create_task(_drip(writer))
            with suppress(OSError, asyncio.IncompleteReadError):
                found = await reader.readuntil(b"\r\n")
                self.statuses[found.split()[1].decode()] += 1
            sending.cancel()
            writer.close()

    def _head(
        self, page: str, length: str, method: str = "POST", site: str = "same-origin"
    ) -> bytes:
        # The last is the network that the proxy saw; what stands before it is made up.
        network = self.dice.randrange(NETWORKS)
        forged = f"192.0.2.{self.dice.randrange(256)}, 10.{network // 250}.{network % 250}.7"
        parts = urlsplit(self.address)
        return (
            f"{method} {PATH}/{page}/ HTTP/1.1\r\nHost: {parts.netloc}\r\nX-Forwarded-For: {forged}\r\n"
            f"Sec-Fetch-Site: {site}\r\nContent-Type: application/x-www-form-urlencoded\r\n{length}\r\n"
        ).encode()

    async def _ask(self, page: str, form: dict[str, str] | None, site: str = "same-origin") -> str:
        parts, body = urlsplit(self.address), urlencode(form or {}).encode()
        method = "GET" if form is None else "POST"
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        length = f"Content-Length: {len(body)}\r\nConnection: close"
        try:
            writer.write(self._head(page, length, method, site) + b"\r\n" + body)
            answer = (await reader.read(-1)).decode()
        except OSError:
            # The rest of a body that is too long meets a closed connection.
            answer = ""
        finally:
            writer.close()
        status = (answer.split() or ["", "closed"])[1]
        self.statuses[status] += 1
        self.wordless += status.startswith("4") and not _TEXT.search(answer)
        return answer


async def _drip(writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while True:
            writer.write(b"1\r\nx\r\n")
            await writer.drain()
            await asyncio.sleep(0.2)


async def leave_pending(address: str, many: int) -> Attacker:
    """Send so many forms, and type no code."""
    attacker, waiting = Attacker(address), iter(range(many))
    await attacker.continues()

    async def one_after_the_other() -> None:
        for _ in waiting:
            await attacker.continues()

    await asyncio.gather(*(one_after_the_other() for _ in range(AT_ONCE)))
    return attacker


async def attack(address: str) -> Attacker:
    """Attack until this process is told to end."""
    attacker, over = Attacker(address), asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, over.set)
    await attacker.continues()
    print("begun", flush=True)
    endless = [asyncio.create_task(attacker.never_ends()) for _ in range(ENDLESS)]
    under_way: set[asyncio.Task[None]] = set()
    while not over.is_set():
        task = asyncio.create_task(attacker.tries())
        under_way.add(task)
        task.add_done_callback(under_way.discard)
        with suppress(TimeoutError):
            await asyncio.wait_for(over.wait(), 1 / TRIES_A_SECOND)
    await asyncio.wait(under_way or {asyncio.create_task(asyncio.sleep(0))}, timeout=10)
    for task in endless:
        task.cancel()
    return attacker


async def pending(url: str) -> int:
    """Count the signatures that wait for their codes."""
    waits = (codes.c.given.is_not(None), codes.c.typed_at.is_(None))
    statement = select(func.count()).where(*waits)
    async with Database(url) as database:
        return await database.read(lambda tx: tx.execute(statement).scalar_one())


def sign_beside(address: str, opened: Open) -> tuple[float, Counter[str]]:
    """Sign's p99 under attack, of without; and the answers to the attacker."""
    alone: list[Timing] = []
    beside: list[Timing] = []
    answers: Counter[str] = Counter()
    for turn in range(ROUNDS + 1):
        for found in (alone, beside):
            name = f"{turn}.{len(alone)}.{len(beside)}"
            signs = [
                request(address, submission(opened, f"U{name}.{one}", f"{name}.{one}"))
                for one in range(SIGNS)
            ]
            if found is alone:
                timing = asyncio.run(fire(address, signs, 4))
            else:
                command = [sys.executable, "-m", "bench.attack", "--attack", address]
                with subprocess.Popen(command, stdout=subprocess.PIPE) as others:
                    assert others.stdout is not None
                    others.stdout.readline()
                    timing = asyncio.run(fire(address, signs, 4))
                    others.terminate()
                    answers += Counter(json.loads(others.communicate()[0]))
            if turn:
                found.append(timing)
    slow, usual = (median(one.percentile(99) for one in found) for found in (beside, alone))
    print(f"Sign's p99 {usual:.1f} ms alone, {slow:.1f} ms under attack")
    return slow / usual, answers


async def turn_on(url: str, opened: Open) -> Open:
    """Let everyone sign a letter on its page."""
    async with Database(url) as database:
        await with_page(database, opened.letter.id, PublicPage.SIGNING)
        found = await database.read(lambda tx: stored.find(tx, opened.letter.id))
        assert found is not None
        return replace(opened, letter=found)


async def take_mails(port: int) -> None:
    """A mail server, until this process is ended."""
    async with PostOffice().listening(port):
        await asyncio.Event().wait()


def measure(folder: str, many: int) -> None:
    """Leave forms pending, sign under attack, and judge."""
    url = f"sqlite+aiosqlite:///{folder}/attack.db"
    opened = asyncio.run(turn_on(url, asyncio.run(prepare(url))))
    slack, port, mail = free_port(), free_port(), free_port()
    env = environment(url, slack, port) | {
        "SMTP_URL": f"smtp://127.0.0.1:{mail}",
        "MAIL_FROM": "letters@undersigned.example",
        "SECRET_KEYS": Fernet.generate_key().decode(),
        "TRUSTED_PROXIES": "127.0.0.1",
    }
    with (
        started("bench.attack", "--mail", port=mail, env=env),
        started("bench.slack_that_agrees", port=slack, env=env),
        started("bench.servers", "bot_working", port=port, env=env) as address,
    ):
        before = asyncio.run(leave_pending(address, many))
        ratio, answers = sign_beside(address, opened)
    print(f"{many:,} forms: {dict(before.statuses)}; the attack: {dict(answers)}")
    wordless = before.wordless + answers.pop("wordless", 0)
    others = sum(answers[one] for one in answers if one not in IN_WORDS)
    target("Sign's p99 under attack, of without", ratio, at_most=2.0)
    target("forms left pending", asyncio.run(pending(url)), at_most=1_000)
    target("refusals without words", wordless, at_most=0)
    target("answers that are neither a page nor a refusal", others, at_most=0)


def main() -> None:
    """Measure and print; or be the attacker, or the mail server."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--attack")
    parser.add_argument("--mail", type=int)
    parser.add_argument("--pending", type=int, default=PENDING)
    given = parser.parse_args()
    if given.attack:
        found = asyncio.run(attack(given.attack))
        print(json.dumps(found.statuses | {"wordless": found.wordless}))
    elif given.mail:
        asyncio.run(take_mails(given.mail))
    else:
        with tempfile.TemporaryDirectory() as folder:
            measure(folder, given.pending)


if __name__ == "__main__":
    main()
