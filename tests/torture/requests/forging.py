"""Requests that Slack never sent: true ones spoilt in every way, and some that never were any."""

import json
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote_plus

from bot.slack.receiver import MOST_BYTES, SKEW_S
from tests.torture.requests.mutating import CANARY, mutated
from tests.torture.requests.wire import FORM, JSON, PATH, request, signing

REFUSED = frozenset({401})
TOO_LARGE = frozenset({413})
NOT_HERE = frozenset({307, 404, 405})
NO_HTTP = frozenset({400, 401, 404, 405, 413, 431})

SOMEHOW = frozenset({200, 400, 401, 404, 413})
"""Answers to signed requests: nonsense is told so, and sense is answered."""
NOT_ASCII = [chr(code) for code in range(161, 256)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """One request, and what may be answered to it."""

    kind: str
    request: bytes
    allowed: frozenset[int]
    cut: bool = False
    """It ends before it is whole; that nobody answers it is right too."""


@dataclass(frozen=True, slots=True)
class True_:  # noqa: N801 - `True` is taken
    """A request that Slack did send."""

    body: bytes
    content_type: str


Spoil = Callable[["Forger", True_], Shot]


class Forger:
    """Makes spoilt requests of true ones, by dice."""

    def __init__(self, true: Sequence[True_], dice: random.Random) -> None:
        self.true = true
        self.dice = dice

    def forged(self) -> Shot:
        """A request that lacks Slack's signature, or has one that is not for it."""
        spoil = self.dice.choices(list(_FORGED), list(_FORGED.values()))[0]
        return spoil(self, self._marked())

    def nonsense(self) -> Shot:
        """A request that is signed as Slack would, and says anything at all."""
        true = self.dice.choice(self.true)
        body, kind = mutated(true.body, true.content_type, self.dice)
        allowed = TOO_LARGE if len(body) > MOST_BYTES else SOMEHOW
        return Shot(
            kind="signed nonsense", request=request(body, signing(body), kind=kind), allowed=allowed
        )

    def _marked(self) -> True_:
        """A true request that holds a word which must not be in any log."""
        true = self.dice.choice(self.true)
        if true.content_type == JSON:
            body = json.dumps(json.loads(true.body) | {"marked": CANARY}).encode()
        elif true.body.startswith(b"payload="):
            body = true.body.replace(b"%7D", quote_plus(f', "marked": "{CANARY}"}}').encode(), 1)
        else:
            body = true.body + b"&marked=" + CANARY.encode()
        return True_(body, true.content_type)


def _signature(forger: Forger, true: True_) -> Shot:
    """Another signature than the right one."""
    headers, dice = signing(true.body), forger.dice
    right = headers["X-Slack-Signature"]
    place = dice.randrange(3, len(right))
    wrong = dice.choice(
        [
            right[:place] + ("0" if right[place] != "0" else "1") + right[place + 1 :],
            right[:place],
            right + "0",
            right.upper(),
            right.replace("v0=", "v1="),
            right.removeprefix("v0="),
            f"v0={right}",
            f"{right},{right}",
            "v0=",
            "",
            "v0=" + "".join(dice.choices("0123456789abcdef", k=64)),
            "".join(dice.choices(NOT_ASCII, k=dice.randrange(1, 90))),
        ]
    )
    headers["X-Slack-Signature"] = wrong
    return _shot("another signature", true, headers)


def _secret(_: Forger, true: True_) -> Shot:
    """Signed with another secret."""
    return _shot("another secret", true, signing(true.body, secret="somebody else's"))


def _missing(forger: Forger, true: True_) -> Shot:
    headers = signing(true.body)
    del headers[forger.dice.choice(list(headers))]
    return _shot("a header missing", true, headers)


def _doubled(forger: Forger, true: True_) -> Shot:
    """The right header, and the same again under another spelling, right or wrong."""
    headers = signing(true.body)
    name = forger.dice.choice(list(headers))
    headers[name.lower()] = forger.dice.choice([headers[name], "0", ""])
    return _shot("a header twice", true, headers)


def _elsewhen(forger: Forger, true: True_) -> Shot:
    """Rightly signed, and too old or too early."""
    off = forger.dice.choice([-1, 1]) * (SKEW_S + forger.dice.choice([20, 60, 3600, 10**7]))
    return _shot("stale or early", true, signing(true.body, now=time.time() + off))


def _odd_time(forger: Forger, true: True_) -> Shot:
    """A time that is none, or not the one that was signed."""
    headers, now = signing(true.body), int(time.time())
    headers["X-Slack-Request-Timestamp"] = forger.dice.choice(
        ["", "-1", f"-{now}", f"+{now}", f"{now}.0", f"{now - 1}", hex(now), "1e9", "NaN",
         "9" * 400, "\xb2\xb3", "0", f"{now} {now}", "null"]
    )  # fmt: skip
    return _shot("an odd time", true, headers)


def _other_body(forger: Forger, true: True_) -> Shot:
    """The signature of another body."""
    body, dice = bytearray(true.body), forger.dice
    place = dice.randrange(len(body))
    match dice.randrange(4):
        case 0:
            body[place] ^= 1 << dice.randrange(8)
        case 1:
            del body[place:]
        case 2:
            body += b"&" + dice.randbytes(5)
        case _:
            body[:0] = b"\xef\xbb\xbf"
    return _shot(
        "another body", True_(bytes(body), true.content_type), signing(true.body)
    )  # fmt: skip


def _large(forger: Forger, true: True_) -> Shot:
    """Make a signed request with more than may be read, announced or not."""
    if forger.dice.random() < 0.5:
        headers = signing(true.body) | {"Content-Length": str(MOST_BYTES + 1)}
        sent = request(true.body, headers, kind=true.content_type)
    else:
        body = true.body + b"&" + b"a" * MOST_BYTES
        sent = request(body, signing(body), kind=true.content_type, chunk=65_536)
    # Cut, for the server may answer and hang up before it has had it all.
    return Shot(kind="too large", request=sent, allowed=TOO_LARGE, cut=True)


def _pieces(forger: Forger, true: True_) -> Shot:
    """In chunks, with a wrong signature; now and then the chunks are wrong too."""
    headers, dice = signing(true.body, secret="somebody else's"), forger.dice
    chunk = dice.randrange(1, 4096)
    sent = request(true.body, headers, kind=true.content_type, chunk=chunk)
    if dice.random() < 0.3:
        head, _, body = sent.partition(b"\r\n\r\n")
        sent = head + b"\r\n\r\n" + dice.choice([b"ZZ\r\n", b"-1\r\n", b"\r\n"]) + body
        return Shot(kind="in wrong chunks", request=sent, allowed=NO_HTTP, cut=True)
    return Shot(kind="in chunks", request=sent, allowed=REFUSED)


def _short(forger: Forger, true: True_) -> Shot:
    """Cut off before its end, rightly signed as it is."""
    whole = request(true.body, signing(true.body), kind=true.content_type)
    place = forger.dice.randrange(1, len(whole))
    return Shot(kind="cut off", request=whole[:place], allowed=NO_HTTP, cut=True)


def _method(forger: Forger, true: True_) -> Shot:
    method = forger.dice.choice(["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"])
    sent = request(true.body, signing(true.body), kind=true.content_type, method=method)
    return Shot(kind="another method", request=sent, allowed=NOT_HERE)


def _path(forger: Forger, true: True_) -> Shot:
    path = forger.dice.choice(
        ["/", "/slack", "/slack/", f"{PATH}/", f"/{PATH}", f"{PATH}/x", "/Slack/Events", "/%00",
         "/slack/%2e%2e/events", f"{PATH}%20", "/healthz", "/metrics", "/" + "a" * 4000]
    )  # fmt: skip
    sent = request(true.body, signing(true.body), kind=true.content_type, path=path)
    return Shot(kind="another path", request=sent, allowed=NOT_HERE)


def _noise(forger: Forger, true: True_) -> Shot:
    """Bytes that are no HTTP, with a body in them."""
    del true
    dice = forger.dice
    sent = dice.choice([b"", b"POST ", b"POST /slack/events HTTP/1.1\r\n"])
    sent += dice.randbytes(dice.randrange(1, 200)) + CANARY.encode() + b"\r\n\r\n"
    return Shot(kind="noise", request=sent, allowed=NO_HTTP, cut=True)


def _type(forger: Forger, true: True_) -> Shot:
    """A content type that is none, on a body that is signed by somebody else."""
    kind = forger.dice.choice(
        ["", "text/plain", "multipart/form-data", "application/xml", "\xff", JSON, FORM,
         "application/json; charset=utf-16", "a" * 3000]
    )  # fmt: skip
    headers = signing(true.body, secret="somebody else's")
    return _shot("another type", True_(true.body, kind), headers)


_FORGED: dict[Spoil, float] = {
    _signature: 22,
    _secret: 10,
    _missing: 8,
    _doubled: 8,
    _elsewhen: 8,
    _odd_time: 10,
    _other_body: 14,
    _pieces: 5,
    _type: 5,
    _method: 3,
    _path: 3,
    _short: 2,
    _noise: 2,
    _large: 0.2,
}


def _shot(kind: str, true: True_, headers: dict[str, str]) -> Shot:
    sent = request(true.body, headers, kind=true.content_type)
    return Shot(kind=kind, request=sent, allowed=REFUSED)
