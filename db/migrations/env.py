"""Alembic's environment: it runs on the connection that `db.migrate` hands down."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], render_as_batch=True)
context.run_migrations()
