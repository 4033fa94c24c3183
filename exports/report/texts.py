"""The words of the report: its sentences with fields, filled from the figures."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from exports.report.content import Figures, ProjectCard
from pravo_desktop.domain.indicators import BY_KEY
from pravo_desktop.errors import KnownError
from pravo_desktop.i18n import NBSP, Translator
from pravo_desktop.paths import resources_folder

FIELD = re.compile(r"\{([^{}]*)\}(\.?)")
"""A field of a sentence, with the full stop after it."""


REPORT_LANGUAGES = ("kk", "ru")
YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of one language, ``resources/report/LANGUAGE.json``; see the keys there."""

    card: Mapping[str, Any]
    words: Mapping[str, str]
    changes: Mapping[str, str]
    headings: Mapping[str, str]
    captions: Mapping[str, str]
    chart_notes: Mapping[str, str]
    table_notes: Mapping[str, str]
    text: Mapping[str, Any]
    sheets: Mapping[str, str]


@cache
def texts(language: str) -> Texts:
    """The report's texts in ``kk`` or ``ru``, read once; KnownError ``report_language``."""
    path = resources_folder() / "report" / f"{language}.json"
    if not path.is_file():
        raise KnownError("report_language", language=language)
    return Texts(**json.loads(path.read_text(encoding="utf-8")))


def default_card(language: str) -> ProjectCard:
    """The project card as long as headquarters has not written its own."""
    card = texts(language).card
    return ProjectCard(**{**card, "expected": tuple(card["expected"])})


def shown_percent(value: float, translator: Translator) -> str:
    """A share of a report: two decimals, as in the reports since 2024."""
    return translator.percent(value, 2)


def fill(
    sentence: str,
    figures: Figures,
    translator: Translator,
    extra: Mapping[str, str],
    *,
    missing: str = "",
) -> str | None:
    """A sentence with its fields filled, or None when a figure of it was not reported.

    Fields: ``{indicator:region}``, ``{indicator:region:year}`` (another year, counted or stated),
    ``{indicator:region:breakdown:key}``,
    ``{plan:indicator:region}``, ``{percent:indicator:region}`` (fulfilment of the plan) and the
    names in ``extra``, which are given as they are shown; an empty one counts as not reported.

    Args:
        missing: stands for a figure that was not reported, so that the sentence is kept.

    Raises:
        KnownError: ``report_field_unknown`` for any other field.
    """
    values: dict[str, str | None] = {}
    for name, _ in FIELD.findall(sentence):
        shown_value = extra[name] if name in extra else shown_field(name, figures, translator)
        values[name] = shown_value or missing
    if not all(values.values()):
        return None

    def shown(match: re.Match[str]) -> str:
        value = values[match[1]] or ""
        # «2024 г.» at the end of a sentence has its full stop already.
        return value if value.endswith(".") else value + match[2]

    # A dash never begins a line.
    return FIELD.sub(shown, sentence).replace(" —", f"{NBSP}—")


def shown_field(name: str, figures: Figures, translator: Translator) -> str | None:
    """What a field gives; None for a figure that was not reported.

    Raises:
        KnownError: ``report_field_unknown``.
    """
    match name.split(":"):
        case ["plan", indicator, region]:
            plan = figures.plan(indicator, region)
            return None if plan is None else translator.number(plan)
        case ["percent", indicator, region]:
            share = figures.fulfilment(indicator, region)
            return None if share is None else translator.percent(share, 1)
        case [indicator, region, year] if indicator in BY_KEY and YEAR.fullmatch(year):
            earlier = figures.earlier.get(int(year))
            row = None if earlier is None else earlier.row(indicator, region)
            if row is None or row.value is None:
                return None
            shown_value = _shown_value(indicator, row.value, translator)
            stated = texts(translator.language).words["stated_value"]
            return stated.format(value=shown_value) if row.state == "stated" else shown_value
        case [indicator, region, *rest] if indicator in BY_KEY and len(rest) in (0, 2):
            value = figures.value(indicator, region, *rest)
            return None if value is None else _shown_value(indicator, value, translator)
    raise KnownError("report_field_unknown", field=name)


def _shown_value(indicator: str, value: int | float, translator: Translator) -> str:
    if BY_KEY[indicator].unit == "percent":
        return shown_percent(value, translator)
    return translator.number(int(value))


def paragraphs(
    source: Iterable[Iterable[str | Mapping[str, str | None]]],
    figures: Figures,
    translator: Translator,
    extra: Mapping[str, str],
) -> list[str]:
    """Paragraphs of sentences; one that lacks a figure gives way to its ``no_data`` variant."""
    done = []
    for sentences in source:
        filled = []
        for sentence in sentences:
            if isinstance(sentence, str):
                text = fill(sentence, figures, translator, extra)
            else:
                text = fill(sentence["text"] or "", figures, translator, extra)
                text = text or sentence["no_data"]
            if text:
                filled.append(text)
        if filled:
            done.append(" ".join(filled))
    return done
