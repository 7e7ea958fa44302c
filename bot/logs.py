import logging
import sys
import traceback
from collections.abc import MutableMapping
from pathlib import Path
from types import TracebackType
from typing import Any

import structlog

MOST_PLACES = 8


def configure(level: str = "info") -> None:
    """Log to standard error: one JSON line an event, or readable lines where it is a terminal.

    No names, no bodies, no tokens.

    Args:
        level: The least that our own lines say; libraries say their warnings only, because what
            they say below that quotes bodies.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Placed("%(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            _place,
            structlog.dev.ConsoleRenderer()
            if sys.stderr.isatty()
            else structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


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
        event.setdefault("error", type(error).__name__)
        event["where"] = where(error)
    return event


class _Placed(logging.Formatter):
    """The same for what libraries log."""

    def formatException(  # noqa: N802 - logging's name for it
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        """The type of an exception and its places."""
        error = ei[1]
        return "" if error is None else f"{type(error).__name__} at {where(error)}"
