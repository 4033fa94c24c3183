"""Runs the long tests by name and writes their counts into docs/reliability.md."""

import argparse
import re
import sys
import time
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "reliability.md"
OF_A_SHARE = ROOT / "build" / "torture" / "reliability.md"
RUNS = ("fuzz", "guided", "bombs", "kills", "network")
"""Modules of this package with `run(share) -> list[str]`: the lines of Markdown between markers."""


def main(arguments: Sequence[str]) -> None:
    """Run, and write after each, so that one broken off leaves the others counted."""
    parser = argparse.ArgumentParser(prog="make torture", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(RUNS)}")
    parser.add_argument("--share", type=_share, default=1.0, help="part of the counts, up to 1")
    asked = parser.parse_args(arguments)
    unknown = set(asked.names) - set(RUNS)
    if unknown:
        parser.error(f"{', '.join(sorted(unknown))}: there are {', '.join(RUNS)}")
    page = PAGE
    if asked.share < 1:
        page = OF_A_SHARE
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(PAGE.read_text("utf-8"), "utf-8")
    for name in asked.names or RUNS:
        began = time.monotonic()
        lines = import_module(f"tools.torture.{name}").run(asked.share)
        page.write_text(with_counts(page.read_text("utf-8"), name, lines), "utf-8")
        print(f"{name}: {(time.monotonic() - began) / 60:.1f} min", file=sys.stderr, flush=True)


def _share(text: str) -> float:
    share = float(text)
    if not 0 < share <= 1:
        raise ValueError
    return share


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
