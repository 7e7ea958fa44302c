"""Steps common to all erasing commands: confirmation, list of erasures, and result."""

import asyncio
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from bot.commands.terminal import agrees, say
from bot.features.privacy.use_cases.erasure import ErasedPerson
from bot.schema import opened_database
from bot.settings import Settings, SettingsError
from bot.storage import workspaces
from bot.storage.database import Database
from bot.storage.privacy.erasure_list import ListError


def ask(shown: str, *, yes: bool, quiet: bool = False) -> None:
    """Show what would be erased and ask for confirmation; exit if it is refused."""
    if not agrees("Erase it? [y/N] ", shown, yes=yes, quiet=quiet):
        sys.exit("undersigned: nothing was erased. Answer with y, or give --yes.")


@asynccontextmanager
async def erasing(settings: Settings) -> AsyncGenerator[Database]:
    """Open the database for an erasure, and remove all traces of the erased data from its files."""
    try:
        async with opened_database(settings) as database:
            if database.erasures is None:
                raise SettingsError(
                    "Nothing was done: ERASURES isn't set. Without a list of erasures, people would "
                    "come back with a backup. Set it to a file beside your backups."
                )
            try:
                yield database
            except SettingsError:
                # There is nothing to erase, perhaps since an erasure that was killed.
                await _scrub(database)
                raise
            await _scrub(database)
    except (OSError, ListError) as error:
        raise SettingsError(
            f"Nothing was erased: the list of erasures can't be written ({error}). Set ERASURES to "
            "a file beside your backups."
        ) from error


async def _scrub(database: Database) -> None:
    await database.scrub()
    # A running bot may keep erased data in the write-ahead log for a moment.
    for _ in range(10):
        if await database.scrub_again():
            return
        await asyncio.sleep(0.5)
    raise SettingsError(
        "Another process still holds erased words in the write-ahead log. Run this again when it "
        "has ended, or restart the bot."
    )


async def workspace_named(database: Database, named: str) -> str:
    """Check a workspace id and return it; if it is empty, return the only workspace's id."""
    known = await database.read(workspaces.every)
    if named in known:
        return named
    if not named and len(known) == 1:
        return known[0]
    listed = ", ".join(known) or "none"
    raise SettingsError(f"Name the workspace with --workspace. Known here: {listed}.")


def say_erased(done: ErasedPerson, *, json: bool = False) -> None:
    """Print the numbers of erased signatures and of gaps in delivered copies."""
    text = f"Erased: {done.signatures} signatures; gaps in delivered copies: {done.gaps}."
    say(text, {"signatures": done.signatures, "gaps": done.gaps}, json=json)
