"""The order of a list: pinned conveners, then organisations, then people; the late list behind.

The same order is kept by SQL, so that a list can be paged without loading it. There the columns
are `group_no, pinned, prefix, sort_key, line, id`, ascending, with the texts compared by their
UTF-8 bytes: `BINARY` on SQLite, `COLLATE "C"` on PostgreSQL. Bytes of UTF-8 and code points of
Python strings sort alike, so both agree; any other collation breaks pages apart.
"""

from datetime import UTC

from bot.letters.endorsement import Kind
from bot.letters.rules import Ordering, Rules
from bot.letters.signatory import Signatory

CONVENERS = 0
GROUP = {Kind.ORGANISATION: 1, Kind.PERSON: 2}
"""Where each kind of signatory stands; conveners stand before both, whatever they are."""
TOGETHER = 1
"""Where all stand if a letter has no groups."""
LATE = 10
"""How much further back the same groups stand on the late list."""

Position = tuple[int, int, str, str, str, str]
"""Where a line stands on its list: group, pinned rank (0 where none), prefix, sort_key, line, id."""


def group(party: Signatory, *, grouped: bool) -> int:
    """The group that a signatory stands in."""
    if party.pinned:
        return CONVENERS
    return (GROUP[party.kind] if grouped else TOGETHER) + (LATE if party.late else 0)


def prefix(party: Signatory, ordering: Ordering) -> str:
    """What comes before the sort key: the country, or the time of signing in UTC."""
    if ordering is Ordering.COUNTRY:
        return party.country_fold
    if ordering is Ordering.TIME:
        return party.came_at.astimezone(UTC).isoformat(timespec="microseconds")
    return ""


def order_key(party: Signatory, rules: Rules) -> Position:
    """Where a signatory stands. Positions compare as Python tuples, and as rows in SQL."""
    return (
        group(party, grouped=rules.grouped),
        party.pinned,
        prefix(party, rules.ordering),
        party.sort_key,
        party.line,
        party.id,
    )
