"""Papers on their way out: made into a PDF and written only where the person chose.

Nothing is put anywhere in between: a paper names somebody. For printing, the written file is
opened in the system's own viewer, which has the print dialog.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from pravo_desktop.usecases.packages import write_file
from pravo_desktop.usecases.papers import Paper, render
from ui.folders import remember_folder, remembered_folder, show_folder
from ui.page import Page
from ui.runner import Job

LANGUAGES: tuple[tuple[str | None, str], ...] = (("kk", "Қазақша"), ("ru", "Русский"))
"""In which a paper can be; each by its own name."""


def open_in_viewer(path: Path) -> None:
    """Show a written paper in the system's viewer, from which it is printed."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def write_paper(
    page: Page,
    issue: Callable[[Job], Paper],
    file_name: str,
    *,
    to_print: bool,
    failed: Callable[[Exception], object] | None = None,
    written: Callable[[], object] | None = None,
) -> None:
    """Ask for a file, then issue a paper, make its PDF and write it there.

    A paper is entered into the register once the file is chosen, not before.

    Args:
        issue: the use case that gathers and registers the paper.
        file_name: offered; it names nobody.
        to_print: opens the file in the system's viewer afterwards.
        failed: is given the error when the paper cannot be issued; else the window shows it.
        written: called once the file is there.
    """
    t, runner, navigator = page.t, page.desk.runner, page.desk.navigator

    def done(path: Path) -> None:
        said = t.text("The paper is written: {file}", file=str(path))
        if to_print:
            open_in_viewer(path)
        if written is not None:
            written()
        if to_print:
            navigator.say(said, t.text("Open it once more to print"), lambda: open_in_viewer(path))
        else:
            navigator.say(said, t.text("Open the folder"), lambda: show_folder(path.parent))

    def write(paper: Paper, path: Path) -> None:
        def work(_: object) -> Path:
            write_file(path, render(paper))
            return path

        runner.document(page, work, done)

    def chosen(name: str) -> None:
        path = Path(name)
        remember_folder(page.desk, "papers", path.parent)
        runner.write(page, issue, lambda paper: write(paper, path), failed)

    dialog = QFileDialog(page, t.text("Where to write the paper"))
    dialog.setObjectName("choose_file")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("pdf")
    dialog.setNameFilter("PDF (*.pdf)")
    dialog.setDirectory(str(remembered_folder(page.desk, "papers")))
    dialog.selectFile(file_name)
    dialog.fileSelected.connect(chosen)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
