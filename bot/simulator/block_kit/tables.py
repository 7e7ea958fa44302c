"""The blocks that hold figures: table, data_table and data_visualization."""

from typing import Any

from . import limits
from .objects import BLOCK_ID
from .rich_text import RICH_TEXT
from .shapes import (
    Check,
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
"""Further fields pass: no source lists them all."""

_CHART_LISTS = {
    "segments": limits.CHART_SEGMENTS,
    "series": limits.CHART_SERIES,
    "points": limits.CHART_POINTS,
}
_CHART_TEXTS: dict[str, Check] = {
    "title": characters(limits.CHART_TITLE, least=1),
    "label": characters(limits.CHART_LABEL, least=1),
    "name": characters(limits.CHART_LABEL, least=1),
    "x_axis_title": characters(limits.CHART_AXIS),
    "y_axis_title": characters(limits.CHART_AXIS),
}


def _positive(value: Any, pointer: str, found: Found) -> None:
    before = len(found)
    number(value, pointer, found)
    if len(found) == before and value <= 0:
        found.append(Problem("must be greater than 0", pointer))


def _anything(value: Any, pointer: str, found: Found) -> None:
    """Takes any value."""


def _chart_parts(value: Any, pointer: str, found: Found) -> None:
    if isinstance(value, list):
        for index, item in enumerate(value):
            _chart_parts(item, f"{pointer}/{index}", found)
    elif isinstance(value, dict):
        for name, part in value.items():
            place = f"{pointer}/{name}"
            if name in _CHART_LISTS:
                least, most = _CHART_LISTS[name]
                items(_anything, most, least=least)(part, place, found)
            elif isinstance(part, str) and name in _CHART_TEXTS:
                _CHART_TEXTS[name](part, place, found)
            if name == "segments" and isinstance(part, list):
                sized = record({"value": _positive}, ignored=None)
                items(sized)(part, place, found)
            _chart_parts(part, place, found)


DATA_VISUALIZATION = kind(
    "data_visualization", {}, {"block_id": BLOCK_ID}, _chart_parts, closed=False
)
"""Checked by the names of its parts wherever they stand: no source lists its fields in full."""
