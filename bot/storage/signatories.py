"""Signatories, the parties on a list: rows <-> values."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Row,
    TextClause,
    bindparam,
    exists,
    func,
    literal,
    or_,
    select,
    text,
    tuple_,
    union,
    update,
)

from bot.letters.endorsement import Kind, State
from bot.letters.order import LATE, Position, group, prefix
from bot.letters.people import Person
from bot.letters.rules import Rules
from bot.letters.signatory import PartyKey, Signatory, plain_key
from bot.letters.standing import Standing, Waits
from bot.storage.database import Transaction
from bot.storage.prepared import Insertion, Question
from bot.storage.privacy.digests import digests_of, recognised
from bot.storage.tables import endorsements, objections, signatories
from bot.storage.tables.signatures import (
    OF_ORGANISATIONS,
    SHOWN,
    WAITING_OR_REMOVED,
)

K = TypeVar("K")

# One list per column, as in endorsements.
_BY_KEYS = Question(
    lambda among: select(signatories).where(
        among(signatories.c.letter, "letters"),
        among(signatories.c.kind, "kinds"),
        among(signatories.c.key, "keys"),
    )
)
_REMOVED = Question(
    lambda among: (
        select(endorsements.c.letter, endorsements.c.team, endorsements.c.user)
        .join(signatories, signatories.c.id == endorsements.c.signatory)
        .where(
            among(endorsements.c.team, "teams"),
            among(endorsements.c.user, "users"),
            among(endorsements.c.letter, "letters"),
            or_(endorsements.c.ended == State.REMOVED.value, signatories.c.removed.is_(True)),
        )
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
_SAME = tuple(
    field.name
    for field in fields(Signatory)
    if field.name in signatories.c and field.name not in {"kind", "standing", "waits"}
)
"""Fields of a signatory that have columns of the same names."""
_FIXED = {"id", "letter", "workspace", "kind", "plain_key"}
"""Columns of a signatory that are never changed."""
_PUT = Insertion(
    signatories,
    lambda statement: statement.on_conflict_do_update(
        index_elements=["id"],
        set_={
            one.name: statement.excluded[one.name]
            for one in signatories.c
            if one.name not in _FIXED
        },
    ),
)


def _signatory(row: Row[Any]) -> Signatory:
    standing = Standing(row.standing)
    if not row.endorsements and standing is not Standing.MARKED:
        standing = Standing.GONE
    same = {name: getattr(row, name) for name in _SAME}
    return Signatory(kind=Kind(row.kind), standing=standing, waits=Waits(row.waits), **same)


def _find_all(
    tx: Transaction, *conditions: ColumnElement[bool] | TextClause, limit: int | None = None
) -> list[Signatory]:
    statement = select(signatories).where(*conditions).order_by(signatories.c.id).limit(limit)
    return [_signatory(row) for row in tx.execute(statement)]


def by_keys(tx: Transaction, keys: Collection[PartyKey]) -> dict[PartyKey, Signatory]:
    """Return signatories by letter, kind and key, on the list or not.

    Namesakes of an organisation in other countries are included. A merged signatory is replaced by
    the one that it was merged into, with the merged one's country in `found_in`.
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


def waiting_for_look(tx: Transaction, letter: int) -> list[Signatory]:
    """Return entries that were signed for on the web and wait for an organiser."""
    waits = (signatories.c.waits != Waits.NO.value, signatories.c.removed.is_(False))
    ours = (signatories.c.letter == letter, signatories.c.endorsements > 0)
    return _find_all(tx, *ours, *waits, text(WAITING_OR_REMOVED))


def removed_of(tx: Transaction, holders: Collection[tuple[int, Person]]) -> set[tuple[int, Person]]:
    """Return those of whom an organiser removed a signature or an entry on the letter."""
    rows = _REMOVED.ask(
        tx,
        teams={person.team for _, person in holders},
        users={person.user for _, person in holders},
        letters={letter for letter, _ in holders},
    )
    return {(row.letter, Person(row.team, row.user)) for row in rows} & {*holders}


def kept(tx: Transaction, parties: Collection[str]) -> dict[str, Signatory]:
    """Return signatories by id; a merged one is replaced by the one that it was merged into."""
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
    """Return one signatory by id, on the list or not; None if it does not exist."""
    return find_many(tx, [party]).get(party)


def find_many(tx: Transaction, parties: Collection[str]) -> dict[str, Signatory]:
    """Return signatories by id; missing ids are left out."""
    return {row.id: _signatory(row) for row in _BY_IDS.ask(tx, ids=parties)}


def position(tx: Transaction, party: str) -> Position | None:
    """Return a signatory's position in the list's order; None if it does not exist."""
    row = tx.execute(select(*ORDER).where(signatories.c.id == party)).one_or_none()
    return None if row is None else _position(row)


def put(tx: Transaction, changed: Sequence[Signatory], workspace: str, rules: Rules) -> None:
    """Insert or update signatories of one letter."""
    _PUT.write(
        tx,
        [
            {
                **{name: getattr(party, name) for name in _SAME},
                "workspace": workspace,
                "kind": party.kind.value,
                "plain_key": _plain_key_apart(party),
                "prefix": prefix(party, rules.ordering),
                "group_no": group(party, rules),
                "standing": party.standing.value,
                "waits": party.waits.value,
            }
            for party in changed
        ],
    )


def _plain_key_apart(party: Signatory) -> str:
    plain = plain_key(party.key) if party.kind is Kind.ORGANISATION else party.key
    return plain if plain != party.key else ""


