"""Slack's HTTP requests, checked on their raw bytes before anything reads them.

Whatever is odd is 401, whatever is too large 413; no body is ever logged. What passes is parsed
once and given to Bolt as a dict, the way Socket Mode gives it, so that Bolt parses nothing again
and a command that contains the word "payload" is a command like any other.
"""

import hashlib
import hmac
from binascii import a2b_qp
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import orjson
import structlog
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest

from bot.slack.payloads import UNREADABLE

log = structlog.get_logger()

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

_QUOTED_PRINTABLE = bytes.maketrans(b"%+", b"= ")

MOST_BYTES = 1_000_000
SKEW_S = 300
"""How far a request's timestamp may be from now (SLACK.md: verifying requests)."""


SIGNED_BY = frozenset({b"x-slack-signature", b"x-slack-request-timestamp"})


class Receiver:
    """An ASGI app for one address: `POST /slack/events`."""

    def __init__(self, app: AsyncApp, signing_secret: str, now: Callable[[], float]) -> None:
        """Takes a Bolt app that does not check signatures itself, and a clock in Unix seconds."""
        self._app = app
        self._key = signing_secret.encode()
        self._now = now

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] != "http":
            return
        if scope["method"] != "POST":
            await _answer(send, 405)
            return
        headers: dict[bytes, bytes] = {}
        for name, value in scope["headers"]:
            # Two signatures, or two times, are none.
            headers[name] = b"" if name in SIGNED_BY and name in headers else value
        body = await _read(receive, headers)
        if body is None:
            await _answer(send, 413)
        elif not self._is_signed(headers, body):
            log.info("receiver.refused", reason="signature")
            await _answer(send, 401)
        else:
            await self._dispatch(headers, body, send)

    def _is_signed(self, headers: dict[bytes, bytes], body: bytes) -> bool:
        stamp = headers.get(b"x-slack-request-timestamp", b"")
        given = headers.get(b"x-slack-signature", b"")
        if not (stamp.isdigit() and len(stamp) <= 12):
            return False
        if abs(self._now() - int(stamp)) > SKEW_S:
            return False
        signed = hmac.new(self._key, b"v0:" + stamp + b":" + body, hashlib.sha256).hexdigest()
        return hmac.compare_digest(b"v0=" + signed.encode(), given)

    async def _dispatch(self, headers: dict[bytes, bytes], body: bytes, send: Send) -> None:
        try:
            parsed = parse(headers.get(b"content-type", b""), body)
        except (ValueError, UnicodeDecodeError):
            log.info("receiver.refused", reason="form")
            await _answer(send, 401)
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
            # Bolt's own look at a payload: a listener's errors come back as answers.
            log.warning("receiver.unreadable", exc_info=error)
            await _answer(send, 400)
            return
        kind = response.headers.get("content-type", ["text/plain"])[0]
        await _answer(send, response.status, (response.body or "").encode(), kind.encode())


def parse(content_type: bytes, body: bytes) -> dict[str, Any]:
    """A signed body as a dict: JSON, a form, or the JSON in a form's `payload` field.

    Raises:
        ValueError: it is none of these.
    """
    if content_type.partition(b";")[0].strip() == b"application/json":
        parsed = orjson.loads(body)
    else:
        form = {
            _unquote(name): _unquote(value)
            for name, _, value in (part.partition(b"=") for part in body.split(b"&") if part)
        }
        # A command's own fields stand beside each other; only interactions are one JSON field.
        parsed = (
            orjson.loads(form[b"payload"])
            if form.keys() == {b"payload"}
            else {name.decode(): value.decode() for name, value in form.items()}
        )
    if not isinstance(parsed, dict):
        raise ValueError("not an object")  # noqa: TRY004 - the caller asks whether it can be read
    return parsed


def _unquote(part: bytes) -> bytes:
    # Percent-encoding is quoted-printable with another mark: the C decoder does it in one pass.
    # A literal "=" or "_" is no mark here, and must not be taken for one.
    if b"%" not in part and b"+" not in part:
        return part
    return a2b_qp(part.replace(b"=", b"=3D").translate(_QUOTED_PRINTABLE))


async def _read(receive: Receive, headers: dict[bytes, bytes]) -> bytes | None:
    """The whole body, or None where it is larger than it may be."""
    length = headers.get(b"content-length", b"0")
    if length.isdigit() and int(length) > MOST_BYTES:
        return None
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return b""
        part = message.get("body", b"")
        size += len(part)
        if size > MOST_BYTES:
            return None
        parts.append(part)
        if not message.get("more_body"):
            return b"".join(parts)


async def _answer(
    send: Send, status: int, body: bytes = b"", kind: bytes = b"application/json"
) -> None:
    headers = [(b"content-length", str(len(body)).encode())]
    if body:
        headers.append((b"content-type", kind))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
