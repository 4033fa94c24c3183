"""Where a line of Kazakh or Russian text must not break, and how a sentence begins."""

import re

from pravo_desktop.i18n import NBSP

_MONTHS = (
    r"(?:январ[ья]|феврал[ья]|марта?|апрел[ья]|ма[йя]|июн[ья]|июл[ья]|августа?|сентябр[ья]|"
    r"октябр[ья]|ноябр[ья]|декабр[ья])\b|"
    "қаңтар|ақпан|наурыз|сәуір|мамыр|маусым|шілде|тамыз|қыркүйек|қазан|қараша|желтоқсан"
)
"""Kazakh ones take suffixes: «21 мамырдағы»."""
_HELD = re.compile(
    " (?=—)"  # a dash never begins a line
    r"|(?<=№) |(?<=—) (?=[\d(])"
    rf"|(?<=\d) (?={_MONTHS}|г\.|год|жыл|%)"
    r"|(?<=риложение) (?=\d)|(?<=риложении) (?=\d)|(?<=риложения) (?=\d)"
    r"|(?<=\bс\.) (?=\d)"
)


def held(text: str) -> str:
    """The text with no-break spaces: «— 8 916», «15 қараша», «2024 г.», «приложении 4», «№ 5»."""
    return _HELD.sub(NBSP, text)


def begun(text: str) -> str:
    """The text with a capital first letter, such as a sentence that opens with «область Абай»."""
    return text[:1].upper() + text[1:]
