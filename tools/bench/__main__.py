"""Measures the program against floors; exit code 1 if a bench is over its bound."""

import sys
from collections.abc import Callable

from rich.console import Console
from rich.table import Table

from tools.bench.acceptance import accept_demo
from tools.bench.desk import first_page, keystroke, memory, saving_among_many
from tools.bench.figures import (
    figures,
    figures_anew,
    figures_as_of,
    figures_as_of_anew,
    figures_of_periods,
    preview,
)
from tools.bench.importing import import_5000, preview_5000
from tools.bench.inbox import (
    accept_among_many,
    accept_one,
    figures_after_one,
    preview_package,
    undo_one,
)
from tools.bench.measure import Measured
from tools.bench.packages import read, write
from tools.bench.pdf import report_pdf
from tools.bench.saving import save_consultation
from tools.bench.start import start
from tools.bench.unlock import unlock

BENCHES: dict[str, Callable[[], Measured]] = {
    "start": start,
    "write": write,
    "read": read,
    "save": save_consultation,
    "accept": accept_demo,
    "pdf": report_pdf,
    "unlock": unlock,
    "import": import_5000,
    "import_preview": preview_5000,
}
AT_A_LARGE_CENTRE: dict[str, Callable[[], Measured]] = {
    "type": keystroke,
    "page": first_page,
    "save_among_many": saving_among_many,
    "memory": memory,
}
"""Over 50,000 cases, made first; measured when named."""

AT_A_LARGE_HEADQUARTERS: dict[str, Callable[[], Measured]] = {
    "figures": figures,
    "figures_anew": figures_anew,
    "figures_of_periods": figures_of_periods,
    "figures_as_of": figures_as_of,
    "figures_as_of_anew": figures_as_of_anew,
    "preview": preview,
    "preview_package": preview_package,
    "accept_package": accept_one,
    "undo_package": undo_one,
    "figures_after_one": figures_after_one,
    "accept_among_many": accept_among_many,
}
"""Over 100 × 2024, made first in build/bench, which takes minutes; measured when named."""


def main(names: list[str]) -> int:
    """Runs the named benches, or `BENCHES`; 1 if one is over its bound."""
    known = BENCHES | AT_A_LARGE_CENTRE | AT_A_LARGE_HEADQUARTERS
    measured = [known[name]() for name in names or BENCHES]
    table = Table("name", "floor ms", "ours ms", "ratio", "of processor", "bound", "ok")
    for one in measured:
        table.add_row(
            one.name,
            f"{one.floor * 1000:.1f}",
            f"{one.ours * 1000:.1f}",
            f"{one.ratio:.2f}",
            "" if one.processor is None else f"{one.processor:.2f}",
            f"{one.bound:g}",
            "yes" if one.ok else "NO",
        )
    Console().print(table)
    return 0 if all(one.ok for one in measured) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
