"""Endorsements: rows <-> values.

A batch of signatures is loaded by one statement and written by one: statements, not the disk, are
the main cost of signing.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, TextClause, and_, exists, or_, select, text, update

from bot.letters.endorsement import FACTS, Capacity, Endorsement, Facts, Signature, State
from bot.letters.letter import Letter
from bot.letters.people import Person
from bot.letters.standing import Standing
from bot.storage import amendments, letters
from bot.storage.database import Transaction
from bot.storage.prepared import Insertion, Question
from bot.storage.privacy.digests import keys_of, user_digest
from bot.storage.tables import endorsements, signatories
from bot.storage.tables.columns import is_person
from bot.storage.tables.signatures import WITHDRAWN_LATE

_STANDS = endorsements.c.withdrawn_at.is_(None)
# One list per column, not one of rows: PostgreSQL treats rows as a chain of ORs. Unordered,
# because to sort SQLite would rather read the whole letter by id.
_HELD = Question(
    lambda among: select(endorsements).where(
        among(endorsements.c.team, "teams"),
        among(endorsements.c.user, "users"),
        among(endorsements.c.letter, "letters"),
        _STANDS,
    )
)
# A collected one has the workspace as its team, so that the same index serves it.
_GATHERED = Question(
    lambda among: select(endorsements).where(
        among(endorsements.c.team, "teams"),
        endorsements.c.user == "",
        among(endorsements.c.letter, "letters"),
        among(endorsements.c.signatory, "parties"),
        _STANDS,
    )
)
_OF_PARTIES = Question(
    lambda among: select(endorsements).where(among(endorsements.c.signatory, "parties"), _STANDS)
)
_BY_IDS = Question(lambda among: select(endorsements).where(among(endorsements.c.id, "ids")))
_ADD = Insertion(endorsements)
_SAME = ("entry", "sort_name", "sort_fold", "sort_key", "key", "text_sha256", "consent")
"""Fields of a signature that have columns of the same names."""


def _endorsement(row: Row[Any]) -> Endorsement:
    return Endorsement(
        id=row.id,
        letter=row.letter,
        signatory=row.signatory,
        person=Person(row.team, row.user) if row.user else None,
        signature=Signature(
            capacity=Capacity(row.capacity),
            facts=Facts(**{name: getattr(row, name) for name in FACTS}),
            country=row.country_code,
            **{name: getattr(row, name) for name in _SAME},
        ),
        meaning=row.meaning,
        kept_sha256=row.kept_sha256,
        source=row.source,
        added_by=Person(row.added_team, row.added_user) if row.added_user else None,
        signed_at=row.signed_at,
        changed_at=row.changed_at,
        corrected_at=row.corrected_at,
        withdrawn_at=row.withdrawn_at,
        ended=State(row.ended) if row.ended else None,
    )


def _signature_columns(signature: Signature) -> dict[str, Any]:
    return {
        "capacity": signature.capacity.value,
        "country_code": signature.country,
        **{name: getattr(signature.facts, name) for name in FACTS},
        **{name: getattr(signature, name) for name in _SAME},
    }


def _find_all(
    tx: Transaction,
    *conditions: ColumnElement[bool] | TextClause,
    order: Sequence[ColumnElement[Any]] = (endorsements.c.id,),
    limit: int | None = None,
) -> list[Endorsement]:
    statement = select(endorsements).where(*conditions).order_by(*order).limit(limit)
    return [_endorsement(row) for row in tx.execute(statement)]


def held_by(
    tx: Transaction, holders: Collection[tuple[int, Person]]
) -> dict[tuple[int, Person], list[Endorsement]]:
    """Return each person's active endorsements of a letter, oldest first."""
    rows = _HELD.ask(
        tx,
        teams={person.team for _, person in holders},
        users={person.user for _, person in holders},
        letters={letter for letter, _ in holders},
    )
    held: dict[tuple[int, Person], list[Endorsement]] = {}
    for row in sorted(rows, key=lambda row: row.id):
        holder = (row.letter, Person(row.team, row.user))
        if holder in holders:
            held.setdefault(holder, []).append(_endorsement(row))
    return held


def gathered_for(
    tx: Transaction, parties: Collection[tuple[int, str]], workspaces: Collection[str]
) -> dict[str, Endorsement]:
    """Return the collected endorsement, at most one, of each signatory, by signatory id.

    `parties`: the signatories, by their letters and ids.
    """
    rows = _GATHERED.ask(
        tx,
        teams=set(workspaces),
        letters={letter for letter, _ in parties},
        parties={party for _, party in parties},
    )
    return {row.signatory: _endorsement(row) for row in rows}


def everything_held_by(tx: Transaction, person: Person) -> list[Endorsement]:
    """Return a person's active endorsements of all letters, newest first."""
    newest = (endorsements.c.id.desc(),)
    return _find_all(tx, is_person(endorsements, person), _STANDS, order=newest)


