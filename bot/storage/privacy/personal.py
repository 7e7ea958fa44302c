"""Rows about one person, to show to them or to erase."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Table, Text, and_, cast, delete, or_, select, update

from bot.letters.audit import Act
from bot.letters.endorsement import Capacity, Kind, State
from bot.letters.people import MAIL, Person
from bot.letters.phases import Phase
from bot.names.filing import sort_fold
from bot.storage import sent_messages as messages
from bot.storage.database import Transaction
from bot.storage.privacy import addresses as mail_addresses
from bot.storage.privacy.audit_entries import ERASED
from bot.storage.tables import (
    addresses,
    amendments,
    approvals,
    audit_entries,
    codes,
    corrections,
    delivered_copies,
    distinct_pairs,
    endorsements,
    first_signers,
    inbox,
    invitations,
    letters,
    members,
    merges,
    metadata,
    objections,
    organisers,
    outbox,
    people,
    permissions,
    proposals,
    rate_limits,
    remembered_signatures,
    reminder_wishes,
    reminders,
    sent_messages,
    signatories,
    workspaces,
)
from bot.storage.tables.columns import as_json

_OWNED = (
    approvals, codes, first_signers, organisers, people, proposals, remembered_signatures, reminder_wishes, reminders,
)  # fmt: skip
"""Tables whose rows about a person are deleted on erasure."""
_AUTHORED = (
    amendments, audit_entries, corrections, delivered_copies, distinct_pairs, merges, objections,
    permissions,
)  # fmt: skip
"""Tables that record who did something: on erasure the act stays and the person is blanked."""
PAIRS = (("team", "user"), ("added_team", "added_user"), ("decided_team", "decided_user"),
          ("about_team", "about_user"), ("undone_team", "undone_user"))  # fmt: skip
_INTERNAL = frozenset(
    {"sealed", "sort_fold", "sort_key", "digest_key", "workspace", "clock", "key", "thread", "body",
     "entries", "parties"}
)  # fmt: skip
"""Columns not shown to people: internal search keys, and other people's texts."""


def rows_about(tx: Transaction, workspace: str, person: Person) -> dict[str, list[dict[str, Any]]]:
    """Return every row of a workspace about a person, by table, with the columns' names.

    Of an organisation that they signed for, only rows that name the person are included.
    """
    found: dict[str, list[dict[str, Any]]] = {}
    given = [one for _, one in endorsements_of(tx, workspace, person)]
    own = tx.execute(
        select(signatories.c.id)
        .join(endorsements, endorsements.c.signatory == signatories.c.id)
        .where(endorsements.c.id.in_(given), signatories.c.kind == Kind.PERSON.value)
        .distinct()
    )
    parties = list(own.scalars())
    for table in metadata.sorted_tables:
        names = _about(table, workspace, person, given, parties)
        if not names:
            continue
        rows = tx.execute(
            select(table).where(table.c.workspace == workspace, or_(*names))
        ).mappings()
        shown = [{name: of for name, of in row.items() if name not in _INTERNAL} for row in rows]
        if shown:
            found[table.name] = shown
    return found


def _about(
    table: Table, workspace: str, person: Person, given: list[str], parties: list[str]
) -> list[ColumnElement[bool]]:
    """Return conditions of which a row about a person or their signatures meets at least one."""
    if table is addresses:
        return [addresses.c.user == person.user] if person.by_mail else []
    if table is members:
        return [members.c.user == person.user] if person.team == workspace else []
    if table is outbox:
        return [outbox.c.target == person.user, *_mentions(outbox.c.subject, person)]
    if table is inbox:
        return [cast(inbox.c.answer, Text).contains(one) for one in given]
    if table is rate_limits:
        return [_paced(person)]
    if table is endorsements:
        return [endorsements.c.id.in_(given)]
    if table is signatories:
        return [signatories.c.id.in_(parties)]
    found = [
        and_(table.c[team] == person.team, table.c[user] == person.user)
        for team, user in PAIRS
        if team in table.c and user in table.c
    ]
    if "endorsement" in table.c:
        found.append(table.c.endorsement.in_(given))
    if "signatory" in table.c and table is not endorsements:
        found.append(table.c.signatory.in_(parties))
    return found


