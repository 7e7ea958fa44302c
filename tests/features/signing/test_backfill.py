import asyncio

from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.features.lifecycle import use_cases as lifecycle
from bot.features.signing.use_cases import signatures
from bot.features.signing.use_cases.backfill import file_released
from bot.storage.database import Database, Transaction
from bot.storage.tables.columns import as_json
from tests.support.clock import Clock
from tests.support.letters import (
    MEMBER,
    OTHER_MEMBER,
    WORKSPACE,
    a_delivery,
    an_open_letter,
    for_organisation,
    rows,
    signs,
    the_letter,
)


async def test_signed_meanwhile(postgres_url: str, clock: Clock) -> None:
    """Who signs while a worker files what they sign for is on the list, and counted."""
    async with Database(postgres_url, clock=clock.now) as database:
        await lifecycle.know_workspace(database, workspace=WORKSPACE, name="Coalition")
        letter = await an_open_letter(database)
        await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, "EFF"))
        # As the first release would have left it.
        await database.write(
            lambda tx: tx.connection.execute(text("UPDATE signatories SET sort_key = ''")).rowcount
        )
        second = signatures.SignRequest(
            letter=letter.id,
            actor=OTHER_MEMBER,
            signature=for_organisation(OTHER_MEMBER, letter, "EFF"),
            delivery=a_delivery(),
            confirms=True,
        )

        def sign(connection: Connection) -> None:
            signatures.sign_all(Transaction(connection, clock.now()), [second])

        replica = create_async_engine(postgres_url, json_serializer=as_json)
        async with replica.begin() as connection:
            await connection.run_sync(sign)
            # Its transaction is still open: the worker has to wait for it.
            filing = asyncio.create_task(file_released(database))
            await asyncio.wait([filing], timeout=0.5)
        await filing
        await replica.dispose()

        (party,) = await rows(database, "signatories")
        assert party["endorsements"] == 2
        assert party["sort_key"]
        assert (await the_letter(database, letter.id)).tally.organisations == 1
