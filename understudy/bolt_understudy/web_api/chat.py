from typing import Any

from bolt_understudy.errors import SlackError
from bolt_understudy.local_slack import LocalSlack
from bolt_understudy.posting import LONGEST_TEXT, change, checked_blocks, post, remove
from bolt_understudy.web_api.arguments import Arguments
from bolt_understudy.web_api.scopes import has_scope
from bolt_understudy.workspace.channels import Channel
from bolt_understudy.workspace.messages import Message
from bolt_understudy.workspace.store import SLACKBOT

LONGEST_UPDATE = 4_000
LONGEST_EPHEMERAL_BYTES = 4_000


def post_message(slack: LocalSlack, args: Arguments) -> dict[str, Any]:
    """chat.postMessage."""
    channel = _destination(slack, args.required("channel"))
    _may_post(slack, channel, as_member=not _may_post_publicly(slack, channel))
    text, blocks, attachments = _content(args)
    message = post(
        slack,
        channel,
        user=slack.workspace.app.bot_user,
        text=text,
        blocks=blocks,
        attachments=attachments,
        metadata=_metadata(args),
        thread_ts=args.text("thread_ts"),
    )
    answer = {
        "ok": True,
        "channel": channel.id,
        "ts": message.ts,
        "message": message.message_object(),
    }
    return answer | _truncation(text)


def post_ephemeral(slack: LocalSlack, args: Arguments) -> dict[str, Any]:
    """chat.postEphemeral."""
    channel = _seen_channel(slack, args.required("channel"))
    user = args.required("user")
    _may_post(slack, channel, as_member=not _may_post_publicly(slack, channel))
    person = slack.workspace.people.get(user)
    if user not in channel.members or person is None or person.deleted:
        raise SlackError("user_not_in_channel")
    text, blocks, attachments = _content(args)
    if len(text.encode()) > LONGEST_EPHEMERAL_BYTES:
        raise SlackError("msg_too_long")
    message = post(
        slack,
        channel,
        user=slack.workspace.app.bot_user,
        text=text,
        blocks=blocks,
        attachments=attachments,
        metadata=_metadata(args),
        only_for=user,
        thread_ts=args.text("thread_ts"),
    )
    return {"ok": True, "message_ts": message.ts}


def update(slack: LocalSlack, args: Arguments) -> dict[str, Any]:
    """chat.update: text without blocks removes the blocks; metadata stays unless given."""
    channel = _seen_channel(slack, args.required("channel"))
    message = _own_message(slack, channel, args.required("ts"), "cant_update_message")
    if channel.is_archived:
        raise SlackError("is_inactive")
    text, blocks, attachments = _content(args)
    if len(text) > LONGEST_UPDATE:
        raise SlackError("msg_too_long")
    metadata = _metadata(args)
    if "metadata" not in args:
        metadata = message.metadata
    edited = "" if blocks else slack.workspace.new_ts()
    changed = change(
        slack,
        message,
        text=text or ("" if blocks else message.text),
        blocks=blocks or None,
        attachments=attachments,
        metadata=metadata,
        edited=edited,
    )
    return {
        "ok": True,
        "channel": channel.id,
        "ts": message.ts,
        "text": changed.text,
        "message": changed.message_object(),
    }


def delete(slack: LocalSlack, args: Arguments) -> dict[str, Any]:
    """chat.delete."""
    channel = _seen_channel(slack, args.required("channel"))
    message = _own_message(slack, channel, args.required("ts"), "cant_delete_message")
    remove(slack, message)
    return {"ok": True, "channel": channel.id, "ts": message.ts}


def get_permalink(slack: LocalSlack, args: Arguments) -> dict[str, Any]:
    """chat.getPermalink: an address of the local Slack's own page."""
    channel = _seen_channel(slack, args.required("channel"))
    ts = args.required("message_ts")
    message = slack.workspace.message(channel.id, ts)
    if message is None or message.only_for:
        raise SlackError("message_not_found")
    return {
        "ok": True,
        "channel": channel.id,
        "permalink": f"{slack.address}/archives/{channel.id}/p{ts.replace('.', '')}",
    }


def _destination(slack: LocalSlack, given: str) -> Channel:
    """Return a channel by id or name, or the direct message with a person by their id."""
    workspace = slack.workspace
    if given in workspace.people:
        person = workspace.people[given]
        if person.deleted or person.is_bot or given == SLACKBOT or workspace.is_stranger(given):
            raise SlackError("channel_not_found", f"{given} cannot be written to")
        return workspace.direct_message(given)
    if given not in workspace.channels:
        name = given.removeprefix("#")
        for channel in workspace.channels.values():
            if channel.name == name:
                return _seen_channel(slack, channel.id)
    return _seen_channel(slack, given)


def _seen_channel(slack: LocalSlack, channel_id: str) -> Channel:
    channel = slack.workspace.channels.get(channel_id)
    if channel is None or not slack.workspace.bot_sees(channel):
        raise SlackError("channel_not_found")
    return channel


def _may_post_publicly(slack: LocalSlack, channel: Channel) -> bool:
    return channel.is_open and has_scope(slack, "chat:write.public")


def _may_post(slack: LocalSlack, channel: Channel, *, as_member: bool) -> None:
    if channel.is_archived:
        raise SlackError("is_archived")
    if as_member and slack.workspace.app.bot_user not in channel.members:
        raise SlackError("not_in_channel")
    if channel.kind == "im":
        if not slack.manifest.messages_tab:
            raise SlackError("messages_tab_disabled")
        other = channel.other_than(slack.workspace.app.bot_user)
        if slack.workspace.people[other].deleted:
            raise SlackError("is_archived", "the account is deactivated")


def _content(
    args: Arguments,
) -> tuple[str, list[dict[str, Any]] | None, list[dict[str, Any]] | None]:
    """Return text, complete blocks and attachments of a message, at least one of them."""
    text = args.text("text")
    markdown = args.text("markdown_text")
    given = args.structure("blocks", "invalid_blocks_format")
    if markdown:
        if text or given:
            raise SlackError("markdown_text_conflict")
        given = [{"type": "markdown", "text": markdown}]
    blocks = checked_blocks(given)
    attachments = args.structure("attachments", "invalid_attachments")
    if attachments is not None and not isinstance(attachments, list):
        raise SlackError("invalid_attachments")
    if not text.strip() and not blocks and not attachments:
        raise SlackError("no_text")
    return text, blocks, attachments or None


def _metadata(args: Arguments) -> dict[str, Any] | None:
    metadata = args.structure("metadata", "invalid_metadata_format")
    if not metadata:
        return None
    if not isinstance(metadata, dict) or not isinstance(metadata.get("event_type"), str):
        raise SlackError("invalid_metadata_format")
    if not isinstance(metadata.get("event_payload"), dict):
        raise SlackError("invalid_metadata_schema")
    return {"event_type": metadata["event_type"], "event_payload": metadata["event_payload"]}


def _own_message(slack: LocalSlack, channel: Channel, ts: str, refusal: str) -> Message:
    message = slack.workspace.message(channel.id, ts)
    if message is None or message.only_for:
        raise SlackError("message_not_found")
    if message.user != slack.workspace.app.bot_user:
        raise SlackError(refusal)
    return message


def _truncation(text: str) -> dict[str, Any]:
    if len(text) <= LONGEST_TEXT:
        return {}
    return {
        "warning": "message_truncated",
        "response_metadata": {"warnings": ["message_truncated"]},
    }
