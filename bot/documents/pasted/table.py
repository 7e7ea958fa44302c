"""Reading of a table into entries; values and headings decide the meaning of a column."""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.documents.cells import as_typed
from bot.documents.pasted.entries import DETAILS, Entry, Remark, Skip, Skipped, tidy
from bot.documents.pasted.kinds import is_body, is_person, is_title, lean, names_body
from bot.documents.pasted.lines import without_addresses, without_links
from bot.documents.pasted.segments import (
    Hint,
    country_in,
    is_inverted,
    is_personal,
    part,
    read_line,
)
from bot.documents.pasted.words import CACHED, has_sign_of, is_honorific, phrase_key, tables
from bot.letters.endorsement import Kind
from bot.names.countries import country_of_field

_DELIMITERS = "\t|;؛；,"
_LOOKED_AT, _JUDGED = 12, 200
"""The number of rows searched for headings, and of rows that decide a column's type."""
_CELLS_MOST = 100
_HEADING_MOST, _TELLING_MOST, _SAID_MOST = 200, 4, 7
_ROWS_LEAST = 3
_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b")
_NUMBER = re.compile(r"[#(]?[+-]?[\d.,\s]{1,20}[).%]?")
_QUOTED = re.compile(r'(?:^|,)"[^"\n]{1,200},[^"\n]{1,200}"(?:,|$)', re.MULTILINE)
_MEMBER = re.compile(r"[UW][A-Z0-9]{6,30}")
_WHO = frozenset(("name", "family", "organisation", "behalf"))
_IGNORED = "skipped"
COLUMNS = (
    "contact", "skipped", "consent", "kind", "given", "family", "signer", "behalf", "honorific",
    "affiliation", "title", "role", "organisation", "country", "via", "name", *DETAILS,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row, and the line of the source on which the row begins."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of a table, and each column's meaning: one of `COLUMNS`, "behalf flag" or ""."""

    rows: tuple[Row, ...]
    columns: tuple[str, ...]
    headings: tuple[str, ...]
    """The cells of the heading row; empty if the table has none."""
    before: int


def find_table(text: str) -> Table | None:
    """Return the table in a text, or None.

    A table has a row of headings, or rows of one width with a delimiter other than a plain comma.
    """
    for delimiter in _DELIMITERS:
        if delimiter not in text:
            continue
        rows = list(_rows(text, delimiter))
        found = _with_headings(rows, delimiter) or (
            _without_headings(rows) if delimiter != "," or _QUOTED.search(text) else None
        )
        if found is not None:
            return found
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
        if any(cell.strip(" -:|\u00a0") for cell in cells):
            kept = (without_links(cell).strip(" \u00a0*") for cell in cells[:_CELLS_MOST])
            yield Row(line, tuple(kept))


def _with_headings(rows: Sequence[Row], delimiter: str) -> Table | None:
    for place, row in enumerate(rows[:_LOOKED_AT]):
        if len(row.cells) < 2 and not (delimiter == "," and len(rows) > 1):
            continue
        hints = [column_of(cell) for cell in row.cells]
        body = rows[place + 1 :]
        wide = sum(len(one.cells) > 1 for one in body)
        if (
            wide * 4 < len(body) * 3
            or not body
            or any(_type_of(cell) in {"date", "mail", "web", "number"} for cell in row.cells)
            or any(is_person(cell) and not column_of(cell) for cell in row.cells)
        ):
            continue
        filled, known = sum(map(bool, row.cells)), sum(map(bool, hints))
        told = known > 1 and known * 2 >= filled
        if not told and not _stands_above(row, body):
            continue
        trusted = "kind" in hints and known == filled > _TELLING_MOST
        columns = hints if trusted else _typed(hints, row.cells, body)
        if _WHO & set(columns):
            return Table(
                rows=tuple(body), columns=tuple(columns), headings=row.cells, before=row.line
            )
    return None


def _stands_above(row: Row, body: Sequence[Row]) -> bool:
    """Return whether a row looks like headings: questions, or labels above dates and numbers."""
    if len(body) < 2 or sum(map(bool, row.cells)) * 5 < len(row.cells) * 4:
        return False
    if sum(cell.rstrip(" *)").endswith(("?", "؟", "？")) for cell in row.cells) > 1:
        return True
    return any(
        cell and _usual(body, place) in {"yes or no", "date", "mail", "number"}
        for place, cell in enumerate(row.cells)
    ) and any(map(column_of, row.cells))


def _without_headings(rows: Sequence[Row]) -> Table | None:
    widths = Counter(len(row.cells) for row in rows if len(row.cells) > 1)
    if not widths:
        return None
    width, count = widths.most_common(1)[0]
    body = [row for row in rows if len(row.cells) == width]
    if count < _ROWS_LEAST or count * 4 < len(rows) * 3:
        return None
    columns = _typed([""] * width, (), body)
    if not _WHO & set(columns):
        return None
    return Table(rows=tuple(body), columns=tuple(columns), headings=(), before=body[0].line)


@lru_cache(maxsize=CACHED)
def _type_of(cell: str) -> str:
    """Return the type of a cell's value: a name from `_TYPES`, "yes or no", "no", "text" or ""."""
    bare = cell.strip()
    known = tables()
    if not bare or bare.casefold().replace(" ", "_").rstrip(".") in known["columns: nothing"]:
        return "no" if bare and _word(bare) in known["columns: no"] else ""
    if _word(bare) in known["columns: yes"] or _word(bare) in known["columns: no"]:
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
    found = Counter(
        kind for row in rows[:_JUDGED] if place < len(row.cells) and (kind := _type_of(row.cells[place]))
    )  # fmt: skip
    found["yes or no"] += found.pop("no", 0)
    if len({row.cells[place] for row in rows[:_JUDGED] if place < len(row.cells)}) > found.total() // 2 + 1:  # fmt: skip
        # Answers to a question repeat.
        found["text"] += found.pop("kind", 0)
    whole = found.total()
    if not whole:
        return ""
    kind, count = found.most_common(1)[0]
    least = 2 if kind in {"person", "body", "title", "text"} else 4 / 3
    return kind if count * least >= whole else "text"


def _typed(hints: Sequence[str], headings: Sequence[str], rows: Sequence[Row]) -> list[str]:
    """Return the meaning of each column, from its values and its heading."""
    usual = [_usual(rows, place) for place in range(len(hints))]
    columns = [_column(hint, kind) for hint, kind in zip(hints, usual, strict=True)]
    halves = {"given", "family"} - set(columns)
    if "name" in columns and len(halves) == 1:
        # The other half of a name: "Nom" beside "Prénom"
        columns[columns.index("name")] = halves.pop()
    bodies = tables()["columns: kinds of organisations"]
    for place, heading in enumerate(headings):
        if usual[place] == "yes or no" and bodies.intersection(phrase_key(heading)):
            columns[place] = "behalf flag"
    free = [place for place, column in enumerate(columns) if not column and usual[place]]
    for kind, column in (("person", "name"), ("body", "organisation"), ("title", "title")):
        place = next((place for place in free if usual[place] == kind), None)
        taken = column in columns or (column == "name" and "family" in columns)
        if place is not None and not taken:
            columns[place] = column
    free = [place for place in free if not columns[place]]
    if "title" in columns and free and not {"name", "family"} & set(columns):
        columns[free.pop(0)] = "name"
    if not _WHO & set(columns) and free:
        # The unknown column with the most distinct values
        differing = [len({row.cells[place] for row in rows if place < len(row.cells)}) for place in free]  # fmt: skip
        columns[free.pop(differing.index(max(differing)))] = "name"
    if not headings:
        for place in free:
            columns[place] = "affiliation" if usual[place] in {"text", "body"} else ""
    _set_for_signers(columns, hints)
    return columns


def _set_for_signers(columns: list[str], hints: Sequence[str]) -> None:
    """Set the columns after an organisation: its signer, or a person's affiliation."""
    first = columns.index("organisation") if "organisation" in columns else len(columns)
    for place in range(first + 1, len(columns)):
        if columns[place] == "organisation":
            columns[place] = "affiliation"
        elif columns[place] == "name" and "kind" not in columns and not hints[place]:
            # A person there is the signer, unless the column has a known heading.
            columns[place] = "signer"


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
    key = phrase_key(text)
    said = set(key)
    telling = [word for word in key if word not in known["columns: fillers"]]
    own = "_".join(key)
    if own in DETAILS:
        return own
    bodies = said & known["columns: kinds of organisations"]
    if bodies and said & known["columns: if"] and said & known["columns: signs"]:
        return "behalf"
    if said & known["columns: kinds of people"] and bodies:
        return "kind"
    if key[:1] and key[0] in known["columns: questions"] and len(key) > 2:
        return "consent" if said & known["columns: consent"] else ""
    if bodies and said & {"name", "nombre", "nome", "nom"}:
        return "behalf" if "behalf" in said else "organisation"
    best, size = "", 0
    for column in COLUMNS:
        for phrase in known.get(f"columns: {column}", ()):
            words = phrase.split()
            fits = len(words) > size and said.issuperset(words)
            if fits and (len(words) > 1 or len(telling) <= _TELLING_MOST):
                best, size = column, len(words)
    return best or next(
        (
            column
            for column in COLUMNS
            if f"columns: {column} in scripts" in known
            and has_sign_of(f"columns: {column} in scripts", text)
        ),
        "",
    )


@lru_cache(maxsize=CACHED)
def kind_said(cell: str) -> Kind | None:
    """Return the kind that a cell states: "Individual", "En nombre de una organización"."""
    known, said = tables(), set(phrase_key(cell))
    said.add(cell.strip())
    bodies = bool(said & known["columns: kinds of organisations"])
    people = bool(said & known["columns: kinds of people"])
    if bodies == people:
        return None
    return Kind.ORGANISATION if bodies else Kind.PERSON


def read_rows(table: Table, hint: Hint) -> tuple[list[Entry], list[Skipped]]:
    """Return the entries of a table, and its skipped columns and rows.

    Args:
        table: The table.
        hint: Evidence about all entries.
    """
    skipped = [
        Skipped(why=Skip.COLUMN, row=table.before, text=heading)
        for heading, column in zip(table.headings, table.columns, strict=False)
        if heading and column in {"", _IGNORED, "contact"}
    ]
    entries: list[Entry] = []
    for row in table.rows:
        cells = _cells(table, row)
        shown = tidy(", ".join(cell for cell in row.cells if cell))[:200]
        if _word(cells.get("consent", "")) in tables()["columns: no"] and cells.get("consent"):
            skipped.append(Skipped(why=Skip.NO_CONSENT, row=row.line, text=shown))
            continue
        if row.cells == table.headings:
            skipped.append(Skipped(why=Skip.HEADING, row=row.line, text=shown))
            continue
        entry = _entry(cells, row.line, hint)
        if entry is None or not any(sign.isalpha() for sign in entry.name):
            skipped.append(Skipped(why=Skip.NO_NAME, row=row.line, text=shown))
        else:
            entries.append(entry)
    return entries, skipped


def _cells(table: Table, row: Row) -> dict[str, str]:
    found: dict[str, str] = {}
    for column, cell in zip(table.columns, row.cells, strict=False):
        said = as_typed(cell) if column == "contact" else tidy(as_typed(cell))
        empty = _type_of(cell) in {"", "no"} and column not in {
            "consent", "behalf flag", "name", "organisation", *DETAILS,
        }  # fmt: skip
        if column and column != _IGNORED and said and not empty:
            found[column] = f"{found[column]}, {said}" if column in found else said
    return found


def _entry(cells: Mapping[str, str], row: int, hint: Hint) -> Entry | None:
    details = {name: cells[name] for name in DETAILS if cells.get(name)}
    for name in ("ground", "state"):
        if name in details:
            details[name] = "_".join(details[name].casefold().replace("-", " ").split())
    contact = cells.get("contact", "")
    if _MEMBER.fullmatch(contact):
        details.setdefault("member", contact)
        contact = ""
    entry = _named(cells, row, hint)
    return replace(entry, contact=contact, details=details) if entry is not None else None


def _named(cells: Mapping[str, str], row: int, hint: Hint) -> Entry | None:
    """Return a row's entry, a person or an organisation with its signer; None without a name."""
    name = _name_of(cells)
    organisation = cells.get("behalf") or cells.get("organisation", "")
    if not name and not organisation:
        organisation = cells.get("affiliation", "")
    signer = cells.get("signer", "")
    kind, answer = kind_said(cells.get("kind", "")), _word(cells.get("behalf flag", ""))
    if kind is None and answer in tables()["columns: yes"] and cells.get("organisation"):
        kind = Kind.ORGANISATION
    elif kind is None and answer and name:
        kind = Kind.PERSON
    if kind is None and cells.get("behalf") and not is_personal(cells["behalf"]):
        kind = Kind.ORGANISATION
    if organisation and (kind is Kind.ORGANISATION or not name):
        return _for_organisation(cells, organisation, signer or name, row)
    if not name:
        return None
    facts = any(map(cells.get, ("title", "role", "affiliation", "organisation", "given", "family")))
    found = read_line(name, row, hint) if kind is None and not facts else []
    if len(found) == 1 and (found[0].kind is Kind.PERSON or not signer):
        return replace(found[0], country=_country_of(cells) or found[0].country)
    body = found[0].kind is Kind.ORGANISATION if len(found) == 1 else is_body(name)
    if kind is Kind.ORGANISATION or (kind is None and body and hint.score <= 0):
        return _for_organisation(cells, name, signer, row)
    return _person(cells, name, organisation, row)


def _name_of(cells: Mapping[str, str]) -> str:
    name = cells.get("name") or " ".join(
        cells[part] for part in ("given", "family") if part in cells
    )
    parts = part(name)
    if is_inverted(parts) and len(parts) == 2:
        name = f"{parts[1].text} {parts[0].text}"
    honorific = cells.get("honorific", "")
    titled = name and is_honorific(honorific) and not name.startswith(honorific)
    return f"{honorific} {name}" if titled else name


def _person(cells: Mapping[str, str], name: str, organisation: str, row: int) -> Entry:
    affiliation, title = cells.get("affiliation", ""), cells.get("title") or cells.get("role", "")
    if names_body(title) and not is_title(title) and not affiliation:
        title, affiliation = "", title
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
    found = read_line(name, row, Hint(score=-100.0)) if "," not in name else []
    country, via = _country_of(cells), cells.get("via", "")
    if len(found) == 1 and cells.get("kind") is None:
        name, via, country = found[0].name, via or found[0].via, country or found[0].country
    role = cells.get("role") or cells.get("title", "") if signer else ""
    who = f"{signer}, {role}" if role else signer
    return Entry(
        kind=Kind.ORGANISATION, name=name, country=country, via=via, signer=signer, role=role,
        row=row, remarks=((Remark.SIGNED_BY, who),) if signer else (),
    )  # fmt: skip
