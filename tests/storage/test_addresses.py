"""Mail addresses in the database: encrypted, recognised, forgotten, and never written to again."""

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import select

from bot.letters.people import Person
from bot.storage import workspaces
from bot.storage.database import Database, Transaction
from bot.storage.privacy import addresses
from bot.storage.privacy.addresses import Address, Keyring, LostKeyError
from bot.storage.tables import addresses as table
from bot.storage.tables import workspaces as workspace_table
from tests.support.letters import rows

HERE, ADA = "T1", "ada.moreau@example.org"
OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


@pytest.fixture(name="keys")
async def _keys(database: Database) -> Keyring:
    """Keys of a workspace that is ready for addresses."""
    keys = Keyring([OLD])
    await database.write(lambda tx: workspaces.know(tx, HERE, "Open Futures"))
    await database.write(lambda tx: addresses.prepare(tx, keys, HERE))
    return keys


def _stored(tx: Transaction) -> str:
    return repr([*tx.execute(select(table)), *tx.execute(select(workspace_table))])


async def _kept(database: Database, keys: Keyring, address: str = ADA) -> Person:
    return await database.write(lambda tx: addresses.keep(tx, keys, HERE, address, "fr"))


async def _found(database: Database, keys: Keyring, person: Person) -> Address | None:
    return await database.read(lambda tx: addresses.find(tx, keys, HERE, person))


async def test_kept(database: Database, keys: Keyring) -> None:
    """An address is one person however it is typed, kept with its language, and not in clear."""
    ada = await _kept(database, keys)

    assert ada.by_mail
    assert ada.user.isalpha()
    assert await _kept(database, keys, " Ada.Moreau@EXAMPLE.org") == ada
    assert await _kept(database, keys, "adamoreau@example.org") != ada
    assert await _found(database, keys, ada) == Address(ADA, "fr")
    stored = await database.read(_stored)
    assert "moreau" not in stored.lower()
    assert "example" not in stored.lower()


async def test_known_or_not(database: Database, keys: Keyring) -> None:
    """An address is the same person whether or not it is kept."""
    unknown = await database.read(lambda tx: addresses.person_of(tx, keys, HERE, ADA))

    assert await _found(database, keys, unknown) is None
    assert await _kept(database, keys) == unknown


async def test_forgotten(database: Database, keys: Keyring) -> None:
    """A forgotten address is gone."""
    ada = await _kept(database, keys)
    await database.write(lambda tx: addresses.forget(tx, HERE, ada))

    assert await _found(database, keys, ada) is None
    assert ada.user not in await database.read(_stored)


async def test_never_again(database: Database, keys: Keyring) -> None:
    """An address that is never to be written to is kept as a digest alone, whatever follows."""
    ada = await _kept(database, keys)
    await database.write(lambda tx: addresses.bar(tx, HERE, ada))
    await _kept(database, keys)
    await database.write(lambda tx: addresses.forget(tx, HERE, ada))

    assert await _found(database, keys, ada) is None
    bo = await _kept(database, keys, "bo@example.org")
    found = {one["user"]: one["sealed"] is None for one in await rows(database, "addresses")}
    assert found == {ada.user: True, bo.user: False}


async def test_new_key(database: Database, keys: Keyring) -> None:
    """With a new first key people stay the same, and the old key is no longer needed."""
    ada = await _kept(database, keys)
    both, new = Keyring([NEW, OLD]), Keyring([NEW])
    await database.write(lambda tx: addresses.prepare(tx, both, HERE))
    await database.write(lambda tx: addresses.prepare(tx, new, HERE))

    assert await _found(database, new, ada) == Address(ADA, "fr")
    assert await _kept(database, new) == ada


async def test_lost_key(database: Database, keys: Keyring) -> None:
    """Without the key that encrypted them nothing is opened, and nothing is changed."""
    ada = await _kept(database, keys)
    before = await database.read(_stored)
    with pytest.raises(LostKeyError):
        await database.write(lambda tx: addresses.prepare(tx, Keyring([NEW]), HERE))

    assert await database.read(_stored) == before
    assert await _found(database, keys, ada) == Address(ADA, "fr")
