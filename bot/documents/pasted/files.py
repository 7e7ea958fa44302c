"""Conversion of a file to text: encodings of old programs, and spreadsheets (.xlsx, .ods).

Only the command line loads this module. Modals take pasted text; the Slack server opens no files.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime

from python_calamine import (
    CalamineError,
    CalamineSheet,
    SheetTypeEnum,
    load_workbook,  # pyright: ignore[reportUnknownVariableType] - a path's type is left open
)

from bot.documents.cells import harmless
from bot.documents.pasted.entries import SourceRefused, Unreadable

BYTES_MOST = 8_000_000
PACKED = b"PK\x03\x04"
"""The first bytes of a ZIP file, such as Word, Excel and LibreOffice write."""
_FORMATS = (
    (PACKED, Unreadable.OFFICE),
    (b"\xd0\xcf\x11\xe0", Unreadable.OFFICE),
    (b"%PDF", Unreadable.PDF),
    (b"{\\rtf", Unreadable.RICH),
)
_LETTERS = {
    "cp1251": "\u0401-\u045f", "cp1256": "\u0621-\u0652", "gb18030": "\u4e00-\u9fff",
    "big5": "\u4e00-\u9fff",
}  # fmt: skip
"""Encodings of older programs, and the letters that they are used for; all others are Western."""
_MARKS = "«»“”„‘’–—…•·№°€،؛؟，。、；：（）《》\u00a0"
_ODD = {
    encoding: re.compile(
        rf"[^\x00-\x7f{letters}{_MARKS}]|[a-zA-Z][{letters}]|[{letters}][a-zA-Z]"
        r"|[\u0430-\u045f][\u0401-\u042f]"
    )
    for encoding, letters in _LETTERS.items()
}
_LOOKED_AT = 200_000
_UNPACKED_MOST = 64_000_000
"""The most bytes of a file's contents after decompression."""
_CELLS_MOST = 2_000_000
"""The most cells of a sheet, with empty ones: the library allocates memory for all of them."""
_EXCEL_CELL = re.compile(rb"""<(?:\w+:)?c\s[^>]*?\br=["']([A-Z]{1,3})(\d{1,7})["']""")
_OPEN_PART = re.compile(rb"<table:(table-row|(?:covered-)?table-cell|table)\b([^>]*)>")
_REPEATED = re.compile(rb'number-(?:rows|columns)-repeated="(\d{1,9})"')


def text_of(data: bytes) -> str:
    """Decode a file: UTF-8, UTF-16 with a byte order mark, Windows code pages, GB 18030, Big5.

    Raises:
        SourceRefused: the file is empty, too large, or no text.
    """
    if len(data) > BYTES_MOST:
        raise SourceRefused(Unreadable.TOO_LARGE)
    for start, why in _FORMATS:
        if data.startswith(start):
            raise SourceRefused(why)
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        if wide or b"\x00" in data:
            raise SourceRefused(Unreadable.BINARY) from error
        text = _legacy(data)
    if "\x00" in text:
        raise SourceRefused(Unreadable.BINARY)
    if not text.strip():
        raise SourceRefused(Unreadable.EMPTY)
    return text


def _legacy(data: bytes) -> str:
    """Decode with the first encoding that gives letters of its script, not mixed within words."""
    for encoding, odd in _ODD.items():
        with suppress(UnicodeDecodeError):
            text = data.decode(encoding)
            start = text[:_LOOKED_AT]
            if len(odd.findall(start)) * 20 < sum(not one.isascii() for one in start):
                return text
    return data.decode("cp1252", errors="replace")


def rows_text(data: bytes) -> str:
    """Return the first sheet that is not empty: a line for each row, dates as 2026-04-03.

    Raises:
        SourceRefused: the file is no .xlsx or .ods file, or it is empty or too large.
    """
    if len(data) > BYTES_MOST:
        raise SourceRefused(Unreadable.TOO_LARGE)
    try:
        if _cells_of(data) > _CELLS_MOST:
            raise SourceRefused(Unreadable.TOO_LARGE)
        with load_workbook(io.BytesIO(data)) as book:
            for place, sheet in enumerate(book.sheets_metadata):
                if sheet.typ is SheetTypeEnum.WorkSheet:
                    text = _text(book.get_sheet_by_index(place))
                    if text.strip():
                        return text
    except (
        CalamineError,
        zipfile.BadZipFile,
        KeyError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise SourceRefused(Unreadable.OFFICE) from error
    raise SourceRefused(Unreadable.EMPTY)


def _cells_of(data: bytes) -> int:
    """Return the cell count of the largest sheet, with empty cells, without loading the sheets."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = packed.infolist()
        if sum(one.file_size for one in parts) > _UNPACKED_MOST:
            raise SourceRefused(Unreadable.TOO_LARGE)
        if any(one.filename == "content.xml" for one in parts):
            return _cells_of_ods(packed.read("content.xml"))
        sheets = [one for one in parts if one.filename.startswith("xl/worksheets/")]
        return max((_cells_of_xlsx(packed.read(one)) for one in sheets), default=0)


def _cells_of_xlsx(xml: bytes) -> int:
    wide = high = 0
    for letters, row in _EXCEL_CELL.findall(xml):
        column = 0
        for letter in letters:
            column = column * 26 + letter - ord("A") + 1
        wide, high = max(wide, column), max(high, int(row))
    return wide * high


def _cells_of_ods(xml: bytes) -> int:
    most = wide = high = row = column = repeated = 0
    for found in _OPEN_PART.finditer(xml):
        part, said = found[1], found[2]
        times = _REPEATED.search(said)
        count = int(times[1]) if times else 1
        if part == b"table":
            wide = high = row = column = repeated = 0
        elif part == b"table-row":
            row, column, repeated = row + repeated, 0, count
        else:
            column += count
            if not said.endswith(b"/") or b"value" in said:
                wide, high = max(wide, column), max(high, row + repeated)
                most = max(most, wide * high)
    return most


def _text(sheet: CalamineSheet) -> str:
    out = io.StringIO(newline="")
    table = csv.writer(out, delimiter="\t", lineterminator="\n")
    for cells in _rows(sheet):
        if sheet.width > 1:
            table.writerow(map(harmless, cells))
        else:
            out.write("".join(cells) + "\n")
        # A file stores a text once, even if very many cells show it.
        if out.tell() > BYTES_MOST:
            raise SourceRefused(Unreadable.TOO_LARGE)
    return out.getvalue()


def _rows(sheet: CalamineSheet) -> Iterator[list[str]]:
    if sheet.width:
        for row in sheet.iter_rows():
            yield [_shown(cell) for cell in row]


def _shown(cell: object) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return " ".join(str(cell).split())
