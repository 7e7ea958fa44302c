"""Endorsements: rows <-> values.

What a batch of signatures needs is loaded by one statement and written by one:
statements, not the disk, are what signing costs.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, exists, or_, select, text, update

from bot.letters.endorsement import FACTS, Capacity, Endorsement, Facts, Signature, State
from bot.letters.letter import Letter
from bot.letters.people import Person
from bot.storage import amendments
from bot.storage.database import Transaction
from bot.storage.prepared import Insertion, Question
from bot.storage.tables import endorsements, signatories
from bot.storage.tables.signatures import WITHDRAWN_LATE

# A list for each column, not one of rows: PostgreSQL reads rows as a chain of ORs. And in no order:
# for that SQLite would rather read the whole letter by id.
_HELD = Question(
    lambda among: select(endorsements).where(
        among(endorsements.c.team, "teams"),
        among(endorsements.c.user, "users"),
        among(endorsements.c.letter, "letters"),
        endorsements.c.withdrawn_at.is_(None),
    )
)
# Whose user is nobody's is held by the workspace, so that this is found by its key too.
_GATHERED = Question(
    lambda among: select(endorsements).where(
        among(endorsements.c.team, "teams"),
        endorsements.c.user == "",
        among(endorsements.c.letter, "letters"),
        among(endorsements.c.signatory, "parties"),
        endorsements.c.withdrawn_at.is_(None),
    )
)
_OF_PARTIES = Question(
    lambda among: select(endorsements).where(
        among(endorsements.c.signatory, "parties"), endorsements.c.withdrawn_at.is_(None)
    )
)
_BY_IDS = Question(lambda among: select(endorsements).where(among(endorsements.c.id, "ids")))
_ADD = Insertion(endorsements)


def _endorsement(row: Row[Any]) -> Endorsement:
    return Endorsement(
        id=row.id,
        letter=row.letter,
        signatory=row.signatory,
        person=Person(row.team, row.user) if row.user else None,
        signature=Signature(
            capacity=Capacity(row.capacity),
            facts=Facts(**{name: getattr(row, name) for name in FACTS}),
            entry=row.entry,
            sort_name=row.sort_name,
            sort_fold=row.sort_fold,
            sort_key=row.sort_key,
            key=row.key,
            country=row.country_code,
            text_sha256=row.text_sha256,
            consent=row.consent,
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
    facts = signature.facts
    return {
        "capacity": signature.capacity.value,
        **{name: getattr(facts, name) for name in FACTS},
        "entry": signature.entry,
        "sort_name": signature.sort_name,
        "sort_fold": signature.sort_fold,
        "sort_key": signature.sort_key,
        "key": signature.key,
        "country_code": signature.country,
        "text_sha256": signature.text_sha256,
        "consent": signature.consent,
    }


def held_by(
    tx: Transaction, holders: Collection[tuple[int, Person]]
) -> dict[tuple[int, Person], list[Endorsement]]:
    """Return each person's present endorsements on a letter, oldest first."""
    rows = _HELD.ask(
        tx,
        teams={person.team for _, person in holders},
        users={person.user for _, person in holders},
        letters={letter for letter, _ in holders},
    )
    held: dict[tuple[int, Person], list[Endorsement]] = {}
    for row in sorted(rows, key=lambda row: row.id):
        endorsement = _endorsement(row)
        if endorsement.person is None:
            continue
        holder = (endorsement.letter, endorsement.person)
        if holder in holders:
            held.setdefault(holder, []).append(endorsement)
    return held


def gathered_for(
    tx: Transaction, parties: Collection[tuple[int, str]], workspaces: Collection[str]
) -> dict[str, Endorsement]:
    """The voice from elsewhere that stands for a signatory, by its id; each has one at most.

    Args:
        tx: The transaction.
        parties: The signatories, by their letters and ids.
        workspaces: Those of the letters.
    """
    rows = _GATHERED.ask(
        tx,
        teams=set(workspaces),
        letters={letter for letter, _ in parties},
        parties={party for _, party in parties},
    )
    return {row.signatory: _endorsement(row) for row in rows}


