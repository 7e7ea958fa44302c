"""Values filled into a view or a message, read field by field.

Each field is checked when it is read, and only as what it is read as: a form has many fields, and
most submissions are refused or answered after a few of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from bot.letters.refusals import Reason, Refused

NUMBER_DIGITS = 12
ID_LENGTH = 32
LAST_SECOND = 253_402_300_799
"""The last second of the year 9999: no date is later."""

Id = Annotated[str, StringConstraints(pattern=rf"^[ -~]{{1,{ID_LENGTH}}}$")]
"""An id of Slack's: a short word of ASCII, of which nothing else is known."""


class Shape(BaseModel):
    """Something of Slack's, as far as the bot reads it. Its errors quote nothing of what came."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)


S = TypeVar("S", bound=Shape)


class _Typed(Shape):
    value: str | None = None


class Option(Shape):
    """An option that was chosen."""

    value: str | None = None


class _Chosen(Shape):
    selected_option: Option | None = None


class _Ticked(Shape):
    selected_options: list[Option] | None = None


class _Moment(Shape):
    selected_date_time: Annotated[int, Field(ge=0, le=LAST_SECOND)] | None = None


class _Day(Shape):
    selected_date: date | None = None


class _Picked(Shape):
    selected_user: Id | None = None
    selected_users: list[Id] | None = None
    selected_channel: Id | None = None
    selected_channels: list[Id] | None = None
    selected_conversation: Id | None = None
    selected_conversations: list[Id] | None = None


class _RichText(Shape):
    rich_text_value: object = None


@dataclass(frozen=True, slots=True)
class Values:
    """Values filled into a view, by field.

    A field is a block id up to its first dot: a block that must show a new initial value gets a new
    number behind the dot.

    A value that has not Slack's shape raises `ValueError` where it is read.
    """

    state: Mapping[str, Mapping[str, object]]
    blocks: tuple[str, ...]
    _by_field: dict[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # The first block of a field is the one that counts.
        by_field = {block.partition(".")[0]: block for block in reversed(self.blocks)}
        object.__setattr__(self, "_by_field", by_field)

    def block(self, field: str) -> str | None:
        """The block id of a field, or None where the view has no such field."""
        return self._by_field.get(field)

    def _element(self, field: str, shape: type[S]) -> S | None:
        elements = self.state.get(self.block(field) or "", {})
        return next(map(shape.model_validate, elements.values()), None)

    def text(self, field: str) -> str:
        """Typed text; empty where nothing was typed."""
        typed = self._element(field, _Typed)
        return (typed and typed.value) or ""

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
        chosen = self._element(field, _Chosen)
        return (chosen and chosen.selected_option and chosen.selected_option.value) or ""

    def choices(self, field: str) -> list[str]:
        """The values of ticked boxes or of a menu of many."""
        ticked = self._element(field, _Ticked)
        options = (ticked and ticked.selected_options) or []
        return [one.value for one in options if one.value is not None]

    def moment(self, field: str) -> datetime | None:
        """The instant of a datetimepicker."""
        chosen = self._element(field, _Moment)
        seconds = chosen and chosen.selected_date_time
        return None if seconds is None else datetime.fromtimestamp(seconds, UTC)

    def day(self, field: str) -> str:
        """The day of a datepicker, as 2026-04-03; empty where none was picked."""
        picked = self._element(field, _Day)
        return picked.selected_date.isoformat() if picked and picked.selected_date else ""

    def ids(self, field: str) -> list[str]:
        """User, channel or conversation ids chosen in a menu of one or of many."""
        picked = self._element(field, _Picked)
        if picked is None:
            return []
        for many, one in (
            (picked.selected_users, picked.selected_user),
            (picked.selected_channels, picked.selected_channel),
            (picked.selected_conversations, picked.selected_conversation),
        ):
            if many or one:
                return many or [one or ""]
        return []

    def rich_text(self, field: str) -> object:
        """The `rich_text` block of a rich text input, which its reader takes whatever it holds."""
        written = self._element(field, _RichText)
        return written and written.rich_text_value
