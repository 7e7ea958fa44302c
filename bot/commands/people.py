"""`undersigned people export` and `erase`: the stored data about a person."""

import sys

from bot.commands.erasing import ask, erasing, say_erased, workspace_named
from bot.commands.terminal import NO_QUESTIONS, AsJson, Flag
from bot.features.privacy.slack.kept_views import column_words, table_words
from bot.features.privacy.table import kept_as_json, kept_as_page
from bot.features.privacy.use_cases import erasure
from bot.letters.people import Person
from bot.locales import words
from bot.schema import opened_database
from bot.settings import Settings, SettingsError, read, split_keys
from bot.storage.database import Database
from bot.use_cases import mail
from bot.use_cases.mail import Keyring


async def people_export(
    user: str, *, page: Flag = False, team: str = "", workspace: str = ""
) -> None:
    """Write all stored data about a person to standard output, as JSON.

    Args:
        user: Their Slack user id (U… or W…), or the mail address that they signed with.
        page: Write an HTML page instead, to read, print or send.
        team: The id of the workspace of their account, if it differs from the letters' workspace.
        workspace: The id of the letters' workspace, if there are several.
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
        user: Their Slack user id (U… or W…), or the mail address that they signed with.
        team: The id of the workspace of their account, if it differs from the letters' workspace.
        workspace: The id of the letters' workspace, if there are several.
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
            raise SettingsError("SECRET_KEYS isn't set, and without it no address is recognised.")
        keys = Keyring(split_keys(settings.secret_keys))
        person = await mail.person(database, keys=keys, workspace=workspace, address=user)
    kept = await erasure.kept_about(database, workspace=workspace, person=person)
    if not kept.tables:
        raise SettingsError(
            f"Nothing is kept about {named}. Check the user ID or the address, and --team for an "
            "account of another workspace."
        )
    return kept
