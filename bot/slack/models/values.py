"""Values entered in a view or a message, read field by field.

Each field is checked only when it is read: most submissions need only a few fields.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.letters.refusals import Reason, Refused

NUMBER_DIGITS = 12
ID_LENGTH = 32
LAST_SECOND = 253_402_300_799
"""The last second of the year 9999, the latest date possible."""

Id = Annotated[str, StringConstraints(pattern=rf"^[ -~]{{1,{ID_LENGTH}}}$")]
"""An id from Slack: a short printable ASCII text."""


class Shape(BaseModel):
    """Data from Slack, with the fields that the bot reads. Its errors don't quote the data."""

    model_config = ConfigDict(
        frozen=True,
        extra="ignore",
        hide_input_in_errors=True,
        # A command needs few validators, while a server builds all of them before it is ready.
        defer_build=True,
    )

    @classmethod
    def build(cls) -> None:
        """Build the validators of all subclasses."""
        for shape in cls.__subclasses__():
            shape.model_rebuild()
            shape.build()


S = TypeVar("S", bound=Shape)


def read(shape: type[S], answer: AsyncSlackResponse) -> S:
    """Parse the answer to a call to Slack.

    Raises:
        ValueError: the answer doesn't have that shape.
    """
    return shape.model_validate(answer.data)


class _Option(Shape):
    value: str | None = None


class _Element(Shape):
    value: str | None = None
    selected_option: _Option | None = None
    selected_options: list[_Option] | None = None
    selected_date_time: Annotated[int, Field(ge=0, le=LAST_SECOND)] | None = None
    selected_date: date | None = None
    selected_user: Id | None = None
    selected_users: list[Id] | None = None
    selected_channel: Id | None = None
    selected_channels: list[Id] | None = None
    selected_conversation: Id | None = None
    selected_conversations: list[Id] | None = None
    rich_text_value: object = None


_EMPTY = _Element()


@dataclass(frozen=True, slots=True)
class Values:
    """Values entered in a view, by field.

    A field is a block id up to its first dot: a block that must show a new initial value gets a new
    number after the dot. Reading a malformed value raises `ValueError`.
    """

    state: Mapping[str, Mapping[str, object]]
    blocks: tuple[str, ...]
    _by_field: dict[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # The first block counts if a field has several.
        by_field = {block.partition(".")[0]: block for block in reversed(self.blocks)}
        object.__setattr__(self, "_by_field", by_field)

    def block(self, field: str) -> str | None:
        """Return the block id of a field, or None if the view has no such field."""
        return self._by_field.get(field)

    def _element(self, field: str) -> _Element:
        elements = self.state.get(self._by_field.get(field, ""))
        return next(map(_Element.model_validate, elements.values()), _EMPTY) if elements else _EMPTY

    def text(self, field: str) -> str:
        """Return typed text; empty if nothing was typed."""
        return self._element(field).value or ""

    def number(self, field: str) -> int | None:
        """Return a whole number from 0, or None if nothing was typed.

        Raises:
            Refused: the text is not a whole number.
        """
        typed = self.text(field).strip()
        if not typed:
            return None
        if not typed.isdecimal() or len(typed) > NUMBER_DIGITS:
            raise Refused.because(Reason.NOT_A_NUMBER, field)
        return int(typed)

    def choice(self, field: str) -> str:
        """Return the value of the chosen option of radio buttons or a menu; empty for none."""
        chosen = self._element(field).selected_option
        return (chosen and chosen.value) or ""

    def choices(self, field: str) -> list[str]:
        """Return the values of ticked checkboxes or of a multi-select menu."""
        options = self._element(field).selected_options or []
        return [one.value for one in options if one.value is not None]

    def moment(self, field: str) -> datetime | None:
        """Return the time of a datetimepicker."""
        seconds = self._element(field).selected_date_time
        return None if seconds is None else datetime.fromtimestamp(seconds, UTC)

    def day(self, field: str) -> str:
        """Return the day of a datepicker, as 2026-04-03; empty if none was picked."""
        picked = self._element(field).selected_date
        return picked.isoformat() if picked else ""

    def ids(self, field: str) -> list[str]:
        """Return the user, channel or conversation ids chosen in a menu."""
        one = self._element(field)
        many = one.selected_users or one.selected_channels or one.selected_conversations
        single = one.selected_user or one.selected_channel or one.selected_conversation
        return many or ([single] if single else [])

    def rich_text(self, field: str) -> object:
        """Return the unchecked `rich_text` block of a rich text input."""
        return self._element(field).rich_text_value
