"""Packages, receipts and texts that are made to cost their readers time or memory."""

from collections.abc import Callable

from exports.package import container
from tools.torture.bomb_parts import (
    FAR,
    LAUGHS,
    MIB,
    QUADRATIC,
    Bomb,
    lying,
    sheet,
    with_endless_strings,
    with_part,
)
from tools.torture.mutations import unzipped, zipped
from tools.torture.readers import READERS, signed_again

_SHEET = "xl/worksheets/sheet3.xml"


def signed_bombs(reader: str, good: Callable[[], bytes]) -> list[Bomb]:
    """An honest key signed them: they reach the reader of the sheets."""

    def of(content: bytes) -> Callable[[], bytes]:
        return lambda: signed_again(with_part(unzipped(good()), _SHEET, content), compress=False)

    bombs = [Bomb(f"{name}, signed", reader, of(sheet(rows))) for name, rows in FAR.items()]
    deep = b"<workbook>" + b"<a>" * 30_000
    return [
        *bombs,
        Bomb("billion laughs, signed", reader, of(LAUGHS + sheet(b"&a11;"))),
        Bomb("quadratic blow-up, signed", reader, of(QUADRATIC + sheet(b"&a;" * 30_000))),
        Bomb("a workbook nested deep, signed", reader,
             lambda: signed_again(with_part(unzipped(good()), "xl/workbook.xml", deep))),
    ]  # fmt: skip


def unsigned_bombs(reader: str, good: Callable[[], bytes]) -> list[Bomb]:
    """Nobody signed them; the explanation of a refusal looks into them all the same."""

    def saved(content: bytes) -> Callable[[], bytes]:
        """As another program saves it, without a signature."""

        def make() -> bytes:
            parts = {k: v for k, v in unzipped(good()).items() if "_xmlsignatures" not in k}
            return zipped(with_part(parts, _SHEET, content))

        return make

    references = b'URI="/xl/worksheets/a?b" ' * 400_000
    return [
        *(Bomb(f"{name}, unsigned", reader, saved(sheet(rows))) for name, rows in FAR.items()),
        Bomb("zip bomb", reader,
             lambda: container.write(with_part(unzipped(good()), _SHEET, bytes(100 * MIB)))),
        Bomb("zip bomb that states a small size", reader,
             lambda: lying(good(), _SHEET, 400 * MIB, 900)),
        Bomb("zip bomb of another program, unsigned", reader,
             lambda: lying(saved(b"")(), _SHEET, 400 * MIB, 900)),
        Bomb("a signature of endless references", reader,
             lambda: zipped(with_part(unzipped(good()), "_xmlsignatures/sig1.xml", references))),
        Bomb("a directory of 60,000 entries", reader,
             lambda: zipped({f"{n}": b"" for n in range(60_000)})),
        Bomb("shared strings without end, unsigned", reader,
             lambda: with_endless_strings(saved(b"")())),
    ]  # fmt: skip


def text_bombs() -> list[Bomb]:
    reader = "text to check (DOCX)"
    good = next(each for each in READERS if each.name == reader).seeds()[0]
    book = unzipped(good)["word/document.xml"]

    def of(content: bytes) -> Callable[[], bytes]:
        return lambda: zipped(with_part(unzipped(good), "word/document.xml", content))

    def body(inner: bytes) -> Callable[[], bytes]:
        return of(book.replace(b"<w:body>", b"<w:body>" + inner, 1))

    span = b'<w:tc><w:tcPr><w:gridSpan w:val="%s"/></w:tcPr><w:p/></w:tc>'
    merged = b"<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>"
    table = b"<w:tbl><w:tr>%s</w:tr><w:tr>%s</w:tr></w:tbl>"
    return [
        Bomb("zip bomb", reader, of(bytes(400 * MIB))),
        Bomb("zip bomb that states a small size", reader,
             lambda: lying(good, "word/document.xml", 400 * MIB, 900)),
        Bomb("billion laughs", reader, of(LAUGHS + b"<a>&a11;</a>")),
        Bomb("quadratic blow-up", reader, of(QUADRATIC + b"<a>" + b"&a;" * 30_000 + b"</a>")),
        Bomb("ten million paragraphs", reader, body(b"<w:p/>" * 8_000_000)),
        Bomb("a cell as wide as a thousand million", reader,
             body(table % (span % b"1000000000", span % b"1000000000"))),
        Bomb("many wide cells", reader, body(table % ((span % b"200") * 20_000, b""))),
        Bomb("as many empty paragraphs as are read", reader, body(b"<w:p/>" * 430_000)),
        Bomb("as many runs as are read", reader, body(b"<w:p>" + b"<w:r><w:t/></w:r>" * 105_000
             + b"</w:p>")),
        Bomb("cells merged over hundreds of rows", reader, body(
            b"<w:tbl>" + (b"<w:tr>" + merged * 200 + b"</w:tr>") * 250 + b"</w:tbl>")),
        Bomb("elements nested a million deep", reader, body(b"<w:p>" * 300_000)),
    ]  # fmt: skip
