"""Look-up of the members of a letter's channels, whom reminders may reach."""

from collections.abc import Sequence

import structlog
from slack_sdk.errors import SlackApiError

from bot.slack.api_errors import said
from bot.slack.bot import Bot
from bot.slack.payloads import UNREADABLE
from bot.use_cases import membership

log = structlog.get_logger()

PASSING = frozenset({"internal_error", "fatal_error", "service_unavailable"})
"""Temporary errors of Slack; the channel is looked up again with the next pass."""
MET_AT_ONCE = 500
"""People saved in one transaction."""


async def gather(bot: Bot) -> int:
    """Look up the members of channels with cards, if that is due; return how many succeeded.

    The worker calls this every half minute; mostly no channel is due.

    Raises:
        SlackApiError: Slack did not list the people of the workspace; no channel was recorded, so
            the next call tries again.
    """
    waiting = await membership.channels_to_gather(bot.database)
    channels = [channel for workspace, channel in waiting if workspace == bot.workspace]
    return await gather_for(bot, channels) if channels else 0


async def gather_for(bot: Bot, channels: Sequence[str]) -> int:
    """Look up the members of these channels now; return for how many channels that succeeded.

    Raises:
        SlackApiError: Slack did not list the people of the workspace.
    """
    people = await bot.directory.everyone()
    for start in range(0, len(people), MET_AT_ONCE):
        some = [one.acquaintance for one in people[start : start + MET_AT_ONCE]]
        await membership.meet(bot.database, workspace=bot.workspace, people=some)
    return sum([await _gather_channel(bot, channel) for channel in channels])


async def _gather_channel(bot: Bot, channel: str) -> bool:
    since = await membership.moment(bot.database)
    try:
        users = await bot.directory.members(channel)
        public = await bot.directory.is_public(channel)
    except UNREADABLE:
        # An invalid answer about one channel must not delay the others.
        log.exception("membership.unreadable", channel=channel)
        return False
    except SlackApiError as error:
        told = said(error)
        log.warning("membership.not_gathered", channel=channel, error=told.label)
        # An error without a name does not come from Slack itself.
        if told.name and not told.crowded and told.name not in PASSING:
            await membership.not_gathered(
                bot.database, workspace=bot.workspace, channel=channel, error=told.name
            )
        return False
    await membership.gathered(
        bot.database,
        workspace=bot.workspace,
        channel=channel,
        users=users,
        since=since,
        public=public,
    )
    return True
