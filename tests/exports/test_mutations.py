"""Whatever is done to a file, its reader refuses it with words or takes it for what it says."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pravo_desktop.errors import KnownError
from pravo_desktop.security.pkcs12 import read_pkcs12, write_pkcs12
from tests.exports.factories import KEY, MOMENT
from tools.torture.bomb_parts import Bomb
from tools.torture.bombs import MEMORY, SECONDS, bombs, cost
from tools.torture.mutations import mutated, unzipped
from tools.torture.readers import (
    READERS,
    Reader,
    good_files,
    read_any_package,
    signed_again,
    small_package,
)

SHORT = {
    "package: a wide row over many short ones, signed",
    "receipt: zip bomb that states a small size",
    "journal to import: shared strings without end",
    "text to check (DOCX): a cell as wide as a thousand million",
}
"""Of the bombs, so many as a quick run has time for; `make torture` reads them all."""
HARMLESS = {"old journal to import (XLS): an endless stated size"}
"""Taken by a reader that does not believe what it states."""


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
@settings(
    max_examples=40, derandomize=True, database=None, deadline=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
@given(which=st.integers(0, 9), seeds=st.lists(st.integers(0, 2**32), min_size=1, max_size=3))
def test_a_mutated_file_is_refused_with_words_or_says_what_it_said(
    reader: Reader, which: int, seeds: list[int]
) -> None:
    good = good_files(reader)
    reader.taken(mutated(good[which % len(good)], reader.mutations, seeds))


@pytest.mark.parametrize(
    ("written", "code"),
    [
        (b"<f>1+1</f>", "formula_in_cell"),
        (b"&#1;", "package_bad_cell"),
        (b"<v>45292</v>", "package_bad_cell"),
        (b"<is><t>" + b"x" * 40_000 + b"</t></is>", "package_bad_cell"),
        (b"<is><t>=1+1</t></is>", "package_bad_cell"),
        (b"<is><t>_x0001_</t></is>", "package_bad_cell"),
    ],
)
def test_a_cell_that_says_something_else_is_refused_though_signed(
    written: bytes, code: str
) -> None:
    parts = unzipped(small_package())
    name = "xl/worksheets/sheet3.xml"
    start = parts[name].index(b'r="A2"')
    start, end = parts[name].index(b">", start) + 1, parts[name].index(b"</c>", start)
    changed = parts[name][:start] + written + parts[name][end:]
    with pytest.raises(KnownError) as refused:
        read_any_package(signed_again({**parts, name: changed}))
    assert refused.value.code == code


@pytest.mark.parametrize(
    "bomb", [each for each in bombs() if str(each) in SHORT | HARMLESS], ids=str
)
def test_a_bomb_is_done_with_before_it_costs_a_second_or_much_memory(bomb: Bomb) -> None:
    paid = cost(bomb)
    assert bool(paid.code) == (str(bomb) in SHORT)
    assert paid.seconds <= SECONDS and paid.mib <= MEMORY >> 20


def test_a_key_file_that_asks_for_endless_rounds_is_refused_without_going_through_them() -> None:
    """Two thousand million rounds of the check sum would take minutes."""
    data = write_pkcs12(KEY, "сабыр түбі")
    rounds = b"\x02\x02\x08\x00"
    assert data.endswith(rounds) and data[:2] == b"\x30\x82"
    mac = data.rindex(b"\x30\x41\x30\x31")
    longer = (int.from_bytes(data[2:4]) + 2).to_bytes(2)
    endless = b"\x30\x82" + longer + data[4:mac] + b"\x30\x43" + data[mac + 2 : -4]
    with pytest.raises(KnownError, match="pkcs12_malformed"):
        read_pkcs12(endless + b"\x02\x04\x7f\xff\xff\xff", "сабыр түбі", MOMENT)
