"""Checks with Slack that a card can be posted in a channel, before anything is saved."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.api_errors import said
from bot.slack.models.answers import OneChannel
from bot.slack.models.values import read

Enter = Callable[[str], Awaitable[object]]
"""A callback with each private channel that the bot is in, which refuses those not open to a person."""
PATIENCE_S = 2.0
"""Time limit of a channel check in seconds; Slack waits 3 s for the answer to a click."""


class Standing(StrEnum):
    """The bot's access to a channel."""

    OURS = "ours"
    SHARED = "shared"
    """People of other organisations see the channel too."""
    NOT_IN_IT = "not_in_it"
    """The channel is private, and the bot was not invited."""
    ARCHIVED = "archived"
    NO_CHANNEL = "no_channel"
    """A direct message."""


@dataclass(frozen=True, slots=True)
class Place:
    """A channel as Slack describes it; `name` is empty if the bot may not see the channel."""

    channel: str
    name: str
    standing: Standing
    public: bool = False
    """True if every full member of the workspace may open it."""


async def look(client: AsyncWebClient, channels: Sequence[str], enter: Enter) -> list[Place]:
    """Look up all the channels in Slack at the same time.

    Raises:
        Refused: the person may not see a private channel.
        TimeoutError: Slack took too long.
        SlackApiError: Slack refused, for instance because of too many calls.
    """
    async with asyncio.timeout(PATIENCE_S):
        return await asyncio.gather(*(_look(client, channel, enter) for channel in channels))


async def _look(client: AsyncWebClient, channel: str, enter: Enter) -> Place:
    try:
        answer = await client.conversations_info(channel=channel)
    except SlackApiError as error:
        if said(error).name != "channel_not_found":
            raise
        return Place(channel, "", Standing.NOT_IN_IT)
    found = read(OneChannel, answer).channel
    if found.is_im or found.is_mpim:
        return Place(channel, "", Standing.NO_CHANNEL)
    if found.is_private and found.is_member:
        await enter(channel)
    standing = Standing.OURS
    if found.is_archived:
        standing = Standing.ARCHIVED
    elif found.is_private and not found.is_member:
        standing = Standing.NOT_IN_IT
    # `is_shared` is also true of sharing inside one organisation.
    elif found.is_ext_shared:
        standing = Standing.SHARED
    return Place(channel, found.name or "", standing, public=found.is_private is False)
