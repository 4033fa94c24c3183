"""A finished text against the figures: every number beside an indicator's word is compared.

The words around a number, up to the next number or break, say which indicator and breakdown it
claims; the regions named before it say whose. A general word ("training", "event") takes its
indicator from the subject of the paragraphs above. A number that can be read in several ways agrees
when one of them agrees; it differs when its words leave one reading, and is doubtful otherwise.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pravo_desktop.domain.figures import ALL, FigureRow
from pravo_desktop.domain.indicators import BY_KEY

AGREES, DIFFERS, DOUBTFUL = "agrees", "differs", "doubtful"

Claimed = tuple[str, str | None, str | None]
"""Indicator, breakdown and key."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A number of the text and what the figures say.

    Args:
        paragraph: number of the paragraph, from 1.
        sentence: the sentence it stands in.
        written: the number as written.
        indicator, breakdown, key, region: whose figure it is compared with.
        figure: that figure or plan; None where nothing was reported.
        plan: whether it is compared with the plan.
        verdict: agrees, differs, or doubtful.
    """

    paragraph: int
    sentence: str
    written: str
    indicator: str
    breakdown: str | None
    key: str | None
    region: str
    figure: int | float | None
    plan: bool
    verdict: str


@dataclass(frozen=True, slots=True)
class _Mark:
    """A place of the text that means something."""

    start: int
    end: int
    what: Any


@dataclass(frozen=True, slots=True)
class _Number:
    """A number, or two that bound a range."""

    start: int
    end: int
    low: float
    high: float

    def holds(self, value: float | None) -> bool:
        return value is not None and self.low <= value <= self.high


@dataclass(frozen=True, slots=True)
class _Claim:
    """One reading of a number; a sure one leaves no other."""

    claimed: Claimed
    sure: bool


_SPACES = " \u00a0\u202f"
_NUMBER = re.compile(
    rf"(?<![\w.,№])(?P<low>\d{{1,3}}(?:[{_SPACES}]\d{{3}})+(?!\d)|\d+(?:[.,]\d+)?)"
    r"(?:\s?[-–—]\s?(?P<high>\d+)(?!\d))?"
)
_BREAK = re.compile(r"[;:!?()]|[.,](?=\s|$)|\s(?:ал|а)\s")
_STOP = re.compile(r"[,;:]|\d")
_SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=[^\sа-яәғқңөұүһі])")
_LIST_MARK = re.compile(r"\s*(?:\d+[.)]|[•·–—-])\s*")
_PERCENT = re.compile(r"\s?%")
_NEAR = 40
"""Characters between a number and a word that still are one statement."""
_LISTED = 14
"""Characters between two regions that still are one list."""
_HEADING = 130
"""Characters of a paragraph that may be a heading."""


def check_text(
    paragraphs: Sequence[str], rows: Sequence[FigureRow], words: Mapping[str, Any]
) -> list[Finding]:
    """Compare the numbers of a text with the figures of its period.

    Args:
        paragraphs: the text; cells of a line of a table or chart are separated by tabs.
        rows: all figures of the period, as ``compute_figures`` gives them.
        words: as `pravo_desktop.resources.text_words` gives them.

    Returns:
        One finding for each number that claims a figure, in the order of the text.
    """
    reading = _Reading(rows, words)
    subject: str | None = None
    found: list[Finding] = []
    for number, text in enumerate(paragraphs, start=1):
        if "\t" in text:
            found.extend(reading.table(number, text))
            continue
        subject = reading.subject_of(text) or subject
        for sentence in _SENTENCE.split(text):
            found.extend(reading.sentence(number, sentence, subject))
    return found


class _Reading:
    """The figures and the words to read a text with."""

    def __init__(self, rows: Sequence[FigureRow], words: Mapping[str, Any]) -> None:
        self.values = {(r.indicator, r.breakdown, r.key, r.region): r.value for r in rows}
        self.plans = {(r.indicator, r.region): r.plan for r in rows if r.breakdown is None}
        own = {(key, None, None): stems for key, stems in words["indicators"].items()}
        parts = {
            (indicator, name, key): stems
            for indicator, names in words["breakdowns"].items()
            for name, keys in names.items()
            for key, stems in keys.items()
        }
        self.own = _finder({**own, **parts})
        self.generic = _finder({None: words["generic"]})
        self.subjects = _finder(words["subjects"])
        self.regions = _finder(words["regions"])
        self.planned = _finder({None: words["plan"]})
        dates, years = "|".join(words["dates"]), "|".join(words["years"])
        self.calendar = re.compile(
            rf"[-–]?\w{{0,4}}\s*(?:(?:{dates})\w*|(?:{years})\b)", re.IGNORECASE
        )

    def subject_of(self, text: str) -> str | None:
        """The indicator that a paragraph is about: what it names first, if a heading, or alone."""
        named = [mark.what for mark in self.subjects(text)]
        heading = len(text) < _HEADING or _NUMBER.search(text) or self.planned(text)
        return named[0] if named and heading else None

    def table(self, paragraph: int, text: str) -> Iterator[Finding]:
        """A line of a table or chart: labels, and as many numbers after them."""
        cells = [cell.strip() for cell in text.split("\t") if cell.strip()]
        numbers = [match for cell in cells if (match := _NUMBER.fullmatch(cell))]
        labels = [cell for cell in cells if not _NUMBER.fullmatch(cell)][-len(numbers) :]
        if not numbers or len(labels) != len(numbers):
            return
        for label, match in zip(labels, numbers, strict=True):
            for mark in self.own(label)[:1]:
                value = self.values.get((*mark.what, ALL))
                verdict = AGREES if _number(match).holds(value) else DIFFERS
                indicator, breakdown, key = mark.what
                yield Finding(
                    paragraph=paragraph,
                    sentence=f"{label}: {match.group()}",
                    written=match.group(),
                    indicator=indicator,
                    breakdown=breakdown,
                    key=key,
                    region=ALL,
                    figure=value,
                    plan=False,
                    verdict=verdict,
                )

    def sentence(self, paragraph: int, text: str, subject: str | None) -> Iterator[Finding]:
        """The claims of one sentence."""
        begin = match.end() if (match := _LIST_MARK.match(text)) else 0
        numbers = [
            _number(match)
            for match in _NUMBER.finditer(text, begin)
            if not self.calendar.match(text, match.end())
        ]
        breaks = [0, *(match.end() for match in _BREAK.finditer(text)), len(text)]
        for place, number in enumerate(numbers):
            left = max(edge for edge in breaks if edge <= number.start)
            right = min(edge for edge in breaks if edge >= number.end)
            if place and numbers[place - 1].end > left:
                left = number.start
            if place + 1 < len(numbers):
                right = min(right, numbers[place + 1].start)
            claims = self._claims(text, number, left, right, subject)
            if claims:
                regions = self._regions_of(text, numbers, place)
                yield self._judge(paragraph, text, number, claims, regions)

    def _claims(
        self, text: str, number: _Number, left: int, right: int, subject: str | None
    ) -> list[_Claim]:
        """What a number may mean, the likeliest first.

        ``left`` and ``right`` bound the words that belong to it.
        """

        def distance(mark: _Mark) -> int:
            return mark.start - number.end if mark.start >= number.end else number.start - mark.end

        def around(find: Callable[[str], list[_Mark]]) -> list[_Mark]:
            marks = [m for m in find(text) if left <= m.start and m.end <= right]
            return sorted(marks, key=lambda mark: (mark.start < number.end, distance(mark)))

        percent = bool(_PERCENT.match(text, number.end))
        own = [m for m in around(self.own) if (BY_KEY[m.what[0]].counted == "share") == percent]
        exact = [mark for mark in own if mark.what[1] or mark.what[0] not in _LOOSE]
        general = [] if percent or not subject else around(self.generic)
        claims = [_Claim(mark.what, distance(mark) < _NEAR) for mark in exact]
        claims += [
            _Claim((str(subject), None, None), distance(mark) < _NEAR and not exact)
            for mark in general
        ]
        claims += [_Claim(mark.what, False) for mark in own if mark not in exact]
        if exact and general and exact[0].start < number.start <= general[0].start:
            claims = [_Claim(claim.claimed, False) for claim in claims]
        return claims

    def _regions_of(self, text: str, numbers: Sequence[_Number], place: int) -> list[str]:
        """The regions a number is about: those listed last before it, else the one right after."""
        number = numbers[place]
        marks = self.regions(text)
        before = [mark for mark in marks if mark.end <= number.start]
        if before:
            listed = before[-1:]
            for mark in reversed(before[:-1]):
                between = any(mark.end <= other.start < listed[0].start for other in numbers)
                if between or listed[0].start - mark.end > _LISTED:
                    break
                listed.insert(0, mark)
            return list(dict.fromkeys(mark.what for mark in listed))
        stop = _STOP.search(text, number.end)
        end = stop.start() if stop else len(text)
        return [mark.what for mark in marks if number.end <= mark.start < end][:1]

    def _judge(
        self,
        paragraph: int,
        text: str,
        number: _Number,
        claims: Sequence[_Claim],
        regions: Sequence[str],
    ) -> Finding:
        places = regions or [ALL]
        region = places[0] if len(places) == 1 else ALL
        claimed = claims[0].claimed
        agreed = next((c.claimed for c in claims if self._agrees(number, c.claimed, places)), None)
        claimed = agreed or claimed
        figure = self.values.get((*claimed, region))
        plan = not agreed and bool(self.planned(text))
        if plan:
            targets = {self.plans.get((claim.claimed[0], region)) for claim in claims}
            targets |= {value for (key, _), value in self.plans.items() if key == claimed[0]}
            agreed = claimed if any(map(number.holds, targets)) else None
        if agreed:
            verdict = AGREES
        elif claims[0].sure and len(places) == 1 and figure is not None and not plan:
            verdict = DIFFERS
        else:
            verdict = DOUBTFUL
        written = text[number.start : number.end]
        return Finding(paragraph, text.strip(), written, *claimed, region, figure, plan, verdict)

    def _agrees(self, number: _Number, claimed: Claimed, regions: Sequence[str]) -> bool:
        values = [self.values.get((*claimed, region)) for region in regions]
        together = sum(value or 0 for value in values)
        return all(map(number.holds, values)) or (len(values) > 1 and number.holds(together))


_LOOSE = frozenset({"participants", "staff", "centres_open"})
"""Indicators whose words ("person", "specialist", "centre") also stand beside other numbers."""


def _number(match: re.Match[str]) -> _Number:
    low = float(re.sub(f"[{_SPACES}]", "", match["low"]).replace(",", "."))
    return _Number(match.start(), match.end(), low, max(low, float(match["high"] or low)))


def _finder(stems: Mapping[Any, Sequence[str]]) -> Callable[[str], list[_Mark]]:
    """A search for the beginnings of words; where two overlap, the longer one counts."""
    meaning = {stem.casefold(): what for what, found in stems.items() for stem in found}
    longest = sorted(meaning, key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, longest))})\w*", re.IGNORECASE)
    return lambda text: [
        _Mark(match.start(), match.end(), meaning[match[1].casefold()])
        for match in pattern.finditer(text)
    ]
