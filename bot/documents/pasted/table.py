"""Reading of a table into entries: a column is typed by its values, its heading breaks ties."""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.documents.cells import as_typed
from bot.documents.pasted.entries import DETAILS, Entry, Remark, Skip, Skipped, tidy
from bot.documents.pasted.fields import Hint, read_line, with_signer
from bot.documents.pasted.kinds import is_body, is_person, is_title, lean, names_body, near
from bot.documents.pasted.lines import lines_of, without_addresses, without_links
from bot.documents.pasted.page import Around, best_range, what_is
from bot.documents.pasted.segments import country_in, is_personal
from bot.documents.pasted.words import CACHED, has_sign_of, phrase_key, tables
from bot.letters.endorsement import Kind
from bot.names.countries import country_of_field

_DELIMITERS = "\t|;؛；,"
_LOOKED_AT, _JUDGED, _CELLS_MOST, _ROWS_LEAST = 12, 200, 100, 3
"""Rows searched for headings, rows that decide a column's type, cells of a row, fewest rows."""
_HEADING_MOST, _TELLING_MOST, _SAID_MOST = 200, 4, 7
_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b")
_NUMBER = re.compile(r"[#(]?[+-]?[\d.,\s]{1,20}[).%]?")
_QUOTED = re.compile(r'(?:^|,)"[^"\n]{1,200},[^"\n]{1,200}"(?:,|$)', re.MULTILINE)
_MEMBER = re.compile(r"(?:<@)?([UW][A-Z0-9]{6,30})>?")
_BULLETS = frozenset("•·‣▪◦●○■□-–—*")
_WHO = frozenset(("name", "family", "organisation", "behalf"))
_IGNORED, _FLAG = "skipped", "behalf flag"
COLUMNS = (
    "contact", "skipped", "consent", "kind", "given", "family", "signer", "behalf", "affiliation", "title", "role", "organisation", "country", "via", "name", *DETAILS,
)  # fmt: skip
_BESIDE = {
    "title": 4.0, "role": 4.0, "given": 4.0, "family": 4.0, "affiliation": 1.5, "organisation": 1.5,
}  # fmt: skip
"""Evidence for a person from the cells beside a name."""
_OWN = frozenset((
    "kind", "name", "title", "affiliation", "organisation", "organization", "country", "via",
    "role", "contact", "until", "problem", *DETAILS,
))  # fmt: skip
"""Columns of the tables that we write ourselves."""


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row, and the line of the source on which the row begins."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of a table, and each column's meaning: one of `COLUMNS`, "behalf flag" or ""."""

    rows: Sequence[Row]
    columns: Sequence[str]
    headings: tuple[str, ...] = ()
    """The cells of the heading row; empty if the table has none."""
    before: int = 0
    own: bool = False
    """We wrote the table ourselves, or somebody who knows all columns: cells are taken as they are."""
    around: Sequence[Row] = ()
    """Lines above and below the table."""


def find_table(text: str) -> Table | None:
    """Return the table in a text, or None.

    A table has a row of headings, or rows of one width with a delimiter other than a plain comma.
    """
    parsed = {one: list(_rows(text, one)) for one in _DELIMITERS if one in text}
    for rows in parsed.values():
        first, *body = rows or [Row(0, ())]
        names = ["_".join(phrase_key(cell.replace("_", " "))) for cell in first.cells]
        if len(names) > 1 and _OWN.issuperset(names) and not {"kind", "source"}.isdisjoint(names):
            other = {"organization": "organisation", "until": "day", "problem": _IGNORED}
            columns = [other.get(name, name) for name in names]
            return Table(
                rows=body, columns=columns, headings=first.cells, before=first.line, own=True
            )
    for delimiter, rows in parsed.items():
        kept, around = _within(text, rows) if delimiter in "\t|" else (rows, [])
        found = _with_headings(kept, delimiter)
        if found is None and (delimiter != "," or _QUOTED.search(text)):
            found = _without_headings(kept, delimiter)
        if found is not None:
            return replace(found, around=around)
    return None


