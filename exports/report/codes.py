"""Sheets with the codes of the records behind the figures of a workbook, each figure a range."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter

from exports.report.blocks import Amount, FigurePlace, Sheet
from exports.report.content import CountedRecords
from pravo_desktop.domain.figures import ALL

FIRST_ROW = 6
"""Of the codes; above stand the indicator, the way back and the heads."""
COLUMNS = 3
"""Of a block: for whom, code, package."""

LONGEST = 31
"""Letters of a sheet's name."""

Range = tuple[int, int]
"""First and last row."""


@dataclass(frozen=True, slots=True)
class Block:
    """The records of an indicator in the order of one breakdown, three columns of its sheet.

    Args:
        breakdown: None where they stand by region alone.
        lines: region, key, code, number of the package; a group follows the other.
        ranges: rows of each region and key; region ``all`` is every region.
    """

    breakdown: str | None
    lines: tuple[tuple[str, str | None, str, int], ...]
    ranges: Mapping[tuple[str, str | None], Range]


@dataclass(frozen=True, slots=True)
class CodeSheet:
    """The blocks of an indicator side by side."""

    indicator: str
    title: str
    blocks: tuple[Block, ...] = field(default_factory=tuple)


def code_sheets(
    plan: Sequence[Sheet],
    records: Mapping[str, CountedRecords],
    regions: Sequence[str],
    labels: Mapping[str, str],
) -> tuple[CodeSheet, ...]:
    """A sheet for each indicator of which the workbook shows figures that count records.

    Args:
        regions: keys in the order of the report.
        labels: names of the indicators.
    """
    wanted: dict[str, dict[str | None, None]] = {}
    for place in _places(plan):
        if place[0] in records:
            wanted.setdefault(place[0], {None: None})[place[2]] = None
    return tuple(
        CodeSheet(
            indicator,
            _title(number, labels[indicator]),
            tuple(_block(records[indicator], breakdown, regions) for breakdown in breakdowns),
        )
        for number, (indicator, breakdowns) in enumerate(wanted.items(), start=1)
    )


def targets(found: Iterable[CodeSheet]) -> dict[FigurePlace, str]:
    """Where the codes of a figure stand, as the target of a link: ``'1 Couples'!B6:B47``."""
    places: dict[FigurePlace, str] = {}
    for sheet in found:
        for number, block in enumerate(sheet.blocks):
            column = get_column_letter(number * (COLUMNS + 1) + 2)
            for (region, key), (first, last) in block.ranges.items():
                place = (sheet.indicator, region, block.breakdown, key)
                places[place] = f"'{sheet.title}'!{column}{first}:{column}{last}"
    return places


def rows_xml(sheet: CodeSheet, style: int, named: Mapping[tuple[str, str | None], str]) -> bytes:
    """The rows of codes as parts of a worksheet; a library's cells would take ten times as long.

    Args:
        style: number of the cells' format.
        named: what to call the groups, by region and key; said once where a group begins.
    """
    heights = max((len(block.lines) for block in sheet.blocks), default=0)
    columns = [
        tuple(get_column_letter(number * (COLUMNS + 1) + offset) for offset in (1, 2, 3))
        for number in range(len(sheet.blocks))
    ]
    groups = [_group_names(block, named) for block in sheet.blocks]
    parts = []
    for index in range(heights):
        row = FIRST_ROW + index
        parts.append(f'<row r="{row}">')
        for block, (group, code, package), begins in zip(
            sheet.blocks, columns, groups, strict=True
        ):
            if index >= len(block.lines):
                continue
            if index in begins:
                parts.append(_text(f"{group}{row}", begins[index], style))
            _, _, said, number = block.lines[index]
            parts.append(_text(f"{code}{row}", said, style))
            parts.append(f'<c r="{package}{row}" s="{style}"><v>{number}</v></c>')
        parts.append("</row>")
    return "".join(parts).encode()


def _text(place: str, text: str, style: int) -> str:
    return f'<c r="{place}" s="{style}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def _group_names(block: Block, named: Mapping[tuple[str, str | None], str]) -> dict[int, str]:
    names = {}
    for group, rows in groupby(enumerate(block.lines), key=lambda one: (one[1][0], one[1][1])):
        names[next(rows)[0]] = named.get(group, "")
    return names


def _places(plan: Sequence[Sheet]) -> Iterator[FigurePlace]:
    for sheet in plan:
        for table in sheet.tables:
            for row in table.rows:
                for cell in row:
                    if isinstance(cell, Amount) and cell.of is not None and cell.value:
                        yield cell.of


def _block(records: CountedRecords, breakdown: str | None, regions: Sequence[str]) -> Block:
    order = {region: number for number, region in enumerate(regions)}
    at = None if breakdown is None else records.breakdowns.index(breakdown)
    found = {
        (line.region, None if at is None else line.keys[at], line.code, line.package)
        for line in records.lines
    }
    lines = sorted(
        found, key=lambda one: (one[1] or "", order.get(one[0], len(order)), one[0], one[2])
    )
    ranges: dict[tuple[str, str | None], Range] = {}
    for number, (region, key, *_) in enumerate(lines, start=FIRST_ROW):
        for place in dict.fromkeys(((region, key), (ALL, key))):
            first, _ = ranges.get(place, (number, number))
            ranges[place] = (first, number)
    return Block(breakdown, tuple(lines), ranges)


def _title(number: int, label: str) -> str:
    """A name of a sheet: none of those that a link or a file cannot hold."""
    plain = "".join(" " if letter in "[]:*?/\\'" else letter for letter in label)
    whole = f"{number} {plain}"
    return whole if len(whole) <= LONGEST else whole[: LONGEST + 1].rsplit(" ", 1)[0]
