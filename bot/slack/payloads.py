"""Slack's payloads as small frozen values, and the answers to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Generic, Self

import orjson

from bot.letters.people import Actor
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
from bot.slack.response_urls import INSTEAD, ONLY_THEM, respond
from bot.use_cases import direct_messages, gate

UNREADABLE = (LookupError, TypeError, ValueError, AttributeError, RecursionError)
"""Errors raised by a payload without Slack's shape, for which a retry is useless."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """The person who acts, and how to address them."""

    actor: Actor
    t: Words
    tz: str
    name: str
    """Their name as Slack has it: a suggestion for a form, may be empty."""


def above(below: OpenView | None, view: dict[str, Any]) -> dict[str, Any]:
    """Return a view, opened on a window or in its stack, with the window's place in its memory.

    Slack then reports when the view is closed, and the window is drawn again.
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
    """An answer that only the asker sees. Screen readers read only `text`, which must say all."""

    text: str
    blocks: Sequence[dict[str, Any]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """`/letter word rest`."""

    bot: Bot
    caller: Caller
    trigger: str
    name: str
    """The command itself, `/letter`."""
    word: str
    rest: str
    channel: str

    @classmethod
    def read(cls, bot: Bot, caller: Caller, typed: SlashCommand) -> Self:
        """Read a `/letter`."""
        word, rest = [*(typed.text or "").split(maxsplit=1), "", ""][:2]
        return cls(
            bot=bot,
            caller=caller,
            trigger=typed.trigger,
            name=typed.command,
            word=word.casefold(),
            rest=rest.strip(),
            channel=typed.channel_id or "",
        )

    async def open(self, view: dict[str, Any]) -> None:
        """Open a modal; the trigger lives 3 s and works once."""
        await self.bot.client.views_open(trigger_id=self.trigger, view=view)


@dataclass(frozen=True, slots=True, kw_only=True)
class Click:
    """A click on a button or menu in a message, a modal or the Home tab."""

    bot: Bot
    caller: Caller
    trigger: str
    value: str
    """The element's value: the button's, the chosen option's, or the id of the person chosen."""
    about: str
    """The part of the element's action id after the colon."""
    day: date | None
    """The day that was picked, where the element is a date picker."""
    moment: datetime | None
    """The time that was picked, where the element is a picker of times."""
    channel: str
    """Empty outside messages."""
    message_ts: str
    message_blocks: object
    values: Values
    """Values of the message's own fields."""
    view: OpenView | None
    """The modal it was used in."""
    at_home: bool
    response_url: str

    @classmethod
    def read(cls, bot: Bot, caller: Caller, done: BlockActions) -> Self:
        """Read a click."""
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

        A click on a card proves that the person is in its channel, and where the card is.
        """
        number, _, card = self.value.partition(":")
        if card and self.channel:
            await gate.card_clicked(
                self.bot.database,
                actor=self.caller.actor,
                letter=int(number),
                posting=card,
                channel=self.channel,
                message_ts=self.message_ts,
            )
        return int(number)

    async def show(self, view: dict[str, Any]) -> None:
        """Open a modal, on top of the one that the click came from if it came from one."""
        client = self.bot.client
        if self.view is None:
            await client.views_open(trigger_id=self.trigger, view=view)
        else:
            shown = above(self.view, view)
            await client.views_push(trigger_id=self.trigger, view=shown)

    @property
    def modal(self) -> OpenView:
        """The modal that the click came from, for elements that are only in modals."""
        assert self.view is not None  # noqa: S101 - see above
        return self.view

    async def update(self, view: dict[str, Any]) -> None:
        """Change the modal that the click came from; text stays in fields of the same name."""
        held = self.modal
        shown = above(held, view)
        await self.bot.client.views_update(view_id=held.id, hash=held.hash, view=shown)

    async def whisper(self, text: str, blocks: Sequence[dict[str, Any]] = ()) -> None:
        """Show a message that only the person sees, where the click came from."""
        if self.response_url:
            await respond(self.bot.client, self.response_url, ONLY_THEM, text, blocks)

    async def replace(self, text: str, blocks: Sequence[dict[str, Any]] = ()) -> None:
        """Replace the message that the click came from."""
        await respond(self.bot.client, self.response_url, INSTEAD, text, blocks)

    def block(self, name: str) -> Block | None:
        """Return a block of the message that it came from, by its id."""
        blocks = read_blocks(self.message_blocks)
        return next((block for block in blocks if block.block_id == name), None)

    async def says_what_happened(self, letter: int) -> None:
        """Note that the click's message was changed for the last time, so that it needs no edit."""
        await direct_messages.changed_in_place(
            self.bot.database,
            letter=letter,
            actor=self.caller.actor,
            channel=self.channel,
            ts=self.message_ts,
        )

    async def rewrite(self, text: str, blocks: Sequence[dict[str, Any]]) -> None:
        """Replace a message of the bot's own, which keeps the key by which it is looked up.

        Slack counts it among a workspace's changes of messages in a minute.
        """
        await self.bot.client.chat_update(
            channel=self.channel, ts=self.message_ts, text=text, blocks=list(blocks)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """The submission of a modal."""

    bot: Bot
    caller: Caller
    trigger: str
    view: OpenView


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortcut:
    """The use of a shortcut, on a message or globally."""

    bot: Bot
    caller: Caller
    trigger: str
    text: str
    """Of the message; empty for a global shortcut."""
    blocks: object
    """Of the message, as they came."""
    channel: str

    @classmethod
    def read(cls, bot: Bot, caller: Caller, used: ShortcutUse) -> Self:
        """Read the use of a shortcut."""
        return cls(
            bot=bot,
            caller=caller,
            trigger=used.trigger,
            text=used.message_text or "",
            blocks=used.message_blocks,
            channel=used.channel_id or "",
        )

    async def open(self, view: dict[str, Any]) -> None:
        """Open a modal; the trigger lives 3 s and works once."""
        await self.bot.client.views_open(trigger_id=self.trigger, view=view)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Generic[S]):
    """Something happened in the workspace."""

    bot: Bot
    trigger: str
    said: S


Answer = dict[str, Any]
"""Acknowledgement of a submission."""


def update(view: dict[str, Any]) -> Answer:
    """Answer a submission: change its view."""
    return {"response_action": "update", "view": view}


def push(view: dict[str, Any]) -> Answer:
    """Answer a submission: open a view on top."""
    return {"response_action": "push", "view": view}


def field_errors(errors: Mapping[str, str]) -> Answer:
    """Answer a submission: say what is wrong, by block id."""
    return {"response_action": "errors", "errors": dict(errors)}
