"""Passages written as Markdown, which parses to the same words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.documents.passages import Kind, Passage
from bot.slack.text.markdown_inline import inline_markdown

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