def _rows(text: str, delimiter: str) -> Iterator[Row]:
    quoting = csv.QUOTE_NONE if delimiter == "|" or text.count('"') % 2 else csv.QUOTE_MINIMAL
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            continue
        if delimiter == "|" and cells and not cells[0].strip():
            # A Markdown row begins and ends with a bar.
            cells = cells[1:-1] if not cells[-1].strip() else cells[1:]
        while len(cells) > 1 and not cells[-1].strip() and delimiter in ";؛；":
            cells.pop()
        if len(cells) > 1 and cells[0].strip() in _BULLETS:
            cells = cells[1:]
        if any(cell.strip(" -:|\u00a0") for cell in cells):
            kept = (without_links(cell).strip(" \u00a0*") for cell in cells[:_CELLS_MOST])
            yield Row(line, tuple(kept))


def _within(text: str, rows: list[Row]) -> tuple[list[Row], list[Row]]:
    """Return the rows of a table that stands on a page, and the lines around it."""
    wide = (len(row.cells) > 2 or sum(map(bool, row.cells)) > 1 for row in rows)
    _, start, end = best_range([1.0 if one else -1.0 for one in wide], 0, len(rows))
    around = [*rows[:start], *rows[end:]]
    if not around:
        return rows, []
    inside = {row.line for row in rows[start:end]}
    beside = [line for line in lines_of(text) if line.text and line.row not in inside]
    entries = sum(what_is(line) is Around.ENTRY for line in beside)
    return (rows[start:end], around) if entries < end - start else (rows, [])


def _with_headings(rows: Sequence[Row], delimiter: str) -> Table | None:
    for place, row in enumerate(rows[:_LOOKED_AT]):
        hints, body = [column_of(cell) for cell in row.cells], rows[place + 1 :]
        wide = sum(len(one.cells) > 1 for one in body)
        if (
            (len(row.cells) < 2 and not (delimiter == "," and len(rows) > 1))
            or wide * 4 < len(body) * 3
            or not body
            or any(_type_of(cell) in {"date", "mail", "web", "number"} for cell in row.cells)
            or any(is_person(one) and (" " in one or not column_of(one)) for one in row.cells)
            or sum(sum(map(bool, one.cells)) > 1 for one in rows[:place]) > 1
        ):
            continue
        filled, known = sum(map(bool, row.cells)), sum(map(bool, hints))
        if (known > 1 and known * 2 >= filled) or _stands_above(row, body):
            columns = _typed(hints, row.cells, body)
            if _WHO & set(columns):
                return Table(rows=body, columns=columns, headings=row.cells, before=row.line)
    return None


def _stands_above(row: Row, body: Sequence[Row]) -> bool:
    """Return whether a row looks like headings: questions, or labels above dates and numbers."""
    if len(body) < 2 or sum(map(bool, row.cells)) * 5 < len(row.cells) * 4:
        return False
    if sum(cell.rstrip(" *)").endswith(("?", "؟", "？")) for cell in row.cells) > 1:
        return True
    facts = {"yes or no", "date", "mail", "number"}
    return any(map(column_of, row.cells)) and any(
        cell and _usual(body, place) in facts for place, cell in enumerate(row.cells)
    )


def _without_headings(rows: Sequence[Row], delimiter: str) -> Table | None:
    widths = Counter(len(row.cells) for row in rows if len(row.cells) > 1)
    if not widths:
        return None
    width, count = widths.most_common(1)[0]
    if count < _ROWS_LEAST or count * 4 < len(rows) * 3:
        return None
    least = 2 if delimiter in "\t|" else width
    body = [row for row in rows if least <= len(row.cells) <= width]
    columns = _typed([""] * width, (), body)
    return Table(rows=body, columns=columns) if _WHO & set(columns) else None


@lru_cache(maxsize=CACHED)
def _type_of(cell: str) -> str:
    """Return the type of a cell's value: a name from `_TYPES`, "yes or no", "no", "text" or ""."""
    bare, known = cell.strip(), tables()
    word = _word(bare)
    if not bare or bare.casefold().replace(" ", "_").rstrip(".") in known["columns: nothing"]:
        return "no" if word and word in known["columns: no"] else ""
    if word in known["columns: yes"] or word in known["columns: no"]:
        return "yes or no"
    return next((name for name, is_it in _TYPES if is_it(bare)), "text")


