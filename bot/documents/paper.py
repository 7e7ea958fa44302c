"""A letter with its list, ready to be written in any format: every word in it is final.

A paper is made where the database is and written in a process of its own, to which it goes as
JSON. The writers know no gettext, no letter and no rule: they lay out what stands here.
"""

import base64
from dataclasses import dataclass, field, fields
from datetime import datetime
from enum import StrEnum
from typing import Any

import orjson

from bot.documents.direction import Direction


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
    """A sign behind an entry that a note explains."""

    EARLIER = "†"
    """It was signed for an earlier version of the text."""
    WITHDRAWN = "‡"
    """It was withdrawn after the letter was delivered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One signatory as it appears on the list."""

    reads: str
    """The entry, exactly as its signer approved it."""
    marks: tuple[Mark, ...] = ()
    signed: str = ""
    """Behind a late signature in one list with all others: on which day it came, in words."""
    country: str = ""
    """Its country's name in the paper's language, or as it was typed."""
    cells: tuple[str, ...] = ()
    """Its row in a table, one cell for each of the paper's columns, as in CSV."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A group of the list. Without a heading where there is only one."""

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
    """Its words for people who do not see it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Counts to be drawn as bars, with their words."""

    title: str
    bars: tuple[tuple[str, int], ...]
    """Each label with its count, in the order in which they are drawn."""
    beside: str = ""
    """Words below the bars: how many have none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A letter with its list in one language, as of one instant."""

    letter: int
    """Its number."""
    title: str
    letterhead: str
    """The sender; may be empty."""
    logo: Logo | None = None
    day: str
    """The day of the cut in words."""
    body: str
    """The text, in Markdown."""
    heading: str
    """The heading of the list."""
    count: str
    """The number of those who signed, as a phrase: "47 organisations and 312 people from 23 countries"."""
    sections: tuple[Section, ...] = ()
    notes: tuple[tuple[Mark, str], ...] = ()
    """The meaning of each mark that occurs."""
    draft: str = ""
    """The words for every page of a list that was not delivered; else empty."""
    page_words: str
    """The words that count pages, with `{page}` and `{pages}` in them."""
    columns: tuple[str, ...] = ()
    """The columns of a table, by their names in CSV."""
    column_words: tuple[str, ...] = ()
    """The same columns as headings for people."""
    cell_words: tuple[tuple[str, str], ...] = ()
    """The words of cells of a fixed vocabulary, by what stands in CSV."""
    language: str
    """The IETF tag of the language that headings and counts are in."""
    text_language: str
    """The IETF tag of the language of title and text."""
    direction: Direction = Direction.LTR
    """The direction of the page, from `language`."""
    text_direction: Direction = Direction.LTR
    """The direction of title and text, from `text_language`."""
    cut_at: datetime
    """The moment of the cut, in UTC: the only date in a file."""
    charts: tuple[Chart, ...] = field(default=())
    """By day, then by country."""

    @property
    def entries(self) -> list[Entry]:
        """All entries in their order."""
        return [entry for section in self.sections for entry in section.entries]


def to_json(paper: Paper) -> bytes:
    """Write a paper as JSON; an entry that has only its words becomes a string."""
    sections = [
        {
            "heading": section.heading,
            "entries": [
                one if one.marks or one.signed or one.country or one.cells else one.reads
                for one in section.entries
            ],
        }
        for section in paper.sections
    ]
    given = {one.name: getattr(paper, one.name) for one in fields(Paper)}
    if paper.logo is not None:
        image = base64.b64encode(paper.logo.image).decode()
        given["logo"] = {"image": image, "ending": paper.logo.ending, "alt": paper.logo.alt}
    return orjson.dumps(given | {"sections": sections})


def from_json(data: bytes) -> Paper:
    """Read what `to_json` wrote."""
    read: dict[str, Any] = orjson.loads(data)
    logo = read["logo"]
    made: dict[str, Any] = read | {
        "logo": None
        if logo is None
        else Logo(**(logo | {"image": base64.b64decode(logo["image"])})),
        "sections": tuple(
            Section(heading=one["heading"], entries=tuple(map(_entry, one["entries"])))
            for one in read["sections"]
        ),
        "notes": tuple((Mark(sign), words) for sign, words in read["notes"]),
        "columns": tuple(read["columns"]),
        "column_words": tuple(read["column_words"]),
        "cell_words": tuple((cell, said) for cell, said in read["cell_words"]),
        "direction": Direction(read["direction"]),
        "text_direction": Direction(read["text_direction"]),
        "cut_at": datetime.fromisoformat(read["cut_at"]),
        "charts": tuple(
            Chart(
                title=one["title"],
                bars=tuple((name, count) for name, count in one["bars"]),
                beside=one["beside"],
            )
            for one in read["charts"]
        ),
    }
    return Paper(**made)


def _entry(read: dict[str, Any] | str) -> Entry:
    if isinstance(read, str):
        return Entry(reads=read)
    return Entry(
        reads=read["reads"],
        marks=tuple(map(Mark, read["marks"])),
        signed=read["signed"],
        country=read["country"],
        cells=tuple(read["cells"]),
    )
