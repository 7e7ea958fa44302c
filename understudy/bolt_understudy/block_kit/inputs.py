"""The elements in which something is typed, picked from a calendar or uploaded."""

import datetime as dt
from typing import Any

from . import limits
from .objects import ACTION_ID, ANY_STRING, CONFIRM, DISPATCH_CONFIG, PLACEHOLDER, SOME_STRING
from .rich_text import RICH_TEXT
from .shapes import (
    Check,
    Found,
    Problem,
    characters,
    flag,
    in_order,
    integer,
    items,
    kind,
    one_of,
    pattern,
)

_COMMON: dict[str, Check] = {"action_id": ACTION_ID, "focus_on_load": flag}
_TYPED: dict[str, Check] = {
    **_COMMON,
    "placeholder": PLACEHOLDER,
    "dispatch_action_config": DISPATCH_CONFIG,
}
_DATE_FORM = pattern(r"\d{4}-\d{2}-\d{2}", "must be a date in the form YYYY-MM-DD")
_TIME = pattern(r"([01]\d|2[0-3]):[0-5]\d", "must be a time in the form HH:mm")
_NUMBER = pattern(r"-?\d+(\.\d+)?", "must be a number in a string")


def _date(value: Any, pointer: str, found: Found) -> None:
    before = len(found)
    _DATE_FORM(value, pointer, found)
    if len(found) == before:
        try:
            dt.date.fromisoformat(value)
        except ValueError:
            found.append(Problem("must be a day of the calendar", pointer))


def _first_text_fits(value: dict[str, Any], pointer: str, found: Found) -> None:
    most = value.get("max_length", limits.INPUT_MAX_LENGTH[1])
    characters(most)(value.get("initial_value", ""), f"{pointer}/initial_value", found)


def _whole_numbers(value: dict[str, Any], pointer: str, found: Found) -> None:
    if not value["is_decimal_allowed"]:
        for name in ("initial_value", "min_value", "max_value"):
            if "." in value.get(name, ""):
                found.append(Problem("must be a whole number", f"{pointer}/{name}"))


DATEPICKER = kind(
    "datepicker",
    {},
    {**_COMMON, "confirm": CONFIRM, "placeholder": PLACEHOLDER, "initial_date": _date},
)
TIMEPICKER = kind(
    "timepicker",
    {},
    {
        **_COMMON,
        "confirm": CONFIRM,
        "placeholder": PLACEHOLDER,
        "initial_time": _TIME,
        "timezone": SOME_STRING,
    },
)
DATETIMEPICKER = kind(
    "datetimepicker",
    {},
    {**_COMMON, "confirm": CONFIRM, "initial_date_time": integer(*limits.UNIX_SECONDS)},
)

PLAIN_TEXT_INPUT = kind(
    "plain_text_input",
    {},
    {
        **_TYPED,
        "initial_value": ANY_STRING,
        "multiline": flag,
        "min_length": integer(*limits.INPUT_MIN_LENGTH),
        "max_length": integer(*limits.INPUT_MAX_LENGTH),
    },
    in_order("min_length", "max_length"),
    _first_text_fits,
)
RICH_TEXT_INPUT = kind(
    "rich_text_input",
    {},
    {
        **_TYPED,
        "initial_value": one_of(RICH_TEXT),
        "min_lines": integer(*limits.INPUT_LINES),
        "max_lines": integer(*limits.INPUT_LINES),
    },
    in_order("min_lines", "max_lines"),
)
EMAIL_INPUT = kind("email_text_input", {}, {**_TYPED, "initial_value": ANY_STRING})
URL_INPUT = kind("url_text_input", {}, {**_TYPED, "initial_value": ANY_STRING})
NUMBER_INPUT = kind(
    "number_input",
    {"is_decimal_allowed": flag},
    {**_TYPED, "initial_value": _NUMBER, "min_value": _NUMBER, "max_value": _NUMBER},
    _whole_numbers,
    in_order("min_value", "max_value"),
    in_order("min_value", "initial_value"),
    in_order("initial_value", "max_value"),
)
FILE_INPUT = kind(
    "file_input",
    {},
    {
        "action_id": ACTION_ID,
        "filetypes": items(SOME_STRING, least=1),
        "max_files": integer(*limits.FILES),
    },
)
