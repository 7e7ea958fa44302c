"""Under what signatories are found again by names like theirs: rows <-> values.

Nothing is ever taken out: who reads compares the names besides.
"""

from collections.abc import Collection, Mapping

from sqlalchemy import func, or_, select

from bot.letters.signatory import Signatory
from bot.storage import signatories
from bot.storage.database import Transaction
from bot.storage.prepared import Insertion
from bot.storage.tables import endorsements, name_probes
from bot.storage.tables import signatories as parties

_ADD = Insertion(name_probes, lambda statement: statement.on_conflict_do_nothing())


def add(tx: Transaction, letter: int, workspace: str, filed: Mapping[str, Collection[str]]) -> None:
    """File signatories of a letter, by id, under their probes; what is there already stays."""
    rows = [
        {"letter": letter, "workspace": workspace, "signatory": party, "probe": probe}
        for party, under in filed.items()
        for probe in under
    ]
    _ADD.write(tx, rows)


def names_of(tx: Transaction, signatories: Collection[str]) -> dict[str, list[str]]:
    """By id, the names of organisations: their own, and of those that were merged into them."""
    if not signatories:
        return {}
    rows = tx.connection.execute(
        select(parties.c.id, parties.c.merged_into, endorsements.c.organisation)
        .join(endorsements, endorsements.c.id == parties.c.speaker)
        .where(or_(parties.c.id.in_(signatories), parties.c.merged_into.in_(signatories)))
    )
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row.merged_into or row.id, []).append(row.organisation)
    return found


def sharing(
    tx: Transaction, letter: int, under: Collection[str], *, limit: int
) -> list[tuple[str, Signatory]]:
    """Signatories that share a probe, with the name that each is filed by, the nearest first.

    One that was merged is given as the one it was merged into, under its own name. What is read
    is an index, by these probes: a letter may be as long as it likes.
    """
    near = (
        select(name_probes.c.signatory, func.count().label("shared"))
        .where(name_probes.c.letter == letter, name_probes.c.probe.in_(under))
        .group_by(name_probes.c.signatory)
        .order_by(func.count().desc(), name_probes.c.signatory)
        .limit(limit)
        .subquery()
    )
    rows = tx.connection.execute(
        select(parties.c.id, endorsements.c.organisation, endorsements.c.name)
        .join(near, near.c.signatory == parties.c.id)
        .join(endorsements, endorsements.c.id == parties.c.speaker)
        .where(or_(parties.c.endorsements > 0, parties.c.merged_into.is_not(None)))
        .order_by(near.c.shared.desc(), parties.c.id)
    ).all()
    found = signatories.kept(tx, [row.id for row in rows])
    return [
        (row.organisation or row.name, found[row.id])
        for row in rows
        if row.id in found and found[row.id].endorsements
    ]
