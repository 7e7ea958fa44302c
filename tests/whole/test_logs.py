"""What goes wrong is logged by its kind and its place, never in the words that were there."""

import subprocess
import sys

from tests.support.shared import ROOT

FAILING = """
import logging
import structlog
from bot.logs import configure

configure()

def fail():
    try:
        int("SECRETWORD")
    except ValueError as error:
        raise KeyError("SECRETWORD") from error

try:
    fail()
except KeyError as error:
    structlog.get_logger().error("ours.failed", exc_info=error)
    structlog.get_logger().exception("ours.failed_too")
    logging.getLogger("uvicorn.error").exception("theirs failed")
"""


def test_no_words() -> None:
    """Neither our own lines nor a library's quote an exception or the code that it came through."""
    ran = subprocess.run(
        [sys.executable, "-c", FAILING], cwd=ROOT, capture_output=True, text=True, check=True
    )

    ours, too, theirs, place = ran.stderr.splitlines()
    assert '"error": "KeyError", "where": "<string>:12 < <string>:15, after ValueError"' in ours
    assert '"where": "<string>:12 < <string>:15, after ValueError"' in too
    assert (theirs, place) == (
        "theirs failed",
        "KeyError at <string>:12 < <string>:15, after ValueError",
    )
    assert "SECRETWORD" not in ran.stderr
