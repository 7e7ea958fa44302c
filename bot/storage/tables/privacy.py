"""The table of letters' history."""

from sqlalchemy import JSON, Column, Index, Table, Text

from bot.letters.audit import Act
from bot.storage.tables.columns import (
    ID,
    Instant,
    enum_column,
    letter_column,
    metadata,
    partial_index,
    person_columns,
    workspace_of_letter,
)

OF_ENDORSEMENT, OF_INVITATION = "endorsement <> ''", "invitation <> ''"
"""SQL condition of an entry about an endorsement."""

audit_entries = Table(
    "audit_entries",
    metadata,
    Column("id", ID, primary_key=True),
    letter_column(),
    workspace_of_letter(),
    enum_column("act", Act),
    Column("made_at", Instant, nullable=False),
    # Empty for the app's own acts; erased people have no team, and `ERASED` as their user.
    *person_columns(server_default=""),
    Column("ground", Text, nullable=False, server_default=""),
    # No foreign keys: the entry stays when its subject is deleted.
    Column("signatory", ID, nullable=False, server_default=""),
    Column("endorsement", ID, nullable=False, server_default=""),
    Column("invitation", ID, nullable=False, server_default=""),
    *person_columns("about_", server_default=""),
    Column("facts", JSON, nullable=False),
    Index(None, "letter", "id"),
    Index(None, "signatory"),
    # Most acts are not about an endorsement, nor about an invitation.
    partial_index("ix_audit_entries_endorsement", "endorsement", where=OF_ENDORSEMENT),
    partial_index("ix_audit_entries_invitation", "invitation", where=OF_INVITATION),
)
