"""Tables as spreadsheets write them, and all that can be wrong with them."""

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.documents.pasted.source import SourceRefused, text_of
from bot.documents.reading_tables import Column, Table, read_table
from bot.documents.table_problems import (
    PROBLEMS_MOST,
    Problem,
    TableRefused,
    Trouble,
    problem_words,
    refusal_lines,
)
from bot.locales import words

T = words("en-GB")
COLUMNS = {
    "name": Column(needed=True),
    "state": Column(choices=("asked", "long_ago"), instead="asked"),
    "given_on": Column(is_day=True),
    "organisation": Column(also=("organization",)),
}
TABLE = Table(COLUMNS)


def cells(text: str) -> list[tuple[str, ...]]:
    return [tuple(row.cells.values()) for row in read_table(text, TABLE)]


def refused(text: str) -> list[str]:
    with pytest.raises(TableRefused) as raised:
        read_table(text, TABLE)
    return refusal_lines(T, raised.value)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_every_dialect(delimiter: str, line_end: str, quoting: int, encoding: str) -> None:
    """Every separator, line end, quoting and encoding gives the same rows."""
    out = io.StringIO(newline="")
    writer = csv.writer(
        out,
        delimiter=delimiter,
        lineterminator=line_end,
        quoting=quoting,  # pyright: ignore[reportArgumentType] - parametrize forgets which integers
    )
    rows = [
        ("name", "given_on", "organisation"),
        ("Müller; and, \t„others“", "2026-04-03", 'The "Forum"'),
        (f"第二{line_end}line", "", ""),
    ]
    writer.writerows(rows)

    assert cells(text_of(out.getvalue().encode(encoding))) == [
        ("Müller; and, \t„others“", "asked", "2026-04-03", 'The "Forum"'),
        (f"第二{line_end}line", "asked", "", ""),
    ]


@given(st.permutations(list(COLUMNS)), st.data())
def test_headings_in_any_order_and_case(order: list[str], data: st.DataObject) -> None:
    """Columns may come in any order, in any case, with spaces for `_`."""
    headings = [
        data.draw(
            st.sampled_from([name, name.upper(), f" {name.title()} ", name.replace("_", " ")])
        )
        for name in order
    ]
    row = {"name": "A", "state": "Long ago", "given_on": " 2026-04-03 ", "organisation": "B"}
    text = f"{','.join(headings)}\n{','.join(row[name] for name in order)}\n"

    assert cells(text) == [("A", "long_ago", "2026-04-03", "B")]


def test_other_headings() -> None:
    """A column is known by its other headings too."""
    assert cells("Name,Organization\nA,B\n") == [("A", "asked", "", "B")]


def test_nothing_is_passed_over_but_nothing() -> None:
    """Empty rows and empty columns, as spreadsheets leave them, are no rows and no columns."""
    text = "\r\n;;;\r\nname;;state;\r\nA;;asked;\r\n;;;\r\nB;;;\r\n \r\n"
    assert cells(text) == [("A", "asked", "", ""), ("B", "asked", "", "")]


def test_short_rows() -> None:
    """A row that ends early has empty cells."""
    assert cells("name,state,organisation\nA\n") == [("A", "asked", "", "")]


def test_rows_know_their_lines() -> None:
    """A row is found by the line of the file on which it begins."""
    rows = read_table('name,state\n"A\n\nfar",asked\n\nB,asked\r\n"C",\n', TABLE)
    assert [(row.line, row.cells["name"]) for row in rows] == [(2, "A\n\nfar"), (6, "B"), (7, "C")]


