"""A letter as PDF: every name can be found in it, and checkers find no fault."""

import io
import re
from dataclasses import replace
from itertools import pairwise

import pikepdf
import pypdfium2
import pytest

from bot.documents.paper import Logo
from bot.documents.writers.pdf import BALANCED_MOST, pdf
from bot.letters.rules import Printing, Rules
from bot.letters.standing import Standing
from tests.support.documents.document_checks import folded, pdf_faults, pdf_pages, roles
from tests.support.documents.papers import (
    HOSTILE,
    SCRIPTS,
    a_list,
    a_paper,
    a_person,
    a_picture,
    an_organisation,
)
from tests.support.scenes.worst import a_letter

ARABIC = a_letter(title="إنترنت مفتوح للجميع", language="ar", sender="تحالف الشبكة المفتوحة")
ARABIC_BODY = "نحن الموقعين أدناه نطلب شبكة **مفتوحة** للجميع.\n\n## ما نطلبه\n\n1. لا إغلاق.\n"


def words_of(name: str) -> list[str]:
    """The words of a name. Where a line has both directions, tools give them as they are drawn."""
    return [folded(word) for word in re.split(r"[\s()«»-]+", name) if word]


def on_one_line(name: str, text: str) -> bool:
    """Return whether every word of a name is whole on some line of a text."""
    lines = [folded(line) for line in text.splitlines()]
    return any(all(word in line for word in words_of(name)) for line in lines)


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_each_script_is_found_whole(script: str, language: str) -> None:
    """A name in any script can be searched for and copied out of the PDF."""
    name = SCRIPTS[script]
    data, missing = pdf(a_paper([an_organisation(name, 1)], body="x", language=language))
    assert missing == ""
    assert on_one_line(name, "".join(pdf_pages(data)))


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_stay_text(name: str) -> None:
    """A name that means something to typst or to a reader's eye is a name like others."""
    data, _ = pdf(a_paper([an_organisation(name, 1), a_person("Ada King", 2)]))
    text = "".join(pdf_pages(data))
    visible = re.sub(r"[\u200b-\u200f\u202a-\u202e\ufeff]", "", name)
    drawn = visible[::-1] if "\u202e" in name else visible
    assert folded(drawn) in folded(text)
    assert "Ada King" in text


@pytest.mark.parametrize(
    "paper",
    [
        a_paper(),
        a_paper(delivered=False),
        a_paper(letter=ARABIC, body=ARABIC_BODY),
        a_paper([an_organisation(name, n) for n, name in enumerate(HOSTILE)], language="ru"),
        a_paper([]),
        a_paper(body=""),
        replace(a_paper(), logo=Logo(image=a_picture(), ending="png", alt="A tree")),
    ],
    ids=["delivered", "draft", "arabic", "hostile", "nobody", "no text", "logo"],
)
def test_checkers_find_no_fault(paper: object) -> None:
    """It says PDF/UA-1 and PDF/A-2a, is tagged, and neither qpdf nor pdfua finds a fault."""
    data, _ = pdf(paper)  # pyright: ignore[reportArgumentType] - the ids make it an object
    assert pdf_faults(data) == []


