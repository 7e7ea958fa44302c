from dataclasses import dataclass
from typing import Any

from bolt_understudy.workspace.inputs import Values


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A modal or an App Home as one person sees it.

    `content` is the content from the bot (title, blocks, private_metadata, …), `values` the state
    of its inputs, `window` the person's window in which a modal is open, `channel` the person's
    channel when it was opened; `team` is the person's own, `installed_team` the app's.
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
        """Return `modal` or `home`."""
        return self.content["type"]

    @property
    def blocks(self) -> list[dict[str, Any]]:
        """Return the blocks, each with its ids."""
        return self.content["blocks"]

    @property
    def external_id(self) -> str:
        """Return the bot's own id of the view, or ""."""
        return self.content.get("external_id") or ""

    def form(self, *, with_state: bool = True) -> dict[str, Any]:
        """Return Slack's view object, without the state for the answers to views.* calls."""
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
