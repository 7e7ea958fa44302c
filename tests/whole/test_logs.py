"""What goes wrong is logged by its kind and its place, never in the words that were there."""

import json
import os
import pty
import subprocess
import sys

import pytest

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


SAYING = """
import structlog
from bot.logs import configure

configure("LEVEL")
log = structlog.get_logger()
log.debug("one.said")
log.info("two.said", letter=7)
log.warning("three.said")
log.error("four.said")
"""


@pytest.mark.parametrize(
    ("level", "said"), [("debug", 4), ("info", 3), ("warning", 2), ("error", 1)]
)
def test_level(level: str, said: int) -> None:
    """No line below the level is written, and each one that is written is JSON."""
    ran = subprocess.run(
        [sys.executable, "-c", SAYING.replace("LEVEL", level)],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert len([json.loads(line)["event"] for line in ran.stderr.splitlines()]) == said


def test_terminal() -> None:
    """In a terminal a line is made for reading."""
    terminal, end = pty.openpty()
    subprocess.run(
        [sys.executable, "-c", SAYING.replace("LEVEL", "info")], cwd=ROOT, stderr=end, check=True
    )
    os.close(end)
    shown = os.read(terminal, 10_000).decode()
    os.close(terminal)

    assert "two.said" in shown
    assert "{" not in shown
