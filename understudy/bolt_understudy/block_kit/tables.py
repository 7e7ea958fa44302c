"""The blocks with data: table, data_table and data_visualization."""

from typing import Any

from . import limits
from .objects import BLOCK_ID
from .rich_text import RICH_TEXT
from .shapes import (
    Found,
    Problem,
    characters,
    choice,
    flag,
    integer,
    items,
    kind,
    number,
    one_of,
    record,
)

_RAW_TEXT = kind("raw_text", {"text": characters(least=1)})
_RAW_NUMBER = kind("raw_number", {"value": number, "text": characters(least=1)})
_CELL = one_of(_RAW_TEXT, _RAW_NUMBER, RICH_TEXT)
_HEADER_CELL = one_of(_RAW_TEXT, _RAW_NUMBER)
_COLUMN = record({}, {"align": choice("left", "center", "right"), "is_wrapped": flag})


def _column_or_default(value: Any, pointer: str, found: Found) -> None:
    if value is not None:
        _COLUMN(value, pointer, found)


TABLE = kind(
    "table",
    {"rows": items(items(_CELL, limits.TABLE_COLUMNS, least=1), limits.TABLE_ROWS, least=1)},
    {"block_id": BLOCK_ID, "column_settings": items(_column_or_default, limits.TABLE_COLUMNS)},
)

_ROW = items(_CELL, limits.DATA_TABLE_COLUMNS[1], least=limits.DATA_TABLE_COLUMNS[0])
_HEADER_ROW = items(_HEADER_CELL)


def _header_and_width(value: dict[str, Any], pointer: str, found: Found) -> None:
    rows = value["rows"]
    _HEADER_ROW(rows[0], f"{pointer}/rows/0", found)
    for index, row in enumerate(rows):
        if len(row) != len(rows[0]):
            message = f"must have as many cells as the header: {len(rows[0])}"
            found.append(Problem(message, f"{pointer}/rows/{index}"))


DATA_TABLE = kind(
    "data_table",
    {
        "rows": items(_ROW, limits.DATA_TABLE_ROWS[1], least=limits.DATA_TABLE_ROWS[0]),
        "caption": characters(least=1),
    },
    {"block_id": BLOCK_ID, "page_size": integer(*limits.DATA_TABLE_PAGE_SIZE)},
    _header_and_width,
    closed=False,
)
"""Unknown fields are allowed, because they are nowhere fully documented."""

_CHART_LISTS = {
    "segments": limits.CHART_SEGMENTS,
    "series": limits.CHART_SERIES,
    "points": limits.CHART_POINTS,
    "data": limits.CHART_POINTS,
}
_CHART_TEXTS = {
    "title": limits.CHART_TITLE,
    "label": limits.CHART_LABEL,
    "name": limits.CHART_LABEL,
    "x_label": limits.CHART_AXIS,
    "y_label": limits.CHART_AXIS,
}


def _chart_part(name: str, part: Any, pointer: str, found: Found) -> None:
    if isinstance(part, list) and name in _CHART_LISTS:
        least, most = _CHART_LISTS[name]
        items(_anything, most, least=least)(part, pointer, found)
    if isinstance(part, str) and name in _CHART_TEXTS:
        characters(_CHART_TEXTS[name])(part, pointer, found)
    if isinstance(part, list) and name == "segments":
        items(_SEGMENT)(part, pointer, found)


def _chart_parts(value: dict[str, Any], pointer: str, found: Found) -> None:
    # Iterative, because these fields and their depth are arbitrary.
    waiting: list[tuple[Any, str]] = [(value, pointer)]
    while waiting:
        held, place = waiting.pop()
        if isinstance(held, list):
            waiting.extend((item, f"{place}/{index}") for index, item in enumerate(held))
        elif isinstance(held, dict):
            for name, part in held.items():
                step = f"{place}/{name.replace('~', '~0').replace('/', '~1')}"
                _chart_part(name, part, step, found)
                waiting.append((part, step))


def _anything(value: Any, pointer: str, found: Found) -> None:
    """Accept any value."""


def _positive(value: Any, pointer: str, found: Found) -> None:
    before = len(found)
    number(value, pointer, found)
    if len(found) == before and value <= 0:
        found.append(Problem("must be greater than 0", pointer))


_SEGMENT = record({"value": _positive}, ignored=None)

DATA_VISUALIZATION = kind(
    "data_visualization", {}, {"block_id": BLOCK_ID}, _chart_parts, closed=False
)
"""Checked by the names of its parts at any depth, as its fields are nowhere fully documented."""
