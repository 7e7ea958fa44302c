"""Organisations are found without reading past people, and what was merged by what it went into."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add two indexes: the code before need not know of them."""
    with op.batch_alter_table("signatories", schema=None) as batch_op:
        batch_op.create_index(
            "ix_signatories_organisations",
            ["letter", "id"],
            unique=False,
            sqlite_where=sa.text("kind = 'organisation'"),
            postgresql_where=sa.text("kind = 'organisation'"),
        )
        batch_op.create_index(
            "ix_signatories_merged",
            ["merged_into"],
            unique=False,
            sqlite_where=sa.text("merged_into IS NOT NULL"),
            postgresql_where=sa.text("merged_into IS NOT NULL"),
        )


def downgrade() -> None:
    """Take them away."""
    with op.batch_alter_table("signatories", schema=None) as batch_op:
        batch_op.drop_index("ix_signatories_merged")
        batch_op.drop_index("ix_signatories_organisations")
