"""What a document is made of before any file format: headings, paragraphs, tables, charts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from exports.typography import begun, held

FigurePlace = tuple[str, str, str | None, str | None]
"""Indicator, region, breakdown and its key, as in `FigureRow`."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number in a table.

    Args:
        value: None where there is none; ``empty`` is shown then.
        digits: decimal places.
        starred: partial, explained under the table.
        of: the figure that it shows, where it shows one.
    """

    value: int | float | None
    empty: str = ""
    digits: int = 0
    starred: bool = False
    of: FigurePlace | None = None


Cell = str | date | Amount | None


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered heading of level 1 or 2; the first appendix opens a page."""

    key: str
    text: str
    level: int = 1
    opens_page: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; ``bullet`` for an item of a list, ``lead`` is set bold before it."""

    text: str
    bullet: bool = False
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A numbered table.

    Args:
        heads: of the columns, units included.
        numbers: which columns hold numbers, set to the right.
        totals: how many of the last rows are totals.
    """

    key: str
    caption: str
    heads: tuple[str, ...]
    numbers: tuple[bool, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: its label, its number or, without one, what is said instead; a plan as a tick."""

    label: str
    amount: Amount
    plan: int | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """A numbered chart of horizontal bars in the given order."""

    key: str
    caption: str
    bars: tuple[Bar, ...]
    notes: tuple[str, ...] = ()


Block = Heading | Paragraph | Table | Chart


def typeset(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks with sentences that begin with a capital and break where they may.

    Cells of tables stay as they are: their columns are made as wide as they need.
    """
    return tuple(_typeset(block) for block in blocks)


def _typeset(block: Block) -> Block:
    match block:
        case Paragraph():
            return replace(block, text=begun(held(block.text)), lead=begun(held(block.lead)))
        case Table() | Chart():
            return replace(block, caption=held(block.caption), notes=tuple(map(held, block.notes)))
    return block


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of the workbook: its name, its tables and the chart of its first table."""

    key: str
    title: str
    tables: tuple[Table, ...]
    chart: Chart | None = None


@dataclass(frozen=True, slots=True)
class Cover:
    """What a document says of itself on its first page and above every other.

    Args:
        title, subtitle: in large type.
        running: title and period, above each page and as the file's title.
        period: in words.
        as_of: the last day whose accepted packages count.
        state_hash: of headquarters' state on that day, in hex.
        grantee, operator, project: names from the project card.
        contents: whether a page lists the headings.
        front: whether the first page is this cover's own.
    """

    title: str
    subtitle: str
    running: str
    period: str
    as_of: date
    state_hash: str
    grantee: str
    operator: str
    project: str
    contents: bool = True
    front: bool = True
