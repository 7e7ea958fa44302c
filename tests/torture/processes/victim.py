"""A process that signs while somebody breaks what is under it; forked from one that is prepared."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection

from bot.features.signing.use_cases import signatures
from bot.letters.letter import Letter
from bot.storage.database import Database
from bot.storage.engines import sqlite
from tests.support.letters import a_signature, an_actor, for_organisation

TRIES = 3
CARELESS = ("journal_mode=OFF", "synchronous=OFF", "foreign_keys=ON")
READY, GO = "ready", "go"
GONE_WRONG = Exception
"""Any error: somebody is told that it went wrong, and tries again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The part of a victim before it says that it is ready, and after it is told to go."""

    before: range
    """Those who sign before, one after the other; without any the file is not even open."""
    after: range
    """Those who sign afterwards, all at once."""
    checkpoint: int = 1000
    """After so many pages the log is written back into the file."""
    carelessly: bool = False
    """Without a journal: what is half written stays so."""


def trigger(number: int) -> str:
    """The key of somebody's Sign."""
    return f"sweep.{number:06}"


def user(number: int) -> str:
    """Somebody's user id."""
    return f"U{number:06}"


def live(url: str, letter: Letter, part: Part, pipe: Connection) -> None:
    """Sign, and say through the pipe who was thanked for which entry."""
    if part.carelessly:
        sqlite.PRAGMAS = CARELESS
    asyncio.run(_live(url, letter, part, pipe))


async def _live(url: str, letter: Letter, part: Part, pipe: Connection) -> None:
    async with Database(url) as database:
        for number in part.before:
            await _sign(database, letter, number, pipe)
        if part.before:
            pragma = f"PRAGMA wal_autocheckpoint={part.checkpoint}"
            await database.write(lambda tx: tx.connection.exec_driver_sql(pragma).all())
        pipe.send(READY)
        assert pipe.recv() == GO
        await asyncio.gather(*(_sign(database, letter, number, pipe) for number in part.after))


async def _sign(database: Database, letter: Letter, number: int, pipe: Connection) -> None:
    """Let one sign, and try again if told that it went wrong."""
    actor = an_actor(user(number))
    signature = (
        for_organisation(actor, letter, f"Organisation {number}")
        if number % 2
        else a_signature(actor, letter, name=f"Signer {number}")
    )
    request = signatures.SignRequest(
        letter=letter.id, actor=actor, signature=signature, trigger=trigger(number)
    )
    for _ in range(TRIES):
        with suppress(GONE_WRONG):
            signed = await signatures.sign(database, request)
            pipe.send((user(number), signed.entry))
            return
