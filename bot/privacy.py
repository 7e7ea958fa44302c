"""Work of an operator on personal data: the history of a letter, export, erasure."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from bot.features.privacy.slack.history_words import act_words, reason_words, who_words
from bot.features.privacy.slack.kept_views import table_words
from bot.features.privacy.table import kept_as_json, kept_as_page, write_history
from bot.features.privacy.use_cases import erasure, history
from bot.features.privacy.use_cases.erasure import ErasedPerson
from bot.letters.people import Person
from bot.locales import words
from bot.schema import opened_database
from bot.settings import Settings, SettingsError
from bot.storage import workspaces
from bot.storage.database import Database
from bot.storage.privacy.erasure_list import ListError


async def read_history(settings: Settings, letter: int, *, csv: bool) -> str:
    """Return a letter's history, the newest first: as lines, or as CSV.

    Raises:
        Refused: there is no such letter.
    """
    async with opened_database(settings) as database:
        rows = await history.whole(database, letter=letter)
    if csv:
        return write_history(rows)
    t = words("en")
    lines = [
        "  ".join(
            part
            for part in (
                row.entry.at.isoformat(timespec="minutes"),
                who_words(t, row),
                act_words(t, row),
                reason_words(t, row),
            )
            if part
        )
        for row in rows
    ]
    return "".join(f"{line}\n" for line in lines)


async def export_person(
    settings: Settings, user: str, *, team: str, workspace: str, page: bool
) -> str:
    """Return everything that is kept about a person, as JSON or as a page of HTML.

    Raises:
        SettingsError: there are several workspaces and none was named.
    """
    async with _opened(settings) as database:
        here = await _workspace(database, workspace)
        person = Person(team or here, user)
        kept = await erasure.kept_about(database, workspace=here, person=person)
    if page:
        return kept_as_page(person, kept.at, kept.tables, kept.titles, table_words(words("en")))
    return kept_as_json(person, kept.at, kept.tables)


async def erase_one(settings: Settings, user: str, *, team: str, workspace: str) -> ErasedPerson:
    """Erase everything about a person.

    Raises:
        SettingsError: there are several workspaces and none was named, or the list of erasures
            cannot be written.
        Refused: they are the only organiser of a letter.
    """
    async with _opened(settings) as database:
        here = await _workspace(database, workspace)
        return await erasure.erase_person(
            database, workspace=here, person=Person(team or here, user)
        )


async def erase_one_letter(settings: Settings, letter: int) -> str:
    """Erase a letter with everything about everybody on it; return its title.

    Raises:
        SettingsError: the list of erasures cannot be written.
        Refused: there is no such letter.
    """
    async with _opened(settings) as database:
        return await erasure.erase_letter(database, letter=letter)


async def erase_whole_workspace(settings: Settings, workspace: str) -> str:
    """Erase a workspace with all its letters; return its id.

    Raises:
        SettingsError: there are several and none was named, or the list cannot be written.
    """
    async with _opened(settings) as database:
        here = await _workspace(database, workspace)
        await erasure.erase_workspace(database, workspace=here)
        return here


@asynccontextmanager
async def _opened(settings: Settings) -> AsyncGenerator[Database]:
    try:
        async with opened_database(settings) as database:
            yield database
    except (OSError, ListError) as error:
        raise SettingsError(
            f"Nothing was erased: the list of erasures can't be written ({error}). Set ERASURES to "
            "a file beside your backups."
        ) from error


async def _workspace(database: Database, named: str) -> str:
    known = await database.read(workspaces.every)
    if named in known:
        return named
    if not named and len(known) == 1:
        return known[0]
    listed = ", ".join(known) or "none"
    raise SettingsError(f"Name the workspace with --workspace. Known here: {listed}.")
