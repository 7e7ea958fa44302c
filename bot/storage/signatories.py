"""Signatories, the parties that endorsements put on a list: rows <-> values."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from sqlalchemy import Row, bindparam, func, literal, or_, select, text, tuple_, union, update

from bot.letters.endorsement import Kind
from bot.letters.order import Position, group, prefix
from bot.letters.rules import Rules
from bot.letters.signatory import PartyKey, Signatory, plain_key
from bot.letters.standing import WAITING, Standing
from bot.storage.database import Transaction
from bot.storage.prepared import Insertion, Question
from bot.storage.privacy.digests import digests_of, recognised
from bot.storage.tables import endorsements, signatories
from bot.storage.tables.signatures import (
    COLLECTED,
    DISPUTED,
    OF_ORGANISATIONS,
    SHOWN,
    WAITING_OR_REMOVED,
)

K = TypeVar("K")

# A list for each column, as in endorsements.
_BY_KEYS = Question(
    lambda among: select(signatories).where(
        among(signatories.c.letter, "letters"),
        among(signatories.c.kind, "kinds"),
        among(signatories.c.key, "keys"),
    )
)
_NAMESAKES = Question(
    lambda among: select(signatories).where(
        among(signatories.c.letter, "letters"),
        among(signatories.c.plain_key, "names"),
        text("plain_key <> ''"),
    )
)
_BY_IDS = Question(lambda among: select(signatories).where(among(signatories.c.id, "ids")))
ORDER = (
    signatories.c.group_no,
    signatories.c.pinned,
    signatories.c.prefix,
    signatories.c.sort_key,
    signatories.c.entry,
    signatories.c.id,
)
_KEPT = (
    "key", "country", "entry", "sort_fold", "sort_key", "country_fold", "came_at", "prefix", "group_no", "pinned",
    "endorsements", "speaker", "confirmed", "objections", "removed", "late", "delivered", "standing",
    "merged_into",
)  # fmt: skip


_PUT = Insertion(
    signatories,
    lambda statement: statement.on_conflict_do_update(
        index_elements=["id"], set_={name: statement.excluded[name] for name in _KEPT}
    ),
)


def _signatory(row: Row[Any]) -> Signatory:
    return Signatory(
        id=row.id,
        letter=row.letter,
        kind=Kind(row.kind),
        key=row.key,
        country=row.country,
        entry=row.entry,
        sort_fold=row.sort_fold,
        sort_key=row.sort_key,
        country_fold=row.country_fold,
        came_at=row.came_at,
        pinned=row.pinned,
        endorsements=row.endorsements,
        speaker=row.speaker,
        confirmed=row.confirmed,
        objections=row.objections,
        removed=row.removed,
        late=row.late,
        delivered=row.delivered,
        standing=Standing(row.standing) if row.endorsements or row.standing == "marked"
        else Standing.GONE,
        merged_into=row.merged_into,
    )  # fmt: skip


def by_keys(tx: Transaction, keys: Collection[PartyKey]) -> dict[PartyKey, Signatory]:
    """Signatories by letter, kind and key, also those off the list; others may be among them.

    With an organisation come all others of its name, of whatever country. One that was merged into
    another gives way to that one, which says in `found_in` of which country the merged one was.
    """
    digests = digests_of(tx, keys)
    rows = _BY_KEYS.ask(
        tx,
        letters={letter for letter, _, _ in keys},
        kinds={kind.value for _, kind, _ in keys},
        keys={key for _, _, key in (*keys, *digests)},
    )
    organisations = {key for key in keys if key[1] is Kind.ORGANISATION}
    rows += _NAMESAKES.ask(
        tx,
        letters={letter for letter, _, _ in organisations},
        names={plain_key(key) for _, _, key in organisations},
    )
    found = {(row.letter, Kind(row.kind), row.key): _signatory(row) for row in rows}
    known = recognised(found, digests)
    merged = {key: party.country for key, party in known.items() if party.merged_into}
    parties = _followed(tx, known)
    return parties | {key: replace(parties[key], found_in=merged[key]) for key in merged}


def kept(tx: Transaction, parties: Collection[str]) -> dict[str, Signatory]:
    """By id, what each signatory is now: one that was merged gives way to the one it went into."""
    return _followed(tx, find_many(tx, parties))


def _followed(tx: Transaction, found: dict[K, Signatory]) -> dict[K, Signatory]:
    gone = {party.merged_into for party in found.values() if party.merged_into}
    while gone:
        ones = find_many(tx, gone)
        for key, party in found.items():
            if party.merged_into:
                found[key] = ones.get(party.merged_into, party)
        gone = {party.merged_into for party in found.values() if party.merged_into}
    return found


def find(tx: Transaction, party: str) -> Signatory | None:
    """One signatory by id, on the list or off it."""
    return find_many(tx, [party]).get(party)


def find_many(tx: Transaction, parties: Collection[str]) -> dict[str, Signatory]:
    """Signatories by id; those that do not exist are missing."""
    return {row.id: _signatory(row) for row in _BY_IDS.ask(tx, ids=parties)}


def position(tx: Transaction, party: str) -> Position | None:
    """Return a signatory's position."""
    row = tx.connection.execute(select(*ORDER).where(signatories.c.id == party)).one_or_none()
    return None if row is None else _position(row)


