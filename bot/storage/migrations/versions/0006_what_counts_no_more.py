"""An organiser's record ends with what it was about, and a line remembers that it was handed over."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_WITHOUT_VOICES = "SELECT id FROM signatories WHERE endorsements = 0"
_HANDED_OVER = "SELECT id FROM letters WHERE delivered_at IS NOT NULL"


def upgrade() -> None:
    """Add two columns that the code before need not know of, and fill them from what is there."""
    op.add_column("confirmations", sa.Column("ended_at", sa.DateTime(timezone=True)))
    op.add_column(
        "signatories",
        sa.Column("delivered", sa.Boolean(), nullable=False, server_default="0"),
    )
    op.execute(
        f"UPDATE confirmations SET ended_at = made_at WHERE signatory IN ({_WITHOUT_VOICES})"  # noqa: S608 - no value in it
    )
    op.execute(
        f"UPDATE signatories SET delivered = {_true()} WHERE letter IN ({_HANDED_OVER})"  # noqa: S608 - no value in it
        f" AND late = {_false()} AND standing IN ('listed', 'marked')"
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_column("signatories", "delivered")
    op.drop_column("confirmations", "ended_at")


def _true() -> str:
    return "true" if op.get_bind().dialect.name == "postgresql" else "1"


def _false() -> str:
    return "false" if op.get_bind().dialect.name == "postgresql" else "0"
