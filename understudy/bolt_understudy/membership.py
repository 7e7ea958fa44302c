"""Membership of channels, with events to the bot."""

import asyncio
from dataclasses import replace

from bolt_understudy.local_slack import LocalSlack
from bolt_understudy.to_bot.deliveries import Ack
from bolt_understudy.to_bot.events import emit
from bolt_understudy.workspace.channels import Channel

First = asyncio.Future[Ack] | None
"""The outcome of an event's first attempt; None if the app does not subscribe to the event."""


def add_member(slack: LocalSlack, channel: Channel, user: str, inviter: str = "") -> First:
    """Add a person to a channel; the bot gets an event if it is a member itself."""
    return _move(slack, channel, channel.members | {user}, "member_joined_channel", user, inviter)


def remove_member(slack: LocalSlack, channel: Channel, user: str) -> First:
    """Remove a person from a channel."""
    return _move(slack, channel, channel.members - {user}, "member_left_channel", user, "")


def archive(slack: LocalSlack, channel: Channel, *, archived: bool, user: str) -> First:
    """Archive or unarchive a channel."""
    slack.workspace.channels[channel.id] = replace(channel, is_archived=archived)
    slack.stream.tell("state", {})
    if not slack.workspace.bot_sees(channel):
        return None
    event = {
        "type": f"{channel.channel_type}_{'archive' if archived else 'unarchive'}",
        "channel": channel.id,
        "user": user,
        "is_moved": 0,
    }
    return emit(slack, event, channel=channel)


def _move(
    slack: LocalSlack,
    channel: Channel,
    members: frozenset[str],
    event_type: str,
    user: str,
    inviter: str,
) -> First:
    workspace = slack.workspace
    heard = workspace.app.bot_user in channel.members | members
    changed = replace(channel, members=members)
    workspace.channels[channel.id] = changed
    slack.stream.tell("state", {})
    if not heard:
        return None
    event = {
        "type": event_type,
        "user": user,
        "channel": channel.id,
        "channel_type": "G" if channel.kind == "private" else "C",
        "team": workspace.people[user].team if user in workspace.people else workspace.team.id,
    }
    if inviter:
        event["inviter"] = inviter
    return emit(slack, event, channel=changed)
