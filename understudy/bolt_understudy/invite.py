"""Slack's own `/invite`."""

import re

from bolt_understudy.errors import SlackError
from bolt_understudy.local_slack import LocalSlack
from bolt_understudy.membership import add_member
from bolt_understudy.typed import escaped
from bolt_understudy.workspace.channels import Channel

NAME = "/invite"
MENTION = re.compile(r"<@(\w+)")


async def invite(slack: LocalSlack, channel: Channel, *, user: str, typed: str) -> None:
    """Add the people and apps that a typed `/invite @Name` mentions to a channel.

    Raises:
        SlackError: `no_user` if nobody is mentioned, `user_not_found` if one is not here.
    """
    mentioned = MENTION.findall(escaped(slack.workspace, typed))
    if not mentioned:
        raise SlackError(
            "no_user", f"Type `{NAME}`, and after it `@` and the name of a person or app."
        )
    for one in mentioned:
        if one not in slack.workspace.people:
            raise SlackError("user_not_found", f"Nobody here is {one}.")
    for one in mentioned:
        heard = add_member(slack, slack.workspace.channels[channel.id], one, user)
        if heard is not None:
            await heard