def test_checkers_see_a_bad_file() -> None:
    """The same checkers find a file that is cut off, and one whose structure was taken away."""
    data, _ = pdf(a_paper())
    assert pdf_faults(data[: len(data) // 2]) != []
    faults = pdf_faults(untagged(data))
    assert "it is not tagged" in faults
    assert any(fault.startswith("UA-") for fault in faults)


def untagged(data: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as opened:
        del opened.Root.MarkInfo
        del opened.Root.StructTreeRoot
        out = io.BytesIO()
        opened.save(out)
    return out.getvalue()


def test_structure() -> None:
    """A title, headings without a gap, lists as lists, and no list for names."""
    body = "### Deep first\n\nWords.\n\n# Shallow\n\n- one\n- two\n"
    found = roles(pdf(a_paper(a_list(5, 5), body=body))[0])
    headings = [int(role[1]) for role in found if re.fullmatch("H[1-6]", role)]
    assert headings[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(headings))
    assert found.count("L") == 1
    assert found.count("LI") == 2


def test_draft_on_each_page() -> None:
    """Every page of what was not delivered says so."""
    pages = pdf_pages(pdf(a_paper(a_list(90, 200), delivered=False))[0])
    assert len(pages) > 2
    assert all("Draft, not delivered" in page for page in pages)
    assert not any("Draft" in page for page in pdf_pages(pdf(a_paper(a_list(90, 200)))[0]))


def test_marks_are_explained_on_their_page() -> None:
    """A mark has its note on each page that bears it."""
    letter = a_letter(text_sha256="1" * 64, meaning=2)
    pages = pdf_pages(pdf(a_paper(a_list(120, 100), letter=letter))[0])
    marked = [page for page in pages if page.count("†") > 1]
    assert len(marked) > 1
    assert all("Signed an earlier version of this letter." in page for page in marked)


def test_two_notes() -> None:
    """An entry may have two marks, each with its own note."""
    letter = a_letter(text_sha256="1" * 64, meaning=2)
    listed = [a_person("Ada King", 1, standing=Standing.MARKED), a_person("Zoe", 2)]
    (page,) = pdf_pages(pdf(a_paper(listed, letter=letter))[0])
    assert "Withdrew after the letter was delivered." in page
    assert page.count("Signed an earlier version") == 1


def test_columns_are_balanced() -> None:
    """The last page of a group has two columns of one height, in the order of the list."""
    listed = [a_person(f"Person {number:04}", number) for number in range(1, 132)]
    pages = [re.findall(r"Person \d{4}", page) for page in pdf_pages(pdf(a_paper(listed))[0])]
    assert [name for page in pages for name in page] == [one.entry for one in listed]
    assert len(pages) >= 2


def test_nothing_spills() -> None:
    """A page holds what it is given, with the notes of both columns: none has a few names alone."""
    for listed in range(60, 300, 12):
        entries = [an_organisation(f"Group {number:03}", number) for number in range(listed)]
        for number in range(0, listed, 60):
            entries[number] = entries[number]._replace(meaning=0)
        paper = a_paper(entries, body="We ask.\n\n" * (listed % 23))
        names = [len(re.findall(r"Group \d{3}", page)) for page in pdf_pages(pdf(paper)[0])]
        assert sum(names) == listed
        assert all(count > 20 for count in names[1:-1]), names


@pytest.mark.parametrize("how_many", [40, BALANCED_MOST + 1])
def test_heading_stands_with_the_first_names(how_many: int) -> None:
    """The heading of the list and its count are on the page of the first names, wherever the text ends."""
    listed = [a_person(f"Person {number:05}", number) for number in range(how_many)]
    for lines in range(22, 29):
        pages = pdf_pages(pdf(a_paper(listed, body="We ask.\n\n" * lines))[0])
        (first,) = [page for page in pages if "Signatories" in page]
        assert "Person 00000" in first
        assert "people" in first


def test_first_names_of_a_long_list_are_balanced() -> None:
    """The first names fill both columns, and the number of the others stands below them."""
    rules = Rules(printing=Printing(shown_first=20))
    listed = [a_person(f"Person {number:05}", number) for number in range(BALANCED_MOST + 1)]
    data, _ = pdf(a_paper(listed, letter=a_letter(rules=rules), body="x"))
    assert "and 1,981 others" in pdf_pages(data)[0]
    assert len(lefts(data, "Person")) == 2


def test_few_stand_under_one_another() -> None:
    """A group of three is one column, a group of four is two."""
    for few, columns in ((3, 1), (4, 2)):
        listed = [an_organisation(f"Group {number}", number) for number in range(few)]
        assert len(lefts(pdf(a_paper(listed))[0], "Group")) == columns


def lefts(data: bytes, words: str, page: int = 0) -> set[int]:
    """The places at which lines with these words begin on a page, in points."""
    with pypdfium2.PdfDocument(data) as document:
        text = document[page].get_textpage()
        search = text.search(words)
        found: set[int] = set()
        while (at := search.get_next()) is not None:
            found.add(round(text.get_charbox(at[0])[0]))
    return found


def test_long_word_stays_in_its_column() -> None:
    """A word that is wider than its column goes on in the next line, and is whole for who searches."""
    word = "Internetfreiheitsgesellschaftsverbandsvereinigungsdachorganisation" * 2
    data, _ = pdf(a_paper([an_organisation(f"Group {word}", 1), *a_list(9, 0)]))
    lines = "".join(pdf_pages(data)).splitlines()
    assert word not in "".join(max(lines, key=len))
    assert word in "".join(folded(line) for line in lines)
    assert pdf_faults(data) == []


def test_foot_of_the_pages() -> None:
    """Pages are counted where there are several; the title is at the foot from the second on."""
    letter = a_letter(title="Our Title")
    one, *more = (pdf_pages(pdf(a_paper(a_list(n, n), letter=letter))[0]) for n in (9, 130))
    assert "Page" not in one[0]
    (pages,) = more
    last = len(pages)
    assert [f"Page {at} of {last}" in page for at, page in enumerate(pages, 1)] == [True] * last
    assert [page.count("Our Title") for page in pages] == [1] * last


@pytest.mark.parametrize("how_many", [1, 80, 81, BALANCED_MOST + 1])
def test_every_entry_once(how_many: int) -> None:
    """Each entry is there once, however long the list is."""
    listed = [a_person(f"Person {number:05}", number) for number in range(how_many)]
    text = "".join(pdf_pages(pdf(a_paper(listed))[0]))
    assert re.findall(r"Person \d{5}", text) == [one.entry for one in listed]


def test_same_bytes() -> None:
    """The same paper is the same bytes, and its only date is the moment of the cut."""
    paper = a_paper(delivered=False)
    data, _ = pdf(paper)
    assert pdf(paper)[0] == data
    assert set(re.findall(rb"D:(\d{8})", data)) <= {b"20260409"}
    assert b"2026-04-09" in data


def test_character_without_a_font() -> None:
    """A character that no font has is named, and the letter is written all the same."""
    data, missing = pdf(a_paper([an_organisation("ܐܪܡܝܐ", 1), a_person("Ada King", 2)]))
    assert missing == "ܐ"
    assert "Ada King" in "".join(pdf_pages(data))
