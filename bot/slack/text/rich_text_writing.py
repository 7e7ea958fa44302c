"""Passages written as elements of Slack's `rich_text` blocks."""

from collections.abc import Iterable, Sequence
from typing import Any

from bot.documents.passages import Kind, Passage, Span, Spans, merged

_DEEPEST = 8


def rich_text(elements: list[dict[str, Any]]) -> dict[str, Any]:
    """Return one `rich_text` block."""
    return {"type": "rich_text", "elements": elements}


def section(spans: Spans) -> dict[str, Any]:
    """Return a paragraph."""
    return {"type": "rich_text_section", "elements": _inline(spans)}


def block_element(passage: Passage) -> dict[str, Any]:
    """Return a paragraph, quotation or code block. The passage's spans must not be empty."""
    if passage.kind is Kind.CODE:
        code = {"type": "rich_text_preformatted", "elements": _inline(passage.spans)}
        return code | _border(passage)
    if passage.quoted:
        return {"type": "rich_text_quote", "elements": _inline(passage.spans)}
    return section(passage.spans)


def list_elements(items: Iterable[Passage]) -> list[dict[str, Any]]:
    """Return adjacent items as lists: one for each run of the same kind and depth, in sequence.

    Lists in Slack cannot start below 1: an item numbered 0 becomes a paragraph with its number.
    """
    runs: list[list[Passage]] = []
    for item in items:
        if runs and _goes_on(runs[-1][-1], item):
            runs[-1].append(item)
        else:
            runs.append([item])
    return [
        section((Span(run[0].marker), *run[0].spans)) if run[0].number == 0 else _list(run)
        for run in runs
    ]


def _goes_on(before: Passage, item: Passage) -> bool:
    if before.number == 0 or (before.level, before.quoted) != (item.level, item.quoted):
        return False
    return item.number == (None if before.number is None else before.number + 1)


def _list(items: Sequence[Passage]) -> dict[str, Any]:
    first = items[0]
    element: dict[str, Any] = {
        "type": "rich_text_list",
        "style": "bullet" if first.number is None else "ordered",
        "indent": min(_DEEPEST, first.level),
        "elements": [section(item.spans or (Span(" "),)) for item in items],
    }
    if first.number is not None and first.number > 1:
        element["offset"] = first.number - 1
    return element | _border(first)


def _border(passage: Passage) -> dict[str, Any]:
    return {"border": 1} if passage.quoted else {}


def _inline(spans: Spans) -> list[dict[str, Any]]:
    # Text elements never become mentions, broadcasts or emoji.
    elements: list[dict[str, Any]] = []
    for span in merged(spans):
        kind: dict[str, Any] = {"type": "link", "url": span.url} if span.url else {"type": "text"}
        style = {"style": dict.fromkeys(sorted(span.styles), True)} if span.styles else {}
        elements.append(kind | {"text": span.text} | style)
    return elements
