"""A letter as a Word document: it opens clean, can be edited, and reads from right to left where it is."""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as Opened

from bot.documents.paper import Logo, Paper
from bot.documents.writers.docx import docx
from tests.support.documents.document_checks import office_faults
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
MARKED = a_letter(text_sha256="1" * 64, meaning=2)

PAPERS: dict[str, Paper] = {
    "delivered": a_paper(),
    "draft": a_paper(delivered=False),
    "arabic": a_paper(letter=ARABIC, body="نص **غليظ**.\n\n1. واحد\n   - اثنان\n"),
    "hostile": a_paper([an_organisation(name, n) for n, name in enumerate(HOSTILE)]),
    "nobody": a_paper([]),
    "marks": a_paper(a_list(30, 30), letter=MARKED),
    "logo": replace(a_paper(), logo=Logo(image=a_picture(), ending="png", alt='A "tree" & <x>')),
    "russian": a_paper(language="ru"),
}


def opened(paper: Paper) -> Opened:
    """A paper's Word document as another program reads it."""
    return Document(io.BytesIO(docx(paper)))


def part(paper: Paper, name: str) -> str:
    """A part of a paper's Word document."""
    with zipfile.ZipFile(io.BytesIO(docx(paper))) as archive:
        return archive.read(name).decode()


@pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
def test_opens_clean(paper: Paper, tmp_path: Path) -> None:
    """A checker of Office files finds no fault in it."""
    assert office_faults(docx(paper), tmp_path, "docx") == []


def test_checker_sees_a_bad_file(tmp_path: Path) -> None:
    """The same checker finds an element out of its order, and a part that is missing."""
    good = docx(a_paper())
    turned = changed(
        good, "word/document.xml", lambda text: text.replace("<w:pPr>", "<w:rPr/><w:pPr>", 1)
    )
    assert office_faults(turned, tmp_path, "docx") != []
    assert office_faults(changed(good, "word/styles.xml", None), tmp_path, "docx") != []


