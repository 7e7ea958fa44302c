import time
from typing import Any

import pytest
from aiohttp import ClientError, ClientSession, ClientTimeout
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bolt_understudy.clock import Clock
from bolt_understudy.web_api.faults import Faults
from bolt_understudy.web_api.methods import METHODS
from bolt_understudy.web_api.rate_limits import TIERS, RateLimits
from tests.facts.kept import kept
from tests.support.simulator import Simulator

from .bolt import answer_of

OPEN = "C0OPENINTERNET"


async def test_a_tier_is_a_minute_long(simulator: Simulator, client: AsyncWebClient):
    """The 21st call of tier 2 within a minute is told how long to wait; after that it passes."""
    for _ in range(20):
        assert (await answer_of(client.users_list()))["ok"]
    with pytest.raises(SlackApiError) as caught:
        await client.users_list()
    assert caught.value.response.status_code == 429
    assert caught.value.response.data == {"ok": False, "error": "ratelimited"}
    wait = int(caught.value.response.headers["Retry-After"])
    assert 50 <= wait <= 60
    assert (await answer_of(client.users_info(user="U0GUEST")))["ok"]
    await simulator.clock(advance=wait)
    assert (await answer_of(client.users_list()))["ok"]


async def test_one_message_a_second_in_a_channel(simulator: Simulator, client: AsyncWebClient):
    """A channel takes a short burst, then one message a second; another channel is free."""
    answers = [await answer_of(client.chat_postMessage(channel=OPEN, text="x")) for _ in range(6)]
    assert [answer["ok"] for answer in answers].count(True) == 4
    assert (await answer_of(client.chat_postMessage(channel="C0GENERAL", text="x")))["ok"]
    await simulator.clock(advance=1)
    assert (await answer_of(client.chat_postMessage(channel=OPEN, text="x")))["ok"]


async def test_limits_can_be_off(simulator: Simulator, client: AsyncWebClient):
    """Without limits everything passes."""
    await simulator.limits(enabled=False)
    answers = [await answer_of(client.chat_postMessage(channel=OPEN, text="x")) for _ in range(30)]
    assert all(answer["ok"] for answer in answers)


def test_a_moved_clock_frees_no_call_twice():
    """Calls are counted in any minute, wherever the clock is moved."""
    clock = Clock()
    limits = RateLimits(clock)
    assert [limits.retry_after("m", "1") for _ in range(2)] == [0, 60]
    clock.advance(30)
    assert 29 <= limits.retry_after("m", "1") <= 30
    clock.advance(30)
    assert limits.retry_after("m", "1") == 0


def test_tiers_have_slacks_figures():
    """The calls a minute of each tier are those that Slack documents."""
    assert {tier: TIERS[tier] for tier in "1234"} == kept("limits")["calls_a_minute"]


def test_tiers_are_slacks():
    """A method's tier is that of Slack's page and of its SDK; where those differ it is named."""
    known = kept("methods")
    differing = {
        (name, given)
        for name, method in METHODS.items()
        for given in ("tier", "sdk_tier")
        if known[name][given] in TIERS and known[name][given] != method.tier
    }
    assert differing == {("apps.connections.open", "sdk_tier"), ("users.conversations", "tier")}


def test_scopes_are_slacks():
    """A method asks for the scopes that Slack's page of it names."""
    known = kept("methods")
    for name, method in METHODS.items():
        if method.token == "bot":
            assert set(method.scopes) <= set(known[name]["scopes"]), name
            assert bool(method.scopes) == bool(known[name]["scopes"]), name


@pytest.mark.parametrize(
    ("kind", "status", "error"),
    [("429", 429, "ratelimited"), ("fatal_error", 200, "fatal_error")],
)
async def test_named_faults(
    simulator: Simulator, client: AsyncWebClient, kind: str, status: int, error: str
):
    """A fault answers in Slack's form, as often as told."""
    await simulator.faults(
        {"method": "chat.postMessage", "kind": kind, "times": 1, "retry_after": 7}
    )
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel=OPEN, text="x")
    assert caught.value.response.status_code == status
    assert caught.value.response["error"] == error
    if status == 429:
        assert caught.value.response.headers["Retry-After"] == "7"
    assert (await answer_of(client.chat_postMessage(channel=OPEN, text="x")))["ok"]


@pytest.mark.parametrize("kind", ["500", "html", "timeout", "reset"])
@pytest.mark.parametrize("after", [True, False])
async def test_broken_answers(
    simulator: Simulator, session: ClientSession, kind: str, *, after: bool
):
    """A test chooses whether the thing was done before its answer broke."""
    await simulator.faults({"method": "*", "kind": kind, "after_accept": after})
    call = session.post(
        f"{simulator.api_url}chat.postMessage",
        json={"channel": OPEN, "text": "x"},
        headers={"Authorization": f"Bearer {simulator.bot_token}"},
        timeout=ClientTimeout(total=0.5),
    )
    if kind in {"500", "html"}:
        async with call as response:
            assert response.status == (500 if kind == "500" else 200)
            assert response.content_type == "text/html"
    else:
        with pytest.raises((ClientError, TimeoutError)):
            await call
    kept = await simulator.person("U0MEMBER1").messages("open-internet")
    assert len(kept) == int(after)
    await simulator.faults()


async def test_a_reset_comes_at_once(simulator: Simulator, session: ClientSession):
    """A reset does not wait for a timeout."""
    await simulator.faults({"method": "auth.test", "kind": "reset"})
    began = time.monotonic()
    with pytest.raises(ClientError):
        await session.post(f"{simulator.api_url}auth.test")
    assert time.monotonic() - began < 1
    await simulator.faults()


@pytest.mark.parametrize(
    "fault", [{"method": "*"}, {"kind": "500"}, {"method": "*", "kind": "500", "x": 1}]
)
def test_a_fault_of_the_wrong_form_is_refused(fault: dict[str, Any]):
    """A fault needs a method and a kind, and takes nothing it does not know."""
    with pytest.raises(ValueError, match="a fault"):
        Faults().add(fault)


def test_a_share_is_repeatable():
    """With a share and a seed the same calls fail every time."""

    def struck() -> list[bool]:
        faults = Faults()
        faults.add({"method": "*", "kind": "500", "share": 0.3, "seed": 7})
        return [bool(faults.striking("auth.test")) for _ in range(200)]

    assert struck() == struck()
    assert 30 < sum(struck()) < 90
