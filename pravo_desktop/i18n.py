"""Translators: the words, numbers and dates of one language, handed down as objects."""

from __future__ import annotations

import datetime as dt
import gettext
import string
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any, Literal, Protocol

from pravo_desktop.clock import KAZAKHSTAN
from pravo_desktop.paths import resources_folder
from pravo_desktop.resources import LANGUAGES, Labelled

DOMAIN = "pravo"
"""Name of the catalogues: ``resources/locale/LANGUAGE/LC_MESSAGES/pravo.mo``."""

NBSP = "\u00a0"

_KK_LAST_WORDS = {
    0: "нөл",
    1: "бір",
    2: "екі",
    3: "үш",
    4: "төрт",
    5: "бес",
    6: "алты",
    7: "жеті",
    8: "сегіз",
    9: "тоғыз",
    10: "он",
    20: "жиырма",
    30: "отыз",
    40: "қырық",
    50: "елу",
    60: "алпыс",
    70: "жетпіс",
    80: "сексен",
    90: "тоқсан",
    100: "жүз",
    1000: "мың",
    10**6: "миллион",
    10**9: "миллиард",
}
_KK_HARD_VOWELS = "аоұы"
_KK_VOWELS = _KK_HARD_VOWELS + "әеөүі"
_KK_VOICELESS = "бвгдкқпстфхцчшщ"

KkCase = Literal["possessive", "ablative"]


class MonthLike(Protocol):
    """A month: its year and its number from 1 to 12."""

    @property
    def year(self) -> int: ...
    @property
    def number(self) -> int: ...


class PeriodLike(Protocol):
    """A period: its first and its last day, both inside."""

    @property
    def from_(self) -> dt.date: ...
    @property
    def to(self) -> dt.date: ...


Places = Mapping[str, Mapping[str, Mapping[str, str]]]
"""What the registers in force call the places: by ``centre`` or ``region``, key and language."""


def N_(message: str) -> str:
    """Marks a source string that is translated later, where a translator is at hand."""
    return message


class Translator:
    """Text, numbers and dates in one language; window, report and package each have their own.

    Args:
        language: ``kk``, ``ru`` or ``en``, the language of the source strings.

    Attributes:
        places: names of centres and regions of the data folder that is open; empty without one.

    Raises:
        ValueError: another language.
    """

    def __init__(self, language: str) -> None:
        if language not in LANGUAGES:
            raise ValueError(f"no language {language!r}")
        self.language = language
        self.places: Places = {}
        self._catalogue = gettext.translation(
            DOMAIN, resources_folder() / "locale", [language], fallback=True
        )

    def text(self, message: str, **params: Any) -> str:
        """The translation of a source string, with its ``{name}`` placeholders filled.

        A translation whose placeholders do not fit falls back to the source string.
        """
        return _filled((self._catalogue.gettext(message), message), params)

    def plural(self, singular: str, plural: str, n: int, **params: Any) -> str:
        """The form of a counted thing that ``n`` asks for; ``{n}`` is filled with the number."""
        translated = self._catalogue.ngettext(singular, plural, n)
        return _filled(
            (translated, singular if n == 1 else plural), {"n": self.number(n), **params}
        )

    def label(self, entry: Labelled) -> str:
        """The label of a classifier's entry."""
        return label_in(entry, self.language)

    def place(self, kind: str, key: str) -> str:
        """The name of a ``centre`` or a ``region`` that `places` holds; "" of another one."""
        return self.places.get(kind, {}).get(key, {}).get(self.language, "")

    def number(self, value: int) -> str:
        """A whole number, thousands apart: ``12 750``, with a no-break space."""
        return _in_digits(value, self.language)

    def decimal(self, value: float | Decimal, digits: int = 2) -> str:
        """A number with exactly ``digits`` decimal places, halves rounded up: ``92,03``."""
        rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
        return _in_digits(rounded, self.language)

    def percent(self, value: float | Decimal, digits: int = 2) -> str:
        """A share in per cent, not in ones: 92.03 is ``92,03%`` in Kazakh, ``92,03 %`` in Russian.

        Source of the space: CLDR.
        """
        space = NBSP if self.language == "ru" else ""
        return f"{self.decimal(value, digits)}{space}%"

    def date(self, day: dt.date) -> str:
        """A date for tables and forms: ``05.12.2024`` in every language."""
        return f"{day:%d.%m}.{day.year:04d}"

    def long_date(self, day: dt.date) -> str:
        """A date for running text: «2024 жылғы 5 желтоқсан», «5 декабря 2024 г.»."""
        name = _month_name(day.month, "format", self.language)
        return {
            "kk": f"{day.year} жылғы {day.day} {name}",
            "ru": f"{day.day} {name} {day.year} г.",
            "en": f"{day.day} {name} {day.year}",
        }[self.language]

    def moment(self, moment: dt.datetime) -> str:
        """An aware moment in Kazakhstan's time: ``05.12.2024 14:30``."""
        local = moment.astimezone(KAZAKHSTAN)
        return f"{self.date(local)} {local:%H:%M}"

    def month_name(self, number: int) -> str:
        """The name of a month from 1 to 12 as it stands alone, such as in the head of a table."""
        name = _month_name(number, "stand-alone", self.language)
        return name if self.language == "en" else name.lower()

    def month(self, month: MonthLike) -> str:
        """A month: «2024 жылғы қаңтар», «январь 2024 г.»."""
        return self.month_of(month.year, month.number)

    def month_of(self, year: int, number: int) -> str:
        """The month with this number from 1 to 12."""
        return self._in_year(self.month_name(number), year)

    def period(self, period: PeriodLike) -> str:
        """A period: «2024 жылғы қаңтар-желтоқсан», «январь–декабрь 2024 г.», or two dates."""
        first, last = period.from_, period.to
        whole = first.day == 1 and (last + dt.timedelta(days=1)).day == 1
        if not whole or first.year != last.year:
            return f"{self.date(first)}–{self.date(last)}"
        names = [self.month_name(number) for number in sorted({first.month, last.month})]
        return self._in_year(("-" if self.language == "kk" else "–").join(names), first.year)

    def with_suffix(self, number: int, case: KkCase = "possessive") -> str:
        """A number with its Kazakh suffix: «3 228-і», «2 000-нан»; elsewhere the bare number."""
        shown = self.number(number)
        return f"{shown}-{kk_suffix(number, case)}" if self.language == "kk" else shown

    def _in_year(self, what: str, year: int) -> str:
        return {
            "kk": f"{year} жылғы {what}",
            "ru": f"{what} {year} г.",
            "en": f"{what} {year}",
        }[self.language]


