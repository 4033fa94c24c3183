"""What the report and the papers share in PDF: fonts, colours, type and pages."""

import io
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

from reportlab.graphics.shapes import STATE_DEFAULTS
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph

from exports.office_zip import PROGRAM
from pravo_desktop.paths import resources_folder

REGULAR = "NotoSans"
BOLD = "NotoSans-Bold"
_FILES = {REGULAR: "NotoSans-Regular.ttf", BOLD: "NotoSans-Bold.ttf"}

INK = HexColor("#1F2933")
QUIET = HexColor("#5F6B76")
HAIR = HexColor("#D5DBE1")
ACCENT = HexColor("#0B7285")

SIDE = 20 * mm
TOP = 25 * mm
LEADING = 1.35


def font_file(name: str) -> str:
    """The file of `REGULAR` or `BOLD`."""
    return str(resources_folder() / "fonts" / _FILES[name])


@cache
def register_fonts() -> None:
    """Makes Noto Sans of ``resources/fonts`` known to reportlab, once."""
    for name in _FILES:
        font = TTFont(name, font_file(name))
        # The same words and numbers are measured again and again while tables are set.
        font.stringWidth = lru_cache(20_000)(font.stringWidth)  # type: ignore[method-assign]
        pdfmetrics.registerFont(font)
    # There is no italic: without naming it, bold would be lost with it.
    pdfmetrics.registerFontFamily(
        REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD
    )
    # Every drawing names its default font, which is not embedded unless it is ours.
    STATE_DEFAULTS["fontName"] = REGULAR


def style(name: str, size: float, **more: Any) -> ParagraphStyle:
    """A style of ``size`` points in our font and ink; ``more`` as of reportlab."""
    values: dict[str, Any] = {
        "fontName": REGULAR,
        "fontSize": size,
        "leading": size * LEADING,
        "textColor": INK,
        "allowWidows": 0,
        "allowOrphans": 0,
        **more,
    }
    return ParagraphStyle(name, **values)


def write_pages(
    story: list[Flowable],
    finish: Callable[[Canvas, int, int], None],
    *,
    language: str,
    title: str,
    author: str = "",
    subject: str = "",
    size: tuple[float, float] = A4,
    side: float = SIDE,
    top: float = TOP,
) -> bytes:
    """A PDF of ``story`` in one column; equal stories give equal bytes.

    Args:
        finish: draws what stands outside the column: canvas, page from 1, number of pages. It is
            called when everything is set, so that it knows what the story has left behind.
        size: of the page, in points, as are the margins ``side`` and ``top`` (also the bottom's).
    """
    out = io.BytesIO()
    document = BaseDocTemplate(
        out,
        pagesize=size,
        leftMargin=side,
        rightMargin=side,
        topMargin=top,
        bottomMargin=top,
        invariant=1,
        initialFontName=REGULAR,
        lang=language,
        creator=PROGRAM,
        title=title,
        author=author,
        subject=subject,
    )
    column = Frame(
        side,
        top,
        size[0] - 2 * side,
        size[1] - 2 * top,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )
    document.addPageTemplates([PageTemplate("page", [column])])

    def canvas(*args: Any, **kwargs: Any) -> _Pages:
        pages = _Pages(*args, **kwargs)
        pages.finish = finish
        return pages

    document.build(story, canvasmaker=canvas)
    return out.getvalue()


class Text(Paragraph):
    """A paragraph that breaks its lines once for a width, however often its height is asked for."""

    _wrapped: tuple[float, tuple[float, float]] | None = None

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        known = self._wrapped
        # Dividing it between pages throws its lines away.
        if known is None or known[0] != availWidth or not hasattr(self, "blPara"):
            known = self._wrapped = (availWidth, super().wrap(availWidth, availHeight))
        return known[1]


class _Pages(Canvas):
    """A canvas that finishes its pages at the end, when their number is known."""

    finish: Any = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._pages: list[dict[str, Any]] = []

    def showPage(self) -> None:
        self._pages.append(dict(self.__dict__))
        self._startPage()  # type: ignore[attr-defined]

    def save(self) -> None:
        for page in self._pages:
            self.__dict__.update(page)
            self.finish(self, self.getPageNumber(), len(self._pages))
            Canvas.showPage(self)
        Canvas.save(self)
