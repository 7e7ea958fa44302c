"""The local Slack, started for a test: as a process of its own, or in a thread of this one."""

import asyncio
import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, web

from bolt_understudy.application import application, build
from bolt_understudy.local_slack import Credentials
from bolt_understudy.manifest import read_manifest
from bolt_understudy.page import doors
from tests.support.doors import Doors, HttpDoors, NearDoors
from tests.support.people import Person
from tests.support.scenes.desk import Desk
from tests.support.shared import ROOT

STOP_SECONDS = 20.0


class Simulator:
    """A running simulator: its address, its keys, and the doors of tests and operators."""

    bot_token = "xoxb-simulator"
    app_token = "xapp-simulator"
    signing_secret = "simulator"

    def __init__(self, doors: Doors) -> None:
        self.address = doors.address
        self._doors = doors

    @property
    def api_url(self) -> str:
        """Return what the bot is given as `SLACK_API_URL`."""
        return f"{self.address}/api/"

    def person(self, user_id: str, window: str = "") -> Person:
        """Someone who acts; a second `window` of the same person has its own modals."""
        return Person(self._doors, user_id, window)

    def desk(self, user_id: str) -> Desk:
        """A person's place, for a test that acts by itself."""
        return Desk(self._doors, user_id, "")

    async def post(self, door: str, body: Any) -> dict[str, Any]:
        """Use one of the simulator's own doors; fails the test when it refuses."""
        answer = await self._doors.post(door, body)
        assert answer["ok"], f"{door}: {answer}"
        return answer

    async def get(self, door: str, **query: Any) -> dict[str, Any]:
        """Ask one of the simulator's own doors; fails the test when it refuses."""
        answer = await self._doors.get(door, query)
        assert answer["ok"], f"{door}: {answer}"
        return answer

    async def reset(self, **options: Any) -> None:
        """Rebuild the workspace: `seed`, `people`, `channels`, `transport`, `request_url`, `limits`, `patience`, `now`."""
        if isinstance(options.get("now"), datetime):
            options["now"] = options["now"].isoformat()
        await self.post("reset", options)

    async def calls(self, method: str = "") -> list[dict[str, Any]]:
        """The Web API calls so far, of one method or all, oldest first."""
        return (await self.get("calls", method=method))["calls"]

    async def clock(self, *, advance: float | None = None, to: datetime | None = None) -> datetime:
        """Move the clock by seconds or to a time, if asked to; gives its time."""
        if advance is not None:
            now = (await self.post("clock", {"advance": advance}))["now"]
        elif to is not None:
            now = (await self.post("clock", {"set": to.isoformat()}))["now"]
        else:
            now = (await self.get("clock"))["now"]
        return datetime.fromisoformat(now)

    async def faults(self, *faults: dict[str, Any]) -> None:
        """Switch these faults on, and all others off."""
        await self.post("faults", list(faults))

    async def limits(self, *, enabled: bool) -> None:
        """Switch the rate limits on or off."""
        await self.post("limits", {"enabled": enabled})

    async def records(self, *, after: int = 0, kind: str = "") -> list[dict[str, Any]]:
        """The inspector's records, of one kind or all, oldest first."""
        records = (await self.get("inspector", after=after))["records"]
        return [record for record in records if not kind or record["kind"] == kind]

    async def redeliver(self, record_id: int, **retry: Any) -> dict[str, Any]:
        """Send a recorded payload again, as a retry (`retry_num`, `reason`)."""
        return await self.post("redeliver", {"record_id": record_id, **retry})

    async def uninstall(self, *events: str) -> None:
        """Remove the app from the workspace, which these events tell, in this order."""
        await self.post("install", {"events": events})

    async def install(self) -> None:
        """Install the app again."""
        await self.post("install", {"installed": True})

    async def disconnect(self, how: str, *, oldest: bool = False) -> None:
        """End the Socket Mode connections: `warning`, `refresh_requested`, `link_disabled`, `drop`."""
        await self.post("socket", {"disconnect": how, "oldest": oldest})

    async def connections_live(self, seconds: float | None) -> None:
        """Refresh each Socket Mode connection that is opened from now on, after so many seconds."""
        await self.post("socket", {"lifetime": seconds})

    async def change_person(self, user_id: str, **changes: Any) -> None:
        """Add a person or change one, as `deleted=True` or `tz="Asia/Kolkata"`."""
        await self.post("people", {"id": user_id, **changes})

    async def change_channel(self, channel_id: str, **changes: Any) -> None:
        """Add a channel or change one: `archive=True`, `add=[…]`, `remove=[…]`."""
        await self.post("channels", {"id": channel_id, **changes})

    async def connected(self, within: float = 30.0, connections: int = 1) -> None:
        """Wait until the bot holds a Socket Mode connection, or several."""
        async with asyncio.timeout(within):
            state = {"connected": False, "connections": 0}
            while not state["connected"] or state["connections"] < connections:
                state = await self.get("state", **{"as": "USLACKBOT"})
                await asyncio.sleep(0.02)


@contextmanager
def simulator_process(*, manifest: dict[str, Any] | Path, **options: Any) -> Generator[str]:
    """The process alone, on a free port; gives its address. See `running_simulator`."""
    with tempfile.TemporaryDirectory() as folder:
        path = manifest if isinstance(manifest, Path) else Path(folder) / "manifest.json"
        if not isinstance(manifest, Path):
            path.write_text(json.dumps(manifest))
        given = [f"--{name.replace('_', '-')}={value}" for name, value in options.items()]
        with subprocess.Popen(
            [sys.executable, "-m", "bolt_understudy", "--port=0", f"--manifest={path}", *given],
            stdout=subprocess.PIPE,
            cwd=ROOT,
        ) as process:
            assert process.stdout
            try:
                line = process.stdout.readline().decode()
                word, _, address = line.strip().partition(" ")
                assert word == "ready", f"the simulator did not start: {line!r}"
                yield address
            finally:
                process.terminate()
                code = process.wait(STOP_SECONDS)
        assert code == 0, f"the simulator ended with {code}"


@asynccontextmanager
async def running_simulator(
    *, manifest: dict[str, Any] | Path, **options: Any
) -> AsyncGenerator[Simulator]:
    """A simulator of one's own, ended with the block.

    Args:
        manifest: the app's manifest, or where it is.
        options: further options of its command line, as `seed="empty"`, `request_url=…`.
    """
    with simulator_process(manifest=manifest, **options) as address:
        async with ClientSession() as session:
            yield Simulator(HttpDoors(address, session))


@contextmanager
def simulator_thread(*, manifest: dict[str, Any]) -> Generator[NearDoors]:
    """A local Slack in a thread of this process, on a free port.

    For the bot it is as far away as ever; people reach it without HTTP.
    """
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="local Slack", daemon=True)
    thread.start()
    keys = Credentials(
        bot_token=Simulator.bot_token,
        app_token=Simulator.app_token,
        signing_secret=Simulator.signing_secret,
    )

    async def start() -> tuple[web.AppRunner, NearDoors]:
        slack = build(read_manifest(manifest, ""), keys, seed="demo")
        runner = web.AppRunner(application(slack), access_log=None, shutdown_timeout=1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0, backlog=1024).start()
        slack.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
        return runner, NearDoors(slack.address, doors.Doors(slack), loop)

    runner, near = asyncio.run_coroutine_threadsafe(start(), loop).result(STOP_SECONDS)
    try:
        yield near
    finally:
        asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result(STOP_SECONDS)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
