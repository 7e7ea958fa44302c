"""Invitations: rows <-> values."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, exists, func, insert, not_, or_, select, update

from bot.features.invitations.rules import Invitee
from bot.letters.endorsement import Capacity, Kind
from bot.letters.invitation import OPEN, Invitation, InvitationKey, InvitationState, plain_key
from bot.letters.letter import Letter, Signers
from bot.letters.people import MAIL, Person
from bot.names.filing import sort_fold
from bot.storage.database import Transaction
from bot.storage.privacy.digests import digest, keys_of
from bot.storage.reminder_targets import unwilling
from bot.storage.tables import endorsements, invitations, organisers
from bot.storage.tables.columns import is_person, same_person

# One list for each column, as in endorsements.
_BY_KEYS = select(invitations).where(
    invitations.c.letter == bindparam("letter"),
    invitations.c.kind.in_(bindparam("kinds", expanding=True)),
    or_(
        invitations.c.key.in_(bindparam("keys", expanding=True)),
        invitations.c.plain_key.in_(bindparam("names", expanding=True)),
    ),
)


_SAME = (
    "id", "letter", "name", "organisation", "country", "contact", "key", "until", "note", "words",
    "invited_at", "answered_at",
)  # fmt: skip
"""Fields of an invitation that have columns of the same names."""
_CHANGED = ("contact", "key", "until", "note", "words", "answered_at", "state", "team", "user")


def _invitation(row: Row[Any]) -> Invitation:
    return Invitation(
        kind=Kind(row.kind),
        person=Person(row.team, row.user) if row.user else None,
        state=InvitationState(row.state),
        by=Person(row.added_team, row.added_user) if row.added_user else None,
        mailed_at=row.mailed_at,
        mail_error=row.mail_error,
        **{name: getattr(row, name) for name in _SAME},
    )


def _columns(one: Invitation) -> dict[str, Any]:
    person, by = one.person or Person("", ""), one.by or Person("", "")
    return {
        "kind": one.kind.value,
        "plain_key": plain_key((one.kind, one.key)),
        "state": one.state.value,
        "team": person.team,
        "user": person.user,
        "added_team": by.team,
        "added_user": by.user,
        **{name: getattr(one, name) for name in _SAME},
    }


def find(tx: Transaction, number: str) -> Invitation | None:
    """Return an invitation by its id."""
    row = tx.execute(select(invitations).where(invitations.c.id == number)).one_or_none()
    return None if row is None else _invitation(row)


def by_keys(
    tx: Transaction, letter: int, keys: Collection[InvitationKey]
) -> dict[InvitationKey, Invitation]:
    """Return a letter's invitations by key, including an organisation's in other countries."""
    secret = keys_of(tx, {letter}).get(letter)
    digests = {(kind, digest(secret, kind.value, key)): (kind, key) for kind, key in keys if secret}
    rows = tx.execute(
        _BY_KEYS,
        {
            "letter": letter,
            "kinds": list({kind.value for kind, _ in keys}),
            "keys": list({key for _, key in (*keys, *digests)}),
            "names": list({plain_key(key) for key in keys} - {""}),
        },
    )
    kept = {(Kind(row.kind), row.key): _invitation(row) for row in rows}
    return {digests.get(key, key): one for key, one in kept.items()}


def of_letter(
    tx: Transaction,
    letter: int,
    *,
    state: InvitationState | None = None,
    skip: int = 0,
    limit: int | None = None,
) -> list[Invitation]:
    """Return a letter's invitations, or those in a state, in the order in which they were added."""
    of_state = () if state is None else (invitations.c.state == state.value,)
    rows = tx.execute(
        select(invitations)
        .where(invitations.c.letter == letter, *of_state)
        .order_by(invitations.c.id)
        .offset(skip)
        .limit(limit)
    )
    return [_invitation(row) for row in rows]


def put_to(tx: Transaction, letter: int, person: Person) -> list[Invitation]:
    """Return somebody's invitations to a letter, for themselves and for organisations."""
    rows = tx.execute(
        select(invitations)
        .where(invitations.c.letter == letter, is_person(invitations, person))
        .order_by(invitations.c.id)
    )
    return [_invitation(row) for row in rows]


def people_of(tx: Transaction, letter: int, state: InvitationState | None = None) -> list[Person]:
    """Return the people with an account who are invited, or are the contact of an organisation.

    With a state, return only those with an invitation in it.
    """
    of_state = () if state is None else (invitations.c.state == state.value,)
    rows = tx.execute(
        select(invitations.c.team, invitations.c.user)
        .where(invitations.c.letter == letter, invitations.c.user != "", *of_state)
        .distinct()
    )
    return [Person(row.team, row.user) for row in rows]


