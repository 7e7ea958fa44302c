"""Types and kinds of columns that the tables share."""

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
    """An aware time, kept in UTC on both databases. A naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return an instant in UTC, without its zone for SQLite, which knows none."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Return an aware instant in UTC."""
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

    # A constraint that is handed to the column itself is not among the table's.
    @event.listens_for(column, "after_parent_attach")
    def check(_: Column[str], table: Table) -> None:
        table.append_constraint(CheckConstraint(f"{name} IN ({values})", name=name))

    return column


def letter_column(*, primary_key: bool = False, nullable: bool = False) -> Column[int]:
    """Return the letter that a row belongs to; the row is deleted with it."""
    key = ForeignKey("letters.id", ondelete="CASCADE")
    return Column("letter", Integer, key, nullable=nullable, primary_key=primary_key)


def workspace_column(*, primary_key: bool = False) -> Column[str]:
    """Return the workspace that a row without a letter belongs to; it is deleted with it."""
    return owned_by("workspace", "workspaces.id", primary_key=primary_key)


def workspace_of_letter() -> Column[str]:
    """Return the workspace of a row's letter, which is what ties the row to the workspace.

    It has no foreign key of its own: each write would pay for one that tells nothing new.
    """
    return Column("workspace", SLACK_ID, nullable=False)


def owned_by(
    name: str, key: str, *, primary_key: bool = False, nullable: bool = False
) -> Column[str]:
    """Return a reference to another row by its id; the row is deleted with it."""
    owner = ForeignKey(key, ondelete="CASCADE")
    return Column(name, ID, owner, nullable=nullable, primary_key=primary_key)


def person_columns(
    prefix: str = "",
    *,
    primary_key: bool = False,
    nullable: bool = False,
    server_default: str | None = None,
) -> tuple[Column[str], Column[str]]:
    """Return the two columns that name a person, `team` and `user` behind a prefix."""
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
    """Return the condition that a row's `team` and `user` name a person."""
    return and_(table.c.team == person.team, table.c.user == person.user)


def same_person(one: FromClause, other: FromClause) -> ColumnElement[bool]:
    """Return the condition that two rows name the same person by `team` and `user`."""
    return and_(one.c.team == other.c.team, one.c.user == other.c.user)


def partial_index(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """Return an index of the rows that an SQL condition holds for."""
    rows = text(where)
    return Index(name, *columns, unique=unique, sqlite_where=rows, postgresql_where=rows)
