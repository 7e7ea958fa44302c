"""Optional parts around a letter and its list, in each format."""

import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from bot.documents.markdown_reading import read_markdown
from bot.documents.paper import Paper, from_json, to_json
from bot.documents.writers.docx import docx
from bot.documents.writers.html import page
from bot.documents.writers.pdf import pdf
from bot.documents.writers.text import lines, markdown
from bot.letters.rules import Printing, Rules
from bot.letters.standing import Standing
from tests.documents.test_docx import opened
from tests.documents.test_pdf import lefts
from tests.support.documents.document_checks import (
    folded,
    html_faults,
    office_faults,
    pdf_faults,
    pdf_pages,
)
from tests.support.documents.papers import SCRIPTS, a_list, a_paper, a_person, an_organisation
from tests.support.scenes.worst import a_letter

FRAMED = a_letter(
    title="An Open Internet for Everyone",
    addressee="The Minister *for* Roads\n<b>Geneva</b>",
    subject="#Fees & [roads](x)",
    rules=Rules(
        printing=Printing(
            place="Geneva",
            day_last=True,
            copies="The Board\nThe *Press*",
            press="A Delegate, press@example.org",
            identification=True,
            numbered=True,
        )
    ),
)
ARABIC = replace(
    FRAMED, title="إنترنت مفتوح للجميع", language="ar", addressee="إلى الوزير", subject="الموضوع"
)
PAPERS = {"english": a_paper(letter=FRAMED), "arabic": a_paper(letter=ARABIC, language="ar")}


def text_of_html(paper: Paper) -> str:
    """Return the words of a page, a line an element."""
    shown = page(paper).decode().partition("<body>")[2]
    plain = re.sub(r"<[^>]+>", "\n", shown)
    for sign, character in (("&lt;", "<"), ("&gt;", ">"), ("&#34;", '"'), ("&amp;", "&")):
        plain = plain.replace(sign, character)
    return plain


READ: dict[str, Callable[[Paper], str]] = {
    "markdown": lambda paper: re.sub(r"\\(.)", r"\1", markdown(paper).decode()),
    "html": text_of_html,
    "docx": lambda paper: "\n".join(one.text for one in opened(paper).paragraphs),
    "pdf": lambda paper: "\n".join(pdf_pages(pdf(paper)[0])),
}
"""The words of a paper in each format for people."""


def in_order(text: str, *parts: str) -> bool:
    """Return whether the parts follow each other in a text, however its lines break."""
    whole, at = folded(" ".join(text.split())), 0
    for part in parts:
        at = whole.find(folded(part), at)
        if at < 0:
            return False
    return True


@pytest.mark.parametrize("form", READ)
def test_addressee_and_subject(form: str) -> None:
    """The addressee comes before the title and the subject after it, as plain words."""
    assert in_order(
        READ[form](PAPERS["english"]),
        "The Minister *for* Roads", "<b>Geneva</b>",
        "An Open Internet for Everyone", "#Fees & [roads](x)", "We, the undersigned",
    )  # fmt: skip


@pytest.mark.parametrize("form", READ)
def test_around_text_and_list(form: str) -> None:
    """Place and day, copies, the line about affiliations and the contact are at their places."""
    assert in_order(
        READ[form](PAPERS["english"]),
        "An Open Internet for Everyone", "With respect,",
        "Geneva, 9 April 2026", "Copies to:", "The Board", "The *Press*",
        "12 organisations and 12 people", "Affiliations are given for identification only.",
        "1. The Convening Coalition", "24. Ada King 12, Lecturer, University of the Sea",
        "Contact for the press: A Delegate, press@example.org",
    )  # fmt: skip


NAMED = "Web (Group), represented by Ada King, Director, example.org/us"


def test_web_addresses_are_linked() -> None:
    """The address at the end of an entry is a link in each format that has links, and only it."""
    listed = [an_organisation("x", 1)._replace(entry=NAMED, web="example.org/us")]
    for letter in (FRAMED, replace(ARABIC, rules=Rules())):
        paper = a_paper(
            [*listed, an_organisation("Other, example.org", 2)], letter=letter, body="x"
        )
        assert NAMED in lines(paper).decode()
        (span,) = [
            span
            for one in read_markdown(markdown(paper).decode())
            for span in one.spans
            if span.url
        ]
        assert (span.text, span.url) == ("example.org/us", "https://example.org/us")
        shown = page(paper).decode()
        link = '<a href="https://example.org/us" rel="noopener">example.org/us</a></bdi>'
        assert f"<bdi>Web (Group), represented by Ada King, Director, {link}" in shown
        with pikepdf.open(io.BytesIO(pdf(paper)[0])) as file:
            notes = [note for one in file.pages for note in one.get("/Annots", ())]
            assert [str(note.A.URI) for note in notes] == ["https://example.org/us"]
        (linked,) = [one for one in opened(paper).paragraphs if one.hyperlinks]
        assert (linked.text.removeprefix("1. "), linked.hyperlinks[0].text) == (
            NAMED, "example.org/us",
        )  # fmt: skip


