"""`undersigned run`, `serve` and `worker`: the processes that stay."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from bot import processes
from bot.logs import configure
from bot.schema import alone
from bot.settings import Need, Settings, SettingsError, read


def run() -> None:
    """Serve Slack over Socket Mode and do the worker's jobs, in one process."""
    settings = read(Need.BOT_TOKEN, Need.APP_TOKEN)
    _go(settings, lambda: processes.run(settings))


def serve(*, with_worker: bool = False) -> None:
    """Serve Slack over HTTP at /slack/events.

    Args:
        with_worker: Do the worker's jobs in this process too. A SQLite file needs it.
    """
    settings = read(Need.BOT_TOKEN, Need.SIGNING_SECRET)
    if settings.is_sqlite and not with_worker:
        raise SettingsError(
            "A SQLite file is served by one process: run `undersigned serve --with-worker`, or set "
            "DATABASE_URL to a PostgreSQL database for separate web and worker processes."
        )
    _go(settings, lambda: processes.serve(settings, with_worker=with_worker))


def worker() -> None:
    """Send what is owed and do what is due, beside one or more `serve`. Needs PostgreSQL."""
    settings = read(Need.BOT_TOKEN)
    if settings.is_sqlite:
        raise SettingsError(
            "A SQLite file is served by one process: run `undersigned run` or `undersigned serve "
            "--with-worker`, or set DATABASE_URL to a PostgreSQL database."
        )
    _go(settings, lambda: processes.work(settings))


def _go(settings: Settings, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    configure(settings.log_level)
    with alone(settings):
        asyncio.run(work())
