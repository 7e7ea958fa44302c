"""The app's manifest, with the permissions and events it needs, for HTTP or Socket Mode.

`manifest.json` is the one for Socket Mode. The files in `manifests/` are written from here
(`make manifests`), and a test compares them.
Slack's reference: https://docs.slack.dev/reference/app-manifest
"""

import json
from copy import deepcopy
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

REQUEST_PATH: Final = "/slack/events"
"""Path, under the server's public address, for Slack's requests."""

_SOCKET: dict[str, Any] = json.loads(
    Path(__file__).with_name("manifest.json").read_text(encoding="utf-8")
)
SCOPES: tuple[str, ...] = tuple(_SOCKET["oauth_config"]["scopes"]["bot"])
OPTIONAL_SCOPES: tuple[str, ...] = tuple(_SOCKET["oauth_config"]["scopes"]["bot_optional"])
"""Scopes that an admin may leave out."""


class Mode(StrEnum):
    """The way Slack reaches the app."""

    SOCKET = "socket"
    """The app opens WebSockets to Slack: `undersigned run`."""
    HTTP = "http"
    """Slack sends requests to a public address: `undersigned serve`."""


def manifest(mode: Mode, url: str = "") -> dict[str, Any]:
    """Return the manifest in the form that Slack accepts.

    `url`: the server's public address without a path, for HTTP only.
    """
    made = deepcopy(_SOCKET)
    if mode is Mode.HTTP:
        address, settings = url.rstrip("/") + REQUEST_PATH, made["settings"]
        made["features"]["slash_commands"][0]["url"] = address
        settings["event_subscriptions"]["request_url"] = address
        settings["interactivity"]["request_url"] = address
        settings["socket_mode_enabled"] = False
    return made
