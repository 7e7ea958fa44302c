"""Codes by mail, and the signed tokens in the forms of the web: pure functions of a key."""

import hashlib
import hmac
from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_network
from unicodedata import decimal

DIGITS = 6
TRIES = 5
LIVES = timedelta(minutes=30)
"""Time for which a code can be typed, and for which a typed code opens a person's signatures."""
UNCONFIRMED = timedelta(hours=72)
"""Time after which a signature whose code was never typed is deleted."""
KEPT = timedelta(days=30)
"""Time that addresses are kept after their letters ended or were delivered."""
NEWS_KEPT = timedelta(days=365)
"""The same for those who want to hear what becomes of a letter."""
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ADDRESS_HOURLY, ADDRESS_DAILY = 6, 20
"""Most codes to sign, or to open its own signatures, sent to an address in an hour and in a day."""
NETWORK_HOURLY = 30
LETTER_MOST = 1000
"""Most signatures of a letter that wait for their codes."""


def code_of(key: bytes, number: str) -> str:
    """Return the code of a request; it is the same each time, so that it need not be stored."""
    return f"{int(_mac(key, 'code', number), 16) % 10**DIGITS:0{DIGITS}}"


def digits_of(typed: str) -> str:
    """Return the digits of a typed code in ASCII, whatever the script and the spaces in it."""
    return "".join(str(decimal(one)) for one in typed[:100] if one.isdecimal())


def is_code(key: bytes, number: str, typed: str) -> bool:
    """Return whether the digits are the code of a request, in constant time."""
    return hmac.compare_digest(code_of(key, number), typed)


def sealed(key: bytes, step: str, letter: int, subject: str, until: datetime) -> str:
    """Return a token: its bearer may do a step on a letter, for the subject, until a time."""
    said = f"{step}.{letter}.{subject}.{int(until.timestamp())}"
    return f"{said}.{_mac(key, 'token', said)[:40]}"


def unsealed(key: bytes, token: str, step: str, letter: int, now: datetime) -> str | None:
    """Return the subject of a token for this step and letter; None if it is none, or too old."""
    said, _, mac = token.rpartition(".")
    if not hmac.compare_digest(_mac(key, "token", said)[:40].encode(), mac.encode()):
        return None
    of_step, of_letter, subject, until = said.split(".")
    if (of_step, of_letter) != (step, str(letter)) or now.timestamp() > int(until):
        return None
    return subject


def network_of(key: bytes, caller: IPv4Address | IPv6Address) -> str:
    """Return a keyed digest of a caller's network, a /24 or a /56."""
    mapped = caller.ipv4_mapped if isinstance(caller, IPv6Address) else None
    caller = mapped or caller
    size = 24 if isinstance(caller, IPv4Address) else 56
    return _mac(key, "network", str(ip_network((caller, size), strict=False)))[:32]


def _mac(key: bytes, purpose: str, said: str) -> str:
    return hmac.new(key, f"{purpose}:{said}".encode(), hashlib.sha256).hexdigest()
