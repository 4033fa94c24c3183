"""Runs the long tests by name and writes their counts into docs/reliability.md."""

import re
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "reliability.md"
RUNS = tuple(name for name in ("fuzz", "kills") if find_spec(f"tools.torture.{name}"))
"""Modules of this package with `run() -> list[str]`: the lines of Markdown between the markers."""


def main(names: Sequence[str]) -> None:
    """Run, and write after each, so that one broken off leaves the others counted.

    Args:
        names: of `RUNS`; all if empty.
    """
    for name in names or RUNS:
        if name not in RUNS:
            sys.exit(f"{name}: there are {', '.join(RUNS)}")
        lines = import_module(f"tools.torture.{name}").run()
        PAGE.write_text(with_counts(PAGE.read_text(encoding="utf-8"), name, lines), "utf-8")


def with_counts(page: str, name: str, lines: Sequence[str]) -> str:
    """The page with other lines between the markers of a name.

    Raises:
        ValueError: there are no such markers.
    """
    opening, closing = f"<!-- counts:{name} -->", f"<!-- /counts:{name} -->"
    between = re.compile(f"{re.escape(opening)}.*?{re.escape(closing)}", re.DOTALL)
    if not between.search(page):
        raise ValueError(f"no markers of {name}")
    written = "\n".join([opening, *lines, closing])
    return between.sub(lambda _: written, page, count=1)


if __name__ == "__main__":
    main(sys.argv[1:])
