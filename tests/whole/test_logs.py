"""Errors are logged by their kind and their place, never in the words that were there."""

import json
import os
import pty
import subprocess
import sys

import pytest
from structlog.testing import capture_logs

from bot.logs import Trouble
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
logging.getLogger("slack_bolt.App").warning(f"Unhandled request ({'SECRETWORD'})")
"""


def test_no_words() -> None:
    """Neither our own lines nor a library's quote an exception or the code that it came through."""
    ran = subprocess.run(
        [sys.executable, "-c", FAILING], cwd=ROOT, capture_output=True, text=True, check=True
    )

    ours, too, theirs, quoting = ran.stderr.splitlines()
    assert '"error": "KeyError", "where": "<string>:12 < <string>:15, after ValueError"' in ours
    assert '"where": "<string>:12 < <string>:15, after ValueError"' in too
    assert json.loads(theirs) | {"timestamp": "", "at": ""} == {
        "event": "theirs failed",
        "logger": "uvicorn.error",
        "at": "",
        "level": "error",
        "timestamp": "",
        "error": "KeyError",
        "where": "<string>:12 < <string>:15, after ValueError",
    }
    assert json.loads(quoting)["event"] == "library.said"
    assert json.loads(quoting)["logger"] == "slack_bolt.App"
    assert "SECRETWORD" not in ran.stderr


SLACKS = """
import structlog
from bot.logs import configure
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

configure()

def answered(status, data):
    return AsyncSlackResponse(
        client=None, http_verb="POST", api_url="", req_args={}, data=data, headers={},
        status_code=status,
    )

for status, data in ((200, {"ok": False, "error": "not_in_channel"}),
                     (200, {"ok": False, "error": "SECRET WORD"}),
                     (500, {})):
    try:
        raise SlackApiError("SECRETWORD", answered(status, data))
    except SlackApiError as error:
        structlog.get_logger().error("slack.failed", exc_info=error)
"""


def test_name_of_slacks_errors() -> None:
    """An error of Slack's is logged by Slack's own name for it, or by its status."""
    ran = subprocess.run(
        [sys.executable, "-c", SLACKS], cwd=ROOT, capture_output=True, text=True, check=True
    )

    names = [json.loads(line)["error"] for line in ran.stderr.splitlines()]
    assert names == ["not_in_channel", "http_200", "http_500"]
    assert "SECRET" not in ran.stderr


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


def test_trouble() -> None:
    """Trouble that lasts is said once, again as another one, and once when it is over."""
    now = 0.0
    with capture_logs() as lines:
        trouble = Trouble(
            "job.failed", "job.works_again", clock=lambda: now, about={"job": "remind"}
        )
        for cause in ("OSError", "OSError", "OSError", "TimeoutError", "TimeoutError"):
            trouble.came(cause)
            now += 1
        trouble.ended()
        trouble.ended()

    assert [(line["event"], line["error"], line["job"]) for line in lines] == [
        ("job.failed", "OSError", "remind"),
        ("job.failed", "TimeoutError", "remind"),
        ("job.works_again", "TimeoutError", "remind"),
    ]
    assert (lines[-1]["lasted_s"], lines[-1]["times"]) == (2.0, 2)


def test_long_trouble() -> None:
    """Trouble that goes on and on is said again after ten minutes, with how often it came."""
    now = 0.0
    with capture_logs() as lines:
        trouble = Trouble("job.failed", "job.works_again", clock=lambda: now)
        for now in range(1300):  # noqa: B007 - the clock reads it
            trouble.came("OSError")

    assert [line.get("times") for line in lines] == [None, 601, 1201]
