"""The first migration, written from the tables: `python -m tests.support.first_schema`.

Until the first release a change of the schema edits `bot/storage/tables`, and this writes 0001 again.
"""

import subprocess
import sys
from typing import Any, Literal

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.autogenerate.api import AutogenContext
from alembic.operations.ops import UpgradeOps
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine

from bot.storage.migrate import MIGRATIONS
from bot.storage.tables import Instant, metadata

FILE = MIGRATIONS / "versions" / "0001_the_first_schema.py"
_MODULE = '''\
"""The first schema, as `make record-release` writes it from the tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create every table."""
    {up}


def downgrade() -> None:
    """Drop every table."""
    {down}
'''


def _render(kind: str, item: Any, _: AutogenContext, /) -> str | Literal[False]:
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Instant) else False


def write() -> None:
    """Write the migration that creates the tables, formatted.

    Raises:
        SystemExit: there are later migrations: what is released is not rewritten.
    """
    later = sorted(one.name for one in FILE.parent.glob("[0-9]*.py") if one != FILE)
    if later:
        sys.exit(f"0001 is released: add a migration beside {', '.join(later)} instead.")
    options = {"render_item": _render, "render_as_batch": True}
    with create_engine("sqlite://").connect() as connection:
        made = produce_migrations(MigrationContext.configure(connection, opts=options), metadata)
    parts: dict[str, str] = {}
    for name, operations in (("up", made.upgrade_ops), ("down", made.downgrade_ops)):
        assert operations is not None
        code = render_python_code(
            UpgradeOps(operations.ops), render_as_batch=True, render_item=_render
        )
        kept = [line for line in code.splitlines() if not line.strip().startswith("#")]
        parts[name] = "\n".join(kept).strip()
    FILE.write_text(_MODULE.format(**parts), encoding="utf-8")
    subprocess.run([sys.executable, "-m", "ruff", "format", "-q", FILE], check=True)


if __name__ == "__main__":
    write()
