"""Assembly of a process from all packages, which only this module imports."""

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import chain, repeat
from time import time
from typing import Any

import aiohttp
import structlog
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.app import build_app, registered
from bot.courier.slack_courier import SlackCourier
from bot.documents.commands import DocumentCommands
from bot.features.lifecycle import use_cases as lifecycle
from bot.features.privacy.use_cases.erasure import erase_from_copy
from bot.features.privacy.use_cases.expiry import erase_departed
from bot.logs import Trouble, name_of
from bot.mail_url import mail_server
from bot.outbox import consequences
from bot.outbox.courier import Courier
from bot.outbox.dispatch import send_due, turn_trouble
from bot.schema import opening, prepared
from bot.settings import Need, Settings, SettingsError, networks, split_keys
from bot.slack.api_errors import REFUSED_TOKEN, said
from bot.slack.bot import Bot, Calls
from bot.slack.directory import Directory
from bot.slack.features import Features
from bot.slack.models.answers import Introduction
from bot.slack.models.values import read
from bot.slack.receiver import Receiver
from bot.slack.socket import Socket
from bot.storage.database import Clock, Database
from bot.storage.privacy.erasure_list import ListError
from bot.use_cases import mail, upkeep
from bot.use_cases.mail import Keyring, LostKeyError
from bot.worker import Job, Worker, set_within

log = structlog.get_logger()

SLACK_TIMEOUT_S = 10
SEND_EVERY = timedelta(seconds=0.25)
LAST_S = 1.0
"""Seconds that a stopping process waits for tasks of already answered commands."""
PAUSES_S = (1.0, 2.0, 5.0, 10.0, 30.0)
"""Seconds between tries while Slack is unreachable; the last value repeats."""


class StoppedError(Exception):
    """Raised if the process is asked to stop before it has started."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """The parts of a running process."""

    settings: Settings
    database: Database
    bot: Bot
    features: Features
    app: AsyncApp
    clock: Clock | None
    calls: Calls
    mails: Courier | None
    """The courier of mails; None if none can be sent."""

    def worker(self) -> Worker:
        """Return the worker that sends due notices and runs the jobs."""
        courier = SlackCourier(self.bot, self.features)
        database = self.database
        stopping, trouble = asyncio.Event(), turn_trouble()

        async def send() -> None:
            await send_due(database, courier, stopping, trouble)

        jobs = [Job("send", SEND_EVERY, send, woken=True)]
        if (mails := self.mails) is not None:
            mail_trouble = turn_trouble()

            async def send_mails() -> None:
                await send_due(database, mails, stopping, mail_trouble, mail=True)

            jobs.append(Job("send mails", SEND_EVERY, send_mails, woken=True))
        return Worker(
            database,
            [
                *jobs,
                Job("mend cards", consequences.EVERY, lambda: consequences.mend(database)),
                Job("forget", timedelta(minutes=10), lambda: upkeep.forget(database)),
                *(
                    Job(job.name, job.every, partial(job.run, self.bot))
                    for job in self.features.jobs.values()
                ),
            ],
            stopping,
        )

    def receiver(self) -> Receiver:
        """Return the receiver of Slack's HTTP requests."""
        secret = self.settings.secret(Need.SIGNING_SECRET)
        clock = self.clock
        now = time if clock is None else lambda: clock().timestamp()
        return Receiver(self.app, secret, now)

    def pages(self) -> list[Any]:
        """Return the routes of public pages; none without an address for them."""
        made = self.features.pages if self.settings.public_url else []
        return [route for make in made for route in make(self.bot)]

    def socket(self) -> Socket:
        """Return the Socket Mode client."""
        web = AsyncWebClient(base_url=self.settings.slack_api_url)
        return Socket(self.app, self.settings.secret(Need.APP_TOKEN), web)

    async def check_app_token(self) -> None:
        """Check the app-level token with Slack, because the socket would retry a bad one for ever.

        Raises:
            SettingsError: Slack refuses the token.
        """
        token = self.settings.secret(Need.APP_TOKEN)
        try:
            await self.bot.client.apps_connections_open(app_token=token)
        except SlackApiError as error:
            name = said(error).name
            if name not in REFUSED_TOKEN:
                return
            raise SettingsError(
                f"Slack doesn't accept SLACK_APP_TOKEN ({name}): make one with connections:write "
                "under “Basic Information”, “App-Level Tokens”."
            ) from error
        except (aiohttp.ClientError, TimeoutError, OSError):
            # Slack is unreachable, which proves nothing about the token.
            return


@asynccontextmanager
async def connected(
    settings: Settings,
    *,
    clock: Clock | None = None,
    creates: bool = True,
    stopping: asyncio.Event | None = None,
) -> AsyncGenerator[Process]:
    """Yield a process with an open database and its workspace known.

    `creates`: whether to create a missing SQLite file. `stopping`: given by a long-running process,
    which waits while Slack is unreachable until this event is set. Without it, Slack must answer
    now.

    Raises:
        SettingsError: there is no database, its schema is not this code's, or Slack refuses the
            token or does not answer.
        StoppedError: `stopping` was set while Slack was unreachable.
    """
    await prepared(settings, creates=creates)
    async with _clock(settings, clock) as ticking:
        calls = Calls()
        session = aiohttp.ClientSession(
            timeout=aiohttp.ClientTimeout(total=SLACK_TIMEOUT_S), middlewares=[calls.counted]
        )
        opened = Database(settings.database_url, clock=ticking, erasures=settings.erasures)
        async with session, opened as database:
            with opening(settings):
                await _erase_from_copy(database)
            # Before Slack is called, which refuses the token of a workspace that removed the app.
            await erase_departed(database)
            bot = await _know_workspace(settings, session, database, stopping)
            features = registered()
            if stopping is not None:
                bot.under_way.start(bot.directory.fill())
            try:
                yield Process(
                    settings=settings,
                    database=database,
                    bot=bot,
                    features=features,
                    app=build_app(bot, features),
                    clock=ticking,
                    calls=calls,
                    mails=_mails(settings, bot, features, calls),
                )
            finally:
                if not await bot.under_way.drain(LAST_S):
                    await bot.under_way.cancel()


