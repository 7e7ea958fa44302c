"""Spreadsheets of a paper's list: one row for each entry, and text that stays text."""

import io
from typing import Any

import xlsxwriter

from bot.documents.characters import sound
from bot.documents.direction import Direction
from bot.documents.paper import Entry, Paper, Sheet

_SHEET_MOST = 31
"""The most characters of a sheet's name, in which some are forbidden."""
_FORBIDDEN = str.maketrans("[]:*?/\\", "       ")
_WIDTHS = {
    "entry": 60,
    "name": 28,
    "title": 24,
    "affiliation": 32,
    "organisation": 40,
    "country": 20,
    "sort_under": 28,
    "text_sha256": 20,
}
_OTHER_WIDTH = 14
_LAST_PRINTED = "earlier_version"
_FOOT_MOST = 100
"""The most characters of the title in a printed page's footer; Excel accepts 255 in all."""
_CELL_MOST = 32_767
"""The most characters of a cell in Excel."""


def xlsx(paper: Paper) -> bytes:
    """Write one row for each entry below readable headings; a row before them marks a draft."""
    out = io.BytesIO()
    book: Any = xlsxwriter.Workbook(  # half of its types are missing
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties(
        {
            "title": paper.title,
            "author": paper.letterhead,
            "created": paper.cut_at.replace(tzinfo=None),
        }
    )
    if paper.sheets:
        return _working(book, paper.sheets, out)
    name = paper.heading.translate(_FORBIDDEN).strip().strip("'")[:_SHEET_MOST]
    sheet = book.add_worksheet(name or "List")
    if paper.direction is Direction.RTL:
        sheet.right_to_left()
    # Aligned to the start of the sheet, or Excel moves names in other scripts to the far side.
    side = {"align": "right" if paper.direction is Direction.RTL else "left"}
    entries_format = book.add_format(side)
    head = book.add_format(side | {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    draft = book.add_format({"bold": True, "font_color": "#8C1D1D"})
    top = 0
    if paper.draft:
        sheet.write_string(0, 0, sound(paper.draft), draft)
        top = 1
        sheet.set_header(f"&C{sound(paper.draft).replace('&', '&&')}")
    for column, (name, words) in enumerate(zip(paper.columns, paper.column_words, strict=True)):
        sheet.set_column(column, column, _WIDTHS.get(name, _OTHER_WIDTH), entries_format)
        sheet.write_string(top, column, sound(words), head)
    said = dict(paper.cell_words)
    entries = paper.entries
    for row, entry in enumerate(entries, start=top + 1):
        for column, cell in enumerate(_cells(paper, entry, said)):
            if cell:
                sheet.write_string(row, column, sound(cell)[:_CELL_MOST])
    sheet.freeze_panes(top + 1, 1)
    sheet.repeat_rows(top)
    if entries:
        sheet.autofilter(top, 0, top + len(entries), max(0, len(paper.columns) - 1))
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.print_area(
        0,
        0,
        top + len(entries),
        max(
            0,
            (
                paper.columns.index(_LAST_PRINTED) + 1
                if _LAST_PRINTED in paper.columns
                else len(paper.columns)
            )
            - 1,
        ),
    )
    title = sound(paper.title).replace("&", "&&")[:_FOOT_MOST]
    sheet.set_footer(f"&L{title}&R&P / &N")
    book.close()
    return out.getvalue()


def _working(book: Any, sheets: tuple[Sheet, ...], out: io.BytesIO) -> bytes:
    head = book.add_format({"bold": True, "bottom": 1})
    for one in sheets:
        sheet = book.add_worksheet(one.name)
        for column, name in enumerate(one.columns):
            sheet.set_column(column, column, _WIDTHS.get(name, _OTHER_WIDTH))
            sheet.write_string(0, column, name.replace("_", " ").capitalize(), head)
        for number, row in enumerate(one.rows, start=1):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, sound(cell)[:_CELL_MOST])
        sheet.freeze_panes(1, 1)
        if one.rows:
            sheet.autofilter(0, 0, len(one.rows), len(one.columns) - 1)
    book.close()
    return out.getvalue()


_FIXED = {"kind", "convener", "late", "withdrawn", "earlier_version"}
"""Columns whose cells have a fixed vocabulary."""


def _cells(paper: Paper, entry: Entry, said: dict[str, str]) -> list[str]:
    return [
        entry.country if column == "country" else said.get(cell, cell) if column in _FIXED else cell
        for column, cell in zip(paper.columns, entry.cells, strict=True)
    ]