def put(tx: Transaction, changed: Sequence[Signatory], workspace: str, rules: Rules) -> None:
    """Write signatories of one letter as they are now, new or not."""
    _PUT.write(
        tx,
        [
            {
                "id": party.id,
                "letter": party.letter,
                "workspace": workspace,
                "kind": party.kind.value,
                "key": party.key,
                "plain_key": _name_apart(party),
                "country": party.country,
                "entry": party.entry,
                "sort_fold": party.sort_fold,
                "sort_key": party.sort_key,
                "country_fold": party.country_fold,
                "came_at": party.came_at,
                "prefix": prefix(party, rules.ordering),
                "group_no": group(party, grouped=rules.grouped),
                "pinned": party.pinned,
                "endorsements": party.endorsements,
                "speaker": party.speaker,
                "confirmed": party.confirmed,
                "objections": party.objections,
                "removed": party.removed,
                "late": party.late,
                "delivered": party.delivered,
                "standing": party.standing.value,
                "merged_into": party.merged_into,
            }
            for party in changed
        ],
    )


def _name_apart(party: Signatory) -> str:
    apart = party.kind is Kind.ORGANISATION and plain_key(party.key) != party.key
    return plain_key(party.key) if apart else ""


def hand_over(tx: Transaction, letter: int) -> None:
    """Note of all that a letter's list shows that they stood in its delivery copy.

    All others are late from then on, should they come on the list.
    """
    ours = signatories.c.letter == letter
    tx.connection.execute(update(signatories).where(ours, text(SHOWN)).values(delivered=True))
    tx.connection.execute(
        update(signatories)
        .where(ours, signatories.c.delivered.is_(False))
        .values(late=True, pinned=0)
    )


def reorder(tx: Transaction, letter: int, rules: Rules) -> None:
    """Put a letter's whole list into another order."""
    parties = everyone(tx, letter)
    if parties:
        tx.connection.execute(
            update(signatories)
            .where(signatories.c.id == bindparam("party"))
            .values(prefix=bindparam("new_prefix"), group_no=bindparam("new_group")),
            [
                {
                    "party": party.id,
                    "new_prefix": prefix(party, rules.ordering),
                    "new_group": group(party, grouped=rules.grouped),
                }
                for party in parties
            ],
        )


def listed(
    tx: Transaction, letter: int, *, after: Position | None = None, limit: int | None = None
) -> list[tuple[Position, Signatory]]:
    """The list in its order, from behind a position. Costs the same on every page."""
    statement = (
        select(signatories)
        .where(signatories.c.letter == letter, text(SHOWN))
        .order_by(*ORDER)
    )  # fmt: skip
    if after is not None:
        statement = statement.where(tuple_(*ORDER) > tuple_(*(literal(v) for v in after)))
    if limit is not None:
        statement = statement.limit(limit)
    rows = tx.connection.execute(statement)
    return [(_position(row), _signatory(row)) for row in rows]


def _position(row: Any) -> Position:
    return (row.group_no, row.pinned, row.prefix, row.sort_key, row.entry, row.id)


def unlisted(
    tx: Transaction, letter: int, *, after: str = "", limit: int | None = None, backed: bool = False
) -> list[Signatory]:
    """Organisations that wait for something, and all that were removed, by the time they came.

    Removed ones are among them also without backing.

    Args:
        tx: The transaction.
        letter: The letter.
        after: The id of the last one that was had.
        limit: At most so many.
        backed: Only those that somebody backs.
    """
    statement = (
        select(signatories)
        .where(signatories.c.letter == letter, text(WAITING_OR_REMOVED), signatories.c.id > after)
        .order_by(signatories.c.id)
        .limit(limit)
    )
    if backed:
        statement = statement.where(signatories.c.endorsements > 0)
    return [_signatory(row) for row in tx.connection.execute(statement)]