async def _erase_from_copy(database: Database) -> None:
    """Repeat on a restored copy all erasures made since the copy, before it is served."""
    try:
        done = await erase_from_copy(database)
    except (OSError, ListError) as error:
        raise SettingsError(
            f"This database is a backup, and the list of erasures can't be read ({error}). Without "
            "it, people who were erased would come back. Set ERASURES to the list, or use "
            "`undersigned restore`."
        ) from error
    if done is not None:
        log.info("database.erased_again", how_many=done)
    await database.scrub_again()


async def _know_workspace(
    settings: Settings,
    session: aiohttp.ClientSession,
    database: Database,
    stopping: asyncio.Event | None,
) -> Bot:
    token = settings.secret(Need.BOT_TOKEN)
    # Without a level of its own, the SDK would write out each call and its answer to debug it.
    logger = logging.getLogger("slack_sdk.web")
    logger.setLevel(logging.WARNING)
    client, patient = (
        AsyncWebClient(
            token=token,
            base_url=settings.slack_api_url,
            session=session,
            retry_handlers=retry_handlers,
            logger=logger,
        )
        # The outbox retries every write itself: the SDK's retries would post twice (SLACK.md §14).
        for retry_handlers in ([], [AsyncRateLimitErrorRetryHandler(max_retry_count=5)])
    )
    who = await _introduced(settings, client, stopping)
    workspace = who.team_id
    with opening(settings):
        await lifecycle.know_workspace(database, workspace=workspace, name=who.team or "")
    return Bot(
        workspace=workspace,
        user=who.user_id,
        database=database,
        client=client,
        directory=Directory(client, workspace, patient),
        documents=DocumentCommands(settings.database_url),
        public_url=settings.public_url,
        contact=settings.contact.strip(),
        keys=await _keys(settings, database, workspace),
        trusted_proxies=networks(settings.trusted_proxies),
    )


def _mails(settings: Settings, bot: Bot, features: Features, calls: Calls) -> Courier | None:
    if settings.smtp_url is None or settings.mail_from is None or bot.keys is None:
        return None
    # Installations without mail need not load the library.
    from bot.courier.mail_courier import MailCourier  # noqa: PLC0415
    from bot.courier.smtp import Postbox  # noqa: PLC0415

    return MailCourier(
        bot.database,
        features,
        calls,
        keys=bot.keys,
        postbox=Postbox(mail_server(settings.smtp_url.get_secret_value()), settings.mail_from),
        public_url=bot.public_url,
        contact=bot.contact,
    )


async def _keys(settings: Settings, database: Database, workspace: str) -> Keyring | None:
    """Return the keys of addresses, if mails can be sent; encrypt what was kept with the first."""
    if settings.smtp_url is None or settings.secret_keys is None:
        return None
    keys = Keyring(split_keys(settings.secret_keys))
    try:
        await mail.prepare(database, keys=keys, workspace=workspace)
    except LostKeyError as error:
        raise SettingsError(
            "SECRET_KEYS has none of the keys that the addresses in this database were encrypted "
            "with: put the previous key back, after the new one."
        ) from error
    return keys


async def _introduced(
    settings: Settings, client: AsyncWebClient, stopping: asyncio.Event | None
) -> Introduction:
    """Return Slack's `auth.test` answer; while Slack is unreachable, retry if allowed."""
    trouble = Trouble("slack.unreachable", "slack.reached")
    for pause in chain(PAUSES_S, repeat(PAUSES_S[-1])):
        try:
            who = read(Introduction, await client.auth_test())
        except SlackApiError as error:
            name, asked = said(error).label, said(error).retry_after
            if name in REFUSED_TOKEN:
                raise SettingsError(
                    f"Slack doesn't accept SLACK_BOT_TOKEN ({name}): install the app again and "
                    "copy the token from “OAuth & Permissions”."
                ) from error
            cause = error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            cause, asked, name = error, None, name_of(error)
        else:
            trouble.ended()
            return who
        if stopping is None:
            raise SettingsError(
                f"Slack can't be reached at {settings.slack_api_url} ({name}): check the network "
                "and SLACK_API_URL, and try again."
            ) from cause
        wait = max(pause, asked.total_seconds() if asked else 0)
        trouble.came(name, again_in_s=wait)
        if await set_within(stopping, wait):
            raise StoppedError
    raise AssertionError("unreachable")


@asynccontextmanager
async def _clock(settings: Settings, clock: Clock | None) -> AsyncGenerator[Clock | None]:
    """Yield the given clock, or for a demo one that follows the local Slack's clock."""
    address = settings.undersigned_clock
    if clock is not None or address is None:
        yield clock
        return
    offset = timedelta(0)

    async def look(session: aiohttp.ClientSession) -> None:
        nonlocal offset
        try:
            async with session.get(address) as answer:
                offset = timedelta(seconds=(await answer.json())["offset"])
        except aiohttp.ClientError:
            pass  # The local Slack is being restarted; the last offset stays valid.

    async def follow(session: aiohttp.ClientSession) -> None:
        while True:
            await asyncio.sleep(0.25)
            await look(session)

    async with aiohttp.ClientSession() as session:
        # First, so that nothing happens at the wrong time.
        await look(session)
        task = asyncio.create_task(follow(session))
        try:
            yield lambda: datetime.now(UTC) + offset
        finally:
            task.cancel()