def test_the_apostrophe_is_taken_off() -> None:
    """An apostrophe that keeps a cell from being a formula is not part of what was typed."""
    assert cells("name,organisation\n'=1+1,'t Hooft\n") == [("=1+1", "asked", "", "'t Hooft")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Line 1: the first row must name the columns. You can use: name, state, given_on, organisation."),
        ("\n\nA,asked\n", "Line 3: the first row must name the columns. You can use: name, state, given_on, organisation."),
        ("state\nasked\n", "Line 1: the column “name” is missing. Please add it."),
        ("name,Nmae\nA,B\n", "Line 1: there is no column called “Nmae”. Rename or remove it. You can use: name, state, given_on, organisation."),
        ("name,state,Name\nA,,B\n", "Line 1: the column “name” appears twice. Remove one."),
        ('name,state\nA,asked\n"B,asked\n', "Line 3: check the quotation marks. Each opening mark needs a closing one. To show one inside a quoted cell, type it twice."),
        ('name,state\n"A" B,asked\n', "Line 2: check the quotation marks. Each opening mark needs a closing one. To show one inside a quoted cell, type it twice."),
        ("name,state\nA,asked,more\n", "Line 2: “more” is not under any column. Name its column, or put cells that contain a comma or semicolon in quotation marks."),
        ("name,,state\nA,more,asked\n", "Line 2: “more” is not under any column. Name its column, or put cells that contain a comma or semicolon in quotation marks."),
        ("name,state\n ,asked\n", "Line 2: the column “name” is empty. Please fill it in."),
        ("name,state\nA,asked\nB,maybe\n", "Line 3: the column “state” says “maybe”. You can use: asked, long_ago."),
        ("name,given_on\nA,3.4.2026\n", "Line 2: in the column “given_on”, “3.4.2026” is not a date. Write it like 2026-04-03 (year-month-day)."),
        ("name,given_on\nA,2026-02-30\n", "Line 2: in the column “given_on”, “2026-02-30” is not a date. Write it like 2026-04-03 (year-month-day)."),
        ("name,given_on\nA,20260403\n", "Line 2: in the column “given_on”, “20260403” is not a date. Write it like 2026-04-03 (year-month-day)."),
    ],
)  # fmt: skip
def test_each_problem_in_words(text: str, said: str) -> None:
    """Each problem is one sentence that says where, what, and what to do."""
    assert refused(text) == [said]


def test_every_trouble_has_its_sentence() -> None:
    """There is no trouble without words."""
    problem = Problem(trouble=Trouble.EMPTY, line=7)
    said = {problem_words(T, replace(problem, trouble=trouble)) for trouble in Trouble}
    assert len(said) == len(Trouble)
    assert all("ine 7" in sentence for sentence in said)


def test_all_problems_at_once() -> None:
    """All that is wrong is told in the order of the file, with the words of each place."""
    assert [
        line.split(":")[0] + line[line.find(" “") : line.find("”") + 1]
        for line in refused("name,state,given_on\n,maybe,never\nA,asked,\nB,,x\n")
    ] == ["Line 2 “name”", "Line 2 “state”", "Line 2 “given_on”", "Line 4 “given_on”"]


def test_most_problems() -> None:
    """At most twenty problems are told, and the rest is counted."""
    lines = refused("name,state\n" + "A,maybe\n" * 31)
    assert len(lines) == PROBLEMS_MOST + 1 == 21
    assert lines[-1] == "There are 11 more problems after these."


def test_long_and_hidden_words_are_shown_short() -> None:
    """Typed words are shown in a sentence as one short line that turns nothing around."""
    typed = "no\n" * 99
    [said] = refused(f'name,state\nA,"\u202e{typed}"\n')
    assert said.startswith("Line 2: the column “state” says “no no no")
    assert said.endswith("…”. You can use: asked, long_ago.")
    assert len(said) < 130


@given(st.text() | st.lists(st.sampled_from(["name", ",", ";", '"', "\n", "\r", "x"])).map("".join))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Any text is rows with a name each, or a refusal with at least one sentence."""
    try:
        rows = read_table(text, TABLE)
    except TableRefused as refusal:
        said = refusal_lines(T, refusal)
        assert said and all(line.endswith(".") for line in said)  # noqa: PT018 - one of the two right ends
    else:
        assert all(row.cells["name"].strip() for row in rows)


@given(st.binary())
@example(b"\xa0")
def test_any_file_is_text_or_refused(data: bytes) -> None:
    """Any file is text without a NUL, or refused by name."""
    try:
        text = text_of(data)
    except SourceRefused as refusal:
        assert refusal.why  # noqa: PT017 - both ends are right
    else:
        assert text.strip()
        assert "\x00" not in text
