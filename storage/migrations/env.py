"""Run by alembic for `storage.schema.create`, on the connection and in the transaction that it is given.

Traps for later migrations on SQLite: `batch_alter_table` copies a table, drops the old one and renames the
copy. With `foreign_keys=ON` the drop deletes child rows or fails, and that pragma is ignored inside a
transaction; the table's triggers go with it. So prefer plain ALTER TABLE ADD COLUMN; a batch needs
`PRAGMA defer_foreign_keys=ON`, no ON DELETE action (ours has none), and makes the triggers anew.
"""

from __future__ import annotations

from alembic import context

from storage.tables import metadata

connection = context.config.attributes["connection"]
# Our engine runs in AUTOCOMMIT and storage.database says BEGIN and COMMIT. A transaction begun here by
# SQLAlchemy sends nothing, and makes alembic leave beginning and committing to its caller.
if not connection.in_transaction():
    connection.begin()
context.configure(connection=connection, target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
