"""Typed text: one normal form, a longest length, and no personal data in what travels."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import NamedTuple

from pravo_desktop.domain.folding import fold

_NEW_LINES = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNWANTED = re.compile(r"[\x00-\x09\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")

_IIN_LIKE = re.compile(r"(?<![0-9])[0-9]{6}[ \u00a0\-]?[0-9]{6}(?![0-9])")
_DIGIT_RUN = re.compile(r"[+]?[0-9](?:[\s().\-\u2010-\u2015]*[0-9])*")
_NATIONAL = 10
_HYPHEN = re.compile(r"[-\u2010\u2011]")
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+)*")
_ENDING = re.compile(
    r"(?:а|я)?(?:"
    r"у|ю|е|ы|и|ои|еи|ым|им|ом|ем|ых|их|ыми|ими|ого|его|ому|ему|ую|юю|ыи|ии|ая|яя"
    r"|(?:лар|лер|дар|дер|тар|тер)?"
    r"(?:[ндт][ыи]н|[гк][ае]|[ндт][ыи]|[дтн][ае]|[днт][ае]н|[мбп]ен)?"
    r")"
)
"""Russian and Kazakh endings of a surname, in folded letters."""
_ADJECTIVAL = re.compile(r"(?:ыи|ии|ои|ая|яя|а|я)$")
_SHORT = 3
"""Up to this many letters a surname counts only as it is, with a capital: «Ли» is not «ли»."""


class PersonalData(NamedTuple):
    """A place in a travelling text that must be taken out.

    Args:
        code: ``text_contains_iin``, ``text_contains_phone`` or ``text_contains_name``.
        start, end: where it stands, in characters.
    """

    code: str
    start: int
    end: int


def normalise_text(text: str) -> str:
    """The stored form of a note: NFC, LF between lines, no control characters, no outer space."""
    lines = _NEW_LINES.sub("\n", text.replace("\t", " "))
    return unicodedata.normalize("NFC", _UNWANTED.sub("", lines)).strip()


def normalise_line(text: str) -> str:
    """The stored form of a one-line field: as a note, with every run of white space one space."""
    return " ".join(normalise_text(text).split())


def text_findings(text: str, limit: int) -> tuple[str, ...]:
    """``text_too_long`` when a normalised text has more than ``limit`` characters."""
    return ("text_too_long",) if len(text) > limit else ()


def personal_data_in(
    text: str,
    *,
    surnames: Collection[str] = (),
    phones: Collection[str] = (),
    allowed: Collection[str] = (),
) -> list[PersonalData]:
    """Personal data in a normalised text that is about to travel, in the order of the text.

    Any twelve-digit number counts, phones and surnames only when the centre holds them.

    Args:
        surnames: as entered; found in any case, with Russian and Kazakh endings, and when typed
            without the Kazakh letters.
        phones: in stored form (``+7`` and ten digits); found with any separators.
        allowed: phrases that are never a name, such as «Бақытты отбасы» and names of regions.
    """
    found = [PersonalData("text_contains_iin", *m.span()) for m in _IIN_LIKE.finditer(text)]
    for run in _DIGIT_RUN.finditer(text):
        digits = re.sub(r"[^0-9]", "", run[0])
        if len(digits) >= _NATIONAL and any(phone[-_NATIONAL:] in digits for phone in phones):
            found.append(PersonalData("text_contains_phone", *run.span()))
    found.extend(_names_in(text, surnames, allowed))
    return sorted(found, key=lambda place: (place.start, place.code))


def _names_in(
    text: str, surnames: Collection[str], allowed: Collection[str]
) -> Iterator[PersonalData]:
    short, stems = _short_and_stems(frozenset(surnames))
    exempt = [
        match.span()
        for phrase in allowed
        for match in re.finditer(re.escape(phrase), text, re.IGNORECASE)
    ]
    for word in _WORD.finditer(text):
        if any(start <= word.start() and word.end() <= end for start, end in exempt):
            continue
        parts = {word[0], *_HYPHEN.split(word[0])}
        if any(
            (part[0].isupper() and fold(part) in short) or _is_inflected(fold(part), stems)
            for part in parts
        ):
            yield PersonalData("text_contains_name", *word.span())


@lru_cache(maxsize=4)
def _short_and_stems(surnames: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    folded = {fold(surname) for surname in surnames}
    short = {surname for surname in folded if len(surname) <= _SHORT}
    return frozenset(short), frozenset(_stem(surname) for surname in folded - short)


def _stem(surname: str) -> str:
    stem = _ADJECTIVAL.sub("", surname)
    return stem if len(stem) > _SHORT else surname


def _is_inflected(word: str, stems: frozenset[str]) -> bool:
    return any(
        word[:size] in stems and _ENDING.fullmatch(word, size)
        for size in range(_SHORT + 1, len(word) + 1)
    )
