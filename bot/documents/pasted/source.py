"""Bytes of a file become text, in the encodings that spreadsheets and old mail programs write."""

import unicodedata
from enum import StrEnum

BYTES_MOST = 8_000_000
_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# Of one byte a letter; which one it is shows in what it makes of the same bytes.
_ONE_BYTE = ("cp1252", "cp1251", "cp1256")
PACKED = b"PK\x03\x04"
"""How a file begins that Word, Excel or LibreOffice wrote."""
_KINDS = (
    (PACKED, "office"),
    (b"\xd0\xcf\x11\xe0", "office"),
    (b"%PDF", "pdf"),
    (b"{\\rtf", "rich"),
)
_LOOKED_AT = 200_000


class Unreadable(StrEnum):
    """The reason why a file is no text. Each has one sentence."""

    OFFICE = "office"
    PDF = "pdf"
    RICH = "rich"
    BINARY = "binary"
    TOO_LARGE = "too_large"
    EMPTY = "empty"


class SourceRefused(Exception):  # noqa: N818 - it is the past participle of what happened, as `Refused` is
    """Raised for a file that holds no text."""

    def __init__(self, why: Unreadable) -> None:
        super().__init__(why.value)
        self.why = why


def text_of(data: bytes) -> str:
    """Return the text of a file: UTF-8 and UTF-16 with or without a mark, Windows-1252 and its kin.

    Raises:
        SourceRefused: it holds no text, or too much of it.
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
    """Return the text in the encoding that makes the likeliest letters of it."""
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
    """Return how much a text looks like one: words of one script, few signs that nobody writes."""
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
            # "Ñåòü": letters of two scripts side by side, or one after another in a wrong case.
            score -= 1.0
        if kind == before[0] and sign.isupper() and before[1]:
            score -= 1.5
        before = kind, sign.islower()
    return score / foreign if foreign else 0.0


_WORTH = {"latin": 0.7, "cyrillic": 1.0, "arabic": 1.0, "han": 1.2, "mark": 0.5}


def _script(sign: str) -> str:
    if "\u4e00" <= sign <= "\u9fff":
        # The first level of GB 2312 and Big5 is what people write; both map rare pairs far up.
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
