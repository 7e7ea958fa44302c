"""Rows of a table become entries: one from a form, a spreadsheet, a web page or Markdown."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot.documents.cells import as_typed
from bot.documents.pasted.capacities import is_personal, says_nothing
from bot.documents.pasted.columns import Column
from bot.documents.pasted.entries import DETAILS, Entry, Remark, Skip, Skipped, tidy
from bot.documents.pasted.facts import country_in
from bot.documents.pasted.given_names import is_given_name
from bot.documents.pasted.headings import heading_kind, is_prose
from bot.documents.pasted.kinds import organisedness, personality
from bot.documents.pasted.lines import Expected, read_line
from bot.documents.pasted.markup import without_links
from bot.documents.pasted.spelling import word_set
from bot.documents.pasted.surroundings import is_more, is_of_page
from bot.documents.pasted.table_columns import (
    Row,
    Table,
    kind_said,
    with_headings,
    without_headings,
)
from bot.documents.pasted.title_words import is_credential, is_honorific
from bot.letters.endorsement import Kind

_DELIMITERS = "\t;؛；,|"
_LOOKED_AT = 12
"""Rows that may stand before the headings, and rows by which columns without one are judged."""
_CELLS_MOST = 100
_SPOKEN_LEAST = 4


def find_table(text: str) -> Table | None:
    """Return the table that a text holds, None where it is a list of lines.

    A table has a row of headings that names a person or an organisation, or, with tabs, bars or
    semicolons, rows of one width whose columns can be told apart.
    """
    for delimiter in _DELIMITERS:
        if text.count(delimiter) < 1:
            continue
        rows = list(_rows(text, delimiter))
        if any(map(_begins_list, rows[:_LOOKED_AT])):
            continue
        found = with_headings(rows[:_LOOKED_AT], rows) or (
            without_headings(rows) if delimiter != "," else None
        )
        if found is not None:
            return found
    return None


def _begins_list(row: Row) -> bool:
    """Return whether a row is a heading with its list on one line: "Organisations: A; B; C"."""
    intro, colon, rest = row.cells[0].partition(":")
    return bool(colon and rest.strip()) and heading_kind(intro)[0]


def _rows(text: str, delimiter: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            continue
        if delimiter == "|" and cells and not cells[0].strip():
            # Markdown begins and ends a row with its bar.
            cells = cells[1:-1] if not cells[-1].strip() else cells[1:]
        if any(cell.strip(" -:|\u00a0") for cell in cells):
            yield Row(
                line, tuple(as_typed(without_links(cell).strip()) for cell in cells[:_CELLS_MOST])
            )


def read_table_rows(table: Table) -> tuple[list[Entry], list[Skipped]]:
    """Return the entries of a table, and its columns and rows that became none."""
    entries: list[Entry] = []
    skipped = (
        [
            Skipped(why=Skip.COLUMN, row=table.before, text=heading)
            for heading, column in zip(table.headings, table.columns, strict=True)
            if heading and column in {None, Column.SKIPPED, Column.CONTACT}
        ]
        if table.headings
        else []
    )
    for row in table.rows:
        cells = {
            column: cell
            for column, cell in zip(table.columns, row.cells, strict=False)
            if column is not None and cell and not says_nothing(cell)
        }
        if _refuses(row, table.columns):
            skipped.append(Skipped(why=Skip.NO_CONSENT, row=row.line, text=_shown(row)))
            continue
        entry = None if _is_beside(cells) else entry_of_cells(cells, row.line)
        if entry is not None:
            entry = replace(entry, details=_details(table, row))
        if entry is None:
            skipped.append(Skipped(why=Skip.NO_NAME, row=row.line, text=_shown(row)))
        else:
            entries.append(entry)
    return entries, skipped


def _details(table: Table, row: Row) -> dict[str, str]:
    named = (heading.strip().casefold().replace(" ", "_") for heading in table.headings)
    return {
        name: cell.strip()
        for name, cell in zip(named, row.cells, strict=False)
        if name in DETAILS and cell.strip()
    }


def _is_beside(cells: Mapping[Column, str]) -> bool:
    """Return whether a row is of the page around a table: "Showing 1 to 9 of 312"."""
    name = cells.get(Column.NAME) or cells.get(Column.ORGANISATION, "")
    said = name.split()
    if len(said) < _SPOKEN_LEAST:
        counts = any(sign.isdigit() for sign in name)
        return counts and not any(len(word) >= _SPOKEN_LEAST and word.isalpha() for word in said)
    numbers = sum(word.strip(".,()").isdigit() for word in said)
    return numbers > 1 or is_more(name) or is_of_page(name) or is_prose(name)


_NO = word_set("no non não nao nein нет не لا 否 不同意 不 لست false 0 disagree refuse n")


def _refuses(row: Row, columns: Sequence[Column | None]) -> bool:
    """Return whether a row says that its signer does not agree to be published."""
    for column, cell in zip(columns, row.cells, strict=False):
        first = cell.casefold().replace(",", " ").replace(".", " ").split()[:1]
        if column is Column.CONSENT and first and (first[0] in _NO or cell.startswith("不")):
            return True
    return False


def _shown(row: Row) -> str:
    return tidy(", ".join(cell for cell in row.cells if cell))[:200]


def entry_of_cells(cells: Mapping[Column, str], row: int) -> Entry | None:
    """Return the entry that a row's cells make, None where they name nobody."""
    said = {column: tidy(cell) for column, cell in cells.items()}
    if Column.COUNTRY in said:
        said[Column.COUNTRY] = country_in(said[Column.COUNTRY])[0] or said[Column.COUNTRY]
    name = said.get(Column.NAME) or " ".join(
        part for part in (said.get(Column.GIVEN, ""), said.get(Column.FAMILY, "")) if part
    )
    honorific = said.get(Column.HONORIFIC, "")
    name = _straight(name)
    if name and honorific and is_honorific(honorific) and not name.startswith(honorific):
        name = f"{honorific} {name}"
    organisation = said.get(Column.BEHALF) or said.get(Column.ORGANISATION, "")
    kind = kind_said(said.get(Column.KIND, ""))
    if kind is None and said.get(Column.BEHALF) and not is_personal(said[Column.BEHALF]):
        kind = Kind.ORGANISATION
    if kind is Kind.ORGANISATION and organisation:
        return _for_organisation(said, organisation, name, row)
    if name:
        return _named(said, name, organisation, kind, row)
    return _for_organisation(said, organisation, "", row) if organisation else None


