"""Pravo Desktop: records of the family resource support centres and the national report."""

from datetime import date

__version__ = "0.2.0"

BUILT_ON = date(2026, 11, 22)
"""No package is signed by a clock that shows an earlier day."""
