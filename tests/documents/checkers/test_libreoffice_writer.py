from pathlib import Path

from bot.documents.writers.docx import docx
from tests.documents.checkers.libreoffice import NAMES, converted, missing
from tests.documents.test_docx import ARABIC, changed
from tests.support.documents.document_checks import folded
from tests.support.documents.papers import SCRIPTS, a_paper


def test_it_opens_them(tmp_path: Path) -> None:
    """It opens Word documents in both directions, with each name, and no broken one."""
    good = docx(a_paper(NAMES))
    found = converted(
        {
            "english.docx": good,
            "arabic.docx": docx(a_paper(NAMES, letter=ARABIC)),
            "broken.docx": changed(good, "word/document.xml", lambda text: text[: len(text) // 2]),
        },
        tmp_path,
    )
    assert missing(found["english.docx"]) == []
    assert missing(found["arabic.docx"]) == []
    assert folded(SCRIPTS["Latin"]) not in found.get("broken.docx", "")
