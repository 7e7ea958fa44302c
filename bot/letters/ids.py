from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from itertools import count
from os import urandom

_made = count()


def new_id(now: datetime) -> str:
    """A new opaque id of 32 hexadecimal digits that sorts by time.

    48 bits of milliseconds, 24 of a running number, so that what one process makes in one instant
    keeps its order, then 56 random bits: rows made together lie together in an index, and nobody
    can guess one.
    """
    return f"{_milliseconds(now)}{next(_made) & 0xFFFFFF:06x}{urandom(7).hex()}"


def first_id(moment: datetime) -> str:
    """Return a bound that sorts before every id of an instant or later, and behind all earlier ones."""
    return _milliseconds(moment)


@lru_cache(maxsize=8)
def _milliseconds(now: datetime) -> str:
    # What a batch makes is made at one instant.
    return f"{int(now.timestamp() * 1000):012x}"


def revision(*values: object) -> str:
    """Return a digest by which a form knows what it was read from, of 16 hexadecimal digits.

    `values` are what the form saves as a whole: strings, numbers, instants, and frozen dataclasses
    and enumerations of these, whose `repr` says all of them.
    """
    return sha256(repr(values).encode()).hexdigest()[:16]
