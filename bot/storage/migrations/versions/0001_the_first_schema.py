"""The first schema, as `make record-release` writes it from the tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create every table."""
    op.create_table(
        "workspaces",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("copied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("address_key", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workspaces")),
    )
    op.create_table(
        "addresses",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("user", sa.String(length=32), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=True),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace"],
            ["workspaces.id"],
            name=op.f("fk_addresses_workspace"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace", "user", name=op.f("pk_addresses")),
    )
    op.create_table(
        "channels",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("gathered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("error", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace"], ["workspaces.id"], name=op.f("fk_channels_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace", "channel", name=op.f("pk_channels")),
    )
    op.create_table(
        "inbox",
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace"], ["workspaces.id"], name=op.f("fk_inbox_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_inbox")),
    )
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_inbox_workspace_received_at"), ["workspace", "received_at"], unique=False
        )

    op.create_table(
        "letters",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("addressee", sa.Text(), server_default="", nullable=False),
        sa.Column("subject", sa.Text(), server_default="", nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("text_sha256", sa.String(length=64), nullable=False),
        sa.Column("signers", sa.String(length=30), nullable=False),
        sa.Column("goal", sa.Integer(), nullable=True),
        sa.Column("deadline", sa.DateTime(timezone=True), nullable=False),
        sa.Column("phase", sa.String(length=30), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("people", sa.Integer(), server_default="0", nullable=False),
        sa.Column("organisations", sa.Integer(), server_default="0", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("meaning", sa.Integer(), server_default="1", nullable=False),
        sa.Column("tz", sa.Text(), server_default="UTC", nullable=False),
        sa.Column("grace_minutes", sa.Integer(), server_default="0", nullable=False),
        sa.Column("grace_anywhere", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmation", sa.String(length=30), server_default="none", nullable=False),
        sa.Column("silence", sa.String(length=30), server_default="keep", nullable=False),
        sa.Column(
            "withdrawn_entry", sa.String(length=30), server_default="removed", nullable=False
        ),
        sa.Column("embargo_hides", sa.String(length=30), nullable=True),
        sa.Column("embargo_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("embargo_listed", sa.Integer(), nullable=True),
        sa.Column("embargo_sooner", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ordering", sa.String(length=30), server_default="alphabetical", nullable=False),
        sa.Column("grouped", sa.Boolean(), server_default="1", nullable=False),
        sa.Column("reminded", sa.String(length=30), server_default="everyone", nullable=False),
        sa.Column("page", sa.String(length=30), server_default="off", nullable=False),
        sa.Column("names", sa.String(length=30), server_default="shown", nullable=False),
        sa.Column("question", sa.Text(), server_default="", nullable=False),
        sa.Column("may_sign", sa.String(length=30), server_default="readers", nullable=False),
        sa.Column("printing", sa.Text(), server_default="{}", nullable=False),
        sa.Column("look", sa.String(length=30), server_default="organisations", nullable=False),
        sa.Column("hourly", sa.Integer(), server_default="60", nullable=False),
        sa.Column("unindexed", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("share_id", sa.String(length=8), nullable=True),
        sa.Column("listed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), server_default="0", nullable=False),
        sa.Column("late_people", sa.Integer(), server_default="0", nullable=False),
        sa.Column("late_organisations", sa.Integer(), server_default="0", nullable=False),
        sa.Column("waiting", sa.Integer(), server_default="0", nullable=False),
        sa.Column("withheld", sa.Integer(), server_default="0", nullable=False),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("unveiled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer_by", sa.DateTime(timezone=True), nullable=True),
        sa.Column("has_invitations", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("public", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("responsible", sa.Text(), server_default="", nullable=False),
        sa.Column("news", sa.Text(), server_default="", nullable=False),
        sa.Column("news_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_words", sa.Text(), server_default="", nullable=False),
        sa.Column("told", sa.Integer(), server_default="0", nullable=False),
        sa.Column("telling", sa.Text(), nullable=True),
        sa.Column("started_from", sa.Integer(), nullable=True),
        sa.Column("digest_key", sa.String(length=64), server_default="", nullable=False),
        sa.CheckConstraint(
            "confirmation IN ('none', 'second', 'organiser')", name=op.f("ck_letters_confirmation")
        ),
        sa.CheckConstraint(
            "embargo_hides IN ('names', 'all')", name=op.f("ck_letters_embargo_hides")
        ),
        sa.CheckConstraint(
            "look IN ('none', 'organisations', 'everyone')", name=op.f("ck_letters_look")
        ),
        sa.CheckConstraint(
            "may_sign IN ('readers', 'invited', 'reviewed')", name=op.f("ck_letters_may_sign")
        ),
        sa.CheckConstraint("names IN ('shown', 'may_be_withheld')", name=op.f("ck_letters_names")),
        sa.CheckConstraint(
            "ordering IN ('alphabetical', 'country', 'time')", name=op.f("ck_letters_ordering")
        ),
        sa.CheckConstraint("page IN ('off', 'list', 'signing')", name=op.f("ck_letters_page")),
        sa.CheckConstraint(
            "phase IN ('draft', 'founding', 'open', 'closing', 'closed', 'delivered', 'late', 'cancelled')",
            name=op.f("ck_letters_phase"),
        ),
        sa.CheckConstraint("reminded IN ('everyone', 'invited')", name=op.f("ck_letters_reminded")),
        sa.CheckConstraint(
            "signers IN ('everyone', 'people', 'organisations')", name=op.f("ck_letters_signers")
        ),
        sa.CheckConstraint("silence IN ('keep', 'drop')", name=op.f("ck_letters_silence")),
        sa.CheckConstraint(
            "withdrawn_entry IN ('removed', 'marked')", name=op.f("ck_letters_withdrawn_entry")
        ),
        sa.ForeignKeyConstraint(
            ["workspace"], ["workspaces.id"], name=op.f("fk_letters_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letters")),
        sa.UniqueConstraint("share_id", name=op.f("uq_letters_share_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("letters", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_letters_phase_deadline"), ["phase", "deadline"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_letters_workspace_phase"), ["workspace", "phase"], unique=False
        )

    op.create_table(
        "members",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("user", sa.String(length=32), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace"], ["workspaces.id"], name=op.f("fk_members_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace", "channel", "user", name=op.f("pk_members")),
    )
    op.create_table(
        "people",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("team", sa.String(length=32), nullable=False),
        sa.Column("user", sa.String(length=32), nullable=False),
        sa.Column("tz", sa.Text(), nullable=False),
        sa.Column("membership", sa.String(length=30), nullable=False),
        sa.Column("reachable", sa.Boolean(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("locale", sa.String(length=35), nullable=True),
        sa.Column("home_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "membership IN ('member', 'guest', 'outsider')", name=op.f("ck_people_membership")
        ),
        sa.ForeignKeyConstraint(
            ["workspace"], ["workspaces.id"], name=op.f("fk_people_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("workspace", "team", "user", name=op.f("pk_people")),
    )
    op.create_table(
        "rate_limits",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("bucket", sa.String(length=80), nullable=False),
        sa.Column("free_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace"],
            ["workspaces.id"],
            name=op.f("fk_rate_limits_workspace"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace", "bucket", name=op.f("pk_rate_limits")),
    )
    op.create_table(
        "remembered_signatures",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("team", sa.String(length=32), nullable=False),
        sa.Column("user", sa.String(length=32), nullable=False),
        sa.Column("capacity", sa.String(length=30), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("affiliation", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("via", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("authorised", sa.Boolean(), nullable=False),
        sa.Column("sort_name", sa.Text(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "capacity IN ('individual', 'affiliated', 'withheld', 'organisation')",
            name=op.f("ck_remembered_signatures_capacity"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace"],
            ["workspaces.id"],
            name=op.f("fk_remembered_signatures_workspace"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace", "team", "user", name=op.f("pk_remembered_signatures")),
    )
    op.create_table(
        "amendments",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("letter", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("from_sha256", sa.String(length=64), nullable=False),
        sa.Column("to_sha256", sa.String(length=64), nullable=False),
        sa.Column("meaning", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("answer_by", sa.DateTime(timezone=True), nullable=True),
        sa.Column("team", sa.String(length=32), nullable=False),
        sa.Column("user", sa.String(length=32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("kept", sa.Integer(), server_default="0", nullable=False),
        sa.Column("withdrew", sa.Integer(), server_default="0", nullable=False),
        sa.Column("silent", sa.Integer(), server_default="0", nullable=False),
        sa.Column("dropped", sa.Integer(), server_default="0", nullable=False),
        sa.Column("behind", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("kind IN ('cosmetic', 'material')", name=op.f("ck_amendments_kind")),
        sa.ForeignKeyConstraint(
            ["letter"], ["letters.id"], name=op.f("fk_amendments_letter"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_amendments")),
        sa.UniqueConstraint("letter", "number", name=op.f("uq_amendments_letter_number")),
    )
    op.create_table(
        "approvals",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("letter", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("team", sa.String(length=32), nullable=False),
        sa.Column("user", sa.String(length=32), nullable=False),
        sa.Column("decided_team", sa.String(length=32), nullable=False),
        sa.Column("decided_user", sa.String(length=32), nullable=False),
        sa.Column("domain", sa.String(length=253), nullable=False),
        sa.Column("given", sa.JSON(), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved", sa.Boolean(), nullable=True),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["letter"], ["letters.id"], name=op.f("fk_approvals_letter"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approvals")),
    )
    with op.batch_alter_table("approvals", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_approvals_decided_user"), ["decided_user"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_approvals_letter"), ["letter"], unique=False)
        batch_op.create_index(batch_op.f("ix_approvals_team_user"), ["team", "user"], unique=False)

    op.create_table(
        "audit_entries",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("letter", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("act", sa.String(length=30), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("team", sa.String(length=32), server_default="", nullable=False),
        sa.Column("user", sa.String(length=32), server_default="", nullable=False),
        sa.Column("ground", sa.Text(), server_default="", nullable=False),
        sa.Column("signatory", sa.String(length=32), server_default="", nullable=False),
        sa.Column("endorsement", sa.String(length=32), server_default="", nullable=False),
        sa.Column("invitation", sa.String(length=32), server_default="", nullable=False),
        sa.Column("about_team", sa.String(length=32), server_default="", nullable=False),
        sa.Column("about_user", sa.String(length=32), server_default="", nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "act IN ('started', 'first_signers_chosen', 'posted', 'card_removed', 'details_changed', 'rules_changed', 'embargo_lifted', 'amended', 'answers_sooner', 'closed', 'extended', 'reopened', 'cancelled', 'organiser_added', 'organiser_removed', 'added', 'correction_proposed', 'corrected', 'correction_accepted', 'correction_declined', 'withdrawn', 'dropped', 'confirmed', 'approved', 'objected', 'upheld', 'removed', 'removed_all', 'restored', 'merged', 'merge_undone', 'told_apart', 'pinned', 'unpinned', 'grouped', 'invited', 'invitation_changed', 'invitation_answered', 'invitation_removed', 'reminded', 'reminders_stopped', 'delivered', 'taken_back', 'updated', 'translated', 'told', 'late_opened', 'late_closed', 'erased')",
            name=op.f("ck_audit_entries_act"),
        ),
        sa.ForeignKeyConstraint(
            ["letter"], ["letters.id"], name=op.f("fk_audit_entries_letter"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entries")),
    )
    with op.batch_alter_table("audit_entries", schema=None) as batch_op:
        batch_op.create_index(
            "ix_audit_entries_endorsement",
            ["endorsement"],
            unique=False,
            sqlite_where=sa.text("endorsement <> ''"),
            postgresql_where=sa.text("endorsement <> ''"),
        )
        batch_op.create_index(
            "ix_audit_entries_invitation",
            ["invitation"],
            unique=False,
            sqlite_where=sa.text("invitation <> ''"),
            postgresql_where=sa.text("invitation <> ''"),
        )
        batch_op.create_index(
            batch_op.f("ix_audit_entries_letter_id"), ["letter", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_audit_entries_signatory"), ["signatory"], unique=False)

    op.create_table(
        "codes",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("letter", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("team", sa.String(length=32), nullable=False),
        sa.Column("user", sa.String(length=32), nullable=False),
        sa.Column("given", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("network", sa.String(length=32), nullable=False),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("typed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["letter"], ["letters.id"], name=op.f("fk_codes_letter"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_codes")),
    )
    with op.batch_alter_table("codes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_codes_letter_made_at"), ["letter", "made_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_codes_network_made_at"), ["network", "made_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_codes_team_user_made_at"), ["team", "user", "made_at"], unique=False
        )

    op.create_table(
        "compared",
        sa.Column("letter", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("endorsement", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter"], ["letters.id"], name=op.f("fk_compared_letter"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("letter", name=op.f("pk_compared")),
    )
    op.create_table(
        "delivered_copies",
        sa.Column("letter", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("addressee", sa.Text(), server_default="", nullable=False),
        sa.Column("subject", sa.Text(), server_default="", nullable=False),
        sa.Column("text_sha256", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("entries", sa.Text(), nullable=False),
        sa.Column("copy_sha256", sa.String(length=64), nullable=False),
        sa.Column("parties", sa.Text(), server_default="[]", nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("organisations", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(length=32), nullable=False),
        sa.Column("user", sa.String(length=32), nullable=False),
        sa.Column("cut_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("clock", sa.String(length=20), nullable=False),
        sa.Column("printing", sa.Text(), server_default="{}", nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["letter"], ["letters.id"], name=op.f("fk_delivered_copies_letter"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("letter", "number", name=op.f("pk_delivered_copies")),
    )
    op.create_table(
        "first_signers",
        sa.Column("letter", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(length=32), nullable=False),
        sa.Column("user", sa.String(length=32), nullable=False),
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter"], ["letters.id"], name=op.f("fk_first_signers_letter"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("letter", "team", "user", name=op.f("pk_first_signers")),
    )
    op.create_table(
        "invitations",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("letter", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("team", sa.String(length=32), server_default="", nullable=False),
        sa.Column("user", sa.String(length=32), server_default="", nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), server_default="", nullable=False),
        sa.Column("country", sa.Text(), server_default="", nullable=False),
        sa.Column("contact", sa.Text(), server_default="", nullable=False),
        sa.Column(
            "key", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column(
            "plain_key",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            server_default="",
            nullable=False,
        ),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("added_team", sa.String(length=32), server_default="", nullable=False),
        sa.Column("added_user", sa.String(length=32), server_default="", nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mailed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mail_error", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("kind IN ('person', 'organisation')", name=op.f("ck_invitations_kind")),
        sa.CheckConstraint(
            "state IN ('invited', 'reading', 'awaiting', 'declined', 'signed', 'withdrew')",
            name=op.f("ck_invitations_state"),
        ),
        sa.ForeignKeyConstraint(
            ["letter"], ["letters.id"], name=op.f("fk_invitations_letter"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("letter", "kind", "key", name=op.f("uq_invitations_letter_kind_key")),
    )
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_invitations_letter_plain_key"), ["letter", "plain_key"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_invitations_letter_state"), ["letter", "state"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_invitations_team_user_letter"), ["team", "user", "letter"], unique=False
        )

    op.create_table(
        "organisers",
        sa.Column("letter", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(length=32), nullable=False),
        sa.Column("user", sa.String(length=32), nullable=False),
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter"], ["letters.id"], name=op.f("fk_organisers_letter"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("letter", "team", "user", name=op.f("pk_organisers")),
    )
    with op.batch_alter_table("organisers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organisers_team_user"), ["team", "user"], unique=False)

    op.create_table(
        "outbox",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("letter", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("subject", sa.JSON(), nullable=False),
        sa.Column("target", sa.String(length=32), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("holder", sa.String(length=32), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("click", sa.Text(), server_default="", nullable=False),
        sa.Column("error", sa.Text(), server_default="", nullable=False),
        sa.Column("reference", sa.JSON(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('card', 'receipt', 'receipt_changed', 'answered', 'blanked', 'home', 'desk', 'word', 'digest', 'signer', 'first_signer', 'invitation', 'news', 'reminder', 'mail', 'mailing')",
            name=op.f("ck_outbox_kind"),
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'claimed', 'unknown', 'sent', 'dropped', 'given_up')",
            name=op.f("ck_outbox_state"),
        ),
        sa.ForeignKeyConstraint(
            ["letter"], ["letters.id"], name=op.f("fk_outbox_letter"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace"], ["workspaces.id"], name=op.f("fk_outbox_workspace"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(
            "ix_outbox_due",
            ["state", "priority", "due_at"],
            unique=False,
            sqlite_where=sa.text("settled_at IS NULL"),
            postgresql_where=sa.text("settled_at IS NULL"),
        )
        batch_op.create_index(
            "ix_outbox_given_up",
            ["settled_at"],
            unique=False,
            sqlite_where=sa.text("state = 'given_up'"),
            postgresql_where=sa.text("state = 'given_up'"),
        )
        batch_op.create_index(batch_op.f("ix_outbox_key_state"), ["key", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_outbox_letter_id"), ["letter", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_outbox_workspace"), ["workspace"], unique=False)
        batch_op.create_index(
            "uq_outbox_waiting",
            ["key"],
            unique=True,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )

    op.create_table(
        "postings",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("letter", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("message_ts", sa.String(length=32), nullable=True),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("error", sa.Text(), server_default="", nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('waiting', 'up', 'failed', 'unknown', 'leaving', 'down')",
            name=op.f("ck_postings_state"),
        ),
        sa.ForeignKeyConstraint(
            ["letter"], ["letters.id"], name=op.f("fk_postings_letter"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_postings")),
    )
    with op.batch_alter_table("postings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_postings_letter"), ["letter"], unique=False)
        batch_op.create_index(
            "uq_postings_up",
            ["letter", "channel"],
            unique=True,
            sqlite_where=sa.text("state NOT IN ('leaving', 'down')"),
            postgresql_where=sa.text("state NOT IN ('leaving', 'down')"),
        )

    op.create_table(
        "proposals",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("letter", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("from_sha256", sa.String(length=64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("addressee", sa.Text(), server_default="", nullable=False),
        sa.Column("subject", sa.Text(), server_default="", nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("answer_by", sa.DateTime(timezone=True), nullable=True),
        sa.Column("team", sa.String(length=32), nullable=False),
        sa.Column("user", sa.String(length=32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('cosmetic', 'material')", name=op.f("ck_proposals_kind")),
        sa.ForeignKeyConstraint(
            ["letter"], ["letters.id"], name=op.f("fk_proposals_letter"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")),
    )
    with op.batch_alter_table("proposals", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_proposals_letter_team_user"), ["letter", "team", "user"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_proposals_made_at"), ["made_at"], unique=False)

    op.create_table(
        "refused_domains",
        sa.Column("letter", sa.Integer(), nullable=False),
        sa.Column("domain", sa.String(length=253), nullable=False),
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter"], ["letters.id"], name=op.f("fk_refused_domains_letter"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("letter", "domain", name=op.f("pk_refused_domains")),
    )
    op.create_table(
        "reminder_steps",
        sa.Column("letter", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter"], ["letters.id"], name=op.f("fk_reminder_steps_letter"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("letter", "step", name=op.f("pk_reminder_steps")),
    )
    op.create_table(
        "reminder_wishes",
        sa.Column("letter", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(length=32), nullable=False),
        sa.Column("user", sa.String(length=32), nullable=False),
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("stopped", sa.Boolean(), nullable=False),
        sa.Column("later_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter"], ["letters.id"], name=op.f("fk_reminder_wishes_letter"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("letter", "team", "user", name=op.f("pk_reminder_wishes")),
    )
    op.create_table(
        "reminders",
        sa.Column("letter", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(length=32), nullable=False),
        sa.Column("user", sa.String(length=32), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("at_once", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('planned', 'sent', 'dropped', 'failed')", name=op.f("ck_reminders_state")
        ),
        sa.ForeignKeyConstraint(
            ["letter"], ["letters.id"], name=op.f("fk_reminders_letter"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("letter", "team", "user", "step", name=op.f("pk_reminders")),
    )
    with op.batch_alter_table("reminders", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_reminders_letter_state"), ["letter", "state"], unique=False
        )

    op.create_table(
        "sent_messages",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("letter", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("team", sa.String(length=32), nullable=False),
        sa.Column("user", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column(
            "thread", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("subject", sa.JSON(), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("ts", sa.String(length=32), nullable=False),
        sa.Column("replaced", sa.Boolean(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('card', 'receipt', 'receipt_changed', 'answered', 'blanked', 'home', 'desk', 'word', 'digest', 'signer', 'first_signer', 'invitation', 'news', 'reminder', 'mail', 'mailing')",
            name=op.f("ck_sent_messages_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["letter"], ["letters.id"], name=op.f("fk_sent_messages_letter"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sent_messages")),
    )
    with op.batch_alter_table("sent_messages", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_sent_messages_letter_team_user"),
            ["letter", "team", "user"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_sent_messages_letter_thread"), ["letter", "thread"], unique=False
        )

    op.create_table(
        "signatories",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("letter", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column(
            "key", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column(
            "entry", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column(
            "sort_fold",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("group_no", sa.Integer(), nullable=False),
        sa.Column("pinned", sa.Integer(), server_default="0", nullable=False),
        sa.Column("heading", sa.Text(), server_default="", nullable=False),
        sa.Column("endorsements", sa.Integer(), nullable=False),
        sa.Column("speaker", sa.String(length=32), nullable=False),
        sa.Column("country", sa.String(length=8), server_default="", nullable=False),
        sa.Column(
            "plain_key",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            server_default="",
            nullable=False,
        ),
        sa.Column(
            "country_fold",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            server_default="",
            nullable=False,
        ),
        sa.Column("came_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "sort_key",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            server_default="",
            nullable=False,
        ),
        sa.Column(
            "prefix",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            server_default="",
            nullable=False,
        ),
        sa.Column("confirmed", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("doubted", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("waits", sa.String(length=30), server_default="no", nullable=False),
        sa.Column("objections", sa.Integer(), server_default="0", nullable=False),
        sa.Column("removed", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("withheld", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("late", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("delivered", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("standing", sa.String(length=30), server_default="listed", nullable=False),
        sa.Column("merged_into", sa.String(length=32), nullable=True),
        sa.CheckConstraint("kind IN ('person', 'organisation')", name=op.f("ck_signatories_kind")),
        sa.CheckConstraint(
            "standing IN ('unconfirmed', 'confirmed', 'listed', 'disputed', 'removed', 'marked', 'gone')",
            name=op.f("ck_signatories_standing"),
        ),
        sa.CheckConstraint("waits IN ('no', 'look', 'name')", name=op.f("ck_signatories_waits")),
        sa.ForeignKeyConstraint(
            ["letter"], ["letters.id"], name=op.f("fk_signatories_letter"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["merged_into"],
            ["signatories.id"],
            name=op.f("fk_signatories_merged_into"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signatories")),
        sa.UniqueConstraint("letter", "kind", "key", name=op.f("uq_signatories_letter_kind_key")),
    )
    with op.batch_alter_table("signatories", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_signatories_letter_entry"), ["letter", "entry"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_signatories_letter_sort_fold_id"),
            ["letter", "sort_fold", "id"],
            unique=False,
        )
        batch_op.create_index(
            "ix_signatories_merged",
            ["merged_into"],
            unique=False,
            sqlite_where=sa.text("merged_into IS NOT NULL"),
            postgresql_where=sa.text("merged_into IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_signatories_namesakes",
            ["letter", "plain_key"],
            unique=False,
            sqlite_where=sa.text("plain_key <> ''"),
            postgresql_where=sa.text("plain_key <> ''"),
        )
        batch_op.create_index(
            "ix_signatories_organisations",
            ["letter", "id"],
            unique=False,
            sqlite_where=sa.text("kind = 'organisation'"),
            postgresql_where=sa.text("kind = 'organisation'"),
        )
        batch_op.create_index(
            "ix_signatories_shown",
            ["letter", "group_no", "pinned", "prefix", "sort_key", "entry", "id"],
            unique=False,
            sqlite_where=sa.text(
                "(standing = 'marked' OR (standing = 'listed' AND endorsements > 0))"
            ),
            postgresql_where=sa.text(
                "(standing = 'marked' OR (standing = 'listed' AND endorsements > 0))"
            ),
        )
        batch_op.create_index(
            "ix_signatories_waiting",
            ["letter", "id"],
            unique=False,
            sqlite_where=sa.text(
                "(standing IN ('unconfirmed', 'confirmed', 'disputed') OR (removed AND entry <> ''))"
            ),
            postgresql_where=sa.text(
                "(standing IN ('unconfirmed', 'confirmed', 'disputed') OR (removed AND entry <> ''))"
            ),
        )

    op.create_table(
        "tally_quarters",
        sa.Column("letter", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("signed", sa.Integer(), nullable=False),
        sa.Column("withdrawn", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('person', 'organisation')", name=op.f("ck_tally_quarters_kind")
        ),
        sa.ForeignKeyConstraint(
            ["letter"], ["letters.id"], name=op.f("fk_tally_quarters_letter"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("letter", "since", "kind", name=op.f("pk_tally_quarters")),
    )
    op.create_table(
        "texts",
        sa.Column("letter", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("addressee", sa.Text(), server_default="", nullable=False),
        sa.Column("subject", sa.Text(), server_default="", nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter"], ["letters.id"], name=op.f("fk_texts_letter"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("letter", "sha256", name=op.f("pk_texts")),
    )
    op.create_table(
        "translations",
        sa.Column("letter", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("translator", sa.Text(), nullable=False),
        sa.Column("text_sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter"], ["letters.id"], name=op.f("fk_translations_letter"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("letter", "language", name=op.f("pk_translations")),
    )
    op.create_table(
        "distinct_pairs",
        sa.Column("letter", sa.Integer(), nullable=False),
        sa.Column("one", sa.String(length=32), nullable=False),
        sa.Column("other", sa.String(length=32), nullable=False),
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("team", sa.String(length=32), nullable=False),
        sa.Column("user", sa.String(length=32), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter"], ["letters.id"], name=op.f("fk_distinct_pairs_letter"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["one"], ["signatories.id"], name=op.f("fk_distinct_pairs_one"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["other"], ["signatories.id"], name=op.f("fk_distinct_pairs_other"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("letter", "one", "other", name=op.f("pk_distinct_pairs")),
    )
    with op.batch_alter_table("distinct_pairs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_distinct_pairs_one"), ["one"], unique=False)
        batch_op.create_index(batch_op.f("ix_distinct_pairs_other"), ["other"], unique=False)

    op.create_table(
        "endorsements",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("letter", sa.Integer(), nullable=False),
        sa.Column("signatory", sa.String(length=32), nullable=False),
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("team", sa.String(length=32), nullable=False),
        sa.Column("user", sa.String(length=32), nullable=False),
        sa.Column("capacity", sa.String(length=30), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("affiliation", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("authorised", sa.Boolean(), nullable=False),
        sa.Column("entry", sa.Text(), nullable=False),
        sa.Column("sort_name", sa.Text(), nullable=False),
        sa.Column("sort_fold", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("text_sha256", sa.String(length=64), nullable=False),
        sa.Column("consent", sa.Text(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("via", sa.Text(), server_default="", nullable=False),
        sa.Column("web", sa.Text(), server_default="", nullable=False),
        sa.Column("represented", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("withheld", sa.Text(), server_default="", nullable=False),
        sa.Column("answer", sa.Text(), server_default="", nullable=False),
        sa.Column("question", sa.Text(), server_default="", nullable=False),
        sa.Column("answer_language", sa.String(length=35), server_default="", nullable=False),
        sa.Column("quotable", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("news", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("sort_key", sa.Text(), server_default="", nullable=False),
        sa.Column("country_code", sa.String(length=8), server_default="", nullable=False),
        sa.Column("meaning", sa.Integer(), server_default="1", nullable=False),
        sa.Column("kept_sha256", sa.String(length=64), server_default="", nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("kept_consent", sa.Text(), server_default="", nullable=False),
        sa.Column("ended", sa.String(length=30), nullable=True),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("source", sa.Text(), server_default="", nullable=False),
        sa.Column("added_team", sa.String(length=32), nullable=True),
        sa.Column("added_user", sa.String(length=32), nullable=True),
        sa.Column("clock", sa.String(length=20), server_default="", nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "capacity IN ('individual', 'affiliated', 'withheld', 'organisation')",
            name=op.f("ck_endorsements_capacity"),
        ),
        sa.CheckConstraint(
            "ended IN ('stands', 'asked', 'withdrawn', 'withdrawn_after_delivery', 'dropped', 'merged', 'removed')",
            name=op.f("ck_endorsements_ended"),
        ),
        sa.ForeignKeyConstraint(
            ["letter", "text_sha256"],
            ["texts.letter", "texts.sha256"],
            name=op.f("fk_endorsements_letter_text_sha256"),
        ),
        sa.ForeignKeyConstraint(
            ["letter"], ["letters.id"], name=op.f("fk_endorsements_letter"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["signatory"],
            ["signatories.id"],
            name=op.f("fk_endorsements_signatory"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_endorsements")),
    )
    with op.batch_alter_table("endorsements", schema=None) as batch_op:
        batch_op.create_index(
            "ix_endorsements_collected",
            ["letter", "signatory"],
            unique=False,
            sqlite_where=sa.text("\"user\" = ''"),
            postgresql_where=sa.text("\"user\" = ''"),
        )
        batch_op.create_index(
            "ix_endorsements_ended",
            ["team", "user", "letter"],
            unique=False,
            sqlite_where=sa.text("withdrawn_at IS NOT NULL"),
            postgresql_where=sa.text("withdrawn_at IS NOT NULL"),
        )
        batch_op.create_index(
            batch_op.f("ix_endorsements_letter_id"), ["letter", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_endorsements_letter_text_sha256"),
            ["letter", "text_sha256"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_endorsements_signatory_id"), ["signatory", "id"], unique=False
        )
        batch_op.create_index(
            "ix_endorsements_withdrawn_late",
            ["letter", "withdrawn_at"],
            unique=False,
            sqlite_where=sa.text("ended = 'withdrawn_after_delivery'"),
            postgresql_where=sa.text("ended = 'withdrawn_after_delivery'"),
        )
        batch_op.create_index(
            "uq_endorsements_held",
            ["team", "user", "letter", "signatory"],
            unique=True,
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )

    op.create_table(
        "likely_pairs",
        sa.Column("letter", sa.Integer(), nullable=False),
        sa.Column("one", sa.String(length=32), nullable=False),
        sa.Column("other", sa.String(length=32), nullable=False),
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter"], ["letters.id"], name=op.f("fk_likely_pairs_letter"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["one"], ["signatories.id"], name=op.f("fk_likely_pairs_one"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["other"], ["signatories.id"], name=op.f("fk_likely_pairs_other"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("letter", "one", "other", name=op.f("pk_likely_pairs")),
    )
    with op.batch_alter_table("likely_pairs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_likely_pairs_one"), ["one"], unique=False)
        batch_op.create_index(batch_op.f("ix_likely_pairs_other"), ["other"], unique=False)

    op.create_table(
        "merges",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("letter", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("keeps", sa.String(length=32), nullable=False),
        sa.Column("goes", sa.String(length=32), nullable=False),
        sa.Column("done", sa.JSON(), nullable=False),
        sa.Column("team", sa.String(length=32), nullable=False),
        sa.Column("user", sa.String(length=32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_team", sa.String(length=32), nullable=True),
        sa.Column("undone_user", sa.String(length=32), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["goes"], ["signatories.id"], name=op.f("fk_merges_goes"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["keeps"], ["signatories.id"], name=op.f("fk_merges_keeps"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["letter"], ["letters.id"], name=op.f("fk_merges_letter"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merges")),
    )
    with op.batch_alter_table("merges", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_merges_goes"), ["goes"], unique=False)
        batch_op.create_index(batch_op.f("ix_merges_keeps"), ["keeps"], unique=False)
        batch_op.create_index(batch_op.f("ix_merges_letter_id"), ["letter", "id"], unique=False)

    op.create_table(
        "name_probes",
        sa.Column("letter", sa.Integer(), nullable=False),
        sa.Column(
            "probe", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("signatory", sa.String(length=32), nullable=False),
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter"], ["letters.id"], name=op.f("fk_name_probes_letter"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["signatory"],
            ["signatories.id"],
            name=op.f("fk_name_probes_signatory"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("letter", "probe", "signatory", name=op.f("pk_name_probes")),
    )
    with op.batch_alter_table("name_probes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_name_probes_signatory"), ["signatory"], unique=False)

    op.create_table(
        "objections",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("letter", sa.Integer(), nullable=False),
        sa.Column("signatory", sa.String(length=32), nullable=False),
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("team", sa.String(length=32), nullable=False),
        sa.Column("user", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("tied", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decision", sa.String(length=30), nullable=True),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("decided_team", sa.String(length=32), nullable=True),
        sa.Column("decided_user", sa.String(length=32), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "decision IN ('listed', 'removed', 'moot')", name=op.f("ck_objections_decision")
        ),
        sa.ForeignKeyConstraint(
            ["letter"], ["letters.id"], name=op.f("fk_objections_letter"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["signatory"],
            ["signatories.id"],
            name=op.f("fk_objections_signatory"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objections")),
    )
    with op.batch_alter_table("objections", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_objections_letter"), ["letter"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_objections_signatory_id"), ["signatory", "id"], unique=False
        )
        batch_op.create_index(
            "uq_objections_open",
            ["signatory", "team", "user"],
            unique=True,
            sqlite_where=sa.text("decided_at IS NULL"),
            postgresql_where=sa.text("decided_at IS NULL"),
        )

    op.create_table(
        "permissions",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("letter", sa.Integer(), nullable=False),
        sa.Column("signatory", sa.String(length=32), nullable=False),
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("ground", sa.String(length=30), nullable=False),
        sa.Column("given_by", sa.Text(), nullable=False),
        sa.Column("given_role", sa.Text(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("team", sa.String(length=32), nullable=False),
        sa.Column("user", sa.String(length=32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "ground IN ('written_permission', 'board_decision', 'public_statement', 'spoken_word', 'yes_by_mail')",
            name=op.f("ck_permissions_ground"),
        ),
        sa.ForeignKeyConstraint(
            ["letter"], ["letters.id"], name=op.f("fk_permissions_letter"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["signatory"],
            ["signatories.id"],
            name=op.f("fk_permissions_signatory"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_permissions")),
    )
    with op.batch_alter_table("permissions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_permissions_letter"), ["letter"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_permissions_signatory_id"), ["signatory", "id"], unique=False
        )

    op.create_table(
        "corrections",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("letter", sa.Integer(), nullable=False),
        sa.Column("endorsement", sa.String(length=32), nullable=False),
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("proposed", sa.JSON(), nullable=False),
        sa.Column("team", sa.String(length=32), nullable=False),
        sa.Column("user", sa.String(length=32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(length=30), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "answer IN ('yes', 'no', 'made', 'overtaken')", name=op.f("ck_corrections_answer")
        ),
        sa.ForeignKeyConstraint(
            ["endorsement"],
            ["endorsements.id"],
            name=op.f("fk_corrections_endorsement"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["letter"], ["letters.id"], name=op.f("fk_corrections_letter"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections")),
    )
    with op.batch_alter_table("corrections", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_corrections_endorsement_id"), ["endorsement", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_corrections_letter"), ["letter"], unique=False)


def downgrade() -> None:
    """Drop every table."""
    with op.batch_alter_table("corrections", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_corrections_letter"))
        batch_op.drop_index(batch_op.f("ix_corrections_endorsement_id"))

    op.drop_table("corrections")
    with op.batch_alter_table("permissions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_permissions_signatory_id"))
        batch_op.drop_index(batch_op.f("ix_permissions_letter"))

    op.drop_table("permissions")
    with op.batch_alter_table("objections", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_objections_open",
            sqlite_where=sa.text("decided_at IS NULL"),
            postgresql_where=sa.text("decided_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_objections_signatory_id"))
        batch_op.drop_index(batch_op.f("ix_objections_letter"))

    op.drop_table("objections")
    with op.batch_alter_table("name_probes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_name_probes_signatory"))

    op.drop_table("name_probes")
    with op.batch_alter_table("merges", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_merges_letter_id"))
        batch_op.drop_index(batch_op.f("ix_merges_keeps"))
        batch_op.drop_index(batch_op.f("ix_merges_goes"))

    op.drop_table("merges")
    with op.batch_alter_table("likely_pairs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_likely_pairs_other"))
        batch_op.drop_index(batch_op.f("ix_likely_pairs_one"))

    op.drop_table("likely_pairs")
    with op.batch_alter_table("endorsements", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_endorsements_held",
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )
        batch_op.drop_index(
            "ix_endorsements_withdrawn_late",
            sqlite_where=sa.text("ended = 'withdrawn_after_delivery'"),
            postgresql_where=sa.text("ended = 'withdrawn_after_delivery'"),
        )
        batch_op.drop_index(batch_op.f("ix_endorsements_signatory_id"))
        batch_op.drop_index(batch_op.f("ix_endorsements_letter_text_sha256"))
        batch_op.drop_index(batch_op.f("ix_endorsements_letter_id"))
        batch_op.drop_index(
            "ix_endorsements_ended",
            sqlite_where=sa.text("withdrawn_at IS NOT NULL"),
            postgresql_where=sa.text("withdrawn_at IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_endorsements_collected",
            sqlite_where=sa.text("\"user\" = ''"),
            postgresql_where=sa.text("\"user\" = ''"),
        )

    op.drop_table("endorsements")
    with op.batch_alter_table("distinct_pairs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_distinct_pairs_other"))
        batch_op.drop_index(batch_op.f("ix_distinct_pairs_one"))

    op.drop_table("distinct_pairs")
    op.drop_table("translations")
    op.drop_table("texts")
    op.drop_table("tally_quarters")
    with op.batch_alter_table("signatories", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_signatories_waiting",
            sqlite_where=sa.text(
                "(standing IN ('unconfirmed', 'confirmed', 'disputed') OR (removed AND entry <> ''))"
            ),
            postgresql_where=sa.text(
                "(standing IN ('unconfirmed', 'confirmed', 'disputed') OR (removed AND entry <> ''))"
            ),
        )
        batch_op.drop_index(
            "ix_signatories_shown",
            sqlite_where=sa.text(
                "(standing = 'marked' OR (standing = 'listed' AND endorsements > 0))"
            ),
            postgresql_where=sa.text(
                "(standing = 'marked' OR (standing = 'listed' AND endorsements > 0))"
            ),
        )
        batch_op.drop_index(
            "ix_signatories_organisations",
            sqlite_where=sa.text("kind = 'organisation'"),
            postgresql_where=sa.text("kind = 'organisation'"),
        )
        batch_op.drop_index(
            "ix_signatories_namesakes",
            sqlite_where=sa.text("plain_key <> ''"),
            postgresql_where=sa.text("plain_key <> ''"),
        )
        batch_op.drop_index(
            "ix_signatories_merged",
            sqlite_where=sa.text("merged_into IS NOT NULL"),
            postgresql_where=sa.text("merged_into IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_signatories_letter_sort_fold_id"))
        batch_op.drop_index(batch_op.f("ix_signatories_letter_entry"))

    op.drop_table("signatories")
    with op.batch_alter_table("sent_messages", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sent_messages_letter_thread"))
        batch_op.drop_index(batch_op.f("ix_sent_messages_letter_team_user"))

    op.drop_table("sent_messages")
    with op.batch_alter_table("reminders", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reminders_letter_state"))

    op.drop_table("reminders")
    op.drop_table("reminder_wishes")
    op.drop_table("reminder_steps")
    op.drop_table("refused_domains")
    with op.batch_alter_table("proposals", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_proposals_made_at"))
        batch_op.drop_index(batch_op.f("ix_proposals_letter_team_user"))

    op.drop_table("proposals")
    with op.batch_alter_table("postings", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_postings_up",
            sqlite_where=sa.text("state NOT IN ('leaving', 'down')"),
            postgresql_where=sa.text("state NOT IN ('leaving', 'down')"),
        )
        batch_op.drop_index(batch_op.f("ix_postings_letter"))

    op.drop_table("postings")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_outbox_waiting",
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.drop_index(batch_op.f("ix_outbox_workspace"))
        batch_op.drop_index(batch_op.f("ix_outbox_letter_id"))
        batch_op.drop_index(batch_op.f("ix_outbox_key_state"))
        batch_op.drop_index(
            "ix_outbox_given_up",
            sqlite_where=sa.text("state = 'given_up'"),
            postgresql_where=sa.text("state = 'given_up'"),
        )
        batch_op.drop_index(
            "ix_outbox_due",
            sqlite_where=sa.text("settled_at IS NULL"),
            postgresql_where=sa.text("settled_at IS NULL"),
        )

    op.drop_table("outbox")
    with op.batch_alter_table("organisers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organisers_team_user"))

    op.drop_table("organisers")
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invitations_team_user_letter"))
        batch_op.drop_index(batch_op.f("ix_invitations_letter_state"))
        batch_op.drop_index(batch_op.f("ix_invitations_letter_plain_key"))

    op.drop_table("invitations")
    op.drop_table("first_signers")
    op.drop_table("delivered_copies")
    op.drop_table("compared")
    with op.batch_alter_table("codes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_codes_team_user_made_at"))
        batch_op.drop_index(batch_op.f("ix_codes_network_made_at"))
        batch_op.drop_index(batch_op.f("ix_codes_letter_made_at"))

    op.drop_table("codes")
    with op.batch_alter_table("audit_entries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_entries_signatory"))
        batch_op.drop_index(batch_op.f("ix_audit_entries_letter_id"))
        batch_op.drop_index(
            "ix_audit_entries_invitation",
            sqlite_where=sa.text("invitation <> ''"),
            postgresql_where=sa.text("invitation <> ''"),
        )
        batch_op.drop_index(
            "ix_audit_entries_endorsement",
            sqlite_where=sa.text("endorsement <> ''"),
            postgresql_where=sa.text("endorsement <> ''"),
        )

    op.drop_table("audit_entries")
    with op.batch_alter_table("approvals", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_approvals_team_user"))
        batch_op.drop_index(batch_op.f("ix_approvals_letter"))
        batch_op.drop_index(batch_op.f("ix_approvals_decided_user"))

    op.drop_table("approvals")
    op.drop_table("amendments")
    op.drop_table("remembered_signatures")
    op.drop_table("rate_limits")
    op.drop_table("people")
    op.drop_table("members")
    with op.batch_alter_table("letters", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_letters_workspace_phase"))
        batch_op.drop_index(batch_op.f("ix_letters_phase_deadline"))

    op.drop_table("letters")
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inbox_workspace_received_at"))

    op.drop_table("inbox")
    op.drop_table("channels")
    op.drop_table("addresses")
    op.drop_table("workspaces")
