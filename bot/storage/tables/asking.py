"""Invitations and reminders."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from bot.storage.tables.columns import ID, SLACK_ID, Bytewise, Instant, metadata, workspace_column

people = Table(
    "people",
    metadata,
    Column("workspace", SLACK_ID, ForeignKey("workspaces.id"), primary_key=True),
    Column("team", SLACK_ID, primary_key=True),
    Column("user", SLACK_ID, primary_key=True),
    Column("tz", Text, nullable=False),
    Column("membership", String(20), nullable=False),
    Column("reachable", Boolean, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("locale", String(35)),
)

members = Table(
    "members",
    metadata,
    Column("workspace", SLACK_ID, ForeignKey("workspaces.id"), primary_key=True),
    Column("channel", SLACK_ID, primary_key=True),
    Column("user", SLACK_ID, primary_key=True),
    Column("seen_at", Instant, nullable=False),
)

channels = Table(
    "channels",
    metadata,
    Column("workspace", SLACK_ID, ForeignKey("workspaces.id"), primary_key=True),
    Column("channel", SLACK_ID, primary_key=True),
    Column("gathered_at", Instant, nullable=False),
    Column("error", Text, nullable=False, server_default=""),
)

asks = Table(
    "asks",
    metadata,
    Column("id", ID, primary_key=True),
    Column("letter", ForeignKey("letters.id", ondelete="CASCADE"), nullable=False),
    workspace_column(),
    Column("kind", String(20), nullable=False),
    # The person who was asked, or the organisation's contact; empty for one without an account.
    Column("team", SLACK_ID, nullable=False, server_default=""),
    Column("user", SLACK_ID, nullable=False, server_default=""),
    Column("name", Text, nullable=False),
    Column("organisation", Text, nullable=False, server_default=""),
    Column("country", Text, nullable=False, server_default=""),
    Column("contact", Text, nullable=False, server_default=""),
    Column("key", Bytewise, nullable=False),
    Column("state", String(20), nullable=False),
    Column("until", Instant),
    Column("note", Text, nullable=False, server_default=""),
    Column("asked_at", Instant, nullable=False),
    Column("answered_at", Instant),
    UniqueConstraint("letter", "kind", "key"),
    Index(None, "letter", "state"),
    Index(None, "letter", "team", "user"),
)

reminders = Table(
    "reminders",
    metadata,
    Column("letter", ForeignKey("letters.id", ondelete="CASCADE"), primary_key=True),
    Column("team", SLACK_ID, primary_key=True),
    Column("user", SLACK_ID, primary_key=True),
    Column("step", String(40), primary_key=True),
    workspace_column(),
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
    workspace_column(),
    Column("planned_at", Instant, nullable=False),
    Column("people", Integer, nullable=False),
)

reminder_wishes = Table(
    "reminder_wishes",
    metadata,
    Column("letter", ForeignKey("letters.id", ondelete="CASCADE"), primary_key=True),
    Column("team", SLACK_ID, primary_key=True),
    Column("user", SLACK_ID, primary_key=True),
    workspace_column(),
    Column("stopped", Boolean, nullable=False),
    Column("later_count", Integer, nullable=False, server_default="0"),
    Column("said_at", Instant, nullable=False),
)
