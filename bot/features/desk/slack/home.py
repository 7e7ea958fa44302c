"""The app's Home tab: opened and redrawn."""

from aiohttp import ClientError
from slack_sdk.errors import SlackClientError

from bot.features.desk.use_cases import home
from bot.letters.people import Person
from bot.slack.bot import Bot
from bot.slack.door import Door
from bot.slack.payloads import Event, opaque


def register(door: Door) -> None:
    """Register the App Home."""
    door.on_event("app_home_opened")(_opened)


async def _opened(event: Event) -> None:
    """The page is owed, not drawn here: the event is answered at once, and drawn by the worker."""
    if event.event.get("tab", "home") != "home":
        return
    bot, user = event.bot, opaque(event.event["user"])
    await home.opened(
        bot.database,
        workspace=bot.workspace,
        person=await _person(bot, user),
        delivery=event.delivery,
    )


async def _person(bot: Bot, user: str) -> Person:
    """Return a user's profile; where Slack can't say, the courier asks again before it draws."""
    try:
        profile = await bot.directory.profile(user)
    except (SlackClientError, ClientError, TimeoutError, OSError):
        profile = None
    return Person(bot.workspace, user) if profile is None else profile.person
