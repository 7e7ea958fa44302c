"""Words by which signatories are found again from names like theirs: rows <-> values.

Nothing is ever taken out: who reads compares the names besides.
"""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Select, func, or_, select

from bot.letters.endorsement import Capacity
from bot.letters.signatory import Signatory
from bot.names import filing
from bot.names.likeness import person_probe
from bot.storage import signatories
from bot.storage.database import Transaction
from bot.storage.prepared import Insertion
from bot.storage.tables import endorsements, name_probes
from bot.storage.tables import signatories as parties

# Signatories that are backed or merged, with the name that each is filed by.
_FILED_BY = (
    select(parties.c.id, endorsements.c.organisation, endorsements.c.name)
    .join(endorsements, endorsements.c.id == parties.c.speaker)
    .where(or_(parties.c.endorsements > 0, parties.c.merged_into.is_not(None)))
)
_ADD = Insertion(name_probes, lambda statement: statement.on_conflict_do_nothing())


def add(tx: Transaction, letter: int, workspace: str, filed: Mapping[str, Collection[str]]) -> None:
    """File signatories of a letter, by id, under their probes; what is there already stays."""
    rows = [
        {"letter": letter, "workspace": workspace, "signatory": party, "probe": probe}
        for party, under in filed.items()
        for probe in under
    ]
    _ADD.write(tx, rows)


def known_under(tx: Transaction, signatories: Collection[str]) -> list[tuple[str, str]]:
    """Return the key and country of some signatories, and of all that were merged into them.

    Under a name that had no country one is of the country that it has now.
    """
    columns = parties.c
    rows = tx.connection.execute(
        select(columns.id, columns.merged_into, columns.key, columns.country).where(
            or_(columns.id.in_(signatories), columns.merged_into.in_(signatories))
        )
    ).all()
    now = {row.id: row.country for row in rows}
    return [(row.key, row.country or now.get(row.merged_into, "")) for row in rows]


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
    """Return backed signatories that share a probe, with the name they are filed by, nearest first.

    One that was merged is given as the one that it was merged into, under its own name. Only these
    probes are read, by an index, however long the letter is.
    """
    near = (
        select(name_probes.c.signatory, func.count().label("shared"))
        .where(name_probes.c.letter == letter, name_probes.c.probe.in_(under))
        .group_by(name_probes.c.signatory)
        .order_by(func.count().desc(), name_probes.c.signatory)
        .limit(limit)
        .subquery()
    )
    filed_by = (
        _FILED_BY.add_columns(near.c.shared)
        .join(near, near.c.signatory == parties.c.id)
        .order_by(near.c.shared.desc(), parties.c.id)
    )
    return list(_present(tx, filed_by).values())


def sizes(tx: Transaction, letter: int, under: Collection[str]) -> dict[str, int]:
    """Return how many signatories of a letter are filed under each probe; those with none are left out."""
    rows = tx.connection.execute(
        select(name_probes.c.probe, func.count().label("size"))
        .where(name_probes.c.letter == letter, name_probes.c.probe.in_(under))
        .group_by(name_probes.c.probe)
    )
    return {row.probe: row.size for row in rows}


def filed(
    tx: Transaction, letter: int, under: Collection[str], *, limit: int
) -> list[tuple[str, str]]:
    """Return probes with the ids of the signatories under them, at most `limit` of them."""
    rows = tx.connection.execute(
        select(name_probes.c.probe, name_probes.c.signatory)
        .where(name_probes.c.letter == letter, name_probes.c.probe.in_(under))
        .order_by(name_probes.c.probe, name_probes.c.signatory)
        .limit(limit)
    )
    return [(row.probe, row.signatory) for row in rows]


def named(tx: Transaction, ids: Collection[str]) -> dict[str, tuple[str, Signatory]]:
    """Return backed signatories by id, with the name that each is filed by.

    One that was merged is given as the one that it was merged into, under its own name.
    """
    return _present(tx, _FILED_BY.where(parties.c.id.in_(ids)))


def _present(
    tx: Transaction, filed_by: Select[*tuple[Any, ...]]
) -> dict[str, tuple[str, Signatory]]:
    rows = tx.connection.execute(filed_by).all()
    found = signatories.kept(tx, [row.id for row in rows])
    return {
        row.id: (row.organisation or row.name, found[row.id])
        for row in rows
        if row.id in found and found[row.id].endorsements
    }


def collected_names(tx: Transaction, letter: int, names: Collection[str]) -> frozenset[str]:
    """Return the folded names, of some, that people have whose collected signatures stand.

    A title or an affiliation in their entry does not matter.
    """
    wanted = {filing.sort_fold(name) for name in names}
    under = {person_probe(name) for name in names}
    if not wanted:
        return frozenset()
    rows = tx.connection.execute(
        select(endorsements.c.name)
        .join(name_probes, name_probes.c.signatory == endorsements.c.signatory)
        .where(
            name_probes.c.letter == letter,
            name_probes.c.probe.in_(under),
            endorsements.c.user == "",
            endorsements.c.capacity != Capacity.ORGANISATION.value,
            endorsements.c.withdrawn_at.is_(None),
        )
    )
    return frozenset(wanted & {filing.sort_fold(name) for name in rows.scalars()})