def label_in(entry: Labelled, language: str) -> str:
    """The label of a classifier's entry in ``kk``, ``ru`` or ``en``."""
    return {"kk": entry.kk, "ru": entry.ru, "en": entry.en}[language]


def kk_suffix(number: int, case: KkCase = "possessive") -> str:
    """The suffix that a whole number takes in Kazakh, as its last word is read.

    Args:
        number: 0 or more, below 10**12.
        case: ``possessive`` (оның 3228-і, 3409-ы) or ``ablative`` (2000-нан кем емес).
    """
    word = _kk_last_word(number)
    last_vowel = next(letter for letter in reversed(word) if letter in _KK_VOWELS)
    hard = last_vowel in _KK_HARD_VOWELS
    if case == "possessive":
        return ("с" if word[-1] in _KK_VOWELS else "") + ("ы" if hard else "і")
    onset = next(
        (first for last, first in (("мнң", "н"), (_KK_VOICELESS, "т")) if word[-1] in last), "д"
    )
    return onset + ("ан" if hard else "ен")


def placeholders(message: str) -> frozenset[str]:
    """Names of the placeholders of a message.

    Raises:
        ValueError: braces that do not match.
    """
    return frozenset(name for _, name, _, _ in string.Formatter().parse(message) if name)


# Babel is imported where it is needed, because the first window opens without it.


def _in_digits(value: int | Decimal, language: str) -> str:
    """A number with all its decimal places; Babel's own would be half of writing a table."""
    return f"{value:,}".translate(_marks(language))


@cache
def _marks(language: str) -> dict[int, str]:
    from babel.numbers import get_decimal_symbol, get_group_symbol

    return str.maketrans({",": get_group_symbol(language), ".": get_decimal_symbol(language)})


def _month_name(number: int, context: Literal["format", "stand-alone"], language: str) -> str:
    from babel.dates import get_month_names

    return str(get_month_names("wide", context, language)[number])


def _kk_last_word(number: int) -> str:
    for unit in (10**9, 10**6, 1000, 100):
        if number and number % unit == 0:
            return _KK_LAST_WORDS[unit]
    return _KK_LAST_WORDS[number % 10 or (number % 100 if number else 0)]


def _filled(candidates: tuple[str, ...], params: dict[str, Any]) -> str:
    if not params:
        return candidates[0]
    for candidate in candidates:
        try:
            return candidate.format(**params)
        except (LookupError, ValueError, AttributeError):
            continue
    return candidates[-1]
