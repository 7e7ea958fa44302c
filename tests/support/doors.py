"""The ways to the local Slack's own doors, by which people in tests act and look."""

import asyncio
from typing import Any, Protocol

import orjson
from aiohttp import ClientSession

from bolt_understudy.page import doors


class Doors(Protocol):
    """A way to them."""

    @property
    def address(self) -> str:
        """Return where the local Slack listens for the bot, and for browsers."""
        ...

    async def get(self, door: str, query: dict[str, Any]) -> dict[str, Any]:
        """Ask a door."""
        ...

    async def post(self, door: str, body: Any) -> dict[str, Any]:
        """Use a door."""
        ...


class HttpDoors:
    """Over HTTP: the local Slack may be a process of its own."""

    def __init__(self, address: str, session: ClientSession) -> None:
        self.address = address
        self._session = session

    async def get(self, door: str, query: dict[str, Any]) -> dict[str, Any]:
        """Ask a door."""
        async with self._session.get(f"{self.address}/_sim/{door}", params=query) as response:
            return await response.json()

    async def post(self, door: str, body: Any) -> dict[str, Any]:
        """Use a door."""
        async with self._session.post(f"{self.address}/_sim/{door}", json=body) as response:
            return await response.json()


class NearDoors:
    """Without HTTP, to a local Slack that runs in a thread of this process: a look costs a tenth."""

    def __init__(self, address: str, there: doors.Doors, loop: asyncio.AbstractEventLoop) -> None:
        self.address = address
        self._there = there
        self._loop = loop

    async def get(self, door: str, query: dict[str, Any]) -> dict[str, Any]:
        """Ask a door."""
        return await self._in_its_thread(door, query=query)

    async def post(self, door: str, body: Any) -> dict[str, Any]:
        """Use a door."""
        return await self._in_its_thread(door, raw=orjson.dumps(body))

    async def _in_its_thread(
        self, door: str, *, query: dict[str, Any] | None = None, raw: bytes = b""
    ) -> dict[str, Any]:
        async def answer() -> bytes:
            # As JSON, like any other answer: nobody gets hold of what is the local Slack's own.
            if query is None:
                return orjson.dumps(await self._there.use(door, raw))
            texts = {name: str(value) for name, value in query.items()}
            return orjson.dumps(self._there.look(door, texts))

        there = asyncio.run_coroutine_threadsafe(answer(), self._loop)
        return orjson.loads(await asyncio.wrap_future(there))
