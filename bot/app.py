"""The Bolt app: every story of the bot registered behind one door."""

import logging
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_sdk.web.async_client import AsyncWebClient

from bot.features.amendments.slack import answers, past_texts
from bot.features.amendments.slack import handlers as amending
from bot.features.cards.slack import handlers as posting
from bot.features.collected.slack import handlers as adding
from bot.features.corrections.slack import handlers as correcting
from bot.features.delivery.slack import export as exporting
from bot.features.delivery.slack import handlers as delivering
from bot.features.desk.slack import home, status
from bot.features.desk.slack.help import register as register_commands
from bot.features.drafts.slack import first_signers
from bot.features.drafts.slack import handlers as drafting
from bot.features.invitations.slack import answers as answering
from bot.features.invitations.slack import handlers as asking
from bot.features.invitations.slack import table_handlers
from bot.features.letter_rules.slack import handlers as ruling
from bot.features.lifecycle.slack import handlers as organising
from bot.features.organisations.slack import handlers as organisations
from bot.features.reading.slack import handlers as reading
from bot.features.reminders.slack import handlers as reminding
from bot.features.reminders.slack import stop_handler
from bot.features.signing.slack import delegates
from bot.features.signing.slack import handlers as signing
from bot.slack.bot import Bot
from bot.slack.door import Door, failed


class _Known(AsyncAuthorize):
    """Bolt's authorisation, answered from the one auth.test that was made at the start."""

    def __init__(self, answer: AuthorizeResult) -> None:
        super().__init__()
        self._answer = answer

    async def __call__(self, **_: Any) -> AuthorizeResult:
        """The answer, without looking at the request: there is one workspace."""
        return self._answer


def build_app(bot: Bot) -> AsyncApp:
    """Make the app for one workspace.

    It checks no signatures: over HTTP the receiver has done so on the raw bytes, and Socket Mode
    has none. A listener's answer is the acknowledgement, which therefore comes after the commit.
    """
    door = Door(bot)
    for story in (
        adding,
        amending,
        answering,
        asking,
        table_handlers,
        correcting,
        delegates,
        delivering,
        drafting,
        exporting,
        first_signers,
        home,
        answers,
        organisations,
        organising,
        past_texts,
        posting,
        reading,
        reminding,
        ruling,
        stop_handler,
        signing,
        status,
    ):
        story.register(door)
    register_commands(door)

    logger = logging.getLogger("slack_bolt")
    # Bolt's own lines may name people and quote bodies; only what fails is worth a line.
    logger.setLevel(logging.ERROR)
    app = AsyncApp(
        name="undersigned",
        logger=logger,
        # Without a token of its own, so that the answer above is used and none is looked up.
        client=AsyncWebClient(base_url=bot.client.base_url, session=bot.client.session),
        authorize=_Known(
            AuthorizeResult(
                enterprise_id=None,
                team_id=bot.workspace,
                bot_user_id=bot.user,
                bot_token=bot.client.token,
            )
        ),
        # Otherwise Bolt polls for the acknowledgement, 11 ms a click (FLOORS: a signed click).
        process_before_response=True,
        request_verification_enabled=False,
        ssl_check_enabled=False,
        url_verification_enabled=False,
        attaching_function_token_enabled=False,
    )
    app.use(door)
    app.error(failed)
    return app
