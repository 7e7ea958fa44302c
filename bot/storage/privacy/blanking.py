"""Blanking of people's data in endorsements, signatories and invitations; the rows stay.

Counts, hashes and times stay too. An entry of a delivered copy is left empty.
"""

import json
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import (
    Select,
    Table,
    Text,
    and_,
    bindparam,
    cast,
    delete,
    exists,
    or_,
    select,
    text,
    tuple_,
    update,
)

from bot.letters.audit import Act
from bot.letters.endorsement import WRITTEN, Kind, State
from bot.letters.people import Person
from bot.letters.standing import Standing
from bot.storage import sent_messages as messages
from bot.storage.database import Transaction
from bot.storage.privacy.audit_entries import ERASED
from bot.storage.privacy.digests import digest, key_of, user_digest
from bot.storage.tables import (
    approvals,
    audit_entries,
    corrections,
    delivered_copies,
    distinct_pairs,
    endorsements,
    inbox,
    invitations,
    letters,
    likely_pairs,
    merges,
    name_probes,
    objections,
    outbox,
    permissions,
    sent_messages,
    signatories,
    translations,
)
from bot.storage.tables.columns import as_json
from bot.storage.tables.privacy import OF_ENDORSEMENT

_SIGNERS_ACTS = (Act.WITHDRAWN, Act.CORRECTION_ACCEPTED, Act.CORRECTION_DECLINED)
_NO_SIGNER = {"team": "", "user": ""}
_NO_FACTS = dict.fromkeys(
    (
        *WRITTEN, "entry", "sort_name", "sort_fold", "sort_key", "key", "country_code", "source",
        "consent", "kept_consent",
    ),
    "",
)  # fmt: skip
_NO_SIGNATORY = dict.fromkeys(
    ("entry", "sort_fold", "sort_key", "country", "country_fold", "prefix", "plain_key"), ""
)
_NO_ENTRY = dict.fromkeys((*WRITTEN, "entry", "sort_under"), "")

_ABOUT_OTHERS: dict[Table, tuple[str, ...]] = {
    audit_entries: ("ground",),
    endorsements: ("answer",),
    invitations: ("note", "contact", "words"),
    approvals: ("reason",),
    objections: ("reason", "why"),
    permissions: ("given_by", "given_role"),
    translations: ("translator",),
}
"""Text columns that may mention other people."""


def blank_endorsements(tx: Transaction, ids: Collection[str]) -> None:
    """Blank endorsements and delete their corrections; an active endorsement ends."""
    if not ids:
        return
    kept = endorsements.c
    _forget_messages(tx, select(kept.letter, kept.team, kept.user).where(kept.id.in_(ids)))
    tx.execute(
        update(endorsements)
        .where(kept.id.in_(ids), kept.withdrawn_at.is_(None))
        .values(withdrawn_at=tx.now, ended=State.DROPPED.value)
    )
    barred = _digests_of_barred(tx, ids)
    tx.execute(
        update(endorsements)
        .where(kept.id.in_(ids))
        .values(erased_at=tx.now, **_NO_SIGNER, **_NO_FACTS)
    )
    for one, user in barred.items():
        tx.execute(update(endorsements).where(kept.id == one).values(user=user))
    tx.execute(delete(corrections).where(corrections.c.endorsement.in_(ids)))
    about = letters.c.id.in_(select(kept.letter).where(kept.id.in_(ids)))
    tx.execute(update(letters).where(about).values(revision=letters.c.revision + 1))
    # Undoing the merge would restore it.
    letter = select(kept.letter).where(kept.id == bindparam("one")).scalar_subquery()
    noted = cast(merges.c.done, Text).contains(bindparam("one"))
    tx.execute(
        delete(merges).where(merges.c.letter == letter, noted), [{"one": one} for one in ids]
    )
    entries = audit_entries.c
    # As a literal, so that SQLite uses the partial index.
    about = and_(text(OF_ENDORSEMENT), entries.endorsement.in_(ids))
    by_signers = entries.act.in_([act.value for act in _SIGNERS_ACTS])
    tx.execute(update(audit_entries).where(about).values(ground=""))
    said = (about, by_signers, entries.user != "")
    tx.execute(update(audit_entries).where(*said).values(team="", user=ERASED))


def _digests_of_barred(tx: Transaction, ids: Collection[str]) -> dict[str, str]:
    """Return digests of the people whose signature an organiser removed: they stay barred."""
    kept = endorsements.c
    rows = tx.execute(
        select(kept.id, kept.letter, kept.team, kept.user)
        .join(signatories, signatories.c.id == kept.signatory)
        .where(
            kept.id.in_(ids),
            kept.team != "",
            kept.user != "",
            or_(kept.ended == State.REMOVED.value, signatories.c.removed),
        )
    )
    return {
        row.id: user_digest(key_of(tx, row.letter), Person(row.team, row.user))
        for row in rows.all()
    }


def _forget_messages(tx: Transaction, whose: Select[Any, Any, Any]) -> None:
    """Empty the messages to people who no longer have a signature, and forget their places."""
    sent, kept = sent_messages.c, endorsements.c
    holds = exists().where(
        kept.letter == sent.letter,
        kept.team == sent.team,
        kept.user == sent.user,
        kept.withdrawn_at.is_(None),
    )
    messages.blank(tx, tuple_(sent.letter, sent.team, sent.user).in_(whose), ~holds)


