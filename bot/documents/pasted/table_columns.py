"""Columns of a table: by their headings, and by what stands in most of their cells."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.documents.pasted.columns import Column, column_of, hinted_columns
from bot.documents.pasted.kinds import NAMELIKE, is_title, names_body, organisedness, personality
from bot.documents.pasted.spelling import word_set
from bot.documents.pasted.title_words import is_honorific
from bot.letters.endorsement import Kind
from bot.names.countries import country_of_field
from bot.names.folding import fold, words

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


def with_headings(first: Sequence[Row], rows: Sequence[Row]) -> Table | None:
    """Return the table below the first of some rows that is one of headings."""
    for place, row in enumerate(first):
        if len(row.cells) < 2:
            continue
        columns = [column_of(cell) if cell else None for cell in row.cells]
        known = [column for column in columns if column is not None]
        body = rows[place + 1 :]
        if any(_is_content(cell) for cell in row.cells) or not _is_wide(body):
            continue
        told = len(known) > 1 and len(known) * 2 >= sum(map(bool, row.cells))
        if not told and not _differs(row, body):
            continue
        found = _told_apart(columns, body)
        _guess(found, row.cells, body)
        if _WHO & set(found):
            return Table(
                rows=tuple(body), columns=tuple(found), headings=row.cells, before=row.line
            )
    return None


def _differs(row: Row, body: Sequence[Row]) -> bool:
    """Return whether a row is above a table as its headings: full, with a question or words above days."""
    if len(body) < 2 or sum(map(bool, row.cells)) * 5 < len(row.cells) * 4:
        return False
    if any(cell.endswith(("?", "？", "؟")) for cell in row.cells):
        return True
    return any(
        cell and not _is_typed(cell) and _share(_is_typed, _cells_of(body, place)) > _MOST
        for place, cell in enumerate(row.cells)
    )


def _is_typed(cell: str) -> bool:
    return bool(_DATE.match(cell)) or ("@" in cell and "." in cell)


def _share(test: Callable[[str], bool], cells: Sequence[str]) -> float:
    return sum(map(test, cells)) / len(cells) if cells else 0.0


def _guess(columns: list[Column | None], headings: Sequence[str], rows: Sequence[Row]) -> None:
    """Fill in what columns hold whose headings say nothing, by their cells."""
    for column, (others, test) in _GUESSES.items():
        if others & set(columns):
            continue
        best, found = 0.0, None
        for place, known in enumerate(columns):
            cells = _cells_of(rows, place)
            if (
                known is not None
                or not cells
                or (len(cells) < 2 and column is not Column.AFFILIATION)
            ):
                continue
            hinted = column in hinted_columns(headings[place])
            full = len(cells) / len(rows[:50])
            share = _share(test, cells) + (0.3 if hinted else 0.0)
            if share >= _LEAST and share + full > best and (full > _MOST or column not in _FULL):
                best, found = share + full, place
        if found is not None:
            columns[found] = column


def _is_name(cell: str) -> bool:
    if sum(map(str.isalpha, cell)) <= sum(map(str.isdigit, cell)):
        return False
    sounds = personality(cell) > 1 or organisedness(cell) >= NAMELIKE
    return sounds and country_of_field(cell) is None and not is_title(cell)


_LEAST, _MOST = 0.6, 0.8
_KINDS_MOST = 3
_BODIES = frozenset({Column.BEHALF, Column.ORGANISATION, Column.NAME})
_FULL = frozenset({Column.KIND, Column.NAME})
"""Columns that are filled in in every row."""
_GUESSES: dict[Column, tuple[frozenset[Column], Callable[[str], bool]]] = {
    Column.KIND: (frozenset({Column.KIND}), lambda cell: kind_said(cell) is not None),
    Column.TITLE: (
        frozenset({Column.TITLE}),
        lambda cell: is_title(cell) and not names_body(cell),
    ),
    Column.NAME: (_WHO, _is_name),
    Column.AFFILIATION: (
        frozenset({Column.AFFILIATION, Column.ORGANISATION, Column.BEHALF}),
        names_body,
    ),
}
"""Columns that are guessed: unless one of these is there, by a test of their cells."""


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


def without_headings(rows: Sequence[Row]) -> Table | None:
    """Return the table of rows of one width whose columns can be told apart by their cells."""
    widths = Counter(len(row.cells) for row in rows)
    if not widths:
        return None
    width, count = widths.most_common(1)[0]
    if width < 2 or count < 2 or count * 5 < len(rows) * 4:
        return None
    body = [row for row in rows if len(row.cells) == width]
    columns = _by_content(body, width)
    filled = sum(len(_cells_of(body, place)) * 2 >= len(body[:50]) for place in range(width))
    if not _WHO & set(columns) or filled < 2:
        return None
    body = [row for row in rows if len(row.cells) > 1]
    return Table(rows=tuple(body), columns=tuple(columns), headings=(), before=body[0].line)


def _told_apart(columns: Sequence[Column | None], rows: Sequence[Row]) -> list[Column | None]:
    """Return the columns with those that two headings share told apart, and unknown ones guessed."""
    found = [_by_cells(column, _cells_of(rows, place)) for place, column in enumerate(columns)]
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


def _by_cells(column: Column | None, cells: Sequence[str]) -> Column | None:
    """Return the column that a heading names, or another where its cells say so."""
    if column in _BODIES and _are_kinds(cells):
        return Column.KIND
    titles = column is Column.KIND and _share(is_title, cells) >= _LEAST
    return Column.TITLE if titles and not any(map(kind_said, cells)) else column


def _are_kinds(cells: Sequence[str]) -> bool:
    """Return whether cells say over and over whether somebody signs for themselves."""
    several = len(set(cells)) * 2 <= len(cells) and len(set(cells)) <= _KINDS_MOST
    return several and all(kind_said(cell) is not None for cell in cells)


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


def kind_said(cell: str) -> Kind | None:
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
