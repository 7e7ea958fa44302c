"""HTTP as it goes over the wire: whole requests as bytes, right or wrong, and what comes back."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass

from bolt_understudy.to_bot.signed_http import signature
from tests.support.simulator import Simulator

ANSWER_S = 20.0
"""After this an answer counts as lost."""
PATH = "/slack/events"
FORM, JSON = "application/x-www-form-urlencoded", "application/json"


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of a server."""

    status: int
    body: bytes


class Line:
    """A connection to a server on this machine that is kept as long as it lasts."""

    def __init__(self) -> None:
        self._port = 0
        self._held: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    def hang_up(self) -> None:
        """End the connection, if there is one."""
        if self._held is not None:
            self._held[1].close()
            self._held = None

    async def ask(
        self, port: int, request: bytes, *, cut: bool = False, patience: float = ANSWER_S
    ) -> Answer | None:
        """The answer to a request, or None where none came.

        Args:
            port: The server's.
            request: All of it.
            cut: Nothing follows, though the request may say so: the connection is half closed.
            patience: After so many seconds it is not coming.
        """
        if self._port != port or cut:
            self.hang_up()
        try:
            async with asyncio.timeout(patience):
                return await self._ask(port, request, cut=cut)
        except (OSError, TimeoutError, asyncio.IncompleteReadError):
            self.hang_up()
            return None

    async def _ask(self, port: int, request: bytes, *, cut: bool) -> Answer:
        if self._held is None:
            self._held = await asyncio.open_connection("127.0.0.1", port)
            self._port = port
        reader, writer = self._held
        writer.write(request)
        if cut:
            writer.write_eof()
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        length = int(head.partition(b"content-length: ")[2].partition(b"\r\n")[0] or b"0")
        body = b"" if request.startswith(b"HEAD ") else await reader.readexactly(length)
        if cut or b"\r\nconnection: close" in head:
            self.hang_up()
        return Answer(int(head.split()[1]), body)


def signing(body: bytes, *, now: float | None = None, secret: str = "") -> dict[str, str]:
    """Slack's headers for a body, signed now and with the local Slack's secret unless told."""
    stamp = str(int(time.time() if now is None else now))
    return {
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": signature(secret or Simulator.signing_secret, stamp, body),
    }


def request(
    body: bytes,
    headers: Mapping[str, str],
    *,
    kind: str = FORM,
    method: str = "POST",
    path: str = PATH,
    chunk: int = 0,
) -> bytes:
    """A whole request; its length is told, or it goes in chunks of so many bytes."""
    length = {"Transfer-Encoding": "chunked"} if chunk else {"Content-Length": str(len(body))}
    told = {"Host": "127.0.0.1", "Content-Type": kind, **length, **headers}
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in told.items())]
    parts = [body[place : place + chunk] for place in range(0, len(body), chunk)] if chunk else []
    if chunk:
        body = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in [*parts, b""])
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body
