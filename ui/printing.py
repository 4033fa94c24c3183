"""Pages on their way out: looked at, printed, or saved as PDF where the person chose.

Nothing is put anywhere in between: a paper names somebody.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from pravo_desktop.usecases.file_writing import write_file
from pravo_desktop.usecases.paper_register import Paper, as_it_would_be, render
from ui.folders import remember_folder, remembered_folder, show_folder
from ui.page import Desk, Page
from ui.runner import Job

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

LANGUAGES: tuple[tuple[str | None, str], ...] = (("kk", "Қазақша"), ("ru", "Русский"))
"""In which a paper can be; each by its own name."""


@dataclass(frozen=True)
class Printout:
    """Pages that a person may print or save as PDF.

    Args:
        owner: the page or list that they come from.
        title: what they are, naming nobody.
        file_name: offered; it names nobody.
        folder: of which the last choice is remembered, such as ``papers``.
        issue: hands over the PDF; called once the person has decided where it goes, so this is
            the moment to write into registers and history.
        taken: called once it is out.
    """

    owner: QWidget
    desk: Desk
    title: str
    file_name: str
    folder: str
    issue: Callable[[Callable[[bytes], object]], object]
    taken: Callable[[], object] = lambda: None

    def look(self, data: bytes) -> None:
        """Show pages before they are printed.

        Args:
            data: PDF, the same that will be issued.
        """
        from ui.preview import Preview

        preview = Preview(
            self.owner,
            self.desk,
            data,
            title=self.title,
            to_printer=self.print_on,
            to_file=self.save,
        )
        preview.open()

    def print_on(self, printer: QPrinter) -> None:
        """Print on a printer that the person chose; it can be given up page by page."""
        from ui.preview import print_pages

        t, navigator = self.desk.t, self.desk.navigator

        def printed(pages: int) -> None:
            self.taken()
            navigator.say(
                t.plural(
                    "{n} page is sent to {printer}.",
                    "{n} pages are sent to {printer}.",
                    pages,
                    printer=printer.printerName(),
                )
            )

        def begin(data: bytes) -> None:
            def give_up() -> None:
                task.cancel()
                navigator.say(
                    t.text("Printing is stopped. Pages already at the printer may still come out.")
                )

            def step(_: str, done: int, total: int) -> None:
                said = t.text("Printing: page {page} of {total}", page=done + 1, total=total)
                navigator.say(said, t.text("Cancel"), give_up)

            task = self.desk.runner.document(
                self.owner, lambda hook: print_pages(data, printer, hook), printed, progress=step
            )

        self.issue(begin)

    def save(self) -> None:
        """Ask for a file and write the pages there."""
        t, navigator = self.desk.t, self.desk.navigator

        def done(path: Path) -> None:
            self.taken()
            said = t.text("Saved as PDF: {file}", file=str(path))
            navigator.say(said, t.text("Open the folder"), lambda: show_folder(path.parent))

        def chosen(name: str) -> None:
            path = Path(name)
            remember_folder(self.desk, self.folder, path.parent)

            def write(data: bytes) -> None:
                def work(_: object) -> Path:
                    write_file(path, data)
                    return path

                self.desk.runner.document(self.owner, work, done)

            self.issue(write)

        dialog = QFileDialog(self.owner, t.text("Where to save the PDF"))
        dialog.setObjectName("choose_file")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.setNameFilter("PDF (*.pdf)")
        dialog.setDirectory(str(remembered_folder(self.desk, self.folder)))
        dialog.selectFile(self.file_name)
        dialog.fileSelected.connect(chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def offer_paper(
    page: Page,
    issue: Callable[[Job], Paper],
    *,
    title: str,
    file_name: str,
    look: bool,
    failed: Callable[[Exception], object] | None = None,
    taken: Callable[[], object] = lambda: None,
) -> None:
    """Let a person print a paper or save it as PDF.

    It is entered into the register when it goes to a printer or a file, not by looking at it.

    Args:
        issue: the use case that gathers and registers the paper.
        look: shows it first, to be printed or saved from there; otherwise it is saved.
        failed: is given the error when the paper cannot be issued; else the window shows it.
        taken: called once it is out.
    """
    runner = page.desk.runner

    def rendered(paper: Paper, then: Callable[[bytes], object]) -> None:
        runner.document(page, lambda _: render(paper), then)

    out = Printout(
        page,
        page.desk,
        title,
        file_name,
        "papers",
        lambda then: runner.write(page, issue, lambda paper: rendered(paper, then), failed),
        taken,
    )
    if look:
        runner.write(
            page,
            lambda job: as_it_would_be(job.session, lambda: issue(job)),
            lambda paper: rendered(paper, out.look),
            failed,
        )
    else:
        out.save()
