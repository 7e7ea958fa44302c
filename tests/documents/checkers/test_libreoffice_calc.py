from pathlib import Path

from bot.documents.writers.xlsx import xlsx
from tests.documents.checkers.libreoffice import NAMES, converted, missing
from tests.support.documents.papers import a_paper


def test_it_opens_them(tmp_path: Path) -> None:
    """It opens the spreadsheet, with each name."""
    found = converted({"list.xlsx": xlsx(a_paper(NAMES))}, tmp_path)
    assert missing(found["list.xlsx"]) == []
