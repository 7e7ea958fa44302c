import asyncio
import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from slack_sdk.web.async_client import AsyncWebClient

from tests.support.machine.manifests import small_manifest
from tests.support.people import Refused
from tests.support.shared import ROOT
from tests.support.simulator import Simulator

from .bolt import answer_of


async def test_the_page_is_closed_to_strangers(simulator: Simulator, session: ClientSession):
    """The page runs only its own scripts, and nothing answers to another host or origin."""
    async with session.get(f"{simulator.address}/") as response:
        policy = response.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'self'; frame-ancestors 'none'")
        assert response.headers["X-Content-Type-Options"] == "nosniff"
    for headers, status in (
        ({"Host": "evil.example"}, 421),
        ({"Origin": "http://evil.example"}, 403),
    ):
        url = f"{simulator.address}/_sim/clock"
        async with session.post(url, json={"advance": 1}, headers=headers) as response:
            assert response.status == status
    async with session.get(f"{simulator.address}/static/..%2Fclock.py") as response:
        assert response.status == 404


@pytest.mark.parametrize(
    "path", ["/_sim/state?as=U0GUEST", "/api/auth.test", "/static/app.js", "/"]
)
@pytest.mark.parametrize("site", ["cross-site", "same-site"])
async def test_other_pages_reach_nothing(
    simulator: Simulator, session: ClientSession, path: str, site: str
):
    """A load from another page, on another port of this machine too, is refused."""
    for mode in ("no-cors", "navigate"):
        headers = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode, "Sec-Fetch-Dest": "iframe"}
        async with session.get(f"{simulator.address}{path}", headers=headers) as response:
            assert response.status == 403
    headers = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"}
    async with session.get(f"{simulator.address}{path}", headers=headers) as response:
        assert response.status == 200


async def test_a_link_from_elsewhere(simulator: Simulator, session: ClientSession):
    """A link on another page leads to the page and to a message, and to no door."""
    headers = {
        "Sec-Fetch-Site": "cross-site",
        "Sec-Fetch-Mode": "navigate",
        "Sec-Fetch-Dest": "document",
    }
    for path, status in (
        ("/", 200),
        ("/mailbox", 200),
        ("/archives/C0GENERAL/p1000000000000000", 200),
        ("/_sim/state?as=U0GUEST", 403),
        ("/api/auth.test", 403),
    ):
        async with session.get(f"{simulator.address}{path}", headers=headers) as response:
            assert response.status == status, path


@pytest.mark.parametrize(
    ("door", "body"),
    [
        ("message", {}),
        ("message", {"as": "U0MEMBER1"}),
        ("action", {"as": "U0MEMBER1", "container": {"type": "home"}}),
        ("clock", {"set": "yesterday"}),
        ("reset", {"seed": "bogus"}),
        ("reset", {"patience": "long"}),
        ("people", {"id": "U0NEW", "tz": "Mars/Olympus"}),
        ("channels", {"id": "C0NEW", "name": "x", "members": ["U0NOBODY"]}),
        ("faults", {"method": "*"}),
    ],
)
async def test_malformed_requests(
    simulator: Simulator, session: ClientSession, door: str, body: dict[str, Any]
):
    """A door tells what it misses, with status 400."""
    async with session.post(f"{simulator.address}/_sim/{door}", json=body) as response:
        answer = await response.json()
    assert (response.status, answer["error"]) == (400, "malformed")
    assert answer["detail"]


@pytest.mark.parametrize(
    ("user", "sees", "not_sees"),
    [
        ("U0ORGANISER", {"general", "open-internet", "steering-group", "partners"}, set[str]()),
        ("U0MEMBER3", {"general", "open-internet", "partners"}, {"steering-group"}),
        ("U0GUEST", {"open-internet"}, {"general", "partners", "steering-group"}),
        ("U0VISITOR", {"partners"}, {"general", "open-internet", "steering-group"}),
    ],
)
async def test_what_people_see(
    simulator: Simulator, session: ClientSession, user: str, sees: set[str], not_sees: set[str]
):
    """Members see open channels, guests and outsiders only their own; all have the app's DM."""
    async with session.get(f"{simulator.address}/_sim/state", params={"as": user}) as response:
        state = await response.json()
    names = {channel["name"] for channel in state["channels"] if channel["kind"] != "im"}
    assert names == sees
    assert not names & not_sees
    direct = [channel for channel in state["channels"] if channel["kind"] == "im"]
    assert [channel["with"] for channel in direct] == ["U0BOT"]
    assert state["me"]["id"] == user