_TYPES: tuple[tuple[str, Callable[[str], object]], ...] = (
    ("date", _DATE.match),
    ("number", _NUMBER.fullmatch),
    ("member", _MEMBER.fullmatch),
    ("mail", lambda cell: not without_addresses(cell)[0] and without_addresses(cell)[1]),
    ("web", lambda cell: not without_addresses(cell)[0]),
    ("country", country_of_field),
    ("kind", lambda cell: kind_said(cell) is not None and len(cell.split()) < _SAID_MOST),
    ("title", lambda cell: is_title(cell) and not names_body(cell)),
    ("person", lambda cell: lean(cell) >= 1.0 and len(cell.split()) > 1),
    ("body", is_body),
)


def _word(cell: str) -> str:
    """Return the first word of a cell, in lower case."""
    return next(iter(cell.casefold().replace(",", " ").replace(".", " ").split()), "")


def _usual(rows: Sequence[Row], place: int) -> str:
    """Return the type of most filled cells of a column; "text" if mixed, "" if all are empty."""
    cells = [row.cells[place] for row in rows[:_JUDGED] if place < len(row.cells)]
    found = Counter(kind for cell in cells if (kind := _type_of(cell)))
    found["yes or no"] += found.pop("no", 0)
    if len(set(cells)) > found.total() // 2 + 1:
        # Answers to a question repeat.
        found["text"] += found.pop("kind", 0)
    if not found.total():
        return ""
    kind, count = found.most_common(1)[0]
    least = 2 if kind in {"person", "body", "title", "text"} else 4 / 3
    return kind if count * least >= found.total() else "text"


def _typed(hints: Sequence[str], headings: Sequence[str], rows: Sequence[Row]) -> list[str]:
    """Return the meaning of each column, from its values and its heading."""
    usual = [_usual(rows, place) for place in range(len(hints))]
    columns = [_column(hint, kind) for hint, kind in zip(hints, usual, strict=True)]
    halves = {"given", "family"} - set(columns)
    if "name" in columns and len(halves) == 1:
        # The other half of a name: "Nom" beside "Prénom"
        columns[columns.index("name")] = halves.pop()
    lengths = [len(phrase_key(heading)) for heading in headings]
    for column in ("name", "organisation"):
        # The shortest heading names the column best.
        said = [place for place, one in enumerate(columns) if one == column and lengths]
        for place in said:
            if lengths[place] > min(lengths[other] for other in said):
                columns[place] = ""
    bodies = tables()["columns: kinds of organisations"]
    for place, heading in enumerate(headings):
        if usual[place] == "yes or no" and bodies.intersection(phrase_key(heading)):
            columns[place] = _FLAG
    _set_unknown(columns, usual, rows, named=bool(headings))
    first = columns.index("organisation") if "organisation" in columns else len(columns)
    for place in range(first + 1, len(columns)):
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
        place = next((place for place in free if usual[place] == kind), None)
        taken = column in columns or (column == "name" and "family" in columns)
        if place is not None and not taken:
            columns[place] = column
            free.remove(place)
    if not _WHO & set(columns) and free:
        # The unknown column with the most distinct values
        counts = {place: len({row.cells[place : place + 1] for row in rows}) for place in free}
        place = max(free, key=lambda one: counts[one])
        columns[place] = "name"
        free.remove(place)
    for place in free if not named else ():
        columns[place] = "affiliation" if usual[place] in {"text", "body"} else ""


def _column(hint: str, kind: str) -> str:
    """Return the meaning of a column, from its heading's hint and its values' type."""
    by_value = {
        "date": hint if hint in {"given_on", "day"} else _IGNORED,
        "number": _IGNORED,
        "web": _IGNORED,
        "mail": "contact",
        "member": "member",
        "yes or no": hint if hint in {"consent", "for_identification_only"} else _IGNORED,
        "kind": "kind",
        "country": hint if hint in {"name", "given", "family"} else "country",
    }
    if kind == "person" and hint in {"title", "country", "kind"}:
        return "name"
    if kind == "title" and hint == "kind":
        return "title"
    return by_value.get(kind, hint)


