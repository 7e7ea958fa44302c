from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A slash command as declared in the manifest; `name` begins with the slash."""

    name: str
    description: str
    usage_hint: str
    should_escape: bool
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortcut:
    """A shortcut; `type` is `global` or `message`."""

    name: str
    type: str
    callback_id: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The facts of an app that the local Slack needs, read from its manifest (JSON, schema v2)."""

    name: str
    bot_name: str
    scopes: frozenset[str]
    commands: tuple[Command, ...]
    shortcuts: tuple[Shortcut, ...]
    events: frozenset[str]
    socket_mode: bool
    events_url: str
    interactivity: bool
    interactivity_url: str
    options_url: str
    home_tab: bool
    messages_tab: bool
    messages_tab_read_only: bool

    @property
    def scope_list(self) -> str:
        """Return the granted bot scopes, as listed in Slack's headers."""
        return ",".join(sorted(self.scopes))

    def command(self, name: str) -> Command | None:
        """Return the slash command with this name, or None."""
        return next((command for command in self.commands if command.name == name), None)

    def shortcut(self, callback_id: str) -> Shortcut | None:
        """Return the shortcut with this callback id, or None."""
        return next((one for one in self.shortcuts if one.callback_id == callback_id), None)


def read_manifest(manifest: dict[str, Any], request_url: str = "") -> Manifest:
    """Return the facts in a manifest.

    Args:
        manifest: the parsed JSON.
        request_url: replaces every request URL of the manifest if given.
    """
    features: dict[str, Any] = manifest.get("features", {})
    settings: dict[str, Any] = manifest.get("settings", {})
    home: dict[str, Any] = features.get("app_home", {})
    interactivity: dict[str, Any] = settings.get("interactivity", {})
    subscriptions: dict[str, Any] = settings.get("event_subscriptions", {})
    name: str = manifest["display_information"]["name"]
    answers_at = request_url or interactivity.get("request_url", "")
    return Manifest(
        name=name,
        bot_name=features.get("bot_user", {}).get("display_name", name),
        scopes=frozenset(manifest.get("oauth_config", {}).get("scopes", {}).get("bot", [])),
        commands=tuple(
            Command(
                name=command["command"],
                description=command.get("description", ""),
                usage_hint=command.get("usage_hint", ""),
                should_escape=command.get("should_escape", False),
                url=request_url or command.get("url", ""),
            )
            for command in features.get("slash_commands", [])
        ),
        shortcuts=tuple(
            Shortcut(
                name=shortcut["name"],
                type=shortcut["type"],
                callback_id=shortcut["callback_id"],
                description=shortcut.get("description", ""),
            )
            for shortcut in features.get("shortcuts", [])
        ),
        events=frozenset(subscriptions.get("bot_events", [])),
        socket_mode=settings.get("socket_mode_enabled", False),
        events_url=request_url or subscriptions.get("request_url", ""),
        interactivity=interactivity.get("is_enabled", False),
        interactivity_url=answers_at,
        options_url=request_url or interactivity.get("message_menu_options_url", answers_at),
        home_tab=home.get("home_tab_enabled", False),
        messages_tab=home.get("messages_tab_enabled", True),
        messages_tab_read_only=home.get("messages_tab_read_only_enabled", False),
    )
