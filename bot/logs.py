"""Logs as JSON lines: events and positions in the code, never text that people wrote.

Repeated trouble is logged once, not at each try.
"""

import hashlib
import logging
import re
import sys
import traceback
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any

import structlog
from structlog.types import Processor

MOST_PLACES = 8
QUOTES_NOBODY = frozenset({"uvicorn", "uvicorn.error", "alembic.runtime.migration"})
"""Loggers of libraries whose messages never contain text that people wrote."""
_SLACKS_NAME = re.compile("[a-z0-9_]{2,80}")
SAID_AGAIN_S = 600.0


def configure(level: str = "info") -> None:
    """Log to standard error: one JSON line per event, or readable lines on a terminal.

    No names, message bodies or tokens are logged.

    `level`: the lowest level that the app logs. Libraries log only warnings, because their lower
    levels quote message bodies.
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


@dataclass(slots=True)
class Trouble:
    """Lasting trouble: logged when it begins, when its cause changes, and once when it is over.

    While it lasts it is logged again every ten minutes, with the number of occurrences.
    """

    event: str
    over: str
    level: int = logging.WARNING
    clock: Callable[[], float] = monotonic
    about: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """Fields of both lines."""
    _cause: str = ""
    _times: int = 0
    _since: float = 0.0
    _said: float = 0.0

    def came(self, cause: str, **facts: Any) -> None:
        """Log the trouble, unless it was logged less than ten minutes ago with the same cause."""
        now = self.clock()
        self._times += 1
        if cause != self._cause:
            self._cause, self._times, self._since = cause, 1, now
        elif now - self._said < SAID_AGAIN_S:
            return
        self._said = now
        again = {"times": self._times} if self._times > 1 else {}
        log = structlog.get_logger()
        log.log(self.level, self.event, error=cause, **self.about, **facts, **again)

    def ended(self) -> None:
        """Log that the trouble is over, if there was any."""
        if self._cause:
            lasted = {"lasted_s": round(self.clock() - self._since, 1), "times": self._times}
            structlog.get_logger().info(self.over, error=self._cause, **self.about, **lasted)
            self._cause = ""


def click_key(trigger: str) -> str:
    """Return the key of one click, command or event in the log.

    The key is the same each time Slack sends it, and does not identify anybody.
    """
    return hashlib.blake2b(trigger.encode(errors="replace"), digest_size=6).hexdigest()


def present_click() -> str:
    """Return the log key of the click being handled, or ""."""
    return str(structlog.contextvars.get_contextvars().get("click", ""))


def answering(click: str) -> AbstractContextManager[object]:
    """Add a click's key to each log line inside the block; an empty key adds nothing."""
    return structlog.contextvars.bound_contextvars(**({"click": click} if click else {}))


def name_of(error: BaseException) -> str:
    """Return an error's name: Slack's, else the HTTP status, else the exception's type."""
    response = getattr(error, "response", None)
    match getattr(response, "data", None):
        case {"error": str() as name} if _SLACKS_NAME.fullmatch(name):
            return name
        case _:
            pass
    # The SDK puts aiohttp's response here if the body was not JSON.
    status = getattr(response, "status_code", None) or getattr(response, "status", None)
    return f"http_{status}" if isinstance(status, int) else type(error).__name__


def where(error: BaseException) -> str:
    """Return the positions in the code that an exception came through, last first, and its cause.

    Neither messages nor source lines are included: they quote what people wrote.
    """
    places = [
        f"{Path(frame.filename).name}:{frame.lineno}"
        for frame in reversed(traceback.extract_tb(error.__traceback__))
    ]
    behind = error.__cause__ or error.__context__
    said = " < ".join(places[:MOST_PLACES])
    return said if behind is None else f"{said}, after {type(behind).__name__}"


def _place(_: object, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace an exception's traceback by its positions in the code."""
    given = event.pop("exc_info", None)
    error = sys.exc_info()[1] if given is True else given
    if isinstance(error, BaseException):
        event.setdefault("error", name_of(error))
        event["where"] = where(error)
    return event


class _Formatter(logging.Formatter):
    """Turns a library's log record into a line like the app's own.

    Most libraries quote their input, so only the logger and the position in its code are logged,
    with which the message can be looked up. A few libraries' messages are logged as they are.
    """

    def __init__(self, processors: Sequence[Processor]) -> None:
        super().__init__()
        self._processors = processors

    def format(self, record: logging.LogRecord) -> str:
        """Return a record's line."""
        event: Any = {
            "event": record.getMessage() if record.name in QUOTES_NOBODY else "library.said",
            "logger": record.name,
            "at": f"{record.filename}:{record.lineno}",
            "exc_info": record.exc_info[1] if record.exc_info else None,
        }
        for processor in self._processors:
            event = processor(None, record.levelname.lower(), event)
        return str(event)
