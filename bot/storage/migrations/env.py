"""Alembic's entry point. `migrate` passes a connection with an open transaction, never a URL.

All revisions run in that transaction. SQLite does not check foreign keys during it: an altered
table is copied, dropped and renamed.
"""

from alembic import context

from bot.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # SQLite alters a table by copying it.
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
