"""`undersigned run`, `serve` and `worker`: the processes that run until SIGTERM or Ctrl-C.

Stopping them leaves no work half done.
"""

import asyncio
import errno
import gc
import os
import signal
import socket
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import Any

import structlog

from bot.commands.terminal import Flag
from bot.database_url import sqlite_file
from bot.health import Health
from bot.logs import configure
from bot.names import countries, filing, vocabulary
from bot.schema import alone
from bot.settings import Need, Settings, SettingsError, read
from bot.slack.models.values import Shape
from bot.wiring import Process, StoppedError, connected
from bot.worker import Worker

log = structlog.get_logger()


async def run() -> None:
    """Serve Slack over Socket Mode and do the worker's jobs, in one process.

    With PUBLIC_URL, it also serves public pages at PORT.
    """
    settings = read(Need.BOT_TOKEN, Need.APP_TOKEN)
    configure(settings.log_level)
    with alone(settings):
        asked, health = _asked_to_stop(), _health("run", settings)
        async with _told(settings, health), _pages(settings) as show:
            with suppress(StoppedError):
                async with connected(settings, stopping=asked) as process:
                    show(process)
                    if await _done_before(asked, process.check_app_token()):
                        await _run(process, asked, health)
        log.info("run.stopped")


async def serve(*, with_worker: Flag = False) -> None:
    """Serve Slack over HTTP at /slack/events, and public pages if PUBLIC_URL is set.

    Args:
        with_worker: Do the worker's jobs in this process too; required with SQLite.
    """
    settings = read(Need.BOT_TOKEN, Need.SIGNING_SECRET)
    if settings.is_sqlite and not with_worker:
        raise SettingsError(
            "Only one process can use a SQLite file: run `undersigned serve --with-worker`, or "
            "set DATABASE_URL to a PostgreSQL database for separate web and worker processes."
        )
    configure(settings.log_level)
    with alone(settings):
        await keep_serving(settings, with_worker=with_worker)


async def worker() -> None:
    """Send queued messages and do scheduled work, beside `serve` processes. Needs PostgreSQL."""
    settings = read(Need.BOT_TOKEN)
    if settings.is_sqlite:
        raise SettingsError(
            "Only one process can use a SQLite file: run `undersigned run` or `undersigned serve "
            "--with-worker`, or set DATABASE_URL to a PostgreSQL database."
        )
    configure(settings.log_level)
    with alone(settings):
        await keep_working(settings)


async def _run(process: Process, asked: asyncio.Event, health: Health) -> None:
    async with _working(process) as worker:
        socket = process.socket()
        await asyncio.to_thread(warm_up)
        health.check(process.database, process.calls, worker)
        health.socket = socket
        # Slack may be unreachable for a long time.
        if await _done_before(asked, socket.open()):
            collect_less()
            log.info("run.ready")
            await asked.wait()
        # Concurrently, so that both end within 10 s.
        await asyncio.gather(worker.stop(), socket.close())


