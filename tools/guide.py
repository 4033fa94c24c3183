"""Writes the user guide as PDF, Kazakh and Russian, into ``build/guide``: ``make guide``."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from itertools import takewhile
from pathlib import Path
from xml.sax.saxutils import escape

from markdown_it import MarkdownIt
from markdown_it.token import Token
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    Flowable,
    Image,
    PageBreak,
    Spacer,
    Table,
)
from reportlab.platypus import Paragraph as Text

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from exports.pdf import (  # noqa: E402
    ACCENT,
    BOLD,
    HAIR,
    QUIET,
    REGULAR,
    SIDE,
    register_fonts,
    style,
    write_pages,
)
from pravo_desktop import __version__  # noqa: E402
from pravo_desktop.i18n import Translator  # noqa: E402
from ui.pages.guide import (  # noqa: E402
    CHAPTERS,
    LINE,
    chapter_texts,
    filled,
    help_texts,
    title_of,
)
from ui.pages.help import keys_list  # noqa: E402
from ui.pages.listing import PAGES  # noqa: E402

OUT = ROOT / "build" / "guide"
PICTURES = ROOT / "build" / "screens"

_WIDTH = A4[0] - 2 * SIDE
_SIZE = 10.5
_INDENT = 14
_COVER = style("cover", 30, fontName=BOLD, spaceAfter=8)
_UNDER = style("under", 13, textColor=QUIET)
_HEADINGS = {
    1: style("h1", 20, fontName=BOLD, spaceAfter=10),
    2: style("h2", 14, fontName=BOLD, spaceBefore=16, spaceAfter=4, keepWithNext=1),
    3: style("h3", 11.5, fontName=BOLD, spaceBefore=10, spaceAfter=2, keepWithNext=1),
    4: style("h4", _SIZE, fontName=BOLD, spaceBefore=8, spaceAfter=2, keepWithNext=1),
}
_BODY = style("body", _SIZE, spaceBefore=4, spaceAfter=4)
_CELL = style("cell", 9.5)
_PAGE = {"kk": "«{title}» беті", "ru": "Страница «{title}»"}
_ENTRY = style("entry", 11)
_NUMBER = style("number", 11, alignment=2)


class Place(Flowable):
    """Notes on which page a chapter begins, for the contents and the outline.

    Args:
        pages: where the number is noted, by title.
    """

    def __init__(self, title: str, pages: dict[str, int]) -> None:
        super().__init__()
        self.title, self.pages = title, pages
        self.width = self.height = 0

    def draw(self) -> None:
        canvas = self.canv
        self.pages[self.title] = canvas.getPageNumber()
        canvas.bookmarkPage(self.title)
        canvas.addOutlineEntry(self.title, self.title, 0)


def chapter(name: str, t: Translator) -> str:
    """A chapter as Markdown with all it takes in; pictures that were not made are left out."""

    def put(kind: str, what: str) -> str:
        if kind == "keys":
            return keys_list(t, PAGES)
        if kind == "help":
            title, _, text = help_texts(t.language)[what].partition("\n")
            head = _PAGE[t.language].format(title=title.removeprefix("# "))
            return f"### {head}\n" + text.replace("\n## ", "\n#### ")
        path = picture(what, t.language)
        return f"![]({path.as_posix()})" if path.exists() else ""

    return filled(chapter_texts(t.language)[name], put)


def picture(name: str, language: str) -> Path:
    """The file of a picture of ``make screens``."""
    return PICTURES / f"{name}-{language}-light-100.png"


def write_guide(language: str) -> bytes:
    """The guide in ``kk`` or ``ru`` as PDF."""
    register_fonts()
    t = Translator(language)
    heads = {
        "kk": ("Пайдаланушы нұсқаулығы", "Мазмұны", "Нұсқасы"),
        "ru": ("Руководство пользователя", "Содержание", "Версия"),
    }
    title, contents, version = heads[language]
    texts = [chapter(name, t) for name in CHAPTERS]
    titles = [title_of(text) for text in texts]
    pages: dict[str, int] = {}

    def foot(canvas: Canvas, page: int, of: int) -> None:
        if page == 1:
            return
        canvas.setFont(REGULAR, 9)
        canvas.setFillColor(QUIET)
        canvas.drawString(SIDE, 14 * mm, f"Pravo Desktop · {title}")
        canvas.drawRightString(A4[0] - SIDE, 14 * mm, f"{page} / {of}")

    def set_pages() -> bytes:
        story: list[Flowable] = [
            Spacer(0, 60 * mm),
            Text("Pravo Desktop", _COVER),
            Text(title, style("title", 18, spaceAfter=24)),
            Text(f"{version} {__version__}", _UNDER),
            PageBreak(),
            Text(contents, _HEADINGS[1]),
            _contents(titles, pages),
        ]
        for name, text in zip(titles, texts, strict=True):
            story += [PageBreak(), Place(name, pages), *flowables(text)]
        return write_pages(story, foot, language=language, title=title, author="Pravo Desktop")

    # The contents are set before the chapters: the second time their pages are known.
    set_pages()
    return set_pages()


def _contents(titles: Sequence[str], pages: dict[str, int]) -> Flowable:
    rows = [
        [
            Text(f'<a href="#{escape(title)}">{number}. {escape(title)}</a>', _ENTRY),
            Text(str(pages.get(title, "")), _NUMBER),
        ]
        for number, title in enumerate(titles, 1)
    ]
    return Table(
        rows,
        colWidths=[_WIDTH - 16 * mm, 16 * mm],
        style=[("LINEBELOW", (0, 0), (-1, -1), 0.4, HAIR), ("LEFTPADDING", (0, 0), (0, -1), 0)],
    )


def flowables(markdown: str) -> list[Flowable]:
    """What a Markdown text is on the page."""
    tokens = iter(MarkdownIt("commonmark").enable("table").parse(markdown))
    found = list(_blocks(tokens))
    # A space that does not fit on the last page of a chapter would stand alone on one more.
    while found and isinstance(found[-1], Spacer):
        found.pop()
    return found


def _blocks(tokens: Iterator[Token], depth: int = 0, bullet: str = "") -> Iterator[Flowable]:
    for token in tokens:
        if token.type == "heading_open":
            yield Text(_inline(next(tokens)), _HEADINGS[int(token.tag[1])])
        elif token.type == "paragraph_open":
            inline = next(tokens)
            image = next((one for one in inline.children or () if one.type == "image"), None)
            if image is not None:
                yield _image(str(image.attrs["src"]))
            else:
                left = depth * _INDENT
                body = style("item", _SIZE, leftIndent=left, bulletIndent=left - _INDENT + 2)
                yield Text(_inline(inline), body if depth else _BODY, bulletText=bullet or None)
                bullet = ""
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            yield Spacer(0, 2)
            yield from _items(tokens, depth + 1, token.type.startswith("ordered"))
            yield Spacer(0, 4)
        elif token.type == "table_open":
            yield _table(takewhile(lambda one: one.type != "table_close", tokens))
        elif token.type == "list_item_close":
            return


def _items(tokens: Iterator[Token], depth: int, numbered: bool) -> Iterator[Flowable]:
    number = 0
    for token in tokens:
        if token.type == "list_item_open":
            number += 1
            yield from _blocks(tokens, depth, f"{number}." if numbered else "•")
            yield Spacer(0, 2.5)
        else:
            return


def _inline(token: Token) -> str:
    marks = {"strong_open": "<b>", "strong_close": "</b>", "softbreak": " ", "hardbreak": "<br/>"}
    parts = []
    for child in token.children or ():
        if child.type == "code_inline":
            parts.append(f'<font color="{ACCENT.hexval().replace("0x", "#")}">')
            parts.append(f"{escape(child.content)}</font>")
        else:
            parts.append(marks.get(child.type, escape(child.content)))
    return "".join(parts)


def _image(source: str) -> Flowable:
    wide, high = ImageReader(source).getSize()
    drawn = Image(source, _WIDTH, _WIDTH * high / wide)
    # One flowable: a heading would not stay with several that are kept together.
    return Table(
        [[drawn]],
        style=[("BOX", (0, 0), (-1, -1), 0.5, HAIR), *_PADS],
        spaceBefore=6,
        spaceAfter=8,
    )


_PADS = [(f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")]


def _table(tokens: Iterator[Token]) -> Flowable:
    rows: list[list[Flowable]] = []
    bold = False
    for token in tokens:
        if token.type == "thead_open":
            bold = True
        elif token.type == "tbody_open":
            bold = False
        elif token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            words = _inline(token)
            rows[-1].append(Text(f"<b>{words}</b>" if bold else words, _CELL))
    first = 0.34 * _WIDTH if len(rows[0]) == 2 else _WIDTH / len(rows[0])
    rest = (_WIDTH - first) / (len(rows[0]) - 1)
    return Table(
        rows,
        colWidths=[first, *[rest] * (len(rows[0]) - 1)],
        repeatRows=1,
        style=[
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LINEBELOW", (0, 0), (-1, -1), 0.4, HAIR),
            ("LEFTPADDING", (0, 0), (0, -1), 0),
        ],
    )


def main() -> int:
    """Writes both guides and names the pictures that were not made."""
    OUT.mkdir(parents=True, exist_ok=True)
    for language in ("kk", "ru"):
        path = OUT / f"pravo-guide-{language}.pdf"
        path.write_bytes(write_guide(language))
        named = [
            name
            for text in chapter_texts(language).values()
            for kind, name in LINE.findall(text)
            if kind == "picture"
        ]
        missing = [name for name in named if not picture(name, language).exists()]
        print(path.relative_to(ROOT))
        if missing:
            print(f"  without pictures (make screens): {', '.join(missing)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
