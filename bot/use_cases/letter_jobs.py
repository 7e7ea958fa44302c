"""Jobs that act on every due letter; an error in one letter does not stop the others."""

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
        try:
            while (answer := await database.write(lambda tx: act(tx, letter))) is not None:  # noqa: B023 - awaited in the same turn
                done.append(answer)
                if not in_portions:
                    break
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
    return done