def known(tx: Transaction) -> set[tuple[str, Person]]:
    """Return every person named in any row, with the row's workspace."""
    found: set[tuple[str, Person]] = set()
    for table in metadata.sorted_tables:
        for team, user in PAIRS:
            if team in table.c and user in table.c and "workspace" in table.c:
                rows = tx.execute(
                    select(table.c.workspace, table.c[team], table.c[user]).distinct()
                )
                found |= {(row[0], Person(row[1], row[2])) for row in rows if row[1] and row[2]}
    rows = tx.execute(select(members.c.workspace, members.c.user).distinct())
    found |= {(row[0], Person(row[0], row[1])) for row in rows}
    rows = tx.execute(select(addresses.c.workspace, addresses.c.user))
    return found | {(row[0], Person(MAIL, row[1])) for row in rows}


def endorsements_of(tx: Transaction, workspace: str, person: Person) -> list[tuple[int, str]]:
    """Return letter and id of all endorsements that a person ever gave, sorted.

    Among them are those that were collected for them, and gave way to one of theirs.
    """
    kept, own = endorsements.c, endorsements.alias()
    rows = tx.execute(select(kept.letter, kept.id).where(_names(endorsements, workspace, person)))
    papers = tx.execute(
        select(kept.letter, kept.id, kept.name, kept.capacity, own.c.name.label("theirs"))
        .join(own, own.c.signatory == kept.signatory)
        .where(_names(own, workspace, person), kept.user == "", kept.ended == State.MERGED.value)
    )
    superseded = {
        (row.letter, row.id)
        for row in papers
        if row.capacity != Capacity.ORGANISATION or sort_fold(row.name) == sort_fold(row.theirs)
    }
    return sorted({(row.letter, row.id) for row in rows} | superseded)


def invitations_of(tx: Transaction, workspace: str, person: Person) -> dict[int, list[str]]:
    """Return the ids of a person's invitations, by letter."""
    kept = invitations.c
    rows = tx.execute(select(kept.letter, kept.id).where(_names(invitations, workspace, person)))
    found: dict[int, list[str]] = {}
    for row in rows:
        found.setdefault(row.letter, []).append(row.id)
    return found


def words_of(tx: Transaction, endorsed: Collection[str]) -> set[str]:
    """Return all past and present entries of endorsements, as notices may quote them."""
    entries = {
        row.entry
        for row in tx.execute(select(endorsements.c.entry).where(endorsements.c.id.in_(endorsed)))
    }
    changed = tx.execute(
        select(corrections.c.proposed).where(corrections.c.endorsement.in_(endorsed))
    )
    for row in changed:
        entries |= {str(row.proposed.get("old", "")), str(row.proposed.get("entry", ""))}
    return entries - {""}


def collected_entries(tx: Transaction, letter: int | None = None) -> list[tuple[int, str, str]]:
    """Return letter, entry and endorsement of people without an account.

    A person's entry may have been another when it was collected. Who signed for an organisation is
    found by their name.
    """
    kept = endorsements.c
    rows = tx.execute(
        select(kept.letter, kept.id, kept.capacity, kept.name, kept.entry, signatories.c.entry)
        .join(signatories, kept.signatory == signatories.c.id)
        .where(
            kept.user == "",
            kept.erased_at.is_(None),
            *(() if letter is None else (kept.letter == letter,)),
        )
    )
    found: set[tuple[int, str, str]] = set()
    for number, given, capacity, name, *entries in rows:
        named = [name] if capacity == Capacity.ORGANISATION else entries
        found |= {(number, entry, given) for entry in named if entry}
    return sorted(found)


def names_of(tx: Transaction, workspace: str, person: Person) -> set[str]:
    """Return a person's names in a workspace, as typed by them or by organisers."""
    found: set[str] = set()
    for table in (endorsements, objections, invitations, remembered_signatures):
        rows = tx.execute(select(table.c.name).where(_names(table, workspace, person)).distinct())
        found |= {row.name for row in rows}
    theirs = select(endorsements.c.withheld).where(_names(endorsements, workspace, person))
    return (found | {*tx.execute(theirs.distinct()).scalars()}) - {""}


