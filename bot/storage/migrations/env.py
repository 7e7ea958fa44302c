"""Alembic's entry: it is handed a connection by `migrate`, in a transaction, and never a URL.

All revisions of a move happen in that transaction. Foreign keys are not watched on SQLite in it:
a table that is altered is copied, dropped and renamed.
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
