"""Checks of Slack: its tokens and permissions, its clock, and a message to one person."""

from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.doctor.findings import Finding, fine, look, skipped, wrong
from bot.logs import name_of
from bot.manifest import OPTIONAL_SCOPES, SCOPES
from bot.settings import Settings
from bot.slack.api_errors import REFUSED_TOKEN
from bot.slack.models.answers import History, Introduction, Opened, SentMessage
from bot.slack.models.values import read

TIMEOUT_S = 3
SKEW_WRONG_S, SKEW_LOOK_S = 290, 30
"""Clock differences for an error and a warning; at five minutes Slack's requests are refused."""
_NO_ANSWER = (aiohttp.ClientError, TimeoutError, OSError)


@dataclass(slots=True)
class Known:
    """Facts that one check finds and another one needs."""

    workspace: str = ""
    """The workspace's id; empty until Slack has answered."""


async def slack_checks(settings: Settings, known: Known, now: datetime) -> AsyncIterator[Finding]:
    """Check the tokens, their permissions and this machine's clock with Slack; fill `known`."""
    if settings.slack_bot_token is None:
        return
    client = _client(settings, settings.slack_bot_token.get_secret_value())
    try:
        who = await client.auth_test()
    except SlackApiError as error:
        yield _refused(settings, name_of(error))
        return
    except _NO_ANSWER as error:
        yield wrong(
            "slack",
            f"Slack can't be reached at {settings.slack_api_url} ({name_of(error)}).",
            "Check the network, a proxy, and SLACK_API_URL.",
        )
        return
    known.workspace = read(Introduction, who).team_id
    yield fine("bot_token", f"Slack knows the token, in workspace {known.workspace}.")
    headers = {name.casefold(): value for name, value in who.headers.items()}
    for finding in (*_scopes(headers), *_clock(headers, now)):
        yield finding
    if settings.slack_app_token is not None:
        yield await _app_token(settings, settings.slack_app_token.get_secret_value())


def _refused(settings: Settings, name: str) -> Finding:
    """Return the finding for Slack's error, which blames the token only if Slack refused it."""
    if name in REFUSED_TOKEN:
        return wrong(
            "bot_token",
            f"Slack doesn't accept SLACK_BOT_TOKEN ({name}).",
            "Install the app again, and copy the token from “OAuth & Permissions”.",
        )
    return wrong(
        "slack",
        f"{settings.slack_api_url} answers with an error ({name}).",
        "Check SLACK_API_URL and any proxy. If both are right, wait: slack-status.com has its "
        "status.",
    )


def _client(settings: Settings, token: str = "") -> AsyncWebClient:
    return AsyncWebClient(
        token=token, base_url=settings.slack_api_url, timeout=TIMEOUT_S, retry_handlers=[]
    )


def _scopes(headers: Mapping[str, str]) -> Iterator[Finding]:
    granted = {one.strip() for one in headers.get("x-oauth-scopes", "").split(",")} - {""}
    if not granted:
        yield skipped("permissions", "Slack didn't say which permissions the token has.")
        return
    missing = set(SCOPES) - set(OPTIONAL_SCOPES) - granted
    left_out = set(OPTIONAL_SCOPES) - granted
    more = granted - set(SCOPES)
    if missing:
        said = f"The app lacks permissions: {', '.join(sorted(missing))}."
        do = "Paste the manifest in again (`undersigned manifest`), and reinstall the app."
        yield wrong("permissions", said, do)
    else:
        yield fine("permissions", "The app has every permission that it needs.")
    if left_out:
        said = f"Optional permissions that aren't granted: {', '.join(sorted(left_out))}."
        yield look("optional_permissions", said, "The README says what doesn't work without them.")
    if more:
        said = f"The app has permissions that it doesn't need: {', '.join(sorted(more))}."
        yield look("more_permissions", said, "Paste the manifest in again to remove them.")


def _clock(headers: Mapping[str, str], now: datetime) -> Iterator[Finding]:
    try:
        theirs = parsedate_to_datetime(headers["date"])
    except (KeyError, ValueError):
        yield skipped("clock", "Slack didn't say what time it is.")
        return
    off_by = round((now - theirs).total_seconds())
    way = "ahead of" if off_by > 0 else "behind"
    if abs(off_by) >= SKEW_LOOK_S:
        said = f"This machine's clock is {abs(off_by)} seconds {way} Slack's."
        do = "Have this machine set its clock automatically (NTP)."
        yield wrong("clock", said, do) if abs(off_by) > SKEW_WRONG_S else look("clock", said, do)
    else:
        yield fine("clock", "This machine's clock is right.")


async def _app_token(settings: Settings, token: str) -> Finding:
    try:
        await _client(settings).apps_connections_open(app_token=token)
    except SlackApiError as error:
        name = name_of(error)
        if name.startswith("http_"):
            return wrong("app_token", f"Slack answers with an error ({name}).", "Try again.")
        said = f"Slack doesn't accept SLACK_APP_TOKEN ({name})."
        do = "Make a new one under “Basic Information”, “App-Level Tokens”, and switch Socket Mode on."
        if name == "missing_scope":
            said = "SLACK_APP_TOKEN lacks connections:write."
            do = "Make a new one with connections:write under “Basic Information”, “App-Level Tokens”."
        return wrong("app_token", said, do)
    except _NO_ANSWER as error:
        return wrong("app_token", f"Slack didn't answer ({name_of(error)}).", "Try again.")
    return fine("app_token", "Slack accepts the app token, and Socket Mode is on.")


_MESSAGES: Mapping[str, str] = {
    "user_not_found": "Check the member ID: it begins with U or W, and is in the person's profile under ⋮.",
    "messages_tab_disabled": "Paste the manifest in again: it switches the app's Messages tab on.",
    "missing_scope": "Paste the manifest in again, and reinstall the app.",
    "cannot_dm_bot": "Give a person's member ID, not an app's or a channel's.",
}


async def message_checks(settings: Settings, user: str) -> AsyncIterator[Finding]:
    """Send a message to a person, if any, find it and delete it, as reminders and receipts do."""
    if settings.slack_bot_token is None or not user:
        return
    client = _client(settings, settings.slack_bot_token.get_secret_value())
    step = "open the direct messages"
    try:
        channel = read(Opened, await client.conversations_open(users=user)).channel
        step = "send a message"
        text = "A test message from Undersigned. It's deleted right away."
        sent = read(SentMessage, await client.chat_postMessage(channel=channel, text=text)).ts
        step = "look the message up"
        found = await client.conversations_history(
            channel=channel, latest=sent, inclusive=True, limit=5
        )
        is_there = any(one.ts == sent for one in read(History, found).messages or ())
        step = "delete the message"
        await client.chat_delete(channel=channel, ts=sent)
    except SlackApiError as error:
        name = name_of(error)
        do = _MESSAGES.get(name, "docs.slack.dev explains the error.")
        yield wrong("message", f"Slack refused to {step} ({name}).", do)
    except _NO_ANSWER as error:
        yield wrong("message", f"Slack didn't answer ({name_of(error)}).", "Try again.")
    else:
        if is_there:
            yield fine("message", f"A message to {user} was sent, found and deleted.")
        else:
            yield wrong(
                "message",
                "A message was sent, but couldn't be found.",
                "Undersigned can't check whether a message was sent before: tell the developers.",
            )
