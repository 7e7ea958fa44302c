"""Jobs that act on every letter that is due: one bad letter never stops the others."""

from collections.abc import AsyncGenerator, Callable, Iterable
from typing import TypeVar

import structlog

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
    """Act on each letter that is due, in a transaction of its own; return what the acts gave.

    An error of one letter is logged, and that letter is tried again in the next run.

    Args:
        database: The database.
        job: The job's name, for the log.
        due: Reads the numbers of the letters.
        act: Acts on one of them. None: there was nothing to do, or no more.
        in_portions: One act is a portion: it's repeated until there is nothing more to do, and
            people who click come in between.
        also_gone: Also letters of workspaces that removed the app. All else waits for their return.

    Raises:
        Exception: The database is away, which is no letter's error.
    """

    def letters(tx: Transaction) -> list[int]:
        found = list(due(tx))
        return found if also_gone else workspaces.without_gone(tx, found)

    done: list[T] = []
    for letter in await database.read(letters):
        try:
            async for answer in _acts(database, letter, act):
                done.append(answer)
                if not in_portions:
                    break
        except Exception as error:
            if is_away(error):
                raise
            log.error(  # noqa: TRY400 - a traceback may hold names and words
                "job.letter_failed",
                job=job,
                letter=letter,
                error=type(error).__name__,
                where=where(error),
            )
    return done


async def _acts(
    database: Database, letter: int, act: Callable[[Transaction, int], T | None]
) -> AsyncGenerator[T]:
    while (answer := await database.write(lambda tx: act(tx, letter))) is not None:
        yield answer