@pytest.mark.parametrize(
    "guide",
    [
        "steps",
        {"title": "Try", "steps": "all"},
        {"title": "Try", "steps": [{"words": "Sign"}]},
        {"title": "Try", "steps": [{"words": "Sign", "person": "U0NOBODY", "place": "app-home"}]},
    ],
)
async def test_a_wrong_guide(simulator: Simulator, session: ClientSession, guide: Any):
    """A guide that names nobody, or has another form, is refused; the right one is in the state."""
    async with session.post(f"{simulator.address}/_sim/reset", json={"guide": guide}) as response:
        assert response.status == 400
    right = {
        "title": "Try",
        "steps": [{"words": "Sign", "person": "U0MEMBER1", "place": "C0GENERAL"}],
    }
    await simulator.post("reset", {"guide": right})
    assert (await simulator.get("state", **{"as": "U0MEMBER1"}))["guide"] == right


async def test_the_deactivated_cannot_act(simulator: Simulator):
    """A deactivated account does nothing."""
    with pytest.raises(Refused, match="account_inactive"):
        await simulator.person("U0LEFT").says("general", "x")


async def test_unread(simulator: Simulator, client: AsyncWebClient, session: ClientSession):
    """Messages of others are unread until the person has looked."""
    person = simulator.person("U0MEMBER1")

    async def unread() -> int:
        url, query = f"{simulator.address}/_sim/state", {"as": person.id}
        async with session.get(url, params=query) as response:
            channels = (await response.json())["channels"]
        return next(one["unread"] for one in channels if one["id"] == "C0OPENINTERNET")

    await answer_of(client.chat_postMessage(channel="C0OPENINTERNET", text="x"))
    assert await unread() == 1
    await simulator.post("read", {"as": person.id, "channel": "C0OPENINTERNET"})
    assert await unread() == 0
    await person.says("open-internet", "mine")
    assert await unread() == 0


async def test_the_stream(simulator: Simulator, client: AsyncWebClient, session: ClientSession):
    """An open page hears of messages for its person, of the clock, and of the traffic."""
    told: list[tuple[str, Any]] = []

    async def listen() -> None:
        query = {"as": "U0GUEST"}
        async with session.get(f"{simulator.address}/_sim/stream", params=query) as response:
            event = ""
            async for raw in response.content:
                line = raw.decode().strip()
                if line.startswith("event: "):
                    event = line.removeprefix("event: ")
                elif line.startswith("data: "):
                    told.append((event, json.loads(line.removeprefix("data: "))))

    task = asyncio.create_task(listen())
    await asyncio.sleep(0.2)
    for channel, user in (
        ("C0GENERAL", ""),
        ("C0OPENINTERNET", "U0MEMBER1"),
        ("C0OPENINTERNET", "U0GUEST"),
    ):
        if user:
            await answer_of(client.chat_postEphemeral(channel=channel, user=user, text=user))
        else:
            await answer_of(client.chat_postMessage(channel=channel, text="x"))
    await simulator.clock(advance=5)
    await asyncio.sleep(0.2)
    task.cancel()
    messages = [data["message"]["text"] for event, data in told if event == "message"]
    assert messages == ["U0GUEST"]
    assert [event for event, _ in told if event == "clock"] == ["clock"]
    assert [data["title"] for event, data in told if event == "payload"] == [
        "chat.postMessage",
        "chat.postEphemeral",
        "chat.postEphemeral",
    ]


async def test_reset_forgets(simulator: Simulator, client: AsyncWebClient):
    """A reset leaves nothing of what was, and takes people and channels of its own."""
    await answer_of(client.chat_postMessage(channel="C0OPENINTERNET", text="x"))
    people = [{"id": f"U{number:04}", "real_name": f"Signer {number}"} for number in range(1000)]
    channel = {"id": "C0CROWD", "name": "crowd", "members": [one["id"] for one in people]}
    await simulator.reset(
        seed="empty", people=people, channels=[channel], now="2026-03-01T12:00:00"
    )
    assert await simulator.calls() == []
    assert (await simulator.clock()).isoformat().startswith("2026-03-01T12:00:0")
    members = await answer_of(client.conversations_members(channel="C0CROWD", limit=1000))
    assert len(members["members"]) == 1000
    missing = await answer_of(client.conversations_info(channel="C0OPENINTERNET"))
    assert missing["error"] == "channel_not_found"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_when_told(number: signal.Signals, tmp_path: Path):
    """Ctrl-C and SIGTERM end the process right away and without noise."""
    manifest = tmp_path / "manifest.json"
    manifest.write_text(json.dumps(small_manifest()))
    command = [sys.executable, "-m", "bolt_understudy", "--port=0", f"--manifest={manifest}"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    ) as process:
        assert process.stdout
        assert process.stdout.readline().startswith(b"ready http://127.0.0.1:")
        process.send_signal(number)
        out, err = process.communicate(timeout=5)
        assert (process.returncode, out, err) == (0, b"", b"")


def test_a_missing_manifest_is_told():
    """A manifest that cannot be read ends the start with one line."""
    command = [sys.executable, "-m", "bolt_understudy", "--port=0", "--manifest=nowhere.json"]
    done = subprocess.run(command, capture_output=True, cwd=ROOT, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith(b"cannot read the manifest nowhere.json")
