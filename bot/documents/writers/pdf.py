"""PDF documents tagged for screen readers and suitable for archives."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC
from typing import Any

from bot.documents.direction import Direction, direction_of
from bot.documents.markdown_reading import read_markdown
from bot.documents.paper import Entry, Logo, Paper, Section
from bot.documents.passages import Kind, Span
from bot.documents.writers.blocks import Block, Item, List, Quote, blocks
from bot.documents.writers.fonts import EAST_ASIAN
from bot.documents.writers.marked import (
    FEW,
    before_web,
    isolated_entry,
    kept_together,
    number_before,
    signed_behind,
)
from bot.documents.writers.typesetting import Standard, typeset

BALANCED_MOST = 2_000
"""The most entries with balanced columns on each page; measuring more takes too long."""
RUNNING_MOST = 90
"""The most characters of the title in a page's footer."""
ITEM_MOST = 100
"""Most characters with which an item is sure to fit on one line."""
_WIDE = re.compile("([!-,.-\u052f\u1e00-\u1fff]{30,})")
"""A word without a place to break, which may be wider than a column."""
_PART = re.compile("(?:.[\u0300-\u036f]*){1,6}")
STANDARDS: tuple[Standard, ...] = ("ua-1", "a-2a")


def pdf(paper: Paper) -> tuple[bytes, str]:
    """Return a paper as PDF/UA-1 and PDF/A-2a, and a character that no font has or ""."""
    made = typeset("letter.typ", _data(paper), "pdf", standards=STANDARDS)
    # The entry only tells viewers how to arrange pages, but makes pdfium (Chrome) reverse the words
    # of left-to-right names, which a search then misses. The same length keeps all offsets.
    return made.pages[0].replace(b"/Direction/R2L", b"/Direction/L2R"), made.missing


def _data(paper: Paper) -> dict[str, Any]:
    cut, running = paper.cut_at.astimezone(UTC), paper.title
    if len(running) > RUNNING_MOST:
        running = f"{running[:RUNNING_MOST].rstrip()}…"
    return {
        "title": paper.title,
        "running": running,
        "title_direction": direction_of(paper.title, paper.text_direction),
        "letterhead": paper.letterhead,
        "letterhead_direction": direction_of(paper.letterhead, paper.direction),
        "logo": _logo(paper.logo),
        "day": paper.day,
        "addressee": _said(paper.text_direction, paper.addressee),
        "subject": _said(paper.text_direction, paper.subject),
        "after_text": _said(paper.direction, *paper.after_text),
        "remark": _said(paper.direction, paper.remark),
        "after_list": _said(paper.direction, *paper.after_list),
        "heading": paper.heading,
        "count": paper.count,
        "draft": paper.draft,
        "page_words": paper.page_words,
        "lang": primary_language(paper.language),
        "text_lang": primary_language(paper.text_language),
        "direction": paper.direction,
        "text_direction": paper.text_direction,
        "cut_at": [cut.year, cut.month, cut.day, cut.hour, cut.minute, cut.second],
        "east_asian": EAST_ASIAN,
        "blocks": _blocks(paper.body, paper.text_direction),
        "translations": [
            {
                "lang": primary_language(one.language),
                "direction": one.direction,
                "blocks": _blocks(one.markdown, one.direction),
            }
            for one in paper.translations
        ],
        "sections": _sections(paper, paper.sections),
        "short": _sections(paper, paper.short),
        "others": _said(paper.direction, paper.others),
        "annex": paper.annex,
        "notes": {mark.value: words for mark, words in paper.notes},
        "few": FEW,
        "digits": len(str(max((one.number for one in paper.entries), default=0) or "")),
        "balanced": BALANCED_MOST,
    }


def primary_language(tag: str) -> str:
    """Return the primary language of a tag, as two or three letters."""
    return tag.replace("_", "-").partition("-")[0].lower() or "en"


def _logo(logo: Logo | None) -> Mapping[str, Any] | None:
    if logo is None:
        return None
    form = "jpg" if logo.ending == "jpg" else "png"
    return {"image": list(logo.image), "format": form, "alt": logo.alt}


def _sections(paper: Paper, sections: Sequence[Section]) -> list[dict[str, Any]]:
    return [
        {
            "heading": section.heading,
            "entries": [_entry(entry, paper.direction) for entry in section.entries],
        }
        for section in sections
    ]


def _said(direction: Direction, *texts: str) -> list[dict[str, str]]:
    return [{"text": one, "direction": direction_of(one, direction)} for one in texts if one]


def _entry(entry: Entry, direction: Direction) -> str | dict[str, Any]:
    """Return an entry as text if it needs nothing more, which keeps long lists small."""
    wide = _WIDE.search(entry.reads)
    plain = entry.reads.isascii() and not (entry.marks or entry.signed or entry.web or wide)
    if plain and direction is Direction.LTR and not entry.number:
        return entry.reads
    own, language = direction_of(entry.reads), _east_asian(entry.reads)
    behind = kept_together(signed_behind(entry))
    shown = before_web(entry) if entry.web else f"{isolated_entry(entry)}{behind}"
    if own is direction and not (language or entry.marks or entry.web or wide or entry.number):
        return shown
    return {
        "reads": _parts(shown) if wide else shown,
        "number": number_before(entry).strip(),
        "direction": direction if entry.number else own,
        "lang": language,
        "web": {"url": f"https://{entry.web}", "reads": _parts(entry.web), "behind": behind}
        if entry.web
        else None,
        "marks": [mark.value for mark in entry.marks],
    }


def _parts(line: str) -> list[str | list[str]]:
    """Return a line in which each word that may be wider than a column is split into parts."""
    words = _WIDE.split(line)
    return [_PART.findall(word) if at % 2 else word for at, word in enumerate(words) if word]


def _east_asian(entry: str) -> str:
    """Return the language whose variants of Chinese characters an entry needs, or ""."""
    if any("\u3040" <= character <= "\u30ff" for character in entry):
        return "ja"
    return "ko" if any("\uac00" <= character <= "\ud7a3" for character in entry) else ""


def _blocks(markdown: str, page: Direction) -> list[dict[str, Any]]:
    return [_block(block, page) for block in blocks(read_markdown(markdown))]


def _block(block: Block, page: Direction) -> dict[str, Any]:
    if isinstance(block, Quote):
        return {"kind": "quote", "blocks": [_block(inner, page) for inner in block.blocks]}
    if isinstance(block, List):
        return {
            "kind": "list",
            "ordered": block.ordered,
            "start": block.start,
            "long": any(
                item.passage is not None and len(item.passage.text) > ITEM_MOST
                for item in block.items
            ),
            "items": [_item(item, page) for item in block.items],
        }
    passage = block.passage
    return {
        "kind": "paragraph" if passage.kind is Kind.PARAGRAPH else passage.kind.value,
        "level": block.level,
        "direction": direction_of(passage.text, page),
        "text": passage.text,
        "runs": _runs(passage.spans),
    }


def _item(item: Item, page: Direction) -> dict[str, Any]:
    passage = item.passage
    return {
        "runs": [] if passage is None else _runs(passage.spans),
        "direction": direction_of("" if passage is None else passage.text, page),
        "lists": [_block(inner, page) for inner in item.lists],
    }


def _runs(spans: Sequence[Span]) -> list[dict[str, Any]]:
    return [{"text": one.text, "styles": sorted(one.styles), "url": one.url} for one in spans]
