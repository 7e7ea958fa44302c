"""Jobs that act on every letter that is due: one bad letter never stops the others."""

from collections.abc import Callable, Iterable
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
    """Act on each letter that is due, in a transaction of its own; return what the acts returned.

    An error of one letter is logged, and that letter is tried again in the next run. An error of
    the database's connection is raised.

    Args:
        database: The database.
        job: The job's name, for the log.
        due: Reads the numbers of the letters.
        act: Acts on one of them; returns None if there was nothing to do, or no more.
        in_portions: Repeat the act, a portion of the work, until there is nothing more to do;
            people who click come in between.
        also_gone: Include letters of workspaces that removed the app. By default they wait.
    """

    def letters(tx: Transaction) -> list[int]:
        found = list(due(tx))
        return found if also_gone else workspaces.without_gone(tx, found)

    done: list[T] = []
    for letter in await database.read(letters):
        try:
            while (answer := await database.write(lambda tx: act(tx, letter))) is not None:  # noqa: B023 - awaited in the same turn
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
