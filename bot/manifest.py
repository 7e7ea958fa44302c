"""The app's manifest, with the permissions and events it needs, for HTTP or Socket Mode.

The files in `manifests/` are written from here (`make manifests`), and a test compares them.
Slack's reference: https://docs.slack.dev/reference/app-manifest
"""

from enum import StrEnum
from typing import Any, Final

REQUEST_PATH: Final = "/slack/events"
"""Path, under the server's public address, for Slack's requests."""

COMMAND: Final = "/letter"
SCOPES: Final = (
    "channels:read",
    "chat:write",
    "chat:write.public",
    "commands",
    "files:write",
    "groups:read",
    "im:history",
    "im:write",
    "users:read",
)
OPTIONAL_SCOPES: Final = ("chat:write.public", "files:write")
"""Scopes that an admin may leave out."""
EVENTS: Final = ("app_home_opened", "app_uninstalled", "tokens_revoked")

_DESCRIPTION = (
    "Undersigned gathers endorsements of joint letters in your workspace. You write a letter and "
    "post it in channels. People press Sign, for themselves or for their organisation, and see "
    "their entry before they sign. They can withdraw their signature at any time. People who "
    "haven't answered get a few reminders, in their own working hours, and can stop them with one "
    "click. When the letter is closed, you get the finished list as a document."
)


class Mode(StrEnum):
    """The way Slack reaches the app."""

    SOCKET = "socket"
    """The app opens WebSockets to Slack: `undersigned run`."""
    HTTP = "http"
    """Slack sends requests to a public address: `undersigned serve`."""


def manifest(mode: Mode, url: str = "") -> dict[str, Any]:
    """Return the manifest in the form that Slack accepts.

    Args:
        mode: The way Slack reaches the app.
        url: The server's public address without a path, for HTTP only.
    """
    address = {"request_url": url.rstrip("/") + REQUEST_PATH} if mode is Mode.HTTP else {}
    command: dict[str, Any] = {
        "command": COMMAND,
        "description": "Start, post and run joint letters; see what you signed",
        "usage_hint": "new | status | sign | mine | help",
        "should_escape": True,
    }
    if address:
        command["url"] = address["request_url"]
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": "Undersigned",
            "description": "Gather endorsements of joint letters where coalitions already talk.",
            "background_color": "#3f2a56",
            "long_description": _DESCRIPTION,
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": True,
            },
            "bot_user": {"display_name": "Undersigned", "always_online": True},
            "shortcuts": [
                {
                    "name": "Start a letter",
                    "type": "global",
                    "callback_id": "start_letter",
                    "description": "Opens the form of a new letter",
                },
                {
                    "name": "My letters",
                    "type": "global",
                    "callback_id": "my_letters",
                    "description": "Shows your letters and those that you can sign",
                },
                {
                    "name": "Make this a letter",
                    "type": "message",
                    "callback_id": "make_letter",
                    "description": "Starts a letter with the words of this message",
                },
            ],
            "slash_commands": [command],
        },
        "oauth_config": {
            "scopes": {"bot": list(SCOPES), "bot_optional": list(OPTIONAL_SCOPES)},
        },
        "settings": {
            "event_subscriptions": {**address, "bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True, **address},
            "org_deploy_enabled": False,
            "socket_mode_enabled": mode is Mode.SOCKET,
            "token_rotation_enabled": False,
        },
    }
