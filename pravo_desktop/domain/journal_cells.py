"""What a cell of an existing journal says: a day, a key, a name, yes or no."""

import re
from collections.abc import Collection, Mapping
from datetime import date, timedelta

from pravo_desktop.domain.dates import parse_date
from pravo_desktop.domain.folding import fold
from pravo_desktop.domain.journal_words import ALIASES, MONTHS, NO, WORD, YES, first_fitting, fits
from pravo_desktop.domain.text import normalise_line

Cell = str | int | float | bool | date | None
"""A cell as it was read: a whole number is an int, an empty cell None."""

UNREADABLE = "\ufffd"
"""In a cell whose value is not in the file: a formula never calculated, an Excel error."""

Words = Mapping[str, Mapping[str, str]]
"""Folded words of classifiers' values: key of the value by label, by classifier."""

_TIME = re.compile(r"(?:[ T,]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)$", re.ASCII)
_NUMERIC_DATE = re.compile(
    r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./,\- ]+\d{1,2}[./,\- ]+(?:\d{4}|\d{2})|\d{8}|\d{6}", re.ASCII
)
_YEAR_FIRST = re.compile(r"(\d{4})[./](\d{1,2})[./](\d{1,2})", re.ASCII)
NUMBER_AND_WORDS = re.compile(r"(\d{1,2})(?!\d)")
_SERIAL_ZERO = date(1899, 12, 30)
"""Day 0 of Excel's dates, counted from its 1 March 1900 on."""
_NAME_PART = re.compile(r"[^\s.]+\.?")
_FEMALE = re.compile(r"(?:вна|чна|[кқ]ызы)$|(?:ова|ева|ина|ская|цкая)$")
_MALE = re.compile(r"(?:вич|улы|оглы)$|(?:ов|ев|ин|скии|цкии)$")


def as_text(cell: Cell) -> str:
    """A cell as one line of text; a date as ISO."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    return normalise_line(cell.isoformat() if isinstance(cell, date) else str(cell))


def parse_day(cell: Cell, today: date) -> date | None:
    """The full date in a cell; None when it holds none.

    Takes dates and day numbers of Excel, ``05.12.24``, ``2024-12-05``, ``05122024``, ``«5 декабря
    2024 г.»``, ``2024 ж. 5 желтоқсан``, with or without a time. A date without its year is none.
    """
    if isinstance(cell, date):
        return cell
    if isinstance(cell, bool) or cell is None or isinstance(cell, float):
        return None
    if isinstance(cell, int):
        return _numbered_day(cell, today)
    text = _TIME.sub("", normalise_line(cell).strip("«»\"' "))
    text = re.sub(r"\s*(?:г|ж|года|жылы)\.?$", "", text, flags=re.IGNORECASE).strip()
    if match := _YEAR_FIRST.fullmatch(text):
        text = "-".join(match.groups())
    if _NUMERIC_DATE.fullmatch(text):
        return parse_date(text, today=today)
    return _worded_day(text, today)


def _numbered_day(number: int, today: date) -> date | None:
    if 20_000 <= number <= 80_000:
        day = _SERIAL_ZERO + timedelta(days=number)
        if day <= today:
            return day
    digits = str(number)
    width = 8 if len(digits) > 6 else 6
    return parse_date(digits.zfill(width), today=today) if 5 <= len(digits) <= 8 else None


def _worded_day(text: str, today: date) -> date | None:
    words = WORD.findall(fold(text))
    months = [
        number
        for number, names in enumerate(MONTHS, start=1)
        for word in words
        if not word[0].isdigit() and word.startswith(names)
    ]
    numbers = [word for word in words if word.isascii() and word.isdecimal()]
    if len(months) != 1 or len(numbers) != 2:
        return None
    day, year = sorted(numbers, key=len) if any(len(n) == 4 for n in numbers) else numbers
    return parse_date(f"{day}.{months[0]}.{year}", today=today)


def parse_birth(cell: Cell, today: date) -> tuple[date | None, int | None]:
    """A date of birth, or the year alone; two Nones when the cell holds neither."""
    if isinstance(cell, str):
        cell = re.sub(r"\D+$", "", as_text(cell))
    if re.fullmatch(r"(?:19|20)[0-9]{2}", as_text(cell)):
        return None, int(as_text(cell))
    day = parse_day(cell, today)
    return day, day.year if day else None


def parse_key(text: str, classifier: str, words: Words) -> str | None:
    """The key that a text means in a classifier, by label or by what journals write."""
    folded = fold(normalise_line(text)).strip(" .")
    return words.get(classifier, {}).get(folded) or first_fitting(
        WORD.findall(folded), ALIASES.get(classifier, ())
    )


def parse_keys(text: str, classifier: str, words: Words) -> tuple[str, ...]:
    """All the keys of a classifier that a text names, in the order of the classifier's words."""
    found: list[str] = []
    for part in re.split(r"[,;/\n+]", text):
        key = words.get(classifier, {}).get(fold(normalise_line(part)).strip(" ."))
        split = WORD.findall(fold(part))
        keys = [key] if key else [k for k, p in ALIASES[classifier] if fits(split, p)]
        found.extend(key for key in keys if key not in found)
    return tuple(found)


def parse_yes(cell: Cell) -> bool | None:
    """Yes or no; None when the cell says neither."""
    text = fold(as_text(cell)).strip(" .!")
    return True if text in YES else False if text in NO else None


def parse_name(text: str) -> tuple[str | None, str | None, str | None]:
    """Surname, given name, patronymic of a full name; initials may stand for the last two."""
    parts = _NAME_PART.findall(normalise_line(text))
    surname, given, *rest = [*parts, "", ""][: max(len(parts), 2)]
    return surname or None, given or None, " ".join(rest) or None


def probable_sex(name: str) -> str:
    """``male`` or ``female`` by the ending of patronymic or surname, else ``not_stated``."""
    words = [fold(part) for part in _NAME_PART.findall(name)]
    for word in [*words[2:], *words[:1]]:
        if _FEMALE.search(word):
            return "female"
        if _MALE.search(word):
            return "male"
    return "not_stated"


def words_of_classifiers(labels: Mapping[str, Mapping[str, Collection[str]]]) -> Words:
    """The folded words for `parse_key`.

    Args:
        labels: the labels of each key, by classifier.
    """
    return {
        classifier: {fold(word): key for key, names in keys.items() for word in (key, *names)}
        for classifier, keys in labels.items()
    }
