"""`undersigned people export` and `erase`, and `workspace erase`: stored data, and its end."""

import asyncio
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from bot.commands.terminal import NO_QUESTIONS, AsJson, Flag, agrees, say
from bot.features.privacy.slack.kept_views import column_words, table_words
from bot.features.privacy.table import kept_as_json, kept_as_page
from bot.features.privacy.use_cases import erasure
from bot.features.privacy.use_cases.erasure import ErasedPerson
from bot.letters.people import Person
from bot.locales import words
from bot.schema import alone, opened_database
from bot.settings import Settings, SettingsError, read, split_keys
from bot.storage import workspaces
from bot.storage.database import Database
from bot.storage.privacy.erasure_list import ListError
from bot.use_cases import mail
from bot.use_cases.mail import Keyring


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
                    "Nothing was done: ERASURES isn't set. Without it, erased people would come "
                    "back when a backup is restored. Set it to a file beside your backups."
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


async def people_export(
    user: str, *, page: Flag = False, team: str = "", workspace: str = ""
) -> None:
    """Write all stored data about a person to standard output, as JSON.

    Args:
        user: Their Slack member ID (U… or W…), or the email address that they signed with.
        page: Write an HTML page instead, to read, print or send.
        team: The ID of the workspace of their account, if it differs from the letters' workspace.
        workspace: The ID of the letters' workspace, if there are several.
    """
    settings = read()
    async with opened_database(settings) as database:
        here = await workspace_named(database, workspace)
        kept = await _kept(settings, database, here, team, user)
    person = kept.person
    if page:
        t = words("en")
        text = kept_as_page(
            person, kept.at, kept.tables, kept.titles, table_words(t), column_words(t)
        )
    else:
        text = kept_as_json(person, kept.at, kept.tables)
    sys.stdout.buffer.write(text.encode())


async def people_erase(
    user: str, *, team: str = "", workspace: str = "", yes: Flag = False, json: AsJson = False
) -> None:
    """Erase all data about a person for good; current signatures are withdrawn first.

    A delivered copy keeps its hash and shows a gap.

    Args:
        user: Their Slack member ID (U… or W…), or the email address that they signed with.
        team: The ID of the workspace of their account, if it differs from the letters' workspace.
        workspace: The ID of the letters' workspace, if there are several.
        yes: Do it without asking.
        json: Print `{signatures, gaps}` for machines; needs --yes.
    """
    if json and not yes:
        sys.exit(NO_QUESTIONS)
    ask(f"Everything about {user}.", yes=yes, quiet=json)
    settings = read()
    async with erasing(settings) as database:
        here = await workspace_named(database, workspace)
        person = (await _kept(settings, database, here, team, user)).person
        done = await erasure.erase_person(database, workspace=here, person=person)
    say_erased(done, json=json)


async def _kept(
    settings: Settings, database: Database, workspace: str, team: str, user: str
) -> erasure.Kept:
    """Return what is kept about a person; a mistyped id must not look like an unknown person."""
    person = Person(team or workspace, user)
    named = str(person)
    if "@" in user:
        named = user
        if settings.secret_keys is None:
            raise SettingsError("SECRET_KEYS isn't set, so email addresses can't be recognised.")
        keys = Keyring(split_keys(settings.secret_keys))
        person = await mail.person(database, keys=keys, workspace=workspace, address=user)
    kept = await erasure.kept_about(database, workspace=workspace, person=person)
    if not kept.tables:
        raise SettingsError(
            f"Nothing is kept about {named}. Check the member ID or the address, and --team for an "
            "account of another workspace."
        )
    return kept


async def workspace_erase(workspace: str = "", *, yes: Flag = False) -> None:
    """Erase a workspace with all its letters for good.

    Args:
        workspace: Its ID (T…), if there are several.
        yes: Do it without asking.
    """
    ask(
        f"{f'Workspace {workspace}' if workspace else 'The workspace'}, with all its letters.",
        yes=yes,
    )
    settings = read()
    with alone(settings):
        async with erasing(settings) as database:
            here = await workspace_named(database, workspace)
            await erasure.erase_workspace(database, workspace=here)
    print(f"Erased: {here}")
