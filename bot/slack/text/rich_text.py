"""A letter's words from Slack and back: what people typed there, as Markdown, and for editing."""

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from bot.documents.markdown_reading import read_markdown
from bot.documents.passages import RULE_TEXT, Kind, Passage, Span, Spans, merged, restyled
from bot.slack.text.markdown_writing import write_markdown
from bot.slack.text.mrkdwn import read_mrkdwn
from bot.slack.text.rich_text_reading import read_blocks, read_rich_text
from bot.slack.text.rich_text_writing import block_element, list_elements, rich_text, section

FORM_BYTES = 150_000
"""Maximum size of a letter's text in the form, as JSON, in bytes.

A view holds 250 kB, and what comes back over HTTP holds the text twice.
"""


def rich_text_to_markdown(block: object) -> str:
    """The Markdown of a `rich_text` block, such as a rich text input's value.

    It reads back as the same words. Anything that is no such block is an empty text.
    """
    return write_markdown(read_rich_text(block))


def mrkdwn_to_markdown(text: str) -> str:
    """The Markdown of a message's `text`, with its entities, marks, lists and quotations."""
    return write_markdown(read_mrkdwn(text))


def message_to_markdown(text: str, blocks: object = None) -> str:
    """The Markdown of a message: of its blocks if they hold words, else of its text."""
    passages = read_blocks(blocks)
    if any(passage.text.strip() for passage in passages):
        return write_markdown(passages)
    return mrkdwn_to_markdown(text)


def markdown_to_rich_text(markdown: str) -> dict[str, Any]:
    """A letter as one `rich_text` block, to fill a rich text input with.

    A heading is a line in bold there, and stays one when the input comes back; tables are lines,
    and images links. An empty letter gives one empty section: leave `initial_value` out for it.
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
    for is_item, run in groupby(passages, key=lambda passage: passage.kind is Kind.ITEM):
        if is_item:
            yield from list_elements(run)
        else:
            yield from map(block_element, run)


def _is_prose(passage: Passage) -> bool:
    """Return whether it runs on in one section with the prose around it."""
    if passage.kind in {Kind.ITEM, Kind.CODE}:
        return False
    return not passage.quoted or passage.kind is Kind.RULE


def _as_prose(passage: Passage) -> Spans:
    if passage.kind is Kind.RULE:
        return (Span(RULE_TEXT),)
    return restyled(passage.spans, "bold") if passage.kind is Kind.HEADING else passage.spans


def fits_form(body: str) -> bool:
    """Return whether a text can be edited in Slack."""
    # The SDK sends JSON in which every character beyond ASCII is escaped.
    return len(json.dumps(markdown_to_rich_text(body))) <= FORM_BYTES
