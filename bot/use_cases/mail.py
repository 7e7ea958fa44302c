"""The address and language of a mail's reader, and the reader's wish for no more mails."""

from bot.letters.people import Person
from bot.storage.database import Transaction, reading, writing
from bot.storage.privacy import addresses
from bot.storage.privacy.addresses import Address, Keyring, LostKeyError

__all__ = ["Address", "Keyring", "LostKeyError", "address", "never", "opens", "person", "prepare"]


@reading
def address(tx: Transaction, *, keys: Keyring, workspace: str, person: Person) -> Address | None:
    """Return a person's address; None if it was forgotten, or nothing may be sent there."""
    return addresses.find(tx, keys, workspace, person)


@reading
def person(tx: Transaction, *, keys: Keyring, workspace: str, address: str) -> Person:
    """Return the person with an address, whether or not anything is kept about them.

    Raises:
        Refused: it is not a mail address.
    """
    return addresses.person_of(tx, keys, workspace, address)


@writing
def prepare(tx: Transaction, *, keys: Keyring, workspace: str) -> None:
    """Make a workspace ready for addresses, and encrypt those it has with the first key.

    Raises:
        LostKeyError: none of the keys opens them.
    """
    addresses.prepare(tx, keys, workspace)


@reading
def opens(tx: Transaction, *, keys: Keyring) -> bool:
    """Return whether these keys open what was encrypted in this database."""
    try:
        addresses.check(tx, keys)
    except LostKeyError:
        return False
    return True


@writing
def never(tx: Transaction, *, keys: Keyring, workspace: str, user: str, typed: str) -> bool:
    """Never write to an address again, if it is typed by whoever has the link from a mail to it.

    Returns:
        Whether the link belongs to the address.

    Raises:
        Refused: it is not a mail address.
    """
    person = addresses.person_of(tx, keys, workspace, typed)
    if person.user != user:
        return False
    addresses.bar(tx, workspace, person)
    return True
