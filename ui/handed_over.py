"""A file with which the program was started, or that came with signing in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pravo_desktop.usecases.actor import Actor
    from ui.shell import Shell


def show_file(shell: Shell, actor: Actor, file: Path) -> None:
    """Bring the file that the program was started with to the page that judges such files."""
    from pravo_desktop.usecases.actor import RESPONSIBLE
    from pravo_desktop.usecases.own_rows import RETURNED

    judges: tuple[str, ...] = ("inbox", "import_receipt")
    if file.suffix == RETURNED:
        answers = actor.roles & RESPONSIBLE
        judges = ("settings",) if answers else ()
    page = next((page.key for page in shell.pages if page.key in judges), None)
    if page is None:
        shell.say(
            shell.desk.t.text(
                "The file {file} is opened by the head of the centre.", file=file.name
            )
        )
    else:
        shell.go(page, file=file)