def run_alone(tx: Transaction, workspace: str, person: Person) -> list[int]:
    """Return the letters with a person as their only organiser; a cancelled one needs none."""
    own = organisers.alias()
    rows = tx.execute(
        select(own.c.letter).where(
            _names(own, workspace, person),
            own.c.letter.in_(select(letters.c.id).where(letters.c.phase != Phase.CANCELLED.value)),
            ~select(organisers.c.letter)
            .where(
                organisers.c.letter == own.c.letter,
                or_(organisers.c.team != person.team, organisers.c.user != person.user),
            )
            .exists(),
        )
    )
    return sorted(row.letter for row in rows)


def erase_rows(tx: Transaction, workspace: str, person: Person) -> None:
    """Delete a person's own rows, and blank the person in rows about their acts."""
    messages.blank(tx, _names(sent_messages, workspace, person))
    for table in _OWNED:
        tx.execute(delete(table).where(_names(table, workspace, person)))
    if person.team == workspace:
        tx.execute(
            delete(members).where(members.c.workspace == workspace, members.c.user == person.user)
        )
    if person.by_mail:
        mail_addresses.forget(tx, workspace, person)
    said = _names(objections, workspace, person)
    # Open objections must have different authors, so each gets its own id as the user.
    tx.execute(
        update(objections)
        .where(said)
        .values(name="", role="", reason="", team="", user=objections.c.id)
    )
    tx.execute(
        update(audit_entries)
        .where(
            _names(audit_entries, workspace, person),
            audit_entries.c.act.in_([Act.OBJECTED.value, Act.APPROVED.value]),
        )
        .values(ground="")
    )
    if person.by_mail:
        # Theirs are approvals by mail, which hold the domain of their address.
        given = _names(permissions, workspace, person)
        tx.execute(update(permissions).where(given).values(given_by=""))
    asked = _names(approvals, workspace, person, ("decided_team", "decided_user"))
    tx.execute(delete(approvals).where(asked))
    inviting = _names(invitations, workspace, person, ("added_team", "added_user"))
    tx.execute(update(invitations).where(inviting).values(words="", added_team="", added_user=""))
    for table in (*_AUTHORED, endorsements):
        for team, user in PAIRS:
            if team in table.c and user in table.c:
                empty = "" if not table.c[user].nullable else None
                gone = ERASED if table is audit_entries and user == "user" else empty
                tx.execute(
                    update(table)
                    .where(_names(table, workspace, person, (team, user)))
                    .values({team: empty, user: gone})
                )
    for statement in (
        delete(outbox).where(outbox.c.workspace == workspace, outbox.c.target == person.user),
        # For example a message to a person whom they made an organiser.
        delete(outbox).where(
            outbox.c.workspace == workspace, or_(*_mentions(outbox.c.subject, person))
        ),
        # The rate limit of messages to them contains their id.
        delete(rate_limits).where(rate_limits.c.workspace == workspace, _paced(person)),
    ):
        tx.execute(statement)
    mentions = or_(*_mentions(sent_messages.c.subject, person))
    messages.blank(tx, sent_messages.c.workspace == workspace, mentions)


def blank_answers(tx: Transaction, workspace: str) -> None:
    """Blank every entry and name in a workspace's stored answers of the last days."""
    rows = tx.execute(select(inbox.c.key, inbox.c.answer).where(inbox.c.workspace == workspace))
    for row in rows.all():
        if row.answer and {"entry", "by", "title"} & {*row.answer}:
            blank = {
                name: "" if name in {"entry", "by", "title"} else of
                for name, of in row.answer.items()
            }
            tx.execute(update(inbox).where(inbox.c.key == row.key).values(answer=blank))


def drop_workspace(tx: Transaction, workspace: str) -> None:
    """Delete a workspace and all its rows."""
    tx.execute(delete(workspaces).where(workspaces.c.id == workspace))


def _mentions(column: Any, person: Person) -> list[ColumnElement[bool]]:
    return [cast(column, Text).contains(as_json(one)) for one in (person.user, str(person))]


def _paced(person: Person) -> ColumnElement[bool]:
    return rate_limits.c.bucket.endswith(person.user, autoescape=True)


def _names(
    table: Any, workspace: str, person: Person, pair: tuple[str, str] = ("team", "user")
) -> ColumnElement[bool]:
    return and_(
        table.c.workspace == workspace,
        table.c[pair[0]] == person.team,
        table.c[pair[1]] == person.user,
    )
