"""Slack's own markup, as in a message's `text`, parsed into passages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.documents.characters import sound
from bot.documents.markdown_reading import is_address
from bot.documents.passages import Kind, Passage, Span, Spans, merged, paragraphs, trimmed
from bot.slack.text.escaping import unescaped

_STYLES = {"*": "bold", "_": "italic", "~": "strike"}
_DEEPEST = 8
_FENCE = re.compile(r"```\n?(.*?)\n?```", re.DOTALL)
_QUOTE = re.compile(r"(?:&gt;|>) ?")
_QUOTED_TO_THE_END = re.compile(r"^(?:&gt;|>){3} ?", re.MULTILINE)
_ITEM = re.compile(r"(?<![^\S\n])([^\S\n]*+)(?:[•◦▪‣\u2043*-]\ufe0e?|(\d{1,6})[.)])[^\S\n]+(.*)")
_ENTITY = re.compile(r"<([^<>\n]+)>")
_TOKEN = re.compile(r"`([^`\n]+)`|<([^<>\n]+)>|([*_~])|[^`<*_~]+|.", re.DOTALL)


def read_mrkdwn(text: str) -> list[Passage]:
    """Return the passages of a text in Slack's markup, with entities and escapes decoded.

    A mention becomes the name in it, or the id if it has no name, as plain text.
    """
    return list(_read(sound(text)))


def _read(text: str) -> Iterator[Passage]:
    at = 0
    for fence in _FENCE.finditer(text):
        yield from _lines(text[at : fence.start()])
        code = _ENTITY.sub(lambda found: _entity(found[1])[0], fence[1])
        if code.strip():
            yield Passage(kind=Kind.CODE, spans=(Span(unescaped(code.rstrip())),))
        at = fence.end()
    yield from _lines(text[at:])


def _lines(text: str) -> Iterator[Passage]:
    if whole := _QUOTED_TO_THE_END.search(text):
        yield from _lines(text[: whole.start()])
        yield from _paragraphs(text[whole.end() :], quoted=True)
        return
    waiting: list[str] = []
    waiting_quoted = False
    for line in text.split("\n"):
        quote = _QUOTE.match(line)
        item = _ITEM.fullmatch(line)
        if item or bool(quote) != waiting_quoted:
            yield from _paragraphs("\n".join(waiting), quoted=waiting_quoted)
            waiting, waiting_quoted = [], bool(quote)
        if item:
            yield Passage(
                kind=Kind.ITEM,
                spans=trimmed(_inline(item[3])),
                level=min(_DEEPEST, len(item[1].expandtabs(4)) // 2),
                number=int(item[2]) if item[2] else None,
            )
        else:
            waiting.append(line[quote.end() :] if quote else line)
    yield from _paragraphs("\n".join(waiting), quoted=waiting_quoted)


def _paragraphs(text: str, *, quoted: bool) -> Iterator[Passage]:
    for spans in paragraphs(_inline(text)):
        yield Passage(spans=spans, quoted=quoted)


@dataclass(slots=True)
class _Piece:
    """Words, or a mark that either toggles a style or is a plain character."""

    text: str
    url: str = ""
    code: bool = False
    mark: bool = False
    toggles: bool = False

    @property
    def first(self) -> str:
        """The character next to a mark before the piece."""
        return "`" if self.code or self.url else self.text[:1]

    @property
    def last(self) -> str:
        """The character next to a mark after the piece."""
        return "`" if self.code or self.url else self.text[-1:]


def _inline(text: str) -> Spans:
    pieces: list[_Piece] = []
    for token in _TOKEN.finditer(text):
        code, entity, mark = token.groups()
        if entity:
            pieces.append(_Piece(*_entity(entity)))
        else:
            words = unescaped(code or token[0])
            pieces.append(_Piece(words, code=bool(code), mark=bool(mark)))
    _pair(pieces)
    active: frozenset[str] = frozenset()
    spans: list[Span] = []
    for piece in pieces:
        if piece.toggles:
            active ^= {_STYLES[piece.text]}
        else:
            spans.append(Span(piece.text, active | {"code"} if piece.code else active, piece.url))
    return merged(spans)


def _pair(pieces: list[_Piece]) -> None:
    """Pair the marks that style the text between them: around words, within one line."""
    opened: dict[str, int] = {}
    for at, piece in enumerate(pieces):
        if "\n" in piece.text:
            opened.clear()
        if not piece.mark:
            continue
        before = pieces[at - 1].last if at else ""
        after = pieces[at + 1].first if at + 1 < len(pieces) else ""
        start = opened.get(piece.text, at)
        if start < at - 1 and not before.isspace() and not after.isalnum():
            piece.toggles = pieces[start].toggles = True
            del opened[piece.text]
        elif after and not after.isspace() and not before.isalnum():
            opened[piece.text] = at


def _entity(content: str) -> tuple[str, str]:
    target, _, label = (unescaped(part) for part in content.partition("|"))
    if target.startswith("#"):
        return f"#{label}" if label else target, ""
    if target.startswith("!") and not target.startswith("!date^"):
        return label or f"@{target[1:].rpartition('^')[2]}", ""
    if target.startswith(("@", "!")):
        return label or target, ""
    if is_address(target):
        return label or target, target
    return label or f"<{target}>", ""
