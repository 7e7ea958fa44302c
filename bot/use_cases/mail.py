"""People who are known by a mail address, and their wish for no more mails."""

from bot.storage.database import Transaction, reading, writing
from bot.storage.privacy import addresses
from bot.storage.privacy.addresses import Keyring, LostKeyError

__all__ = ["Keyring", "LostKeyError", "address", "check", "never", "person", "prepare"]

address = reading(addresses.find)
check = reading(addresses.check)
person = reading(addresses.person_of)
prepare = writing(addresses.prepare)


@writing
def never(tx: Transaction, *, keys: Keyring, workspace: str, user: str, typed: str) -> bool:
    """Never write to an address again, if it is typed by whoever has the link from a mail to it.

    Returns:
        Whether the link belongs to the address.

    Raises:
        Refused: it is not a mail address.
    """
    found = addresses.person_of(tx, keys, workspace, typed)
    if found.user != user:
        return False
    addresses.bar(tx, workspace, found)
    return True
