"""A letter with its list, ready to be written in any format: all of its words are final.

A paper is made by the process with the database and sent as JSON to the process that writes it. The
writers only lay out its content; they know neither gettext nor letters nor rules.
"""

import base64
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from itertools import repeat
from types import UnionType
from typing import Any, NamedTuple, get_args, get_origin, get_type_hints

import orjson

from bot.documents.direction import Direction
from bot.documents.lists import escaped


class Format(StrEnum):
    """A format that a paper can be written in."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    HTML = "html"
    MARKDOWN = "markdown"
    CSV = "csv"
    LINES = "lines"


ENDING = {
    Format.PDF: "pdf",
    Format.DOCX: "docx",
    Format.XLSX: "xlsx",
    Format.HTML: "html",
    Format.MARKDOWN: "md",
    Format.CSV: "csv",
    Format.LINES: "txt",
}
"""The ending of a file's name in each format, without the dot."""


class Mark(StrEnum):
    """A sign after an entry, explained by a note."""

    EARLIER = "†"
    """The entry was signed for an earlier version of the text."""
    WITHDRAWN = "‡"
    """The signature was withdrawn after delivery."""


class Entry(NamedTuple):
    """One signatory as it appears on the list."""

    reads: str
    """The entry, exactly as its signer approved it."""
    number: int = 0
    """Its number on the list, or 0."""
    web: str = ""
    """The web address at the end of the entry, to be linked, or ""."""
    marks: tuple[Mark, ...] = ()
    signed: str = ""
    """The day of a late signature in words, shown after the entry; else ""."""
    country: str = ""
    """The country's name in the paper's language, or as typed."""
    cells: tuple[str, ...] = ()
    """Its row in a table: one cell for each of the paper's columns, as in CSV."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A group of the list. It has no heading if it is the only one."""

    heading: str = ""
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Logo:
    """A picture for the letterhead."""

    image: bytes
    """PNG or JPEG."""
    ending: str
    """`png` or `jpg`."""
    alt: str
    """Alternative text for people who cannot see it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Counts to be drawn as bars, with their labels."""

    title: str
    bars: tuple[tuple[str, int], ...]
    """Labels with their counts, in drawing order."""
    beside: str = ""
    """A note below the bars: how many signatures are in none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet of a working list, with the names of its columns as in CSV."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Translated:
    """A translation of the letter, read beside it. Its words are in its own language."""

    heading: str
    """That it is unofficial, and its language."""
    text: str
    """Its translator, title and text, in Markdown."""
    language: str
    direction: Direction

    @property
    def markdown(self) -> str:
        """The whole, in Markdown."""
        return f"## {escaped(self.heading)}\n\n{self.text}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A letter with its list in one language, as of one moment."""

    letter: int
    """Its number."""
    title: str
    letterhead: str
    """The sender, or ""."""
    addressee: str = ""
    """The addressee, in lines, or ""."""
    subject: str = ""
    news: str = ""
    """The organisers' update, shown on pages under the letter, or ""."""
    news_heading: str = ""
    logo: Logo | None = None
    day: str
    """The day of `cut_at` in words, with its place; "" if it comes after the text."""
    body: str
    """The text, in Markdown."""
    heading: str
    """The heading of the list."""
    count: str
    """The number of signatures as a phrase: "47 organisations and 312 people from 23 countries"."""
    after_text: tuple[str, ...] = ()
    """Paragraphs between the text and the list, each in one line or several."""
    remark: str = ""
    """A line about the whole list, after the count."""
    after_list: tuple[str, ...] = ()
    """Paragraphs after the list."""
    translations: tuple[Translated, ...] = ()
    sections: tuple[Section, ...] = ()
    short: tuple[Section, ...] = ()
    """The beginning of the list, if PDF and Word have the whole as an annex."""
    others: str = ""
    """The number of the other entries as a phrase."""
    annex: str = ""
    """The heading of the annex."""
    notes: tuple[tuple[Mark, str], ...] = ()
    """The explanation of each mark that occurs."""
    draft: str = ""
    """The label on every page of a list that was not delivered; else ""."""
    page_words: str
    """The phrase with the page number, with placeholders `{page}` and `{pages}`."""
    columns: tuple[str, ...] = ()
    """The columns of a table, by their names in CSV."""
    column_words: tuple[str, ...] = ()
    """The same columns as headings for people."""
    cell_words: tuple[tuple[str, str], ...] = ()
    """Translations of cells with a fixed vocabulary, each with its value in CSV."""
    language: str
    """The IETF tag of the language of headings and counts."""
    text_language: str
    """The IETF tag of the language of title and text."""
    direction: Direction = Direction.LTR
    """The direction of the page, from `language`."""
    text_direction: Direction = Direction.LTR
    """The direction of title and text, from `text_language`."""
    cut_at: datetime
    """The moment of the list, in UTC: the only date in a file's metadata."""
    charts: tuple[Chart, ...] = field(default=())
    """The charts by day and by country."""
    sheets: tuple[Sheet, ...] = ()
    """The sheets that a spreadsheet has instead of the list."""

    @property
    def entries(self) -> list[Entry]:
        """Return all entries in their order."""
        return [entry for section in self.sections for entry in section.entries]


def to_json(paper: Paper) -> bytes:
    """Return a paper as JSON; an entry without other data becomes a string."""
    sections = [
        {
            "heading": section.heading,
            "entries": [
                one.reads if one == Entry(reads=one.reads) else one for one in section.entries
            ],
        }
        for section in paper.sections
    ]
    given = {one.name: getattr(paper, one.name) for one in fields(Paper)}
    if paper.logo is not None:
        image = base64.b64encode(paper.logo.image).decode()
        given["logo"] = {"image": image, "ending": paper.logo.ending, "alt": paper.logo.alt}
    return orjson.dumps(given | {"sections": sections}, default=lambda one: one._asdict())


def from_json(data: bytes) -> Paper:
    """Return the paper that `to_json` wrote."""
    return _read(Paper, orjson.loads(data))


def _read(kind: Any, value: Any) -> Any:
    """Return a value of a kind, as annotations say it, from JSON."""
    if kind is str or value is None:
        return value
    if isinstance(kind, type) and is_dataclass(kind):
        kinds = _hints(kind)
        return kind(**{name: _read(kinds[name], one) for name, one in value.items()})
    if get_origin(kind) is tuple:
        kinds = get_args(kind)
        each = repeat(kinds[0]) if kinds[-1] is Ellipsis else kinds
        return tuple(value if kinds[0] is str is kinds[-1] else map(_read, each, value))
    if isinstance(kind, UnionType):
        return _read(get_args(kind)[0], value)
    reads: dict[Any, Any] = {
        bytes: base64.b64decode,
        datetime: datetime.fromisoformat,
        Entry: _entry,
    }
    return reads.get(kind, kind)(value)


def _entry(read: dict[str, Any] | str) -> Entry:
    if isinstance(read, str):
        return Entry(read)
    return Entry(
        **read | {name: _read(_hints(Entry)[name], read[name]) for name in ("marks", "cells")}
    )


_hints = cache(get_type_hints)
