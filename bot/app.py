"""The list of the bot's features, and the Bolt app, which passes every request to `Door`."""

import logging

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.features.amendments import feature as amendments
from bot.features.cards import feature as cards
from bot.features.collected import feature as collected
from bot.features.corrections import feature as corrections
from bot.features.delivery import feature as delivery
from bot.features.desk import feature as desk
from bot.features.drafts import feature as drafts
from bot.features.invitations import feature as invitations
from bot.features.letter_rules import feature as letter_rules
from bot.features.lifecycle import feature as lifecycle
from bot.features.organisations import feature as organisations
from bot.features.privacy import feature as privacy
from bot.features.reading import feature as reading
from bot.features.reminders import feature as reminders
from bot.features.signing import feature as signing
from bot.slack.bot import Bot, KnownWorkspace
from bot.slack.door import Door, failed
from bot.slack.features import Features

FEATURES = (
    amendments,
    cards,
    collected,
    corrections,
    delivery,
    desk,
    drafts,
    invitations,
    letter_rules,
    lifecycle,
    organisations,
    privacy,
    reading,
    reminders,
    signing,
)


def registered() -> Features:
    """Return a new registry that every feature has registered with."""
    features = Features()
    for feature in FEATURES:
        feature.register(features)
    return features


def build_app(bot: Bot, features: Features) -> AsyncApp:
    """Make the app for one workspace.

    It checks no request signatures: over HTTP the receiver has checked them, and Socket Mode has
    none. A listener's return value is the acknowledgement, so Slack gets it after the commit.
    """
    door = Door(bot, features)
    logger = logging.getLogger("slack_bolt")
    # Bolt's log lines may name people and quote request bodies, so only errors are logged.
    logger.setLevel(logging.ERROR)
    app = AsyncApp(
        name="undersigned",
        logger=logger,
        # No token here, so that Bolt uses `authorize`.
        client=AsyncWebClient(base_url=bot.client.base_url, session=bot.client.session),
        authorize=KnownWorkspace(
            AuthorizeResult(
                enterprise_id=None,
                team_id=bot.workspace,
                bot_user_id=bot.user,
                bot_token=bot.client.token,
            )
        ),
        # Without this, Bolt polls for the acknowledgement, 11 ms a click (FLOORS: a signed click).
        process_before_response=True,
        request_verification_enabled=False,
        ssl_check_enabled=False,
        url_verification_enabled=False,
        attaching_function_token_enabled=False,
    )
    app.use(door)  # pyright: ignore[reportUnknownMemberType] - Bolt leaves its arguments untyped
    app.error(failed)
    return app