def everything_held_by(tx: Transaction, person: Person) -> list[Endorsement]:
    """Return a person's present endorsements on any letter, newest first."""
    rows = tx.connection.execute(
        select(endorsements)
        .where(
            endorsements.c.team == person.team,
            endorsements.c.user == person.user,
            endorsements.c.withdrawn_at.is_(None),
        )
        .order_by(endorsements.c.id.desc())
    )
    return [_endorsement(row) for row in rows]


def find_many(tx: Transaction, ids: Collection[str]) -> dict[str, Endorsement]:
    """Endorsements by id, withdrawn or not; those that do not exist are missing."""
    return {row.id: _endorsement(row) for row in _BY_IDS.ask(tx, ids=ids)}


def last_ended(tx: Transaction, letter: int, person: Person) -> Endorsement | None:
    """Return the endorsement of a person that ended last on a letter."""
    ended, by = endorsements.c.withdrawn_at, endorsements.c
    mine = (by.letter == letter, by.team == person.team, by.user == person.user)
    row = tx.connection.execute(
        select(endorsements).where(*mine, ended.is_not(None)).order_by(ended.desc()).limit(1)
    ).one_or_none()
    return None if row is None else _endorsement(row)


def find(tx: Transaction, endorsement: str) -> Endorsement | None:
    """One endorsement, withdrawn or not."""
    row = tx.connection.execute(
        select(endorsements).where(endorsements.c.id == endorsement)
    ).one_or_none()
    return None if row is None else _endorsement(row)


def add(
    tx: Transaction, added: Sequence[Endorsement], workspace: str, *, by: Person | None = None
) -> None:
    """Keep new endorsements of one workspace; `by` is the organiser who gathered them elsewhere."""
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
    """Write another entry; an organiser's mark on the one before goes."""
    tx.connection.execute(
        update(endorsements)
        .where(endorsements.c.id == endorsement)
        .values(changed_at=tx.now, corrected_at=None, **_signature_columns(signature))
    )


def end(tx: Transaction, letter: Letter, ended: Endorsement, how: State) -> None:
    """Mark an endorsement as ended now."""
    end_many(tx, letter, [ended], how)


def end_many(tx: Transaction, letter: Letter, ended: Collection[Endorsement], how: State) -> None:
    """The same for many of a letter at once."""
    if not ended:
        return
    people = {one.person for one in ended if one.person is not None}
    with amendments.answering(tx, letter, people) as moved:
        moved["behind"] -= sum(one.meaning < letter.meaning for one in ended)
        tx.connection.execute(
            update(endorsements)
            .where(endorsements.c.id.in_([one.id for one in ended]))
            .values(withdrawn_at=tx.now, ended=how.value)
        )


def keep(tx: Transaction, letter: Letter, kept: Endorsement, person: Person, consent: str) -> None:
    """Note that its signer, who was asked, keeps it for the text as it is, under these words."""
    tx.connection.execute(
        update(endorsements)
        .where(endorsements.c.id == kept.id)
        .values(
            kept_sha256=letter.text_sha256,
            meaning=letter.meaning,
            kept_consent=consent,
            kept_at=tx.now,
        )
    )
    amendments.count_kept(tx, letter, person)


def raise_meaning(tx: Transaction, letter: int, known: Collection[int], meaning: int) -> None:
    """Let all that stand for some meanings of a letter's text stand for another one, which is theirs.

    What a merge ended is among them: it stands again where the merge is undone.
    """
    tx.connection.execute(
        update(endorsements)
        .where(
            endorsements.c.letter == letter,
            or_(endorsements.c.withdrawn_at.is_(None), endorsements.c.ended == State.MERGED.value),
            endorsements.c.meaning.in_(list(known)),
        )
        .values(meaning=meaning)
    )


def mark_corrected(tx: Transaction, endorsement: str) -> None:
    """Note that an organiser corrected it now without asking its signer."""
    tx.connection.execute(
        update(endorsements).where(endorsements.c.id == endorsement).values(corrected_at=tx.now)
    )


def move(tx: Transaction, party: str, to: str) -> None:
    """Make all that speaks for one signatory speak for another one."""
    tx.connection.execute(
        update(endorsements).where(endorsements.c.signatory == party).values(signatory=to)
    )


