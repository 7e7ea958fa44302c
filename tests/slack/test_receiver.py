"""Slack's HTTP requests: only what Slack signed comes in, and it is read once, right."""

import asyncio
import hashlib
import hmac
import logging
from collections.abc import Callable
from functools import cache
from typing import Any
from urllib.parse import quote_plus, urlencode

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from structlog.testing import capture_logs

from bot.slack.receiver import MOST_BYTES, Receiver, parse

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
NOW = 1_531_420_618.0
FORM = b"application/x-www-form-urlencoded"
COMMAND = {"command": "/letter", "team_id": "T1", "user_id": "U1", "trigger_id": "1.2.3"}


def sign(body: bytes, stamp: int = int(NOW), secret: str = SECRET) -> dict[bytes, bytes]:
    base = b"v0:%d:%s" % (stamp, body)
    digest = hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    return {
        b"x-slack-request-timestamp": str(stamp).encode(),
        b"x-slack-signature": f"v0={digest}".encode(),
        b"content-type": FORM,
    }


class Listening:
    """A Bolt app that keeps the commands it hears, behind a receiver."""

    def __init__(self, **limits: Any) -> None:
        self.heard: list[dict[str, Any]] = []

        async def authorize() -> AuthorizeResult:
            return AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-1")

        app = AsyncApp(
            authorize=authorize, process_before_response=True, request_verification_enabled=False
        )

        async def hear(ack: AsyncAck, body: dict[str, Any]) -> None:
            self.heard.append(body)
            await ack("heard")

        app.command("/letter")(hear)
        self.receiver = Receiver(app, SECRET, lambda: NOW, **limits)

    async def post(
        self,
        body: bytes,
        headers: dict[bytes, bytes],
        *,
        method: str = "POST",
        parts: int = 1,
        again: dict[bytes, bytes] | None = None,
    ) -> tuple[int, bytes]:
        """Send a request as a server would; return status and body."""
        size = max(1, -(-len(body) // parts))
        chunks = [body[i : i + size] for i in range(0, len(body), size)] or [b""]
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            chunk = chunks.pop(0)
            return {"type": "http.request", "body": chunk, "more_body": bool(chunks)}

        async def send(message: Any) -> None:
            sent.append(message)

        scope = {
            "type": "http",
            "method": method,
            "headers": [*headers.items(), *(again or {}).items()],
        }
        await self.receiver(scope, receive, send)
        return sent[0]["status"], sent[1]["body"]


@pytest.fixture(name="listening")
def _listening() -> Listening:
    return Listening()


@cache
def _one_for_all() -> Listening:
    """A bot for many tries: to build one takes longer than a try."""
    return Listening()


async def test_signed_command(listening: Listening) -> None:
    """A signed command is heard and answered, also when it arrives in pieces."""
    body = urlencode({**COMMAND, "text": "status"}).encode()

    assert await listening.post(body, sign(body), parts=3) == (200, b"heard")
    assert listening.heard[0]["text"] == "status"


async def test_the_word_payload(listening: Listening) -> None:
    """A command that contains the word "payload" is a command like any other."""
    body = urlencode({**COMMAND, "text": "new payload policy letter"}).encode()

    assert (await listening.post(body, sign(body)))[0] == 200
    assert listening.heard[0]["text"] == "new payload policy letter"


async def test_slacks_own_vector() -> None:
    """The example that Slack's documentation signs is taken for signed."""
    body = (
        b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&"
        b"channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&"
        b"command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands"
        b"%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015."
        b"47445629121.803a0bc887a14d10d2c447fce8b6703c"
    )
    given_signature = b"v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"

    assert sign(body)[b"x-slack-signature"] == given_signature


@pytest.mark.parametrize(
    "spoil",
    [
        lambda headers: headers.pop(b"x-slack-signature"),
        lambda headers: headers.pop(b"x-slack-request-timestamp"),
        lambda headers: headers.update({b"x-slack-signature": b"v0="}),
        lambda headers: headers.update({b"x-slack-signature": b"\xff\xfe"}),
        lambda headers: headers.update({b"x-slack-request-timestamp": b"-1531420618"}),
        lambda headers: headers.update({b"x-slack-request-timestamp": b"9" * 400}),
        lambda headers: headers.update({b"x-slack-request-timestamp": "١٥٣".encode()}),
    ],
)
async def test_spoilt_headers(
    listening: Listening, spoil: Callable[[dict[bytes, bytes]], Any]
) -> None:
    """Headers that are missing or odd are 401, and nothing is heard."""
    body = urlencode({**COMMAND, "text": "status"}).encode()
    headers = sign(body)
    spoil(headers)

    assert (await listening.post(body, headers))[0] == 401
    assert listening.heard == []


@pytest.mark.parametrize("twice", [b"x-slack-signature", b"x-slack-request-timestamp"])
async def test_said_twice(listening: Listening, twice: bytes) -> None:
    """Two signatures or two times are none, right as both may be."""
    body = urlencode({**COMMAND, "text": "status"}).encode()
    headers = sign(body)

    assert (await listening.post(body, headers, again={twice: headers[twice]}))[0] == 401
    assert listening.heard == []


@pytest.mark.parametrize("age", [-301, 301, 86_400])
async def test_old_and_early(listening: Listening, age: int) -> None:
    """A request signed more than five minutes from now is 401, well signed as it is."""
    body = urlencode({**COMMAND, "text": "status"}).encode()

    assert (await listening.post(body, sign(body, int(NOW) - age)))[0] == 401


async def test_other_secret(listening: Listening) -> None:
    """A request signed with another secret is 401."""
    body = urlencode({**COMMAND, "text": "status"}).encode()

    assert (await listening.post(body, sign(body, secret="another")))[0] == 401
    assert listening.heard == []


async def test_too_large(listening: Listening) -> None:
    """More than 1 MB is 413, whether it says so or not."""
    body = b"a" * (MOST_BYTES + 1)

    assert (await listening.post(body, sign(body), parts=7))[0] == 413
    told = sign(b"a") | {b"content-length": str(MOST_BYTES + 1).encode()}
    assert (await listening.post(b"a", told))[0] == 413


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {b"x-slack-request-timestamp": b"1531420618"},
        {b"x-slack-request-timestamp": b"1531420618", b"x-slack-signature": b"v0=abc"},
        sign(b"a", int(NOW) - 301),
    ],
)
async def test_unsigned_body(listening: Listening, headers: dict[bytes, bytes]) -> None:
    """A request that cannot be Slack's is 401 before anything of the body is read."""
    answers: list[Any] = []

    async def receive() -> Any:
        raise AssertionError

    async def send(message: Any) -> None:
        answers.append(message)

    scope = {"type": "http", "method": "POST", "headers": [*headers.items()]}
    await listening.receiver(scope, receive, send)
    assert answers[0]["status"] == 401


