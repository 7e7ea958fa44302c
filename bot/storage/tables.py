"""The schema: one for SQLite and PostgreSQL. Every row belongs to a workspace.

Ids that other rows refer to are time-ordered text (`ids.new_id`), so that a batch can be written
without asking the database for its ids; only letters carry the small numbers that people type.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
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


# Sorted and paged by bytes on PostgreSQL as on SQLite, so that both agree with Python's order.
Bytewise = Text().with_variant(Text(collation="C"), "postgresql")

_ID = String(32)
_SLACK_ID = String(32)


def _workspace() -> Column[str]:
    return Column("workspace", _SLACK_ID, ForeignKey("workspaces.id"), nullable=False)


workspaces = Table(
    "workspaces",
    metadata,
    Column("id", _SLACK_ID, primary_key=True),
    Column("name", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
)

letters = Table(
    "letters",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    _workspace(),
    Column("title", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("asked_by", Text, nullable=False),
    Column("language", String(35), nullable=False),
    Column("text_sha256", String(64), nullable=False),
    Column("signers", String(20), nullable=False),
    Column("goal", Integer),
    Column("deadline", Instant, nullable=False),
    Column("phase", String(20), nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    Column("people", Integer, nullable=False, server_default="0"),
    Column("organisations", Integer, nullable=False, server_default="0"),
    Column("created_at", Instant, nullable=False),
    Column("opened_at", Instant),
    Column("closed_at", Instant),
    Index(None, "workspace", "phase"),
    Index(None, "phase", "deadline"),
    sqlite_autoincrement=True,
)

texts = Table(
    "texts",
    metadata,
    Column("letter", ForeignKey("letters.id", ondelete="CASCADE"), primary_key=True),
    Column("sha256", String(64), primary_key=True),
    _workspace(),
    Column("body", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
)

organisers = Table(
    "organisers",
    metadata,
    Column("letter", ForeignKey("letters.id", ondelete="CASCADE"), primary_key=True),
    Column("team", _SLACK_ID, primary_key=True),
    Column("user", _SLACK_ID, primary_key=True),
    _workspace(),
    Column("added_at", Instant, nullable=False),
    Index(None, "team", "user"),
)

postings = Table(
    "postings",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("letter", ForeignKey("letters.id", ondelete="CASCADE"), nullable=False),
    _workspace(),
    Column("channel", _SLACK_ID, nullable=False),
    Column("message_ts", String(32)),
    Column("state", String(20), nullable=False),
    Column("error", Text, nullable=False, server_default=""),
    Column("created_at", Instant, nullable=False),
    Index(None, "letter"),
    Index(
        "uq_postings_up",
        "letter",
        "channel",
        unique=True,
        sqlite_where=text("state NOT IN ('leaving', 'down')"),
        postgresql_where=text("state NOT IN ('leaving', 'down')"),
    ),
)

signatories = Table(
    "signatories",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("letter", ForeignKey("letters.id", ondelete="CASCADE"), nullable=False),
    _workspace(),
    Column("kind", String(20), nullable=False),
    Column("key", Bytewise, nullable=False),
    Column("line", Bytewise, nullable=False),
    Column("sort_fold", Bytewise, nullable=False),
    Column("group_no", Integer, nullable=False),
    Column("pinned", Integer, nullable=False, server_default="0"),
    Column("endorsements", Integer, nullable=False),
    # The endorsement whose line it carries. No foreign key: the signatory is written first.
    Column("speaker", _ID, nullable=False),
    UniqueConstraint("letter", "kind", "key"),
    Index(
        "ix_signatories_listed",
        "letter",
        "group_no",
        "pinned",
        "sort_fold",
        "line",
        "id",
        sqlite_where=text("endorsements > 0"),
        postgresql_where=text("endorsements > 0"),
    ),
)

endorsements = Table(
    "endorsements",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("letter", Integer, nullable=False),
    Column("signatory", ForeignKey("signatories.id"), nullable=False),
    _workspace(),
    Column("team", _SLACK_ID, nullable=False),
    Column("user", _SLACK_ID, nullable=False),
    Column("capacity", String(20), nullable=False),
    Column("name", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("affiliation", Text, nullable=False),
    Column("organisation", Text, nullable=False),
    Column("country", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("authorised", Boolean, nullable=False),
    Column("line", Text, nullable=False),
    Column("sort_name", Text, nullable=False),
    Column("sort_fold", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("text_sha256", String(64), nullable=False),
    Column("consent", Text, nullable=False),
    Column("signed_at", Instant, nullable=False),
    Column("changed_at", Instant),
    Column("withdrawn_at", Instant),
    ForeignKeyConstraint(["letter", "text_sha256"], ["texts.letter", "texts.sha256"]),
    Index(None, "signatory", "id"),
    Index(None, "letter", "id"),
    Index(
        "uq_endorsements_held",
        "team",
        "user",
        "letter",
        "signatory",
        unique=True,
        sqlite_where=text("withdrawn_at IS NULL"),
        postgresql_where=text("withdrawn_at IS NULL"),
    ),
)

tally_hours = Table(
    "tally_hours",
    metadata,
    Column("letter", ForeignKey("letters.id", ondelete="CASCADE"), primary_key=True),
    Column("hour", Instant, primary_key=True),
    Column("kind", String(20), primary_key=True),
    _workspace(),
    Column("signed", Integer, nullable=False),
    Column("withdrawn", Integer, nullable=False),
)

people = Table(
    "people",
    metadata,
    Column("workspace", _SLACK_ID, ForeignKey("workspaces.id"), primary_key=True),
    Column("team", _SLACK_ID, primary_key=True),
    Column("user", _SLACK_ID, primary_key=True),
    Column("tz", Text, nullable=False),
    Column("membership", String(20), nullable=False),
    Column("reachable", Boolean, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("locale", String(35)),
)

members = Table(
    "members",
    metadata,
    Column("workspace", _SLACK_ID, ForeignKey("workspaces.id"), primary_key=True),
    Column("channel", _SLACK_ID, primary_key=True),
    Column("user", _SLACK_ID, primary_key=True),
    Column("seen_at", Instant, nullable=False),
)

channels = Table(
    "channels",
    metadata,
    Column("workspace", _SLACK_ID, ForeignKey("workspaces.id"), primary_key=True),
    Column("channel", _SLACK_ID, primary_key=True),
    Column("gathered_at", Instant, nullable=False),
    Column("error", Text, nullable=False, server_default=""),
)

reminders = Table(
    "reminders",
    metadata,
    Column("letter", ForeignKey("letters.id", ondelete="CASCADE"), primary_key=True),
    Column("team", _SLACK_ID, primary_key=True),
    Column("user", _SLACK_ID, primary_key=True),
    Column("step", String(40), primary_key=True),
    _workspace(),
    Column("due_at", Instant, nullable=False),
    Column("named", Boolean, nullable=False),
    Column("at_once", Boolean, nullable=False),
    Column("state", String(20), nullable=False),
    Column("settled_at", Instant),
    Index(None, "letter", "state"),
)

reminder_steps = Table(
    "reminder_steps",
    metadata,
    Column("letter", ForeignKey("letters.id", ondelete="CASCADE"), primary_key=True),
    Column("step", String(40), primary_key=True),
    _workspace(),
    Column("planned_at", Instant, nullable=False),
    Column("people", Integer, nullable=False),
)

reminder_wishes = Table(
    "reminder_wishes",
    metadata,
    Column("letter", ForeignKey("letters.id", ondelete="CASCADE"), primary_key=True),
    Column("team", _SLACK_ID, primary_key=True),
    Column("user", _SLACK_ID, primary_key=True),
    _workspace(),
    Column("stopped", Boolean, nullable=False),
    Column("later_count", Integer, nullable=False, server_default="0"),
    Column("said_at", Instant, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", _ID, primary_key=True),
    _workspace(),
    Column("kind", String(30), nullable=False),
    Column("key", Text, nullable=False),
    Column("subject", JSON, nullable=False),
    Column("target", _SLACK_ID, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("tried_at", Instant),
    Column("holder", _ID),
    Column("lease_until", Instant),
    Column("error", Text, nullable=False, server_default=""),
    Column("reference", JSON),
    Column("created_at", Instant, nullable=False),
    Column("settled_at", Instant),
    Index(
        "uq_outbox_waiting",
        "key",
        unique=True,
        sqlite_where=text("state = 'waiting'"),
        postgresql_where=text("state = 'waiting'"),
    ),
    Index(
        "ix_outbox_due",
        "state",
        "priority",
        "due_at",
        sqlite_where=text("settled_at IS NULL"),
        postgresql_where=text("settled_at IS NULL"),
    ),
    Index(None, "key", "state"),
)

paces = Table(
    "paces",
    metadata,
    Column("workspace", _SLACK_ID, ForeignKey("workspaces.id"), primary_key=True),
    Column("bucket", String(80), primary_key=True),
    Column("free_at", Instant, nullable=False),
)

inbox = Table(
    "inbox",
    metadata,
    Column("key", String(255), primary_key=True),
    _workspace(),
    Column("answer", JSON),
    Column("received_at", Instant, nullable=False),
    Index(None, "received_at"),
)
