"""The table of people and organisations invited to sign."""

from sqlalchemy import Column, Index, Table, Text, UniqueConstraint

from bot.letters.endorsement import Kind
from bot.letters.invitation import InvitationState
from bot.storage.tables.columns import (
    ID,
    Bytewise,
    Instant,
    enum_column,
    letter_column,
    metadata,
    person_columns,
    workspace_of_letter,
)

invitations = Table(
    "invitations",
    metadata,
    Column("id", ID, primary_key=True),
    letter_column(),
    workspace_of_letter(),
    enum_column("kind", Kind),
    # The invited person, or the organisation's contact; empty for people without an account.
    *person_columns(server_default=""),
    Column("name", Text, nullable=False),
    Column("organisation", Text, nullable=False, server_default=""),
    Column("country", Text, nullable=False, server_default=""),
    Column("contact", Text, nullable=False, server_default=""),
    Column("key", Bytewise, nullable=False),
    # An organisation's key without its country; empty for a person.
    Column("plain_key", Bytewise, nullable=False, server_default=""),
    enum_column("state", InvitationState),
    Column("until", Instant),
    Column("note", Text, nullable=False, server_default=""),
    # The personal words of the inviting organiser, in the message.
    Column("words", Text, nullable=False, server_default=""),
    *person_columns("added_", server_default=""),
    Column("invited_at", Instant, nullable=False),
    Column("answered_at", Instant),
    # When the mail to somebody without an account was taken or refused, and why it was refused.
    Column("mailed_at", Instant),
    Column("mail_error", Text, nullable=False, server_default=""),
    UniqueConstraint("letter", "kind", "key"),
    Index(None, "letter", "state"),
    Index(None, "letter", "plain_key"),
    Index(None, "team", "user", "letter"),
)
