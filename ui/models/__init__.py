"""Table models: rows in, cells out, no query inside."""
