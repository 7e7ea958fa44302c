"""Decoding of a file to text, from the encodings that spreadsheets and old mail programs write."""

import unicodedata
from enum import StrEnum

BYTES_MOST = 8_000_000
_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# Encodings with one byte per character; the one whose text looks likeliest is used.
_ONE_BYTE = ("cp1252", "cp1251", "cp1256")
PACKED = b"PK\x03\x04"
"""The first bytes of a ZIP file, such as Word, Excel and LibreOffice write."""
_KINDS = (
    (PACKED, "office"),
    (b"\xd0\xcf\x11\xe0", "office"),
    (b"%PDF", "pdf"),
    (b"{\\rtf", "rich"),
)
_LOOKED_AT = 200_000


class Unreadable(StrEnum):
    """The reason why a file cannot be read as text. Each has one message."""

    OFFICE = "office"
    PDF = "pdf"
    RICH = "rich"
    BINARY = "binary"
    TOO_LARGE = "too_large"
    EMPTY = "empty"


class SourceRefused(Exception):  # noqa: N818 - it is the past participle of what happened, as `Refused` is
    """Raised for a file that cannot be read as text."""

    def __init__(self, why: Unreadable) -> None:
        super().__init__(why.value)
        self.why = why


def text_of(data: bytes) -> str:
    """Decode a file: UTF-8, UTF-16 with a byte order mark, Windows code pages, GB 18030, Big5.

    Raises:
        SourceRefused: the file is empty, too large, or no text.
    """
    if len(data) > BYTES_MOST:
        raise SourceRefused(Unreadable.TOO_LARGE)
    for start, kind in _KINDS:
        if data.startswith(start):
            raise SourceRefused(Unreadable(kind))
    text = _decoded(data)
    if "\x00" in text:
        raise SourceRefused(Unreadable.BINARY)
    if not text.replace("\ufeff", "").strip():
        raise SourceRefused(Unreadable.EMPTY)
    return text.removeprefix("\ufeff")


def _decoded(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                raise SourceRefused(Unreadable.BINARY) from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    if b"\x00" in data:
        raise SourceRefused(Unreadable.BINARY)
    return _legacy(data)


def _legacy(data: bytes) -> str:
    """Decode with the legacy encoding that gives the likeliest text."""
    found: list[tuple[float, str]] = []
    for encoding in (*_ONE_BYTE, "gb18030", "big5"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        few = sum(byte > 127 for byte in data) * 4 < len(data)
        found.append(
            (_likelihood(text[:_LOOKED_AT]) + (0.4 if few and encoding == "cp1252" else 0), text)
        )
    if not found:
        return data.decode("cp1252", errors="replace")
    return max(found, key=lambda one: one[0])[1]


def _likelihood(text: str) -> float:
    """Score a decoded text: higher for words of one script, lower for unusual characters."""
    score = 0.0
    before = "", False
    foreign = 0
    for sign in text:
        if sign.isascii():
            before = ("latin" if sign.isalpha() else "", sign.islower())
            continue
        foreign += 1
        kind = _script(sign)
        score += _WORTH.get(kind, -2.0)
        if kind and before[0] and kind != before[0]:
            # Adjacent letters of two scripts, or a capital after a small letter, as in "Ñåòü"
            score -= 1.0
        if kind == before[0] and sign.isupper() and before[1]:
            score -= 1.5
        before = kind, sign.islower()
    return score / foreign if foreign else 0.0


_WORTH = {"latin": 0.7, "cyrillic": 1.0, "arabic": 1.0, "han": 1.2, "mark": 0.5}


def _script(sign: str) -> str:
    if "\u4e00" <= sign <= "\u9fff":
        # The common Chinese characters
        return "han"
    if "\u0400" <= sign <= "\u045f":
        return "cyrillic"
    if "\u0621" <= sign <= "\u0652":
        return "arabic"
    if "\u00c0" <= sign <= "\u017f" and sign.isalpha():
        return "latin"
    if sign in "«»“”„‘’–—…•·№°€،؛؟，。、；：（）《》“”\u00a0":
        return "mark"
    return "" if unicodedata.category(sign) in {"Co", "Cn", "Cc"} else "other"