def waiting(tx: Transaction, letter: int, *, limit: int) -> list[Signatory]:
    """Return the first organisations that somebody signed for and that are not on the list yet."""
    rows = tx.connection.execute(
        select(signatories)
        .where(
            signatories.c.letter == letter,
            text(WAITING_OR_REMOVED),
            signatories.c.standing.in_([one.value for one in WAITING]),
        )
        .order_by(signatories.c.id)
        .limit(limit)
    )
    return [_signatory(row) for row in rows]


def disputed(
    tx: Transaction, letters: Collection[int], *, limit: int | None = None
) -> list[Signatory]:
    """Return organisations of some letters that somebody objects to, by the time they came."""
    if not letters:
        return []
    rows = tx.connection.execute(
        select(signatories)
        .where(
            signatories.c.letter.in_(letters),
            text(DISPUTED),
        )
        .order_by(signatories.c.id)
        .limit(limit)
    )
    return [_signatory(row) for row in rows]


def organisations(tx: Transaction, letter: int) -> list[Signatory]:
    """Every organisation that somebody holds up, on the list or not."""
    rows = tx.connection.execute(
        select(signatories)
        .where(
            signatories.c.letter == letter,
            signatories.c.kind == Kind.ORGANISATION.value,
            or_(signatories.c.endorsements > 0, signatories.c.standing == Standing.MARKED.value),
        )
        .order_by(signatories.c.id)
    )
    return [_signatory(row) for row in rows]


def held_up(tx: Transaction, letter: int, *, after: str, limit: int) -> list[Signatory]:
    """Organisations that somebody holds up, from behind one on, by the time they came."""
    rows = tx.connection.execute(
        select(signatories)
        .where(
            signatories.c.letter == letter,
            text(OF_ORGANISATIONS),
            signatories.c.endorsements > 0,
            signatories.c.id > after,
        )
        .order_by(signatories.c.id)
        .limit(limit)
    )
    return [_signatory(row) for row in rows]


def collected_people(tx: Transaction, letter: int, *, after: str, limit: int) -> list[Signatory]:
    """People whose signature was gathered elsewhere, from behind one on, by the time they came."""
    rows = tx.connection.execute(
        select(signatories)
        .join(endorsements, endorsements.c.id == signatories.c.speaker)
        .where(
            signatories.c.letter == letter,
            signatories.c.kind == Kind.PERSON.value,
            signatories.c.endorsements > 0,
            endorsements.c.letter == letter,
            endorsements.c.signatory > after,
            text(COLLECTED),
        )
        .order_by(endorsements.c.signatory)
        .limit(limit)
    )
    return [_signatory(row) for row in rows]


def follow(tx: Transaction, letter: int, party: str, to: str) -> None:
    """Redirect what was merged into a signatory to where that one is merged."""
    tx.connection.execute(
        update(signatories)
        .where(signatories.c.letter == letter, signatories.c.merged_into == party)
        .values(merged_into=to)
    )


def everyone(tx: Transaction, letter: int) -> list[Signatory]:
    """Every signatory that was ever signed for, on the list or off it."""
    rows = tx.connection.execute(
        select(signatories).where(signatories.c.letter == letter).order_by(signatories.c.id)
    )
    return [_signatory(row) for row in rows]


def named(
    tx: Transaction, letter: int, entry: str, folds: Collection[str], key: str
) -> list[Signatory]:
    """Signatories that stand and that somebody may mean by a name: its entry, its fold, its key."""
    is_organisation = signatories.c.kind == Kind.ORGANISATION.value
    ways = (
        (signatories.c.entry == entry,),
        (signatories.c.sort_fold.in_(folds),),
        (is_organisation, signatories.c.key == key),
        # The same of any country: what begins with the key and "|", behind which comes "}".
        (is_organisation, signatories.c.key >= f"{key}|", signatories.c.key < f"{key}}}"),
    )
    # An index for each way: of one condition for all, none would serve.
    those = union(
        *(select(signatories.c.id).where(signatories.c.letter == letter, *way) for way in ways)
    )
    rows = tx.connection.execute(
        select(signatories)
        .where(signatories.c.id.in_(those), signatories.c.endorsements > 0)
        .order_by(signatories.c.id)
        .limit(20)
    )
    return [_signatory(row) for row in rows]


def last_pin(tx: Transaction, letter: int) -> int:
    """The rank of the last convener; 0 where there is none."""
    highest = select(func.max(signatories.c.pinned)).where(signatories.c.letter == letter)
    return tx.connection.execute(highest).scalar() or 0
