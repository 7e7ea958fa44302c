"""The order of a list: conveners, organisers' own groups, organisations, people, the late list.

SQL sorts in the same way, so that a list can be paged without loading it. The columns are
`group_no, pinned, prefix, sort_key, entry, id`, ascending, with texts compared by their UTF-8
bytes: `BINARY` on SQLite, `COLLATE "C"` on PostgreSQL. UTF-8 bytes sort like the code points of
Python strings; any other collation would make pages inconsistent.
"""

from datetime import UTC

from bot.letters.endorsement import Kind
from bot.letters.rules import Ordering, Rules
from bot.letters.signatory import Signatory

CONVENERS = 0
GROUP = {Kind.ORGANISATION: 1, Kind.PERSON: 2}
"""Number of each kind's group; conveners precede both."""
TOGETHER = 1
"""Number of the group of everyone, if a letter's list isn't grouped."""
LATE = 10
"""Number added to the groups of the late list."""

Position = tuple[int, int, str, str, str, str]
"""Position on a list: group, pinned rank (0 for none), prefix, sort_key, entry, id."""


def own_heading(heading: str, rules: Rules, *, late: bool) -> str:
    """Return an entry's heading if it is of a group of the letter's; late entries have none."""
    return heading if heading in rules.printing.groups and not late else ""


def group(party: Signatory, rules: Rules) -> int:
    """Return the number of a signatory's group."""
    if party.pinned:
        return CONVENERS
    own = rules.printing.groups
    if own_heading(party.heading, rules, late=party.late):
        return 1 + own.index(party.heading)
    kind = GROUP[party.kind] if rules.grouped else TOGETHER
    return len(own) + kind + (LATE if party.late else 0)


def prefix(party: Signatory, ordering: Ordering) -> str:
    """Return the text that precedes the sort key: the country, or the time of signing in UTC."""
    if ordering is Ordering.COUNTRY:
        return party.country_fold
    if ordering is Ordering.TIME:
        return party.came_at.astimezone(UTC).isoformat(timespec="microseconds")
    return ""
