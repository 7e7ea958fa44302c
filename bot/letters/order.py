"""The order of a list: pinned conveners, then organisations, then people.

The same order is kept by SQL, so that a list can be paged without loading it. There the columns
are `group_no, pinned, sort_fold, line, id`, ascending, with both texts compared by their UTF-8
bytes: `BINARY` on SQLite, `COLLATE "C"` on PostgreSQL. Bytes of UTF-8 and code points of Python
strings sort alike, so both agree; any other collation breaks pages apart.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.letters.endorsement import Kind

CONVENERS = 0
GROUP = {Kind.ORGANISATION: 1, Kind.PERSON: 2}
"""Where each kind of signatory stands; conveners stand before both, whatever they are."""

Position = tuple[int, int, str, str, str]
"""Where a line stands on its list: group, pinned rank (0 where none), sort_fold, line, id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedLine:
    """One line of a list with what decides its place."""

    kind: Kind
    line: str
    """How it reads on the letter."""
    sort_fold: str
    """`names.sort_fold` of the name that it is sorted under."""
    pinned_rank: int | None = None
    """A convener's place among the conveners, from 1; None for everyone else."""
    tiebreak: str = ""
    """The signatory's id: two that read and sort alike keep one order."""


def order_key(listed: ListedLine) -> Position:
    """Where a line stands. Positions compare as Python tuples, and as rows in SQL."""
    group = GROUP[listed.kind] if listed.pinned_rank is None else CONVENERS
    return group, listed.pinned_rank or 0, listed.sort_fold, listed.line, listed.tiebreak


def in_order(lines: Iterable[ListedLine]) -> list[ListedLine]:
    """The lines as they stand on the list, whatever order they come in."""
    return sorted(lines, key=order_key)
