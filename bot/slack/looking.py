"""A window that opens immediately and is filled later.

Slack waits 3 s for the answer to a click; reading everybody in a large workspace takes longer.
"""

from collections.abc import Awaitable, Callable

import structlog
from aiohttp import ClientError
from slack_sdk.errors import SlackClientError

from bot.letters.refusals import Refused
from bot.logs import name_of
from bot.slack.block_kit import View
from bot.slack.bot import Bot
from bot.slack.payloads import Caller
from bot.slack.refusal_words import notice_view, sentence, trouble

log = structlog.get_logger()


def name_of_window(what: str, trigger: str) -> str:
    """Return the external id of a window, one for each click."""
    return f"{what}:{trigger}"[:255]


def fill(bot: Bot, caller: Caller, name: str, look: Callable[[], Awaitable[View]]) -> None:
    """Run `look` in the background, then update the named window with its result."""
    bot.under_way.start(_filled(bot, caller, name, look))


async def _filled(bot: Bot, caller: Caller, name: str, look: Callable[[], Awaitable[View]]) -> None:
    try:
        view = await look()
    except Refused as refused:
        view = notice_view(caller.t, sentence(caller.t, refused.refusal))
    except Exception:
        # Nobody else would tell the person, who is waiting.
        log.exception("window.not_filled")
        view = notice_view(caller.t, trouble(caller.t))
    try:
        await bot.client.views_update(external_id=name, view=view)
    except (SlackClientError, ClientError, OSError, RuntimeError) as error:
        # They closed it, or this process is ending and its connections are closed.
        log.info("window.gone", error=name_of(error))
