"""Slack's payloads as small frozen values, read once at the door."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Self

import orjson

from bot.letters.people import Actor
from bot.letters.refusals import Reason, Refused
from bot.locales import Words
from bot.slack.bot import Bot
from bot.slack.response_urls import INSTEAD, ONLY_THEM, respond

NUMBER_DIGITS = 12
WINDOW = "window"
"""The place of the window in a view's memory: of the window itself, and of all above it."""
BELOW = "below"
"""The id of that window in the memory of all above it."""
META_MOST = 3000
"""Characters of a view's memory (SLACK.md, surfaces and views)."""
ID_LENGTH, DELIVERY_LENGTH = 32, 255
UNREADABLE = (LookupError, TypeError, ValueError, AttributeError, RecursionError)
"""Errors raised by a payload without Slack's shape: a retry mends nothing."""


def opaque(value: Any, most: int = ID_LENGTH) -> str:
    """An id of Slack's: a short word of ASCII, of which nothing else is known.

    Raises:
        ValueError: it is none.
    """
    if (
        isinstance(value, str)
        and 0 < len(value) <= most
        and value.isascii()
        and value.isprintable()
    ):
        return value
    raise ValueError("not an id")


def delivery_of(body: Mapping[str, Any], field: str = "trigger_id") -> str:
    """The key under which a delivery is known, however often it comes.

    Raises:
        ValueError: it has none.
    """
    return opaque(body[field], DELIVERY_LENGTH)


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """The person who acts, and how to address them."""

    actor: Actor
    t: Words
    tz: str
    name: str
    """Their name as Slack has it: a suggestion for a form, may be empty."""


