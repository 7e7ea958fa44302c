"""A copy of a database knows when it was made, and when somebody went back to it."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add two columns that may be empty: the code before need not know of them."""
    with op.batch_alter_table("workspaces", schema=None) as batch_op:
        batch_op.add_column(sa.Column("copied_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Take them away."""
    with op.batch_alter_table("workspaces", schema=None) as batch_op:
        batch_op.drop_column("returned_at")
        batch_op.drop_column("copied_at")
