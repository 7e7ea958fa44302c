"""Tables for answered triggers from Slack, notices to Slack, and rate limits of calls."""

from sqlalchemy import JSON, Boolean, Column, Index, Integer, String, Table, Text

from bot.letters.notices import NoticeKind
from bot.storage.states import NoticeState
from bot.storage.tables.columns import (
    ID,
    SLACK_ID,
    Bytewise,
    Instant,
    enum_column,
    letter_column,
    metadata,
    partial_index,
    person_columns,
    workspace_column,
    workspace_of_letter,
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", ID, primary_key=True),
    workspace_column(),
    # The letter that the notice is about; NULL for an App Home, which shows several.
    letter_column(nullable=True),
    enum_column("kind", NoticeKind),
    Column("key", Text, nullable=False),
    Column("subject", JSON, nullable=False),
    Column("target", SLACK_ID, nullable=False),
    Column("priority", Integer, nullable=False),
    enum_column("state", NoticeState),
    Column("due_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("tried_at", Instant),
    Column("holder", ID),
    Column("lease_until", Instant),
    # The log key of the click that caused the notice.
    Column("click", Text, nullable=False, server_default=""),
    Column("error", Text, nullable=False, server_default=""),
    Column("reference", JSON),
    Column("created_at", Instant, nullable=False),
    Column("settled_at", Instant),
    partial_index("uq_outbox_waiting", "key", where="state = 'waiting'", unique=True),
    partial_index("ix_outbox_due", "state", "priority", "due_at", where="settled_at IS NULL"),
    # Few of all settled notices could not be delivered.
    partial_index("ix_outbox_given_up", "settled_at", where="state = 'given_up'"),
    Index(None, "key", "state"),
    Index(None, "workspace"),
    # Ids grow with time: what was queued for a letter since a moment is a range.
    Index(None, "letter", "id"),
)

# Direct messages that may still change: receipts, and unanswered questions.
sent_messages = Table(
    "sent_messages",
    metadata,
    # The id of the notice for this message.
    Column("id", ID, primary_key=True),
    letter_column(),
    workspace_of_letter(),
    *person_columns(),
    enum_column("kind", NoticeKind),
    Column("thread", Bytewise, nullable=False),
    Column("subject", JSON, nullable=False),
    Column("channel", SLACK_ID, nullable=False),
    Column("ts", String(32), nullable=False),
    # Whether a newer message of its thread was sent.
    Column("replaced", Boolean, nullable=False),
    Column("sent_at", Instant, nullable=False),
    Index(None, "letter", "team", "user"),
    Index(None, "letter", "thread"),
)

rate_limits = Table(
    "rate_limits",
    metadata,
    workspace_column(primary_key=True),
    Column("bucket", String(80), primary_key=True),
    Column("free_at", Instant, nullable=False),
)

inbox = Table(
    "inbox",
    metadata,
    Column("key", String(255), primary_key=True),
    workspace_column(),
    Column("answer", JSON),
    Column("received_at", Instant, nullable=False),
    Index(None, "workspace", "received_at"),
)
