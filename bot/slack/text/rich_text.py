"""Conversion of a letter's text between Markdown and Slack's rich text."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from typing import Any

from bot.documents.markdown_reading import read_markdown
from bot.documents.passages import RULE_TEXT, Kind, Passage, Span, Spans, in_bold, merged
from bot.letters.alignment import aligned
from bot.letters.text import canonical, is_item, parts
from bot.slack.text.markdown_inline import inline_markdown
from bot.slack.text.mrkdwn import read_mrkdwn
from bot.slack.text.rich_text_reading import read_blocks, read_rich_text
from bot.slack.text.rich_text_writing import block_element, list_elements, rich_text, section

_MARKED = re.compile(r"(?m)^#{1,6} \S|\*\*[^\s*][^*\n]{0,200}\*\*|\[\^\w{1,20}\]|\A---\n\w{1,20}:")
"""A heading, bold words, a footnote or facts before the text, as typed in Markdown."""
HEADING_MOST = 120
FORM_BYTES = 150_000
"""Maximum size of a letter's text in the form, as JSON, in bytes.

A view can have 250 kB, and a submission over HTTP contains the text twice.
"""


def rich_text_to_markdown(block: object) -> str:
    """Return the Markdown of a `rich_text` block, such as a rich text input's value.

    The Markdown parses to the same words. For any other block the result is "".
    """
    return write_markdown(read_rich_text(block))


def pasted_to_markdown(block: object) -> str:
    """Return the Markdown of a new text in a rich text input, which may be Markdown as it is."""
    return _as_meant(read_rich_text(block))


def message_to_markdown(text: str, blocks: object = None) -> str:
    """Return the Markdown of a message's blocks if they have words, else of its text."""
    passages = read_blocks(blocks)
    if any(passage.text.strip() for passage in passages):
        return _as_meant(passages)
    return write_markdown(read_mrkdwn(text))


def _as_meant(passages: Sequence[Passage]) -> str:
    """Return passages as Markdown, or their words if nothing but these is plainly Markdown."""
    words = "\n\n".join(passage.text for passage in passages)
    is_styled = any(
        passage.kind is not Kind.PARAGRAPH or passage.quoted or any(map(_is_styled, passage.spans))
        for passage in passages
    )
    if _MARKED.search(words) and not is_styled:
        return words
    if any(passage.kind is Kind.HEADING for passage in passages):
        return write_markdown(passages)
    return write_markdown([*map(_as_heading, passages[:-1]), *passages[-1:]])


def _as_heading(passage: Passage) -> Passage:
    """Return a line that is bold from end to end as a heading, which rich text does not have."""
    is_bold = all("bold" in span.styles for span in passage.spans if span.text.strip())
    if passage.kind is not Kind.PARAGRAPH or passage.quoted or not is_bold:
        return passage
    line = passage.text.strip()
    if not line or "\n" in line or len(line) > HEADING_MOST or line.endswith((".", ",", ";")):
        return passage
    return Passage(kind=Kind.HEADING, spans=_plainly(passage.spans), level=2)


def _plainly(spans: Spans) -> Spans:
    return merged([replace(span, styles=span.styles - {"bold"}) for span in spans])


def _is_styled(span: Span) -> bool:
    return bool(span.styles) or (bool(span.url) and span.url != span.text)


def markdown_to_rich_text(markdown: str) -> dict[str, Any]:
    """Return a letter as one `rich_text` block, to fill a rich text input.

    A heading becomes a line in bold, and a heading again on submission; tables become lines, and
    images links. An empty letter becomes one empty section: omit `initial_value` for it.
    """
    elements: list[dict[str, Any]] = []
    for is_prose, run in groupby(read_markdown(markdown), key=_is_prose):
        if is_prose:
            spans = [span for passage in run for span in (Span("\n\n"), *_as_prose(passage))]
            elements.append(section(merged(spans[1:])))
            continue
        if elements and elements[-1]["type"] == "rich_text_section":
            elements[-1]["elements"].append({"type": "text", "text": "\n"})
        elements.extend(_lists_and_blocks(run))
    return rich_text(elements or [section(())])


def _lists_and_blocks(passages: Iterable[Passage]) -> Iterator[dict[str, Any]]:
    for are_items, run in groupby(passages, key=lambda passage: passage.kind is Kind.ITEM):
        if are_items:
            yield from list_elements(run)
        else:
            yield from map(block_element, run)


def _is_prose(passage: Passage) -> bool:
    if passage.kind in {Kind.ITEM, Kind.CODE}:
        return False
    return not passage.quoted or passage.kind is Kind.RULE


def _as_prose(passage: Passage) -> Spans:
    if passage.kind is Kind.RULE:
        return (Span(RULE_TEXT),)
    return in_bold(passage.spans) if passage.kind is Kind.HEADING else passage.spans


def fits_form(body: str) -> bool:
    """Return whether a text can be edited in Slack."""
    # The SDK sends JSON in which every character beyond ASCII is escaped.
    return len(json.dumps(markdown_to_rich_text(body))) <= FORM_BYTES


