"""Letters, their words, and where they are shown."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    text,
)

from bot.storage.tables.columns import ID, SLACK_ID, Instant, metadata, workspace_column

workspaces = Table(
    "workspaces",
    metadata,
    Column("id", SLACK_ID, primary_key=True),
    Column("name", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("copied_at", Instant),
    Column("returned_at", Instant),
)

letters = Table(
    "letters",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    workspace_column(),
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
    Column("meaning", Integer, nullable=False, server_default="1"),
    # The zone whose day the deadline ends, for the hard one. That is empty only in rows of old code.
    Column("tz", Text, nullable=False, server_default="UTC"),
    Column("grace_minutes", Integer, nullable=False, server_default="0"),
    Column("grace_anywhere", Boolean, nullable=False, server_default="0"),
    Column("closes_at", Instant),
    Column("confirmation", String(20), nullable=False, server_default="none"),
    Column("silence", String(20), nullable=False, server_default="keep"),
    Column("withdrawn_line", String(20), nullable=False, server_default="removed"),
    Column("embargo_hides", String(20)),
    Column("embargo_until", Instant),
    Column("embargo_listed", Integer),
    Column("ordering", String(20), nullable=False, server_default="alphabetical"),
    Column("grouped", Boolean, nullable=False, server_default="1"),
    Column("late_people", Integer, nullable=False, server_default="0"),
    Column("late_organisations", Integer, nullable=False, server_default="0"),
    Column("waiting", Integer, nullable=False, server_default="0"),
    Column("delivered_at", Instant),
    Column("unveiled_at", Instant),
    Column("answer_by", Instant),
    Column("has_asks", Boolean, nullable=False, server_default="0"),
    Index(None, "workspace", "phase"),
    Index(None, "phase", "deadline"),
    sqlite_autoincrement=True,
)

texts = Table(
    "texts",
    metadata,
    Column("letter", ForeignKey("letters.id", ondelete="CASCADE"), primary_key=True),
    Column("sha256", String(64), primary_key=True),
    workspace_column(),
    Column("body", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
)

amendments = Table(
    "amendments",
    metadata,
    Column("id", ID, primary_key=True),
    Column("letter", ForeignKey("letters.id", ondelete="CASCADE"), nullable=False),
    workspace_column(),
    Column("kind", String(20), nullable=False),
    Column("from_sha256", String(64), nullable=False),
    Column("to_sha256", String(64), nullable=False),
    Column("meaning", Integer, nullable=False),
    Column("note", Text, nullable=False),
    Column("answer_by", Instant),
    Column("team", SLACK_ID, nullable=False),
    Column("user", SLACK_ID, nullable=False),
    Column("made_at", Instant, nullable=False),
    # When those who had not answered were reminded; empty as long as nobody was.
    Column("reminded_at", Instant),
    Index(None, "letter", "id"),
)

proposals = Table(
    "proposals",
    metadata,
    Column("id", ID, primary_key=True),
    Column("letter", ForeignKey("letters.id", ondelete="CASCADE"), nullable=False),
    workspace_column(),
    Column("kind", String(20), nullable=False),
    # The text that it was compared with.
    Column("from_sha256", String(64), nullable=False),
    Column("body", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("answer_by", Instant),
    Column("team", SLACK_ID, nullable=False),
    Column("user", SLACK_ID, nullable=False),
    Column("made_at", Instant, nullable=False),
    Index(None, "letter", "team", "user"),
    Index(None, "made_at"),
)

organisers = Table(
    "organisers",
    metadata,
    Column("letter", ForeignKey("letters.id", ondelete="CASCADE"), primary_key=True),
    Column("team", SLACK_ID, primary_key=True),
    Column("user", SLACK_ID, primary_key=True),
    workspace_column(),
    Column("added_at", Instant, nullable=False),
    Index(None, "team", "user"),
)

founders = Table(
    "founders",
    metadata,
    Column("letter", ForeignKey("letters.id", ondelete="CASCADE"), primary_key=True),
    Column("team", SLACK_ID, primary_key=True),
    Column("user", SLACK_ID, primary_key=True),
    workspace_column(),
    Column("added_at", Instant, nullable=False),
)

delivery_copies = Table(
    "delivery_copies",
    metadata,
    Column("letter", ForeignKey("letters.id", ondelete="CASCADE"), primary_key=True),
    workspace_column(),
    Column("title", Text, nullable=False),
    Column("text_sha256", String(64), nullable=False),
    Column("body", Text, nullable=False),
    # The list in its order, as canonical JSON: what its hash is of.
    Column("entries", Text, nullable=False),
    Column("list_sha256", String(64), nullable=False),
    Column("people", Integer, nullable=False),
    Column("organisations", Integer, nullable=False),
    Column("team", SLACK_ID, nullable=False),
    Column("user", SLACK_ID, nullable=False),
    Column("cut_at", Instant, nullable=False),
    Column("clock", String(20), nullable=False),
)

postings = Table(
    "postings",
    metadata,
    Column("id", ID, primary_key=True),
    Column("letter", ForeignKey("letters.id", ondelete="CASCADE"), nullable=False),
    workspace_column(),
    Column("channel", SLACK_ID, nullable=False),
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
