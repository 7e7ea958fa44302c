"""Posting, changing and removing of messages, with events to everybody who sees them."""

from dataclasses import replace
from typing import Any

from bolt_understudy.block_kit import check_message, total_text
from bolt_understudy.errors import SlackError
from bolt_understudy.local_slack import LocalSlack
from bolt_understudy.to_bot.events import emit
from bolt_understudy.workspace.blocks import with_ids
from bolt_understudy.workspace.channels import Channel
from bolt_understudy.workspace.messages import Message

LONGEST_TEXT = 40_000
LONGEST_BLOCKS = 13_200
"""The most characters of all text in the blocks: undocumented, but Slack refuses more."""

NO_FALLBACK = "This content can't be displayed."


def checked_blocks(blocks: Any) -> list[dict[str, Any]] | None:
    """Return blocks as Slack stores them, or None if there are none.

    Raises:
        SlackError: `invalid_blocks` with a JSON pointer for each problem, `invalid_blocks_format`
            for a value that is no list, `msg_blocks_too_long`.
    """
    if blocks is None:
        return None
    if not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format")
    if problems := [str(problem) for problem in check_message(blocks)]:
        raise SlackError(
            "invalid_blocks",
            detail="; ".join(problems),
            errors=problems,
            response_metadata={"messages": [f"[ERROR] {problem}" for problem in problems]},
        )
    if total_text(blocks) > LONGEST_BLOCKS:
        raise SlackError("msg_blocks_too_long")
    return with_ids(blocks)


def post(
    slack: LocalSlack,
    channel: Channel,
    *,
    user: str,
    text: str,
    blocks: list[dict[str, Any]] | None = None,
    attachments: list[dict[str, Any]] | None = None,
    metadata: dict[str, Any] | None = None,
    only_for: str = "",
    thread_ts: str = "",
    files: list[dict[str, Any]] | None = None,
) -> Message:
    """Post a message to a channel. The blocks are complete; `only_for` makes it ephemeral."""
    workspace = slack.workspace
    by_bot = user == workspace.app.bot_user
    message = Message(
        ts=workspace.new_ts(),
        channel=channel.id,
        user=user,
        text=(text or (NO_FALLBACK if blocks else ""))[:LONGEST_TEXT],
        team=workspace.people[user].team if user in workspace.people else workspace.team.id,
        delivered_at=slack.clock.iso(),
        blocks=blocks or None,
        attachments=attachments,
        metadata=metadata,
        bot=workspace.bot_profile() if by_bot else None,
        only_for=only_for,
        thread_ts=thread_ts,
        files=files,
    )
    workspace.keep(message)
    _tell(slack, message, "message")
    if not only_for and workspace.app.bot_user in channel.members:
        event = {
            **message.message_object(),
            "channel": channel.id,
            "channel_type": channel.channel_type,
            "event_ts": message.ts,
        }
        plural = {"channel": "channels", "group": "groups", "im": "im"}[channel.channel_type]
        emit(slack, event, name=f"message.{plural}", channel=channel)
    return message


def change(slack: LocalSlack, message: Message, **changes: Any) -> Message:
    """Replace a message with a changed one."""
    changed = replace(message, **changes)
    slack.workspace.keep(changed)
    _tell(slack, changed, "message_changed")
    return changed


def remove(slack: LocalSlack, message: Message) -> None:
    """Delete a message."""
    del slack.workspace.messages[message.channel][message.ts]
    _tell(slack, message, "message_deleted")


def _tell(slack: LocalSlack, message: Message, event: str) -> None:
    channel = slack.workspace.channels[message.channel]
    data: dict[str, Any] = {"channel": message.channel}
    if event == "message_deleted":
        data["ts"] = message.ts
    else:
        data["message"] = message.page_form()
    for user in slack.stream.watchers():
        hidden = message.only_for and message.only_for != user
        if (
            not hidden
            and user in slack.workspace.people
            and slack.workspace.person_sees(user, channel)
        ):
            slack.stream.tell(event, data, to=user)