@lru_cache(maxsize=CACHED)
def column_of(heading: str) -> str:
    """Return the meaning of a column by its heading, or "" if the heading is unknown.

    A long heading may be a form's question: "Organization (if signing on its behalf)".
    """
    known, text = tables(), heading[:_HEADING_MOST]
    if ": " in text:
        return ""
    key = phrase_key(text.replace("_", " "))
    said, own = set(key), "_".join(key)
    if own in DETAILS:
        return own
    bodies = said & known["columns: kinds of organisations"]
    if bodies and said & known["columns: if"] and said & known["columns: signs"]:
        return "behalf"
    if bodies and said & known["columns: kinds of people"]:
        return "kind"
    if key[:1] and key[0] in known["columns: questions"] and len(key) > 2:
        return "consent" if said & known["columns: consent"] else ""
    if bodies and said & {"name", "nombre", "nome", "nom"}:
        return "behalf" if "behalf" in said else "organisation"
    telling = [word for word in key if word not in known["columns: fillers"]]
    best, size = "", 0
    for column in COLUMNS:
        for phrase in known.get(f"columns: {column}", ()):
            words = phrase.split()
            fits = len(words) > size and said.issuperset(words)
            if fits and (len(words) > 1 or len(telling) <= _TELLING_MOST):
                best, size = column, len(words)
    scripts = (one for one in COLUMNS if f"columns: {one} in scripts" in known)
    in_script = (one for one in scripts if has_sign_of(f"columns: {one} in scripts", text))
    return best or next(in_script, "")


@lru_cache(maxsize=CACHED)
def kind_said(cell: str) -> Kind | None:
    """Return the kind that a cell states: "Individual", "En nombre de una organización"."""
    known, said = tables(), {*phrase_key(cell), cell.strip()}
    bodies = bool(said & known["columns: kinds of organisations"])
    people = bool(said & known["columns: kinds of people"])
    if bodies == people:
        return None
    return Kind.ORGANISATION if bodies else Kind.PERSON


def read_rows(table: Table, own: float) -> tuple[list[Entry], list[Skipped]]:
    """Return the entries of a table, and its skipped columns and rows.

    Args:
        table: The table.
        own: The score that each entry gets from the kinds that the letter accepts.
    """
    skipped = [
        Skipped(why=Skip.COLUMN, row=table.before, text=heading)
        for heading, column in zip(table.headings, table.columns, strict=False)
        if heading and column in {"", _IGNORED}
    ]
    own += near([lean(_name_of(_cells(table, row))) for row in table.rows])
    entries: list[Entry] = []
    for row in (*table.rows, *table.around):
        cells = _cells(table, row) if row not in table.around else {}
        why, consent = Skip.NO_NAME, _word(cells.get("consent", ""))
        entry = None
        if row.cells == table.headings:
            why = Skip.HEADING
        elif not cells and len(row.cells) == 1:
            why = Skip.PROSE
        elif consent in tables()["columns: no"]:
            why = Skip.NO_CONSENT
        else:
            entry = _entry(cells, row.line, own, as_is=table.own)
        if entry is not None and any(sign.isalnum() for sign in entry.name):
            entries.append(entry)
        else:
            shown = tidy(", ".join(cell for cell in row.cells if cell))[:200]
            skipped.append(Skipped(why=why, row=row.line, text=shown))
    return entries, skipped


def _cells(table: Table, row: Row) -> dict[str, str]:
    found: dict[str, str] = {}
    for column, cell in zip(table.columns, row.cells, strict=False):
        said = as_typed(cell).strip()
        if column not in {"contact", *DETAILS}:
            said = tidy(without_addresses(said)[0] if "://" in said or "www." in said else said)
        kept = table.own or column in {"consent", _FLAG, "name", "organisation", *DETAILS}
        if column and column != _IGNORED and said and (kept or _type_of(cell) not in {"", "no"}):
            found[column] = f"{found[column]}, {said}" if column in found else said
    return found


