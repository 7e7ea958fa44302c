"""Spreadsheets on the command line: cells as typed, and size limits checked before loading."""

import io
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from bot.documents.cells import harmless
from bot.documents.pasted.entries import SourceRefused, Unreadable
from bot.documents.pasted.files import BYTES_MOST, rows_text
from bot.documents.pasted.reading import read_list
from tests.support.commands import undersigned

_NAMES = "urn:oasis:names:tc:opendocument:xmlns"
_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_EMPTY_CELLS = '<table:table-cell table:number-columns-repeated="16384"/>'


def xlsx(*sheets: list[list[Any]]) -> bytes:
    book = openpyxl.Workbook()
    for number, rows in enumerate(sheets):
        sheet = book.active if number == 0 else book.create_sheet()
        for row in rows:
            sheet.append(row)  # pyright: ignore[reportOptionalMemberAccess]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cell(text: str, attributes: str = "") -> str:
    said = f'<table:table-cell office:value-type="string" {attributes}>'
    return f"{said}<text:p>{text}</text:p></table:table-cell>"


def row(cells: str, times: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{times}">{cells}</table:table-row>'


def ods(rows: str) -> bytes:
    spaces = " ".join(f'xmlns:{one}="{_NAMES}:{one}:1.0"' for one in ("office", "table", "text"))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("mimetype", _ODS)
        packed.writestr(
            "META-INF/manifest.xml",
            f'<m:manifest xmlns:m="{_NAMES}:manifest:1.0">'
            f'<m:file-entry m:full-path="/" m:media-type="{_ODS}"/></m:manifest>',
        )
        packed.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:spreadsheet>"
            f'<table:table table:name="List">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return out.getvalue()


def test_cells() -> None:
    """Dates become ISO dates, whole numbers have no point, and empty sheets are skipped."""
    data = xlsx(
        [],
        [
            [None, None],
            ["name", "given_on"],
            ["Ada\n“Ad” Quill", date(2026, 4, 3)],
            ["-Tide", datetime(2026, 4, 3, 9, 14, tzinfo=UTC).replace(tzinfo=None)],
            [7.0, 1.5],
            [True, 'A "B"\tC'],
        ],
    )
    rows = rows_text(data).split("\n")
    assert rows[1:4] == [
        "name\tgiven_on",
        "Ada “Ad” Quill\t2026-04-03",
        f"{harmless('-Tide')}\t2026-04-03",
    ]
    assert rows[4:] == ["7\t1.5", 'yes\t"A ""B"" C"', ""]


def test_one_column() -> None:
    """A sheet with one column becomes a plain list, with a line for each row."""
    assert rows_text(xlsx([["Harbour Network"], ['The "Tide" Lab']])) == (
        'Harbour Network\nThe "Tide" Lab\n'
    )


def test_ods() -> None:
    """Repeated rows of an .ods file are all written, except empty rows at its end."""
    day = '<table:table-cell office:value-type="date" office:date-value="2026-04-03"/>'
    rows = row(cell("name") + cell("given_on")) + row(cell("Ada Quill") + day)
    rows += row(cell("Bo Lund"), 2) + row(_EMPTY_CELLS, 1_048_572)
    assert rows_text(ods(rows)) == "name\tgiven_on\nAda Quill\t2026-04-03\nBo Lund\t\nBo Lund\t\n"


def far_away() -> bytes:
    book = openpyxl.Workbook()
    book.active["XFD1048576"] = "x"  # pyright: ignore[reportOptionalSubscript]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def much(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, b" " * 65_000_000)
    return out.getvalue()


def other(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr(name, "<x/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"PK\x03\x04" + b" " * BYTES_MOST, Unreadable.TOO_LARGE),
        (much("xl/worksheets/sheet1.xml"), Unreadable.TOO_LARGE),
        (far_away(), Unreadable.TOO_LARGE),
        (ods(row(cell("x", 'table:number-columns-repeated="16384"'), 9999)), Unreadable.TOO_LARGE),
        (ods(row("", 1_000_000) + row(_EMPTY_CELLS + cell("x"))), Unreadable.TOO_LARGE),
        (xlsx([["x" * 30_000] * 100] * 3), Unreadable.TOO_LARGE),
        (b"PK\x03\x04", Unreadable.OFFICE),
        (other("word/document.xml"), Unreadable.OFFICE),
        (other("content.xml"), Unreadable.OFFICE),
        (xlsx([]), Unreadable.EMPTY),
        (ods(""), Unreadable.EMPTY),
    ],
)
def test_refused(data: bytes, why: Unreadable) -> None:
    """A file that is too large, empty or no spreadsheet is refused with the reason."""
    with pytest.raises(SourceRefused) as refused:
        rows_text(data)
    assert refused.value.args == (why,)


async def test_read(tmp_path: Path) -> None:
    """`letters read` reads a spreadsheet directly."""
    file = tmp_path / "list.xlsx"
    file.write_bytes(xlsx([["Name", "Organisation"], ["Ada Quill", "Tide Lab"]]))
    done = await undersigned("letters", "read", str(file))
    assert (done.code, done.err) == (0, "")
    assert "Ada Quill" in done.out


def test_rows_are_lines() -> None:
    """The row number of an entry is its row number in the spreadsheet."""
    text = rows_text(xlsx([[None, None], ["name", "organisation"], ["", ""], ["Ada Quill", ""]]))
    assert [one.row for one in read_list(text).entries] == [4]
