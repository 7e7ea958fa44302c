"""`make demo`: a local Slack with a letter in it, and the bot against it, until Ctrl-C."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

FOLDER = Path("var") / "demo"
LETTER = Path(__file__).parent / "demo_letter.md"
MANIFEST = Path(__file__).parent.parent / "manifests" / "socket-mode.json"
CHANNEL = "C0OPENINTERNET"
ORGANISER = "U0ORGANISER"
STOP_S = 12


class _Stop(Exception):  # noqa: N818 - it is a wish, not an error
    """A request to end the demo."""


def run_demo(port: int) -> int:
    """Run the demo until it is told to stop; return the exit code."""

    def stop(signum: int, frame: FrameType | None) -> None:
        del signum, frame
        raise _Stop

    for which in (signal.SIGINT, signal.SIGTERM):
        signal.signal(which, stop)
    children: list[subprocess.Popen[bytes]] = []
    try:
        address = _start_slack(port, children)
        _start_bot(address, children)
        print(f"\n  Open  {address}/?channel={CHANNEL}\n")
        print("  Press Sign, switch to other people at the top right and sign as them too.")
        print(
            "  As the Organiser ask /letter status, and /letter remind. Ctrl-C ends it.\n",
            flush=True,
        )
        return _watch(children)
    except _Stop:
        return 0
    finally:
        # A second Ctrl-C must not leave a part of it behind.
        for which in (signal.SIGINT, signal.SIGTERM):
            signal.signal(which, signal.SIG_IGN)
        _end(children)


def _start_slack(port: int, children: list[subprocess.Popen[bytes]]) -> str:
    slack = subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-m", "bot.simulator", f"--port={port}", f"--manifest={MANIFEST}"],
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    children.append(slack)
    assert slack.stdout is not None  # noqa: S101 - it was asked for
    word, _, address = slack.stdout.readline().decode().strip().partition(" ")
    if word != "ready":
        sys.exit(
            f"undersigned: the local Slack did not start. Is port {port} taken? Try PORT=8799."
        )
    return address


def _start_bot(address: str, children: list[subprocess.Popen[bytes]]) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("demo.db*"):
        old.unlink()
    environment = os.environ | {
        "SLACK_BOT_TOKEN": "xoxb-simulator",
        "SLACK_APP_TOKEN": "xapp-simulator",
        "SLACK_API_URL": f"{address}/api/",
        "DATABASE_URL": f"sqlite+aiosqlite:///{FOLDER / 'demo.db'}",
        "UNDERSIGNED_CLOCK": f"{address}/_sim/clock",
    }

    def undersigned(*words: str) -> list[str]:
        return [sys.executable, "-m", "bot", *words]

    imported = subprocess.run(  # noqa: S603 - our own module
        undersigned(
            "letters", "import", str(LETTER), "--organiser", ORGANISER, "--goal", "10",
            "--asked-by", "The Coalition",
            "--summary", "Seven principles that keep the Internet whole. Please sign as yourself or "
            "for your organisation.",
        ),
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
    )  # fmt: skip
    number = imported.stdout.decode().split()[-1]
    subprocess.run(  # noqa: S603 - our own module
        undersigned("letters", "post", number, "--channel", CHANNEL),
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    children.append(
        subprocess.Popen(undersigned("run"), env=environment, start_new_session=True)  # noqa: S603 - our own module
    )


def _watch(children: list[subprocess.Popen[bytes]]) -> int:
    while all(child.poll() is None for child in children):
        time.sleep(0.2)
    print("undersigned: a part of the demo ended by itself; see above.", file=sys.stderr)
    return 1


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    # The bot first, so that it says goodbye to a Slack that is still there.
    for child in reversed(children):
        child.terminate()
        try:
            child.wait(STOP_S)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
