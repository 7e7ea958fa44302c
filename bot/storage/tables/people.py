"""People that Slack has told of, and the channels that they are in."""

from sqlalchemy import Boolean, Column, String, Table, Text

from bot.letters.people import Membership
from bot.storage.tables.columns import SLACK_ID, Instant, enum_column, metadata, workspace_column

people = Table(
    "people",
    metadata,
    workspace_column(primary_key=True),
    Column("team", SLACK_ID, primary_key=True),
    Column("user", SLACK_ID, primary_key=True),
    Column("tz", Text, nullable=False),
    enum_column("membership", Membership),
    Column("reachable", Boolean, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("locale", String(35)),
    # When they last opened the App Home; NULL: never, and nothing is drawn there for them.
    Column("home_at", Instant),
)

members = Table(
    "members",
    metadata,
    workspace_column(primary_key=True),
    Column("channel", SLACK_ID, primary_key=True),
    Column("user", SLACK_ID, primary_key=True),
    Column("seen_at", Instant, nullable=False),
)

channels = Table(
    "channels",
    metadata,
    workspace_column(primary_key=True),
    Column("channel", SLACK_ID, primary_key=True),
    Column("gathered_at", Instant, nullable=False),
    Column("error", Text, nullable=False, server_default=""),
)
