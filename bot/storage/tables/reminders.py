"""Tables for reminders, the planned steps, and people's choices about them."""

from sqlalchemy import Boolean, Column, Index, Integer, String, Table

from bot.storage.states import ReminderState
from bot.storage.tables.columns import (
    Instant,
    enum_column,
    letter_column,
    metadata,
    person_columns,
    workspace_of_letter,
)

reminders = Table(
    "reminders",
    metadata,
    letter_column(primary_key=True),
    *person_columns(primary_key=True),
    Column("step", String(40), primary_key=True),
    workspace_of_letter(),
    Column("due_at", Instant, nullable=False),
    Column("named", Boolean, nullable=False),
    Column("at_once", Boolean, nullable=False),
    enum_column("state", ReminderState),
    Column("settled_at", Instant),
    Index(None, "letter", "state"),
)

reminder_steps = Table(
    "reminder_steps",
    metadata,
    letter_column(primary_key=True),
    Column("step", String(40), primary_key=True),
    workspace_of_letter(),
    Column("planned_at", Instant, nullable=False),
    Column("people", Integer, nullable=False),
)

reminder_wishes = Table(
    "reminder_wishes",
    metadata,
    letter_column(primary_key=True),
    *person_columns(primary_key=True),
    workspace_of_letter(),
    Column("stopped", Boolean, nullable=False),
    Column("later_count", Integer, nullable=False, server_default="0"),
    Column("said_at", Instant, nullable=False),
)
