"""Rows of a list for delivery, and delivered copies, which are written once."""

import json
from collections import Counter
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import and_, case, delete, func, insert, literal, select, text, tuple_, update

from bot.features.delivery.rules import DeliveredCopy, Listed
from bot.letters.letter import Letter
from bot.letters.people import Person
from bot.letters.standing import Standing
from bot.letters.text import SIGNED, LetterText
from bot.storage.database import Transaction
from bot.storage.letters import PRINTING
from bot.storage.signatories import ORDER, position
from bot.storage.tables import delivered_copies, endorsements, signatories
from bot.storage.tables.signatures import SHOWN, WAITING_OR_REMOVED

_LISTED = (
    select(
        signatories.c.group_no,
        signatories.c.pinned,
        signatories.c.prefix,
        signatories.c.sort_key,
        signatories.c.entry,
        signatories.c.id,
        signatories.c.kind,
        signatories.c.standing,
        signatories.c.late,
        # Parsing a time is slow, and only late entries need theirs.
        case((signatories.c.late, signatories.c.came_at)),
        endorsements.c.organisation,
        endorsements.c.country,
        endorsements.c.web,
        signatories.c.heading,
        endorsements.c.meaning,
        signatories.c.withheld,
        endorsements.c.name,
        endorsements.c.title,
        endorsements.c.affiliation,
        endorsements.c.via,
        endorsements.c.represented,
        endorsements.c.role,
        endorsements.c.sort_name,
        func.coalesce(func.nullif(endorsements.c.kept_sha256, ""), endorsements.c.text_sha256),
        endorsements.c.source,
        endorsements.c.corrected_at.is_not(None),
    )
    .select_from(signatories)
    .join(endorsements, endorsements.c.id == signatories.c.speaker)
)
"""The columns of `Listed`, in their order."""
_BARE = _LISTED.with_only_columns(*_LISTED.selected_columns[: Listed._fields.index("name")])


def listed(
    tx: Transaction, letter: int, *, after: str = "", limit: int | None = None, bare: bool = False
) -> list[Listed]:
    """Return a letter's list in order, after signatory `after`; every page costs the same.

    If `bare`, what only tables show is empty.
    """
    statement = (
        (_BARE if bare else _LISTED)
        .where(signatories.c.letter == letter, text(SHOWN))
        .order_by(*ORDER)
    )
    start = position(tx, after) if after else None
    if start is not None:
        statement = statement.where(tuple_(*ORDER) > tuple_(*(literal(one) for one in start)))
    return [Listed(*row) for row in tx.connection.execute(statement.limit(limit)).all()]


def unlisted(
    tx: Transaction, letter: int, *, after: str = "", limit: int | None = None
) -> list[Listed]:
    """Return signed entries that are not on the list, the oldest first."""
    ids = (
        select(signatories.c.id)
        .where(
            signatories.c.letter == letter,
            text(WAITING_OR_REMOVED),
            signatories.c.endorsements > 0,
            signatories.c.id > after,
        )
        .order_by(signatories.c.id)
        .limit(limit)
    )
    statement = _LISTED.where(signatories.c.id.in_(ids)).order_by(signatories.c.id)
    return [Listed._make(row) for row in tx.connection.execute(statement).all()]


def quotes(tx: Transaction, letter: int) -> list[tuple[str, str, str]]:
    """Return the entries on a letter's list whose signers may be quoted, with answer and locale."""
    given = endorsements.c
    rows = tx.execute(
        select(signatories.c.entry, given.answer, given.answer_language)
        .join(signatories, signatories.c.id == given.signatory)
        .where(
            given.letter == letter,
            given.withdrawn_at.is_(None),
            given.quotable.is_(True),
            given.answer != "",
            signatories.c.standing == Standing.LISTED.value,
        )
        .order_by(*ORDER, given.id)
    )
    return [(row.entry, row.answer, row.answer_language) for row in rows]


def days(tx: Transaction, letter: Letter, copy: DeliveredCopy | None) -> Counter[date]:
    """Return how many entries of a copy, else of today's list, were added on each day.

    Days are in the letter's time zone.
    """
    which = text(SHOWN)
    if copy is not None:
        which = and_(signatories.c.delivered, signatories.c.came_at <= copy.cut_at)
    times = tx.connection.execute(
        select(signatories.c.came_at).where(signatories.c.letter == letter.id, which)
    )
    zone = ZoneInfo(letter.tz)
    return Counter(came_at.astimezone(zone).date() for came_at in times.scalars())


def cut(tx: Transaction, copy: DeliveredCopy, workspace: str) -> None:
    """Insert a letter's delivered copy.

    Raises:
        IntegrityError: the letter has a delivered copy of that number already.
    """
    tx.connection.execute(
        insert(delivered_copies).values(
            letter=copy.letter,
            number=copy.number,
            workspace=workspace,
            text_sha256=copy.text.sha256,
            **{name: getattr(copy.text, name) for name in SIGNED},
            entries=copy.entries,
            copy_sha256=copy.copy_sha256,
            people=copy.people,
            organisations=copy.organisations,
            team=copy.by.team,
            user=copy.by.user,
            cut_at=copy.cut_at,
            clock=copy.clock,
            parties=json.dumps(copy.parties),
            printing=json.dumps(copy.printing.chosen),
        )
    )


def use(tx: Transaction, letter: int) -> None:
    """Note that a letter's delivered copy is written to a file; from then on the copy stays."""
    tx.execute(
        update(delivered_copies)
        .where(delivered_copies.c.letter == letter, delivered_copies.c.used_at.is_(None))
        .values(used_at=tx.now)
    )


def delete_unused(tx: Transaction, letter: int) -> bool:
    """Delete a letter's delivered copy, unless it was used; return whether it was deleted."""
    unused = delivered_copies.c.used_at.is_(None)
    gone = delete(delivered_copies).where(delivered_copies.c.letter == letter, unused)
    return tx.execute(gone).rowcount == 1


def find(tx: Transaction, letter: int, number: int = 0) -> DeliveredCopy | None:
    """Return a delivered copy of a letter, by default the latest; None if there is none."""
    return next((one for one in copies(tx, letter) if number in {0, one.number}), None)


def copies(tx: Transaction, letter: int) -> list[DeliveredCopy]:
    """Return the delivered copies of a letter, the latest first."""
    ours = select(delivered_copies).where(delivered_copies.c.letter == letter)
    rows = tx.execute(ours.order_by(delivered_copies.c.number.desc()))
    return [
        DeliveredCopy(
            letter=row.letter,
            number=row.number,
            text=LetterText(*(getattr(row, name) for name in SIGNED)),
            entries=row.entries,
            copy_sha256=row.copy_sha256,
            people=row.people,
            organisations=row.organisations,
            by=Person(row.team, row.user),
            cut_at=row.cut_at,
            clock=row.clock,
            used=row.used_at is not None,
            parties=tuple(json.loads(row.parties)),
            printing=PRINTING.validate_json(row.printing),
        )
        for row in rows
    ]
