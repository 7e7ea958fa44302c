"""The morning digest of an organiser: news of their letters since the morning before."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.features.desk.use_cases.home import Own, own, run_by
from bot.features.desk.use_cases.needs import Need
from bot.letters import notices, send_windows
from bot.letters.audit import Act
from bot.letters.people import Person
from bot.storage import leases, outbox, tallies, workspaces
from bot.storage.database import Database, Transaction, reading
from bot.storage.privacy import audit_entries

LATE = timedelta(hours=3)
"""Time after the morning in which a digest is still queued, if the bot was down."""
_SIGNERS = {
    Act.INVITATION_ANSWERED,
    Act.CORRECTION_ACCEPTED,
    Act.CORRECTION_DECLINED,
    Act.WITHDRAWN,
    Act.OBJECTED,
}
"""Acts of signers and of invited people; the others are acts of organisers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """News of one letter."""

    own: Own
    came: int = 0
    left: int = 0
    answered: int = 0
    """Invitations answered without a signature."""
    accepted: int = 0
    declined: int = 0
    """Corrections that signers declined; `accepted` counts those that signers accepted."""
    changes: int = 0
    """Number of acts of other organisers."""
    missed: Mapping[str, int] = field(default_factory=dict[str, int])
    """Number of messages that Slack refused for good, by error code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """An organiser's digest of one morning."""

    news: tuple[News, ...]
    """Letters with news, in the order of the Home."""
    needs: tuple[Need, ...]


async def plan(database: Database) -> int:
    """Queue digests for the organisers whose morning has come; return how many."""
    due = await database.read(_due)

    def owe(tx: Transaction) -> None:
        for workspace, notice in due:
            outbox.owe(tx, workspace, [notice])

    if due:
        await database.write(owe)
    return len(due)


def _due(tx: Transaction) -> list[tuple[str, notices.Notice]]:
    found: list[tuple[str, notices.Notice]] = []
    for workspace, person, tz in workspaces.every_organiser(tx):
        day = send_windows.day_of(tx.now, tz)
        if timedelta() <= tx.now - send_windows.morning(day, tz) < LATE:
            found.append((workspace, notices.digest(workspace, person, day)))
    keys = [one.key for _, one in found]
    owed = outbox.owed_since(tx, keys, tx.now - 2 * LATE) if keys else set[str]()
    return [(workspace, one) for workspace, one in found if one.key not in owed]


@reading
def digest(tx: Transaction, *, workspace: str, person: Person, day: date) -> Digest | None:
    """Return the digest of the 24 hours before a morning, or None if there is no news."""
    known = workspaces.acquaintance(tx, workspace, person)
    tz = known.tz if known else "UTC"
    until = send_windows.morning(day, tz)
    since = send_windows.morning(day - timedelta(days=1), tz)
    organised, open_needs = run_by(tx, workspace, person)
    numbers = [one.id for one in organised]
    moved = tallies.moved(tx, numbers, since, until)
    acts = _acts(tx, numbers, person, since, until)
    missed = leases.missed(tx, numbers, since, until)
    news = [
        News(
            own=own(tx, one),
            came=moved.get(one.id, (0, 0))[0],
            left=moved.get(one.id, (0, 0))[1],
            answered=acts[one.id, Act.INVITATION_ANSWERED],
            accepted=acts[one.id, Act.CORRECTION_ACCEPTED],
            declined=acts[one.id, Act.CORRECTION_DECLINED],
            changes=acts[one.id, None],
            missed=missed.get(one.id, {}),
        )
        for one in organised
    ]
    happened = tuple(one for one in news if one != News(own=one.own))
    return Digest(news=happened, needs=tuple(open_needs)) if happened else None


def _acts(
    tx: Transaction, numbers: list[int], reader: Person, since: datetime, until: datetime
) -> Counter[tuple[int, Act | None]]:
    """Return counts of signers' acts by letter and kind, and of other organisers' under None."""
    counted: Counter[tuple[int, Act | None]] = Counter()
    for entry in audit_entries.acts_between(tx, numbers, since, until):
        if entry.act in _SIGNERS:
            counted[entry.letter, entry.act] += 1
        elif entry.erased or entry.by not in {None, reader}:
            counted[entry.letter, None] += 1
    return counted
