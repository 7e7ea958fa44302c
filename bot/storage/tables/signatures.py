"""Signatures, the parties that they put on a list, and what was said about them."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from bot.storage.tables.columns import ID, SLACK_ID, Bytewise, Instant, metadata, workspace_column

SHOWN = "(standing = 'marked' OR (standing = 'listed' AND endorsements > 0))"
"""SQL condition of an entry on the list. The count is checked too."""
OF_ORGANISATIONS = "kind = 'organisation'"
WAITING_OR_STRUCK = "standing IN ('claimed', 'confirmed', 'contested', 'struck')"

signatories = Table(
    "signatories",
    metadata,
    Column("id", ID, primary_key=True),
    Column("letter", ForeignKey("letters.id", ondelete="CASCADE"), nullable=False),
    workspace_column(),
    Column("kind", String(20), nullable=False),
    Column("key", Bytewise, nullable=False),
    Column("line", Bytewise, nullable=False),
    Column("sort_fold", Bytewise, nullable=False),
    Column("group_no", Integer, nullable=False),
    Column("pinned", Integer, nullable=False, server_default="0"),
    Column("endorsements", Integer, nullable=False),
    # The endorsement whose line it carries. No foreign key: the signatory is written first.
    Column("speaker", ID, nullable=False),
    Column("country", String(8), nullable=False, server_default=""),
    Column("country_fold", Bytewise, nullable=False, server_default=""),
    Column("came_at", Instant),
    # Empty only in rows of old code, until the worker has filed them.
    Column("sort_key", Bytewise, nullable=False, server_default=""),
    Column("prefix", Bytewise, nullable=False, server_default=""),
    Column("confirmed", Boolean, nullable=False, server_default="0"),
    Column("contests", Integer, nullable=False, server_default="0"),
    Column("struck", Boolean, nullable=False, server_default="0"),
    Column("late", Boolean, nullable=False, server_default="0"),
    Column("delivered", Boolean, nullable=False, server_default="0"),
    Column("standing", String(20), nullable=False, server_default="listed"),
    Column("merged_into", ID),
    UniqueConstraint("letter", "kind", "key"),
    Index(
        "ix_signatories_shown",
        "letter",
        "group_no",
        "pinned",
        "prefix",
        "sort_key",
        "line",
        "id",
        sqlite_where=text(SHOWN),
        postgresql_where=text(SHOWN),
    ),
    Index(
        "ix_signatories_waiting",
        "letter",
        "id",
        sqlite_where=text(WAITING_OR_STRUCK),
        postgresql_where=text(WAITING_OR_STRUCK),
    ),
    # People are most of a long list, and none of these.
    Index(
        "ix_signatories_organisations",
        "letter",
        "id",
        sqlite_where=text(OF_ORGANISATIONS),
        postgresql_where=text(OF_ORGANISATIONS),
    ),
    Index(
        "ix_signatories_merged",
        "merged_into",
        sqlite_where=text("merged_into IS NOT NULL"),
        postgresql_where=text("merged_into IS NOT NULL"),
    ),
    Index(
        "ix_signatories_unfiled",
        "id",
        sqlite_where=text("sort_key = ''"),
        postgresql_where=text("sort_key = ''"),
    ),
)

endorsements = Table(
    "endorsements",
    metadata,
    Column("id", ID, primary_key=True),
    Column("letter", Integer, nullable=False),
    Column("signatory", ForeignKey("signatories.id"), nullable=False),
    workspace_column(),
    Column("team", SLACK_ID, nullable=False),
    Column("user", SLACK_ID, nullable=False),
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
    Column("via", Text, nullable=False, server_default=""),
    Column("note", Text, nullable=False, server_default=""),
    Column("sort_key", Text, nullable=False, server_default=""),
    Column("country_code", String(8), nullable=False, server_default=""),
    Column("meaning", Integer, nullable=False, server_default="1"),
    Column("kept_sha256", String(64), nullable=False, server_default=""),
    Column("kept_at", Instant),
    Column("kept_consent", Text, nullable=False, server_default=""),
    Column("ended", String(30)),
    Column("corrected_at", Instant),
    Column("source", Text, nullable=False, server_default=""),
    Column("added_team", SLACK_ID),
    Column("added_user", SLACK_ID),
    # Which clock said when: "postgresql", "process", or a test's.
    Column("clock", String(20), nullable=False, server_default=""),
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

confirmations = Table(
    "confirmations",
    metadata,
    Column("id", ID, primary_key=True),
    Column("letter", ForeignKey("letters.id", ondelete="CASCADE"), nullable=False),
    Column("signatory", ForeignKey("signatories.id"), nullable=False),
    workspace_column(),
    Column("ground", String(30), nullable=False),
    Column("given_by", Text, nullable=False),
    Column("given_role", Text, nullable=False),
    Column("given_on", Date, nullable=False),
    Column("team", SLACK_ID, nullable=False),
    Column("user", SLACK_ID, nullable=False),
    Column("made_at", Instant, nullable=False),
    # When all had withdrawn that it was about: if the organisation comes back, it counts no more.
    Column("ended_at", Instant),
    Index(None, "signatory", "id"),
)

contests = Table(
    "contests",
    metadata,
    Column("id", ID, primary_key=True),
    Column("letter", ForeignKey("letters.id", ondelete="CASCADE"), nullable=False),
    Column("signatory", ForeignKey("signatories.id"), nullable=False),
    workspace_column(),
    Column("team", SLACK_ID, nullable=False),
    Column("user", SLACK_ID, nullable=False),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("decision", String(20)),
    Column("why", Text, nullable=False, server_default=""),
    Column("decided_team", SLACK_ID),
    Column("decided_user", SLACK_ID),
    Column("decided_at", Instant),
    Index(None, "signatory", "id"),
    Index(
        "uq_contests_open",
        "signatory",
        "team",
        "user",
        unique=True,
        sqlite_where=text("decided_at IS NULL"),
        postgresql_where=text("decided_at IS NULL"),
    ),
)

corrections = Table(
    "corrections",
    metadata,
    Column("id", ID, primary_key=True),
    Column("letter", ForeignKey("letters.id", ondelete="CASCADE"), nullable=False),
    Column("endorsement", ForeignKey("endorsements.id"), nullable=False),
    workspace_column(),
    # The facts, line and sort name that an organiser proposes or wrote, by column.
    Column("proposed", JSON, nullable=False),
    Column("team", SLACK_ID, nullable=False),
    Column("user", SLACK_ID, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("answer", String(20)),
    Column("answered_at", Instant),
    Index(None, "endorsement", "id"),
)

probes = Table(
    "probes",
    metadata,
    Column("letter", ForeignKey("letters.id", ondelete="CASCADE"), primary_key=True),
    Column("probe", Bytewise, primary_key=True),
    Column("signatory", ForeignKey("signatories.id"), primary_key=True),
    workspace_column(),
)

differences = Table(
    "differences",
    metadata,
    Column("letter", ForeignKey("letters.id", ondelete="CASCADE"), primary_key=True),
    # Two signatories that look alike and are not the same, the lower id first.
    Column("one", ID, primary_key=True),
    Column("other", ID, primary_key=True),
    workspace_column(),
    Column("team", SLACK_ID, nullable=False),
    Column("user", SLACK_ID, nullable=False),
    Column("said_at", Instant, nullable=False),
)

tally_hours = Table(
    "tally_hours",
    metadata,
    Column("letter", ForeignKey("letters.id", ondelete="CASCADE"), primary_key=True),
    Column("hour", Instant, primary_key=True),
    Column("kind", String(20), primary_key=True),
    workspace_column(),
    Column("signed", Integer, nullable=False),
    Column("withdrawn", Integer, nullable=False),
)
