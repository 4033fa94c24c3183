"""What is to be looked at in a text of headquarters: unknown fields and numbers of no figure."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from exports.report.content import Figures
from exports.report.texts import FIELD, YEAR, shown_field
from pravo_desktop.domain.indicators import BY_KEY
from pravo_desktop.errors import KnownError
from pravo_desktop.i18n import NBSP, Translator

_DATE = re.compile(r"\b\d{1,2}\.\d{1,2}\.(?:19|20)\d\d\b")
_GROUPED = r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+"
_NUMBER = re.compile(rf"(?<![\w.,])(?:{_GROUPED}|\d+)(?:[.,]\d+)?")

EXTRA_FIELDS = (
    "period",
    "as_of",
    "region_count",
    "received",
    "late",
    "amendments",
    "missing",
    "concluded_share",
    "served_share",
)
"""Fields that are no figure of an indicator."""


@dataclass(frozen=True, slots=True)
class TextMark:
    """A place of a text to look at.

    Args:
        kind: ``unknown_field``: nothing can stand there, the report is not made; ``no_value``: the
            figure was not reported; ``doubtful``: a typed number that equals no figure.
        start, end: places in the text, counted in letters from 0.
        text: what stands there.
    """

    kind: Literal["unknown_field", "no_value", "doubtful"]
    start: int
    end: int
    text: str


def text_marks(
    text: str, figures: Figures, translator: Translator, regions: Collection[str]
) -> list[TextMark]:
    """The places to look at, in the order of the text.

    Args:
        regions: keys that a field may name.
    """
    return sorted(
        [*_fields(text, figures, translator, regions), *_numbers(text, figures.values())],
        key=lambda mark: mark.start,
    )


def _fields(
    text: str, figures: Figures, translator: Translator, regions: Collection[str]
) -> Iterator[TextMark]:
    for match in FIELD.finditer(text):
        name, end = match[1], match.start() + len(match[1]) + 2
        if name in EXTRA_FIELDS:
            continue
        try:
            shown = shown_field(name, figures, translator)
        except KnownError:
            shown, known = None, False
        else:
            known = _named(name.split(":"), regions)
        if not known:
            yield TextMark("unknown_field", match.start(), end, text[match.start() : end])
        elif shown is None:
            yield TextMark("no_value", match.start(), end, text[match.start() : end])


def _named(parts: list[str], regions: Collection[str]) -> bool:
    """Whether indicator, region and breakdown of a well-formed field exist."""
    indicator, region, *rest = parts[1:] if parts[0] in ("plan", "percent") else parts
    if indicator not in BY_KEY or region not in regions:
        return False
    return len(rest) != 2 or rest[0] in {one.name for one in BY_KEY[indicator].breakdowns}


def _numbers(text: str, values: Collection[float]) -> Iterator[TextMark]:
    # Fields and dates are blanked out, so that places stay the same.
    bare = FIELD.sub(lambda match: " " * len(match[0]), text)
    bare = _DATE.sub(lambda match: " " * len(match[0]), bare)
    for match in _NUMBER.finditer(bare):
        if YEAR.fullmatch(match[0]):
            continue
        number = re.sub(f"[ {NBSP}\u202f]", "", match[0]).replace(",", ".")
        if float(number) not in values:
            yield TextMark("doubtful", match.start(), match.end(), match[0])
