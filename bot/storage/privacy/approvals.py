"""Questions by mail about approvals of signatures: rows <-> values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, delete, insert, or_, select, update

from bot.letters.endorsement import Capacity, Facts, Signature
from bot.letters.ids import new_id
from bot.letters.letter import Letter
from bot.letters.people import Person
from bot.storage import letters
from bot.storage.database import Transaction
from bot.storage.tables import approvals
from bot.storage.tables.columns import is_person

OPEN = timedelta(days=30)
"""The longest time for which a question can be answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """A signature about which somebody was asked by mail."""

    id: str
    person: Person
    """The signer."""
    approver: Person
    domain: str
    signature: Signature
    agreed: Mapping[str, Any]
    """Fields of a `SignRequest`, and the signer's membership."""
    code: str
    """The id of the newest code that was sent."""
    approved: bool | None
    reason: str
    made_at: datetime

    @property
    def name(self) -> str:
        """The name of the signer, isolated for a sentence."""
        return f"\u2068{self.signature.facts.own_name}\u2069"


def ends(letter: Letter, made_at: datetime) -> datetime:
    """Return the time until which a question can be answered; an open letter may close before."""
    over = made_at + OPEN
    return min(over, letter.closes_at) if letter.closes_at > made_at else over


def add(
    tx: Transaction, letter: Letter, person: Person, signature: Signature, **values: Any
) -> str:
    """Add a question and return its id; an open one about the same signature goes."""
    key = approvals.c.given["signature"]["key"].as_string()
    ours = (approvals.c.letter == letter.id, is_person(approvals, person), key == signature.key)
    tx.execute(delete(approvals).where(*ours, approvals.c.answered_at.is_(None)))
    # Letters only: a mail links to it, and digits there could be taken for a code.
    number = new_id(tx.now).translate(str.maketrans("0123456789", "ghijklmnop"))
    own = {"workspace": letter.workspace, "team": person.team, "user": person.user, "code": ""}
    own |= {"id": number, "letter": letter.id, "made_at": tx.now}
    tx.execute(insert(approvals).values(**own, **values))
    return number


def find(tx: Transaction, number: str) -> tuple[Approval, Letter] | None:
    """Return a question by its id, and its letter; None if there is none any more."""
    row = tx.execute(select(approvals).where(approvals.c.id == number)).one_or_none()
    letter = letters.find(tx, row.letter) if row else None
    if row is None or letter is None or (row.approved is None and row.made_at < tx.now - OPEN):
        return None
    return _approval(row), letter


def waiting(tx: Transaction, *, letter: int, person: Person | None = None) -> list[Approval]:
    """Return questions, of one person or all, that can still be answered, about a letter's text."""
    kept, found = approvals.c, letters.find(tx, letter)
    own = [is_person(approvals, person)] if person else []
    asked = kept.letter == letter, kept.answered_at.is_(None), *own
    rows = tx.execute(select(approvals).where(*asked, kept.made_at >= tx.now - OPEN))
    open_ones = [_approval(row) for row in rows]
    return [one for one in open_ones if found and one.signature.text_sha256 == found.text_sha256]


def _approval(row: Row[Any]) -> Approval:
    signed: dict[str, Any] = row.given["signature"]
    signed |= {"capacity": Capacity(signed["capacity"]), "facts": Facts(**signed["facts"])}
    return Approval(
        id=row.id,
        person=Person(row.team, row.user),
        approver=Person(row.decided_team, row.decided_user),
        domain=row.domain,
        signature=Signature(**signed),
        agreed=row.given["agreed"],
        code=row.code,
        approved=row.approved,
        reason=row.reason,
        made_at=row.made_at,
    )


def change(tx: Transaction, number: str, **values: Any) -> None:
    """Set columns of a question."""
    tx.execute(update(approvals).where(approvals.c.id == number).values(**values))


def forget(tx: Transaction, answered: datetime) -> None:
    """Delete questions answered before a time, and those that can't be answered any more."""
    over = or_(approvals.c.answered_at < answered, approvals.c.made_at < tx.now - OPEN)
    tx.execute(delete(approvals).where(over))
