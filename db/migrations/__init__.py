"""Alembic's scripts; a migration never imports the live tables."""
