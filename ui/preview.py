"""A look at the pages of a PDF before they are printed, and printing them.

Pages are pictures in memory and no file is written for them. What the system's print queue keeps
of a job until the printer has it is the system's own.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from types import TracebackType

import pypdfium2
from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import QImage, QKeySequence, QPageLayout, QPageSize, QPainter, QShortcut
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo, QPrintPreviewWidget
from PySide6.QtWidgets import QAbstractScrollArea, QDialog, QWidget

from pravo_desktop.errors import KnownError
from ui.page import Desk
from ui.theme import GRID
from ui.widgets.buttons import button
from ui.widgets.labels import Note, label
from ui.widgets.layouts import column, row

MOST_DPI = 300
"""Pictures are never finer: an office printer shows no more of black on white."""
_PREVIEW_DPI = 110
AT_SIGHT = 20
"""So many pages are shown before they are printed."""
_POINTS = 72
_PDFIUM = Lock()
"""The library that draws pages must not be called from two threads at once."""


class Pages:
    """The pages of a PDF, drawn one at a time; to be used in a ``with``."""

    def __init__(self, data: bytes) -> None:
        with _PDFIUM:
            self._document = pypdfium2.PdfDocument(data)
            self._sizes: list[tuple[float, float]] = [
                self._document.get_page_size(number) for number in range(len(self._document))
            ]

    def __enter__(self) -> Pages:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with _PDFIUM:
            self._document.close()

    def __len__(self) -> int:
        return len(self._sizes)

    def size(self, position: int) -> tuple[float, float]:
        """Width and height of a page in points."""
        return self._sizes[position]

    def picture(self, position: int, dpi: float) -> QImage:
        """A page, counted from 0, as a picture."""
        with _PDFIUM:
            page = self._document[position]
            bitmap = page.render(scale=dpi / _POINTS, prefer_bgrx=True, maybe_alpha=False)
            picture = QImage(
                bitmap.buffer,
                bitmap.width,
                bitmap.height,
                bitmap.stride,
                QImage.Format.Format_RGB32,
            ).copy()
            bitmap.close()
            page.close()
        return picture


def page_count(data: bytes) -> int:
    """How many pages a PDF has."""
    with Pages(data) as pages:
        return len(pages)


def lay_out(printer: QPrinter, data: bytes) -> None:
    """Choose A4, turned where the first page is wider than it; a person may choose otherwise."""
    with Pages(data) as pages:
        wide = pages.size(0)[0] > QPageSize(QPageSize.PageSizeId.A4).sizePoints().width() + 1
    turned = QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
    printer.setPageLayout(
        QPageLayout(QPageSize(QPageSize.PageSizeId.A4), turned, QMarginsF(0, 0, 0, 0))
    )
    printer.setFullPage(True)


def print_pages(data: bytes, printer: QPrinter, progress: Callable[[str, int, int], object]) -> int:
    """Print the pages that were asked for, in their own size, smaller only where they must be.

    Args:
        printer: chosen by the person, with its range of pages.
        progress: hook, ``("print", done, total)``; what it raises stops the printing.

    Returns:
        how many pages were printed.

    Raises:
        KnownError: ``not_printed`` when the printer does not answer.
    """
    with Pages(data) as pages:
        first = (printer.fromPage() or 1) - 1
        wanted = range(len(pages))[first : printer.toPage() or None]
        printer.setFullPage(True)
        painter = QPainter()
        if not painter.begin(printer):
            raise KnownError("not_printed", printer=printer.printerName())
        painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        try:
            for done, position in enumerate(wanted):
                progress("print", done, len(wanted))
                if done and not printer.newPage():
                    raise KnownError("not_printed", printer=printer.printerName())
                _draw(painter, printer, pages, position, min(printer.resolution(), MOST_DPI))
        except BaseException:
            printer.abort()
            raise
        finally:
            painter.end()
        return len(wanted)


def _draw(painter: QPainter, printer: QPrinter, pages: Pages, position: int, dpi: float) -> None:
    paper = printer.pageLayout().fullRectPixels(printer.resolution())
    width, height = (one / _POINTS * printer.resolution() for one in pages.size(position))
    smaller = min(1.0, paper.width() / width, paper.height() / height)
    painter.drawImage(QRectF(0, 0, width * smaller, height * smaller), pages.picture(position, dpi))


class Preview(QDialog):
    """The pages as they will be printed; from here they are printed, saved as PDF, or left.

    Args:
        parent: the page or list that they come from.
        data: PDF.
        title: what is printed, naming nobody; the print queue shows it.
        to_printer: is given the printer that the person chose.
        to_file: asks for a file and writes it.
    """

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        data: bytes,
        *,
        title: str,
        to_printer: Callable[[QPrinter], object],
        to_file: Callable[[], object],
    ) -> None:
        super().__init__(parent)
        t, theme = desk.t, desk.theme
        self.t, self._data, self._title = t, data, title
        self._to_printer, self._to_file = to_printer, to_file
        self.setObjectName("preview")
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.pages = page_count(data)
        self.told = label(self._count(), "grey", wrap=True)
        self.note = Note(theme, "error")
        self._paper = QPrinter(QPrinter.PrinterMode.ScreenResolution)
        lay_out(self._paper, data)
        self.view = QPrintPreviewWidget(self._paper, self)
        self.view.setAccessibleName(t.text("The pages as they will be printed"))
        self.view.paintRequested.connect(self._paint)
        for inside in self.view.findChildren(QAbstractScrollArea):
            # The page is as wide as the view; what Qt leaves around it needs no scroll bar.
            inside.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.close_button = button(t.text("Close"), name="close_preview")
        self.close_button.clicked.connect(self.reject)
        self.save_button = button(t.text("&Save as PDF…"), name="save_pdf")
        self.save_button.clicked.connect(self._save)
        self.print_button = button(t.text("&Print…"), "primary", name="print_pages")
        self.print_button.setDefault(True)
        self.print_button.clicked.connect(self.choose_printer)
        QShortcut(QKeySequence("Ctrl+P"), self, self.choose_printer)
        QShortcut(QKeySequence("Ctrl+S"), self, self._save)
        deeds = row(GRID)
        deeds.addWidget(self.told, 1)
        for one in (self.close_button, self.save_button, self.print_button):
            deeds.addWidget(one)
        layout = column(GRID)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.note)
        layout.addLayout(deeds)
        self.setLayout(layout)
        room = parent.window().size()
        self.resize(min(theme.px(760), room.width()), room.height() - theme.px(48))
        self.view.fitToWidth()
        self.print_button.setFocus()

    def _count(self) -> str:
        told = self.t.plural("{n} page", "{n} pages", self.pages)
        if self.pages > AT_SIGHT:
            told += " · " + self.t.text("the first {shown} are shown", shown=AT_SIGHT)
        return told

    def _paint(self, paper: QPrinter) -> None:
        painter = QPainter(paper)
        with Pages(self._data) as pages:
            for position in range(min(len(pages), AT_SIGHT)):
                if position:
                    paper.newPage()
                _draw(painter, paper, pages, position, _PREVIEW_DPI)
        painter.end()

    def choose_printer(self) -> None:
        """Ask for the printer, then print there."""
        if not QPrinterInfo.availablePrinterNames():
            self.note.show_text(
                self.t.text(
                    "No printer is set up on this computer. Add one in the system's settings, or "
                    "save the pages as PDF."
                ),
                "error",
            )
            self.save_button.setFocus()
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        lay_out(printer, self._data)
        printer.setDocName(self._title)
        dialog = QPrintDialog(printer, self)
        dialog.setObjectName("choose_printer")
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintToFile, False)
        dialog.setMinMax(1, self.pages)
        dialog.accepted.connect(lambda: self.print_on(printer))
        dialog.finished.connect(dialog.deleteLater)
        QDialog.open(dialog)

    def print_on(self, printer: QPrinter) -> None:
        """Print on a printer and close."""
        self.accept()
        self._to_printer(printer)

    def _save(self) -> None:
        self.accept()
        self._to_file()
