"""A list that somebody pasted becomes entries: the one way in for windows and the command line."""

from dataclasses import replace

from bot.documents.pasted.entries import (
    ENTRIES_MOST,
    Entry,
    Reading,
    Skip,
    Skipped,
    Takes,
    TooManyEntries,
)
from bot.documents.pasted.lists import read_lines
from bot.documents.pasted.markup import is_html, lines_of, with_bars, without_tags
from bot.documents.pasted.tables import find_table, read_table_rows

TEXT_MOST = 2_000_000
"""Characters that are read of a text."""
_LINES_MOST = 5 * ENTRIES_MOST
"""Lines with anything in them, of which an entry may take several."""


def read_list(text: str, takes: Takes = Takes.BOTH) -> Reading:
    """Return what a pasted list or table says, entry by entry, and what of it was skipped.

    Headings, greetings, addresses and unknown columns are skipped and named. A text that names
    nobody has no entries.

    Raises:
        TooManyEntries: there are more lines or entries than one list may have.
    """
    del takes
    if sum(map(bool, map(str.strip, text.splitlines()))) > _LINES_MOST:
        raise TooManyEntries
    plain = with_bars("\n".join(text[:TEXT_MOST].replace("\x00", "").splitlines()))
    cells, source = without_tags(plain) if is_html(plain) else (plain, None)
    table = find_table(cells)
    if table is None:
        return _bounded(*read_lines(lines_of(plain)))
    entries, skipped = read_table_rows(table)
    if source is not None:
        entries = [replace(one, row=source[one.row - 1]) for one in entries]
        skipped = [replace(one, row=source[one.row - 1]) for one in skipped]
    return _bounded(entries, skipped)


def _bounded(entries: list[Entry], skipped: list[Skipped]) -> Reading:
    kept: list[Entry] = []
    seen: set[tuple[str, str]] = set()
    for entry in entries:
        key = (entry.kind.value, entry.reads.casefold())
        if key in seen:
            skipped.append(Skipped(why=Skip.TWICE, row=entry.row, text=entry.reads))
        elif len(kept) >= ENTRIES_MOST:
            raise TooManyEntries
        else:
            seen.add(key)
            kept.append(entry)
    return Reading(entries=tuple(kept), skipped=tuple(sorted(skipped, key=lambda one: one.row)))
