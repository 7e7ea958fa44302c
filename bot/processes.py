"""The processes that an operator runs, from start to a stop in which nothing is half done."""

import asyncio
import gc
import signal
import socket
from collections.abc import AsyncGenerator, Coroutine, Generator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from typing import Any

import structlog

from bot.settings import Settings
from bot.wiring import Process, connected
from bot.worker import Worker

log = structlog.get_logger()


async def run(settings: Settings) -> None:
    """Socket Mode and the worker in one process, until SIGTERM or Ctrl-C."""
    asked = _asked_to_stop()
    async with connected(settings) as process:
        if await _done_before(asked, process.check_app_token()):
            await _run(process, asked)
    log.info("run.stopped")


async def _run(process: Process, asked: asyncio.Event) -> None:
    async with _working(process) as worker:
        socket = process.socket()
        # Slack may be out of reach for as long as it likes.
        if await _done_before(asked, socket.open()):
            collect_less()
            log.info("run.ready")
            await asked.wait()
        # Side by side, so that both are done within 10 s.
        await asyncio.gather(worker.stop(), socket.close())


async def _done_before(asked: asyncio.Event, work: Coroutine[Any, Any, None]) -> bool:
    """Do something to its end, unless the stop is asked for before that; say which came."""
    doing, stopping = asyncio.create_task(work), asyncio.create_task(asked.wait())
    await asyncio.wait({doing, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if not doing.done():
        doing.cancel()
        await asyncio.wait({doing})
        return False
    await doing
    return True


async def serve(settings: Settings, *, with_worker: bool) -> None:
    """The web server, with the worker if asked, until SIGTERM or Ctrl-C."""
    # The web's libraries are loaded by those who serve only.
    import uvicorn  # noqa: PLC0415

    from bot.web.app import build_web  # noqa: PLC0415
    from bot.web.server import server_config  # noqa: PLC0415

    class Server(uvicorn.Server):
        """Ends when it is told to, by us: uvicorn's own way would end the process with a signal."""

        @contextmanager
        def capture_signals(self) -> Generator[None]:
            yield

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            log.info("serve.ready", port=settings.port)

    asked = _asked_to_stop()
    async with connected(settings) as process, AsyncExitStack() as stack:
        server = Server(
            server_config(
                build_web(process.database, process.receiver()),
                host="0.0.0.0",  # noqa: S104 - a platform's router reaches us from outside
                port=settings.port,
            )
        )
        worker = await stack.enter_async_context(_working(process)) if with_worker else None
        collect_less()
        serving = asyncio.create_task(server.serve())
        stopping = asyncio.create_task(asked.wait())
        await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        server.should_exit = True
        # Side by side, so that both are done within 10 s.
        await asyncio.gather(serving, *([worker.stop()] if worker else []))
    log.info("serve.stopped")


def collect_less() -> None:
    """Look for garbage seldom, and never among what the process has loaded.

    Payloads are many small objects that nothing but their request holds: looking through them all
    the time was a quarter of what a click took (docs/performance.md).
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)


async def work(settings: Settings) -> None:
    """The worker alone, until SIGTERM or Ctrl-C."""
    asked = _asked_to_stop()
    async with connected(settings) as process, _working(process):
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
    """Set by SIGTERM or Ctrl-C from now on; taken before a process says that it is ready."""
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()
    for which in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(which, asked.set)
    return asked
