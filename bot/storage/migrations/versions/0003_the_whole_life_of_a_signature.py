"""The whole life of a signature."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what a signature needs to be stood behind; old code can live with it."""
    op.create_table(
        "amendments",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("letter", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("from_sha256", sa.String(length=64), nullable=False),
        sa.Column("to_sha256", sa.String(length=64), nullable=False),
        sa.Column("meaning", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("answer_by", sa.DateTime(timezone=True), nullable=True),
        sa.Column("team", sa.String(length=32), nullable=False),
        sa.Column("user", sa.String(length=32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter"], ["letters.id"], name=op.f("fk_amendments_letter"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace"], ["workspaces.id"], name=op.f("fk_amendments_workspace")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_amendments")),
    )
    with op.batch_alter_table("amendments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_amendments_letter_id"), ["letter", "id"], unique=False)

    op.create_table(
        "asks",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("letter", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("team", sa.String(length=32), server_default="", nullable=False),
        sa.Column("user", sa.String(length=32), server_default="", nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), server_default="", nullable=False),
        sa.Column("country", sa.Text(), server_default="", nullable=False),
        sa.Column("contact", sa.Text(), server_default="", nullable=False),
        sa.Column(
            "key", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["letter"], ["letters.id"], name=op.f("fk_asks_letter"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.id"], name=op.f("fk_asks_workspace")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asks")),
        sa.UniqueConstraint("letter", "kind", "key", name=op.f("uq_asks_letter_kind_key")),
    )
    with op.batch_alter_table("asks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_asks_letter_state"), ["letter", "state"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_asks_letter_team_user"), ["letter", "team", "user"], unique=False
        )

    op.create_table(
        "delivery_copies",
        sa.Column("letter", sa.Integer(), nullable=False),
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text_sha256", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("entries", sa.Text(), nullable=False),
        sa.Column("list_sha256", sa.String(length=64), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("organisations", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(length=32), nullable=False),
        sa.Column("user", sa.String(length=32), nullable=False),
        sa.Column("cut_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("clock", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter"], ["letters.id"], name=op.f("fk_delivery_copies_letter"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace"], ["workspaces.id"], name=op.f("fk_delivery_copies_workspace")
        ),
        sa.PrimaryKeyConstraint("letter", name=op.f("pk_delivery_copies")),
    )
    op.create_table(
        "differences",
        sa.Column("letter", sa.Integer(), nullable=False),
        sa.Column("one", sa.String(length=32), nullable=False),
        sa.Column("other", sa.String(length=32), nullable=False),
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("team", sa.String(length=32), nullable=False),
        sa.Column("user", sa.String(length=32), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter"], ["letters.id"], name=op.f("fk_differences_letter"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace"], ["workspaces.id"], name=op.f("fk_differences_workspace")
        ),
        sa.PrimaryKeyConstraint("letter", "one", "other", name=op.f("pk_differences")),
    )
    op.create_table(
        "founders",
        sa.Column("letter", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(length=32), nullable=False),
        sa.Column("user", sa.String(length=32), nullable=False),
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter"], ["letters.id"], name=op.f("fk_founders_letter"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace"], ["workspaces.id"], name=op.f("fk_founders_workspace")
        ),
        sa.PrimaryKeyConstraint("letter", "team", "user", name=op.f("pk_founders")),
    )
    op.create_table(
        "confirmations",
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
        sa.ForeignKeyConstraint(
            ["letter"], ["letters.id"], name=op.f("fk_confirmations_letter"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["signatory"], ["signatories.id"], name=op.f("fk_confirmations_signatory")
        ),
        sa.ForeignKeyConstraint(
            ["workspace"], ["workspaces.id"], name=op.f("fk_confirmations_workspace")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmations")),
    )
    with op.batch_alter_table("confirmations", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_confirmations_signatory_id"), ["signatory", "id"], unique=False
        )

    op.create_table(
        "contests",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("letter", sa.Integer(), nullable=False),
        sa.Column("signatory", sa.String(length=32), nullable=False),
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("team", sa.String(length=32), nullable=False),
        sa.Column("user", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decision", sa.String(length=20), nullable=True),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("decided_team", sa.String(length=32), nullable=True),
        sa.Column("decided_user", sa.String(length=32), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["letter"], ["letters.id"], name=op.f("fk_contests_letter"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["signatory"], ["signatories.id"], name=op.f("fk_contests_signatory")
        ),
        sa.ForeignKeyConstraint(
            ["workspace"], ["workspaces.id"], name=op.f("fk_contests_workspace")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contests")),
    )
    with op.batch_alter_table("contests", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_contests_signatory_id"), ["signatory", "id"], unique=False
        )
        batch_op.create_index(
            "uq_contests_open",
            ["signatory", "team", "user"],
            unique=True,
            sqlite_where=sa.text("decided_at IS NULL"),
            postgresql_where=sa.text("decided_at IS NULL"),
        )

    op.create_table(
        "probes",
        sa.Column("letter", sa.Integer(), nullable=False),
        sa.Column(
            "probe", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("signatory", sa.String(length=32), nullable=False),
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter"], ["letters.id"], name=op.f("fk_probes_letter"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["signatory"], ["signatories.id"], name=op.f("fk_probes_signatory")
        ),
        sa.ForeignKeyConstraint(["workspace"], ["workspaces.id"], name=op.f("fk_probes_workspace")),
        sa.PrimaryKeyConstraint("letter", "probe", "signatory", name=op.f("pk_probes")),
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
        sa.Column("answer", sa.String(length=20), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["endorsement"], ["endorsements.id"], name=op.f("fk_corrections_endorsement")
        ),
        sa.ForeignKeyConstraint(
            ["letter"], ["letters.id"], name=op.f("fk_corrections_letter"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace"], ["workspaces.id"], name=op.f("fk_corrections_workspace")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections")),
    )
    with op.batch_alter_table("corrections", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_corrections_endorsement_id"), ["endorsement", "id"], unique=False
        )

    with op.batch_alter_table("endorsements", schema=None) as batch_op:
        batch_op.add_column(sa.Column("via", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("note", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("sort_key", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(
            sa.Column("country_code", sa.String(length=8), server_default="", nullable=False)
        )
        batch_op.add_column(sa.Column("meaning", sa.Integer(), server_default="1", nullable=False))
        batch_op.add_column(
            sa.Column("kept_sha256", sa.String(length=64), server_default="", nullable=False)
        )
        batch_op.add_column(sa.Column("kept_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("kept_consent", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("ended", sa.String(length=30), nullable=True))
        batch_op.add_column(sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("source", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("added_team", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("added_user", sa.String(length=32), nullable=True))
        batch_op.add_column(
            sa.Column("clock", sa.String(length=20), server_default="", nullable=False)
        )

    with op.batch_alter_table("letters", schema=None) as batch_op:
        batch_op.add_column(sa.Column("meaning", sa.Integer(), server_default="1", nullable=False))
        batch_op.add_column(sa.Column("tz", sa.Text(), server_default="UTC", nullable=False))
        batch_op.add_column(
            sa.Column("grace_minutes", sa.Integer(), server_default="0", nullable=False)
        )
        batch_op.add_column(
            sa.Column("grace_anywhere", sa.Boolean(), server_default="0", nullable=False)
        )
        batch_op.add_column(sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column("confirmation", sa.String(length=20), server_default="none", nullable=False)
        )
        batch_op.add_column(
            sa.Column("silence", sa.String(length=20), server_default="keep", nullable=False)
        )
        batch_op.add_column(
            sa.Column(
                "withdrawn_line", sa.String(length=20), server_default="removed", nullable=False
            )
        )
        batch_op.add_column(sa.Column("embargo_hides", sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column("embargo_until", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("embargo_listed", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "ordering", sa.String(length=20), server_default="alphabetical", nullable=False
            )
        )
        batch_op.add_column(sa.Column("grouped", sa.Boolean(), server_default="1", nullable=False))
        batch_op.add_column(
            sa.Column("late_people", sa.Integer(), server_default="0", nullable=False)
        )
        batch_op.add_column(
            sa.Column("late_organisations", sa.Integer(), server_default="0", nullable=False)
        )
        batch_op.add_column(sa.Column("waiting", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("unveiled_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("answer_by", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("has_asks", sa.Boolean(), server_default="0", nullable=False))

    with op.batch_alter_table("signatories", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("country", sa.String(length=8), server_default="", nullable=False)
        )
        batch_op.add_column(
            sa.Column(
                "country_fold",
                sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
                server_default="",
                nullable=False,
            )
        )
        batch_op.add_column(sa.Column("came_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column(
                "sort_key",
                sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
                server_default="",
                nullable=False,
            )
        )
        batch_op.add_column(
            sa.Column(
                "prefix",
                sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
                server_default="",
                nullable=False,
            )
        )
        batch_op.add_column(
            sa.Column("confirmed", sa.Boolean(), server_default="0", nullable=False)
        )
        batch_op.add_column(sa.Column("contests", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("struck", sa.Boolean(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("late", sa.Boolean(), server_default="0", nullable=False))
        batch_op.add_column(
            sa.Column("standing", sa.String(length=20), server_default="listed", nullable=False)
        )
        batch_op.add_column(sa.Column("merged_into", sa.String(length=32), nullable=True))
        batch_op.drop_index(
            batch_op.f("ix_signatories_listed"), sqlite_where=sa.text("endorsements > 0")
        )
        batch_op.create_index(
            "ix_signatories_shown",
            ["letter", "group_no", "pinned", "prefix", "sort_key", "line", "id"],
            unique=False,
            sqlite_where=sa.text(
                "(standing = 'marked' OR (standing = 'listed' AND endorsements > 0))"
            ),
            postgresql_where=sa.text(
                "(standing = 'marked' OR (standing = 'listed' AND endorsements > 0))"
            ),
        )
        batch_op.create_index(
            "ix_signatories_unfiled",
            ["id"],
            unique=False,
            sqlite_where=sa.text("sort_key = ''"),
            postgresql_where=sa.text("sort_key = ''"),
        )
        batch_op.create_index(
            "ix_signatories_waiting",
            ["letter", "id"],
            unique=False,
            sqlite_where=sa.text("standing IN ('claimed', 'confirmed', 'contested', 'struck')"),
            postgresql_where=sa.text("standing IN ('claimed', 'confirmed', 'contested', 'struck')"),
        )


def downgrade() -> None:
    """Take it away again."""
    with op.batch_alter_table("signatories", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_signatories_waiting",
            sqlite_where=sa.text("standing IN ('claimed', 'confirmed', 'contested', 'struck')"),
            postgresql_where=sa.text("standing IN ('claimed', 'confirmed', 'contested', 'struck')"),
        )
        batch_op.drop_index(
            "ix_signatories_unfiled",
            sqlite_where=sa.text("sort_key = ''"),
            postgresql_where=sa.text("sort_key = ''"),
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
        batch_op.create_index(
            batch_op.f("ix_signatories_listed"),
            ["letter", "group_no", "pinned", "sort_fold", "line", "id"],
            unique=False,
            sqlite_where=sa.text("endorsements > 0"),
        )
        batch_op.drop_column("merged_into")
        batch_op.drop_column("standing")
        batch_op.drop_column("late")
        batch_op.drop_column("struck")
        batch_op.drop_column("contests")
        batch_op.drop_column("confirmed")
        batch_op.drop_column("prefix")
        batch_op.drop_column("sort_key")
        batch_op.drop_column("came_at")
        batch_op.drop_column("country_fold")
        batch_op.drop_column("country")

    with op.batch_alter_table("letters", schema=None) as batch_op:
        batch_op.drop_column("has_asks")
        batch_op.drop_column("answer_by")
        batch_op.drop_column("unveiled_at")
        batch_op.drop_column("delivered_at")
        batch_op.drop_column("waiting")
        batch_op.drop_column("late_organisations")
        batch_op.drop_column("late_people")
        batch_op.drop_column("grouped")
        batch_op.drop_column("ordering")
        batch_op.drop_column("embargo_listed")
        batch_op.drop_column("embargo_until")
        batch_op.drop_column("embargo_hides")
        batch_op.drop_column("withdrawn_line")
        batch_op.drop_column("silence")
        batch_op.drop_column("confirmation")
        batch_op.drop_column("closes_at")
        batch_op.drop_column("grace_anywhere")
        batch_op.drop_column("grace_minutes")
        batch_op.drop_column("tz")
        batch_op.drop_column("meaning")

    with op.batch_alter_table("endorsements", schema=None) as batch_op:
        batch_op.drop_column("clock")
        batch_op.drop_column("added_user")
        batch_op.drop_column("added_team")
        batch_op.drop_column("source")
        batch_op.drop_column("corrected_at")
        batch_op.drop_column("ended")
        batch_op.drop_column("kept_consent")
        batch_op.drop_column("kept_at")
        batch_op.drop_column("kept_sha256")
        batch_op.drop_column("meaning")
        batch_op.drop_column("country_code")
        batch_op.drop_column("sort_key")
        batch_op.drop_column("note")
        batch_op.drop_column("via")

    with op.batch_alter_table("corrections", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_corrections_endorsement_id"))

    op.drop_table("corrections")
    op.drop_table("probes")
    with op.batch_alter_table("contests", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_contests_open",
            sqlite_where=sa.text("decided_at IS NULL"),
            postgresql_where=sa.text("decided_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_contests_signatory_id"))

    op.drop_table("contests")
    with op.batch_alter_table("confirmations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_confirmations_signatory_id"))

    op.drop_table("confirmations")
    op.drop_table("founders")
    op.drop_table("differences")
    op.drop_table("delivery_copies")
    with op.batch_alter_table("asks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_asks_letter_team_user"))
        batch_op.drop_index(batch_op.f("ix_asks_letter_state"))

    op.drop_table("asks")
    with op.batch_alter_table("amendments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_amendments_letter_id"))

    op.drop_table("amendments")
