"""A newer version opens the folder of an older one."""

import shutil
from typing import Any

import db.migrate
from pravo_desktop.backups.files import read_head
from tools.torture.acts.place import Act, Place
from tools.torture.acts.prepared import a_centre_at_work


def _older_version(place: Place) -> None:
    """A folder as the version before a later migration left it."""
    a_centre_at_work(place)
    folder = place.home / "migrations"
    shutil.copytree(db.migrate.SCRIPTS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    head = db.migrate.head_revision()
    (folder / "versions" / "9999_later.py").write_text(
        '"""A later migration."""\n\nfrom alembic import op\n\n'
        f'revision = "9999"\ndown_revision = "{head}"\nbranch_labels = None\n'
        "depends_on = None\n\n\ndef upgrade() -> None:\n"
        '    op.execute("CREATE TABLE kept AS SELECT * FROM audit_entries")\n'
        '    op.execute("ALTER TABLE drafts ADD COLUMN later TEXT")\n'
        '    op.execute("CREATE INDEX later_kept ON kept (hash)")\n'
    )


def _use_new_version(place: Place) -> Any:
    db.migrate.SCRIPTS = place.home / "migrations"
    place.open()
    place.leave()


def _kept_before_update(place: Place, done: list[Any]) -> None:
    assert place.desk.count("kept") >= 1 and place.desk.count("cases") == 2
    aside = list(place.data.glob("before-update-*"))
    assert aside, "no copy of the database before the update"
    for path in aside:
        (kept,) = path.iterdir()
        assert read_head(kept).epoch == 1, "a copy in part looks like a whole one"


ACTS = (
    Act(
        "migration",
        _older_version,
        (_use_new_version,),
        _kept_before_update,
        signed_in=False,
        looked_at=False,
    ),
)
