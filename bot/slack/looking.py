"""A window that opens at once, and is filled when what it shows was looked up.

Slack waits 3 s for the answer to a click; a look at everybody in a large workspace takes longer.
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
    """Return the name by which a window is found again, one for each click."""
    return f"{what}:{trigger}"[:255]


def fill(bot: Bot, caller: Caller, name: str, look: Callable[[], Awaitable[View]]) -> None:
    """Begin to look, and put what is found in the place of what the window of that name shows."""
    bot.under_way.start(_filled(bot, caller, name, look))


async def _filled(bot: Bot, caller: Caller, name: str, look: Callable[[], Awaitable[View]]) -> None:
    try:
        view = await look()
    except Refused as refused:
        view = notice_view(caller.t, sentence(caller.t, refused.refusal))
    except Exception:
        # Nobody else would tell the person, who waits for something to happen.
        log.exception("window.not_filled")
        view = notice_view(caller.t, trouble(caller.t))
    try:
        await bot.client.views_update(external_id=name, view=view)
    except (SlackClientError, ClientError, OSError, RuntimeError) as error:
        # They closed it meanwhile, or this process is ending and its connections are closed.
        log.info("window.gone", error=name_of(error))
