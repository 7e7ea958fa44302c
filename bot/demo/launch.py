"""`make demo`: a local Slack with a coalition, and the bot in it, until Ctrl-C."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
from base64 import urlsafe_b64encode
from pathlib import Path
from types import FrameType
from urllib.request import urlopen

from bot.demo import story
from bot.demo.cast import OPEN_INTERNET, ORGANISER
from bot.manifest import Mode, manifest
from bot.settings import Need, read
from bot.storage.engines.sqlite_files import make_folder

FOLDER = Path("var") / "demo"
LETTER = Path(__file__).parent / "letter.md"
MANIFEST = FOLDER / "manifest.json"
STOP_S = 12


class _Stop(Exception):  # noqa: N818 - it is a wish, not an error
    """Raised to end the demo."""


def run_demo(port: int, *, fresh: bool = False) -> int:
    """Run the demo until it is told to stop; return the exit code.

    `fresh`: begin with one letter that nobody has signed, not with a coalition at work.
    """

    def stop(signum: int, frame: FrameType | None) -> None:
        del signum, frame
        raise _Stop

    for which in (signal.SIGINT, signal.SIGTERM):
        signal.signal(which, stop)
    children: list[subprocess.Popen[bytes]] = []
    try:
        mail_port = _free_port()
        address = _start_slack(port, mail_port, children)
        environment = _environment(address, mail_port)
        if fresh:
            imported = subprocess.run(  # noqa: S603 - our own module
                _undersigned(
                    "letters", "import", str(LETTER), "--organiser", ORGANISER, "--goal", "10",
                    "--sender", "The Coalition",
                    "--summary", "Seven principles that keep the Internet whole. Please sign as yourself or "
                    "for your organisation.",
                ),
                env=environment,
                check=True,
                stdout=subprocess.PIPE,
            )  # fmt: skip
            number = imported.stdout.decode().split()[-1]
            subprocess.run(  # noqa: S603 - our own module
                _undersigned("letters", "post", number, "--channel", OPEN_INTERNET),
                env=environment,
                check=True,
                stdout=subprocess.DEVNULL,
            )
        else:
            print("  Playing the last nine days of a coalition…", flush=True)
            os.environ.update(environment)
            asyncio.run(story.play(read(Need.BOT_TOKEN), address))
        children.append(
            subprocess.Popen(_undersigned("run"), env=environment, start_new_session=True)  # noqa: S603 - our own module
        )
        _wait_for_bot(address, children)
        print(f"\n  Open  {address}/\n  Mails go to  {address}/mailbox\n")
        print("  The page names three things to try. All people and organisations are fictional.")
        print("  Ctrl-C ends it.\n", flush=True)
        return _watch(children)
    except _Stop:
        return 0
    finally:
        # A second Ctrl-C must not leave a process running.
        for which in (signal.SIGINT, signal.SIGTERM):
            signal.signal(which, signal.SIG_IGN)
        _end(children)


def _start_slack(port: int, mail_port: int, children: list[subprocess.Popen[bytes]]) -> str:
    make_folder(FOLDER)
    MANIFEST.write_text(json.dumps(manifest(Mode.SOCKET)))
    slack = subprocess.Popen(  # noqa: S603 - our own module
        [
            sys.executable,
            "-m",
            "bolt_understudy",
            f"--port={port}",
            f"--mail-port={mail_port}",
            f"--manifest={MANIFEST}",
        ],
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    children.append(slack)
    assert slack.stdout is not None  # noqa: S101 - a pipe, as requested above
    word, _, address = slack.stdout.readline().decode().strip().partition(" ")
    if word != "ready":
        sys.exit(
            f"undersigned: the local Slack didn't start. Is port {port} taken? Try --port 8799."
        )
    return address


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


def _environment(address: str, mail_port: int) -> dict[str, str]:
    """Return the bot's environment, with an empty database and a free port for public pages."""
    port = _free_port()
    for old in FOLDER.glob("demo.db*"):
        old.unlink()
    return dict(os.environ) | {
        "SLACK_BOT_TOKEN": "xoxb-simulator",
        "SLACK_APP_TOKEN": "xapp-simulator",
        "SLACK_API_URL": f"{address}/api/",
        "DATABASE_URL": f"sqlite+aiosqlite:///{FOLDER / 'demo.db'}",
        "UNDERSIGNED_CLOCK": f"{address}/_sim/clock",
        "PORT": str(port),
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "CONTACT": "The demonstration, on this machine",
        "SMTP_URL": f"smtp://127.0.0.1:{mail_port}",
        "MAIL_FROM": "letters@undersigned.example",
        "SECRET_KEYS": urlsafe_b64encode(os.urandom(32)).decode(),
    }


def _undersigned(*words: str) -> list[str]:
    return [sys.executable, "-m", "bot", *words]


def _wait_for_bot(address: str, children: list[subprocess.Popen[bytes]]) -> None:
    while all(child.poll() is None for child in children):
        with urlopen(f"{address}/_sim/state?as={ORGANISER}", timeout=STOP_S) as answer:  # noqa: S310 - our own address
            if json.load(answer)["connected"]:
                return
        time.sleep(0.1)


def _watch(children: list[subprocess.Popen[bytes]]) -> int:
    while all(child.poll() is None for child in children):
        time.sleep(0.2)
    print("undersigned: a part of the demo stopped unexpectedly: see above.", file=sys.stderr)
    return 1


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    # The bot ends first, so that it can close its connection to Slack.
    for child in reversed(children):
        child.terminate()
        try:
            child.wait(STOP_S)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
