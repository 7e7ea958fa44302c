"""Cells that spreadsheets leave as they were typed."""

from hypothesis import given
from hypothesis import strategies as st

from bot.documents.cells import as_typed, harmless

FORMULA = "=+-@\t\r＝＋－＠"

cells = st.text() | st.tuples(st.text(f"'{FORMULA}", min_size=1), st.text()).map("".join)


@given(cells)
def test_no_cell_is_a_formula(cell: str) -> None:
    """No cell that is written begins with what a spreadsheet takes for a formula."""
    assert not harmless(cell).startswith(tuple(FORMULA))


@given(cells)
def test_any_cell_comes_back(cell: str) -> None:
    """The sign put before a cell is taken off again, and nothing else is."""
    assert as_typed(harmless(cell)) == cell


def test_plain_cells() -> None:
    """Names with an apostrophe of their own are left alone, and typed formulas are as they were."""
    assert [harmless(cell) for cell in ("'t Hooft", "'", "=1+1", "-", "'=1")] == [
        "'t Hooft",
        "'",
        "'=1+1",
        "'-",
        "''=1",
    ]
    assert [as_typed(cell) for cell in ("'t Hooft", "=1+1", "'=1+1", "")] == [
        "'t Hooft",
        "=1+1",
        "=1+1",
        "",
    ]
