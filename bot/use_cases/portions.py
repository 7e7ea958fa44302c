"""Long tables are written a portion at a time, so that people who sign meanwhile do not wait."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TypeVar

from bot.letters.refusals import Refusal, Refused

PORTION = 100
"""Rows that are written together."""
_PAUSE_S = 0.02
"""Between two portions, so that other processes have their turn."""

Row = TypeVar("Row")
Refusals = dict[int, tuple[Refusal, ...]]
"""All that is wrong with rows, by their places in a table."""
Written = tuple[Mapping[str, int], Refusals]


async def in_portions(
    table: Sequence[Row], trigger: str, write: Callable[[Sequence[Row], str], Awaitable[Written]]
) -> Written:
    """Write a table; return what was counted over all its portions, and the rows that were refused.

    If a portion after the first is refused as a whole, what was written stays and the rest is
    handed back with that refusal.

    Args:
        table: The rows.
        trigger: The id of what set it off.
        write: Writes some of the rows, once for an id of their own.

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