def find_many(tx: Transaction, ids: Collection[str]) -> dict[str, Endorsement]:
    """Return endorsements by id, withdrawn or not; missing ids are left out."""
    return {row.id: _endorsement(row) for row in _BY_IDS.ask(tx, ids=ids)}


def withdrawn_people(
    tx: Transaction, letter: int, parties: Collection[str], folds: Collection[str]
) -> set[str]:
    """Return which signatories, and which folded names, are of people who withdrew from a letter.

    People who have signed again since are left out.
    """
    kept, again = endorsements.c, endorsements.alias()
    rows = tx.execute(
        select(kept.signatory, kept.sort_fold).where(
            kept.letter == letter,
            kept.withdrawn_at.is_not(None),
            kept.ended.in_([State.WITHDRAWN.value, State.WITHDRAWN_AFTER_DELIVERY.value]),
            kept.capacity != Capacity.ORGANISATION.value,
            or_(kept.signatory.in_(parties), kept.sort_fold.in_([one for one in folds if one])),
            ~exists().where(again.c.signatory == kept.signatory, again.c.withdrawn_at.is_(None)),
        )
    )
    return {one for row in rows for one in row}


def ended_of(tx: Transaction, letter: int, person: Person) -> list[Endorsement]:
    """Return a person's endorsements of a letter that have ended, the last one first."""
    last = (endorsements.c.withdrawn_at.desc(),)
    theirs = (endorsements.c.letter == letter, is_person(endorsements, person))
    return _find_all(tx, *theirs, endorsements.c.withdrawn_at.is_not(None), order=last)


def find(tx: Transaction, endorsement: str) -> Endorsement | None:
    """Return one endorsement, withdrawn or not."""
    return find_many(tx, [endorsement]).get(endorsement)


def add(
    tx: Transaction, added: Sequence[Endorsement], workspace: str, *, by: Person | None = None
) -> None:
    """Add new endorsements in one workspace; `by` is the organiser who collected them elsewhere."""
    _ADD.write(
        tx,
        [
            {
                "id": endorsement.id,
                "letter": endorsement.letter,
                "signatory": endorsement.signatory,
                "workspace": workspace,
                "team": endorsement.person.team if endorsement.person else workspace,
                "user": endorsement.person.user if endorsement.person else "",
                "meaning": endorsement.meaning,
                "source": endorsement.source,
                "added_team": by.team if by else None,
                "added_user": by.user if by else None,
                "signed_at": endorsement.signed_at,
                "clock": tx.clock,
                **_signature_columns(endorsement.signature),
            }
            for endorsement in added
        ],
    )


def change(tx: Transaction, endorsement: str, signature: Signature) -> None:
    """Overwrite an endorsement's signature, and clear the mark of an organiser's correction."""
    tx.execute(
        update(endorsements)
        .where(endorsements.c.id == endorsement)
        .values(changed_at=tx.now, corrected_at=None, **_signature_columns(signature))
    )


def end(tx: Transaction, letter: Letter, ended: Endorsement, how: State) -> None:
    """Mark an endorsement as ended now."""
    end_many(tx, letter, [ended], how)


def end_many(tx: Transaction, letter: Letter, ended: Collection[Endorsement], how: State) -> None:
    """Mark endorsements of one letter as ended now."""
    if not ended:
        return
    people = {one.person for one in ended if one.person is not None}
    with amendments.answering(tx, letter, people) as moved:
        moved["behind"] -= sum(one.meaning < letter.meaning for one in ended)
        tx.execute(
            update(endorsements)
            .where(endorsements.c.id.in_([one.id for one in ended]))
            .values(withdrawn_at=tx.now, ended=how.value)
        )


def revive(tx: Transaction, ended: str) -> None:
    """Make an ended endorsement active again."""
    tx.execute(
        update(endorsements).where(endorsements.c.id == ended).values(withdrawn_at=None, ended=None)
    )


def bar(tx: Transaction, party: str, since: datetime) -> None:
    """Count those who left a signatory since its removal as removed, so that they stay barred."""
    tx.execute(
        update(endorsements)
        .where(
            endorsements.c.signatory == party,
            endorsements.c.ended.in_([State.WITHDRAWN.value, State.DROPPED.value]),
            endorsements.c.withdrawn_at >= since,
        )
        .values(ended=State.REMOVED.value)
    )


def ended_for(tx: Transaction, party: str, person: Person) -> list[Endorsement]:
    """Return a person's endorsements of a signatory that have ended, blanked ones too if removed."""
    kept = endorsements.c
    theirs = or_(is_person(endorsements, person), and_(kept.team == "", kept.user != ""))
    found = _find_all(tx, kept.signatory == party, kept.withdrawn_at.is_not(None), theirs)
    blanked = {one.letter for one in found if one.person != person}
    keys = keys_of(tx, blanked).values() if blanked else ()
    theirs = {person, *(Person("", user_digest(key, person)) for key in keys)}
    return [one for one in found if one.person in theirs]


