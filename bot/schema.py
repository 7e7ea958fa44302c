"""The database is brought to the schema of this code before anything is done with it."""

from collections.abc import Generator
from contextlib import contextmanager

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.settings import Settings, SettingsError
from bot.storage.migrate import Schema, head, look, upgrade

log = structlog.get_logger()


async def prepared(settings: Settings) -> None:
    """See to it that the database has the schema of this code.

    Raises:
        SettingsError: it does not, and it is not this process's to change, or is out of reach.
    """
    if settings.is_sqlite:
        await migrated(settings)
    elif await _schema(settings) is Schema.OLDER:
        raise SettingsError(
            "The database has an older schema than this version needs: run `undersigned migrate`."
        )


async def migrated(settings: Settings) -> None:
    """Bring the database to the schema of this code.

    Raises:
        SettingsError: the database is out of reach.
    """
    if await _schema(settings) is Schema.OLDER:
        with _opening(settings):
            await upgrade(settings.database_url)


async def _schema(settings: Settings) -> Schema:
    """Return the state of the database's schema, refusing one this code can't use."""
    with _opening(settings):
        found = await look(settings.database_url)
    if found is Schema.STRANGE:
        raise SettingsError(
            "The database was brought up to date by a later version, with which this one cannot "
            "live: install that version, or restore a backup from before."
        )
    if found is Schema.LATER:
        log.warning("schema.later", known=head())
    return found


@contextmanager
def _opening(settings: Settings) -> Generator[None]:
    try:
        yield
    except _unopened(settings) as error:
        # Not the error's own words: they may quote the address, and the password in it.
        raise SettingsError(
            f"DATABASE_URL cannot be opened ({type(error).__name__}): is the database running, and "
            "may this user write there?"
        ) from error


def _unopened(settings: Settings) -> tuple[type[Exception], ...]:
    """Return the errors that an unreachable database raises."""
    if settings.is_sqlite:
        return OSError, SQLAlchemyError
    from asyncpg import PostgresError  # noqa: PLC0415 - a process on SQLite never needs it

    return OSError, SQLAlchemyError, PostgresError
