"""Reading of Markdown as passages, losing nothing that a reader would see."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from bot.documents.characters import sound
from bot.documents.passages import Kind, Passage, Span, Spans, in_bold, merged, trimmed

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

ADDRESS_LIMIT = 3000
"""The most characters of an address, as in buttons (SLACK.md, elements)."""

_ADDRESS = re.compile(r"(?:https?://|mailto:)\S", re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n\s*\n")
_MAX_NESTING = 100
_STYLES = {"strong": "bold", "em": "italic", "s": "strike"}


@cache
def parser() -> "MarkdownIt":
    """Return the Markdown parser of the project: CommonMark with tables and strikethrough.

    Raw HTML and links that `is_address` refuses stay as typed.
    """
    # Imported here because most processes read no draft.
    from markdown_it import MarkdownIt  # noqa: PLC0415

    class Parser(MarkdownIt):
        def validateLink(self, url: str) -> bool:  # noqa: N802 - the parser's name for it
            """Return whether an address becomes a link."""
            return is_address(url)

    made = Parser("commonmark", {"html": False, "maxNesting": _MAX_NESTING})
    return made.enable(["table", "strikethrough"])


def is_address(url: str) -> bool:
    """Return whether an address may become a link: http, https or mailto, and not too long."""
    return len(url) <= ADDRESS_LIMIT and _ADDRESS.match(url) is not None


def read_markdown(markdown: str) -> list[Passage]:
    """Return the passages of a text.

    Raw HTML, mentions and broadcasts are read as plain text. An image becomes its description with
    a link; a table becomes one line for each row. Text that is nested too deep stays as typed.
    """
    markdown = sound(markdown)
    try:
        tokens = parser().parse(markdown)
    except RecursionError:
        return _as_typed(markdown)
    if any(token.level >= _MAX_NESTING - 1 for token in tokens):
        return _as_typed(markdown)  # the parser drops deeper levels
    reading = _Reading()
    for token in tokens:
        reading.take(token)
    return reading.passages


def _as_typed(markdown: str) -> list[Passage]:
    parts = (part.strip() for part in _BLANK_LINES.split(markdown))
    return [Passage(spans=(Span(part),)) for part in parts if part]


@dataclass(slots=True)
class _List:
    """A list being read; `waiting` means that its current item has no passage yet."""

    number: int | None
    waiting: bool = False
    item: int = -1
    """Index of the current item among the passages."""


@dataclass(slots=True)
class _Reading:
    """State of the reader: the passages so far, and the blocks open at the next token."""

    passages: list[Passage] = field(default_factory=list)
    lists: list[_List] = field(default_factory=list)
    quotes: int = 0
    heading: int = 0
    row: list[Spans] | None = None
    rows: list[Spans] = field(default_factory=list)

    def take(self, token: "Token") -> None:
        """Process the next block token."""
        match token.type:
            case "inline":
                self._words(inline_spans(token.children or ()))
            case "heading_open":
                self.heading = int(token.tag[1:])
            case "heading_close":
                self.heading = 0
            case "blockquote_open":
                self._place_marker()
                self.quotes += 1
            case "blockquote_close":
                self.quotes -= 1
            case "fence" | "code_block":
                self._add(Passage(kind=Kind.CODE, spans=merged([Span(_code(token.content))])))
            case "hr":
                self._add(Passage(kind=Kind.RULE))
            case kind if kind.endswith(("list_open", "list_close", "item_open", "item_close")):
                self._take_list(token)
            case _:
                self._take_table(token)

    def _take_list(self, token: "Token") -> None:
        match token.type:
            case "bullet_list_open":
                self._place_marker()
                self.lists.append(_List(None))
            case "ordered_list_open":
                self._place_marker()
                self.lists.append(_List(int(token.attrs.get("start", 1)) - 1))
            case "list_item_open":
                last = self.lists[-1]
                last.number = None if last.number is None else last.number + 1
                last.waiting, last.item = True, -1
            case "list_item_close":
                self._place_marker()
            case _:
                self.lists.pop()

    def _take_table(self, token: "Token") -> None:
        match token.type:
            case "table_open":
                self.rows = []
            case "tr_open":
                self.row = []
            case "tr_close":
                cells = self.row or []
                heads = not self.rows
                spans = [part for cell in cells for part in (Span(" | "), *cell)][1:]
                self.rows.append(in_bold(spans) if heads else merged(spans))
                self.row = None
            case "table_close":
                lines = [span for row in self.rows for span in (Span("\n"), *row)][1:]
                self._add(Passage(spans=trimmed(lines)))
            case _:
                pass  # paragraphs, cells and sections of a table have no text of their own

    def _words(self, spans: Spans) -> None:
        if self.row is not None:
            self.row.append(trimmed(spans))
            return
        spans = trimmed(spans)
        if self.heading and (self.lists or self.quotes):
            spans = in_bold(spans)
        within = self.lists[-1] if self.lists else None
        if within and spans and within.waiting:
            self._place_marker(spans)
        elif within and spans and self._goes_on(within):
            item = self.passages[-1]
            longer = merged((*item.spans, Span("\n"), *spans))
            self.passages[-1] = replace(item, spans=longer)
        elif self.heading and not within and not self.quotes:
            self._add(Passage(kind=Kind.HEADING, spans=spans, level=self.heading))
        else:
            self._add(Passage(spans=spans))

    def _goes_on(self, within: _List) -> bool:
        """Return whether the next paragraph continues the item read last."""
        at_end = within.item == len(self.passages) - 1
        return at_end and self.passages[-1].quoted == (self.quotes > 0)

    def _place_marker(self, spans: Spans = ()) -> None:
        if not self.lists or not self.lists[-1].waiting:
            return
        within = self.lists[-1]
        within.waiting, within.item = False, len(self.passages)
        self.passages.append(
            Passage(
                kind=Kind.ITEM,
                spans=spans,
                level=len(self.lists) - 1,
                number=within.number,
                quoted=self.quotes > 0,
            )
        )

    def _add(self, passage: Passage) -> None:
        self._place_marker()
        if passage.spans or passage.kind is Kind.RULE:
            self.passages.append(replace(passage, quoted=self.quotes > 0))


def _code(content: str) -> str:
    return content.rstrip() and content.removesuffix("\n")


def inline_spans(tokens: "Sequence[Token]") -> Spans:
    """Return the spans of a sequence of inline tokens."""
    spans: list[Span] = []
    styles: list[str] = []
    url = ""
    linked_from = 0
    for token in tokens:
        style = _STYLES.get(token.tag)
        if style and token.nesting == 1:
            styles.append(style)
        elif style:
            styles.remove(style)
        elif token.type == "link_open":
            url, linked_from = str(token.attrs["href"]), len(spans)
        elif token.type == "link_close":
            if not any(span.text.strip() for span in spans[linked_from:]):
                spans.append(Span(url, frozenset(styles), url))
            url = ""
        else:
            spans.append(_leaf(token, frozenset(styles), url))
    return merged(spans)


def _leaf(token: "Token", styles: frozenset[str], url: str) -> Span:
    match token.type:
        case "softbreak":
            return Span(" ", styles, url)
        case "hardbreak":
            return Span("\n", styles, url)
        case "code_inline":
            return Span(token.content, styles | {"code"}, url)
        case "image":
            source = str(token.attrs["src"])
            described = "".join(span.text for span in inline_spans(token.children or ()))
            return Span(described.strip() or source, styles, url or source)
        case _:
            return Span(token.content, styles, url)
