"""Alembic's environment: it always gets an open connection, from `gateway.migrations.upgrade`."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
with context.begin_transaction():
    context.run_migrations()
