"""Bringing a database to this program's version, or refusing a newer one."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, inspect
from sqlalchemy.exc import DBAPIError

from db.engine import not_written
from pravo_desktop import __version__
from pravo_desktop.errors import BugError, KnownError

SCRIPTS = Path(__file__).resolve().parent / "migrations"


def _revisions() -> set[str]:
    """The database versions that this program knows: files of migrations begin with theirs."""
    return {path.name.split("_")[0] for path in (SCRIPTS / "versions").glob("[0-9]*_*.py")}


def head_revision() -> str:
    """The newest database version that this program knows."""
    return max(_revisions())


def current_revision(connection: Connection) -> str | None:
    """The database's version; None for an empty database."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return None if found is None else str(found)


def _upgrade(connection: Connection) -> None:
    # A database that is up to date, nearly every one, is opened without Alembic's 17 MB.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _note_program(connection: Connection) -> None:
    """Leave this program's version in the file, so that an older one can say which it needs."""
    major, minor, patch = map(int, __version__.split("."))  # noqa: RUF048 -- ours has three
    connection.exec_driver_sql(f"PRAGMA user_version = {(major * 1000 + minor) * 1000 + patch}")


def _migrated_by(connection: Connection) -> str:
    """The version of the program that brought the database to its present form."""
    rest, patch = divmod(int(connection.exec_driver_sql("PRAGMA user_version").scalar_one()), 1000)
    return f"{rest // 1000}.{rest % 1000}.{patch}"


def migrate(engine: Engine, before: Callable[[str], None] | None = None) -> bool:
    """Bring the database to the newest version in one transaction; returns whether it changed.

    Args:
        engine: the database.
        before: called before an existing database is changed, to make a backup, with the version of
            the program that the database still belongs to.

    Raises:
        KnownError: ``database_newer`` when a newer program made the database, with the version
            ``needed`` to open it; as `db.engine.not_written`, the database staying as it was.
    """
    with engine.connect() as connection:
        current = current_revision(connection)
        connection.rollback()
        if current == head_revision():
            return False
        if current is not None:
            if current not in _revisions():
                raise KnownError(
                    "database_newer",
                    version=current,
                    known=head_revision(),
                    needed=_migrated_by(connection),
                    running=__version__,
                )
            if before is not None:
                version = _migrated_by(connection)
                connection.rollback()
                before(version)
        # SQLite ignores this pragma inside a transaction, which SQLAlchemy would begin, and a table
        # rebuilt with foreign keys on would delete its children.
        driver: Any = connection.connection.driver_connection
        driver.execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                _upgrade(connection)
                _note_program(connection)
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
                if broken:
                    raise BugError(f"migration breaks foreign keys of {broken[0][0]}")
        except DBAPIError as error:
            trouble = not_written(error)
            if trouble is None:
                raise
            raise trouble from error
        finally:
            connection.rollback()
            driver.execute("PRAGMA foreign_keys = ON")
    return True
