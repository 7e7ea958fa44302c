from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite

from bot.storage.database import Transaction


def insert_into(tx: Transaction, table: Table) -> "postgresql.Insert | sqlite.Insert":
    """An INSERT in the database's own dialect, which knows `ON CONFLICT` on both."""
    if tx.connection.dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)
