"""The year 2024 replayed in practice folders, from the first case to the national report."""

from pravo_desktop.demo.run import run

__all__ = ["run"]
