"""Work of an operator on personal data: the history of a letter, export, erasure."""

import asyncio
import re
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from html import unescape

from pydantic import BaseModel, ConfigDict

from bot.features.privacy.rules import HistoryRow
from bot.features.privacy.slack.history_words import act_words, who_words
from bot.features.privacy.slack.kept_views import column_words, table_words
from bot.features.privacy.table import kept_as_json, kept_as_page
from bot.features.privacy.use_cases import erasure, history
from bot.features.privacy.use_cases.erasure import ErasedPerson
from bot.letters.people import Person
from bot.locales import words
from bot.schema import alone, opened_database
from bot.settings import Settings, SettingsError
from bot.storage import workspaces
from bot.storage.database import Database
from bot.storage.privacy.erasure_list import ListError

SCRUBS = 10
"""Attempts to leave nothing of what was erased in the write-ahead log, half a second apart."""
_REFERENCE = re.compile(r"<(?:!date\^[^|<>]*\||[@#])([^<>]*)>")
"""A moment, a person or a channel as Slack's `mrkdwn` names it; the group is what a terminal shows."""


class HistoryLine(BaseModel):
    """An act on a letter in words, without Slack's marks."""

    model_config = ConfigDict(frozen=True)

    when: str
    """In ISO 8601, with its offset."""
    who: str
    what: str
    why: str


async def history_of(settings: Settings, letter: int) -> list[HistoryRow]:
    """Return a letter's history, the newest first.

    Raises:
        Refused: there is no such letter.
    """
    async with opened_database(settings) as database:
        return await history.whole(database, letter=letter)


def in_words(rows: list[HistoryRow]) -> Iterator[HistoryLine]:
    """Say in English what was done."""
    t = words("en")
    for row in rows:
        yield HistoryLine(
            when=row.entry.at.isoformat(timespec="minutes"),
            who=_unmarked(who_words(t, row)),
            what=_unmarked(act_words(t, row)),
            why=row.entry.ground,
        )


def _unmarked(mrkdwn: str) -> str:
    return unescape(_REFERENCE.sub(r"\1", mrkdwn))


async def export_person(
    settings: Settings, user: str, *, team: str, workspace: str, page: bool
) -> str:
    """Return everything that is kept about a person, as JSON or as a page of HTML.

    Raises:
        SettingsError: there are several workspaces and none was named.
    """
    async with opened_database(settings) as database:
        here = await _workspace(database, workspace)
        person = Person(team or here, user)
        kept = await erasure.kept_about(database, workspace=here, person=person)
    if page:
        t = words("en")
        return kept_as_page(
            person, kept.at, kept.tables, kept.titles, table_words(t), column_words(t)
        )
    return kept_as_json(person, kept.at, kept.tables)


async def erase_one(settings: Settings, user: str, *, team: str, workspace: str) -> ErasedPerson:
    """Erase everything about a person.

    Raises:
        SettingsError: there are several workspaces and none was named, nothing is kept about them,
            or the list of erasures cannot be written.
        Refused: they are the only organiser of a letter.
    """
    async with _opened(settings) as database:
        here = await _workspace(database, workspace)
        person = Person(team or here, user)
        # An id that was mistyped must not look as if somebody were erased.
        if not (await erasure.kept_about(database, workspace=here, person=person)).tables:
            raise SettingsError(
                f"Nothing was erased: nothing is kept about {person}. Check the id, and --team for "
                "an account of another workspace."
            )
        return await erasure.erase_person(database, workspace=here, person=person)


async def erase_one_entry(settings: Settings, letter: int, entry: str) -> ErasedPerson:
    """Erase the entry of somebody without an account from a letter.

    Raises:
        SettingsError: the list of erasures cannot be written.
        Refused: there is no such letter or entry.
    """
    async with _opened(settings) as database:
        return await erasure.erase_entry(database, letter=letter, entry=entry)


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
        SettingsError: there are several and none was named, the bot is running, or the list cannot
            be written.
    """
    with alone(settings):
        async with _opened(settings) as database:
            here = await _workspace(database, workspace)
            await erasure.erase_workspace(database, workspace=here)
            return here


@asynccontextmanager
async def _opened(settings: Settings) -> AsyncGenerator[Database]:
    try:
        async with opened_database(settings) as database:
            if database.erasures is None:
                raise SettingsError(
                    "Nothing was done: ERASURES isn't set. Without a list of erasures, people would "
                    "come back with a backup. Set it to a file beside your backups."
                )
            yield database
            await _scrubbed(database)
    except (OSError, ListError) as error:
        raise SettingsError(
            f"Nothing was erased: the list of erasures can't be written ({error}). Set ERASURES to "
            "a file beside your backups."
        ) from error


async def _scrubbed(database: Database) -> None:
    """Wait until the running bot lets go of what was erased; say so where it does not.

    Raises:
        SettingsError: it does not.
    """
    for _ in range(SCRUBS):
        if await database.scrub_again():
            return
        await asyncio.sleep(0.5)
    raise SettingsError(
        "It was erased, but another process still holds the old words in the write-ahead log. "
        "Run this again when it has ended, or restart the bot."
    )


async def _workspace(database: Database, named: str) -> str:
    known = await database.read(workspaces.every)
    if named in known:
        return named
    if not named and len(known) == 1:
        return known[0]
    listed = ", ".join(known) or "none"
    raise SettingsError(f"Name the workspace with --workspace. Known here: {listed}.")
