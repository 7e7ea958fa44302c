"""Reading of a table into entries: a column is typed by its values, its heading breaks ties."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.documents.cells import as_typed
from bot.documents.pasted.entries import DETAILS, Entry, Remark, Skip, Skipped, tidy
from bot.documents.pasted.fields import read_line, with_signer
from bot.documents.pasted.kinds import (
    country_in,
    is_body,
    is_person,
    is_personal,
    is_title,
    lean,
    names_body,
    near,
)
from bot.documents.pasted.lines import Row, lines_of, rows_of, without_addresses
from bot.documents.pasted.page import best_range, judge
from bot.documents.pasted.words import CACHED, has_sign_of, phrase_key, tables
from bot.letters.endorsement import Kind
from bot.names.countries import country_of_field

_DELIMITERS = "\t|;؛；,"
_LOOKED_AT, _JUDGED, _ROWS_LEAST = 12, 200, 3
"""Rows searched for headings, rows that decide a column's type, fewest rows without headings."""
_QUOTED = re.compile(r'(?:^|,)"[^"\n]{1,200},[^"\n]{1,200}"(?:,|$)', re.MULTILINE)
_WHO = frozenset(("name", "family", "organisation", "behalf"))
_IGNORED, _FLAG = "skipped", "behalf flag"
_BY_VALUE = {
    "date": _IGNORED, "number": _IGNORED, "web": _IGNORED, "code": _IGNORED, "mail": "contact", "member": "member",
    "kind": "kind", "country": "country",
}  # fmt: skip
_OWN = {one: one for one in ("kind", "name", "title", "affiliation", "country", "via", *DETAILS)} | {
    "organisation": "organisation", "organization": "organisation", "role": "role",
    "contact": "contact", "until": "day", "problem": _IGNORED,
}  # fmt: skip
_BESIDE = {
    "title": 4.0, "role": 4.0, "given": 4.0, "family": 4.0, "affiliation": 1.5, "organisation": 1.5,
}  # fmt: skip
_COLUMNS = (
    "contact", "skipped", "consent", "kind", "given", "family", "signer", "behalf", "affiliation", "title", "role", "organisation", "country", "via", "name", *DETAILS,
)  # fmt: skip
_TELLING_MOST, _SAID_MOST = 4, 7
_NO_HEADINGS = Row(0, ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of a table and lines around it, and each column's meaning: one of `_COLUMNS` or `_FLAG`."""

    rows: Sequence[Row]
    columns: Sequence[str]
    headings: Row = _NO_HEADINGS
    own: bool = False
    """We wrote the table ourselves: cells are taken as they are."""
    around: Sequence[Row] = ()


def find_table(text: str) -> Table | None:
    """Return the table in a text, or None.

    A table has a row of headings, or rows of one width with a delimiter other than a plain comma.
    """
    first = next(filter(str.strip, text.split("\n")), "")
    for delimiter in _DELIMITERS:
        names = ["_".join(phrase_key(cell.replace("_", " "))) for cell in first.split(delimiter)]
        if _OWN.keys() >= {*names} and {"kind", "source"}.intersection(names) and len(names) > 1:
            headings, *rows = rows_of(text, delimiter)
            columns = [_OWN[name] for name in names]
            return Table(rows=rows, columns=columns, headings=headings, own=True)
    for delimiter in filter(text.__contains__, _DELIMITERS):
        rows, around = list(rows_of(text, delimiter)), list[Row]()
        if delimiter in "\t|":
            rows, around = _within(text, rows)
        plain = delimiter == "," and not _QUOTED.search(text)
        found = _with_headings(rows, delimiter)
        if found is None and not plain:
            found = _without_headings(rows, delimiter)
        if found is not None:
            return replace(found, around=around)
    return None


def _within(text: str, rows: list[Row]) -> tuple[list[Row], list[Row]]:
    wide = [1.0 if len(row.cells) > 2 or sum(map(bool, row.cells)) > 1 else -1.0 for row in rows]
    _, start, end = best_range(wide, 0, len(rows))
    inside = {row.line for row in rows[start:end]}
    beside = [line for line in lines_of(text) if line.text and line.row not in inside]
    if sum(judge(line).why is None for line in beside) < end - start:
        return rows[start:end], [*rows[:start], *rows[end:]]
    return rows, []


def _with_headings(rows: Sequence[Row], delimiter: str) -> Table | None:
    for place, row in enumerate(rows[:_LOOKED_AT]):
        body = rows[place + 1 :]
        wide = sum(len(one.cells) > 1 for one in body) * 4 >= len(body) * 3
        beside = sum(sum(map(bool, one.cells)) > 1 for one in rows[:place]) > 1
        if body and wide and not beside and (len(row.cells) > 1 or delimiter == ","):
            columns = _typed(row.cells, body, len(row.cells)) if _names_columns(row, body) else []
            if not _WHO.isdisjoint(columns):
                return Table(rows=body, columns=columns, headings=row)
    return None


def _names_columns(row: Row, body: Sequence[Row]) -> bool:
    known = [cell for cell in row.cells if column_of(cell)]
    filled = sum(map(bool, row.cells))
    people = any(is_person(cell) and (" " in cell or not column_of(cell)) for cell in row.cells)
    torn = any(cell.count("(") != cell.count(")") for cell in row.cells)
    if (
        people
        or torn
        or any(type_of(cell) in {"date", "mail", "web", "number"} for cell in row.cells)
    ):
        return False
    if len(known) > 1 and len(known) * 2 >= filled:
        return True
    asks = sum(cell.rstrip(" *)").endswith(("?", "؟", "？")) for cell in row.cells) > 1
    types = {"yes or no", "date", "mail", "number"}
    facts = known and any(_usual(body, place) in types for place in range(len(row.cells)))
    return len(body) > 1 and filled * 5 >= len(row.cells) * 4 and bool(asks or facts)


def _without_headings(rows: Sequence[Row], delimiter: str) -> Table | None:
    widths = Counter(len(row.cells) for row in rows if len(row.cells) > 1)
    width, count = widths.most_common(1)[0] if widths else (0, 0)
    if count < _ROWS_LEAST or count * 4 < len(rows) * 3:
        return None
    least = 2 if delimiter in "\t|" else width
    body = [row for row in rows if least <= len(row.cells) <= width]
    return Table(rows=body, columns=_typed((), body, width))


def _usual(rows: Sequence[Row], place: int) -> str:
    return usual_type([row.cells[place] for row in rows[:_JUDGED] if place < len(row.cells)])


def _typed(headings: Sequence[str], rows: Sequence[Row], width: int) -> list[str]:
    hints = list(map(column_of, headings)) or [""] * width
    keys = list(map(phrase_key, headings)) or [list[str]()] * width
    usual = [_usual(rows, place) for place in range(width)]
    columns: list[str] = []
    for kind, hint, key in zip(usual, hints, keys, strict=True):
        column = _BY_VALUE.get(kind, hint)
        if kind == "yes or no":
            signs = not tables()["columns: kinds of organisations"].isdisjoint(key)
            agrees = hint == "consent" or not tables()["columns: consent"].isdisjoint(key)
            column = _FLAG if signs else "consent" if agrees else _IGNORED
        elif kind == "country" and hint in {"name", "given", "family"}:
            column = hint
        columns.append("title" if (kind, hint) == ("title", "kind") else column)
    halves = {"given", "family"} - set(columns)
    if "name" in columns and len(halves) == 1:
        # The other half of a name: "Nom" beside "Prénom"
        columns[columns.index("name")] = halves.pop()
    for column in ("name", "organisation"):
        # The shortest heading names the column best.
        said = [place for place, one in enumerate(columns) if one == column]
        for place in sorted(said, key=lambda one: len(keys[one]))[1:]:
            columns[place] = ""
    _set_unknown(columns, usual, rows, named=bool(headings))
    first = columns.index("organisation") if "organisation" in columns else width
    for place in range(first + 1, width):
        if columns[place] == "organisation":
            columns[place] = "affiliation"
        elif columns[place] == "name" and "kind" not in columns and not hints[place]:
            # A person after an organisation is its signer, unless the column has a known heading.
            columns[place] = "signer"
    return columns


def _set_unknown(
    columns: list[str], usual: Sequence[str], rows: Sequence[Row], *, named: bool
) -> None:
    """Set the columns without a known heading, by their values."""
    free = [place for place, column in enumerate(columns) if not column and usual[place]]
    for kind, column in (("person", "name"), ("body", "organisation"), ("title", "title")):
        taken = column in columns or (column == "name" and "family" in columns)
        for place in free if not taken else ():
            if usual[place] == kind and column not in columns:
                columns[place] = column
    if _WHO.isdisjoint(columns) and free:
        # The unknown column with the most distinct values
        place = max(free, key=lambda one: len({row.cells[one : one + 1] for row in rows}))
        columns[place] = "name"
    for place in free if not named else ():
        if not columns[place] and usual[place] in {"text", "body"}:
            columns[place] = "affiliation"


def read_rows(table: Table, own: float) -> tuple[list[Entry], list[Skipped]]:
    """Return a table's entries, and its skipped columns and rows; `own` is added to all scores."""
    skipped = [
        Skipped(why=Skip.COLUMN, row=table.headings.line, text=heading)
        for heading, column in zip(table.headings.cells, table.columns, strict=False)
        if heading and column in {"", _IGNORED}
    ]
    entries: list[Entry] = []
    rows = [(row, _cells(table, row)) for row in table.rows]
    own += near([lean(_name_of(cells)) for _, cells in rows])
    for row, cells in (*rows, *((row, dict[str, str]()) for row in table.around)):
        why, entry = Skip.PROSE if not cells and len(row.cells) == 1 else Skip.NO_NAME, None
        if row.cells == table.headings.cells:
            why = Skip.HEADING
        elif first_word(cells.get("consent", "")) in tables()["columns: no"]:
            why = Skip.NO_CONSENT
        else:
            entry = _entry(cells, row.line, own, as_is=table.own)
        if entry is not None and any(map(str.isalnum, entry.name)):
            entries.append(entry)
        else:
            shown = tidy(", ".join(filter(None, row.cells)))[:200]
            skipped.append(Skipped(why=why, row=row.line, text=shown))
    return entries, skipped


def _cells(table: Table, row: Row) -> dict[str, str]:
    found: dict[str, str] = {}
    for column, cell in zip(table.columns, row.cells, strict=False):
        said = as_typed(cell).strip()
        if column not in {"contact", *DETAILS}:
            said = tidy(without_addresses(said)[0] if "://" in said or "www." in said else said)
        kept = table.own or column in {"consent", _FLAG, "name", "organisation", *DETAILS}
        if column and column != _IGNORED and said and (kept or type_of(cell) not in {"", "no"}):
            found[column] = f"{found[column]}, {said}" if column in found else said
    return found


def _name_of(cells: Mapping[str, str]) -> str:
    halves = (cells[one] for one in ("given", "family") if one in cells)
    return cells.get("name") or " ".join(halves)


def _entry(cells: Mapping[str, str], row: int, own: float, *, as_is: bool) -> Entry:
    name, signer, role = _name_of(cells), cells.get("signer", ""), cells.get("role", "")
    organisation, kind = cells.get("behalf") or cells.get("organisation", ""), _kind_of(cells)
    entry = _facts_of(cells, row)
    if as_is:
        kind = Kind.ORGANISATION if organisation else kind or Kind.PERSON
        name = name or entry.details.get("member", "")
    elif not name and not organisation:
        organisation = cells.get("affiliation", "")
    title, body = cells.get("title", ""), organisation and (kind is Kind.ORGANISATION or not name)
    beside = sum(amount for column, amount in _BESIDE.items() if cells.get(column))
    if not as_is and ((body and "," not in organisation) or (kind is None and not beside)):
        # The cell may hold more than a name.
        read = read_line(organisation if body else name, row, -100.0 if body else own)
        if len(read) == 1 and (body or read[0].kind is Kind.PERSON or not signer):
            one, said = read[0], entry
            entry = replace(one, country=said.country or one.country, via=said.via or one.via)
            entry = replace(entry, contact=said.contact, details=said.details)
            return with_signer(entry, signer or name, role or title) if body else entry
    if body or kind is Kind.ORGANISATION or (kind is None and lean(name) + own + beside <= 0):
        entry = replace(entry, kind=Kind.ORGANISATION, name=organisation if body else name)
        return with_signer(entry, signer or name if body else signer, role or title)
    affiliation = cells.get("affiliation", "")
    if organisation and organisation.casefold() not in affiliation.casefold():
        affiliation = f"{organisation}, {affiliation}" if affiliation else organisation
    personal = ((Remark.PERSONAL, ""),) if is_personal(cells.get("kind", "")) else ()
    return replace(
        entry, name=name, title=title or role, affiliation=affiliation, via="", remarks=personal
    )


def _facts_of(cells: Mapping[str, str], row: int) -> Entry:
    details = {name: cells[name] for name in DETAILS if cells.get(name)}
    for name in {"ground", "state"} & details.keys():
        details[name] = "_".join(details[name].casefold().replace("-", " ").split())
    contact, country = cells.get("contact", ""), cells.get("country", "")
    if type_of(contact) == "member":
        details, contact = {"member": contact.strip("<@>")} | details, ""
    return Entry(
        kind=Kind.PERSON, name="", country=country_in(country)[0] or country, row=row,
        contact=contact, details=details, via=cells.get("via", ""),
    )  # fmt: skip


def _kind_of(cells: Mapping[str, str]) -> Kind | None:
    answer = first_word(cells.get(_FLAG, ""))
    if answer:
        return Kind.ORGANISATION if answer in tables()["columns: yes"] else Kind.PERSON
    signs = "behalf" in cells and not is_personal(cells["behalf"])
    return kind_said(cells.get("kind", "")) or (Kind.ORGANISATION if signs else None)


@lru_cache(maxsize=CACHED)
def type_of(cell: str) -> str:
    """Return the type of a cell's value: a name from `_TYPES`, "yes or no", "no", "text" or ""."""
    bare, known, word = cell.strip(), tables(), first_word(cell)
    if not bare or bare.casefold().replace(" ", "_").rstrip(".") in known["columns: nothing"]:
        return "no" if word in known["columns: no"] else ""
    if word in known["columns: yes"] or word in known["columns: no"]:
        return "yes or no"
    return next((name for name, is_it in _TYPES.items() if is_it(bare)), "text")


_TYPES: dict[str, Callable[[str], object]] = {
    "date": re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b").match,
    "number": re.compile(r"[#(]?[+-]?[\d.,\s]{1,20}[).%]?").fullmatch,
    "code": re.compile(r"(?=\S*\d)(?=\S*[-/])[\w/.-]{6,40}").fullmatch,
    "member": re.compile(r"(?:<@)?[UW][A-Z0-9]{6,30}>?").fullmatch,
    "mail": re.compile(r"[^\s@]{1,100}@[^\s@]{1,200}\.[^\s@.]{1,60}").fullmatch,
    "web": re.compile(r"(?:https?://|www\.)\S+").fullmatch,
    "country": country_of_field,
    "kind": lambda cell: len(cell.split()) < _SAID_MOST and kind_said(cell) is not None,
    "title": lambda cell: is_title(cell) and not names_body(cell),
    "person": lambda cell: lean(cell) >= 1.0 and len(cell.split()) > 1,
    "body": is_body,
}


def usual_type(cells: Sequence[str]) -> str:
    """Return the type of most filled cells of a column; "text" if mixed, "" if all are empty."""
    found = Counter(kind for kind in map(type_of, cells) if kind)
    found["yes or no"] += found.pop("no", 0)
    if len(set(cells)) > found.total() // 2 + 1:
        # Answers to a question repeat.
        found["text"] += found.pop("kind", 0)
    kind, count = found.most_common(1)[0]
    least = 2 if kind in {"person", "body", "title", "text"} else 4 / 3
    return (kind if count * least >= found.total() else "text") if count else ""


def first_word(cell: str) -> str:
    """Return the first word of a cell, in lower case."""
    return next(iter(cell.casefold().replace(",", " ").replace(".", " ").split()), "")


@lru_cache(maxsize=CACHED)
def column_of(heading: str) -> str:
    """Return the meaning of a column by its heading, or "" if the heading is unknown.

    A long heading may be a form's question: "Organization (if signing on its behalf)".
    """
    known, said = tables(), set(phrase_key(heading.replace("_", " ")))
    if said & known["columns: kinds of organisations"] and said & known["columns: kinds of people"]:
        return "kind"
    few = len(said - known["columns: fillers"]) <= _TELLING_MOST
    best, size = "", 0
    for column in _COLUMNS:
        for words in map(str.split, known.get(f"columns: {column}", ())):
            if len(words) > size and said.issuperset(words) and (len(words) > 1 or few):
                best, size = column, len(words)
        if not best and has_sign_of(f"columns: {column}", heading):
            best = column
    return best


@lru_cache(maxsize=CACHED)
def kind_said(cell: str) -> Kind | None:
    """Return the kind that a cell states: "Individual", "En nombre de una organización"."""
    known, said = tables(), {*phrase_key(cell), cell.strip()}
    bodies = bool(said & known["columns: kinds of organisations"])
    people = bool(said & known["columns: kinds of people"])
    if bodies == people:
        return None
    return Kind.ORGANISATION if bodies else Kind.PERSON
