"""How Kazakh and Russian text is compared: folded for search, keyed for sorting."""

import unicodedata

KAZAKH_ALPHABET = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"

_FOLDED = str.maketrans("қғңөұүәһіёй", "кгноууахиеи")
_ORDERED = {ord(letter): 0xE000 + place for place, letter in enumerate(KAZAKH_ALPHABET)}


def fold(text: str) -> str:
    """The text as search sees it: without case and without the letters that keyboards lack.

    Apply it to what is stored and to what is looked for alike.
    """
    return _caseless(text).translate(_FOLDED)


def kazakh_sort_key(text: str) -> str:
    """A text whose order by code points, and by UTF-8 bytes, is the Kazakh alphabet's.

    Case does not matter. Letters of the alphabet are moved, in order, to the private use area,
    so digits, Latin letters and signs come before them.
    """
    return _caseless(text).translate(_ORDERED)


def _caseless(text: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
