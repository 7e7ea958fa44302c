"""Sign clicks over Socket Mode, kept durably, against stock Bolt over Socket Mode doing nothing.

The bench is the Slack at the other end: it hands out envelopes and counts what comes back. Run:
`python -m bench.socket_mode`.
"""

import asyncio
import os
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from typing import Any

import orjson
from aiohttp import WSMsgType, web
from rich.console import Console
from rich.table import Table

from bench.load import SECRET, Timing
from bench.sign import Open, click, free_port, prepare, submission
from bench.targets import target

AT_ONCE = (1, 32, 128)
REQUESTS = {1: 300, 32: 1500, 128: 2000}
ROUNDS = 3
STOCK, OPEN, SIGN = "stock Bolt, empty listener", "open", "sign"


class Slack:
    """Sends over the newest connection of each app-level token; takes the calls that an app makes."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._sockets: dict[str, web.WebSocketResponse] = {}
        self._waiting: dict[str, Callable[[bool], None]] = {}
        self._there: defaultdict[str, asyncio.Event] = defaultdict(asyncio.Event)
        self._numbers = count()

    @asynccontextmanager
    async def serving(self) -> AsyncGenerator[None]:
        """Listen."""
        app = web.Application()
        app.router.add_route("*", "/api/{method}", self._call)
        app.router.add_get("/socket/{token}", self._connect)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", self._port).start()
        yield
        await runner.cleanup()

    async def _call(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        answer: dict[str, Any] = {"ok": True}
        if method == "apps.connections.open":
            token = request.headers["Authorization"].removeprefix("Bearer ")
            answer["url"] = f"ws://127.0.0.1:{self._port}/socket/{token}"
        elif method == "auth.test":
            answer |= {"team_id": "T1", "team": "Bench", "user_id": "UBOT", "bot_id": "B1"}
        elif method == "users.info":
            user = str((await request.post()).get("user") or request.query.get("user"))
            profile = {"real_name": f"Signer {user}"}
            answer["user"] = {"id": user, "team_id": "T1", "locale": "en-US", "profile": profile}
        return web.json_response(answer)

    async def _connect(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": 1})
        token = request.match_info["token"]
        self._sockets[token] = socket
        self._there[token].set()
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                answer = orjson.loads(message.data)
                said = answer.get("payload") or {}
                good = said.get("response_action") not in {"errors", "push"}
                self._waiting.pop(answer["envelope_id"])(good)
        return socket

    async def connected(self, token: str) -> None:
        """Wait until the app with that token is there."""
        await self._there[token].wait()

    async def send(self, token: str, payloads: Sequence[object], at_once: int) -> Timing:
        """Send all, so many at once, and take the time until each is acknowledged.

        Raises:
            RuntimeError: an acknowledgement says that something is wrong.
        """
        socket, waiting, each = self._sockets[token], iter(payloads), list[float]()

        async def lane() -> None:
            for payload in waiting:
                envelope = f"e{next(self._numbers)}"
                done: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
                self._waiting[envelope] = done.set_result
                begun = time.perf_counter()
                sent = {
                    "envelope_id": envelope,
                    "type": "interactive",
                    "payload": payload,
                    "accepts_response_payload": True,
                }
                await socket.send_str(orjson.dumps(sent).decode())
                if not await done:
                    raise RuntimeError("not acknowledged as it should be")
                each.append(time.perf_counter() - begun)

        begun = time.perf_counter()
        await asyncio.gather(*(lane() for _ in range(at_once)))
        return Timing(len(each), time.perf_counter() - begun, sorted(each))


Found = dict[tuple[str, int], list[Timing]]


async def measure(slack: Slack, letter: Open) -> Found:
    """Every kind in turn, so that drift hits all alike."""
    found: Found = {}
    signer = count()
    kinds = (
        (STOCK, "xapp-stock", submission),
        (OPEN, "xapp-bot", click),
        (SIGN, "xapp-bot", submission),
    )
    for at_once in AT_ONCE:
        for turn in range(ROUNDS):
            users = [f"U{next(signer)}" for _ in range(REQUESTS[at_once])]
            for kind, token, make in kinds:
                payloads = [make(letter, user, f"{kind}.{at_once}.{turn}.{user}") for user in users]
                timing = await slack.send(token, payloads, at_once)
                found.setdefault((kind, at_once), []).append(timing)
    return found


def show(found: Found) -> None:
    """Print the median round of each kind, the ratios, and which targets they meet."""
    table = Table(title="A Sign click over Socket Mode, SQLite synchronous=FULL")
    for column in ("at once", "what", "a second", "p50 ms", "p99 ms", "of stock"):
        table.add_column(column, justify="left" if column == "what" else "right")
    middle = {
        key: sorted(rounds, key=lambda one: one.rate)[len(rounds) // 2]
        for key, rounds in found.items()
    }
    for (kind, at_once), timing in middle.items():
        table.add_row(
            str(at_once),
            kind,
            f"{timing.rate:,.0f}",
            f"{timing.percentile(50):.2f}",
            f"{timing.percentile(99):.2f}",
            f"{timing.rate / middle[STOCK, at_once].rate:.2f}",
        )
    Console(width=110).print(table)
    for at_once in (32, 128):
        ratio = middle[SIGN, at_once].rate / middle[STOCK, at_once].rate
        target(f"a durable Sign at {at_once} at once, of stock Bolt", ratio, at_least=0.85)


async def run(url: str) -> Found:
    """Start both apps, wait for them, and measure."""
    letter = await prepare(url)
    slack = Slack(port := free_port())
    async with slack.serving():
        apps = [
            await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bench.servers", name, "0"),
                env=os.environ
                | {
                    "SLACK_BOT_TOKEN": "xoxb-bench",
                    "SLACK_APP_TOKEN": token,
                    "SLACK_SIGNING_SECRET": SECRET,
                    "SLACK_API_URL": f"http://127.0.0.1:{port}/api/",
                    "DATABASE_URL": url,
                },
            )
            for name, token in (("stock_socket", "xapp-stock"), ("bot_socket", "xapp-bot"))
        ]
        try:
            for token in ("xapp-stock", "xapp-bot"):
                await asyncio.wait_for(slack.connected(token), timeout=60)
            return await measure(slack, letter)
        finally:
            for app in apps:
                app.terminate()
                await app.wait()


def main() -> None:
    """Run it all."""
    with tempfile.TemporaryDirectory() as folder:
        show(asyncio.run(run(f"sqlite+aiosqlite:///{Path(folder) / 'bench.db'}")))


if __name__ == "__main__":
    main()
