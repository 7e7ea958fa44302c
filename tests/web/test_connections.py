"""Connections that ask for nothing never keep anybody else out."""

import asyncio
import socket
from collections.abc import AsyncGenerator
from contextlib import ExitStack, asynccontextmanager, suppress

import uvicorn
from starlette.types import Receive, Scope, Send
from structlog.testing import capture_logs

from bot.web.server import HEADER_BYTES, server_config

REQUEST = b"GET / HTTP/1.1\r\nhost: here\r\n\r\n"
POST = b"POST /body HTTP/1.1\r\nhost: here\r\n"
HALF = b"GET / HTTP/1.1\r\nhost: he"
Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Served:
    """A server with an app that answers right away, or when it may."""

    def __init__(self, port: int, may_answer: asyncio.Event) -> None:
        self.port = port
        self.may_answer = may_answer
        self._open: list[asyncio.StreamWriter] = []

    async def connect(self, sent: bytes = b"") -> Connection:
        """A connection on which so much was sent."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        self._open.append(writer)
        writer.write(sent)
        await writer.drain()
        return reader, writer

    async def status(self) -> int:
        """Return the status that a request on a connection of its own gets."""
        return await answered(await self.connect(REQUEST))

    def close(self) -> None:
        """End all connections."""
        for writer in self._open:
            writer.close()


async def answered(connection: Connection) -> int:
    """The status of the next answer."""
    reader, _ = connection
    async with asyncio.timeout(30):
        line = await reader.readline()
        while await reader.readline() not in {b"\r\n", b""}:
            pass
        await reader.readexactly(2)
    return int(line.split()[1])


async def ended(connection: Connection, within: float = 5) -> bool:
    """Return whether the server ends a connection, with nothing more said."""
    reader, _ = connection
    with suppress(TimeoutError, ConnectionResetError):
        async with asyncio.timeout(within):
            return await reader.read() == b""
        return False
    return reader.at_eof() or reader.exception() is not None


@asynccontextmanager
async def serving(*, most: int = 8, header_s: float = 60) -> AsyncGenerator[Served]:
    """The bot's server, for as long as the block lasts."""
    may_answer = asyncio.Event()
    may_answer.set()

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] == "/body":
            while (await receive()).get("more_body"):
                pass
        if scope["path"] == "/slow":
            await may_answer.wait()
        await send(
            {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]}
        )
        await send({"type": "http.response.body", "body": b"ok"})

    config = server_config(app, host="127.0.0.1", port=0, most_connections=most, header_s=header_s)
    server = uvicorn.Server(config)
    config.load()
    server.lifespan = config.lifespan_class(config)
    await server.startup()
    served = Served(server.servers[0].sockets[0].getsockname()[1], may_answer)
    try:
        yield served
    finally:
        may_answer.set()
        served.close()
        await server.shutdown()


async def test_no_header() -> None:
    """A connection on which no whole header comes in time is closed, and no other one."""
    async with serving(header_s=0.2) as served:
        served.may_answer.clear()
        busy = await served.connect(REQUEST.replace(b"/ ", b"/slow ", 1))
        silent, half = await served.connect(), await served.connect(HALF)

        assert await ended(silent)
        assert await ended(half)
        served.may_answer.set()
        assert await answered(busy) == 200


async def test_half_behind_an_answer() -> None:
    """The header of a second request has no more time than that of the first one."""
    async with serving(header_s=0.2) as served:
        kept = await served.connect(REQUEST)
        assert await answered(kept) == 200
        kept[1].write(HALF)

        assert await ended(kept)


async def test_drop_by_drop() -> None:
    """A header that goes on coming all the time has no more time either."""
    async with serving(header_s=0.2) as served:
        slow = await served.connect(HALF)

        async def go_on() -> None:
            with suppress(ConnectionError):
                while True:
                    slow[1].write(b"x")
                    await asyncio.sleep(0.02)

        going_on = asyncio.create_task(go_on())
        assert await ended(slow)
        going_on.cancel()


async def test_endless_header() -> None:
    """A header that is longer than any of Slack's is heard no further."""
    async with serving() as served:
        endless = await served.connect(HALF)
        endless[1].write(b"x" * (HEADER_BYTES + 300_000))

        assert await ended(endless)


async def test_idle_gives_way() -> None:
    """Among as many connections as may be the one that has waited longest makes room."""
    async with serving(most=4) as served:
        kept = await served.connect(REQUEST)
        assert await answered(kept) == 200
        held = [await served.connect(HALF), await served.connect(), await served.connect(HALF)]

        assert [await served.status() for _ in range(3)] == [200] * 3

        assert await ended(kept)
        assert [await ended(one) for one in held[:2]] == [True, True]
        assert not await ended(held[2], within=0.1)


async def test_unfinished_gives_way() -> None:
    """A request whose body never ends makes room, the oldest first; that is logged once."""
    async with serving(most=4) as served:
        unfinished = POST + b"content-length: 9\r\n\r\nhalf"
        with capture_logs() as said:
            held = [await served.connect(unfinished) for _ in range(4)]
            for _ in range(3):
                assert await served.status() == 200
                held.append(await served.connect(unfinished))

        assert [await ended(one) for one in held[:3]] == [True] * 3
        assert not await ended(held[-1], within=0.1)
        assert [one["event"] for one in said] == ["web.closed"]


async def test_many_at_once() -> None:
    """A whole request among many unfinished ones that come at once is answered."""
    async with serving(most=8) as served:
        unfinished = POST + b"content-length: 9\r\n\r\nhalf"
        for _ in range(8):
            await served.connect(unfinished)
        await asyncio.sleep(0.1)
        with ExitStack() as held:
            # Without awaiting, so that the server meets all of them together.
            sent = [*[unfinished] * 6, REQUEST]
            address = ("127.0.0.1", served.port)
            made = [held.enter_context(socket.create_connection(address)) for _ in sent]
            for one, request in zip(made, sent, strict=True):
                one.sendall(request)
            made[-1].setblocking(False)
            answer = await asyncio.get_running_loop().sock_recv(made[-1], 100)
            assert b" 200 " in answer


async def test_whole_body_stays() -> None:
    """A request that came whole, in pieces, is answered and makes no room."""
    async with serving(most=2) as served:
        served.may_answer.clear()
        whole = await served.connect(
            POST.replace(b"/body", b"/slow") + b"content-length: 4\r\n\r\nha"
        )
        whole[1].write(b"lf")
        await asyncio.sleep(0.1)
        await served.connect(POST + b"content-length: 9\r\n\r\nhalf")
        reader, _ = await served.connect(REQUEST)
        assert b" 200 " in await reader.readline()
        served.may_answer.set()
        assert await answered(whole) == 200


async def test_busy_stays() -> None:
    """A request under way never makes room: a newcomer when all are busy is told to come again."""
    async with serving(most=3) as served:
        served.may_answer.clear()
        busy = [await served.connect(REQUEST.replace(b"/ ", b"/slow ", 1)) for _ in range(3)]
        await asyncio.sleep(0.1)

        reader, _ = await served.connect(REQUEST)
        assert b" 503 " in await reader.readline()
        served.may_answer.set()
        assert [await answered(one) for one in busy] == [200] * 3