def speaking_for(tx: Transaction, party: str, speaker: str) -> Endorsement | None:
    """Of those that stand for a signatory: the speaker, or else the one that was given first."""
    row = tx.connection.execute(
        select(endorsements)
        .where(endorsements.c.signatory == party, endorsements.c.withdrawn_at.is_(None))
        .order_by(endorsements.c.id != speaker, endorsements.c.id)
        .limit(1)
    ).one_or_none()
    return None if row is None else _endorsement(row)


def country_named(tx: Transaction, party: str, speaker: str, *, besides: str = "") -> str:
    """The country that those who stand for an organisation name, the speaker's first; else empty.

    `besides` is an endorsement that is left out.
    """
    return (
        tx.connection.execute(
            select(endorsements.c.country_code)
            .where(
                endorsements.c.signatory == party,
                endorsements.c.withdrawn_at.is_(None),
                endorsements.c.country_code != "",
                endorsements.c.id != besides,
            )
            .order_by(endorsements.c.id != speaker, endorsements.c.id)
            .limit(1)
        ).scalar()
        or ""
    )


def of_party(tx: Transaction, party: str) -> list[Endorsement]:
    """All that stand for a signatory, the first one first."""
    rows = tx.connection.execute(
        select(endorsements)
        .where(endorsements.c.signatory == party, endorsements.c.withdrawn_at.is_(None))
        .order_by(endorsements.c.id)
    )
    return [_endorsement(row) for row in rows]


def of_parties(tx: Transaction, parties: Collection[str]) -> dict[str, list[Endorsement]]:
    """All that stand for some signatories, by the signatory; who has none is missing."""
    rows = _OF_PARTIES.ask(tx, parties=parties)
    found: dict[str, list[Endorsement]] = {}
    for row in sorted(rows, key=lambda row: row.id):
        found.setdefault(row.signatory, []).append(_endorsement(row))
    return found


def behind(
    tx: Transaction, letter: int, meaning: int, *, after: str = "", limit: int | None = None
) -> list[Endorsement]:
    """All that stand and were not given or kept for this meaning of the text, oldest first.

    With a limit only the first behind an id of those that were given here: whose signers were asked.
    """
    statement = select(endorsements).where(
        endorsements.c.letter == letter,
        endorsements.c.withdrawn_at.is_(None),
        endorsements.c.meaning < meaning,
        endorsements.c.id > after,
    )
    if limit is not None:
        statement = statement.where(endorsements.c.user != "").limit(limit)
    rows = tx.connection.execute(statement.order_by(endorsements.c.id))
    return [_endorsement(row) for row in rows]


def holders(tx: Transaction, letter: int) -> list[tuple[str, Person, int]]:
    """All that stand and were given here: id, signer, the meaning they stand for; oldest first."""
    rows = tx.connection.execute(
        select(endorsements.c.id, endorsements.c.team, endorsements.c.user, endorsements.c.meaning)
        .where(
            endorsements.c.letter == letter,
            endorsements.c.withdrawn_at.is_(None),
            endorsements.c.user != "",
        )
        .order_by(endorsements.c.id)
    )
    return [(row.id, Person(row.team, row.user), row.meaning) for row in rows]


def ended_after_delivery(tx: Transaction, letter: int) -> list[Endorsement]:
    """All that were withdrawn after the delivery copy was cut, the last one first."""
    rows = tx.connection.execute(
        select(endorsements)
        .where(endorsements.c.letter == letter, text(WITHDRAWN_LATE))
        .order_by(endorsements.c.withdrawn_at.desc(), endorsements.c.id)
    )
    return [_endorsement(row) for row in rows]


def latest(tx: Transaction, letter: int, limit: int) -> list[tuple[str, datetime]]:
    """Return the entries that were signed for last and when, newest first; each once.

    What an organiser removed is not among them.
    """
    later = endorsements.alias()
    rows = tx.connection.execute(
        select(signatories.c.entry, endorsements.c.signed_at)
        .join(signatories, signatories.c.id == endorsements.c.signatory)
        .where(
            endorsements.c.letter == letter,
            endorsements.c.withdrawn_at.is_(None),
            signatories.c.removed.is_(False),
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
