"""Optional parts around a letter and its list, in each format."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.documents.paper import Paper
from bot.documents.writers.docx import docx
from bot.documents.writers.html import page
from bot.documents.writers.pdf import pdf
from bot.documents.writers.text import markdown
from tests.documents.test_docx import opened
from tests.support.documents.document_checks import (
    folded,
    html_faults,
    office_faults,
    pdf_faults,
    pdf_pages,
)
from tests.support.documents.papers import a_paper
from tests.support.scenes.worst import a_letter

FRAMED = a_letter(
    title="An Open Internet for Everyone",
    addressee="The Minister *for* Roads\n<b>Geneva</b>",
    subject="#Fees & [roads](x)",
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
        "9 April 2026", "The Minister *for* Roads", "<b>Geneva</b>",
        "An Open Internet for Everyone", "#Fees & [roads](x)", "We, the undersigned",
    )  # fmt: skip


@pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
def test_checkers_find_no_fault(paper: Paper, tmp_path: Path) -> None:
    """With all there can be around a letter, the checkers of each format are content."""
    assert office_faults(docx(paper), tmp_path, "docx") == []
    assert pdf_faults(pdf(paper)[0]) == []
    assert html_faults(page(paper)) == []
