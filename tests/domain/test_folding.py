"""Searching and sorting Kazakh names on any keyboard."""

import sqlite3
import unicodedata
from itertools import pairwise

import pytest

from pravo_desktop.domain.folding import KAZAKH_ALPHABET, fold, kazakh_sort_key


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Қуанышұлы", "куанышулы"),
        ("ҒАЛЫМЖАН", "галымжан"),
        ("Әсем", "асем"),
        ("Өмірбек", "омирбек"),
        ("Үміт", "умит"),
        ("Жаңабай", "жанабаи"),
        ("Гауһар", "гаухар"),
        ("Алёна", "Алена"),
        ("Майра", "маира"),
    ],
)
def test_a_name_is_found_without_case_and_without_kazakh_letters(name: str, typed: str) -> None:
    assert fold(name) == fold(typed)


def test_a_letter_typed_as_two_signs_is_the_same_letter() -> None:
    assert fold(unicodedata.normalize("NFD", "Ёйлер")) == fold("Ёйлер")
    assert kazakh_sort_key(unicodedata.normalize("NFD", "Йә")) == kazakh_sort_key("Йә")


def test_different_names_stay_different() -> None:
    assert fold("Серік") != fold("Сәрік")


def test_sorting_follows_the_kazakh_alphabet_and_ignores_case() -> None:
    letters = [
        letter.upper() if place % 2 else letter for place, letter in enumerate(KAZAKH_ALPHABET)
    ]
    assert sorted(reversed(letters), key=kazakh_sort_key) == letters
    assert kazakh_sort_key("ӘСЕМ") == kazakh_sort_key("әсем")


def test_a_shorter_name_and_a_space_come_first() -> None:
    names = ["Ли", "Ли Ан", "Лиан", "Әлім", "Бота"]
    assert sorted(names, key=kazakh_sort_key) == ["Әлім", "Бота", "Ли", "Ли Ан", "Лиан"]


def test_digits_and_latin_letters_come_before_cyrillic_ones() -> None:
    assert kazakh_sort_key("2-топ") < kazakh_sort_key("Zeta") < kazakh_sort_key("Азат")
    assert kazakh_sort_key("Їжак") < kazakh_sort_key("Азат")


def test_the_key_sorts_the_same_way_as_a_text_column_of_the_database() -> None:
    words = [a + b for a in KAZAKH_ALPHABET for b in "әяіһ- "] + ["abc", "7"]
    with sqlite3.connect(":memory:") as database:
        database.execute("create table t (word text, key text)")
        database.executemany(
            "insert into t values (?, ?)", [(w, kazakh_sort_key(w)) for w in words]
        )
        stored = [row[0] for row in database.execute("select word from t order by key")]
    database.close()
    assert stored == sorted(words, key=kazakh_sort_key)
    assert all(kazakh_sort_key(a) <= kazakh_sort_key(b) for a, b in pairwise(stored))
