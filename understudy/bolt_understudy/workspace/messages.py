from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message in a channel.

    `only_for` is the reader of an ephemeral one; `edited` the ts of the edit that Slack shows;
    `bot` the bot profile of an app's message; `delivered_at` ISO time.
    """

    ts: str
    channel: str
    user: str
    text: str
    team: str
    delivered_at: str
    blocks: list[dict[str, Any]] | None = None
    attachments: list[dict[str, Any]] | None = None
    metadata: dict[str, Any] | None = None
    bot: dict[str, Any] | None = None
    only_for: str = ""
    edited: str = ""
    thread_ts: str = ""
    files: list[dict[str, Any]] | None = None

    def page_form(self) -> dict[str, Any]:
        """Return the message in the form of the local Slack's own endpoints."""
        form: dict[str, Any] = {
            "ts": self.ts,
            "channel": self.channel,
            "user": self.user,
            "text": self.text,
            "blocks": self.blocks or [],
            "ephemeral": bool(self.only_for),
            "edited": bool(self.edited),
            "metadata": self.metadata,
            "delivered_at": self.delivered_at,
        }
        if self.only_for:
            form["for"] = self.only_for
        if self.files:
            form["files"] = self.files
        if self.thread_ts:
            form["thread_ts"] = self.thread_ts
        return form

    def message_object(self, *, all_metadata: bool = True) -> dict[str, Any]:
        """Return Slack's message object; without `all_metadata` only the metadata's event type."""
        form: dict[str, Any] = {
            "type": "message",
            "user": self.user,
            "ts": self.ts,
            "text": self.text,
            "team": self.team,
        }
        if self.bot:
            form |= {
                "bot_id": self.bot["id"],
                "app_id": self.bot["app_id"],
                "bot_profile": self.bot,
            }
        if self.blocks:
            form["blocks"] = self.blocks
        if self.attachments:
            form["attachments"] = self.attachments
        if self.files:
            form |= {"subtype": "file_share", "files": self.files, "upload": False}
        if self.edited:
            form["edited"] = {"user": self.user, "ts": self.edited}
        if self.thread_ts:
            form["thread_ts"] = self.thread_ts
        if self.metadata:
            form["metadata"] = (
                self.metadata if all_metadata else {"event_type": self.metadata["event_type"]}
            )
        return form
