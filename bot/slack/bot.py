"""Shared dependencies of all listeners: the bot, its background tasks, and its call counts."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Coroutine
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network
from time import monotonic
from typing import Any

import aiohttp
import structlog
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_sdk.web.async_client import AsyncWebClient

from bot.documents.commands import DocumentCommands
from bot.letters.rules import PublicPage
from bot.slack.directory import Directory
from bot.use_cases import Database
from bot.use_cases.mail import Keyring

log = structlog.get_logger()

NO_ANSWER = "none"
"""Status of a call that Slack did not answer."""


class UnderWay:
    """Background tasks that must finish before the process ends."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Start a task, and keep a reference until it is done."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def drain(self, seconds: float) -> bool:
        """Wait until all tasks, also new ones, are done; return whether they were in time."""
        try:
            async with asyncio.timeout(seconds):
                while self._tasks:
                    await asyncio.wait(self._tasks)
        except TimeoutError:
            return False
        return True

    async def cancel(self) -> None:
        """Cancel the remaining tasks."""
        late = set(self._tasks)
        for task in late:
            task.cancel()
        if late:
            log.warning("under_way.cancelled", how_many=len(late))
            await asyncio.wait(late)


class Calls:
    """Counts and durations of all calls of one process to Slack, and of its mails."""

    def __init__(self) -> None:
        self.ended: Counter[tuple[str, str]] = Counter()
        """Number of calls, by method and HTTP status."""
        self.seconds: defaultdict[str, float] = defaultdict(float)
        """Total seconds of calls, by method."""
        self.mails: Counter[str] = Counter()
        """Number of mails given to the mail server, by the status of its answer."""
        self.mail_seconds: float = 0.0

    async def counted(
        self, request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
    ) -> aiohttp.ClientResponse:
        """Count one call, as a middleware of a session."""
        began, status = monotonic(), NO_ANSWER
        try:
            answer = await handler(request)
            status = str(answer.status)
            return answer
        finally:
            _, called, method = request.url.path.rpartition("/api/")
            # Each click has its own `response_url`.
            name = method if called else "response_url"
            self.ended[name, status] += 1
            self.seconds[name] += monotonic() - began


class KnownWorkspace(AsyncAuthorize):
    """Bolt's authorisation, answered from a single `auth.test` call made at the start."""

    def __init__(self, answer: AuthorizeResult) -> None:
        super().__init__()
        self._answer = answer

    async def __call__(self, **_: Any) -> AuthorizeResult:
        """Return the same answer for every request, as there is only one workspace."""
        return self._answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Bot:
    """Dependencies of every listener. There is one `Bot` per process."""

    workspace: str
    user: str
    database: Database
    client: AsyncWebClient
    directory: Directory
    documents: DocumentCommands
    public_url: str = ""
    """The address under which public pages are served, without a slash at its end; "" for none."""
    contact: str = ""
    keys: Keyring | None = None
    """The keys of people's addresses; None if no mail can be sent."""
    trusted_proxies: tuple[IPv4Network | IPv6Network, ...] = ()
    """The proxies whose word about a caller's address is believed."""
    under_way: UnderWay = field(default_factory=UnderWay)
    """Tasks that continue after a command was answered."""

    @property
    def asks_by_mail(self) -> bool:
        """Return whether people without an account can be asked, by a mail that links to a page."""
        return bool(self.keys and self.public_url)

    @property
    def pages(self) -> tuple[PublicPage, ...]:
        """Return the choices of a letter's public page here; none without an address for it."""
        if not self.public_url:
            return ()
        return tuple(PublicPage) if self.keys else (PublicPage.OFF, PublicPage.LIST)
