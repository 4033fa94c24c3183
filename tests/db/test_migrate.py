"""Migrations on real encrypted files: as the program maps them, all or nothing, never back."""

import re
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

import db.migrate
from db.engine import open_engine
from db.migrate import current_revision, head_revision, migrate
from db.schema import metadata
from pravo_desktop.errors import BugError, KnownError

KEY = secrets.token_bytes(32)
SHIPPED = db.migrate.SCRIPTS
ENTRY = "INSERT INTO audit_entries VALUES (1, 'at', 'who', 'added', NULL, NULL, 'c', 'p', 'h')"


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_engine(tmp_path / "pravo.db", KEY)
    yield engine
    engine.dispose()


@pytest.fixture
def scripts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The shipped migrations in a folder to which a test adds its own."""
    folder = tmp_path / "migrations"
    (folder / "versions").mkdir(parents=True)
    for name in ("env.py", "script.py.mako", *(f"versions/{one.name}" for one in _shipped())):
        (folder / name).write_text((SHIPPED / name).read_text())
    monkeypatch.setattr(db.migrate, "SCRIPTS", folder)
    return folder


def _shipped() -> list[Path]:
    return sorted((SHIPPED / "versions").glob("*.py"))


def _add(scripts: Path, body: str) -> None:
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    (scripts / "versions" / "9999_next.py").write_text(
        '"""A later migration."""\n\nfrom alembic import op\n\n'
        f'revision = "9999"\ndown_revision = "{head_revision()}"\n'
        "branch_labels = None\ndepends_on = None\n\n\n"
        f"def upgrade() -> None:\n{lines}"
    )


def _tables(engine: Engine) -> dict[str, object]:
    """What the file says of each table, column, key, check and index, however it was written."""
    found: dict[str, object] = {}
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT type, name, tbl_name, sql FROM sqlite_master "
            "WHERE name NOT LIKE 'sqlite_%' AND name <> 'alembic_version'"
        ).all()
        for kind, name, table, sql in rows:
            if kind == "table":
                columns = connection.exec_driver_sql(f"PRAGMA table_info({name})").all()
                keys = connection.exec_driver_sql(f"PRAGMA foreign_key_list({name})").all()
                found[name] = (
                    sorted(tuple(column[1:]) for column in columns),
                    sorted(tuple(key[2:]) for key in keys),
                    sorted(re.sub(r"\s+", " ", part) for part in _constraints(sql)),
                    "WITHOUT ROWID" in sql,
                )
            else:
                found[name] = (table, re.sub(r'["\s]+', " ", sql or ""))
    return found


def _constraints(sql: str) -> list[str]:
    """Each named constraint whole, whether it stands by itself or beside its column."""
    flat = re.sub(r"\s+", " ", sql.replace('"', ""))
    found = re.finditer("CONSTRAINT ", flat)
    return [flat[one.start() : _end(flat, one.end())].strip() for one in found]


def _end(sql: str, at: int) -> int:
    """Where what begins here ends: at a comma or a parenthesis that is not its own."""
    depth = 0
    for position, letter in enumerate(sql[at:], at):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if depth < 0 or (depth == 0 and letter == ","):
            return position
    return len(sql)


def test_a_migrated_database_is_what_the_program_maps(engine: Engine, tmp_path: Path) -> None:
    migrate(engine)
    fresh = open_engine(tmp_path / "fresh.db", KEY)
    metadata.create_all(fresh)
    migrated, mapped = _tables(engine), _tables(fresh)
    assert migrated.keys() == mapped.keys()
    for name in mapped:
        assert migrated[name] == mapped[name], name
    fresh.dispose()


def test_files_of_migrations_begin_with_their_versions() -> None:
    config = Config()
    config.set_main_option("script_location", str(SHIPPED))
    config.set_main_option("path_separator", "os")
    known = ScriptDirectory.from_config(config)
    assert known.get_current_head() == head_revision()
    for one in known.walk_revisions():
        assert Path(one.path).name.startswith(f"{one.revision}_")


def test_migrating_twice_changes_nothing(engine: Engine) -> None:
    assert migrate(engine)
    before = _tables(engine)
    assert not migrate(engine)
    assert _tables(engine) == before


def test_a_database_of_a_newer_program_is_refused_and_left_alone(engine: Engine) -> None:
    migrate(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'from_the_future'")
        connection.exec_driver_sql("PRAGMA user_version = 2013001")
    called: list[str] = []
    with pytest.raises(KnownError) as refused:
        migrate(engine, before=called.append)
    assert refused.value.code == "database_newer"
    assert refused.value.params["version"] == "from_the_future"
    assert refused.value.params["needed"] == "2.13.1"
    assert not called


def test_an_older_database_is_backed_up_and_then_migrated(engine: Engine, scripts: Path) -> None:
    migrate(engine)
    _add(scripts, "op.execute('CREATE TABLE added (id INTEGER PRIMARY KEY)')")
    seen: list[bool] = []
    assert migrate(engine, before=lambda _: seen.append("added" in _tables(engine)))
    assert seen == [False]
    assert "added" in _tables(engine)
    with engine.connect() as connection:
        assert current_revision(connection) == "9999"


def test_a_failed_migration_leaves_the_database_as_it_was(engine: Engine, scripts: Path) -> None:
    migrate(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql(ENTRY)
    before = _tables(engine)
    _add(
        scripts,
        "op.execute('CREATE TABLE half_made (id INTEGER)')\n"
        "op.execute('ALTER TABLE cases ADD COLUMN half TEXT')\n"
        "op.execute('DELETE FROM audit_entries')\n"
        "raise RuntimeError('power cut')",
    )
    with pytest.raises(RuntimeError, match="power cut"):
        migrate(engine)
    assert _tables(engine) == before
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM audit_entries").scalar() == 1
        assert current_revision(connection) != "9999"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_a_first_migration_that_fails_leaves_an_empty_file(engine: Engine, scripts: Path) -> None:
    _add(scripts, "raise RuntimeError('power cut')")
    with pytest.raises(RuntimeError, match="power cut"):
        migrate(engine)
    assert _tables(engine) == {}


def test_a_migration_that_orphans_children_is_not_committed(engine: Engine, scripts: Path) -> None:
    migrate(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql(ENTRY)
        connection.exec_driver_sql("INSERT INTO audit_values VALUES (1, x'00', '{}')")
    _add(scripts, "op.execute('DELETE FROM audit_entries')")
    with pytest.raises(BugError, match="foreign keys of audit_values"):
        migrate(engine)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM audit_entries").scalar() == 1


def test_rebuilding_a_parent_table_keeps_its_children(engine: Engine, scripts: Path) -> None:
    migrate(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql(ENTRY)
        connection.exec_driver_sql("INSERT INTO audit_values VALUES (1, x'00', '{}')")
    _add(
        scripts,
        "with op.batch_alter_table('audit_entries', recreate='always') as batch:\n"
        "    batch.alter_column('action', new_column_name='deed')",
    )
    assert migrate(engine)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT deed FROM audit_entries").scalar() == "added"
        assert connection.exec_driver_sql("SELECT count(*) FROM audit_values").scalar() == 1


@pytest.mark.parametrize("script", _shipped(), ids=lambda path: path.stem)
def test_a_migration_never_imports_what_will_change_later(script: Path) -> None:
    for line in script.read_text().splitlines():
        if line.startswith(("import ", "from ")):
            assert line.split()[1].split(".")[0] in {"sqlalchemy", "alembic"}, line
