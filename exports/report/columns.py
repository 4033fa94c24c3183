"""How wide the columns of a table are, in the PDF and in the Word document."""

from collections.abc import Sequence
from functools import cache

from reportlab.pdfbase.pdfmetrics import stringWidth

from exports.pdf import BOLD
from exports.report.blocks import Table

_AFTER_NUMBER = 10
_LONGEST_WORD = 0.4
"""A longer word, such as a link, is broken; as a part of the measure."""
_COMPACT = 0.72
_SHORT = 0.3
"""A column that wants less is short and is given it before the long ones share what is left."""
_ROOM = 0.12
NARROW_FROM = 9
"""From this many columns on a table is set in the dense size."""


def column_widths(
    table: Table,
    rows: Sequence[Sequence[str]],
    size: float,
    head_size: float,
    left_pads: Sequence[float],
    pad: float,
    whole_width: float,
) -> list[float]:
    """Short columns, the shortest first, get what they want; long texts share the rest."""
    least, wanted = [], []
    width = cache(stringWidth)
    for column, number in enumerate(table.numbers):
        cells = [row[column] for row in rows]
        head = table.heads[column]
        room = left_pads[column] + pad + 0.5
        words = [width(word, BOLD, head_size) for word in head.split(" ")]
        words += [width(word, BOLD, size) for cell in cells for word in cell.split(" ")]
        whole = max((width(cell, BOLD, size) for cell in cells), default=0.0)
        # The head of a number may take up to three lines.
        lines = 2.4 if number else 1
        least.append(min(max(words, default=0.0) + room, _LONGEST_WORD * whole_width))
        wanted.append(
            max(least[-1], whole + room, stringWidth(head, BOLD, head_size) / lines + room)
        )
    # Tables of two or three columns stay compact, larger ones fill the measure.
    target = (
        whole_width
        if len(wanted) > 3
        else max(whole_width * _COMPACT, min(sum(wanted), whole_width))
    )
    # Long texts keep room for a few words where there is any to give.
    roomy = [
        max(low, min(high, whole_width * _ROOM)) for low, high in zip(least, wanted, strict=True)
    ]
    if sum(roomy) < target:
        least = roomy
    for column in sorted(range(len(wanted)), key=wanted.__getitem__):
        more = wanted[column] - least[column]
        if wanted[column] < whole_width * _SHORT and sum(least) + more <= target:
            least[column] = wanted[column]
    spare = target - sum(wanted)
    if spare >= 0:
        return [width + spare / len(wanted) for width in wanted]
    if sum(least) >= target:
        return [width * target / sum(least) for width in least]

    def at(scale: float) -> list[float]:
        return [
            max(low, min(high, scale * high**0.5)) for low, high in zip(least, wanted, strict=True)
        ]

    low, high = 0.0, max(wanted)
    while high - low > 0.001:
        middle = (low + high) / 2
        low, high = (middle, high) if sum(at(middle)) <= target else (low, middle)
    return at(low)


def left_pads(table: Table, pad: float) -> list[float]:
    """Text that follows a number stands further off than a number does."""
    return [
        0.0
        if column == 0
        else pad + _AFTER_NUMBER
        if table.numbers[column - 1] and not number
        else pad
        for column, number in enumerate(table.numbers)
    ]
