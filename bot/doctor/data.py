"""Checks of the database: schema, writing, damage, and unsent messages."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from time import monotonic

from sqlalchemy.exc import SQLAlchemyError

from bot.database_url import sqlite_file
from bot.doctor.findings import Finding, State, fine, look, skipped, wrong
from bot.features.privacy.use_cases import expiry
from bot.schema import reason, unopened
from bot.settings import Settings
from bot.storage.migrate import Schema
from bot.storage.migrate import look as look_at_schema
from bot.use_cases import Database, InDoubt, upkeep

LOOKED_THROUGH_S = 4.0
"""Time limit, in seconds, for checking a SQLite file for damage."""
ANSWERED_S = 3.0
"""Seconds within which a database must answer; one behind a firewall may never answer."""
LATE = timedelta(minutes=5)
"""The greatest delay of a notice; a longer one shows that no worker runs."""
_SCHEMAS = {
    Schema.EMPTY: ("There's no database yet.", "Start Undersigned, or run `undersigned migrate`."),
    Schema.OLDER: (
        "The database has an older schema.",
        "Make a backup, and run `undersigned migrate`.",
    ),
    Schema.STRANGE: (
        "A later version of Undersigned has changed the database, so this one can't use it.",
        "Install that version, or restore a backup from before the change.",
    ),
    Schema.ANOTHER: (
        "The database belongs to another version of Undersigned.",
        "Install that version, or give this one a database of its own.",
    ),
    Schema.FOREIGN: (
        "DATABASE_URL leads to the database of another program.",
        "Give Undersigned a database of its own.",
    ),
}


async def database_checks(settings: Settings, workspace: str) -> AsyncIterator[Finding]:
    """Check the database; `workspace` is that of the token, or empty if that isn't known."""
    if settings.is_sqlite and sqlite_file(settings.database_url).is_file():
        found = damage(sqlite_file(settings.database_url))
        if found is not None:
            yield found
            # A file that another program keeps locked can't be read either, and would be waited for.
            if found.check in {"damage", "writing"} and found.state is State.WRONG:
                return
    try:
        async with asyncio.timeout(ANSWERED_S):
            found = await look_at_schema(settings.database_url)
    except unopened(settings) as error:
        # Without the address of a server, which may contain a password.
        place = "The database of DATABASE_URL"
        do = "Check DATABASE_URL, and that the database runs and can be reached from here."
        if settings.is_sqlite:
            place = str(sqlite_file(settings.database_url).absolute())
            do = "Put the database's own file back, or correct DATABASE_URL."
        why = reason(error)
        yield wrong("database", f"{place} can't be opened: {why}.", _UNWRITABLE.get(why, do))
        return
    if found in _SCHEMAS:
        yield _unready(settings, found)
        return
    async with Database(settings.database_url) as database:
        yield await _writes(database)
        try:
            async for finding in _content(database, workspace):
                yield finding
        except SQLAlchemyError as error:
            why = reason(error)
            do = _UNWRITABLE.get(why, "Check its log.")
            yield wrong("notices", f"The database can't be read: {why}.", do)


async def _content(database: Database, workspace: str) -> AsyncIterator[Finding]:
    for finding in _owed(await upkeep.backlog(database)):
        yield finding
    for name, until in (await expiry.departures(database)).items():
        said = f"Workspace {name} removed the app, and will be erased on {until:%-d %B %Y}."
        yield wrong("removed", said, "Install the app again, set its token, and start again.")
    there = set(await upkeep.workspaces_with_letters(database))
    if workspace and there and workspace not in there:
        yield wrong(
            "workspace",
            f"The token belongs to workspace {workspace}, and the letters in the database don't.",
            "Check SLACK_BOT_TOKEN and DATABASE_URL: one of them is another installation's.",
        )


def _unready(settings: Settings, found: Schema) -> Finding:
    said, do = _SCHEMAS[found]
    if found is Schema.EMPTY and settings.is_sqlite:
        place = sqlite_file(settings.database_url).absolute()
        do = (
            "If there was one, check DATABASE_URL, or restore a backup. If not, start Undersigned, "
            "or run `undersigned migrate`."
        )
        return look("schema", f"There's no database in {place} yet.", do)
    return wrong("schema", said, do)


async def _writes(database: Database) -> Finding:
    began = monotonic()
    try:
        await upkeep.probe(database)
    except InDoubt as error:
        return wrong("writing", *_unwritable(error.__cause__ or error))
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        return wrong("writing", *_unwritable(error))
    return fine(
        "writing", f"The database saved a test write in {(monotonic() - began) * 1000:,.0f} ms."
    )


_UNWRITABLE = {
    "the disk is full": "Make room: signatures can't be kept on a full disk.",
    "the database is read-only": "Let this user write to it. A PostgreSQL address must lead to the "
    "primary.",
    "another program holds the database's lock": "Find out which other program has it open, and stop it.",
    "the disk refuses to read or write": "Make room, and see what the kernel's log says about it.",
}
"""Advice by the reason why the database keeps nothing."""


def _unwritable(error: BaseException) -> tuple[str, str]:
    why = reason(error)
    return f"The database can't save anything: {why}.", _UNWRITABLE.get(why, "Check its log.")


def damage(file: Path) -> Finding | None:
    """Check a SQLite file for damage, within a time limit; None if another check says more."""
    until = monotonic() + LOOKED_THROUGH_S
    try:
        with closing(
            sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", timeout=1, uri=True)
        ) as opened:
            opened.set_progress_handler(lambda: monotonic() > until, 10_000)
            is_whole = opened.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
            left = opened.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorname == "SQLITE_INTERRUPT":
            return skipped("damage", f"{file} is too large to be looked through in a few seconds.")
        if error.sqlite_errorname in {"SQLITE_BUSY", "SQLITE_LOCKED"}:
            return wrong("writing", *_unwritable(error))
        # Any other error is of opening it, which comes next, and not of its content.
        if not error.sqlite_errorname.startswith("SQLITE_CORRUPT"):
            return None
        is_whole, left = False, None
    if left is not None:
        said = (
            f"{file} has rows in {left[0]} that refer to missing rows in {left[2]}, so no backup "
            "can be made."
        )
        return wrong("rows", said, "Stop Undersigned, and go back to the newest backup.")
    if not is_whole:
        return wrong(
            "damage",
            f"{file} is damaged.",
            "Stop Undersigned, keep the file, and go back to the newest backup.",
        )
    return fine("damage", f"{file} is undamaged.")


def _owed(backlog: upkeep.Backlog) -> Iterator[Finding]:
    late = backlog.now - backlog.oldest_due if backlog.oldest_due else timedelta(0)
    if late > LATE:
        minutes = late.total_seconds() / 60
        yield wrong(
            "worker",
            f"Messages waiting to be sent: {backlog.due}. The oldest has waited {minutes:,.0f} "
            "minutes.",
            "Start `undersigned run`, `undersigned serve --with-worker` or `undersigned worker`. If "
            "it's running, its log says what stops it.",
        )
    else:
        yield fine("worker", f"Messages waiting to be sent: {backlog.due}, none for long.")
    if backlog.given_up:
        names = ", ".join(f"{error} ({count})" for error, count in sorted(backlog.given_up.items()))
        yield look(
            "given_up",
            f"Messages of the last day that couldn't be delivered, by error: {names}.",
            "Organisers were told what they can do. docs.slack.dev explains Slack's errors; "
            "mail_… are from the mail server.",
        )
