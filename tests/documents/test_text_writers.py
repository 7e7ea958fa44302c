"""A letter as lines, CSV, Markdown and a web page."""

import csv
import io
import re
from html.parser import HTMLParser

import pytest

from bot.documents.cells import as_typed
from bot.documents.markdown_reading import read_markdown
from bot.documents.paper import Paper
from bot.documents.passages import Kind
from bot.documents.writers.html import page
from bot.documents.writers.text import lines, markdown, table
from bot.features.delivery.paper import Late
from tests.support.documents.document_checks import html_faults
from tests.support.documents.papers import (
    HOSTILE,
    SCRIPTS,
    a_list,
    a_paper,
    a_person,
    an_organisation,
)
from tests.support.scenes.worst import a_letter
from tests.support.scenes.worst_facts import NOW

NAMES = [*HOSTILE, *SCRIPTS.values()]


class _Entries(HTMLParser):
    """The text and direction of each entry of a page's list, and the words of the whole page."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.entries: list[tuple[str, str]] = []
        self.all = ""
        self._inside = False
        self._listed = False
        self.feed(data.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "section":
            self._listed = True
        if tag == "li" and self._listed:
            self._inside = True
            self.entries.append((dict(attrs).get("dir") or "", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "li":
            self._inside = False

    def handle_data(self, data: str) -> None:
        self.all += data
        if self._inside:
            direction, text = self.entries[-1]
            self.entries[-1] = (direction, text + data)


def test_lines() -> None:
    """One entry a line, in order; a draft says so first."""
    paper = a_paper([an_organisation("Web Group", 1), a_person("Ada King", 2)])
    assert lines(paper).decode() == "Web Group\nAda King\n"
    draft = a_paper([a_person("Ada King", 2)], delivered=False)
    assert lines(draft).decode() == "Draft, not delivered\n\nAda King\n"


@pytest.mark.parametrize("name", NAMES)
def test_csv_is_harmless(name: str) -> None:
    """No spreadsheet takes a name for a formula, and the name can be had back."""
    (row,) = csv.DictReader(
        io.StringIO(table(a_paper([an_organisation(name, 1)])).decode(), newline="")
    )
    assert not row["entry"].startswith(tuple("=+-@\t\r＝"))
    assert as_typed(row["entry"]) == name


@pytest.mark.parametrize("name", NAMES)
def test_markdown_reads_back(name: str) -> None:
    """A name in Markdown is read as that name, and marks nothing up."""
    written = markdown(a_paper([an_organisation(name, 1)], body="x")).decode()
    items = [one for one in read_markdown(written) if one.kind is Kind.ITEM]
    assert [" ".join(one.text.split()) for one in items] == [" ".join(name.split())]
    assert all(not span.styles and not span.url for one in items for span in one.spans)


def test_markdown_whole() -> None:
    """Letterhead, day, title, text, count and groups come in that order."""
    paper = a_paper(a_list(1, 1), body="We ask.", delivered=False)
    assert markdown(paper).decode().splitlines()[::2] == [
        "**Draft, not delivered**",
        "The Coalition",
        "9 April 2026",
        "# An Open Internet for Everyone",
        "We ask.",
        "## Signatories",
        "2 organisations and 1 person",
        "### Conveners",
        "- The Convening Coalition",
        "### Organisations",
        f"- {SCRIPTS['Arabic']}",
        "### People",
        "- Ada King 1, Lecturer, University of the Sea",
    ]


@pytest.mark.parametrize("name", NAMES)
def test_web_page_shows_names_as_text(name: str) -> None:
    """A name is shown as typed, and is nothing to the browser."""
    data = page(a_paper([an_organisation(name, 1)]))
    assert [text for _, text in _Entries(data).entries] == [name]
    assert html_faults(data) == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_web_page_directions(language: str) -> None:
    """Each entry takes its direction from its first strong letter, whatever the page's is."""
    paper = a_paper(a_list(11, 1), language=language)
    data = page(paper)
    found = {text: direction for direction, text in _Entries(data).entries}
    assert [name for name, direction in found.items() if direction == "rtl"] == [
        SCRIPTS["Arabic"], SCRIPTS["Arabic with Latin"], SCRIPTS["Hebrew"],
    ]  # fmt: skip
    assert f'<html lang="{language}" dir="{paper.direction}">'.encode() in data


def test_web_page_headings() -> None:
    """Its headings go down one level at a time."""
    data = page(a_paper(body="#### Deep\n\n# Shallow\n\n### Deeper\n\nx\n")).decode()
    levels = [int(level) for level in re.findall(r"<h([1-6])", data)]
    assert levels[:4] == [1, 2, 2, 3]


def test_checker_sees_a_bad_page() -> None:
    """The checker of web pages finds a script, a picture from elsewhere, and a style that loads."""
    assert html_faults(b"<script>1</script>") != []
    assert html_faults(b'<img src="https://example.org/x.png">') != []
    assert html_faults(b"<style>body { background: url(x) }</style>") != []
    assert html_faults(b'<a href="javascript:1">x</a>') != []


def test_dated_entries_in_every_text() -> None:
    """A late signature in one dated list has its day behind it."""
    listed = [a_person("Ada King", 1, late=True), a_person("Zoe", 2)]
    paper: Paper = a_paper(listed, letter=a_letter(delivered_at=NOW), late=Late.DATED)
    day = paper.entries[0].signed
    assert day
    for written in (lines(paper), markdown(paper), page(paper)):
        text = re.sub(r"</?bdi>|[\\\u2068\u2069]", "", written.decode()).replace("\u00a0", " ")
        assert f"Ada King ({day})" in text
