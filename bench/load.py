"""Signed requests over kept-alive connections, and how long each took."""

import asyncio
import hashlib
import hmac
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import quantiles
from urllib.parse import quote_plus, urlsplit

import orjson

SECRET = "bench"


@dataclass(frozen=True, slots=True)
class Timing:
    """The time that a round of requests took."""

    requests: int
    seconds: float
    each: list[float]
    """Seconds of every request, sorted."""

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.requests / self.seconds

    def percentile(self, which: int) -> float:
        """Milliseconds that `which` of 100 requests stayed below."""
        return quantiles(self.each, n=100, method="inclusive")[which - 1] * 1000


def request(address: str, payload: object) -> bytes:
    """An interaction of Slack's as the bytes of one HTTP request, signed now."""
    parts = urlsplit(address)
    body = b"payload=" + quote_plus(orjson.dumps(payload)).encode()
    stamp = str(int(time.time())).encode()
    signature = hmac.new(SECRET.encode(), b"v0:" + stamp + b":" + body, hashlib.sha256).hexdigest()
    head = (
        f"POST {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\nX-Slack-Request-Timestamp: {stamp.decode()}\r\n"
        f"X-Slack-Signature: v0={signature}\r\n\r\n"
    )
    return head.encode() + body


async def fire(address: str, requests: Sequence[bytes], at_once: int) -> Timing:
    """Send all requests over `at_once` connections, each waiting for its answer.

    Raises:
        RuntimeError: an answer was not 200, or says that something is wrong.
    """
    parts = urlsplit(address)
    waiting = iter(requests)
    each: list[float] = []

    async def connection() -> None:
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        for one in waiting:
            begun = time.perf_counter()
            writer.write(one)
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
            body = await reader.readexactly(length) if length else b""
            each.append(time.perf_counter() - begun)
            if not head.startswith(b"HTTP/1.1 200") or b'"errors"' in body or b'"push"' in body:
                raise RuntimeError(f"{head[:40]!r} {body[:300]!r}")
        writer.close()

    begun = time.perf_counter()
    await asyncio.gather(*(connection() for _ in range(at_once)))
    return Timing(len(each), time.perf_counter() - begun, sorted(each))
