"""The entry point: a window when no command is given, otherwise the command line."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from pravo_desktop import __version__

_WITH_VALUE = ("--data", "--lang")
"""Options that the window understands too."""
_FILES = (".pravo", ".xlsx", ".returned")
"""Packages, receipts, returned rows: a double click starts the program with such a file."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; returns its exit status, see ``docs/contract.md``."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if "--version" in given[:1]:
        print(f"Pravo Desktop {__version__}")
        return 0
    from pravo_desktop.crash import keep_memory_off_the_drive

    keep_memory_off_the_drive()
    options = _window_options(given)
    if options is None:
        from pravo_desktop.cli import run_command

        return run_command(given, os.environ)
    from ui.app import run

    data, file = options.get("--data"), options.get("")
    return run(Path(data) if data else None, options.get("--lang"), Path(file) if file else None)


def _window_options(given: list[str]) -> dict[str, str] | None:
    """The options when a window is wanted, a file to open under ""; None for anything else."""
    options: dict[str, str] = {}
    rest = list(given)
    while rest:
        if rest[0].lower().endswith(_FILES) and not rest[0].startswith("-") and "" not in options:
            options[""] = rest.pop(0)
            continue
        name, equals, value = rest.pop(0).partition("=")
        if name not in _WITH_VALUE or not (equals or rest):
            return None
        options[name] = value if equals else rest.pop(0)
    if options.get("--lang", "ru") not in ("kk", "ru", "en"):
        return None
    return options


if __name__ == "__main__":
    # A frozen program that starts worker processes runs this file anew in each of them.
    from multiprocessing import freeze_support

    freeze_support()
    sys.exit(main())
