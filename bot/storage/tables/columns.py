"""Types and defaults that the tables' columns share."""

from datetime import UTC, datetime
from typing import Any

import orjson
from sqlalchemy import Column, DateTime, ForeignKey, MetaData, String, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Instant(TypeDecorator[datetime]):
    """An aware time, kept in UTC on both databases. A naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To the database: UTC, without its zone where the database knows none."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """From the database: aware, in UTC."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def as_json(value: Any) -> str:
    """Return the value that a JSON column keeps."""
    return orjson.dumps(value).decode()


# Sorted and paged by bytes on PostgreSQL as on SQLite, so that both agree with Python's order.
Bytewise = Text().with_variant(Text(collation="C"), "postgresql")

ID = String(32)
SLACK_ID = String(32)


def workspace_column() -> Column[str]:
    """The workspace that a row belongs to."""
    return Column("workspace", SLACK_ID, ForeignKey("workspaces.id"), nullable=False)
