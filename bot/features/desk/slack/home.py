"""The app's Home tab: opened and redrawn."""

from typing import Any

from aiohttp import ClientError
from slack_sdk.errors import SlackClientError

from bot.features.desk.slack import home_view
from bot.features.desk.use_cases import home
from bot.letters.notices import NoticeKind
from bot.letters.people import Actor, Person
from bot.locales import Words
from bot.slack.bot import Bot
from bot.slack.directory import Profile
from bot.slack.features import Features
from bot.slack.models.shapes import HomeOpened
from bot.slack.payloads import Event
from bot.use_cases import Database


def register(features: Features) -> None:
    """Register the App Home."""
    features.on_event("app_home_opened", HomeOpened, _opened)
    features.on_home(NoticeKind.HOME, _draw)
    features.on_home(NoticeKind.DESK, _draw)


async def _opened(event: Event[HomeOpened]) -> None:
    """The page is owed, not drawn here: the event is answered at once, and drawn by the worker."""
    if event.said.tab not in {None, "home"}:
        return
    bot, user = event.bot, event.said.user
    profile = await _profile(bot, user)
    await home.opened(
        bot.database,
        workspace=bot.workspace,
        met=None if profile is None else profile.acquaintance,
        person=Person(bot.workspace, user) if profile is None else profile.person,
        trigger=event.trigger,
    )


async def _draw(database: Database, actor: Actor, t: Words) -> dict[str, Any]:
    return home_view.home(t, await home.page(database, actor=actor))


async def _profile(bot: Bot, user: str) -> Profile | None:
    """Return a user's profile; where Slack can't say, the courier asks again before it draws."""
    try:
        return await bot.directory.profile(user)
    except (SlackClientError, ClientError, TimeoutError, OSError):
        return None