def counts(tx: Transaction, letter: int) -> dict[InvitationState, int]:
    """Count a letter's invitations by state; a state without any is missing."""
    rows = tx.execute(
        select(invitations.c.state, func.count().label("invitations"))
        .where(invitations.c.letter == letter)
        .group_by(invitations.c.state)
    )
    return {InvitationState(row.state): row.invitations for row in rows}


def next_awaited(tx: Transaction, letter: int) -> datetime | None:
    """Return the next day on which an approval is expected, or None."""
    return tx.execute(
        select(func.min(invitations.c.until)).where(
            invitations.c.letter == letter,
            invitations.c.state == InvitationState.AWAITING.value,
            invitations.c.until > tx.now,
        )
    ).scalar()


def add(tx: Transaction, added: Sequence[Invitation], workspace: str) -> None:
    """Insert invitations of one workspace."""
    tx.execute(insert(invitations), [{"workspace": workspace} | _columns(one) for one in added])


def change(tx: Transaction, changed: Sequence[Invitation]) -> None:
    """Write the state, its time, the note, the words and the account of some invitations."""
    if changed:
        new: dict[str, Any] = {name: bindparam(f"new_{name}") for name in _CHANGED}
        statement = update(invitations).where(invitations.c.id == bindparam("one")).values(new)
        columns = ((one.id, _columns(one)) for one in changed)
        tx.execute(
            statement,
            [{"one": id_} | {f"new_{name}": of[name] for name in new} for id_, of in columns],
        )


def remove(tx: Transaction, number: str) -> None:
    """Delete an invitation."""
    tx.execute(delete(invitations).where(invitations.c.id == number))


def are_there(tx: Transaction, letter: int) -> bool:
    """Return whether a letter has any invitations."""
    found = tx.execute(select(invitations.c.id).where(invitations.c.letter == letter).limit(1))
    return found.first() is not None


def are_outside(tx: Transaction, letter: int) -> bool:
    """Return whether an open invitation is for somebody without an account here."""
    kept = invitations.c
    found = tx.execute(
        select(kept.id)
        .where(
            kept.letter == letter,
            kept.user == "",
            or_(kept.name != "", kept.contact != ""),
            kept.state.in_([state.value for state in OPEN]),
        )
        .limit(1)
    )
    return found.first() is not None


def addressed(tx: Transaction, letter: int) -> list[Invitation]:
    """Return the unanswered invitations without an account whose contacts may be addresses."""
    kept, invited = invitations.c, InvitationState.INVITED.value
    may_be = (kept.user == "", kept.contact.like("%_@_%._%"), kept.state == invited)
    rows = tx.execute(select(invitations).where(kept.letter == letter, *may_be).order_by(kept.id))
    return [_invitation(row) for row in rows]


def mailed(tx: Transaction, letter: int, names: Collection[str]) -> dict[str, Invitation]:
    """Return the invitations of people who were written to by mail, by their folded names."""
    kept = invitations.c
    rows = tx.execute(
        select(invitations).where(
            kept.letter == letter, kept.team == MAIL, kept.kind == Kind.PERSON.value,
            kept.name.in_(names),
        )
    )  # fmt: skip
    return {sort_fold(row.name): _invitation(row) for row in rows}


def signers_of(tx: Transaction, earlier: int, letter: Letter) -> list[Invitee]:
    """Return those who signed an earlier letter here, each with what they signed for.

    Left out are people who organise, sign or are invited to the later `letter`, cannot be reached,
    were removed from the earlier one, or asked for no more messages about it.
    """
    kept, own = endorsements.c, endorsements.alias()
    others = (
        exists().where(table.c.letter == letter.id, same_person(table, endorsements), *more)
        for table, more in (
            (invitations, ()),
            (organisers, ()),
            (own, (own.c.withdrawn_at.is_(None),)),
        )
    )
    given = select(kept.team, kept.user, kept.capacity, kept.organisation, kept.country).where(
        kept.letter == earlier,
        kept.user != "",
        kept.team != MAIL,
        # An invitation would tell organisers of the later letter who withheld a name.
        kept.capacity != Capacity.WITHHELD.value,
        kept.withdrawn_at.is_(None),
        not_(or_(*others, unwilling(letter.workspace, earlier))),
    )
    others_only = {Signers.PEOPLE: Kind.ORGANISATION, Signers.ORGANISATIONS: Kind.PERSON}
    return [
        Invitee(
            kind=kind,
            person=Person(row.team, row.user),
            organisation=row.organisation if kind is Kind.ORGANISATION else "",
            country=row.country if kind is Kind.ORGANISATION else "",
        )
        for row in tx.execute(given.order_by(kept.id))
        if (kind := Capacity(row.capacity).kind) is not others_only.get(letter.signers)
    ]
