"""Slack's HTTP requests, whose signature is checked on the raw bytes before they are parsed.

A malformed or unsigned request is answered with 401, before its body is read if the headers
suffice; one that is too large with 413, one that is too slow with 408. No body is ever logged. A
valid body is parsed once and passed to Bolt as a dict, as in Socket Mode, so that Bolt parses
nothing again, and a command that contains the word "payload" is treated like any other.
"""

import asyncio
import hashlib
import hmac
from binascii import a2b_qp
from collections import Counter
from collections.abc import Awaitable, Callable, MutableMapping
from enum import StrEnum
from typing import Any, cast

import orjson
import structlog
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest

from bot.logs import Trouble
from bot.slack.payloads import UNREADABLE

log = structlog.get_logger()

AsgiMessage = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[AsgiMessage]]
Send = Callable[[AsgiMessage], Awaitable[None]]

_QUOTED_PRINTABLE = bytes.maketrans(b"%+", b"= ")

MOST_BYTES = 1_000_000
SKEW_S = 300
"""Greatest difference in seconds between a request's timestamp and the clock (SLACK.md: verifying
requests)."""
BODY_S = 5.0
"""Time limit for a body in seconds; Slack waits 3 s for the answer."""
MOST_HELD = 64_000_000
"""Most bytes of all incomplete bodies together."""
SIGNATURE_BYTES = len("v0=") + 64
SIGNED_BY = frozenset({b"x-slack-signature", b"x-slack-request-timestamp"})


class Doubt(StrEnum):
    """The reason to refuse a request, logged once for any number of requests."""

    HEADER = "header"
    """The signature or timestamp is missing or malformed, so the request is not from Slack."""
    CLOCK = "clock"
    """The timestamp is too old or in the future: a replayed request, or a wrong clock."""
    SECRET = "secret"  # noqa: S105 - the name of a reason
    """The signature was made with another secret than SLACK_SIGNING_SECRET, or for another body."""
    SIZE = "size"
    SLOW = "slow"
    FORM = "form"
    """The request is signed, but cannot be parsed."""


