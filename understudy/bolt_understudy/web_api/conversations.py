from typing import Any

from bolt_understudy.errors import SlackError
from bolt_understudy.local_slack import LocalSlack
from bolt_understudy.membership import add_member
from bolt_understudy.web_api.arguments import Arguments
from bolt_understudy.web_api.paging import cursor, page, read_cursor
from bolt_understudy.web_api.scopes import PREFIX, has_scope, missing_scope, need_channel_scope
from bolt_understudy.workspace.channels import Channel
from bolt_understudy.workspace.store import SLACKBOT

TYPES = {
    "public_channel": {"public", "shared"},
    "private_channel": {"private"},
    "im": {"im"},
    "mpim": set[str](),
}
MOST_PEOPLE = 8


def open_(slack: LocalSlack, args: Arguments) -> dict[str, Any]:
    """conversations.open: the direct message with one person."""
    workspace = slack.workspace
    channel: Channel | None = None
    if given := args.text("channel"):
        channel = workspace.channels.get(given)
        if channel is None or channel.kind != "im":
            raise SlackError("channel_not_found")
        users = [channel.other_than(workspace.app.bot_user)]
    else:
        users = args.items("users")
    if not users:
        raise SlackError("users_list_not_supplied")
    if len(users) > MOST_PEOPLE:
        raise SlackError("too_many_users")
    for user in users:
        _may_open(slack, user)
    if len(users) > 1:
        raise SlackError(
            "method_not_supported_for_channel_type", "group direct messages are not simulated"
        )
    dm_id = f"D{users[0][1:]}"
    known = dm_id in workspace.channels
    if args.flag("prevent_creation") and not known:
        raise SlackError("channel_not_found")
    dm = workspace.direct_message(users[0])
    answer: dict[str, Any] = {"ok": True, "channel": {"id": dm.id}}
    if args.flag("return_im"):
        answer["channel"] = _form(slack, dm)
    if known:
        answer |= {"no_op": True, "already_open": True}
    return answer


def info(slack: LocalSlack, args: Arguments) -> dict[str, Any]:
    """conversations.info."""
    channel = _channel(slack, args)
    need_channel_scope(slack, channel, "read")
    form = _form(slack, channel, num_members=args.flag("include_num_members"))
    if args.flag("include_locale") and channel.kind != "im":
        form["locale"] = "en-GB"
    return {"ok": True, "channel": form}


def list_(slack: LocalSlack, args: Arguments) -> dict[str, Any]:
    """conversations.list: public channels, and the private ones and DMs of the bot."""
    seen = [
        channel
        for channel in _of_types(slack, args)
        if slack.workspace.bot_sees(channel)
        and not (channel.is_archived and args.flag("exclude_archived"))
    ]
    return _listed(slack, args, seen)


def of_user(slack: LocalSlack, args: Arguments) -> dict[str, Any]:
    """users.conversations: the channels of the bot, or those of a person that the bot sees."""
    user = args.text("user", slack.workspace.app.bot_user)
    if user not in slack.workspace.people:
        raise SlackError("user_not_found")
    seen = [
        channel
        for channel in _of_types(slack, args)
        if user in channel.members
        and slack.workspace.bot_sees(channel)
        and not (channel.is_archived and args.flag("exclude_archived"))
    ]
    return _listed(slack, args, seen)


def members(slack: LocalSlack, args: Arguments) -> dict[str, Any]:
    """conversations.members."""
    channel = _channel(slack, args)
    need_channel_scope(slack, channel, "read")
    everyone = sorted(channel.members)
    shown, metadata = page(args, everyone, word="user", key=str, default=100)
    return {"ok": True, "members": shown, "response_metadata": metadata}


