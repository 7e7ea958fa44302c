"""HTML files of one page: no script, nothing from another host, ready to print.

A letter's public page is the same template, with links.
"""

import base64
from collections.abc import Mapping
from dataclasses import replace
from html import escape
from typing import Any

from bot.documents.direction import direction_of
from bot.documents.markdown_reading import read_markdown
from bot.documents.paper import Entry, Paper
from bot.documents.writers.blocks import blocks
from bot.documents.writers.marked import (
    FEW,
    before_web,
    kept_together,
    signed_behind,
)
from bot.pages.rendering import render, stylesheet

_TAGS = (("code", "code"), ("strike", "s"), ("italic", "em"), ("bold", "strong"))
"""The elements of styles, the outermost first."""
_TYPES = {"png": "image/png", "jpg": "image/jpeg"}


def page(paper: Paper, site: Mapping[str, Any] | None = None) -> bytes:
    """Write a letter and its list as a web page: a file of its own, or one with links to a site."""
    logo = paper.logo
    # Templates are slow, and keep what they are given until garbage is collected; lists are long.
    sections = [
        (one.heading, len(one.entries) <= FEW, "\n".join(map(_item, one.entries)))
        for one in paper.sections
    ]
    return render(
        "letter.html",
        paper=replace(paper, sections=(), short=()),
        sections=sections,
        site=site,
        title=paper.title,
        language=paper.language,
        direction=paper.direction,
        style=stylesheet(),
        translations=[(one, blocks(read_markdown(one.text))) for one in paper.translations],
        **text_facts(paper.body),
        logo_type=logo and _TYPES[logo.ending],
        logo_data=logo and base64.b64encode(logo.image).decode(),
    )


def text_facts(body: str) -> dict[str, Any]:
    """Return the facts of `text.html` for a letter's text."""
    found = blocks(read_markdown(body))
    return {"blocks": found, "tags": _TAGS, "direction_of": direction_of}


def _item(entry: Entry) -> str:
    reads, way = escape(before_web(entry)), direction_of(entry.reads)
    if entry.web:
        web = escape(entry.web)
        reads += f'<a href="https://{web}" rel="noopener">{web}</a>'
    after = escape(kept_together(signed_behind(entry))) if entry.signed else ""
    for mark in entry.marks:
        after += f'<sup><a href="#note-{mark.name.lower()}">{mark}</a></sup>'
    if entry.number:
        # In the page's direction, so that all numbers stand at the side where its lines begin.
        number = f'<span class="number">{entry.number}.</span> '
        return f"<li>{number}<bdi>{reads}</bdi>{after}</li>"
    return f'<li dir="{way}"><bdi>{reads}</bdi>{after}</li>'
