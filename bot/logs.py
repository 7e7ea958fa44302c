"""Logs as JSON lines: what happened and where, never a word that people wrote.

The same trouble is said once, not at each try.
"""

import hashlib
import logging
import re
import sys
import traceback
from collections.abc import Callable, MutableMapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from time import monotonic
from typing import Any

import structlog
from structlog.types import Processor

MOST_PLACES = 8
QUOTES_NOBODY = frozenset({"uvicorn", "uvicorn.error", "alembic.runtime.migration"})
"""Loggers of libraries whose sentences hold nothing that people wrote."""
_SLACKS_NAME = re.compile("[a-z0-9_]{2,80}")
SAID_AGAIN_S = 600.0


def configure(level: str = "info") -> None:
    """Log to standard error: one JSON line an event, or readable lines where it is a terminal.

    No names, no bodies, no tokens.

    Args:
        level: The least that our own lines say; libraries say their warnings only, because what
            they say below that quotes bodies.
    """
    shown: Processor = (
        structlog.dev.ConsoleRenderer()
        if sys.stderr.isatty()
        else structlog.processors.JSONRenderer()
    )
    ours: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso"),
        _place,
    ]
    structlog.configure(
        processors=[*ours, shown],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Formatter([*ours, shown]))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)


class Trouble:
    """Trouble that lasts: said when it begins or becomes another, and once when it is over.

    While it lasts it is said again every ten minutes, with how often it has come.
    """

    def __init__(
        self,
        event: str,
        over: str,
        *,
        level: int = logging.WARNING,
        clock: Callable[[], float] = monotonic,
        **about: Any,
    ) -> None:
        """Say nothing yet.

        Args:
            event: The line in which it is said.
            over: The line that says that it is over.
            level: How loud it is said.
            clock: Seconds that only grow.
            about: Facts that are in both lines.
        """
        self._event = event
        self._over = over
        self._level = level
        self._about = about
        self._clock = clock
        self._log = structlog.get_logger()
        self._cause: str = ""
        self._times = 0
        self._since = self._said = 0.0

    def came(self, cause: str, **facts: Any) -> None:
        """Say it, unless it was said already."""
        now = self._clock()
        self._times += 1
        if cause != self._cause:
            self._cause, self._times, self._since = cause, 1, now
        elif now - self._said < SAID_AGAIN_S:
            return
        self._said = now
        again = {"times": self._times} if self._times > 1 else {}
        self._log.log(self._level, self._event, error=cause, **self._about, **facts, **again)

    def ended(self) -> None:
        """Say that it is over, if there was any."""
        if self._cause:
            lasted = round(self._clock() - self._since, 1)
            about = self._about | {"lasted_s": lasted, "times": self._times}
            self._log.info(self._over, error=self._cause, **about)
            self._cause = ""


def click_key(trigger: str) -> str:
    """Return the key of one click, command or event in the log.

    It's the same however often Slack sends it. It names nobody.
    """
    return hashlib.blake2b(trigger.encode(errors="replace"), digest_size=6).hexdigest()


def present_click() -> str:
    """Return the key of the click that is being answered; empty for what nobody clicked."""
    return str(structlog.contextvars.get_contextvars().get("click", ""))


def answering(click: str) -> AbstractContextManager[object]:
    """Put the key of a click on each line of the log while the block lasts; an empty one on none."""
    return structlog.contextvars.bound_contextvars(**({"click": click} if click else {}))


def name_of(error: BaseException) -> str:
    """Return the name of an error: Slack's own, else the status of HTTP, else the type's."""
    response = getattr(error, "response", None)
    match getattr(response, "data", None):
        case {"error": str() as name} if _SLACKS_NAME.fullmatch(name):
            return name
        case _:
            pass
    # The SDK puts aiohttp's own response there where the body was no JSON.
    status = getattr(response, "status_code", None) or getattr(response, "status", None)
    return f"http_{status}" if isinstance(status, int) else type(error).__name__


def where(error: BaseException) -> str:
    """The places that an exception came through, the last one first, and what was behind it.

    Neither its words nor its lines of code: they quote what people wrote.
    """
    places = [
        f"{Path(frame.filename).name}:{frame.lineno}"
        for frame in reversed(traceback.extract_tb(error.__traceback__))
    ]
    behind = error.__cause__ or error.__context__
    said = " < ".join(places[:MOST_PLACES])
    return said if behind is None else f"{said}, after {type(behind).__name__}"


def _place(_: object, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Put the places of an exception where structlog would put its words."""
    given = event.pop("exc_info", None)
    error = sys.exc_info()[1] if given is True else given
    if isinstance(error, BaseException):
        event.setdefault("error", name_of(error))
        event["where"] = where(error)
    return event


class _Formatter(logging.Formatter):
    """Makes of a library's record a line like our own.

    Most libraries quote what they were given: of those the line says who spoke, and where in their
    code, so that it can be looked up. The sentences of a few are their own.
    """

    def __init__(self, processors: Sequence[Processor]) -> None:
        super().__init__()
        self._processors = processors

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        event: Any = {
            "event": record.getMessage() if record.name in QUOTES_NOBODY else "library.said",
            "logger": record.name,
            "at": f"{record.filename}:{record.lineno}",
            "exc_info": record.exc_info[1] if record.exc_info else None,
        }
        for processor in self._processors:
            event = processor(None, record.levelname.lower(), event)
        return str(event)
