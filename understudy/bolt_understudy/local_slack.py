import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any

from bolt_understudy.clock import Clock
from bolt_understudy.journal import Journal
from bolt_understudy.mailbox import Mailbox
from bolt_understudy.manifest import Manifest
from bolt_understudy.response_urls import ResponseUrls
from bolt_understudy.stream import Stream
from bolt_understudy.to_bot.transport import Transport
from bolt_understudy.web_api.faults import Faults
from bolt_understudy.web_api.rate_limits import RateLimits
from bolt_understudy.workspace.store import Workspace
from bolt_understudy.workspace.triggers import Triggers

VERIFICATION_TOKEN = "simulator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """Credentials of the Web API, and the secret that signs requests to the bot."""

    bot_token: str
    app_token: str
    signing_secret: str


@dataclass(slots=True, kw_only=True)
class LocalSlack:
    """The whole local Slack: one workspace with one app, and its connections and clients."""

    manifest: Manifest
    credentials: Credentials
    clock: Clock
    stream: Stream
    journal: Journal
    transport: Transport
    limits: RateLimits
    faults: Faults
    workspace: Workspace
    triggers: Triggers
    response_urls: ResponseUrls
    mailbox: Mailbox = field(default_factory=Mailbox)
    """The mails that the bot sent, if the local Slack has a mail server."""
    address: str = ""
    guide: dict[str, Any] | None = None
    """Things to try that the page suggests: `{title, steps: [{words, person, place}]}`."""
    installed: bool = True
    """Whether the bot's token is valid, which it is not after the app was removed."""
    background: set[asyncio.Task[Any]] = field(default_factory=set[asyncio.Task[Any]])

    def in_background(self, work: Coroutine[Any, Any, Any]) -> None:
        """Run a task in the background; it ends with the local Slack or with a reset."""
        task = asyncio.create_task(work)
        self.background.add(task)
        task.add_done_callback(self.background.discard)

    def stop_background(self) -> None:
        """Cancel all background tasks, such as retries of events."""
        for task in tuple(self.background):
            task.cancel()
