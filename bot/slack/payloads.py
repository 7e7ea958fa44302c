"""Slack's payloads as small frozen values, and the bot's answers."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Generic, Self
from urllib.parse import urlsplit

import orjson
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.letters.letter import Letter
from bot.letters.people import Actor
from bot.letters.phases import Action
from bot.locales import Words
from bot.slack.api_errors import said
from bot.slack.block_kit import View, actions, button
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


def following(
    held: OpenView | None, view: View, t: Words, opener: tuple[str, str] | None = None
) -> View:
    """Return a view to show above the held one or in its place, with its metadata completed.

    The place and id of the window at the bottom are for redrawing it: Slack reports when the view
    is closed. A view in place of a third one has a Back button, which repeats the click that opened
    the third. `opener` is the click that opens this view; without it, the held view is updated.
    """
    if held is None:
        return view
    known = Memory.of(held)
    memory: dict[str, Any] = orjson.loads(view.get("private_metadata") or "{}")
    shown: View = {}
    if known.window and not memory.get("window"):
        memory |= {"window": known.window, "below": known.below or held.id}
        shown["notify_on_close"] = True
    opened = known.opened
    if opener and held.previous_view_id and (opened or not is_page(held, view)):
        opened = (*(opened[:-1] if is_page(held, view) else opened), opener)
    if opened:
        memory["opened"] = opened
    kept = orjson.dumps(memory).decode() if memory else ""
    if len(kept) > MEMORY_MOST:
        return view
    if len(opened) > 1:
        shown["blocks"] = [actions(button(t("Back"), "back"), block="back"), *view["blocks"]]
    return view | shown | ({"private_metadata": kept} if kept else {})


def is_page(held: OpenView, view: View) -> bool:
    """Return whether a view is another page of the held one, which it replaces."""
    return held.callback != "" and held.callback == view.get("callback_id")


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

    async def open(self, view: View) -> None:
        """Open a modal; the trigger expires after 3 s and works once."""
        await self.bot.client.views_open(trigger_id=self.trigger, view=view)

    def placed(self, view: View) -> View:
        """Return a view as `open` shows it."""
        return view

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

    action: str
    value: str
    """Value of the button or the chosen option, or the id of the person chosen."""
    day: date | None
    """The day picked in a date picker; None for other elements."""
    moment: datetime | None
    """The time picked in a datetime picker; None for other elements."""
    channel: str
    """The channel of the message; empty outside messages."""
    message_ts: str
    message_blocks: object
    values: Values
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
            action=done.action_id or "",
            value=done.pressed or done.chosen or done.named or "",
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

    @property
    def about(self) -> str:
        """The part of the element's action id after the colon."""
        return self.action.partition(":")[2]

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

    def placed(self, view: View) -> View:
        """Return a view as `show` shows it."""
        return following(self.view, view, self.t, (self.action, self.value))

    async def show(self, view: View) -> None:
        """Open a modal above the click's own, or in place of a third one or of another page."""
        if self.view is None:
            await self.open(view)
        elif self.view.is_third or is_page(self.view, view):
            await self.bot.client.views_update(view_id=self.view.id, view=self.placed(view))
        else:
            await self.bot.client.views_push(trigger_id=self.trigger, view=self.placed(view))

    @property
    def modal(self) -> OpenView:
        """The modal of the click, for elements that exist only in modals."""
        assert self.view is not None  # noqa: S101 - see above
        return self.view

    async def update(self, view: View, *, even_if_changed: bool = False) -> None:
        """Update the click's modal; typed text stays in fields with the same block id.

        Raises:
            SlackApiError: the modal has changed since the click (`hash_conflict`), among others.
        """
        held = self.modal
        seen = {} if even_if_changed else {"hash": held.hash}
        shown = following(held, view, self.t)
        try:
            await self.bot.client.views_update(view_id=held.id, view=shown, **seen)
        except SlackApiError as error:
            if said(error).name != "not_found":
                raise
            # They closed it meanwhile, and there is nothing to tell.
            log.info("window.gone")

    async def whisper(self, text: str, blocks: Sequence[dict[str, Any]] = ()) -> None:
        """Show a message that only the person sees, in the conversation of the click."""
        if self.response_url:
            await whisper(self.bot.client, self.response_url, text, blocks)

    async def replace(self, text: str, blocks: Sequence[dict[str, Any]] = ()) -> None:
        """Replace the message of the click."""
        await _respond(self.bot.client, self.response_url, {"replace_original": True}, text, blocks)

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

    def placed(self, view: View) -> View:
        """Return a view as the answer to the submission shows it."""
        return following(self.view, view, self.t)


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


def update(view: View) -> Answer:
    """Return an answer that replaces a submission's view."""
    return {"response_action": "update", "view": view}


def field_errors(errors: Mapping[str, str]) -> Answer:
    """Return an answer to a submission with error messages, by block id."""
    return {"response_action": "errors", "errors": dict(errors)}
