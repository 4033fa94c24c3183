"""Measures the program against floors; exit code 1 if a bench is over its bound."""

import sys
from collections.abc import Callable

from rich.console import Console
from rich.table import Table

from tools.bench.acceptance import accept_demo
from tools.bench.desk import first_page, keystroke, memory, saving_among_many
from tools.bench.measure import Measured
from tools.bench.packages import read, write
from tools.bench.saving import save_consultation
from tools.bench.start import start

BENCHES: dict[str, Callable[[], Measured]] = {
    "start": start,
    "write": write,
    "read": read,
    "save": save_consultation,
    "accept": accept_demo,
}
AT_A_LARGE_CENTRE: dict[str, Callable[[], Measured]] = {
    "type": keystroke,
    "page": first_page,
    "save_among_many": saving_among_many,
    "memory": memory,
}
"""Over 50,000 cases, made first; measured when named."""


def main(names: list[str]) -> int:
    """Runs the named benches, or `BENCHES`; 1 if one is over its bound."""
    known = BENCHES | AT_A_LARGE_CENTRE
    measured = [known[name]() for name in names or BENCHES]
    table = Table("name", "floor ms", "ours ms", "ratio", "bound", "ok")
    for one in measured:
        table.add_row(
            one.name,
            f"{one.floor * 1000:.1f}",
            f"{one.ours * 1000:.1f}",
            f"{one.ratio:.2f}",
            f"{one.bound:g}",
            "yes" if one.ok else "NO",
        )
    Console().print(table)
    return 0 if all(one.ok for one in measured) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
