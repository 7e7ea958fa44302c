"""Column types and helpers that the tables share."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import orjson
from sqlalchemy import (
    CheckConstraint,
    Column,
    ColumnElement,
    DateTime,
    ForeignKey,
    FromClause,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    and_,
    event,
    text,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from bot.letters.people import Person

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
    """A timezone-aware time, stored in UTC on both databases. A naive time raises ValueError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return a time in UTC, made naive for SQLite, which has no time zones."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Return a timezone-aware time in UTC."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def as_json(value: Any) -> str:
    """Return a value as the text that a JSON column stores."""
    return orjson.dumps(value).decode()


# Sorted bytewise on PostgreSQL as on SQLite, so that both agree with Python's order.
Bytewise = Text().with_variant(Text(collation="C"), "postgresql")

ID = String(32)
SLACK_ID = String(32)


def enum_column(
    name: str,
    of: type[StrEnum],
    *,
    nullable: bool = False,
    primary_key: bool = False,
    server_default: str | None = None,
) -> Column[str]:
    """Return a column for the values of an enum; the database refuses any other."""
    values = ", ".join(f"'{one.value}'" for one in of)
    column = Column(
        name, String(30), nullable=nullable, primary_key=primary_key, server_default=server_default
    )

    # A constraint passed to the column would be missing from the table's constraints.
    @event.listens_for(column, "after_parent_attach")
    def check(_: Column[str], table: Table) -> None:
        table.append_constraint(CheckConstraint(f"{name} IN ({values})", name=name))

    return column


def letter_column(*, primary_key: bool = False, nullable: bool = False) -> Column[int]:
    """Return a reference to a row's letter; the row is deleted with the letter."""
    key = ForeignKey("letters.id", ondelete="CASCADE")
    return Column("letter", Integer, key, nullable=nullable, primary_key=primary_key)


def workspace_column(*, primary_key: bool = False) -> Column[str]:
    """Return a reference to the workspace of a row without a letter, deleted with it."""
    return owned_by("workspace", "workspaces.id", primary_key=primary_key)


def workspace_of_letter() -> Column[str]:
    """Return the workspace of a row's letter, without a foreign key.

    The letter already ties the row to the workspace; a second key would slow down each write.
    """
    return Column("workspace", SLACK_ID, nullable=False)


def owned_by(
    name: str, key: str, *, primary_key: bool = False, nullable: bool = False
) -> Column[str]:
    """Return a reference to another row by id; the row is deleted with that one."""
    owner = ForeignKey(key, ondelete="CASCADE")
    return Column(name, ID, owner, nullable=nullable, primary_key=primary_key)


def person_columns(
    prefix: str = "",
    *,
    primary_key: bool = False,
    nullable: bool = False,
    server_default: str | None = None,
) -> tuple[Column[str], Column[str]]:
    """Return the two columns that identify a person: `team` and `user`, with a prefix."""
    team, user = (
        Column(
            f"{prefix}{part}",
            SLACK_ID,
            primary_key=primary_key,
            nullable=nullable,
            server_default=server_default,
        )
        for part in ("team", "user")
    )
    return team, user


def is_person(table: FromClause, person: Person) -> ColumnElement[bool]:
    """Return the condition that a row's `team` and `user` are a person's."""
    return and_(table.c.team == person.team, table.c.user == person.user)


def same_person(one: FromClause, other: FromClause) -> ColumnElement[bool]:
    """Return the condition that two rows name the same person by `team` and `user`."""
    return and_(one.c.team == other.c.team, one.c.user == other.c.user)


def partial_index(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """Return an index of the rows that meet an SQL condition."""
    rows = text(where)
    return Index(name, *columns, unique=unique, sqlite_where=rows, postgresql_where=rows)
