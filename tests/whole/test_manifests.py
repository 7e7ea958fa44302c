"""The manifests that people paste into Slack."""

import json
from typing import Any

import pytest

from bot import manifest as manifests
from bot.manifest import Mode
from tests.facts.manifests import manifest_problems
from tests.support.commands import undersigned
from tests.support.shared import ROOT

EXAMPLE_URL = "https://letters.example.org"

MANIFESTS = ROOT / "manifests"
KINDS = ["socket-mode", "http"]


def load(kind: str) -> dict[str, Any]:
    return json.loads((MANIFESTS / f"{kind}.json").read_text())


@pytest.mark.parametrize("kind", KINDS)
def test_schema(kind: str) -> None:
    """Both manifests keep to the fields, types and lengths of Slack's own schema."""
    assert manifest_problems(load(kind)) == []


def test_schema_finds_what_is_wrong() -> None:
    """A typo, a wrong type, a length, a choice and a missing field are each found."""
    manifest = load("http")
    manifest["display_information"]["name"] = "N" * 36
    manifest["features"]["shortcuts"][0]["type"] = "local"
    manifest["features"]["slash_commands"][0]["descripton"] = "a typo"
    manifest["oauth_config"]["redirect_urls"] = ["https://a.example"] * 2
    manifest["settings"]["socket_mode_enabled"] = "no"
    del manifest["features"]["bot_user"]["display_name"]

    assert manifest_problems(manifest) == [
        "display_information/name: longer than 35",
        "features/bot_user: needs display_name",
        "features/shortcuts[]/type: not one of message, global",
        "features/slash_commands[]/descripton: unknown",
        "oauth_config/redirect_urls: something twice",
        "settings/socket_mode_enabled: not boolean",
    ]


def test_same_app() -> None:
    """Both ask for the same scopes, commands, shortcuts and events."""
    socket, http = load("socket-mode"), load("http")
    for manifest in (socket, http):
        manifest["settings"]["event_subscriptions"].pop("request_url", None)
        manifest["settings"]["interactivity"].pop("request_url", None)
        manifest["settings"].pop("socket_mode_enabled")
        manifest["features"]["slash_commands"][0].pop("url", None)

    assert socket == http


@pytest.mark.parametrize("kind", KINDS)
def test_least_scopes(kind: str) -> None:
    """No scope is asked for beyond those that a named part of the bot uses."""
    used = {
        "commands": "/letter and the message shortcut",
        "chat:write": "cards, receipts, reminders",
        "chat:write.public": "cards in public channels without an invitation; optional",
        "files:write": "the letter as a file in an organiser's direct message; optional",
        "channels:read": "members of public channels with a card",
        "groups:read": "members of private channels with a card",
        "users:read": "time zone, language, guest or not",
        "im:write": "opening a direct message to look whether a notice arrived",
        "im:history": "looking there; never in channels",
    }

    assert set(load(kind)["oauth_config"]["scopes"]["bot"]) == set(used)


@pytest.mark.parametrize("kind", KINDS)
def test_transport(kind: str) -> None:
    """Socket Mode names no request URLs; HTTP names the one that the server answers."""
    manifest = load(kind)
    urls = {
        manifest["settings"]["event_subscriptions"].get("request_url"),
        manifest["settings"]["interactivity"].get("request_url"),
        manifest["features"]["slash_commands"][0].get("url"),
    }

    if kind == "socket-mode":
        assert manifest["settings"]["socket_mode_enabled"]
        assert urls == {None}
    else:
        assert not manifest["settings"]["socket_mode_enabled"]
        assert len(urls) == 1
        assert str(urls.pop()).endswith("/slack/events")


def test_generated() -> None:
    """The files are what the command prints: `make manifests` writes them."""
    for kind, made in (
        ("socket-mode", manifests.manifest(Mode.SOCKET)),
        ("http", manifests.manifest(Mode.HTTP, EXAMPLE_URL)),
    ):
        assert load(kind) == made, "run make manifests"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--mode", "http"), "--mode http needs --url"),
        (("--mode", "http", "--url", "letters.example.org"), "with https"),
        (("--mode", "http", "--url", "https://letters.example.org/slack"), "without a path"),
        (("--mode", "socket", "--url", EXAMPLE_URL), "--url is for --mode http"),
    ],
)
async def test_refused(words: tuple[str, ...], said: str) -> None:
    """An address that Slack could not use, or would not, is refused in one line."""
    done = await undersigned("manifest", *words)

    assert (done.code, done.out) == (1, "")
    assert said in done.err
    assert len(done.err.splitlines()) == 1


async def test_printed() -> None:
    """The command prints the manifest for an address, and takes a slash at its end."""
    done = await undersigned("manifest", "--mode", "http", "--url", "https://l.example.org/")

    assert json.loads(done.out) == manifests.manifest(Mode.HTTP, "https://l.example.org")
    assert "https://l.example.org/slack/events" in done.out
