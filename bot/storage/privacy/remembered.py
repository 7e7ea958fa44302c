"""Details of people's last signatures that they chose to save for the next one."""

from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, select

from bot.letters.endorsement import Capacity, Facts, Remembered
from bot.letters.people import Person
from bot.storage.database import Transaction
from bot.storage.prepared import insert_into
from bot.storage.tables import remembered_signatures

_KEPT = remembered_signatures.c
_FACTS = [one.name for one in fields(Facts) if one.name in _KEPT]


def _of(workspace: str, person: Person) -> ColumnElement[bool]:
    return and_(_KEPT.workspace == workspace, _KEPT.team == person.team, _KEPT.user == person.user)


def find(tx: Transaction, workspace: str, person: Person) -> Remembered | None:
    """Return a person's saved details; None if there are none."""
    row = tx.execute(select(remembered_signatures).where(_of(workspace, person))).one_or_none()
    if row is None:
        return None
    facts: dict[str, Any] = {name: row._mapping[name] for name in _FACTS}  # noqa: SLF001 - a row's public mapping
    return Remembered(
        capacity=Capacity(row.capacity), facts=Facts(**facts), sort_name=row.sort_name
    )


def keep(tx: Transaction, workspace: str, person: Person, kept: Remembered) -> None:
    """Save a person's details, in place of earlier ones."""
    known = asdict(kept.facts)
    values = {
        "capacity": kept.capacity.value,
        "sort_name": kept.sort_name,
        "kept_at": tx.now,
        **{name: known[name] for name in _FACTS},
    }
    tx.execute(
        insert_into(tx, remembered_signatures)
        .values(workspace=workspace, team=person.team, user=person.user, **values)
        .on_conflict_do_update(index_elements=["workspace", "team", "user"], set_=values)
    )


def forget(tx: Transaction, workspace: str, person: Person) -> None:
    """Delete a person's saved details."""
    tx.execute(delete(remembered_signatures).where(_of(workspace, person)))
