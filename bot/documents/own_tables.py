"""Tables with our own columns, read as entries with all that they say; any other list as a list."""

import csv
import io
import itertools
import re
from collections.abc import Mapping
from dataclasses import replace

from bot.documents.cells import as_typed
from bot.documents.pasted.entries import DETAILS, Entry, Reading, Skip, Skipped, Takes, tidy
from bot.documents.pasted.reading import read_list as read_any_list
from bot.letters.endorsement import Kind

_FIELDS = frozenset({
    "kind", "name", "title", "affiliation", "organisation", "organization", "country", "via",
    "role", "contact", "until", "problem",
})  # fmt: skip
_TELLING = frozenset({"kind", "source"})
_BETWEEN_WORDS = re.compile(r"[\s_-]+")
_MEMBER = re.compile("(?:<@)?([UW][A-Z0-9]{2,30})>?")


def read_list(text: str, takes: Takes = Takes.BOTH) -> Reading:
    """Return what a list or a table says, entry by entry, and what of it was skipped.

    Raises:
        TooManyEntries: there are more lines or entries than one list may have.
    """
    # Counted, and refused if it is too long, before anything else.
    reading = read_any_list(text, takes)
    try:
        return _own_table(text) or reading
    except csv.Error:
        return reading


def _own_table(text: str) -> Reading | None:
    for delimiter in ",;\t":
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        headings = [_folded(cell) for row in itertools.islice(rows, 1) for cell in row]
        known = _FIELDS | set(DETAILS)
        if len(headings) < 2 or not known >= set(headings) or not _TELLING & set(headings):
            continue
        entries: dict[tuple[Kind, str], Entry] = {}
        skipped: list[Skipped] = []
        line = rows.line_num + 1
        for row in rows:
            cells = dict(zip(headings, (as_typed(cell).strip() for cell in row), strict=False))
            entry = _entry({name: cell for name, cell in cells.items() if cell}, line)
            line = rows.line_num + 1
            if not any(cells.values()):
                continue
            if entry is None:
                skipped.append(Skipped(why=Skip.NO_NAME, row=line - 1, text=tidy(", ".join(row))))
            elif (entry.kind, entry.reads) in entries:
                skipped.append(Skipped(why=Skip.TWICE, row=entry.row, text=entry.reads))
            else:
                entries[entry.kind, entry.reads] = entry
        return Reading(entries=tuple(entries.values()), skipped=tuple(skipped))
    return None


def _entry(cells: Mapping[str, str], line: int) -> Entry | None:
    contact = cells.get("contact", "")
    member = _MEMBER.fullmatch(contact)
    details = {name: cells[name] for name in DETAILS if name in cells}
    details |= {name: _folded(details[name]) for name in ("ground", "state") if name in details}
    if member:
        details["member"] = member[1]
    if "until" in cells:
        details["day"] = cells["until"]
    organisation = cells.get("organisation") or cells.get("organization", "")
    name = cells.get("name") or ("" if organisation else details.get("member", ""))
    kind = Kind.ORGANISATION if organisation else Kind.PERSON
    if cells.get("kind", "").casefold() == Kind.ORGANISATION and name and not organisation:
        kind, organisation, name = Kind.ORGANISATION, name, ""
    if not organisation and not name:
        return None
    entry = Entry(
        kind=kind,
        name=tidy(name),
        country=tidy(cells.get("country", "")),
        row=line,
        contact="" if member else contact,
        details=details,
    )
    if kind is Kind.PERSON:
        return replace(
            entry,
            title=tidy(cells.get("title", "")),
            affiliation=tidy(cells.get("affiliation", "")),
        )
    return replace(
        entry,
        name=tidy(organisation),
        via=tidy(cells.get("via", "")),
        signer=tidy(name),
        role=tidy(cells.get("role", "")),
    )


def _folded(words: str) -> str:
    return _BETWEEN_WORDS.sub("_", words.strip().casefold())
