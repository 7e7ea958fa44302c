"""Tables for people known from Slack, and the channels that they are in."""

from sqlalchemy import Boolean, Column, String, Table, Text

from bot.letters.endorsement import Capacity
from bot.letters.people import Membership
from bot.storage.tables.columns import (
    SLACK_ID,
    Instant,
    enum_column,
    metadata,
    person_columns,
    workspace_column,
)

people = Table(
    "people",
    metadata,
    workspace_column(primary_key=True),
    *person_columns(primary_key=True),
    Column("tz", Text, nullable=False),
    enum_column("membership", Membership),
    Column("reachable", Boolean, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("locale", String(35)),
    # When they last opened the App Home; NULL if never, so that it is not drawn for them.
    Column("home_at", Instant),
)

# People who are known by a mail address and not by an account: `user` is a digest of the address.
addresses = Table(
    "addresses",
    metadata,
    workspace_column(primary_key=True),
    Column("user", SLACK_ID, primary_key=True),
    # Encrypted; NULL if all that is known is that nothing may be sent there any more.
    Column("sealed", Text),
    Column("language", String(35), nullable=False),
    Column("kept_at", Instant, nullable=False),
)

# Details of people's last signatures that they chose to save.
remembered_signatures = Table(
    "remembered_signatures",
    metadata,
    workspace_column(primary_key=True),
    *person_columns(primary_key=True),
    enum_column("capacity", Capacity),
    Column("name", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("affiliation", Text, nullable=False),
    Column("organisation", Text, nullable=False),
    Column("country", Text, nullable=False),
    Column("via", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("authorised", Boolean, nullable=False),
    Column("sort_name", Text, nullable=False),
    Column("kept_at", Instant, nullable=False),
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
