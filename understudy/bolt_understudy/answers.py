"""The bot's answers that need no token: the ack of a command, and posts to a `response_url`."""

from typing import Any

from bolt_understudy.errors import SlackError
from bolt_understudy.local_slack import LocalSlack
from bolt_understudy.posting import change, checked_blocks, post, remove
from bolt_understudy.workspace.messages import Message


def say(
    slack: LocalSlack, body: Any, *, user: str, channel: str, message_ts: str = ""
) -> Message | None:
    """Post, replace or delete a message, as an answer requests.

    Args:
        slack: the local Slack.
        body: text, or an object with `text`, `blocks`, `response_type`, `replace_original`,
            `delete_original`; an empty one has no effect.
        user: the person whose act is answered; only they see an ephemeral answer.
        channel: the channel of the act.
        message_ts: the message that they acted on, if any.

    Raises:
        SlackError: `invalid_payload`, `no_text`, `invalid_blocks`.
    """
    if not body:
        return None
    answer: Any = {"text": body} if isinstance(body, str) else body
    if not isinstance(answer, dict):
        raise SlackError("invalid_payload")
    workspace = slack.workspace
    original = workspace.message(channel, message_ts)
    if answer.get("delete_original"):
        if original:
            remove(slack, original)
        return None
    text: str = answer.get("text") or ""
    blocks = checked_blocks(answer.get("blocks"))
    if not text and not blocks:
        raise SlackError("no_text")
    if answer.get("replace_original") and original:
        return change(slack, original, text=text, blocks=blocks or None)
    for_all = answer.get("response_type") == "in_channel"
    return post(
        slack,
        workspace.channels[channel],
        user=workspace.app.bot_user,
        text=text,
        blocks=blocks,
        attachments=answer.get("attachments"),
        metadata=answer.get("metadata"),
        thread_ts=answer.get("thread_ts") or "",
        only_for="" if for_all else user,
    )
