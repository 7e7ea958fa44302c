"""The order of a list: pinned conveners, then organisations, then people; the late list behind.

The same order is kept by SQL, so that a list can be paged without loading it. There the columns
are `group_no, pinned, prefix, sort_key, entry, id`, ascending, with the texts compared by their
UTF-8 bytes: `BINARY` on SQLite, `COLLATE "C"` on PostgreSQL. Bytes of UTF-8 and code points of
Python strings sort alike, so both agree; any other collation breaks pages apart.
"""

from datetime import UTC

from bot.letters.endorsement import Kind
from bot.letters.rules import Ordering
from bot.letters.signatory import Signatory

CONVENERS = 0
GROUP = {Kind.ORGANISATION: 1, Kind.PERSON: 2}
"""Place of each kind of signatory; conveners come before both."""
TOGETHER = 1
"""Place of everyone where a letter has no groups."""
LATE = 10
"""Offset of the same groups on the late list."""

Position = tuple[int, int, str, str, str, str]
"""Position on a list: group, pinned rank (0 for none), prefix, sort_key, entry, id."""


def group(party: Signatory, *, grouped: bool) -> int:
    """The group that a signatory stands in."""
    if party.pinned:
        return CONVENERS
    return (GROUP[party.kind] if grouped else TOGETHER) + (LATE if party.late else 0)


def prefix(party: Signatory, ordering: Ordering) -> str:
    """Return what precedes the sort key: the country, or the time of signing in UTC."""
    if ordering is Ordering.COUNTRY:
        return party.country_fold
    if ordering is Ordering.TIME:
        return party.came_at.astimezone(UTC).isoformat(timespec="microseconds")
    return ""
