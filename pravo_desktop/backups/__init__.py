"""Backups: made and kept, restored with a preview, and what to do when a database is damaged."""
