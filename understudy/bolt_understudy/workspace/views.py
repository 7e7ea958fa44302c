from dataclasses import dataclass
from typing import Any

from bolt_understudy.workspace.inputs import Values


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A modal or an App Home as one person sees it.

    `content` is what the bot sent (title, blocks, private_metadata, …), `values` the state of
    its inputs, `window` the window of that person in which a modal is open, `channel` where the
    person was when it opened; `team` is the person's own, `installed_team` the app's.
    """

    id: str
    team: str
    user: str
    window: str
    content: dict[str, Any]
    values: Values
    hash: str
    root: str
    previous: str | None
    app: str
    installed_team: str
    bot: str
    channel: str = ""

    @property
    def type(self) -> str:
        """`modal` or `home`."""
        return self.content["type"]

    @property
    def blocks(self) -> list[dict[str, Any]]:
        """The blocks, each with its ids."""
        return self.content["blocks"]

    @property
    def external_id(self) -> str:
        """The bot's own name for it, or an empty string."""
        return self.content.get("external_id") or ""

    def form(self, *, with_state: bool = True) -> dict[str, Any]:
        """Slack's view object; calls of views.* answer it without the state."""
        content = self.content
        return {
            "id": self.id,
            "team_id": self.team,
            "type": content["type"],
            "blocks": content["blocks"],
            "private_metadata": content.get("private_metadata") or "",
            "callback_id": content.get("callback_id") or "",
            "state": {"values": self.values if with_state else {}},
            "hash": self.hash,
            "title": content.get("title") or {"type": "plain_text", "text": "View Title"},
            "clear_on_close": bool(content.get("clear_on_close")),
            "notify_on_close": bool(content.get("notify_on_close")),
            "submit_disabled": bool(content.get("submit_disabled")),
            "close": content.get("close"),
            "submit": content.get("submit"),
            "previous_view_id": self.previous,
            "root_view_id": self.root,
            "app_id": self.app,
            "external_id": self.external_id,
            "app_installed_team_id": self.installed_team,
            "bot_id": self.bot,
        }
