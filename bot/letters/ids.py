import re
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from itertools import count
from os import urandom
from secrets import choice

_made = count()
_LIKE_CODE = re.compile(r"\d{6}")
_BASE32 = "0123456789abcdefghjkmnpqrstvwxyz"


def new_id(now: datetime) -> str:
    """Return a new opaque id of 32 hexadecimal digits that sorts by time.

    It has 48 bits of milliseconds, 24 of a counter (which orders the ids of one process within a
    millisecond) and 56 random bits. Rows made together are adjacent in an index, and ids cannot be
    guessed.
    """
    return f"{_milliseconds(now)}{next(_made) & 0xFFFFFF:06x}{urandom(7).hex()}"


def made_at(made: str) -> datetime:
    """Return when an id was made."""
    return datetime.fromtimestamp(int(made[:12], 16) / 1000, UTC)


def new_share_id() -> str:
    """Return a new id for a public address: 40 random bits in Crockford's base32.

    Six digits in a row could be taken for a code, in a mail that links to the address.
    """
    while _LIKE_CODE.search(made := "".join(choice(_BASE32) for _ in range(8))):
        pass
    return made


def first_id(moment: datetime) -> str:
    """Return a bound that sorts before all ids made from a time on, and after all earlier ids."""
    return _milliseconds(moment)


@lru_cache(maxsize=8)
def _milliseconds(now: datetime) -> str:
    # Cached, because all ids of a batch have the same time.
    return f"{int(now.timestamp() * 1000):012x}"


def revision(*values: object) -> str:
    """Return a digest of 16 hexadecimal digits that shows whether a form's data have changed.

    `values` are everything the form saves: strings, numbers, times, and frozen dataclasses and
    enumerations of these, all of which have a complete `repr`.
    """
    return sha256(repr(values).encode()).hexdigest()[:16]
