"""Opening a database that exists and has the schema of this code."""

import sqlite3
from collections.abc import AsyncGenerator, Generator
from contextlib import ExitStack, asynccontextmanager, contextmanager

import structlog
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError, SQLAlchemyError

from bot.access import barrier, refusal
from bot.database_url import sqlite_file
from bot.settings import Settings, SettingsError
from bot.storage.database import Database, InDoubt
from bot.storage.engines.sqlite_files import InUseError, held, make_folder, readable_by_others
from bot.storage.migrate import Schema, head, look, upgrade

log = structlog.get_logger()

_HINTS = {
    "InvalidPasswordError": "the server refuses the user or the password in it",
    "InvalidAuthorizationSpecificationError": "the server refuses the user in it",
    "InvalidCatalogNameError": "the server has no database of that name",
    "ClientConfigurationError": "the driver can't use one of its parameters",
    "SSLCertVerificationError": "the server's certificate isn't one that this machine trusts",
    "ConnectionRefusedError": "no database answers at that host and port",
    "gaierror": "there's no host of that name",
    "TimeoutError": "the server doesn't answer in time",
    "TooManyConnectionsError": "the server has no connection to spare",
    "ProtocolViolationError": "a pooler in front of the server refuses our settings, see PgBouncer in "
    "docs/operating.md",
    "DiskFullError": "the disk is full",
    "IsADirectoryError": "one of its files is a folder",
    "ReadOnlySQLTransactionError": "the database is read-only",
    "InsufficientPrivilegeError": "the user in it has too few rights: let it own the database",
    "InvalidSchemaNameError": "the user in it has no schema for its tables",
    "UntranslatableCharacterError": "the database was created with another encoding than UTF8",
}
"""Advice by the type of an error. The error's message is not shown because it may quote the address
with the password."""
_WORDS = {
    "file is not a database": "the file isn't a SQLite database",
    "malformed": "the file is damaged",
    "is full": "the disk is full",
    "readonly": "the database is read-only",
    "locked": "another program holds the database's lock",
    "disk i/o error": "the disk refuses to read or write",
    "rejected ssl": "the server has no TLS, which sslmode asks for",
    "no encryption": "the server takes only connections with TLS: add sslmode=require",
    "no pg_hba.conf entry": "the server refuses connections from this host as that user",
}
"""Advice by words of an error's message, for errors that share a type."""


ANOTHERS = (
    "The database belongs to another version of Undersigned, and this one can't read it. Install "
    "that version, or give this one a database of its own."
)


async def prepared(settings: Settings, *, creates: bool = False) -> None:
    """Check that the database exists and has the schema of this code.

    An older SQLite schema is upgraded. PostgreSQL may have other replicas running, so there an
    operator decides to run `undersigned migrate`.

    `creates`: whether to create a missing SQLite file. Otherwise a mistyped DATABASE_URL would look
    like a database without letters.
    """
    found = await _schema(settings)
    if found is Schema.EMPTY and settings.is_sqlite and not creates:
        raise no_database(settings)
    if settings.is_sqlite:
        await migrated(settings)
    elif found in {Schema.EMPTY, Schema.OLDER}:
        raise SettingsError(
            "The database has an older schema than this version needs: run `undersigned migrate`."
        )


@asynccontextmanager
async def opened_database(settings: Settings) -> AsyncGenerator[Database]:
    """Open the database for one command."""
    await prepared(settings)
    async with Database(settings.database_url, erasures=settings.erasures) as database:
        yield database