def _straight(name: str) -> str:
    """Return "Éloïse Garandeau" for "Garandeau, Éloïse"; other names as they are."""
    family, comma, given = name.partition(",")
    words = given.split()
    inverted = comma and 0 < len(words) < 4 and len(family.split()) < 4 and is_given_name(words[0])
    return f"{given.strip()} {family.strip()}" if inverted and not is_credential(given) else name


def _for_organisation(
    said: Mapping[Column, str], organisation: str, signer: str, row: int
) -> Entry | None:
    signer = signer or said.get(Column.SIGNER, "")
    found = (
        read_line(organisation, row, Expected(Kind.ORGANISATION, by_heading=True))
        if "," not in organisation
        else []
    )
    name, country, via = organisation, said.get(Column.COUNTRY, ""), said.get(Column.VIA, "")
    if len(found) == 1 and found[0].kind is Kind.ORGANISATION:
        name, via = found[0].name, via or found[0].via
        country = country or found[0].country
    entry = Entry(
        kind=Kind.ORGANISATION,
        name=name,
        country=country,
        via=via,
        signer=signer,
        role=said.get(Column.TITLE, "") if signer else "",
        contact=said.get(Column.CONTACT, ""),
        row=row,
    )
    if not signer:
        return entry
    who = f"{signer}, {entry.role}" if entry.role else signer
    return replace(entry, remarks=((Remark.SIGNED_BY, who),))


def _named(
    said: Mapping[Column, str], name: str, organisation: str, kind: Kind | None, row: int
) -> Entry | None:
    """Return the entry of a row that has a name: a person's, or else an organisation's."""
    affiliation = said.get(Column.AFFILIATION, "")
    if organisation and organisation.casefold() not in affiliation.casefold():
        affiliation = f"{affiliation}, {organisation}" if affiliation else organisation
    title = said.get(Column.TITLE, "")
    facts = bool(affiliation or title)
    guess = Kind.PERSON if facts or personality(name) > organisedness(name) else Kind.ORGANISATION
    if kind is None and not facts:
        found = read_line(name, row)
        if len(found) == 1:
            return replace(
                found[0],
                country=said.get(Column.COUNTRY, "") or found[0].country,
                contact=said.get(Column.CONTACT, ""),
            )
    if (kind or guess) is Kind.ORGANISATION:
        return _for_organisation(said, name, "", row)
    return Entry(
        kind=Kind.PERSON,
        name=name,
        title=title,
        affiliation=affiliation,
        country=said.get(Column.COUNTRY, ""),
        contact=said.get(Column.CONTACT, ""),
        remarks=((Remark.PERSONAL, ""),) if is_personal(said.get(Column.KIND, "")) else (),
        row=row,
    )
