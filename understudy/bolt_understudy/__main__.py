"""`python -m bolt_understudy`: the local Slack as a process."""

import argparse
import asyncio
import signal
import sys
from contextlib import nullcontext
from pathlib import Path

import orjson
from aiohttp import web

from bolt_understudy.application import application, build
from bolt_understudy.local_slack import Credentials, LocalSlack
from bolt_understudy.manifest import read_manifest

HOST = "127.0.0.1"


def arguments(given: list[str]) -> argparse.Namespace:
    """Return the parsed command line."""
    parser = argparse.ArgumentParser(prog="python -m bolt_understudy", description=__doc__)
    parser.add_argument("--port", type=int, default=8765, help="0 takes a free one")
    parser.add_argument("--manifest", type=Path, required=True, help="the app's manifest, JSON")
    parser.add_argument("--seed", choices=("demo", "empty"), default="demo")
    parser.add_argument("--bot-token", default="xoxb-simulator")
    parser.add_argument("--app-token", default="xapp-simulator")
    parser.add_argument("--signing-secret", default="simulator")
    parser.add_argument("--request-url", default="", help="replaces the manifest's request URLs")
    parser.add_argument("--mail-port", type=int, help="takes mails by SMTP at this port")
    return parser.parse_args(given)


async def serve(slack: LocalSlack, port: int, mail_port: int | None = None) -> None:
    """Serve until SIGINT or SIGTERM; print `ready` and the address once listening."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    runner = web.AppRunner(application(slack), access_log=None, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, HOST, port, backlog=1024)
    mails = nullcontext() if mail_port is None else slack.mailbox.listening(mail_port)
    try:
        await site.start()
        slack.address = f"http://{HOST}:{runner.addresses[0][1]}"
        async with mails:
            sys.stdout.write(f"ready {slack.address}\n")
            sys.stdout.flush()
            await stop.wait()
    finally:
        await runner.cleanup()


def main() -> int:
    """Run from the command line and return the exit code."""
    options = arguments(sys.argv[1:])
    try:
        manifest = read_manifest(orjson.loads(options.manifest.read_bytes()), options.request_url)
    except (OSError, orjson.JSONDecodeError, KeyError) as error:
        sys.stderr.write(f"cannot read the manifest {options.manifest}: {error}\n")
        return 2
    credentials = Credentials(
        bot_token=options.bot_token,
        app_token=options.app_token,
        signing_secret=options.signing_secret,
    )
    slack = build(manifest, credentials, seed=options.seed)
    try:
        asyncio.run(serve(slack, options.port, options.mail_port))
    except OSError as error:
        sys.stderr.write(f"cannot listen on port {options.port}: {error.strerror}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
