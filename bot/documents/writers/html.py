"""HTML files of one page: no script, nothing from another host, ready to print."""

import base64
from collections.abc import Iterable, Iterator
from html import escape
from importlib.resources import files

from bot.documents.direction import direction_of
from bot.documents.markdown_reading import read_markdown
from bot.documents.paper import Entry, Logo, Mark, Paper, Section
from bot.documents.passages import Kind, Span
from bot.documents.writers.blocks import Block, Item, List, Quote, blocks
from bot.documents.writers.marked import FEW, kept_together, signed_behind

_TAGS = {"bold": "strong", "italic": "em", "strike": "s", "code": "code"}
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_TYPES = {"png": "image/png", "jpg": "image/jpeg"}


def page(paper: Paper) -> bytes:
    """Write a letter and its list as a web page."""
    style = files("bot.documents.writers").joinpath("page.css").read_text("utf-8")
    parts = [
        "<!DOCTYPE html>",
        f'<html lang="{escape(paper.language)}" dir="{paper.direction}">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        f"<title>{escape(paper.title)}</title>",
        f"<style>\n{style}</style>",
        "</head>",
        "<body>",
        *_draft(paper),
        "<main>",
        *_letterhead(paper),
        f'<p class="day">{escape(paper.day)}</p>',
        f'<div lang="{escape(paper.text_language)}" dir="{paper.text_direction}">',
        f"<h1>{escape(paper.title)}</h1>",
        *map(_block, blocks(read_markdown(paper.body))),
        "</div>",
        *_list(paper),
        "</main>",
        "</body>",
        "</html>",
    ]
    return ("\n".join(parts) + "\n").encode()


def _draft(paper: Paper) -> Iterator[str]:
    if paper.draft:
        yield f'<p class="draft" role="note">{escape(paper.draft)}</p>'


def _letterhead(paper: Paper) -> Iterator[str]:
    if paper.logo is None and not paper.letterhead:
        return
    yield '<div class="letterhead">'
    if paper.logo is not None:
        yield _logo(paper.logo)
    if paper.letterhead:
        yield f'<p dir="{direction_of(paper.letterhead)}">{escape(paper.letterhead)}</p>'
    yield "</div>"


def _logo(logo: Logo) -> str:
    data = base64.b64encode(logo.image).decode()
    return f'<img src="data:{_TYPES[logo.ending]};base64,{data}" alt="{escape(logo.alt)}">'


def _block(block: Block) -> str:
    if isinstance(block, Quote):
        return f"<blockquote>{''.join(map(_block, block.blocks))}</blockquote>"
    if isinstance(block, List):
        return _nested(block)
    passage = block.passage
    match passage.kind:
        case Kind.HEADING:
            return f"<h{block.level}>{_spans(passage.spans)}</h{block.level}>"
        case Kind.CODE:
            return f"<pre><code>{escape(passage.text)}</code></pre>"
        case Kind.RULE:
            return "<hr>"
        case _:
            return f'<p dir="{direction_of(passage.text)}">{_spans(passage.spans)}</p>'


def _nested(block: List) -> str:
    tag = "ol" if block.ordered else "ul"
    start = f' start="{block.start}"' if block.ordered and block.start != 1 else ""
    return f"<{tag}{start}>{''.join(map(_item, block.items))}</{tag}>"


def _item(item: Item) -> str:
    spans = () if item.passage is None else item.passage.spans
    text = "" if item.passage is None else item.passage.text
    inside = "".join(map(_nested, item.lists))
    return f'<li dir="{direction_of(text)}">{_spans(spans)}{inside}</li>'


def _spans(spans: Iterable[Span]) -> str:
    return "".join(map(_span, spans))


def _span(span: Span) -> str:
    written = escape(span.text).replace("\n", "<br>")
    for style, tag in _TAGS.items():
        if style in span.styles:
            written = f"<{tag}>{written}</{tag}>"
    return f'<a href="{escape(span.url)}" rel="noopener">{written}</a>' if span.url else written


def _list(paper: Paper) -> Iterator[str]:
    yield '<section aria-labelledby="signatories">'
    yield f'<h2 id="signatories">{escape(paper.heading)}</h2>'
    yield f'<p class="count">{escape(paper.count)}</p>'
    for section in paper.sections:
        yield from _section(section)
    if paper.notes:
        yield '<div class="notes">'
        for mark, words in paper.notes:
            yield f'<p id="note-{mark.name.lower()}">{mark.value} {escape(words)}</p>'
        yield "</div>"
    yield "</section>"


def _section(section: Section) -> Iterator[str]:
    if section.heading:
        yield f"<h3>{escape(section.heading)}</h3>"
    few = ' class="few"' if len(section.entries) <= FEW else ""
    yield f'<ul role="list"{few}>'
    for entry in section.entries:
        yield f'<li dir="{direction_of(entry.reads)}">{_entry(entry)}</li>'
    yield "</ul>"


def _entry(entry: Entry) -> str:
    behind = escape(kept_together(signed_behind(entry)))
    shown = escape(entry.reads)
    if behind or entry.marks:
        shown = f"<bdi>{shown}</bdi>"
    marks = "".join(_mark(mark) for mark in entry.marks)
    return f"{shown}{behind}{marks}"


def _mark(mark: Mark) -> str:
    return f'<sup><a href="#note-{mark.name.lower()}">{mark.value}</a></sup>'
