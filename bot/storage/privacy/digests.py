"""Digests of erased keys, by which a returning signer or organisation is recognised.

The digest key is random, one per letter, and deleted with the letter. Without it nobody can find
out whose digest it is.
"""

import hashlib
import hmac
import secrets
from collections.abc import Collection, Mapping
from dataclasses import replace

from sqlalchemy import and_, or_, select, update

from bot.letters.people import Person
from bot.letters.phases import Phase
from bot.letters.signatory import PartyKey, Signatory
from bot.storage.database import Transaction
from bot.storage.prepared import Question, insert_into
from bot.storage.tables import letters, reminder_wishes

MARK = "~"
"""First character of every digest; no party's key begins with it."""

_KEYS = Question(
    lambda among: select(letters.c.id, letters.c.digest_key).where(
        among(letters.c.id, "letters"), letters.c.digest_key != ""
    )
)


def key_of(tx: Transaction, letter: int) -> str:
    """Return a letter's digest key; make one if there is none yet."""
    known = keys_of(tx, {letter}).get(letter)
    if known:
        return known
    made = secrets.token_hex(32)
    tx.execute(update(letters).where(letters.c.id == letter).values(digest_key=made))
    return made


def keys_of(tx: Transaction, among: Collection[int]) -> dict[int, str]:
    """Return the digest keys of those letters from which somebody was erased."""
    return {row.id: row.digest_key for row in _KEYS.ask(tx, letters=among)}


def digest(key: str, kind: str, value: str) -> str:
    """Return the digest of a party's key: `~` and 32 hexadecimal digits of an HMAC-SHA-256.

    A value that is a digest already is returned unchanged.
    """
    if value.startswith(MARK):
        return value
    made = hmac.new(bytes.fromhex(key), f"{kind}|{value}".encode(), hashlib.sha256)
    return f"{MARK}{made.hexdigest()[:32]}"


def user_digest(key: str, person: Person) -> str:
    """Return a digest to store in place of a person's user id, cut to that column's length."""
    return digest(key, "user", str(person))[:32]


def digests_of(tx: Transaction, keys: Collection[PartyKey]) -> dict[PartyKey, PartyKey]:
    """Return a mapping from digests to party keys, for letters with erasures."""
    secrets_of = keys_of(tx, {letter for letter, _, _ in keys})
    return {
        (letter, kind, digest(secrets_of[letter], kind.value, key)): (letter, kind, key)
        for letter, kind, key in keys
        if letter in secrets_of
    }


def recognised(
    found: Mapping[PartyKey, Signatory], digests: Mapping[PartyKey, PartyKey]
) -> dict[PartyKey, Signatory]:
    """Return signatories by their own keys, including those found by a digest.

    A signatory found by a digest gets its own key back.
    """
    if not digests:
        return dict(found)
    own = {digests.get(key, key): one for key, one in found.items()}
    return {key: replace(one, key=key[2]) for key, one in own.items()}


_ENDED = (Phase.CLOSED.value, Phase.DELIVERED.value, Phase.CANCELLED.value)


def exempt(tx: Transaction, workspace: str, person: Person) -> None:
    """Exempt a person who is being erased from the reminders of all open letters."""
    rows = tx.execute(
        select(letters.c.id).where(letters.c.workspace == workspace, letters.c.phase.not_in(_ENDED))
    )
    for row in rows.all():
        tx.execute(
            insert_into(tx, reminder_wishes)
            .values(
                letter=row.id,
                team="",
                user=user_digest(key_of(tx, row.id), person),
                workspace=workspace,
                stopped=True,
                said_at=tx.now,
            )
            .on_conflict_do_nothing()
        )


def is_exempt(tx: Transaction, letter: int, person: Person) -> bool:
    """Return whether a person was erased while a letter was open, and made no choice since."""
    key = keys_of(tx, {letter}).get(letter)
    if key is None:
        return False
    kept = reminder_wishes.c
    theirs = or_(
        and_(kept.team == "", kept.user == user_digest(key, person)),
        and_(kept.team == person.team, kept.user == person.user),
    )
    found = tx.execute(select(kept.team).where(kept.letter == letter, theirs))
    return [row.team for row in found] == [""]
