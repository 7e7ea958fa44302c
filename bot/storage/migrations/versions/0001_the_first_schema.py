"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table."""
    op.create_table(
        "workspaces",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workspaces")),
    )
    op.create_table(
        "channels",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("gathered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("error", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace"], ["workspaces.id"], name=op.f("fk_channels_workspace")
        ),
        sa.PrimaryKeyConstraint("workspace", "channel", name=op.f("pk_channels")),
    )
    op.create_table(
        "inbox",
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.id"], name=op.f("fk_inbox_workspace")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_inbox")),
    )
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_inbox_received_at"), ["received_at"], unique=False)

    op.create_table(
        "letters",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("text_sha256", sa.String(length=64), nullable=False),
        sa.Column("signers", sa.String(length=20), nullable=False),
        sa.Column("goal", sa.Integer(), nullable=True),
        sa.Column("deadline", sa.DateTime(timezone=True), nullable=False),
        sa.Column("phase", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("people", sa.Integer(), server_default="0", nullable=False),
        sa.Column("organisations", sa.Integer(), server_default="0", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace"], ["workspaces.id"], name=op.f("fk_letters_workspace")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letters")),
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
            ["workspace"], ["workspaces.id"], name=op.f("fk_members_workspace")
        ),
        sa.PrimaryKeyConstraint("workspace", "channel", "user", name=op.f("pk_members")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("subject", sa.JSON(), nullable=False),
        sa.Column("target", sa.String(length=32), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("holder", sa.String(length=32), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), server_default="", nullable=False),
        sa.Column("reference", sa.JSON(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.id"], name=op.f("fk_outbox_workspace")),
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
        batch_op.create_index(batch_op.f("ix_outbox_key_state"), ["key", "state"], unique=False)
        batch_op.create_index(
            "uq_outbox_waiting",
            ["key"],
            unique=True,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )

    op.create_table(
        "paces",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("bucket", sa.String(length=80), nullable=False),
        sa.Column("free_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.id"], name=op.f("fk_paces_workspace")),
        sa.PrimaryKeyConstraint("workspace", "bucket", name=op.f("pk_paces")),
    )
    op.create_table(
        "people",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("team", sa.String(length=32), nullable=False),
        sa.Column("user", sa.String(length=32), nullable=False),
        sa.Column("tz", sa.Text(), nullable=False),
        sa.Column("membership", sa.String(length=20), nullable=False),
        sa.Column("reachable", sa.Boolean(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.id"], name=op.f("fk_people_workspace")),
        sa.PrimaryKeyConstraint("workspace", "team", "user", name=op.f("pk_people")),
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
        sa.ForeignKeyConstraint(
            ["workspace"], ["workspaces.id"], name=op.f("fk_organisers_workspace")
        ),
        sa.PrimaryKeyConstraint("letter", "team", "user", name=op.f("pk_organisers")),
    )
    with op.batch_alter_table("organisers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organisers_team_user"), ["team", "user"], unique=False)

    op.create_table(
        "postings",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("letter", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("message_ts", sa.String(length=32), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("error", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter"], ["letters.id"], name=op.f("fk_postings_letter"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace"], ["workspaces.id"], name=op.f("fk_postings_workspace")
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
        "reminder_steps",
        sa.Column("letter", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter"], ["letters.id"], name=op.f("fk_reminder_steps_letter"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace"], ["workspaces.id"], name=op.f("fk_reminder_steps_workspace")
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
        sa.ForeignKeyConstraint(
            ["workspace"], ["workspaces.id"], name=op.f("fk_reminder_wishes_workspace")
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
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["letter"], ["letters.id"], name=op.f("fk_reminders_letter"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace"], ["workspaces.id"], name=op.f("fk_reminders_workspace")
        ),
        sa.PrimaryKeyConstraint("letter", "team", "user", "step", name=op.f("pk_reminders")),
    )
    with op.batch_alter_table("reminders", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_reminders_letter_state"), ["letter", "state"], unique=False
        )

    op.create_table(
        "signatories",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("letter", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column(
            "key", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column(
            "line", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column(
            "sort_fold",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("group_no", sa.Integer(), nullable=False),
        sa.Column("pinned", sa.Integer(), server_default="0", nullable=False),
        sa.Column("endorsements", sa.Integer(), nullable=False),
        sa.Column("speaker", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter"], ["letters.id"], name=op.f("fk_signatories_letter"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace"], ["workspaces.id"], name=op.f("fk_signatories_workspace")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signatories")),
        sa.UniqueConstraint("letter", "kind", "key", name=op.f("uq_signatories_letter_kind_key")),
    )
    with op.batch_alter_table("signatories", schema=None) as batch_op:
        batch_op.create_index(
            "ix_signatories_listed",
            ["letter", "group_no", "pinned", "sort_fold", "line", "id"],
            unique=False,
            sqlite_where=sa.text("endorsements > 0"),
            postgresql_where=sa.text("endorsements > 0"),
        )

    op.create_table(
        "tally_hours",
        sa.Column("letter", sa.Integer(), nullable=False),
        sa.Column("hour", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("signed", sa.Integer(), nullable=False),
        sa.Column("withdrawn", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter"], ["letters.id"], name=op.f("fk_tally_hours_letter"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace"], ["workspaces.id"], name=op.f("fk_tally_hours_workspace")
        ),
        sa.PrimaryKeyConstraint("letter", "hour", "kind", name=op.f("pk_tally_hours")),
    )
    op.create_table(
        "texts",
        sa.Column("letter", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter"], ["letters.id"], name=op.f("fk_texts_letter"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.id"], name=op.f("fk_texts_workspace")),
        sa.PrimaryKeyConstraint("letter", "sha256", name=op.f("pk_texts")),
    )
    op.create_table(
        "endorsements",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("letter", sa.Integer(), nullable=False),
        sa.Column("signatory", sa.String(length=32), nullable=False),
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("team", sa.String(length=32), nullable=False),
        sa.Column("user", sa.String(length=32), nullable=False),
        sa.Column("capacity", sa.String(length=20), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("affiliation", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("authorised", sa.Boolean(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("sort_name", sa.Text(), nullable=False),
        sa.Column("sort_fold", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("text_sha256", sa.String(length=64), nullable=False),
        sa.Column("consent", sa.Text(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["letter", "text_sha256"],
            ["texts.letter", "texts.sha256"],
            name=op.f("fk_endorsements_letter_text_sha256"),
        ),
        sa.ForeignKeyConstraint(
            ["signatory"], ["signatories.id"], name=op.f("fk_endorsements_signatory")
        ),
        sa.ForeignKeyConstraint(
            ["workspace"], ["workspaces.id"], name=op.f("fk_endorsements_workspace")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_endorsements")),
    )
    with op.batch_alter_table("endorsements", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_endorsements_letter_id"), ["letter", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_endorsements_signatory_id"), ["signatory", "id"], unique=False
        )
        batch_op.create_index(
            "uq_endorsements_held",
            ["team", "user", "letter", "signatory"],
            unique=True,
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )


def downgrade() -> None:
    """Drop every table."""
    with op.batch_alter_table("endorsements", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_endorsements_held",
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_endorsements_signatory_id"))
        batch_op.drop_index(batch_op.f("ix_endorsements_letter_id"))

    op.drop_table("endorsements")
    op.drop_table("texts")
    op.drop_table("tally_hours")
    with op.batch_alter_table("signatories", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_signatories_listed",
            sqlite_where=sa.text("endorsements > 0"),
            postgresql_where=sa.text("endorsements > 0"),
        )

    op.drop_table("signatories")
    with op.batch_alter_table("reminders", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reminders_letter_state"))

    op.drop_table("reminders")
    op.drop_table("reminder_wishes")
    op.drop_table("reminder_steps")
    with op.batch_alter_table("postings", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_postings_up",
            sqlite_where=sa.text("state NOT IN ('leaving', 'down')"),
            postgresql_where=sa.text("state NOT IN ('leaving', 'down')"),
        )
        batch_op.drop_index(batch_op.f("ix_postings_letter"))

    op.drop_table("postings")
    with op.batch_alter_table("organisers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organisers_team_user"))

    op.drop_table("organisers")
    op.drop_table("people")
    op.drop_table("paces")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_outbox_waiting",
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.drop_index(batch_op.f("ix_outbox_key_state"))
        batch_op.drop_index(
            "ix_outbox_due",
            sqlite_where=sa.text("settled_at IS NULL"),
            postgresql_where=sa.text("settled_at IS NULL"),
        )

    op.drop_table("outbox")
    op.drop_table("members")
    with op.batch_alter_table("letters", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_letters_workspace_phase"))
        batch_op.drop_index(batch_op.f("ix_letters_phase_deadline"))

    op.drop_table("letters")
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inbox_received_at"))

    op.drop_table("inbox")
    op.drop_table("channels")
    op.drop_table("workspaces")