def test_long_web_address_stays_in_its_column() -> None:
    """A web address wider than a column breaks between its letters."""
    web = f"example.org/{'x' * 87}"
    named = [an_organisation("x", n)._replace(entry=f"Group {n}, {web}", web=web) for n in range(6)]
    text = "".join(pdf_pages(pdf(a_paper(named, body="x"))[0]))
    assert max(map(len, text.splitlines())) < 70


@pytest.mark.parametrize("form", READ)
def test_own_groups(form: str) -> None:
    """Groups of the organisers' own come after the conveners, in their order; late entries don't."""
    printing = Printing(groups=("Unions & co", "Members of parliament"))
    letter = replace(FRAMED, rules=Rules(printing=printing))
    listed = a_list(1, 1)
    own = [
        a_person(name, at)._replace(heading=heading)
        for at, (name, heading) in enumerate(
            [("Uma Union", "Unions & co"), ("Max Member", "Members of parliament"), ("Odd", "Gone")]
        )
    ]
    paper = a_paper([listed[0], *own[:2], *listed[1:], own[2]], letter=letter, body="x")
    assert in_order(
        READ[form](paper),
        "Conveners", "The Convening", "Unions & co", "Uma Union", "Members of parliament",
        "Max Member", "Organisations", "People", "Ada King", "Odd",
    )  # fmt: skip


ANNEXED = replace(FRAMED, rules=Rules(printing=Printing(shown_first=3, numbered=True)))


def test_annex(tmp_path: Path) -> None:
    """PDF and Word print the first names and how many others; the whole list is an annex."""
    paper = a_paper(a_list(2, 8), letter=ANNEXED)
    assert from_json(to_json(paper)) == paper
    assert [len(one.entries) for one in paper.short] == [1, 2]
    for form in ("pdf", "docx"):
        text = READ[form](paper)
        assert in_order(
            text, "1. The Convening", "and 8 others", "Annex: all signatories", "1. The Convening",
            "11. Ada King 8",
        ), form  # fmt: skip
        assert text.count("Ada King 8") == 1
    for form in ("markdown", "html"):
        assert "Annex" not in READ[form](paper)
    assert office_faults(docx(paper), tmp_path, "docx") == []
    assert pdf_faults(pdf(paper)[0]) == []
    few = a_paper(a_list(2, 0), letter=ANNEXED)
    assert (few.short, few.annex) == ((), "")


def test_place_at_the_head() -> None:
    """Without another wish, place and day come before the title, in the words of the language."""
    head = replace(FRAMED, rules=Rules(printing=Printing(place="Genève")))
    assert a_paper(letter=head, language="fr").day == "\u2068Genève\u2069, le 9 avril 2026"
    assert a_paper(letter=head).after_text == ()


def test_last_number_is_the_count() -> None:
    """Numbers go on through all groups, and entries that don't count have none."""
    listed = a_list(2, 3)
    gone = a_person("Gone", 50, standing=Standing.MARKED)
    paper = a_paper([*listed[:4], gone, *listed[4:]], letter=FRAMED)
    numbers = [one.number for one in paper.entries]
    assert numbers == [1, 2, 3, 4, 0, 5, 6]
    assert paper.count == "3 organisations and 3 people from 2 countries"
    assert lines(paper).decode().splitlines()[3] == f"4. {listed[3].entry}"


def test_remark_stands_with_the_first_names() -> None:
    """In Word too, what is above the list is not parted from it."""
    heads = opened(PAPERS["english"]).paragraphs
    (remark,) = [one for one in heads if one.text.startswith("Affiliations")]
    assert remark.paragraph_format.keep_with_next


def test_numbers_are_a_column() -> None:
    """Numbers stand at one side whatever the direction of a name; its lines go on beside them."""
    listed = [a_person(name, at) for at, name in enumerate(["Ada King", SCRIPTS["Hebrew"]] * 6)]
    listed[9] = a_person("Zed Lecturer, University of the Very Long Names, Continued", 9)
    paper = a_paper(listed, letter=FRAMED, body="x")
    data, _ = pdf(paper)
    assert len(lefts(data, "Ada")) == 2
    assert max(lefts(data, "4.")) < min(lefts(data, "Ada"))
    assert lefts(data, "Zed") == lefts(data, "Continued")
    shown = page(paper).decode()
    assert f'<li><span class="number">2.</span> <bdi>{SCRIPTS["Hebrew"]}</bdi></li>' in shown


@pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
def test_checkers_find_no_fault(paper: Paper, tmp_path: Path) -> None:
    """With all there can be around a letter, the checkers of each format are content."""
    assert office_faults(docx(paper), tmp_path, "docx") == []
    assert pdf_faults(pdf(paper)[0]) == []
    assert html_faults(page(paper)) == []
