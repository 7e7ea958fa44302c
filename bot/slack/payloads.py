"""Slack's payloads as small frozen values, and the bot's answers."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Generic, Self
from urllib.parse import urlsplit

import orjson
import structlog
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.letters.letter import Letter
from bot.letters.people import Actor
from bot.letters.phases import Action
from bot.locales import Words
from bot.slack.bot import Bot
from bot.slack.models.shapes import (
    MEMORY_MOST,
    Block,
    BlockActions,
    Memory,
    OpenView,
    ShortcutUse,
    SlashCommand,
    read_blocks,
)
from bot.slack.models.values import S, Values
from bot.use_cases import Database, direct_messages, gate, letter_lookup

log = structlog.get_logger()

SLACKS = (".slack.com", ".slack-gov.com")
"""Ends of the hosts of Slack's `response_url`."""
UNREADABLE = (LookupError, TypeError, ValueError, AttributeError, RecursionError)
"""Errors raised by a payload that does not have Slack's shape; retrying is useless."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """The person who acts, with their language, time zone and name."""

    actor: Actor
    t: Words
    tz: str
    name: str
    """Their name in Slack, as a suggestion for a form; may be empty."""


def above(below: OpenView | None, view: dict[str, Any]) -> dict[str, Any]:
    """Return a view to open above a window, with the window's place and id in the view's metadata.

    Slack then reports when the view is closed, and the window is redrawn.
    """
    if below is None or not (window := Memory.of(below)).window:
        return view
    memory: dict[str, Any] = orjson.loads(view.get("private_metadata") or "{}")
    if memory.get("window"):
        return view
    memory |= {"window": window.window, "below": window.below or below.id}
    kept = orjson.dumps(memory).decode()
    if len(kept) > MEMORY_MOST:
        return view
    return view | {"private_metadata": kept, "notify_on_close": True}


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer that only the asker sees; `text` must be complete, for screen readers."""

    text: str
    blocks: Sequence[dict[str, Any]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An action of a person."""

    bot: Bot
    caller: Caller
    trigger: str

    @property
    def database(self) -> Database:
        """The database of the bot."""
        return self.bot.database

    @property
    def actor(self) -> Actor:
        """The person who acts, for the use cases."""
        return self.caller.actor

    @property
    def t(self) -> Words:
        """The words of the person's language."""
        return self.caller.t

    async def open(self, view: dict[str, Any]) -> None:
        """Open a modal; the trigger expires after 3 s and works once."""
        await self.bot.client.views_open(trigger_id=self.trigger, view=view)

    async def allowed(self, letter: int, action: Action) -> Letter:
        """Return a letter on which the person may do something now.

        Raises:
            Refused: they may not, or there is no such letter.
        """
        return await letter_lookup.check(
            self.database, letter=letter, actor=self.actor, action=action
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Command(Asked):
    """`/letter word rest`."""

    word: str
    rest: str
    channel: str

    @classmethod
    def read(cls, bot: Bot, caller: Caller, typed: SlashCommand) -> Self:
        """Return a `/letter` command."""
        word, rest = [*(typed.text or "").split(maxsplit=1), "", ""][:2]
        return cls(
            bot=bot,
            caller=caller,
            trigger=typed.trigger,
            word=word.casefold(),
            rest=rest.strip(),
            channel=typed.channel_id or "",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Click(Asked):
    """A click on a button or menu in a message, a modal or the Home tab."""

    value: str
    """Value of the button or the chosen option, or the id of the person chosen."""
    about: str
    """The part of the element's action id after the colon."""
    day: date | None
    """The day picked in a date picker; None for other elements."""
    moment: datetime | None
    """The time picked in a datetime picker; None for other elements."""
    channel: str
    """The channel of the message; empty outside messages."""
    message_ts: str
    message_blocks: object
    values: Values
    """Values of the message's own fields."""
    view: OpenView | None
    """The modal that contains the element; None outside modals."""
    at_home: bool
    response_url: str

    @classmethod
    def read(cls, bot: Bot, caller: Caller, done: BlockActions) -> Self:
        """Return a click."""
        view, typed = done.view, done.filled_in or {}
        return cls(
            bot=bot,
            caller=caller,
            trigger=done.trigger,
            value=done.pressed or done.chosen or done.named or "",
            about=(done.action_id or "").partition(":")[2],
            day=done.picked,
            moment=None
            if done.picked_time is None
            else datetime.fromtimestamp(done.picked_time, UTC),
            channel=done.channel_id or "",
            message_ts=done.message_ts or "",
            message_blocks=done.message_blocks,
            values=Values(typed, tuple(typed)),
            view=view if view is not None and view.type == "modal" else None,
            at_home=view is not None and view.type == "home",
            response_url=done.response_url or "",
        )

    async def letter_meant(self) -> int:
        """Return the number of the letter in a value of the form `letter:posting`.

        For a click on a card, also record that the person is in its channel and that the card is
        there.
        """
        number, _, card = self.value.partition(":")
        if card and self.channel:
            await gate.card_clicked(
                self.database,
                actor=self.actor,
                letter=int(number),
                posting=card,
                channel=self.channel,
                message_ts=self.message_ts,
            )
        return int(number)

    async def show(self, view: dict[str, Any]) -> None:
        """Open a modal, on top of the click's own modal if there is one."""
        if self.view is None:
            await self.open(view)
        else:
            shown = above(self.view, view)
            await self.bot.client.views_push(trigger_id=self.trigger, view=shown)

    @property
    def modal(self) -> OpenView:
        """The modal of the click, for elements that exist only in modals."""
        assert self.view is not None  # noqa: S101 - see above
        return self.view

    async def update(self, view: dict[str, Any], *, even_if_changed: bool = False) -> None:
        """Update the click's modal; typed text stays in fields with the same block id.

        Raises:
            SlackApiError: the modal has changed since the click (`hash_conflict`), among others.
        """
        held = self.modal
        seen = {} if even_if_changed else {"hash": held.hash}
        await self.bot.client.views_update(view_id=held.id, view=above(held, view), **seen)

    async def whisper(self, text: str, blocks: Sequence[dict[str, Any]] = ()) -> None:
        """Show a message that only the person sees, in the conversation of the click."""
        if self.response_url:
            await whisper(self.bot.client, self.response_url, text, blocks)

    async def replace(self, text: str, blocks: Sequence[dict[str, Any]] = ()) -> None:
        """Replace the message of the click."""
        how = {"replace_original": True}
        await _respond(self.bot.client, self.response_url, how, text, blocks)

    def block(self, name: str) -> Block | None:
        """Return a block of the click's message, by its block id."""
        blocks = read_blocks(self.message_blocks)
        return next((block for block in blocks if block.block_id == name), None)

    async def says_what_happened(self, letter: int) -> None:
        """Record that the click's message has its final content and needs no later edit."""
        await direct_messages.changed_in_place(
            self.database,
            letter=letter,
            actor=self.actor,
            channel=self.channel,
            ts=self.message_ts,
        )

    async def rewrite(self, text: str, blocks: Sequence[dict[str, Any]]) -> None:
        """Replace a message of the bot's own, keeping the key by which it is looked up.

        Slack counts this towards a workspace's limit of message updates a minute.
        """
        await self.bot.client.chat_update(
            channel=self.channel, ts=self.message_ts, text=text, blocks=list(blocks)
        )


ClickHandler = Callable[[Click], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission(Asked):
    """The submission of a modal."""

    view: OpenView


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortcut(Asked):
    """The use of a shortcut, on a message or globally."""

    used: ShortcutUse


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Generic[S]):
    """An event in the workspace."""

    bot: Bot
    trigger: str
    said: S


async def whisper(
    client: AsyncWebClient, url: str, text: str, blocks: Sequence[dict[str, Any]] = ()
) -> None:
    """Show a message that only the person of a click sees, by the click's `response_url`."""
    how = {"response_type": "ephemeral", "replace_original": False}
    await _respond(client, url, how, text, blocks)


async def _respond(
    client: AsyncWebClient,
    url: str,
    how: Mapping[str, Any],
    text: str,
    blocks: Sequence[dict[str, Any]],
) -> None:
    """Post to a `response_url`; it takes five answers in half an hour, outside all rate limits.

    An address that is neither Slack's nor that of the local Slack in SLACK_API_URL gets nothing.
    """
    asked, known = urlsplit(url), urlsplit(client.base_url)
    is_slacks = asked.scheme == "https" and (asked.hostname or "").endswith(SLACKS)
    if not is_slacks and (asked.scheme, asked.netloc) != (known.scheme, known.netloc):
        log.warning("response_url.not_slacks")
        return
    hook = AsyncWebhookClient(
        url,
        session=client.session,
        retry_handlers=[],
        logger=client._logger,  # noqa: SLF001 - one logger for all of Slack's clients
    )
    shown = {"blocks": list(blocks)} if blocks else {}
    await hook.send_dict({"text": text, **how, **shown})


Answer = dict[str, Any]
"""Content of an acknowledgement to Slack."""


def update(view: dict[str, Any]) -> Answer:
    """Return an answer that replaces a submission's view."""
    return {"response_action": "update", "view": view}


def push(view: dict[str, Any]) -> Answer:
    """Return an answer that opens a view on top."""
    return {"response_action": "push", "view": view}


def field_errors(errors: Mapping[str, str]) -> Answer:
    """Return an answer to a submission with error messages, by block id."""
    return {"response_action": "errors", "errors": dict(errors)}
