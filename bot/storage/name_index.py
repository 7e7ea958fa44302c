"""An index of probes (index terms), which finds signatories with similar names: rows <-> values.

Rows are never removed, so readers also compare the names themselves.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import CompoundSelect, bindparam, func, or_, select, union_all

from bot.letters.endorsement import Capacity, Kind
from bot.letters.signatory import Signatory
from bot.names import filing
from bot.names.likeness import PROBES_MOST, person_probe
from bot.storage import signatories
from bot.storage.database import Transaction
from bot.storage.prepared import Insertion
from bot.storage.tables import endorsements, name_probes
from bot.storage.tables import signatories as parties

# Signatories with signers, and merged ones, with the name that each was indexed by.
_FILED_BY = (
    select(parties.c.id, endorsements.c.organisation, endorsements.c.name)
    .join(endorsements, endorsements.c.id == parties.c.speaker)
    .where(or_(parties.c.endorsements > 0, parties.c.merged_into.is_not(None)))
)
_ADD = Insertion(name_probes, lambda statement: statement.on_conflict_do_nothing())


def add(tx: Transaction, letter: int, workspace: str, filed: Mapping[str, Collection[str]]) -> None:
    """Index signatories of a letter, by id, under their probes; existing rows stay."""
    rows = [
        {"letter": letter, "workspace": workspace, "signatory": party, "probe": probe}
        for party, under in filed.items()
        for probe in under
    ]
    _ADD.write(tx, rows)


def known_under(tx: Transaction, signatories: Collection[str]) -> list[tuple[str, str]]:
    """Return keys and countries of signatories and of those merged into them.

    A merged one without a country has that of the signatory it was merged into.
    """
    columns = parties.c
    rows = tx.execute(
        select(columns.id, columns.merged_into, columns.key, columns.country).where(
            or_(columns.id.in_(signatories), columns.merged_into.in_(signatories))
        )
    ).all()
    now = {row.id: row.country for row in rows}
    return [(row.key, row.country or now.get(row.merged_into, "")) for row in rows]


def names_of(tx: Transaction, signatories: Collection[str]) -> dict[str, list[str]]:
    """Return organisations' names by id, with the names of those merged into them."""
    if not signatories:
        return {}
    rows = tx.execute(
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
    """Return signatories with signers that share a probe, with their indexed names, best first.

    A merged signatory is replaced by the one it was merged into, but keeps its name. Under a common
    probe only the first `UNDER_MOST` are considered, which bounds the cost for any length of list.
    """
    if not under:
        return []
    probes = sorted(under)
    count = next(size for size in _SIZES if size >= len(probes))
    asked = dict(zip(_names(count), probes + probes[-1:] * (count - len(probes)), strict=True))
    rows = tx.execute(_each_under(count), {"letter": letter, **asked})
    shared = Counter(row.signatory for row in set(rows.all()))
    near = sorted(shared, key=lambda one: (-shared[one], one))[:limit]
    found = named(tx, near)
    return [found[one] for one in near if one in found]


def is_of_removed(tx: Transaction, letter: int, under: Collection[str]) -> bool:
    """Return whether an organiser removed a person whose name has one of the probes."""
    filed = select(parties.c.id).join(name_probes, name_probes.c.signatory == parties.c.id)
    of_one = (name_probes.c.letter == letter, name_probes.c.probe.in_(under))
    is_person = (parties.c.kind == Kind.PERSON.value, parties.c.removed.is_(True))
    return tx.execute(filed.where(*of_one, *is_person).limit(1)).first() is not None


UNDER_MOST = 40
"""The most signatories considered per probe; rare probes, which matter, have fewer."""
_SIZES = (4, 10, PROBES_MOST)
"""Numbers of probes in one query: few different sizes need few prepared statements."""


def _names(count: int) -> list[str]:
    return [f"probe_{number}" for number in range(count)]


@lru_cache
def _each_under(count: int) -> CompoundSelect[Any, Any]:
    each = (
        select(name_probes.c.probe, name_probes.c.signatory)
        .where(name_probes.c.letter == bindparam("letter"), name_probes.c.probe == bindparam(name))
        .order_by(name_probes.c.signatory)
        .limit(UNDER_MOST)
        .subquery()
        for name in _names(count)
    )
    return union_all(*(select(one.c.probe, one.c.signatory) for one in each))


def sizes(tx: Transaction, letter: int, under: Collection[str]) -> dict[str, int]:
    """Count a letter's signatories under each probe; probes without any are left out."""
    rows = tx.execute(
        select(name_probes.c.probe, func.count().label("size"))
        .where(name_probes.c.letter == letter, name_probes.c.probe.in_(under))
        .group_by(name_probes.c.probe)
    )
    return {row.probe: row.size for row in rows}


def filed(
    tx: Transaction, letter: int, under: Collection[str], *, limit: int
) -> list[tuple[str, str]]:
    """Return pairs of a probe and the id of a signatory under it, at most `limit`."""
    rows = tx.execute(
        select(name_probes.c.probe, name_probes.c.signatory)
        .where(name_probes.c.letter == letter, name_probes.c.probe.in_(under))
        .order_by(name_probes.c.probe, name_probes.c.signatory)
        .limit(limit)
    )
    return [(row.probe, row.signatory) for row in rows]


def named(tx: Transaction, ids: Collection[str]) -> dict[str, tuple[str, Signatory]]:
    """Return signatories with signers by id, with the name that each was indexed by.

    A merged signatory is replaced by the one it was merged into, but keeps its name.
    """
    rows = tx.execute(_FILED_BY.where(parties.c.id.in_(ids))).all()
    found = signatories.kept(tx, [row.id for row in rows])
    return {
        row.id: (row.organisation or row.name, found[row.id])
        for row in rows
        # A signer may have withheld their name since.
        if row.id in found and found[row.id].endorsements and (row.organisation or row.name)
    }


def collected_names(tx: Transaction, letter: int, names: Collection[str]) -> frozenset[str]:
    """Return which of these folded names belong to people with active collected signatures."""
    return frozenset(signers_named(tx, letter, names, collected=True))


def signers_named(
    tx: Transaction, letter: int, names: Collection[str], *, collected: bool = False
) -> Counter[str]:
    """Count people with active signatures of their own under these names, by folded name.

    These are people with an account, or those whose signatures were `collected`. A title or an
    affiliation in an entry is ignored.
    """
    wanted = {filing.sort_fold(name) for name in names}
    if not wanted:
        return Counter()
    rows = tx.execute(
        select(endorsements.c.name)
        .join(name_probes, name_probes.c.signatory == endorsements.c.signatory)
        .where(
            name_probes.c.letter == letter,
            name_probes.c.probe.in_({person_probe(name) for name in names}),
            endorsements.c.capacity != Capacity.ORGANISATION.value,
            endorsements.c.withdrawn_at.is_(None),
            endorsements.c.user == "" if collected else endorsements.c.user != "",
        )
    )
    found = (filing.sort_fold(name) for name in rows.scalars())
    return Counter(name for name in found if name in wanted)
