"""Translations after a letter and its list, in each format and any script."""

import io
import re
from pathlib import Path

import pikepdf
import pytest

from bot.documents.direction import Direction
from bot.documents.paper import Paper, from_json, to_json
from bot.documents.writers.docx import docx
from bot.documents.writers.html import page
from bot.documents.writers.pdf import _blocks, pdf
from bot.documents.writers.text import markdown
from bot.features.delivery.paper import paper_of_list
from bot.letters.rules import Printing, Rules
from bot.letters.text import Translation
from tests.documents.test_docx import opened
from tests.documents.test_frame import READ, in_order
from tests.documents.test_pdf import lefts
from tests.support.documents.document_checks import (
    html_faults,
    office_faults,
    pdf_faults,
    pdf_pages,
)
from tests.support.documents.papers import BODY, NOW, a_list
from tests.support.scenes.worst import a_letter

TEXTS = {
    "ar": (
        "إنترنت مفتوح للجميع",
        "نحن الموقعين نطلب **إنترنت** مفتوحا.\n\n## مطالبنا\n\n1. حماية\n",
    ),
    "zh-Hant": ("開放的網際網路", "我們要求**開放**的網際網路。\n\n## 要求\n\n- 保護人權\n"),
    "fr": ("Un internet <ouvert> & *libre*", "Nous demandons un internet **ouvert**.\n"),
}
TRANSLATIONS = [
    Translation(language=language, title=title, body=body, translator="A. *T*", text_sha256="")
    for language, (title, body) in TEXTS.items()
]


def a_paper(*translations: Translation, language: str = "en") -> Paper:
    """A letter's paper with translations."""
    letter = a_letter(title="An Open Internet for Everyone", language=language)
    return paper_of_list(letter, BODY, a_list(2, 3), translations, now=NOW)


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("form", READ)
def test_after_the_list(form: str, language: str) -> None:
    """A translation comes after text and list, on a page after the text, with its mark."""
    shown = READ[form](a_paper(*TRANSLATIONS, language=language))
    last = () if form == "html" else ("Ada King 3",)
    assert in_order(
        shown, *last, "Traduction non officielle", "français", "A. *T*",
        "Elle correspond", "Un internet <ouvert> & *libre*", "Nous demandons",
    )  # fmt: skip
    if form != "pdf":
        # Letters of Arabic are joined in a PDF.
        assert in_order(shown, "ترجمة غير رسمية", *TEXTS["ar"][0].split()[:1], "نحن")
    assert in_order(shown, "非官方译文", "開放的網際網路", "我們要求")


def test_a_line_without_letters() -> None:
    """A line without letters, such as a date, begins where the text around it does."""
    arabic = Translation(
        language="ar", title="إنترنت", body="2026-03-23\n\nنحن\n", translator="A", text_sha256=""
    )
    assert '<p dir="rtl">2026-03-23</p>' in page(a_paper(arabic)).decode()
    (block,) = [
        one
        for one in _blocks(a_paper(arabic).translations[0].markdown, Direction.RTL)
        if one["text"] == "2026-03-23"
    ]
    assert block["direction"] is Direction.RTL


def test_headings_below_the_title() -> None:
    """Headings of a translation are below its title, in Markdown too; code is left alone."""
    body = "# Nous demandons\n\n```\n# code\n```\n\n## Qui\n"
    french = Translation(language="fr", title="Un titre", body=body, translator="", text_sha256="")
    paper = a_paper(french)
    shown = markdown(paper).decode()
    assert in_order(shown, "### Un titre", "#### Nous", "```\n# code\n```", "##### Qui")
    levels = [one["level"] for one in _blocks(paper.translations[0].markdown, Direction.LTR)]
    assert [one for one in levels if one] == [2, 3, 4, 5]


def test_mark_in_another_script() -> None:
    """The mark of a translation starts at the same side as its translator, where both are English."""
    persian = Translation(language="fa", title="نامه", body="ما\n", translator="A", text_sha256="")
    data, _ = pdf(a_paper(persian))
    assert len(lefts(data, "Unofficial", 1) | lefts(data, "Translated", 1)) == 1


def test_place_in_another_script() -> None:
    """A place in another script than the day leaves its order alone."""
    printing = Printing(place="Geneva")
    arabic = a_letter(title="T", language="ar", rules=Rules(printing=printing))
    day = paper_of_list(arabic, "x", a_list(1, 1), now=NOW).day
    assert day.startswith("\u2068Geneva\u2069،")


def test_foot_of_a_translation() -> None:
    """The foot of a page that a translation fills is as on the other pages."""
    pages = pdf_pages(pdf(a_paper(TRANSLATIONS[0]))[0])
    foot = "An Open Internet for Everyone Page 2 of 2"
    assert foot in " ".join(pages[1].split())


@pytest.mark.parametrize("language", ["en", "ar"])
def test_valid(language: str, tmp_path: Path) -> None:
    """Documents with translations in three scripts meet the standards, in the right languages."""
    paper = a_paper(*TRANSLATIONS, language=language)
    assert from_json(to_json(paper)) == paper
    made, missing = pdf(paper)
    assert (missing, pdf_faults(made)) == ("", [])
    with pikepdf.open(io.BytesIO(made)) as file:
        langs = set(re.findall(rb"/Lang \((\w+)", b"".join(
            one.unparse(resolved=True) for one in file.objects if isinstance(one, pikepdf.Dictionary)
        )))  # fmt: skip
    assert {b"ar", b"zh", b"fr"} <= langs
    assert office_faults(docx(paper), tmp_path, "docx") == []
    assert html_faults(page(paper)) == []


def test_language_in_word() -> None:
    """In Word, each run of a translation has its language, and each begins a page."""
    paragraphs = opened(a_paper(*TRANSLATIONS)).paragraphs
    kinds = {"ar": "bidi", "zh-Hant": "eastAsia", "fr": "val"}
    said = "".join(one._p.xml for one in paragraphs)
    for language, kind in kinds.items():
        assert f'<w:lang w:{kind}="{language}"/>' in said
    (french,) = [one for one in paragraphs if one.text.startswith("Nous demandons")]
    assert french._p.xml.count('<w:lang w:val="fr"/>') == len(french.runs)
    heads = [one for one in paragraphs if "w:pageBreakBefore" in one._p.xml]
    assert len(heads) == 3
    assert all(one.style is not None and one.style.name == "Heading 2" for one in heads)
