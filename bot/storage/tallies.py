"""A letter's counts of people and organisations, and their history: rows <-> values."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, case, distinct, func, select, update

from bot.letters.endorsement import Kind
from bot.letters.letter import Letter, Tally
from bot.letters.notices import LetterTopic
from bot.letters.people import MAIL
from bot.letters.standing import Standing
from bot.storage import outbox
from bot.storage.database import Transaction
from bot.storage.letters import COUNTED, change
from bot.storage.prepared import Insertion
from bot.storage.tables import endorsements, letters, signatories, tally_quarters

_MOVE = (
    update(letters)
    .where(letters.c.id == bindparam("moved"))
    .values(
        {name: letters.c[name] + bindparam(f"by_{name}") for name in COUNTED}
        | {"revision": letters.c.revision + 1}
    )
)
_QUARTER = Insertion(
    tally_quarters,
    lambda statement: statement.on_conflict_do_update(
        index_elements=["letter", "since", "kind"],
        set_={
            name: tally_quarters.c[name] + statement.excluded[name]
            for name in ("signed", "withdrawn")
        },
    ),
)


def move(tx: Transaction, letter: Letter, by: Tally) -> Tally:
    """Add to a letter's counts and return the new ones. The letter is locked and current.

    The change is recorded for its quarter of an hour. An embargo until a number of people have
    signed is lifted for good once they have, and the organisers are told.
    """
    tally = letter.tally + by
    if by == Tally():
        change(tx, letter.id)
    else:
        moved = {f"by_{name}": getattr(by, name) for name in COUNTED}
        tx.execute(_MOVE, {"moved": letter.id, **moved})
    if has_enough(tx, letter, tally):
        tx.execute(update(letters).where(letters.c.id == letter.id).values(unveiled_at=tx.now))
        about, at = LetterTopic.NAMES_PUBLIC, str(tx.now)
        outbox.tell_organisers(tx, letter.workspace, letter.id, about, at=at)
    kinds = {
        Kind.PERSON: by.people + by.late_people,
        Kind.ORGANISATION: by.organisations + by.late_organisations,
    }
    _QUARTER.write(
        tx,
        [
            {
                "letter": letter.id,
                "workspace": letter.workspace,
                "since": tx.now.replace(minute=tx.now.minute // 15 * 15, second=0, microsecond=0),
                "kind": kind.value,
                "signed": max(more, 0),
                "withdrawn": max(-more, 0),
            }
            for kind, more in kinds.items()
            if more
        ],
    )
    return tally


def has_enough(tx: Transaction, letter: Letter, tally: Tally) -> bool:
    """Return whether an embargo until a number of people ends by this tally.

    Each person behind the list counts once, whatever they signed for. Who signed on the web does
    not: one person may have many addresses.
    """
    embargo = letter.rules.embargo
    enough = embargo.until_listed if embargo else None
    # Everyone who counts has an entry, so that few entries need no look at who they are.
    if not enough or letter.unveiled_at is not None or tally.total + tally.late < enough:
        return False
    given = endorsements.c
    person = case(
        (given.user != "", given.team + ":" + given.user),
        (given.name != "", given.name),
        else_=given.id,
    )
    people = tx.execute(
        select(func.count(distinct(person)))
        .join(signatories, signatories.c.speaker == given.id)
        .where(
            signatories.c.letter == letter.id,
            signatories.c.standing == Standing.LISTED.value,
            given.team != MAIL,
        )
    )
    return people.scalar_one() >= enough


def by_quarter(tx: Transaction, letter: int) -> list[tuple[datetime, Kind, int]]:
    """Return listed minus withdrawn signatories by quarter of an hour and kind."""
    rows = tx.execute(
        select(tally_quarters)
        .where(tally_quarters.c.letter == letter)
        .order_by(tally_quarters.c.since)
    )
    return [(row.since, Kind(row.kind), row.signed - row.withdrawn) for row in rows]


def moved(
    tx: Transaction, among: Collection[int], since: datetime, until: datetime
) -> dict[int, tuple[int, int]]:
    """Count the signatories added to and removed from letters' lists in a period, by letter."""
    rows = tx.execute(
        select(
            tally_quarters.c.letter,
            func.sum(tally_quarters.c.signed),
            func.sum(tally_quarters.c.withdrawn),
        )
        .where(
            tally_quarters.c.letter.in_(among),
            tally_quarters.c.since >= since,
            tally_quarters.c.since < until,
        )
        .group_by(tally_quarters.c.letter)
    )
    return {row[0]: (int(row[1]), int(row[2])) for row in rows}


def by_phase(tx: Transaction) -> dict[str, tuple[int, int]]:
    """Count letters and listed signatories of all workspaces, by phase."""
    listed = letters.c.people + letters.c.organisations
    rows = tx.execute(
        select(letters.c.phase, func.count(), func.sum(listed)).group_by(letters.c.phase)
    )
    return {row[0]: (row[1], int(row[2] or 0)) for row in rows}
