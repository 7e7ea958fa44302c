"""A letter's text as passages of styled spans, in reading order.

Markdown and Slack's rich text are both read into passages and written from them, and documents are
made of them, so that the text shown, edited and kept is the same.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

RULE_TEXT = "———"
"""A thematic break in plain text, as in a rich text input."""

Spans = tuple["Span", ...]

_BLANK_LINES = re.compile(r"\n\s*\n")


class Kind(StrEnum):
    """Kind of a passage."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    CODE = "code"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style: `styles` are bold, italic, strike and code, `url` is its link."""

    text: str
    styles: frozenset[str] = frozenset()
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A heading, paragraph, list item, block of code, or a rule."""

    kind: Kind = Kind.PARAGRAPH
    spans: Spans = ()
    level: int = 0
    """The level of a heading, 1 to 6; the indentation of an item, from 0."""
    number: int | None = None
    """The number of an item in a numbered list."""
    quoted: bool = False

    @property
    def text(self) -> str:
        """Return the text without styles."""
        return "".join(span.text for span in self.spans)

    @property
    def marker(self) -> str:
        """Return the marker before an item, or ""."""
        if self.kind is not Kind.ITEM:
            return ""
        return "• " if self.number is None else f"{self.number}. "

    @property
    def visible(self) -> str:
        """Return the text that a reader sees."""
        return RULE_TEXT if self.kind is Kind.RULE else f"{self.marker}{self.text}"


def merged(spans: Iterable[Span]) -> Spans:
    """Return spans with equal neighbours joined and empty ones removed."""
    result: list[Span] = []
    texts: list[str] = []
    for span in spans:
        if not span.text:
            continue
        if result and (result[-1].styles, result[-1].url) == (span.styles, span.url):
            texts.append(span.text)
        else:
            _settle(result, texts)
            result.append(span)
            texts = [span.text]
    _settle(result, texts)
    return tuple(result)


def _settle(result: list[Span], texts: list[str]) -> None:
    if len(texts) > 1:
        result[-1] = Span("".join(texts), result[-1].styles, result[-1].url)


def parted(spans: Sequence[Span], offsets: Iterable[int]) -> list[Spans]:
    """Return spans split at ascending offsets of their joined text: one part more than offsets."""
    parts: list[list[Span]] = [[]]
    cuts = iter([*offsets])
    cut = next(cuts, None)
    start = 0
    for span in spans:
        end, at = start + len(span.text), 0
        while cut is not None and cut < end:
            parts[-1].append(Span(span.text[at : cut - start], span.styles, span.url))
            parts.append([])
            at, cut = cut - start, next(cuts, None)
        parts[-1].append(Span(span.text[at:], span.styles, span.url))
        start = end
    parts.extend([] for left in (cut, *cuts) if left is not None)
    return [merged(part) for part in parts]


def trimmed(spans: Sequence[Span]) -> Spans:
    """Return spans without white space at both ends; () if they are nothing else."""
    text = "".join(span.text for span in spans)
    inner = text.strip()
    if not inner:
        return ()
    start = text.index(inner)
    return parted(spans, (start, start + len(inner)))[1]


def paragraphs(spans: Sequence[Span]) -> list[Spans]:
    """Return spans split at blank lines, without blank paragraphs."""
    text = "".join(span.text for span in spans)
    offsets = [at for blank in _BLANK_LINES.finditer(text) for at in blank.span()]
    return [kept for part in parted(spans, offsets)[::2] if (kept := trimmed(part))]


def in_bold(spans: Iterable[Span]) -> Spans:
    """Return the spans in bold."""
    return merged(Span(span.text, span.styles | {"bold"}, span.url) for span in spans)
