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
_ENCODINGS = ("cp1252", "cp1251", "cp1256", "gb18030", "big5")
"""Encodings of older programs; the one whose text looks likeliest is used."""
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
    """Decode with the legacy encoding that gives the likeliest text."""
    few = sum(byte > 127 for byte in data) * 4 < len(data)
    found: list[tuple[float, str]] = []
    for encoding in _ENCODINGS:
        with suppress(UnicodeDecodeError):
            text = data.decode(encoding)
            western = 0.4 if few and encoding == "cp1252" else 0.0
            found.append((_likelihood(text[:_LOOKED_AT]) + western, text))
    return max(found)[1] if found else data.decode("cp1252", errors="replace")


def _likelihood(text: str) -> float:
    """Score a decoded text: higher for words of one script, lower for unusual characters."""
    score, foreign = 0.0, 0
    before, was_lower = "", False
    for sign in text:
        script = "latin" if sign.isascii() and sign.isalpha() else ""
        if not sign.isascii():
            foreign += 1
            script = next((name for name, letters in _SCRIPTS if letters.match(sign)), "")
            score += _WORTH.get(script, -2.0)
            # Adjacent letters of two scripts, or a capital after a small letter, as in "Ñåòü"
            score -= 1.0 * bool(script and before and script != before)
            score -= 1.5 * (script == before and sign.isupper() and was_lower)
        before, was_lower = script, sign.islower()
    return score / foreign if foreign else 0.0


_WORTH = {"latin": 0.7, "cyrillic": 1.0, "arabic": 1.0, "han": 1.2, "mark": 0.5}
_SCRIPTS = tuple(
    (name, re.compile(f"[{letters}]"))
    for name, letters in {
        "han": "\u4e00-\u9fff", "cyrillic": "\u0400-\u045f", "arabic": "\u0621-\u0652",
        "latin": "\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u017f",
        "mark": "«»“”„‘’–—…•·№°€،؛؟，。、；：（）《》\u00a0",
    }.items()
)  # fmt: skip


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
    """Write a sheet's rows as lines; a row's line number is its row number."""
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
    """Format a cell's value as text, as somebody would type it."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return " ".join(str(cell).split())