@dataclass(frozen=True, slots=True)
class Values:
    """Values filled into a view, by field.

    A field is a block id up to its first dot: a block that must show a new initial value gets a new
    number behind the dot.
    """

    state: Mapping[str, Mapping[str, Mapping[str, Any]]]
    blocks: tuple[str, ...]
    _by_field: dict[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # The first block of a field is the one that counts.
        by_field = {block.partition(".")[0]: block for block in reversed(self.blocks)}
        object.__setattr__(self, "_by_field", by_field)

    def block(self, field: str) -> str | None:
        """The block id of a field, or None where the view has no such field."""
        return self._by_field.get(field)

    def _element(self, field: str) -> Mapping[str, Any]:
        elements = self.state.get(self.block(field) or "", {})
        return next(iter(elements.values()), {})

    def text(self, field: str) -> str:
        """Typed text; empty where nothing was typed."""
        return str(self._element(field).get("value") or "")

    def number(self, field: str) -> int | None:
        """A whole number from 0; None where nothing was typed.

        Raises:
            Refused: it is no whole number.
        """
        typed = self.text(field).strip()
        if not typed:
            return None
        if not typed.isdecimal() or len(typed) > NUMBER_DIGITS:
            raise Refused.because(Reason.NOT_A_NUMBER, field)
        return int(typed)

    def choice(self, field: str) -> str:
        """The value of the chosen option of radio buttons or a menu."""
        return str((self._element(field).get("selected_option") or {}).get("value") or "")

    def choices(self, field: str) -> list[str]:
        """The values of ticked boxes or of a menu of many."""
        return [str(one["value"]) for one in self._element(field).get("selected_options") or []]

    def moment(self, field: str) -> datetime | None:
        """The instant of a datetimepicker."""
        seconds = self._element(field).get("selected_date_time")
        return None if seconds is None else datetime.fromtimestamp(int(seconds), UTC)

    def day(self, field: str) -> str:
        """The day of a datepicker, as 2026-04-03; empty where none was picked."""
        return str(self._element(field).get("selected_date") or "")

    def ids(self, field: str) -> list[str]:
        """User, channel or conversation ids chosen in a menu of one or of many."""
        element = self._element(field)
        for kind in ("users", "channels", "conversations"):
            if element.get(f"selected_{kind}"):
                return [str(one) for one in element[f"selected_{kind}"]]
            single = element.get(f"selected_{kind[:-1]}")
            if single:
                return [str(single)]
        return []

    def rich_text(self, field: str) -> dict[str, Any] | None:
        """The `rich_text` block of a rich text input."""
        return self._element(field).get("rich_text_value")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenView:
    """A modal that somebody has in front of them."""

    id: str
    hash: str
    callback: str
    meta: Mapping[str, Any]
    """Memory that the view was given."""
    values: Values
    previous: str | None
    """The view below it, if any."""


def read_view(view: Mapping[str, Any]) -> OpenView:
    """A view of Slack's as a value."""
    return OpenView(
        id=str(view["id"]),
        hash=str(view.get("hash") or ""),
        callback=str(view.get("callback_id") or ""),
        meta=orjson.loads(view.get("private_metadata") or "{}"),
        values=Values(
            (view.get("state") or {}).get("values") or {},
            tuple(str(block.get("block_id") or "") for block in view.get("blocks") or []),
        ),
        previous=view.get("previous_view_id"),
    )


def above(below: OpenView | None, view: dict[str, Any]) -> dict[str, Any]:
    """Return a view that takes its place on a window, or above it, with the window's place.

    Slack then says when it is closed, and the window is drawn again.
    """
    place = below.meta.get(WINDOW) if below else None
    if below is None or place is None:
        return view
    memory = orjson.loads(view.get("private_metadata") or "{}")
    if WINDOW in memory:
        return view
    kept = remember(**memory, **{WINDOW: place, BELOW: below.meta.get(BELOW, below.id)})
    if len(kept) > META_MOST:
        return view
    return view | {"private_metadata": kept, "notify_on_close": True}


def remember(**facts: Any) -> str:
    """Serialise a view's memory for `private_metadata` (3,000 characters at most)."""
    return orjson.dumps(facts).decode()


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer that only the asker sees. `text` must say all: screen readers read it alone."""

    text: str
    blocks: Sequence[dict[str, Any]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """`/letter word rest`."""

    bot: Bot
    caller: Caller
    delivery: str
    trigger: str
    name: str
    """The command itself, `/letter`."""
    word: str
    rest: str
    channel: str

    async def open(self, view: dict[str, Any]) -> None:
        """Open a modal; the trigger lives 3 s and works once."""
        await self.bot.client.views_open(trigger_id=self.trigger, view=view)


@dataclass(frozen=True, slots=True, kw_only=True)
class Click:
    """A click on a button or menu in a message, a modal or the Home tab."""

    bot: Bot
    caller: Caller
    delivery: str
    trigger: str
    value: str
    """The element's value: the button's, or the chosen option's."""
    about: str
    """The part of the element's action id after the colon."""
    day: date | None
    """The day that was picked, where the element is a date picker."""
    channel: str
    """Empty outside messages."""
    message_ts: str
    message: Mapping[str, Any]
    values: Values
    """Values of the message's own fields."""
    view: OpenView | None
    """The modal it was used in."""
    at_home: bool
    response_url: str

    @classmethod
    def read(cls, bot: Bot, caller: Caller, body: Mapping[str, Any]) -> Self:
        """A `block_actions` payload as a value."""
        action = body["actions"][0]
        container = body.get("container") or {}
        view = body.get("view") or {}
        chosen = action.get("selected_option") or {}
        picked = str(action.get("selected_date") or "")
        typed = (body.get("state") or {}).get("values") or {}
        return cls(
            bot=bot,
            caller=caller,
            delivery=delivery_of(body),
            trigger=delivery_of(body),
            value=str(action.get("value") or chosen.get("value") or ""),
            about=str(action.get("action_id") or "").partition(":")[2],
            day=date.fromisoformat(picked) if picked else None,
            channel=str(container.get("channel_id") or ""),
            message_ts=str(container.get("message_ts") or ""),
            message=body.get("message") or {},
            values=Values(typed, tuple(typed)),
            view=read_view(view) if view.get("type") == "modal" else None,
            at_home=view.get("type") == "home",
            response_url=str(body.get("response_url") or ""),
        )

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
        """The modal that the click came from, for elements that stand in modals only."""
        assert self.view is not None  # noqa: S101 - see above
        return self.view

    async def update(self, view: dict[str, Any]) -> None:
        """Change the modal that the click came from; what was typed stays in like-named fields."""
        held = self.modal
        shown = above(held, view)
        await self.bot.client.views_update(view_id=held.id, hash=held.hash, view=shown)

    async def whisper(self, text: str, blocks: Sequence[dict[str, Any]] = ()) -> None:
        """Say something that only the person sees, where the click came from."""
        if not self.response_url:
            return
        await respond(self.bot.client, self.response_url, ONLY_THEM, text, blocks)

    async def replace(self, text: str, blocks: Sequence[dict[str, Any]] = ()) -> None:
        """Put something in the place of the message that the click came from."""
        await respond(self.bot.client, self.response_url, INSTEAD, text, blocks)

    @property
    def blocks(self) -> Sequence[Mapping[str, Any]]:
        """Those of the message that it came from."""
        return self.message.get("blocks") or ()

    async def rewrite(self, text: str, blocks: Sequence[dict[str, Any]]) -> None:
        """The same for a message of the bot's own, which keeps the key by which it is looked up.

        It counts among the changes of messages that Slack lets a workspace make in a minute.
        """
        await self.bot.client.chat_update(
            channel=self.channel, ts=self.message_ts, text=text, blocks=list(blocks)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """The submission of a modal."""

    bot: Bot
    caller: Caller
    delivery: str
    view: OpenView


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortcut:
    """The use of a shortcut, on a message or globally."""

    bot: Bot
    caller: Caller
    delivery: str
    trigger: str
    message: Mapping[str, Any]
    """Empty for a global shortcut."""
    channel: str

    @classmethod
    def read(cls, bot: Bot, caller: Caller, body: Mapping[str, Any]) -> Self:
        """A `shortcut` or `message_action` payload as a value."""
        return cls(
            bot=bot,
            caller=caller,
            delivery=delivery_of(body),
            trigger=delivery_of(body),
            message=body.get("message") or {},
            channel=str((body.get("channel") or {}).get("id") or ""),
        )

    async def open(self, view: dict[str, Any]) -> None:
        """Open a modal; the trigger lives 3 s and works once."""
        await self.bot.client.views_open(trigger_id=self.trigger, view=view)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something happened in the workspace."""

    bot: Bot
    delivery: str
    event: Mapping[str, Any]


Answer = dict[str, Any]
"""Acknowledgement of a submission."""


def update(view: dict[str, Any]) -> Answer:
    """The answer to a submission that changes its view."""
    return {"response_action": "update", "view": view}


def push(view: dict[str, Any]) -> Answer:
    """The answer to a submission that puts a view on top."""
    return {"response_action": "push", "view": view}


def field_errors(errors: Mapping[str, str]) -> Answer:
    """The answer to a submission that says what is wrong, by block id."""
    return {"response_action": "errors", "errors": dict(errors)}
