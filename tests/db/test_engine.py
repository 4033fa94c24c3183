"""The database file: encrypted, opened by its key alone, read beside the writer."""

import secrets
from pathlib import Path

import pytest

from db.engine import open_engine
from db.migrate import migrate
from db.session import Session
from pravo_desktop.clock import Clock
from pravo_desktop.errors import KnownError

KEY = secrets.token_bytes(32)
SECRET = "Синтетическая Тестовна"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A database in which a name was written, with its journal still beside it."""
    path = tmp_path / "папка с пробелом?#" / "pravo.db"
    path.parent.mkdir()
    engine = open_engine(path, KEY)
    migrate(engine)
    session = Session(engine, Clock())
    with session.transaction():
        session.execute(
            "INSERT INTO case_index SELECT 1, 'x', ?, '', NULL, 0, 0, 0 WHERE 0", (SECRET,)
        )
        session.execute("CREATE TABLE scrap AS SELECT ? AS name", (SECRET,))
    session.close()
    return path


def test_another_key_opens_nothing(file: Path) -> None:
    with pytest.raises(KnownError) as refused:
        open_engine(file, secrets.token_bytes(32)).connect()
    assert refused.value.code == "database_unreadable"


def test_a_damaged_file_is_called_unreadable(file: Path) -> None:
    file.write_bytes(bytes(4096))
    with pytest.raises(KnownError) as refused:
        open_engine(file, KEY).connect()
    assert refused.value.code == "database_unreadable"


def test_no_plain_text_in_the_folder_while_the_program_is_open(file: Path) -> None:
    names = {one.name for one in file.parent.iterdir()}
    assert "pravo.db" in names
    for one in file.parent.iterdir():
        data = one.read_bytes()
        for plain in (b"SQLite format", b"CREATE TABLE", SECRET.encode(), b"consultations"):
            assert plain not in data, (one.name, plain)


def test_the_key_opens_it_again(file: Path) -> None:
    session = Session(open_engine(file, KEY), Clock())
    assert session.value("SELECT name FROM scrap") == SECRET
    session.close()


def test_a_list_is_read_beside_the_writer_and_cannot_write(file: Path) -> None:
    writer = Session(open_engine(file, KEY), Clock())
    reader = Session(open_engine(file, KEY, read_only=True), Clock())
    with writer.transaction():
        writer.execute("INSERT INTO scrap VALUES ('second')")
        assert reader.value("SELECT count(*) FROM scrap") == 1
    assert reader.value("SELECT count(*) FROM scrap") == 2
    with pytest.raises(Exception, match="readonly"):
        reader.execute("INSERT INTO scrap VALUES ('third')")
    reader.execute("CREATE TEMP VIEW mine AS SELECT * FROM main.scrap")
    assert reader.value("SELECT count(*) FROM mine") == 2
    reader.close()
    writer.close()


def test_reading_makes_no_database_where_there_is_none(tmp_path: Path) -> None:
    with pytest.raises(KnownError) as refused:
        open_engine(tmp_path / "pravo.db", KEY, read_only=True)
    assert refused.value.code == "database_missing"
    assert list(tmp_path.iterdir()) == []


def test_foreign_keys_are_held(file: Path) -> None:
    session = Session(open_engine(file, KEY), Clock())
    with pytest.raises(Exception, match="FOREIGN KEY"), session.transaction():
        session.execute("INSERT INTO case_words VALUES ('word', -1)")
    assert session.value("SELECT count(*) FROM case_words") == 0
    session.close()


def test_an_error_in_the_middle_leaves_nothing_and_the_next_transaction_works(file: Path) -> None:
    session = Session(open_engine(file, KEY), Clock())
    with pytest.raises(ZeroDivisionError), session.transaction():
        session.execute("DELETE FROM scrap")
        with session.transaction():
            raise ZeroDivisionError
    assert session.value("SELECT count(*) FROM scrap") == 1
    with session.transaction():
        session.execute("DELETE FROM scrap")
    assert session.value("SELECT count(*) FROM scrap") == 0
    session.close()