def keep(tx: Transaction, letter: Letter, kept: Endorsement, person: Person, consent: str) -> None:
    """Record that a signer keeps an endorsement for the current text, with their consent."""
    tx.execute(
        update(endorsements)
        .where(endorsements.c.id == kept.id)
        .values(
            kept_sha256=letter.text_sha256,
            meaning=letter.meaning,
            kept_consent=consent,
            kept_at=tx.now,
        )
    )
    letters.change(tx, letter.id)
    amendments.count_kept(tx, letter, person)


def raise_meaning(tx: Transaction, letter: int, known: Collection[int], meaning: int) -> None:
    """Move a letter's endorsements from some meanings of its text to an equal one.

    Those that a merge or an organiser ended are moved too: undoing it makes them active again.
    """
    tx.execute(
        update(endorsements)
        .where(
            endorsements.c.letter == letter,
            or_(_STANDS, endorsements.c.ended.in_([State.MERGED.value, State.REMOVED.value])),
            endorsements.c.meaning.in_(list(known)),
        )
        .values(meaning=meaning)
    )


def mark_corrected(tx: Transaction, endorsement: str) -> None:
    """Record that an organiser corrected an endorsement now without asking its signer."""
    tx.execute(
        update(endorsements).where(endorsements.c.id == endorsement).values(corrected_at=tx.now)
    )


def move(tx: Transaction, party: str, to: str) -> None:
    """Move all endorsements of one signatory to another."""
    tx.execute(update(endorsements).where(endorsements.c.signatory == party).values(signatory=to))


def country_named(tx: Transaction, party: str, speaker: str, *, besides: str = "") -> str:
    """Return the country in an organisation's endorsements, the speaker's first, or "".

    The endorsement `besides` is ignored.
    """
    named = (
        select(endorsements.c.country_code)
        .where(
            endorsements.c.signatory == party,
            _STANDS,
            endorsements.c.country_code != "",
            endorsements.c.id != besides,
        )
        .order_by(endorsements.c.id != speaker, endorsements.c.id)
        .limit(1)
    )
    return tx.execute(named).scalar() or ""


def of_party(tx: Transaction, party: str) -> list[Endorsement]:
    """Return a signatory's active endorsements, the first one first."""
    return _find_all(tx, endorsements.c.signatory == party, _STANDS)


def of_parties(tx: Transaction, parties: Collection[str]) -> dict[str, list[Endorsement]]:
    """Return the active endorsements by signatory; signatories without any are left out."""
    found: dict[str, list[Endorsement]] = {}
    for row in sorted(_OF_PARTIES.ask(tx, parties=parties), key=lambda row: row.id):
        found.setdefault(row.signatory, []).append(_endorsement(row))
    return found


def behind(
    tx: Transaction, letter: int, meaning: int, *, after: str = "", limit: int | None = None
) -> list[Endorsement]:
    """Return active endorsements neither given nor confirmed for this meaning of the text.

    They are sorted oldest first, after the id `after`. With a limit, collected ones are left out.
    """
    asked = () if limit is None else (endorsements.c.user != "",)
    behind = (endorsements.c.meaning < meaning, endorsements.c.id > after)
    return _find_all(tx, endorsements.c.letter == letter, _STANDS, *behind, *asked, limit=limit)


def holders(tx: Transaction, letter: int) -> list[tuple[str, Person, int]]:
    """Return id, signer and meaning of active endorsements that were signed here, oldest first."""
    rows = tx.execute(
        select(endorsements.c.id, endorsements.c.team, endorsements.c.user, endorsements.c.meaning)
        .where(endorsements.c.letter == letter, _STANDS, endorsements.c.user != "")
        .order_by(endorsements.c.id)
    )
    return [(row.id, Person(row.team, row.user), row.meaning) for row in rows]


def ended_after_delivery(tx: Transaction, letter: int) -> list[Endorsement]:
    """Return endorsements withdrawn after delivery, the latest first."""
    order = (endorsements.c.withdrawn_at.desc(), endorsements.c.id)
    return _find_all(tx, endorsements.c.letter == letter, text(WITHDRAWN_LATE), order=order)


def latest(tx: Transaction, letter: int, limit: int) -> list[tuple[str, datetime]]:
    """Return the entries with the latest signatures and their times, newest first; each once.

    Entries that the list doesn't count are left out.
    """
    later = endorsements.alias()
    rows = tx.execute(
        select(signatories.c.entry, endorsements.c.signed_at)
        .join(signatories, signatories.c.id == endorsements.c.signatory)
        .where(
            endorsements.c.letter == letter,
            _STANDS,
            signatories.c.standing == Standing.LISTED.value,
            ~exists().where(
                later.c.signatory == endorsements.c.signatory,
                later.c.id > endorsements.c.id,
                later.c.withdrawn_at.is_(None),
            ),
        )
        .order_by(endorsements.c.id.desc())
        .limit(limit)
    )
    return [(row.entry, row.signed_at) for row in rows]
