"""The Bolt app: every story of the bot registered behind one door."""

import logging

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack import (
    drafting,
    home,
    keeping,
    organising,
    posting,
    reading,
    reminding,
    ruling,
    signing,
    status,
)
from bot.slack.bot import Bot
from bot.slack.commands import register as register_commands
from bot.slack.door import Door


def build_app(bot: Bot) -> AsyncApp:
    """Makes the app for one workspace.

    It checks no signatures: over HTTP the receiver has done so on the raw bytes, and Socket Mode
    has none. A listener's answer is the acknowledgement, which therefore comes after the commit.
    """
    door = Door(bot)
    for story in (
        drafting,
        home,
        keeping,
        organising,
        posting,
        reading,
        reminding,
        ruling,
        signing,
        status,
    ):
        story.register(door)
    register_commands(door)

    async def authorize() -> AuthorizeResult:
        # Bolt would ask auth.test; the answer was given when the process started.
        return AuthorizeResult(
            enterprise_id=None,
            team_id=bot.workspace,
            bot_user_id=bot.user,
            bot_token=bot.client.token,
        )

    logger = logging.getLogger("slack_bolt")
    # Bolt's own lines may name people and quote bodies; only what fails is worth a line.
    logger.setLevel(logging.ERROR)
    app = AsyncApp(
        name="undersigned",
        logger=logger,
        # Without a token of its own, so that the answer above is used and none is looked up.
        client=AsyncWebClient(base_url=bot.client.base_url, session=bot.client.session),
        authorize=authorize,
        # Otherwise Bolt polls for the acknowledgement, 11 ms a click (FLOORS: a signed click).
        process_before_response=True,
        request_verification_enabled=False,
        ssl_check_enabled=False,
        url_verification_enabled=False,
    )
    door.attach(app)
    return app
