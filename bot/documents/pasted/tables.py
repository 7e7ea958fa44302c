"""Rows of a table become entries: one from a form, a spreadsheet, a web page or Markdown."""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.documents.cells import as_typed
from bot.documents.pasted.capacities import is_personal, says_nothing
from bot.documents.pasted.columns import Column, column_of
from bot.documents.pasted.entries import Entry, Remark, Skip, Skipped, tidy
from bot.documents.pasted.given_names import is_given_name
from bot.documents.pasted.headings import heading_kind
from bot.documents.pasted.kinds import is_title, names_body, organisedness, personality
from bot.documents.pasted.lines import Expected, read_line
from bot.documents.pasted.spelling import word_set
from bot.documents.pasted.title_words import is_credential, is_honorific
from bot.letters.endorsement import Kind
from bot.names.countries import country_of_field
from bot.names.folding import fold, words

_DELIMITERS = "\t;,|"
_LOOKED_AT = 12
"""Rows that may stand before the headings, and rows by which columns without one are judged."""
_CELLS_MOST = 100
_WHO = frozenset({Column.NAME, Column.FAMILY, Column.ORGANISATION, Column.BEHALF})
_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b")
_ORGANISATION_WORDS = word_set(
    "organisation organization organizacion organizacao organisme association asociacion associacao "
    "institution institucion instituicao company entity entidad entidade ngo ong group behalf "
    "organizatsiya organizatsii"
)
_PERSON_WORDS = word_set(
    "individual person personal individuel personne particulier persona pessoa myself self individually "
    "personally capacity lichno fizicheskoe chastnoe lichnom"
)


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row as they stand in the source, and its first line."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows, and the meaning of their columns."""

    rows: tuple[Row, ...]
    columns: tuple[Column | None, ...]
    headings: tuple[str, ...]
    """As they stand in the source; empty where the table has none."""
    before: int
    """The first line of the table."""


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
        found = _with_headings(rows) or (_without_headings(rows) if delimiter != "," else None)
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
            yield Row(line, tuple(as_typed(cell.strip()) for cell in cells[:_CELLS_MOST]))


def _with_headings(rows: Sequence[Row]) -> Table | None:
    for place, row in enumerate(rows[:_LOOKED_AT]):
        if len(row.cells) < 2:
            continue
        columns = [column_of(cell) if cell else None for cell in row.cells]
        known = [column for column in columns if column is not None]
        if len(known) < 2 or not _WHO & set(known) or len(known) * 2 < sum(map(bool, row.cells)):
            continue
        if any(_is_content(cell) for cell in row.cells) or not _is_wide(rows[place + 1 :]):
            continue
        return Table(
            rows=tuple(rows[place + 1 :]),
            columns=tuple(_told_apart(columns, rows[place + 1 :])),
            headings=row.cells,
            before=row.line,
        )
    return None


def _is_content(cell: str) -> bool:
    """Return whether a cell names somebody or some place, as headings never do."""
    if column_of(cell) is not None:
        # "ID" is Indonesia's code too.
        return False
    is_person = personality(cell) >= 2.6 and personality(cell) > organisedness(cell)
    return is_person or country_of_field(cell) is not None


def _is_wide(rows: Sequence[Row]) -> bool:
    """Return whether most rows have several cells."""
    return sum(len(row.cells) > 1 for row in rows) * 3 >= len(rows) * 2


def _without_headings(rows: Sequence[Row]) -> Table | None:
    widths = Counter(len(row.cells) for row in rows)
    if not widths:
        return None
    width, count = widths.most_common(1)[0]
    if width < 2 or count < 2 or count * 5 < len(rows) * 4:
        return None
    body = [row for row in rows if len(row.cells) == width]
    columns = _by_content(body, width)
    if not _WHO & set(columns):
        return None
    return Table(rows=tuple(body), columns=tuple(columns), headings=(), before=body[0].line)