def _entry(cells: Mapping[str, str], row: int, own: float, *, as_is: bool) -> Entry | None:
    details = {name: cells[name] for name in DETAILS if cells.get(name)}
    for name in ("ground", "state"):
        if name in details:
            details[name] = "_".join(details[name].casefold().replace("-", " ").split())
    contact = cells.get("contact", "")
    member = _MEMBER.fullmatch(contact)
    if member:
        details.setdefault("member", member[1])
        contact = ""
    entry = _as_written(cells, row, details) if as_is else _named(cells, row, own)
    return replace(entry, contact=contact, details=details) if entry is not None else None


def _as_written(cells: Mapping[str, str], row: int, details: Mapping[str, str]) -> Entry | None:
    """Return the entry of a row whose columns are all known, with its cells as they are."""
    name, organisation = _name_of(cells), cells.get("organisation", "")
    kind = kind_said(cells.get("kind", ""))
    if kind is Kind.ORGANISATION and name and not organisation:
        name, organisation = cells.get("signer", ""), name
    if organisation:
        return _for_organisation(cells, organisation, name, row)
    name = name or details.get("member", "")
    return _person(cells, name, "", row) if name else None


def _named(cells: Mapping[str, str], row: int, own: float) -> Entry | None:
    """Return a row's entry, a person or an organisation with its signer; None without a name."""
    name = _name_of(cells)
    organisation = cells.get("behalf") or cells.get("organisation", "")
    if not name and not organisation:
        organisation = cells.get("affiliation", "")
    signer = cells.get("signer", "")
    kind, answer = kind_said(cells.get("kind", "")), _word(cells.get(_FLAG, ""))
    if kind is None and answer in tables()["columns: yes"] and cells.get("organisation"):
        kind = Kind.ORGANISATION
    elif kind is None and answer and name:
        kind = Kind.PERSON
    if kind is None and cells.get("behalf") and not is_personal(cells["behalf"]):
        kind = Kind.ORGANISATION
    if organisation and (kind is Kind.ORGANISATION or not name):
        read = read_line(organisation, row, Hint(score=-100.0)) if "," not in organisation else []
        told = {"via": read[0].via, "country": read[0].country} if len(read) == 1 else {}
        body = read[0].name if told and not cells.get("kind") else organisation
        return _for_organisation({**told, **cells}, body, signer or name, row)
    if not name:
        return None
    beside = sum(amount for column, amount in _BESIDE.items() if cells.get(column))
    if kind is None and not beside:
        found = read_line(name, row, Hint(score=own))
        if len(found) == 1 and (found[0].kind is Kind.PERSON or not signer):
            return replace(found[0], country=_country_of(cells) or found[0].country)
    if kind is Kind.ORGANISATION or (kind is None and lean(name) + own + beside <= 0):
        return _for_organisation(cells, name, signer, row)
    return _person(cells, name, organisation, row)


def _name_of(cells: Mapping[str, str]) -> str:
    halves = (cells[one] for one in ("given", "family") if one in cells)
    return cells.get("name") or " ".join(halves)


def _person(cells: Mapping[str, str], name: str, organisation: str, row: int) -> Entry:
    affiliation, title = cells.get("affiliation", ""), cells.get("title") or cells.get("role", "")
    if organisation and organisation.casefold() not in affiliation.casefold():
        affiliation = f"{organisation}, {affiliation}" if affiliation else organisation
    personal = is_personal(cells.get("kind", ""))
    return Entry(
        kind=Kind.PERSON, name=name, title=title, affiliation=affiliation, row=row,
        country=_country_of(cells), remarks=((Remark.PERSONAL, ""),) if personal else (),
    )  # fmt: skip


def _country_of(cells: Mapping[str, str]) -> str:
    """Return the country of a row: "Kenya" for a cell such as "Nairobi, Kenya"."""
    said = cells.get("country", "")
    return country_in(said)[0] or said


def _for_organisation(cells: Mapping[str, str], name: str, signer: str, row: int) -> Entry:
    entry = Entry(
        kind=Kind.ORGANISATION, name=name, country=_country_of(cells), via=cells.get("via", ""),
        row=row,
    )  # fmt: skip
    return with_signer(entry, signer, cells.get("role") or cells.get("title", ""))
