"""Writing of long tables in portions, so that signers do not wait."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TypeVar

from bot.letters.refusals import Refusal, Refused

PORTION = 50
"""Number of rows written in one call."""
_PAUSE_S = 0.02
"""Seconds between two portions, so that other processes can write."""

Row = TypeVar("Row")
Refusals = dict[int, tuple[Refusal, ...]]
"""Errors of refused rows, by the row's index in the table."""
Written = tuple[Mapping[str, int], Refusals]


async def in_portions(
    table: Sequence[Row], trigger: str, write: Callable[[Sequence[Row], str], Awaitable[Written]]
) -> Written:
    """Write a table in portions; return the total counts, and the refused rows.

    If a later portion is refused as a whole, earlier ones stay written, and all remaining rows are
    returned as refused.

    `write`: writes a portion, once per id passed to it.

    Raises:
        Refused: the first portion was refused as a whole.
    """
    counts: dict[str, int] = {}
    refused: Refusals = {}
    for start in range(0, len(table), PORTION):
        if start:
            await asyncio.sleep(_PAUSE_S)
        id_ = f"{trigger}.{start}" if start else trigger
        try:
            some, wrong = await write(table[start : start + PORTION], id_)
        except Refused as late:
            if not start:
                raise
            refused |= dict.fromkeys(range(start, len(table)), (late.refusal,))
            break
        counts = {name: counts.get(name, 0) + count for name, count in some.items()}
        refused |= {start + place: why for place, why in wrong.items()}
    return counts, refused