class _TooMuchError(Exception):
    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Receiver:
    """An ASGI app for one address: `POST /slack/events`."""

    def __init__(
        self,
        app: AsyncApp,
        signing_secret: str,
        now: Callable[[], float],
        *,
        body_s: float = BODY_S,
        most_held: int = MOST_HELD,
    ) -> None:
        """Store the settings; nothing is opened yet.

        Args:
            app: A Bolt app that does not check signatures itself.
            signing_secret: Slack's signing secret.
            now: A clock in Unix seconds.
            body_s: Seconds that a body may take to arrive.
            most_held: Most bytes of incomplete bodies, of all requests together.
        """
        self._app = app
        self._key = signing_secret.encode()
        self._now = now
        self._body_s = body_s
        self._most_held = most_held
        self._held = 0
        self.refused: Counter[str] = Counter()
        """Refused requests by `Doubt`; a valid request resets those about clock and secret."""
        self.answered: Counter[int] = Counter()
        """Number of requests since the start, by status of the answer."""
        self._troubles = {
            doubt: Trouble("receiver.refused", "receiver.accepts_again") for doubt in Doubt
        }

    async def __call__(self, scope: AsgiMessage, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        if scope["method"] != "POST":
            await _answer(send, 405)
            return
        headers: dict[bytes, bytes] = {}
        for name, value in scope["headers"]:
            # A repeated signature or timestamp counts as missing.
            headers[name] = b"" if name in SIGNED_BY and name in headers else value
        if await self._refused_at_once(headers, send):
            return
        try:
            async with asyncio.timeout(self._body_s):
                body = await self._read(receive, headers)
        except TimeoutError:
            await self._refuse(send, Doubt.SLOW, 408)
            return
        except _TooMuchError as error:
            await self._refuse(send, Doubt.SIZE, error.status)
            return
        if body is None:
            return
        if not self._is_signed(headers, body):
            await self._refuse(send, Doubt.SECRET, 401)
            return
        for doubt in (Doubt.CLOCK, Doubt.SECRET):
            # A valid request proves that clock and secret are right.
            self._troubles[doubt].ended()
            self.refused.pop(doubt.value, None)
        await self._dispatch(headers, body, send)

    async def _refused_at_once(self, headers: dict[bytes, bytes], send: Send) -> bool:
        """Refuse a request whose headers cannot be Slack's, before storing any of its body."""
        stamp = headers.get(b"x-slack-request-timestamp", b"")
        signature = headers.get(b"x-slack-signature", b"")
        if not (stamp.isdigit() and len(stamp) <= 12 and len(signature) == SIGNATURE_BYTES):
            await self._refuse(send, Doubt.HEADER, 401)
            return True
        off_by = int(stamp) - self._now()
        if abs(off_by) > SKEW_S:
            await self._refuse(send, Doubt.CLOCK, 401, off_by_s=round(off_by))
            return True
        return False

    async def _refuse(self, send: Send, doubt: Doubt, status: int, **facts: Any) -> None:
        self.refused[doubt.value] += 1
        self.answered[status] += 1
        self._troubles[doubt].came(doubt.value, **facts)
        await _answer(send, status)

    def _is_signed(self, headers: dict[bytes, bytes], body: bytes) -> bool:
        base = b"v0:" + headers[b"x-slack-request-timestamp"] + b":" + body
        signed = hmac.new(self._key, base, hashlib.sha256).hexdigest()
        return hmac.compare_digest(b"v0=" + signed.encode(), headers[b"x-slack-signature"])

    async def _read(self, receive: Receive, headers: dict[bytes, bytes]) -> bytes | None:
        """Return the whole body; None if the client disconnected.

        Raises:
            _TooMuchError: the body, or all incomplete bodies together, are too large.
        """
        length = headers.get(b"content-length", b"0")
        if length.isdigit() and int(length) > MOST_BYTES:
            raise _TooMuchError(413)
        parts: list[bytes] = []
        size = held = 0
        try:
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    return None
                part = message.get("body", b"")
                size += len(part)
                if size > MOST_BYTES:
                    raise _TooMuchError(413)
                parts.append(part)
                if not message.get("more_body"):
                    return b"".join(parts)
                held += len(part)
                self._held += len(part)
                if self._held > self._most_held:
                    raise _TooMuchError(503)
        finally:
            self._held -= held

    async def _dispatch(self, headers: dict[bytes, bytes], body: bytes, send: Send) -> None:
        try:
            parsed = parse(headers.get(b"content-type", b""), body)
        except (ValueError, UnicodeDecodeError):
            await self._refuse(send, Doubt.FORM, 401)
            return
        if "ssl_check" in parsed:
            await _answer(send, 200)
            return
        if parsed.get("type") == "url_verification":
            await _answer(send, 200, orjson.dumps({"challenge": parsed.get("challenge")}))
            return
        try:
            request = AsyncBoltRequest(mode="socket_mode", body=parsed)
            response = await self._app.async_dispatch(request)
        except UNREADABLE as error:
            # Raised by Bolt's own parsing; errors of listeners become answers.
            log.warning("receiver.unreadable", exc_info=error)
            await _answer(send, 400)
            return
        self.answered[response.status] += 1
        kind = response.headers.get("content-type", ["text/plain"])[0]
        await _answer(send, response.status, (response.body or "").encode(), kind.encode())


def parse(content_type: bytes, body: bytes) -> dict[str, Any]:
    """Return a signed body as a dict: JSON, a form, or the JSON in a form's `payload` field.

    Raises:
        ValueError: the body is none of these.
    """
    if content_type.partition(b";")[0].strip() == b"application/json":
        parsed: object = orjson.loads(body)
    else:
        form = {
            _unquote(name): _unquote(value)
            for name, _, value in (part.partition(b"=") for part in body.split(b"&") if part)
        }
        # A command has separate form fields; an interaction has a single JSON field.
        parsed = (
            orjson.loads(form[b"payload"])
            if form.keys() == {b"payload"}
            else {name.decode(): value.decode() for name, value in form.items()}
        )
    if not isinstance(parsed, dict):
        raise ValueError("not an object")  # noqa: TRY004 - the caller expects ValueError
    return cast("dict[str, Any]", parsed)


def _unquote(part: bytes) -> bytes:
    # Percent-encoding is quoted-printable with another sign, for which there is a fast C decoder. A
    # literal "=" is escaped first, so that it is not decoded; "_" stays as it is.
    if b"%" not in part and b"+" not in part:
        return part
    return a2b_qp(part.replace(b"=", b"=3D").translate(_QUOTED_PRINTABLE))


async def _answer(
    send: Send, status: int, body: bytes = b"", kind: bytes = b"application/json"
) -> None:
    headers = [(b"content-length", str(len(body)).encode())]
    if body:
        headers.append((b"content-type", kind))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