def _told_apart(columns: Sequence[Column | None], rows: Sequence[Row]) -> list[Column | None]:
    """Return the columns with those that two headings share told apart, and unknown ones guessed."""
    found = list(columns)
    kinds = set(found)
    if Column.FAMILY in kinds and Column.NAME in kinds and Column.GIVEN not in kinds:
        found[found.index(Column.NAME)] = Column.GIVEN
    elif Column.GIVEN in kinds and Column.FAMILY not in kinds:
        if Column.NAME in kinds:
            found[found.index(Column.NAME)] = Column.FAMILY
        else:
            found[found.index(Column.GIVEN)] = Column.NAME
    for place, column in enumerate(found):
        cells = _cells_of(rows, place)
        if column is Column.TITLE and cells and all(is_honorific(cell) for cell in cells):
            found[place] = Column.HONORIFIC
        if column is not None and column in found[:place]:
            found[place] = None
    for place, column in enumerate(found):
        cells = _cells_of(rows, place)
        if column is None and Column.COUNTRY not in found and _are_countries(cells):
            found[place] = Column.COUNTRY
    return found


def _cells_of(rows: Sequence[Row], place: int) -> list[str]:
    return [row.cells[place] for row in rows[:50] if place < len(row.cells) and row.cells[place]]


def _are_countries(cells: Sequence[str]) -> bool:
    named = sum(country_of_field(cell) is not None for cell in cells)
    return named > 1 and named * 5 >= len(cells) * 4


def _by_content(rows: Sequence[Row], width: int) -> list[Column | None]:
    """Return the columns of a table without headings by what stands in most of their cells."""
    columns: list[Column | None] = [None] * width
    shares: list[tuple[float, int, Column]] = []
    for place in range(width):
        cells = [row.cells[place] for row in rows[:50] if row.cells[place]]
        if not cells:
            continue
        for column, test in _TESTS:
            share = sum(map(test, cells)) / len(cells)
            if share >= 0.6:
                shares.append((share, place, column))
    for column in (
        Column.CONTACT,
        Column.SKIPPED,
        Column.COUNTRY,
        Column.TITLE,
        Column.NAME,
        Column.ORGANISATION,
    ):
        fits = sorted((-share, place) for share, place, one in shares if one is column)
        for _, place in fits:
            if columns[place] is None and (
                column not in columns or column in {Column.SKIPPED, Column.CONTACT}
            ):
                columns[place] = column
    return columns


_TESTS: tuple[tuple[Column, Callable[[str], bool]], ...] = (
    (Column.CONTACT, lambda cell: "@" in cell and "." in cell),
    (Column.SKIPPED, lambda cell: bool(_DATE.match(cell)) or not any(sign.isalpha() for sign in cell)),
    (Column.COUNTRY, lambda cell: country_of_field(cell) is not None),
    (Column.TITLE, lambda cell: is_title(cell) and not names_body(cell)),
    (Column.NAME, lambda cell: personality(cell) > organisedness(cell)),
    (Column.ORGANISATION, lambda cell: organisedness(cell) >= personality(cell)),
)  # fmt: skip


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
        entry = entry_of_cells(cells, row.line)
        if entry is None:
            skipped.append(Skipped(why=Skip.NO_NAME, row=row.line, text=_shown(row)))
        else:
            entries.append(entry)
    return entries, skipped


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
    name = said.get(Column.NAME) or " ".join(
        part for part in (said.get(Column.GIVEN, ""), said.get(Column.FAMILY, "")) if part
    )
    honorific = said.get(Column.HONORIFIC, "")
    name = _straight(name)
    if name and honorific and is_honorific(honorific) and not name.startswith(honorific):
        name = f"{honorific} {name}"
    organisation = said.get(Column.BEHALF) or said.get(Column.ORGANISATION, "")
    kind = _kind(said.get(Column.KIND, ""))
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


def _kind(cell: str) -> Kind | None:
    """Return the kind that a cell says, None where it says neither or both."""
    spelt = set(words(fold(cell)))
    organisation = bool(spelt & _ORGANISATION_WORDS) or any(
        one in cell
        for one in (
            "组织",
            "機構",
            "机构",
            "團體",
            "团体",
            "单位",
            "منظمة",
            "مؤسسة",
            "جمعية",
            "организаци",
        )
    )
    person = bool(spelt & _PERSON_WORDS) or any(
        one in cell for one in ("个人", "個人", "فرد", "شخص", "лично")
    )
    if organisation == person:
        return None
    return Kind.ORGANISATION if organisation else Kind.PERSON


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
