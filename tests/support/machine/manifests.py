"""A small app manifest for tests of the simulator itself; the bot's own are in `manifests/`."""

from typing import Any

SCOPES = [
    "chat:write",
    "chat:write.public",
    "commands",
    "channels:history",
    "channels:join",
    "channels:read",
    "groups:read",
    "im:history",
    "im:read",
    "im:write",
    "team:read",
    "users:read",
]

EVENTS = [
    "app_home_opened",
    "channel_archive",
    "channel_unarchive",
    "group_archive",
    "member_joined_channel",
    "message.im",
    "team_join",
    "user_change",
]


def small_manifest(**settings: Any) -> dict[str, Any]:
    """A manifest with `/letter`, two shortcuts, and these settings besides."""
    return {
        "display_information": {"name": "Undersigned"},
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "Undersigned", "always_online": True},
            "slash_commands": [
                {
                    "command": "/letter",
                    "description": "Letters",
                    "usage_hint": "new | status",
                    "should_escape": True,
                },
                {"command": "/plain", "description": "Without escaping"},
            ],
            "shortcuts": [
                {
                    "name": "Start a letter",
                    "type": "global",
                    "callback_id": "start",
                    "description": "Starts one",
                },
                {
                    "name": "Make this a letter",
                    "type": "message",
                    "callback_id": "make_letter",
                    "description": "From a message",
                },
            ],
        },
        "oauth_config": {"scopes": {"bot": SCOPES}},
        "settings": {
            "event_subscriptions": {"bot_events": EVENTS},
            "interactivity": {"is_enabled": True},
            "socket_mode_enabled": True,
        }
        | settings,
    }