async def _done_before(asked: asyncio.Event, work: Coroutine[Any, Any, None]) -> bool:
    """Await work, or cancel it if a stop is requested first; return whether the work finished."""
    doing, stopping = asyncio.create_task(work), asyncio.create_task(asked.wait())
    await asyncio.wait({doing, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if not doing.done():
        doing.cancel()
        await asyncio.wait({doing})
        return False
    await doing
    return True


async def keep_serving(settings: Settings, *, with_worker: bool) -> None:
    """Run the web server, with the worker if asked, until SIGTERM or Ctrl-C.

    The server listens from the start, and answers Slack once the bot knows its workspace.
    """
    # Only `serve` needs the web libraries at its start.
    from starlette.applications import Starlette  # noqa: PLC0415

    from bot.web.app import Later, build_web  # noqa: PLC0415
    from bot.web.server import listening  # noqa: PLC0415

    asked, slack, pages = _asked_to_stop(), Later(), Later()
    health = _health("serve", settings)
    web = build_web(slack, pages, health.ready)
    async with listening(web, _bound(settings, settings.port)) as server, _told(settings, health):
        with suppress(StoppedError):
            async with connected(settings, stopping=asked) as process, AsyncExitStack() as stack:
                worker = await stack.enter_async_context(_working(process)) if with_worker else None
                await asyncio.to_thread(warm_up)
                slack.app = health.receiver = process.receiver()
                pages.app = Starlette(routes=process.pages())
                health.check(process.database, process.calls, worker)
                collect_less()
                log.info("serve.ready", port=settings.port)
                await asked.wait()
                # Concurrently, so that both end within 10 s.
                await asyncio.gather(server.stop(), *([worker.stop()] if worker else []))
    log.info("serve.stopped")


def _health(process: str, settings: Settings) -> Health:
    return Health(process, sqlite_file(settings.database_url) if settings.is_sqlite else None)


@asynccontextmanager
async def _told(settings: Settings, health: Health) -> AsyncGenerator[None]:
    async with AsyncExitStack() as stack:
        if settings.health_port or settings.metrics_port:
            # The web libraries are loaded only if a port is set.
            from starlette.applications import Starlette  # noqa: PLC0415

            from bot.web.app import health_routes  # noqa: PLC0415
            from bot.web.server import listening  # noqa: PLC0415

            if settings.health_port:
                app = Starlette(routes=health_routes(health.ready))
                bound = _bound(settings, settings.health_port, "HEALTH_PORT")
                await stack.enter_async_context(listening(app, bound))
            if settings.metrics_port:
                from bot.web.figures import figure_routes  # noqa: PLC0415

                app = Starlette(routes=figure_routes(health.figures))
                bound = _bound(settings, settings.metrics_port, "METRICS_PORT")
                await stack.enter_async_context(listening(app, bound))
                watch = asyncio.create_task(health.watch_loop())
                stack.callback(watch.cancel)
        yield


@asynccontextmanager
async def _pages(settings: Settings) -> AsyncGenerator[Callable[[Process], None]]:
    """Listen for readers of public pages, if there is an address; yield what begins to show them."""
    if not settings.public_url:
        yield lambda _: None
        return
    # The web libraries are loaded only if pages are served.
    from starlette.applications import Starlette  # noqa: PLC0415

    from bot.web.app import Later  # noqa: PLC0415
    from bot.web.server import listening  # noqa: PLC0415

    pages = Later()

    def show(process: Process) -> None:
        pages.app = Starlette(routes=process.pages())

    async with listening(pages, _bound(settings, settings.port)):
        yield show


def _bound(settings: Settings, port: int, name: str = "PORT") -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, port), family=family)
    except OSError as error:
        if error.errno in {errno.EADDRNOTAVAIL, socket.EAI_NONAME, socket.EAI_AGAIN}:
            raise SettingsError(
                f"HOST {settings.host} isn't an address of this machine: use 127.0.0.1 to be "
                "reached from this machine only, or 0.0.0.0 for all of its addresses."
            ) from error
        raise SettingsError(
            f"Port {port} can't be used ({os.strerror(error.errno or 0)}): stop the process that has it, or set "
            f"{name} to another one."
        ) from error


def warm_up() -> None:
    """Load the code and tables for the first clicks, in a thread, before the process is ready."""
    Shape.build()
    vocabulary.concepts("")
    countries.country_code("")
    filing.collation_key("", "en")


def collect_less() -> None:
    """Collect garbage rarely, and skip the objects that the process has loaded so far.

    Payloads are many small objects that are freed with their request; frequent collections took a
    quarter of a click's time (docs/performance.md).
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)


async def keep_working(settings: Settings) -> None:
    """Run the worker alone, until SIGTERM or Ctrl-C."""
    asked, health = _asked_to_stop(), _health("worker", settings)
    async with _told(settings, health):
        with suppress(StoppedError):
            async with connected(settings, stopping=asked) as process, _working(process) as worker:
                health.check(process.database, process.calls, worker)
                log.info("worker.ready")
                await asked.wait()
    log.info("worker.stopped")


@asynccontextmanager
async def _working(process: Process) -> AsyncGenerator[Worker]:
    worker = process.worker()
    task = asyncio.create_task(worker.run())
    try:
        yield worker
    finally:
        await worker.stop()
        await task


def _asked_to_stop() -> asyncio.Event:
    """Return an event that SIGTERM or Ctrl-C sets; to be called before reporting readiness."""
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()
    for which in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(which, asked.set)
    return asked
