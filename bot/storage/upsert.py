from typing import TYPE_CHECKING

from sqlalchemy import Table

from bot.storage.database import Transaction

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite


def insert_into(tx: Transaction, table: Table) -> "postgresql.Insert | sqlite.Insert":
    """An INSERT in the database's own dialect, which knows `ON CONFLICT` on both."""
    # Each process loads the dialect of its own database only.
    if tx.connection.dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql  # noqa: PLC0415

        return postgresql.insert(table)
    from sqlalchemy.dialects import sqlite  # noqa: PLC0415

    return sqlite.insert(table)
