"""A list as a spreadsheet: one row an entry, and nothing in it that is not text."""

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.documents.paper import Paper
from bot.documents.writers.xlsx import xlsx
from bot.features.delivery.list_files import PUBLIC_COLUMNS
from tests.support.documents.document_checks import office_faults
from tests.support.documents.papers import HOSTILE, SCRIPTS, a_list, a_paper, an_organisation


def sheet(paper: Paper) -> Worksheet:
    """A paper's spreadsheet as another program reads it."""
    found = load_workbook(io.BytesIO(xlsx(paper))).active
    assert isinstance(found, Worksheet)
    return found


@pytest.mark.parametrize("language", ["en", "ar", "zh"])
def test_opens_clean(language: str, tmp_path: Path) -> None:
    """A checker of Office files finds no fault in it."""
    data = xlsx(a_paper(language=language, delivered=language != "zh"))
    assert office_faults(data, tmp_path, "xlsx") == []


def test_checkers_see_a_bad_file(tmp_path: Path) -> None:
    """The same checker finds a sheet whose rows are no rows, and openpyxl finds no entry in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx(a_paper()))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data.replace(b"<row ", b"<wor ").replace(b"</row>", b"</wor>"))
    assert office_faults(out.getvalue(), tmp_path, "xlsx") != []
    read = load_workbook(io.BytesIO(out.getvalue())).active
    assert isinstance(read, Worksheet)
    assert read["A2"].value is None


def test_a_row_an_entry() -> None:
    """Every entry has a row, every public column a heading in the paper's language."""
    paper = a_paper(a_list(4, 3), language="fr")
    rows = list(sheet(paper).iter_rows(values_only=True))
    assert len(rows) == 1 + len(paper.entries)
    assert len(rows[0]) == len(PUBLIC_COLUMNS)
    assert rows[0][:4] == ("Inscription", "Type", "À l’initiative", "Après la remise")
    assert rows[1][:3] == ("The Convening Coalition", "organisation", "oui")
    assert rows[1][PUBLIC_COLUMNS.index("country")] == "Kenya"
    assert rows[-1][1] == "personne"


@pytest.mark.parametrize("name", [*HOSTILE, *SCRIPTS.values()])
def test_names_stay_text(name: str) -> None:
    """No cell is a formula, a link or a number, whatever it says."""
    shown = sheet(a_paper([an_organisation(name, 1)]))
    cell = shown.cell(2, 1)
    assert (cell.value, cell.data_type, cell.hyperlink) == (name, "s", None)
    with zipfile.ZipFile(io.BytesIO(xlsx(a_paper([an_organisation(name, 1)])))) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_draft() -> None:
    """A list that was not delivered says so in its first row."""
    assert sheet(a_paper(delivered=False)).cell(1, 1).value == "Draft, not delivered"


def test_right_to_left() -> None:
    """The sheet of an Arabic list begins at the right."""
    assert sheet(a_paper(language="ar")).sheet_view.rightToLeft is True


def test_print() -> None:
    """Printed are the columns that fit onto paper: each entry with its marks."""
    shown = sheet(a_paper(a_list(2, 2)))
    assert shown.print_area == "'Signatories'!$A$1:$F$6"
    assert shown["F1"].value == "Earlier version"


@pytest.mark.parametrize(("language", "side"), [("en", "left"), ("ar", "right")])
def test_names_stand_where_a_sheet_begins(language: str, side: str) -> None:
    """A name in letters of the other direction stands under the others."""
    shown = sheet(
        a_paper([an_organisation(name, 1) for name in SCRIPTS.values()], language=language)
    )
    cells = [row[0] for row in shown.iter_rows(min_row=2)]
    assert {cell.alignment.horizontal for cell in cells} == {side}


def test_same_bytes() -> None:
    """The same paper is the same bytes, and its only date is the moment of the cut."""
    paper = a_paper(a_list(20, 20))
    assert xlsx(paper) == xlsx(paper)
    created = load_workbook(io.BytesIO(xlsx(paper))).properties.created
    assert (created.year, created.month, created.day) == (2026, 4, 9)