@contextmanager
def alone(settings: Settings) -> Generator[None]:
    """Lock the SQLite file against a second serving process; PostgreSQL allows several."""
    if not settings.is_sqlite:
        yield
        return
    file = sqlite_file(settings.database_url)
    with opening(settings), ExitStack() as stack:
        make_folder(file.parent)
        try:
            if not stack.enter_context(held(file)):
                log.warning("database.not_locked", folder=str(file.parent))
        except InUseError as error:
            number = f" (number {error})" if str(error) else ""
            raise SettingsError(
                f"Another process{number} is already using {file}, and only one process can use a "
                "SQLite file. Stop the other one first."
            ) from error
        for path in (file.parent, file):
            if path.exists() and readable_by_others(path):
                log.warning("database.readable_by_others", path=str(path))
        holding = stack.pop_all()
    with holding:
        yield


def no_database(settings: Settings) -> SettingsError:
    """Return the error for a missing SQLite file."""
    return SettingsError(
        f"There's no database in {sqlite_file(settings.database_url)}: check DATABASE_URL. "
        "`undersigned run`, `serve`, `migrate` and `letters import` make a new one."
    )


async def migrated(settings: Settings) -> None:
    """Upgrade the database to the schema of this code; create a missing SQLite file."""
    if await _schema(settings) in {Schema.EMPTY, Schema.OLDER}:
        with opening(settings):
            await upgrade(settings.database_url)


async def _schema(settings: Settings) -> Schema:
    """Compare the database's schema with this code's; raise SettingsError if it cannot be used."""
    with opening(settings):
        found = await look(settings.database_url)
    if found is Schema.STRANGE:
        raise SettingsError(
            "The database was upgraded by a later version, so this one can't use it: install that "
            "version, or restore a backup from before the upgrade."
        )
    if found is Schema.ANOTHER:
        raise SettingsError(ANOTHERS)
    if found is Schema.FOREIGN:
        raise SettingsError(
            "DATABASE_URL leads to another program's database: it has tables, but they aren't "
            "ours. Give Undersigned a database of its own."
        )
    if found is Schema.LATER:
        log.warning("schema.later", known=head())
    return found


@contextmanager
def opening(settings: Settings) -> Generator[None]:
    """Convert an error of opening the database into a SettingsError that states the reason."""
    try:
        yield
    except unopened(settings) as error:
        barred = (
            barrier(sqlite_file(settings.database_url), writes=True) if settings.is_sqlite else ""
        )
        raise SettingsError(f"DATABASE_URL can't be opened: {barred or reason(error)}.") from error


def reason(error: BaseException) -> str:
    """Return why a database could not be opened or used, without any secret."""
    cause = getattr(error, "orig", None) or error
    # SQLAlchemy's driver wraps the error that asyncpg raised.
    causes = [one for one in (cause.__cause__, cause.__context__, cause, error) if one is not None]
    for one in causes:
        said = str(one).casefold()
        hints = [hint for words, hint in _WORDS.items() if words in said]
        if hint := _HINTS.get(type(one).__name__, "") if not hints else hints[0]:
            return hint
        if isinstance(one, OSError) and (hint := refusal(one)):
            return hint
    return f"{type(cause).__name__}: it may be down, or this user may not write there"


def trouble(error: Exception) -> str:
    """Return a sentence on how the database or a file made a command fail; "" for a bug."""
    if isinstance(error, InDoubt):
        why = reason(error.__cause__ or error)
        return f"The database may or may not have saved it ({why}). `undersigned doctor` says more."
    if isinstance(error, DataError | IntegrityError | ProgrammingError):
        return ""
    if isinstance(error, DBAPIError | sqlite3.Error):
        return f"Nothing more was saved: {reason(error)}. `undersigned doctor` says more."
    why = refusal(error) if isinstance(error, OSError) else ""
    return f"It didn't work: {why}. `undersigned doctor` says more." if why else ""


def unopened(settings: Settings) -> tuple[type[Exception], ...]:
    """Return the errors that an unreachable database raises."""
    if settings.is_sqlite:
        return OSError, SQLAlchemyError
    # A process on SQLite never needs this module.
    from asyncpg import InterfaceError, PostgresError  # noqa: PLC0415

    return OSError, SQLAlchemyError, PostgresError, InterfaceError
