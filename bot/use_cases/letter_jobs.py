"""Jobs that act on every due letter, and tables written in portions; one error stops no other."""

import asyncio
from collections.abc import Awaitable, Callable, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from typing import TypeVar

import structlog

from bot.letters.refusals import Refusal, Refused
from bot.logs import where
from bot.storage import workspaces
from bot.storage.database import Database, Transaction, is_away

log = structlog.get_logger()

T = TypeVar("T")


async def for_each(
    database: Database,
    job: str,
    due: Callable[[Transaction], Iterable[int]],
    act: Callable[[Transaction, int], T | None],
    *,
    in_portions: bool = False,
    also_gone: bool = False,
) -> list[T]:
    """Act on each due letter in a transaction of its own; return the acts' results.

    If a letter fails, the error is logged and the letter is tried again in the next run. An error
    of the database's connection is raised.

    Args:
        database: The database.
        job: The job's name, for the log.
        due: Returns the numbers of the due letters.
        act: Acts on one letter; returns None if there is nothing (more) to do.
        in_portions: Repeat the act, which does a portion of the work, until it returns None;
            clicks are answered in between.
        also_gone: Include letters of workspaces that removed the app. By default they wait.
    """

    def letters(tx: Transaction) -> list[int]:
        found = list(due(tx))
        return found if also_gone else workspaces.without_gone(tx, found)

    done: list[T] = []
    for letter in await database.read(letters):
        with apart(job, letter):
            while (answer := await database.write(lambda tx: act(tx, letter))) is not None:  # noqa: B023 - awaited in the same turn
                done.append(answer)
                if not in_portions:
                    break
    return done


@contextmanager
def apart(job: str, letter: int) -> Generator[None]:
    """Log an error of one letter, so that the others are not kept from their turn."""
    try:
        yield
    except Exception as error:
        if is_away(error):
            raise
        log.error(  # noqa: TRY400 - a traceback may contain people's names and words
            "job.letter_failed",
            job=job,
            letter=letter,
            error=type(error).__name__,
            where=where(error),
        )


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