def join(slack: LocalSlack, args: Arguments) -> dict[str, Any]:
    """conversations.join: public channels only."""
    channel = _channel(slack, args)
    if not channel.is_open:
        raise SlackError("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise SlackError("is_archived")
    bot = slack.workspace.app.bot_user
    if bot in channel.members:
        return {
            "ok": True,
            "channel": _form(slack, channel),
            "warning": "already_in_channel",
            "response_metadata": {"warnings": ["already_in_channel"]},
        }
    add_member(slack, channel, bot)
    joined = slack.workspace.channels[channel.id]
    return {"ok": True, "channel": _form(slack, joined)}


def history(slack: LocalSlack, args: Arguments) -> dict[str, Any]:
    """conversations.history: newest first, without ephemeral messages."""
    channel = _channel(slack, args)
    need_channel_scope(slack, channel, "history")
    if slack.workspace.app.bot_user not in channel.members:
        raise SlackError("not_in_channel")
    oldest, latest = _ts(args, "oldest"), _ts(args, "latest")
    inclusive = args.flag("inclusive")
    begins = _cursor_ts(args)
    limit = args.number("limit", 100) or 100
    if not 0 < limit < 1000:
        raise SlackError("invalid_limit")
    chosen = [
        message
        for message in reversed(slack.workspace.history(channel.id))
        if _within(message.ts, oldest, latest, inclusive=inclusive)
        and (not begins or message.ts <= begins)
        and (not message.thread_ts or message.thread_ts == message.ts)
    ]
    shown, rest = chosen[:limit], chosen[limit:]
    everything = args.flag("include_all_metadata")
    answer: dict[str, Any] = {
        "ok": True,
        "messages": [message.message_object(all_metadata=everything) for message in shown],
        "has_more": bool(rest),
        "pin_count": 0,
        "channel_actions_ts": None,
        "channel_actions_count": 0,
    }
    if rest:
        following = cursor("next_ts", rest[0].ts.replace(".", ""))
        answer["response_metadata"] = {"next_cursor": following}
    return answer


def _channel(slack: LocalSlack, args: Arguments) -> Channel:
    channel = slack.workspace.channels.get(args.required("channel"))
    if channel is None or not slack.workspace.bot_sees(channel):
        raise SlackError("channel_not_found")
    return channel


def _may_open(slack: LocalSlack, user: str) -> None:
    workspace = slack.workspace
    person = workspace.people.get(user)
    if person is None:
        raise SlackError("user_not_found")
    if person.deleted:
        raise SlackError("user_disabled")
    if person.is_bot or user == SLACKBOT:
        raise SlackError("cannot_dm_bot")
    if workspace.is_stranger(user):
        raise SlackError("invalid_user_combination")


def _of_types(slack: LocalSlack, args: Arguments) -> list[Channel]:
    types = args.items("types") or ["public_channel"]
    if unknown := set(types) - set(TYPES):
        raise SlackError("invalid_types", f"{', '.join(sorted(unknown))} is no type")
    kinds = set[str]().union(*(TYPES[name] for name in types))
    for kind in kinds:
        if not has_scope(slack, f"{PREFIX[kind]}:read"):
            raise missing_scope(slack, f"{PREFIX[kind]}:read")
    return [channel for channel in slack.workspace.channels.values() if channel.kind in kinds]


def _listed(slack: LocalSlack, args: Arguments, channels: list[Channel]) -> dict[str, Any]:
    ordered = sorted(channels, key=lambda channel: channel.id)
    shown, metadata = page(args, ordered, word="team", key=lambda one: one.id, default=100)
    forms = [_form(slack, channel, num_members=True) for channel in shown]
    return {"ok": True, "channels": forms, "response_metadata": metadata}


def _form(slack: LocalSlack, channel: Channel, *, num_members: bool = False) -> dict[str, Any]:
    workspace = slack.workspace
    connected = sorted(
        {
            workspace.people[member].team
            for member in channel.members
            if member in workspace.people and workspace.is_outsider(member)
        }
    )
    return channel.conversation_object(
        team=workspace.team.id,
        connected=connected,
        user=workspace.app.bot_user,
        num_members=num_members,
    )


def _ts(args: Arguments, name: str) -> float | None:
    given = args.text(name)
    if not given:
        return None
    try:
        return float(given)
    except ValueError as error:
        raise SlackError(f"invalid_ts_{name}") from error


def _cursor_ts(args: Arguments) -> str:
    given = read_cursor(args, "next_ts")
    return f"{given[:-6]}.{given[-6:]}" if given else ""


def _within(ts: str, oldest: float | None, latest: float | None, *, inclusive: bool) -> bool:
    at = float(ts)
    if oldest is not None and (at < oldest or (at == oldest and not inclusive)):
        return False
    return latest is None or at < latest or (at == latest and inclusive)
