"""Encrypted databases for the tests of storage, brought to the newest version."""

import secrets
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from db.engine import open_engine
from db.migrate import migrate
from db.session import Session
from pravo_desktop.clock import PracticeClock
from tests.db.merged import Headquarters, rolled_back

STATION = "018d0000-0000-7000-8000-00000000000a"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """A session on 20 May 2024 in a folder of Astana's centre."""
    engine = open_engine(tmp_path / "pravo.db", secrets.token_bytes(32))
    migrate(engine)
    session = Session(engine, PracticeClock(datetime(2024, 5, 20, 12, 0)))
    with session.transaction():
        session.execute(
            "INSERT INTO installation (id, workplace, centre, practice, station, station_letter, "
            "epoch, change, created_at) VALUES (1, 'centre', 'astana', 1, ?, 'A', 1, 0, 'at')",
            (STATION,),
        )
    yield session
    session.close()
    engine.dispose()


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A database for figures, which every test leaves as it was."""
    engine = open_engine(tmp_path_factory.mktemp("db") / "figures.db", secrets.token_bytes(32))
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def hq(engine: Engine) -> Iterator[Headquarters]:
    """Headquarters with nothing merged yet."""
    with rolled_back(engine) as headquarters:
        yield headquarters