async def test_slow_body() -> None:
    """A body that does not come is 408."""
    answers = await asyncio.wait_for(_begun(Listening(body_s=0.05), 1, b"a" * 10), 2)
    assert answers == [408]


async def test_many_begun() -> None:
    """Bodies that come in pieces are held up to a bound; then it is 503, and passes."""
    listening = Listening(body_s=0.2, most_held=5 * 1000)
    assert sorted(await _begun(listening, 8, b"a" * 1000)) == [408] * 5 + [503] * 3

    body = urlencode({**COMMAND, "text": "x" * 4000}).encode()
    assert (await listening.post(body, sign(body), parts=3))[0] == 200


async def _begun(listening: Listening, how_many: int, piece: bytes) -> list[int]:
    """The answers to requests of which one piece comes and then nothing more."""
    answers: list[int] = []

    async def send(message: Any) -> None:
        if "status" in message:
            answers.append(message["status"])

    async def one() -> None:
        came = False

        async def receive() -> Any:
            nonlocal came
            if came:
                await asyncio.Event().wait()
            came = True
            return {"type": "http.request", "body": piece, "more_body": True}

        scope = {"type": "http", "method": "POST", "headers": [*sign(b"a").items()]}
        await listening.receiver(scope, receive, send)

    await asyncio.gather(*(one() for _ in range(how_many)))
    return answers


