"""People's languages are kept, so that a reminder need not ask Slack for its reader's."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a column that may be empty: the code before knows nothing of it, and need not."""
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.add_column(sa.Column("locale", sa.String(length=35), nullable=True))


def downgrade() -> None:
    """Take the column away."""
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.drop_column("locale")