def test_reader_sees_a_bad_file() -> None:
    """Python-docx does not open a document whose text breaks off."""
    bad = changed(docx(a_paper()), "word/document.xml", lambda text: text[: len(text) // 2])
    # The parser's own error, which is a SyntaxError.
    with pytest.raises(SyntaxError):
        Document(io.BytesIO(bad))


def changed(data: bytes, name: str, change: Callable[[str], str] | None) -> bytes:
    """The document with a part changed, or without it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for one in old.namelist():
            if one != name:
                new.writestr(one, old.read(one))
            elif change is not None:
                new.writestr(one, change(old.read(one).decode()))
    return out.getvalue()


def test_styles_are_real() -> None:
    """Title, headings, lists, quotations and entries each have a style of their own."""
    styles = {(one.style.name or "", one.text) for one in opened(a_paper()).paragraphs if one.style}
    assert ("Title", "An Open Internet for Everyone") in styles
    assert ("Heading 2", "What we ask") in {(name.title(), text) for name, text in styles}
    assert ("List Paragraph", "no shutdowns,") in styles
    assert ("Quote", "An open network is worth more than the sum of its parts.") in styles
    assert ("Signatory", "The Convening Coalition") in styles


@pytest.mark.parametrize("name", [*HOSTILE, *SCRIPTS.values()])
def test_names_stay_text(name: str) -> None:
    """A name that means something to XML or to Word is a name like others."""
    entries = [
        one.text
        for one in opened(a_paper([an_organisation(name, 1)])).paragraphs
        if one.style and one.style.name == "Signatory"
    ]
    assert entries == [name]


def test_each_entry_has_its_own_direction() -> None:
    """An Arabic name is written from right to left in an English letter, and the other way round."""
    listed = [an_organisation(SCRIPTS["Arabic"], 1), an_organisation("Web Group", 2)]
    for language, same in (("en", "Web Group"), ("ar", SCRIPTS["Arabic"])):
        text = part(a_paper(listed, language=language), "word/document.xml")
        entries = re.findall(r'<w:p><w:pPr><w:pStyle w:val="Signatory"/>(.*?)</w:p>', text)
        assert len(entries) == 2
        for entry in entries:
            is_arabic = SCRIPTS["Arabic"] in entry
            assert ("<w:bidi/>" in entry.partition("<w:sectPr>")[0]) is is_arabic
            assert ("<w:rtl/>" in entry) is is_arabic
            assert ('<w:jc w:val="right"/>' in entry) is (same not in entry)


def test_arabic_page() -> None:
    """The columns of an Arabic paper run from right to left, in the order that the schema wants."""
    text = part(a_paper(letter=ARABIC), "word/document.xml")
    assert "<w:bidi/><w:docGrid" in text
    assert text.count("<w:sectPr>") == text.count(
        '<w:bidi/><w:docGrid w:linePitch="360"/></w:sectPr>'
    )


def test_foot_of_the_pages() -> None:
    """Each page says which of how many it is; from the second on the title stands there too."""
    later, first = (part(PAPERS["arabic"], f"word/footer{number}.xml") for number in (1, 2))
    for foot in (later, first):
        assert re.findall(r'instr=" (\w+) "|>([^<>\d]+)</w:t>', foot.partition("<w:tab/>")[2]) == [
            ("", "صفحة "), ("PAGE", ""), ("", " من "), ("NUMPAGES", ""),
        ]  # fmt: skip
    assert ARABIC.title in later
    assert ARABIC.title not in first
    assert part(PAPERS["arabic"], "word/document.xml").count("<w:titlePg/>") == 1


@pytest.mark.parametrize(("few", "columns"), [(3, 0), (4, 1)])
def test_few_stand_under_one_another(few: int, columns: int) -> None:
    """A group of three is no list of two columns."""
    paper = a_paper([a_person(f"Person {number}", number) for number in range(few)])
    assert part(paper, "word/document.xml").count('w:num="2"') == columns


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ("en", "zh-CN", "ar-SA")),
        ("ar", ("en-GB", "zh-CN", "ar")),
        ("ja", ("en-GB", "ja", "ar-SA")),
    ],
)
def test_each_kind_of_letters_has_its_language(language: str, expected: tuple[str, ...]) -> None:
    """Latin, East Asian and right-to-left letters each have a language that is written in them."""
    styles = part(a_paper(letter=a_letter(language=language)), "word/styles.xml")
    assert re.findall('<w:lang w:val="(.*?)" w:eastAsia="(.*?)" w:bidi="(.*?)"/>', styles) == [
        expected
    ]


def test_marks_are_footnotes() -> None:
    """Each mark is a real footnote where it first occurs, and its sign alone later."""
    paper = a_paper(a_list(3, 3), letter=MARKED)
    text = part(paper, "word/document.xml")
    assert text.count("<w:footnoteReference") == 1
    assert text.count("†") == len(paper.entries)
    assert "Signed an earlier version of this letter." in part(paper, "word/footnotes.xml")


def test_draft_on_each_page() -> None:
    """The head of every page of a draft says so, and of a delivered copy nothing."""
    assert "Draft, not delivered" in part(PAPERS["draft"], "word/header1.xml")
    assert "<w:t" not in part(PAPERS["delivered"], "word/header1.xml")
    text = part(PAPERS["draft"], "word/document.xml")
    assert text.count("<w:sectPr>") == text.count('w:type="default" r:id="rIdHeader"')
    assert text.count('w:type="first" r:id="rIdHeader"') == 1


def test_same_bytes() -> None:
    """The same paper is the same bytes, and its only date is the moment of the cut."""
    data = docx(PAPERS["logo"])
    assert docx(PAPERS["logo"]) == data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {one.date_time for one in archive.infolist()} == {(2026, 4, 9, 0, 0, 0)}
    properties = opened(PAPERS["logo"]).core_properties
    assert (properties.title, properties.author) == (
        "An Open Internet for Everyone",
        "The Coalition",
    )
    assert properties.created == properties.modified
