"""Opening and redrawing of the app's Home tab."""

from typing import Any

from bot.features.desk.slack import home_view
from bot.features.desk.use_cases import home
from bot.letters.notices import NoticeKind
from bot.letters.people import Actor, Person
from bot.locales import Words
from bot.slack.api_errors import UNREACHABLE
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
    """Queue a redraw for the worker, so that the event is answered immediately."""
    if event.said.tab not in {None, "home"}:
        return
    bot, user = event.bot, event.said.user
    try:
        profile = await bot.directory.profile(user)
    except UNREACHABLE:
        # The courier checks the person's membership again before it draws.
        profile = None
    await home.opened(
        bot.database,
        workspace=bot.workspace,
        met=None if profile is None else profile.acquaintance,
        person=Person(bot.workspace, user) if profile is None else profile.person,
        trigger=event.trigger,
    )


async def _draw(database: Database, actor: Actor, t: Words) -> dict[str, Any]:
    return home_view.home(t, await home.page(database, actor=actor))
