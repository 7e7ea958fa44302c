"""HTML files of one page: no script, nothing from another host, ready to print.

A letter's public page is the same template, with links.
"""

import base64
from collections.abc import Iterable, Mapping
from typing import Any

from bot.documents.direction import direction_of
from bot.documents.markdown_reading import read_markdown
from bot.documents.paper import Entry, Paper
from bot.documents.writers.blocks import blocks
from bot.documents.writers.marked import FEW, before_web, kept_together, signed_behind
from bot.pages.rendering import render, stylesheet

_TAGS = (("code", "code"), ("strike", "s"), ("italic", "em"), ("bold", "strong"))
"""The elements of styles, the outermost first."""
_TYPES = {"png": "image/png", "jpg": "image/jpeg"}


def page(paper: Paper, site: Mapping[str, Any] | None = None) -> bytes:
    """Write a letter and its list as a web page: a file of its own, or one with links to a site."""
    logo = paper.logo
    return render(
        "letter.html",
        paper=paper,
        site=site,
        title=paper.title,
        language=paper.language,
        direction=paper.direction,
        style=stylesheet(),
        blocks=blocks(read_markdown(paper.body)),
        translations=[(one, blocks(read_markdown(one.text))) for one in paper.translations],
        tags=_TAGS,
        few=FEW,
        direction_of=direction_of,
        behind=_behind,
        before_web=before_web,
        directed=_directed,
        logo_type=logo and _TYPES[logo.ending],
        logo_data=logo and base64.b64encode(logo.image).decode(),
    )


def _behind(entry: Entry) -> str:
    return kept_together(signed_behind(entry))


def _directed(entries: Iterable[Entry]) -> list[tuple[Entry, str]]:
    # Calls from a template are slow, and lists are long.
    return [(one, direction_of(one.reads).value) for one in entries]
