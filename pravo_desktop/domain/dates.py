"""Dates and hours as people type them at a desk."""

from __future__ import annotations

import re
from datetime import date, timedelta

from pravo_desktop.domain.folding import fold
from pravo_desktop.domain.periods import Month

_WORDS = {
    fold(word): days
    for days, words in enumerate(
        (("today", "сегодня", "бүгін"), ("yesterday", "вчера", "кеше")),
    )
    for word in words
}
_TOMORROW = {fold(word) for word in ("tomorrow", "завтра", "ертең")}
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.ASCII)
_SEPARATED = re.compile(
    r"(?P<day>\d{1,2})(?:[./,\- ]+(?P<month>\d{1,2})(?:[./,\- ]+(?P<year>\d{4}|\d{2}))?)?[.]?",
    re.ASCII,
)
_SOLID = re.compile(r"(?P<day>\d{2})(?P<month>\d{2})(?P<year>\d{4}|\d{2})?", re.ASCII)


_HOUR = re.compile(r"(?P<hour>\d{1,2})(?:[:.,\- ]?(?P<minute>\d{2}))?", re.ASCII)


def parse_date(text: str, *, today: date) -> date | None:
    """The date a person means; None when it is none.

    Accepts ``5`` (day), ``5.12`` or ``0512`` (day and month), ``5.12.24``, ``051224``,
    ``05.12.2024``, ``05122024``, ``2024-12-05``, today and yesterday in three languages; points,
    slashes, commas, hyphens or spaces between. A missing month or year is the latest that makes
    the date not later than ``today``; a two-digit year is of this century unless it lies ahead.
    """
    written = text.strip()
    if (days := _WORDS.get(fold(written))) is not None:
        return today - timedelta(days=days)
    for form in (_ISO, _SEPARATED, _SOLID):
        if match := form.fullmatch(written):
            parts = match.groupdict()
            return _latest(parts["day"], parts["month"], parts["year"], today)
    return None


def parse_coming_date(text: str, *, today: date) -> date | None:
    """The next day that a person means: ``5`` is the coming fifth; None when it is no date.

    Written as `parse_date` takes it, or tomorrow in three languages. A date that cannot lie ahead
    within two years is returned as it is, for the record's own check to refuse.
    """
    if fold(text.strip()) in _TOMORROW:
        return today + timedelta(days=1)
    ahead = (today + timedelta(days=days) for days in range(2 * 366))
    coming = (day for day in ahead if parse_date(text, today=day) == day)
    if fold(text.strip()) in _WORDS:
        return parse_date(text, today=today)
    return next(coming, None) or parse_date(text, today=today)


def parse_hour(text: str) -> str | None:
    """The time of day that a person means, as ``HH:MM``; None when it is none.

    Accepts ``9``, ``930``, ``9:30``, ``15.00``, ``09-30``.
    """
    match = _HOUR.fullmatch(text.strip())
    if match is None:
        return None
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def _latest(day: str, month: str | None, year: str | None, today: date) -> date | None:
    if month is None:
        this = Month.of(today)
        candidates = [(m.year, m.number) for m in (this, this.previous, this.previous.previous)]
    elif year is None:
        # Eight years back there is always a leap year, also around 1900 and 2100.
        candidates = [(today.year - back, int(month)) for back in range(9)]
    else:
        return _date(_full_year(year, today), int(month), int(day))
    found = (_date(y, m, int(day)) for y, m in candidates)
    return next((d for d in found if d is not None and d <= today), None)


def _full_year(year: str, today: date) -> int:
    if len(year) == 4:
        return int(year)
    this_century = today.year // 100 * 100 + int(year)
    return this_century if this_century <= today.year else this_century - 100


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
