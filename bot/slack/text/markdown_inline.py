"""Styled spans written as inline Markdown."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import quote

from bot.documents.markdown_reading import is_address, parser
from bot.documents.passages import Span, Spans, trimmed

_MARKS = {"bold": "**", "strike": "~~", "italic": "_"}
"""Outermost first; italic and bold use different characters, to keep adjacent runs separate."""

_SPECIAL = re.compile(r"[\\`*_\[\]<~|]|&(?=#?\w{1,32};)")
_LINE_START = re.compile(r"^(?:\d{1,9}(?=[.)](?:\s|$))|(?=#{1,6}(?:\s|$)|[-+](?!\w)|>|=+\s*$|:-))")
"""The start of a line that needs a backslash, so as not to begin an item, heading or the like."""

_PLAIN_ADDRESS = re.compile(r"[^\s<>()\\&]+")
_SELF_EVIDENT = re.compile(r"https?://[a-z0-9./~?=#+,:@_-]+")
_BACKTICKS = re.compile("`+")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of Markdown: words to escape, or markup, which may open or close a style."""

    text: str
    words: bool = False
    opens: bool = False
    closes: bool = False


def inline_markdown(spans: Sequence[Span]) -> str:
    r"""Write spans as Markdown; line ends become hard breaks (a final `\`), blank lines vanish."""
    lines = (trimmed(line) for line in _lines(spans))
    return "\\\n".join(_line(line) for line in lines if line)


def _lines(spans: Iterable[Span]) -> Iterator[list[Span]]:
    line: list[Span] = []
    for span in spans:
        first, *rest = span.text.split("\n")
        line.append(Span(first, span.styles, span.url))
        for text in rest:
            yield line
            line = [Span(text, span.styles, span.url)]
    yield line


def _line(spans: Spans) -> str:
    pieces: list[_Piece] = []
    for are_words, run in groupby(_pieces(_aired(spans)), key=lambda piece: piece.words):
        if are_words:
            pieces.append(_Piece("".join(piece.text for piece in run), words=True))
        else:
            pieces.extend(run)
    written = "".join(_written(pieces, at) for at in range(len(pieces)))
    if pieces[0].words:
        written = _LINE_START.sub(lambda start: f"{start[0]}\\", written)
    return written


def _aired(spans: Spans) -> list[Span]:
    """Return spans in which white space between two styles is a span of its own, in both styles.

    In Markdown, a mark must touch a word on its inner side.
    """
    result: list[Span] = []
    gap = ""
    for span in spans:
        core = span.text.strip()
        if not core:
            gap += span.text
            continue
        lead, tail = span.text.split(core, 1)
        between, gap = gap + lead, tail
        leads = is_address(span.url) and is_address(parser().normalizeLink(span.url))
        new = Span(core, span.styles, span.url if leads else "")
        last = result[-1] if result else None
        if last and (last.styles, last.url) == (new.styles, new.url):
            result[-1] = Span(f"{last.text}{between}{core}", new.styles, new.url)
            continue
        if last and between:
            shared = (last.styles & new.styles) - {"code"}
            result.append(Span(between, shared, new.url if last.url == new.url else ""))
        result.append(new)
    return result


def _pieces(spans: Iterable[Span]) -> Iterator[_Piece]:
    marks: list[str] = []
    address = ""
    for span in spans:
        links = bool(span.url) and not _says_its_address(span)
        wanted = ["link"] * links + [style for style in _MARKS if style in span.styles]
        stays = 0
        while stays < len(marks) and marks[stays] in wanted:
            if marks[stays] == "link" and span.url != address:
                break
            stays += 1
        yield from (_closing(mark, address) for mark in reversed(marks[stays:]))
        address = span.url
        opened = [] if span.text.isspace() else [m for m in wanted if m not in marks[:stays]]
        for mark in opened:
            yield _Piece("[") if mark == "link" else _Piece(_MARKS[mark], opens=True)
        marks[stays:] = opened
        if _says_its_address(span):
            yield _Piece(f"<{span.text}>")
        elif "code" in span.styles:
            yield _Piece(_code(span.text))
        else:
            yield _Piece(span.text, words=True)
    yield from (_closing(mark, address) for mark in reversed(marks))


def _says_its_address(span: Span) -> bool:
    evident = _SELF_EVIDENT.fullmatch(span.url) is not None and "xn--" not in span.url
    return evident and span.url == span.text and not span.styles


def _closing(mark: str, address: str) -> _Piece:
    if mark != "link":
        return _Piece(_MARKS[mark], closes=True)
    if _PLAIN_ADDRESS.fullmatch(address):
        return _Piece(f"]({address})")
    safe = quote(address, safe="!#$%&'()*+,/:;=?@[]~|^`{}\"").replace("&", "\\&")
    return _Piece(f"](<{safe}>)")


def _code(text: str) -> str:
    runs = {len(run) for run in _BACKTICKS.findall(text)}
    fence = "`" * next(size for size in range(1, len(runs) + 2) if size not in runs)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _written(pieces: list[_Piece], at: int) -> str:
    """Return a piece as it is written in the line.

    A mark next to a word works only if its inner side is a word too. If not, the nearest character
    of the outer word is written as an entity, which counts as punctuation.
    """
    piece = pieces[at]
    if not piece.words:
        return piece.text
    text, lead, tail = piece.text, "", ""
    if at + 1 < len(pieces) and pieces[at + 1].opens and _needs_air(pieces, at + 1, 1, text[-1]):
        text, tail = text[:-1], _entity(text[-1])
    if at and text and pieces[at - 1].closes and _needs_air(pieces, at - 1, -1, text[0]):
        text, lead = text[1:], _entity(text[0])
    if text.endswith("!") and at + 1 < len(pieces) and pieces[at + 1].text == "[":
        text, tail = text[:-1], "\\!"
    return f"{lead}{_SPECIAL.sub(lambda special: chr(92) + special[0], text)}{tail}"


def _needs_air(pieces: list[_Piece], mark: int, inward: int, outside: str) -> bool:
    if outside in "\t$+<=>^`|~" or unicodedata.category(outside)[0] in "PZ":
        return False
    inside = pieces[mark + inward]
    if pieces[mark].text == "_" or not inside.words:
        return True
    # a lone character may itself become an entity, for the mark on its other side
    return len(inside.text) == 1 or not inside.text[0 if inward > 0 else -1].isalnum()


def _entity(character: str) -> str:
    return f"&#{ord(character)};"
