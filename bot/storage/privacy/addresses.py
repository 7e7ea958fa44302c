"""Mail addresses of people without an account: encrypted, and recognised by a keyed digest.

The key of the digests is random, one per workspace, and lies encrypted in the database. If it were
taken from SECRET_KEYS, a new key there would make everyone a stranger who cannot withdraw.
"""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, select, update

from bot.letters.mail import normalised
from bot.letters.people import MAIL, Person
from bot.storage.database import Transaction
from bot.storage.prepared import insert_into
from bot.storage.tables import addresses, people, refused_domains, workspaces

_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")


class LostKeyError(Exception):
    """Raised if none of the keys given opens what is in the database."""


class Keyring:
    """The keys of SECRET_KEYS: the first encrypts, all decrypt."""

    def __init__(self, keys: Sequence[str]) -> None:
        # Installations without mail need not load it.
        from cryptography.fernet import Fernet, InvalidToken, MultiFernet  # noqa: PLC0415

        self._first, self._all = Fernet(keys[0]), MultiFernet([Fernet(key) for key in keys])
        self._invalid = InvalidToken

    def seal(self, text: str) -> str:
        """Return a text encrypted with the first key."""
        return self._first.encrypt(text.encode()).decode()

    def unseal(self, sealed: str) -> str:
        """Return an encrypted text in clear.

        Raises:
            LostKeyError: it was encrypted with a key that is not among these.
        """
        try:
            return self._all.decrypt(sealed).decode()
        except self._invalid:
            raise LostKeyError from None

    def is_current(self, sealed: str) -> bool:
        """Return whether a text was encrypted with the first key."""
        try:
            self._first.decrypt(sealed)
        except self._invalid:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Address:
    """A person's address, and the language in which they are written to."""

    address: str
    language: str


def person_of(tx: Transaction, keys: Keyring, workspace: str, address: str) -> Person:
    """Return the person with an address, the same whether or not anything is kept about them.

    Raises:
        Refused: it is not a mail address.
    """
    said = normalised(address).encode()
    made = hmac.new(_digest_key(tx, keys, workspace), said, hashlib.sha256).hexdigest()
    # Letters only: mails and links hold it, and digits there could be taken for a code.
    return Person(MAIL, made[:32].translate(_LETTERS))


def _digest_key(tx: Transaction, keys: Keyring, workspace: str) -> bytes:
    found = select(workspaces.c.address_key).where(workspaces.c.id == workspace)
    return bytes.fromhex(keys.unseal(tx.execute(found).scalar_one()))


def derived(tx: Transaction, keys: Keyring, workspace: str, purpose: str) -> bytes:
    """Return a key for another purpose, which stays the same when SECRET_KEYS change."""
    return hmac.new(_digest_key(tx, keys, workspace), purpose.encode(), hashlib.sha256).digest()


def keep(tx: Transaction, keys: Keyring, workspace: str, address: str, language: str) -> Person:
    """Keep an address and its language, unless nothing may be sent there; return its person.

    Raises:
        Refused: it is not a mail address.
    """
    person = person_of(tx, keys, workspace, address)
    sealed = keys.seal(normalised(address))
    given = {"sealed": sealed, "language": language, "kept_at": tx.now}
    statement = insert_into(tx, addresses).values(workspace=workspace, user=person.user, **given)
    tx.execute(
        statement.on_conflict_do_update(
            index_elements=["workspace", "user"],
            set_=given,
            where=addresses.c.sealed.is_not(None),
        )
    )
    return person


def find(tx: Transaction, keys: Keyring, workspace: str, person: Person) -> Address | None:
    """Return a person's address; None if it was forgotten, or nothing may be sent there."""
    row = tx.execute(
        select(addresses.c.sealed, addresses.c.language).where(*_is(workspace, person))
    ).first()
    return Address(keys.unseal(row.sealed), row.language) if row and row.sealed else None


def is_barred(tx: Transaction, workspace: str, person: Person) -> bool:
    """Return whether nothing may be sent to a person's address."""
    barred = select(addresses.c.user).where(*_is(workspace, person), addresses.c.sealed.is_(None))
    return tx.execute(barred).first() is not None


def is_refused(tx: Transaction, letter: int, domain: str) -> bool:
    """Return whether signatures of a letter from a domain, or one that it is part of, are refused."""
    kept = refused_domains.c
    parts = domain.split(".")
    above = [".".join(parts[start:]) for start in range(len(parts))]
    found = select(kept.domain).where(kept.letter == letter, kept.domain.in_(above))
    return tx.execute(found).first() is not None


def forget(tx: Transaction, workspace: str, person: Person) -> None:
    """Delete a person's address; that nothing may be sent there is kept."""
    is_kept = addresses.c.sealed.is_not(None)
    tx.execute(delete(addresses).where(*_is(workspace, person), is_kept))


def bar(tx: Transaction, workspace: str, person: Person) -> None:
    """Delete a person's address, and keep that nothing may be sent there any more."""
    never = {"sealed": None, "language": "", "kept_at": tx.now}
    tx.execute(
        insert_into(tx, addresses)
        .values(workspace=workspace, user=person.user, **never)
        .on_conflict_do_update(index_elements=["workspace", "user"], set_=never)
    )
    known = (people.c.workspace == workspace, people.c.team == MAIL, people.c.user == person.user)
    # They are planned no reminders, and counted nowhere as reached.
    tx.execute(update(people).where(*known).values(reachable=False))


def prepare(tx: Transaction, keys: Keyring, workspace: str) -> None:
    """Make a workspace's key, or encrypt it and all addresses anew if the first key has changed.

    Raises:
        LostKeyError: none of the keys opens them.
    """
    is_here = workspaces.c.id == workspace
    # Locked, because two processes that start together would write the same rows.
    held = select(workspaces.c.address_key).where(is_here).with_for_update()
    sealed = tx.execute(held).scalar_one()
    if sealed and keys.is_current(sealed):
        return
    key = keys.seal(keys.unseal(sealed) if sealed else secrets.token_hex(32))
    tx.execute(update(workspaces).where(is_here).values(address_key=key))
    rows = tx.execute(
        select(addresses.c.user, addresses.c.sealed).where(
            addresses.c.workspace == workspace, addresses.c.sealed.is_not(None)
        )
    ).all()
    for row in rows:
        anew = keys.seal(keys.unseal(row.sealed))
        tx.execute(
            update(addresses).where(*_is(workspace, Person(MAIL, row.user))).values(sealed=anew)
        )


def check(tx: Transaction, keys: Keyring) -> None:
    """Open the key of each workspace.

    Raises:
        LostKeyError: none of the keys opens one of them.
    """
    for sealed in tx.execute(select(workspaces.c.address_key)).scalars():
        if sealed:
            keys.unseal(sealed)


def _is(workspace: str, person: Person) -> tuple[ColumnElement[bool], ...]:
    return addresses.c.workspace == workspace, addresses.c.user == person.user
