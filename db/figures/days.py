"""The counts as they stood at the end of each day on which packages came or went.

As of a day those packages count that counted when it ended. Then they were the present ones and
their counts at hand, so the end of a batch keeps these. Whoever asks for that day later merges
nothing, unless a package that waited was accepted under it since. What else the figures are made of
lies with the counts; `lay_out_day` brings it back as the tables ``then_*``. It is a cache like
`db.figures.kept`, and `forget_counts` loses nothing with it.
"""

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import date

from db.figures.counting import Cells
from db.figures.earlier import keep_value
from db.figures.kept import all_kept_cells, fingerprint_of
from db.figures.lines import LINES
from db.figures.states import DECLARED
from db.schema import MERGED_TABLES
from db.session import Session

THEN = "then_"
"""The prefix of the tables that hold a kept day."""
DAYS = 400
"""Days that are kept: more than a year has with packages."""

_DAY = "day"
_TABLES: Mapping[str, str] = {
    "regions": "SELECT * FROM merged_regions",
    "centres": "SELECT * FROM merged_centres",
    "plan_targets": "SELECT * FROM merged_plan_targets",
    "category_rules": "SELECT * FROM merged_category_rules",
    "section_states": DECLARED.format(p="merged_"),
}
"""All that figures are made of besides the counts; of the months' states those that hold."""


class NotKept(Exception):
    """The counts of this period are not kept with the day."""


def keep_day(session: Session, day: date, packages: str) -> None:
    """Keep the present counts as the end of a day, in the place of what was kept of it.

    Args:
        packages: `packages_digest` of those that count now.
    """
    counted = {
        fingerprint: json.dumps(
            [
                (key, *place, *numbers)
                for key, found in cells.items()
                for place, numbers in found.items()
            ]
        )
        for fingerprint, cells in all_kept_cells(session).items()
    }
    tables = {table: session.all(sql) for table, sql in _TABLES.items()}
    packed = zlib.compress(json.dumps([counted, tables]).encode())
    session.execute("DELETE FROM kept_periods WHERE fingerprint GLOB ?", (f"{_DAY} {day} *",))
    name = f"{_DAY} {day} {packages}"
    keep_value(session, _DAY, name, b64encode(packed).decode("ascii"), DAYS)


def lay_out_day(session: Session, packages: str) -> bool:
    """Make the temporary tables ``then_*`` of a kept day; False where it is not kept.

    Args:
        packages: `packages_digest` of those that counted.
    """
    kept = session.value(
        "SELECT names ->> 'kept' FROM kept_periods WHERE fingerprint GLOB ?",
        (f"{_DAY} * {packages}",),
    )
    if kept is None:
        return False
    counts, tables = json.loads(zlib.decompress(b64decode(kept)))
    session.execute("DROP TABLE IF EXISTS temp.then_counts")
    session.execute("CREATE TEMP TABLE then_counts (fingerprint TEXT PRIMARY KEY, cells TEXT)")
    session.execute_many("INSERT INTO temp.then_counts VALUES (?, ?)", list(counts.items()))
    for table, rows in tables.items():
        columns = MERGED_TABLES[table].c.keys()
        session.execute(f"DROP TABLE IF EXISTS temp.{THEN}{table}")
        session.execute(
            f"CREATE TEMP TABLE {THEN}{table} AS SELECT * FROM main.merged_{table} WHERE 0"
        )
        session.execute_many(
            f"INSERT INTO temp.{THEN}{table} VALUES ({', '.join('?' * len(columns))})",
            [tuple(row.get(column) for column in columns) for row in rows],
        )
    return True


def cells_of_day(session: Session, names: Mapping[str, str]) -> dict[str, Cells]:
    """What `count_cells` gave at the end of the day that `lay_out_day` laid out.

    Raises:
        NotKept: the period was not kept then, or the rule of counting is another now.
    """
    kept = session.value(
        "SELECT cells FROM temp.then_counts WHERE fingerprint = ?", (fingerprint_of(names),)
    )
    if kept is None:
        raise NotKept
    cells: dict[str, Cells] = {key: {} for key in LINES}
    for indicator, centre, region, breakdown, key, amount, lines in json.loads(kept):
        cells[indicator][centre, region, breakdown, key] = (amount, lines)
    return cells