async def test_get(listening: Listening) -> None:
    """Anything but POST is 405."""
    assert (await listening.post(b"", {}, method="GET"))[0] == 405


@pytest.mark.parametrize("body", [b"payload=nonsense", b"payload=%5B%5D", b"text=%FF%FE"])
async def test_signed_nonsense(listening: Listening, body: bytes) -> None:
    """A body that cannot be read is 401 even when it is signed."""
    assert (await listening.post(body, sign(body)))[0] == 401


async def test_url_verification(listening: Listening) -> None:
    """Slack's question when the address is set up gets its answer."""
    body = orjson.dumps({"type": "url_verification", "challenge": "c"})
    headers = sign(body) | {b"content-type": b"application/json"}

    assert await listening.post(body, headers) == (200, b'{"challenge":"c"}')


async def test_ssl_check(listening: Listening) -> None:
    """Slack's probe of the certificate is 200."""
    body = b"ssl_check=1&token=x"

    assert (await listening.post(body, sign(body)))[0] == 200


@given(body=st.binary(max_size=300), signature=st.binary(max_size=80), stamp=st.binary(max_size=12))
@settings(max_examples=300, deadline=None)
async def test_forged(body: bytes, signature: bytes, stamp: bytes) -> None:
    """A request without Slack's secret is 401 and is neither heard nor logged."""
    listening = _one_for_all()
    headers = {b"x-slack-signature": signature, b"x-slack-request-timestamp": stamp}

    assert (await listening.post(body, headers))[0] == 401
    assert listening.heard == []


@given(st.dictionaries(st.text(min_size=1), st.text(), max_size=6))
def test_forms(form: dict[str, str]) -> None:
    """A form reads as it was written, in any script and with any mark in it."""
    if set(form) == {"payload"}:
        return
    body = "&".join(f"{quote_plus(k)}={quote_plus(v)}" for k, v in form.items()).encode()

    assert parse(FORM, body) == form


@given(st.dictionaries(st.text(), st.text() | st.integers(-(2**53), 2**53), max_size=5))
def test_interactions(payload: dict[str, Any]) -> None:
    """An interaction is the JSON in the form's one field."""
    body = urlencode({"payload": orjson.dumps(payload).decode()}).encode()

    assert parse(FORM, body) == payload


async def test_nothing_of_a_body_is_logged(
    listening: Listening, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    """A badly signed body leaves no byte in any log."""
    caplog.set_level(logging.DEBUG)
    body = urlencode({**COMMAND, "text": "SECRETWORD"}).encode()

    await listening.post(body, sign(body, secret="another"))

    assert "SECRETWORD" not in caplog.text + capsys.readouterr().out


async def test_reasons() -> None:
    """A wrong secret, a clock that is off and a missing header are told apart, each said once."""
    listening, body = Listening(), urlencode(COMMAND).encode()
    late = int(NOW) - 360
    refused = [sign(body, secret="another"), sign(body, stamp=late), {b"content-type": FORM}]
    with capture_logs() as lines:
        for headers in refused * 2:
            assert (await listening.post(body, headers))[0] == 401
        assert (await listening.post(body, sign(body)))[0] == 200

    said = [(line["event"], line["error"], line.get("off_by_s")) for line in lines]
    assert said == [
        ("receiver.refused", "secret", None),
        ("receiver.refused", "clock", -360),
        ("receiver.refused", "header", None),
        ("receiver.accepts_again", "clock", None),
        ("receiver.accepts_again", "secret", None),
    ]
