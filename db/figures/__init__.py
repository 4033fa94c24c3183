"""Counting: the figures of a period, computed in the database, and the records behind each."""

from db.figures.behind import CountedLine, breakdowns_of, lines_behind, records_behind
from db.figures.checks import Check, Discrepancy, cross_foot
from db.figures.days import THEN, NotKept, keep_day, lay_out_day
from db.figures.earlier import (
    keep_report,
    keep_state,
    kept_report,
    kept_state,
    packages_digest,
)
from db.figures.kept import KEPT, forget_counts, keep_counts, settle_counts
from db.figures.registers import RegisteredCentre, Registers, read_registers
from db.figures.rows import compute_figures
from db.figures.states import MISSING, NOT_OPEN, PARTIAL, REPORTED, ZERO

__all__ = [
    "KEPT",
    "MISSING",
    "NOT_OPEN",
    "PARTIAL",
    "REPORTED",
    "THEN",
    "ZERO",
    "Check",
    "CountedLine",
    "Discrepancy",
    "NotKept",
    "RegisteredCentre",
    "Registers",
    "breakdowns_of",
    "compute_figures",
    "cross_foot",
    "forget_counts",
    "keep_counts",
    "keep_day",
    "keep_report",
    "keep_state",
    "kept_report",
    "kept_state",
    "lay_out_day",
    "lines_behind",
    "packages_digest",
    "read_registers",
    "records_behind",
    "settle_counts",
]