def blank_signatories(tx: Transaction, letter: int, ids: Sequence[str]) -> None:
    """Blank signatories of one letter whose endorsements are all blanked.

    Their keys become digests; an organisation that was removed stays removed.
    """
    if not ids:
        return
    secret = key_of(tx, letter)
    kept = signatories.c
    rows = tx.execute(select(kept.id, kept.kind, kept.key).where(kept.id.in_(ids))).all()
    if rows:
        tx.execute(
            update(signatories)
            .where(kept.id == bindparam("one"))
            .values(
                key=bindparam("digest"),
                endorsements=0,
                confirmed=False,
                objections=0,
                pinned=0,
                standing=Standing.GONE.value,
                **_NO_SIGNATORY,
            ),
            [{"one": row.id, "digest": digest(secret, row.kind, row.key)} for row in rows],
        )
    pairs, likely = distinct_pairs.c, likely_pairs.c
    for statement in (
        delete(name_probes).where(name_probes.c.signatory.in_(ids)),
        delete(permissions).where(permissions.c.signatory.in_(ids)),
        delete(merges).where(or_(merges.c.keeps.in_(ids), merges.c.goes.in_(ids))),
        delete(distinct_pairs).where(or_(pairs.one.in_(ids), pairs.other.in_(ids))),
        delete(likely_pairs).where(or_(likely.one.in_(ids), likely.other.in_(ids))),
        update(objections)
        .where(objections.c.signatory.in_(ids))
        .values(name="", role="", reason="", why=""),
        update(audit_entries).where(audit_entries.c.signatory.in_(ids)).values(ground=""),
    ):
        tx.execute(statement)


def blank_invitations(tx: Transaction, letter: int, ids: Sequence[str]) -> None:
    """Blank the people in invitations; an organisation and its answer stay."""
    if not ids:
        return
    secret = key_of(tx, letter)
    kept = invitations.c
    _forget_messages(tx, select(kept.letter, kept.team, kept.user).where(kept.id.in_(ids)))
    people = and_(kept.id.in_(ids), kept.kind == Kind.PERSON.value)
    rows = tx.execute(select(kept.id, kept.kind, kept.key).where(people)).all()
    if rows:
        tx.execute(
            update(invitations).where(kept.id == bindparam("one")).values(key=bindparam("digest")),
            [{"one": row.id, "digest": digest(secret, row.kind, row.key)} for row in rows],
        )
    tx.execute(
        update(invitations)
        .where(kept.id.in_(ids))
        .values(name="", contact="", note="", words="", **_NO_SIGNER)
    )


def blank_copied(
    tx: Transaction, letter: int, parties: Collection[str], represented: Collection[str]
) -> int:
    """Blank signatories' entries in a letter's delivered copies; return how many.

    The entries of organisations that are `represented` (their ids, or the words about it) lose only
    their representative. The copies' hashes and counts stay unchanged.
    """
    gaps = 0
    copies = delivered_copies.c
    for row in tx.execute(
        select(copies.number, copies.entries, copies.parties).where(copies.letter == letter)
    ).all():
        entries: list[dict[str, Any]] = json.loads(row.entries)
        before = gaps
        for place, party in enumerate(json.loads(row.parties)):
            if party in parties and not entries[place].get("erased"):
                blank = {name: none for name, none in _NO_ENTRY.items() if name in entries[place]}
                entries[place] = {**entries[place], **blank, "erased": True}
                gaps += 1
            elif (said := entries[place].get("represented")) and {party, said} & {*represented}:
                shown = entries[place]["entry"].replace(f", {said}", "", 1)
                entries[place] = {**entries[place], "entry": shown, "represented": ""}
                gaps += 1
        if gaps > before:
            tx.execute(
                update(delivered_copies)
                .where(copies.letter == letter, copies.number == row.number)
                .values(entries=json.dumps(entries, ensure_ascii=False, separators=(",", ":")))
            )
    return gaps


def blank_mentions(tx: Transaction, workspace: str, names: Collection[str]) -> None:
    """Blank texts that others wrote in which a person's full name occurs.

    A name of one word is skipped: it may be another person's, or an everyday word.
    """
    whole = [name for name in names if len(name.split()) > 1]
    blank_owed(tx, workspace, (), whole)
    for name in whole:
        for table, columns in _ABOUT_OTHERS.items():
            said = or_(*(table.c[column].icontains(name, autoescape=True) for column in columns))
            tx.execute(
                update(table)
                .where(table.c.workspace == workspace, said)
                .values(dict.fromkeys(columns, ""))
            )


def blank_owed(
    tx: Transaction, workspace: str, ids: Collection[str], words: Collection[str]
) -> None:
    """Delete notices and messages, and blank answers, that contain endorsements' ids or entries."""
    found = [*ids, *(as_json(word)[1:-1] for word in words if word)]
    for part in found:
        subject = cast(outbox.c.subject, Text)
        tx.execute(
            delete(outbox).where(
                outbox.c.workspace == workspace,
                or_(
                    outbox.c.key.contains(part, autoescape=True),
                    subject.contains(part, autoescape=True),
                ),
            )
        )
        sent = cast(sent_messages.c.subject, Text)
        messages.blank(
            tx, sent_messages.c.workspace == workspace, sent.contains(part, autoescape=True)
        )
    for part in found:
        answer = cast(inbox.c.answer, Text)
        rows = tx.execute(
            select(inbox.c.key, inbox.c.answer).where(
                inbox.c.workspace == workspace, answer.contains(part, autoescape=True)
            )
        )
        for row in rows.all():
            blank = {
                name: "" if isinstance(of, str) and name in {"entry", "by"} else of
                for name, of in row.answer.items()
            }
            tx.execute(update(inbox).where(inbox.c.key == row.key).values(answer=blank))
