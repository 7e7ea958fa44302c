"""Shapes of Slack's payloads: commands, clicks, submissions, shortcuts and events.

Each payload is parsed once, in `slack/door`. Fields that Slack can omit or send as null are
optional here; any other missing field makes the whole payload unreadable. Nested fields are read by
their path, which costs less than a model for each level. Blocks and rich text stay unparsed.
"""

from datetime import date
from functools import cached_property
from typing import Annotated, Any, Self

from pydantic import AliasChoices, AliasPath, BeforeValidator, Field, StringConstraints, TypeAdapter
from typing_extensions import TypedDict

from bot.slack.models.values import Id, Shape, Values

TRIGGER_LENGTH = 255
MEMORY_MOST = 3000
"""Most characters of a view's `private_metadata` (SLACK.md, surfaces and views)."""

Trigger = Annotated[str, StringConstraints(pattern=rf"^[ -~]{{1,{TRIGGER_LENGTH}}}$")]
"""Slack's id of one action or event; a retry has the same id."""
FilledIn = dict[str, dict[str, object]]
"""Values of elements by block id and action id."""


def _at(*path: str | int, **more: Any) -> Any:
    return Field(validation_alias=AliasPath(*path), **more)  # pyright: ignore[reportArgumentType] - the first is a name


def _maybe_at(*path: str | int) -> Any:
    return _at(*path, default=None)


class _NamedBlock(TypedDict, total=False):
    block_id: str | None


# A hundred views can wait for one commit, so only the block ids of each are kept, in one tuple.
_BlockIds = Annotated[
    tuple[str, ...],
    BeforeValidator(lambda blocks: tuple([one.get("block_id") or "" for one in blocks])),
    BeforeValidator(TypeAdapter(list[_NamedBlock]).validate_python),
]


class OpenView(Shape):
    """An open modal, or the App Home."""

    id: str
    type: str | None = None
    hash: str | None = None
    callback_id: str | None = None
    private_metadata: str | None = None
    previous_view_id: str | None = None
    root_view_id: str | None = None
    filled_in: FilledIn | None = _maybe_at("state", "values")
    block_ids: _BlockIds = Field((), validation_alias="blocks")

    @property
    def callback(self) -> str:
        """The id under which the view's handler is registered."""
        return self.callback_id or ""

    @property
    def is_third(self) -> bool:
        """Return whether no view can be pushed above: Slack stacks at most three."""
        return self.previous_view_id not in {None, self.root_view_id}

    @cached_property
    def values(self) -> Values:
        """The values entered in the view."""
        return Values(self.filled_in or {}, self.block_ids)


class Memory(Shape):
    """Data stored in the `private_metadata` of any view."""

    window: str | None = None
    """The place that the window shows; views above the window have it too."""
    below: str | None = None
    """The id of the window below a view."""
    opened: tuple[tuple[str, str], ...] = ()
    """The clicks, as action id and value, that opened the third view and those in its place."""

    @classmethod
    def of(cls, view: OpenView) -> Self:
        """Return the memory of a view.

        Raises:
            ValueError: The memory has another shape.
        """
        return cls.model_validate_json(view.private_metadata or "{}")

    def kept(self) -> str:
        """Return the memory as text for `private_metadata`."""
        return self.model_dump_json(exclude_defaults=True)


class OfLetter(Memory):
    """Memory of a view of one letter."""

    letter: int


class Edited(OfLetter):
    """Memory of a form that edits a part of a letter."""

    read: str | None = None
    """The revision of the data that the form was made from."""


class Begun(Memory):
    """Memory of a view that can be opened from the App Home."""

    from_home: bool = False


class Payload(Shape):
    """A payload from Slack."""

    trigger: str = _at("trigger_id", default="")
    """An id that all deliveries of the payload share; "" if it has none."""

    workspace: Id | None = None
    """The workspace that the payload was sent for."""


class SlashCommand(Payload):
    """`/letter word rest`."""

    trigger: Trigger = _at("trigger_id")
    workspace: Id | None = _at("team_id")
    user_id: Id
    text: str | None = None
    channel_id: str | None = None


class Interaction(Payload):
    """An action of a person on something that the bot shows."""

    user_id: Id = _at("user", "id")
    home_team: Id | None = _maybe_at("user", "team_id")
    """The person's own workspace."""
    workspace: Id | None = _maybe_at("team", "id")


class BlockActions(Interaction):
    """A click on a button or menu in a message, a modal or the App Home."""

    trigger: Trigger = _at("trigger_id")
    view: OpenView | None = None
    action_id: str | None = _maybe_at("actions", 0, "action_id")
    pressed: str | None = _maybe_at("actions", 0, "value")
    chosen: str | None = _maybe_at("actions", 0, "selected_option", "value")
    named: Id | None = _maybe_at("actions", 0, "selected_user")
    picked: date | None = _maybe_at("actions", 0, "selected_date")
    picked_time: int | None = _maybe_at("actions", 0, "selected_date_time")
    channel_id: Id | None = _maybe_at("container", "channel_id")
    message_ts: str | None = _maybe_at("container", "message_ts")
    message_blocks: object = _maybe_at("message", "blocks")
    filled_in: FilledIn | None = _maybe_at("state", "values")
    """Values entered in the message's own fields."""
    response_url: str | None = None
    # In a view, `team` is the person's own workspace.
    workspace: Id | None = Field(
        None,
        validation_alias=AliasChoices(
            AliasPath("view", "app_installed_team_id"), AliasPath("team", "id")
        ),
    )


class ViewSubmission(Interaction):
    """The submission of a modal."""

    trigger: Trigger = _at("trigger_id")
    view: OpenView
    workspace: Id | None = _maybe_at("view", "app_installed_team_id")


class ViewClosed(Interaction):
    """The closing of a modal."""

    view: OpenView
    is_cleared: bool | None = None
    workspace: Id | None = _maybe_at("view", "app_installed_team_id")


class ShortcutUse(Interaction):
    """The use of a shortcut, on a message or globally."""

    trigger: Trigger = _at("trigger_id")
    callback_id: str
    message_text: str | None = _maybe_at("message", "text")
    message_blocks: object = _maybe_at("message", "blocks")


class EventCallback(Payload):
    """The envelope of an event; each kind of event has its own shape."""

    trigger: Trigger = _at("event_id")
    workspace: Id | None = _at("team_id")
    kind: str = _at("event", "type")
    event: object


class HomeOpened(Shape):
    """An opening of the App Home."""

    user: Id
    tab: str | None = None


class ChannelLeft(Shape):
    """The end of a person's membership in a channel."""

    user: Id
    channel: Id


class TokensRevoked(Shape):
    """A revocation of tokens of the bot or of users."""

    of_bots: list[str] | None = _maybe_at("tokens", "bot")


class Uninstalled(Shape):
    """A removal of the app from the workspace."""


class _SmallPrint(Shape):
    text: object = None


class Block(Shape):
    """A block of the message of a click."""

    block_id: str | None = None
    elements: object = None

    @property
    def small_print(self) -> str:
        """The text of a context block."""
        parts = _SMALL_PRINT.validate_python(self.elements or [])
        return " ".join([part.text for part in parts if isinstance(part.text, str)])


_SMALL_PRINT = TypeAdapter(list[_SmallPrint])
_BLOCKS = TypeAdapter(list[Block])


def read_blocks(blocks: object) -> list[Block]:
    """Return the blocks of a message.

    Raises:
        ValueError: the blocks don't have Slack's shape.
    """
    return _BLOCKS.validate_python(blocks or [])
