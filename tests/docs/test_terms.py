"""One word for one thing in all that people read, official names of places, no English."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from pravo_desktop.resources import classifiers
from tests.docs.terms import STAYS_LATIN, TERMS, Term
from tools import catalogues

ROOT = Path(__file__).resolve().parents[2]
TEXTS = ("help", "guide", "papers", "report")
REGIONS = """
astana,Астана қаласы,город Астана
almaty,Алматы қаласы,город Алматы
shymkent,Шымкент қаласы,город Шымкент
karaganda,Қарағанды облысы,Карагандинская область
akmola,Ақмола облысы,Акмолинская область
atyrau,Атырау облысы,Атырауская область
aktobe,Ақтөбе облысы,Актюбинская область
ulytau,Ұлытау облысы,область Ұлытау
turkistan,Түркістан облысы,Туркестанская область
abai,Абай облысы,область Абай
"""
CODE = re.compile(r"\{[^{}]*\}|\d{4}-\d\d-\d\dT[\d:]+")
"""Placeholders and moments, which are no words."""


def forms(message: Message) -> tuple[str, ...]:
    """What a message says, in each of its forms."""
    string = message.string or ""
    return (string,) if isinstance(string, str) else tuple(string)


def strings(language: str) -> Iterator[tuple[str, str]]:
    """Where it stands and what it says: every translated string, and every text that is shipped."""
    catalogue = catalogues.read_catalogue(catalogues.catalogue_path(ROOT, language), language)
    for message in catalogue:
        source = message.id if isinstance(message.id, str) else message.id[0]
        if source:
            yield from ((source, form) for form in forms(message))
    for folder in TEXTS:
        for path in sorted((ROOT / "resources" / folder).rglob("*")):
            if path.suffix in (".md", ".json") and language in (path.stem, path.parent.name):
                text = path.read_text(encoding="utf-8")
                yield from ((str(path.relative_to(ROOT)), line) for line in text.splitlines())


@pytest.mark.parametrize("term", TERMS, ids=lambda one: f"{one.language}-{one.meaning}")
def test_one_term_stands_everywhere(term: Term) -> None:
    wrong = re.compile(term.never, re.IGNORECASE)
    found = [(place, text) for place, text in strings(term.language) if wrong.search(text)]
    assert not found, f"write «{term.term}»: {found[:5]}"


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_no_english_word_is_left_in_a_translated_string(language: str) -> None:
    catalogue = catalogues.read_catalogue(catalogues.catalogue_path(ROOT, language), language)
    for message in catalogue:
        for form in forms(message) if message.id else ():
            words = re.findall("[A-Za-z]+", CODE.sub(" ", form.replace("&", "")))
            assert set(words) <= STAYS_LATIN, form


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_what_is_counted_has_the_forms_of_the_language(language: str) -> None:
    """Kazakh counts in one form; Russian in three, which differ wherever a noun is counted."""
    catalogue = catalogues.read_catalogue(catalogues.catalogue_path(ROOT, language), language)
    counted = [one for one in catalogue if isinstance(one.id, tuple | list)]
    assert counted
    for message in counted:
        assert len(forms(message)) == {"kk": 1, "ru": 3}[language], message.id
        assert language == "kk" or len(set(forms(message))) >= 2, message.id


def test_regions_bear_their_official_names() -> None:
    for key, kk, ru in csv.reader(io.StringIO(REGIONS.strip())):
        region = classifiers().regions[key]
        assert (region.kk, region.ru) == (kk, ru)


def test_courts_bear_their_official_names_in_the_genitive_of_their_region() -> None:
    for court in classifiers().courts.values():
        assert court.kk.endswith(
            "кәмелетке толмағандардың істері жөніндегі мамандандырылған ауданаралық соты"
        )
        assert court.ru.startswith(
            "Специализированный межрайонный суд по делам несовершеннолетних "
        )
        assert court.kk.startswith(classifiers().regions[court.region].kk.removesuffix("ы"))
