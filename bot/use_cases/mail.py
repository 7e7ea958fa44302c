"""People who are known by a mail address, and their wish for no more mails."""

from dataclasses import replace

from bot.letters.refusals import Reason, required
from bot.storage import letters, reminders
from bot.storage.database import Transaction, reading, writing
from bot.storage.privacy import addresses
from bot.storage.privacy.addresses import Keyring, LostKeyError

__all__ = ["Keyring", "LostKeyError", "address", "check", "never", "person", "prepare"]

address = reading(addresses.find)
check = reading(addresses.check)
person = reading(addresses.person_of)
prepare = writing(addresses.prepare)


@writing
def never(
    tx: Transaction, *, keys: Keyring, workspace: str, user: str, typed: str, share_id: str = ""
) -> bool:
    """Never write to an address again, if it is typed by whoever has the link from a mail to it.

    With the id of a letter's page, only mails about it end that answer no act of theirs.

    Returns:
        Whether the link belongs to the address.

    Raises:
        Refused: it is not a mail address.
    """
    found = addresses.person_of(tx, keys, workspace, typed)
    if found.user != user:
        return False
    if not share_id:
        addresses.bar(tx, workspace, found)
        return True
    letter = required(letters.by_share_id(tx, share_id), Reason.NO_SUCH_LETTER)
    said = reminders.wish(tx, letter.id, found)
    reminders.put_wish(tx, letter, found, replace(said, stopped=True))
    return True
