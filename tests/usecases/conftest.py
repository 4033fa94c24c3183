"""A centre's desk and headquarters' desk for a test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.usecases.factories import Desk, a_centre, a_headquarters


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Desk]:
    desk = a_centre(tmp_path / "centre")
    yield desk
    desk.leave()


@pytest.fixture
def headquarters(tmp_path: Path) -> Iterator[Desk]:
    desk = a_headquarters(tmp_path / "headquarters")
    yield desk
    desk.leave()