def retyped(block: object, before: str) -> str:
    """Return the Markdown of a submitted rich text input that was filled with `before`.

    A rich text input has no headings, tables or images, so each paragraph or list item with
    unchanged words keeps its old Markdown.
    """
    typed = rich_text_to_markdown(block)

    def shown_as(text: str) -> list[str]:
        """Return the parts of a text after an unchanged round trip through the input."""
        return [part for part, _ in parts(rich_text_to_markdown(markdown_to_rich_text(text)))]

    if typed == rich_text_to_markdown(markdown_to_rich_text(before)):
        return before
    kept = parts(before)
    shown = [(place, part) for place, (one, _) in enumerate(kept) for part in shown_as(one)]
    new = parts(typed)
    found = dict(aligned([part for _, part in shown], [part for part, _ in new]))
    starts = [
        place
        for place, (owner, _) in enumerate(shown)
        if place == 0 or shown[place - 1][0] != owner
    ]
    result = dict(enumerate(new))
    for start, end in pairwise([*starts, len(shown)]):
        places = [found.get(place) for place in range(start, end)]
        first = places[0]
        if first is None or places != list(range(first, first + len(places))):
            continue
        for place in range(first, first + len(places)):
            del result[place]
        result[first] = kept[shown[start][0]]
    return canonical("".join(_joined([part for _, part in sorted(result.items())])))


def _joined(found: Sequence[tuple[str, int]]) -> Iterator[str]:
    """Yield the parts with separators: a blank line, except between adjacent list items."""
    for (part, line_ends), (following, _) in pairwise([*found, ("", 0)]):
        is_tight = line_ends == 1 and is_item(part) and is_item(following)
        yield part + ("\n" if is_tight else "\n\n")


_BACKTICKS = re.compile("`+")


def write_markdown(passages: Iterable[Passage]) -> str:
    """Return passages as Markdown, without a final line end.

    Plain words are escaped, so that typed text is not read as markup. Items are indented as far as
    Markdown allows: at most one level deeper than the item before.
    """
    writing = _Writing()
    for passage in passages:
        writing.take(passage)
    return "\n".join(writing.lines)


@dataclass(frozen=True, slots=True)
class _Level:
    level: int
    number: int | None
    mark: str
    indent: str

    @property
    def inner(self) -> str:
        """The indentation of the item's other lines and nested items."""
        return self.indent + " " * (len(self.mark) + 1)


@dataclass(slots=True)
class _Writing:
    lines: list[str] = field(default_factory=list)
    levels: list[_Level] = field(default_factory=list)
    last: Passage | None = None

    def take(self, passage: Passage) -> None:
        """Add the Markdown of one passage."""
        if passage.kind is Kind.ITEM:
            lines = self._item(passage)
        else:
            lines = _block(passage)
            if not lines:
                return
            self.levels = []
            self._part(passage)
        prefix = "> " if passage.quoted else ""
        self.lines.extend(f"{prefix}{line}" for line in lines)
        self.last = passage

    def _part(self, passage: Passage) -> None:
        if self.last:
            self.lines.append(">" if self.last.quoted and passage.quoted else "")

    def _item(self, passage: Passage) -> list[str]:
        if self.last and self.last.quoted != passage.quoted:
            self.levels = []
        first_of_all = not self.levels
        before: _Level | None = None
        while self.levels and self.levels[-1].level >= passage.level:
            before = self.levels.pop()
        indent = self.levels[-1].inner if self.levels else ""
        mark, goes_on = _mark(passage.number, before)
        level = _Level(passage.level, passage.number, mark, indent)
        self.levels.append(level)
        words = inline_markdown(passage.spans)
        after_words = self.last is not None and bool(self.last.text.strip())
        if first_of_all or (after_words and not (words and goes_on)):
            self._part(passage)
        first, *rest = words.split("\n")
        return [f"{indent}{mark} {first}".rstrip(), *(f"{level.inner}{line}" for line in rest)]


def _mark(number: int | None, before: _Level | None) -> tuple[str, bool]:
    """Return an item's mark after another item of its list, and whether it needs no blank line.

    Only a bullet, a 1 or the next number can directly follow words. A number out of sequence gets
    the other delimiter, because Markdown would otherwise renumber it.
    """
    if number is None:
        return "-", True
    if before is None or before.number is None:
        return f"{number}.", number == 1
    delimiter = before.mark[-1]
    if number == before.number + 1:
        return f"{number}{delimiter}", True
    return f"{number}{')' if delimiter == '.' else '.'}", number == 1


def _block(passage: Passage) -> list[str]:
    if passage.kind is Kind.RULE:
        return ["---"]
    if passage.kind is Kind.CODE:
        return _fenced(passage.text)
    words = inline_markdown(passage.spans)
    if not words:
        return []
    if passage.kind is Kind.HEADING:
        words = words.replace("\\\n", " ")
        words = f"{words[:-1]}\\#" if words.endswith("#") else words
        return [f"{'#' * max(1, min(6, passage.level))} {words}"]
    return words.split("\n")


def _fenced(code: str) -> list[str]:
    if not code.strip():
        return []
    longest = max((len(run) for run in _BACKTICKS.findall(code)), default=0)
    fence = "`" * max(3, longest + 1)
    return [fence, *code.split("\n"), fence]