def hand_over(tx: Transaction, letter: int) -> None:
    """Mark a letter's listed signatories as delivered, and any listed later as late."""
    ours = signatories.c.letter == letter
    tx.execute(update(signatories).where(ours, text(SHOWN)).values(delivered=True))
    tx.execute(
        update(signatories)
        .where(ours, signatories.c.delivered.is_(False))
        .values(late=True, pinned=0)
    )


def signed_late(tx: Transaction, letter: int) -> bool:
    """Return whether a late signatory is listed that is in no delivered copy."""
    late = exists().where(
        signatories.c.letter == letter,
        text(SHOWN),
        signatories.c.group_no >= LATE,
        signatories.c.delivered.is_(False),
    )
    return bool(tx.execute(select(late)).scalar())


def take_back(tx: Transaction, letter: int) -> None:
    """Undo `hand_over`, before anybody signed late."""
    ours = signatories.c.letter == letter
    tx.execute(update(signatories).where(ours).values(delivered=False, late=False))


def reorder(tx: Transaction, letter: int, rules: Rules, renamed: Mapping[str, str]) -> None:
    """Update the sort order of a letter's whole list by its rules, after headings got new names."""
    for old, new in renamed.items():
        under = (signatories.c.letter == letter, signatories.c.heading == old)
        tx.execute(update(signatories).where(*under).values(heading=new))
    parties = everyone(tx, letter)
    if parties:
        tx.execute(
            update(signatories)
            .where(signatories.c.id == bindparam("party"))
            .values(prefix=bindparam("new_prefix"), group_no=bindparam("new_group")),
            [
                {
                    "party": party.id,
                    "new_prefix": prefix(party, rules.ordering),
                    "new_group": group(party, rules),
                }
                for party in parties
            ],
        )


def listed(
    tx: Transaction, letter: int, *, after: Position | None = None, limit: int | None = None
) -> list[tuple[Position, Signatory]]:
    """Return the list in order, after a position; every page costs the same."""
    statement = select(signatories).where(signatories.c.letter == letter, text(SHOWN))
    if after is not None:
        statement = statement.where(tuple_(*ORDER) > tuple_(*(literal(v) for v in after)))
    rows = tx.execute(statement.order_by(*ORDER).limit(limit))
    return [(_position(row), _signatory(row)) for row in rows]


def _position(row: Any) -> Position:
    return (row.group_no, row.pinned, row.prefix, row.sort_key, row.entry, row.id)


def unlisted(
    tx: Transaction, letter: int, *, after: str = "", limit: int | None = None
) -> list[Signatory]:
    """Return organisations waiting to be listed, those objected to, and removed signatories."""
    those = (signatories.c.letter == letter, text(WAITING_OR_REMOVED), signatories.c.id > after)
    found = {one.id: one for one in _find_all(tx, *those, limit=limit)}
    found |= {one.id: one for one in disputed(tx, [letter]) if one.id > after}
    return sorted(found.values(), key=lambda one: one.id)[:limit]


def disputed(tx: Transaction, letters: Collection[int]) -> list[Signatory]:
    """Return the organisations of some letters with open objections, oldest first."""
    if not letters:
        return []
    open_ones = select(objections.c.signatory).where(
        objections.c.letter.in_(letters), objections.c.decided_at.is_(None)
    )
    return _find_all(tx, signatories.c.id.in_(open_ones))


def organisations(tx: Transaction, letter: int) -> list[Signatory]:
    """Return every organisation that has signers, on the list or not, or was marked."""
    return _find_all(
        tx,
        signatories.c.letter == letter,
        signatories.c.kind == Kind.ORGANISATION.value,
        or_(signatories.c.endorsements > 0, signatories.c.standing == Standing.MARKED.value),
    )


def held_up(tx: Transaction, letter: int, *, after: str, limit: int) -> list[Signatory]:
    """Return organisations with signers, after an id, in the order of ids."""
    backed = (
        signatories.c.letter == letter,
        text(OF_ORGANISATIONS),
        signatories.c.endorsements > 0,
    )
    return _find_all(tx, *backed, signatories.c.id > after, limit=limit)


def follow(tx: Transaction, letter: int, party: str, to: str) -> None:
    """Redirect signatories merged into `party` to `to`, which it is merged into."""
    tx.execute(
        update(signatories)
        .where(signatories.c.letter == letter, signatories.c.merged_into == party)
        .values(merged_into=to)
    )


def everyone(tx: Transaction, letter: int) -> list[Signatory]:
    """Return every signatory of a letter, on the list or not."""
    return _find_all(tx, signatories.c.letter == letter)


def named(
    tx: Transaction, letter: int, entry: str, folds: Collection[str], key: str
) -> list[Signatory]:
    """Return signatories with signers that a name may mean, by entry, fold or key; at most 20."""
    is_organisation = signatories.c.kind == Kind.ORGANISATION.value
    ways = (
        (signatories.c.entry == entry,),
        (signatories.c.sort_fold.in_(folds),),
        (is_organisation, signatories.c.key == key),
        # In any country: keys that begin with the key and "|"; "}" is the next character.
        (is_organisation, signatories.c.key >= f"{key}|", signatories.c.key < f"{key}}}"),
    )
    # Each condition uses its own index; one combined condition would use none.
    those = union(
        *(select(signatories.c.id).where(signatories.c.letter == letter, *way) for way in ways)
    )
    return _find_all(tx, signatories.c.id.in_(those), signatories.c.endorsements > 0, limit=20)


def last_pin(tx: Transaction, letter: int) -> int:
    """Return the rank of the last convener; 0 if there is none."""
    highest = select(func.max(signatories.c.pinned)).where(signatories.c.letter == letter)
    return tx.execute(highest).scalar() or 0
