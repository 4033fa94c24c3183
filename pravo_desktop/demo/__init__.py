"""The year 2024 replayed in practice folders, from the first case to the national report."""
