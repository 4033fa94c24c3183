"""A package against its floors: XML zipped by hand, and calamine alone."""

import io
import json
import zipfile
from datetime import UTC, datetime
from xml.sax.saxutils import escape

from python_calamine import CalamineWorkbook

from exports.package.content import PackageContent, PackageHead, SummaryLine
from exports.package.reader import read_package
from exports.package.writer import write_package
from pravo_desktop.domain.records import Cell
from pravo_desktop.domain.versions import Version, new_id
from pravo_desktop.security.certificates import create_signing_key
from tools.bench.measure import Measured, compare

CASES = 4_000
MOMENT = datetime(2024, 6, 1, tzinfo=UTC)
KEY = create_signing_key("bench", MOMENT)


def versions() -> list[Version]:
    """Cases, two adults and a child of each, and two consultations: six rows a case."""
    station, specialist = new_id(), new_id()
    rows: dict[str, list[Version]] = {
        table: [] for table in ("staff_members", "cases", "participants", "consultations")
    }

    def add(table: str, record_id: str, **values: Cell) -> None:
        rows[table].append(
            Version(table, record_id, 1, 1, "2024-05-03T05:00:00.000000Z", station, False, values)
        )

    add(
        "staff_members",
        specialist,
        profession="psychologist",
        rate_percent=100,
        employed_from="2024-01-01",
        employed_to=None,
        home_centre=None,
    )
    for _ in range(CASES):
        case, people = new_id(), [new_id() for _ in range(3)]
        add(
            "cases",
            case,
            kind="married",
            came_through="court",
            causes='["money"]',
            registered_on="2024-05-02",
        )
        for person, role, sex in zip(
            people, ("husband", "wife", "child"), ("male", "female", "male"), strict=True
        ):
            add(
                "participants",
                person,
                case_id=case,
                role=role,
                sex=sex,
                birth_year=1990 if role != "child" else 2015,
                disability="no",
                occupation="business",
                citizenship="kz",
            )
        for day in ("2024-05-02", "2024-05-16"):
            add(
                "consultations",
                new_id(),
                case_id=case,
                held_on=day,
                specialist_id=specialist,
                format="in_person",
                attendees=json.dumps(people[:2]),
                topics='["divorce"]',
                minutes=60,
            )
    return [
        row for listed in rows.values() for row in sorted(listed, key=lambda one: one.record_id)
    ]


def content() -> PackageContent:
    return PackageContent(
        head=PackageHead(
            program_version="0",
            project_year=2024,
            centre="astana",
            region="astana",
            workplace="centre",
            practice=True,
            station=new_id(),
            station_letter="A",
            epoch=1,
            month="2024-05",
            amendment=False,
            complete=False,
            sequence=1,
            previous_sha256=None,
            made_at="2024-06-01T00:00:00.000000Z",
            totals={},
            audit_entries=1,
            audit_head="0" * 64,
        ),
        rows=versions(),
        title=SummaryLine("Айдың қорытындысы", "Итоги месяца"),
        summary=(),
    )


def zipped_by_hand(package: PackageContent) -> bytes:
    """The same cells as XML, one sheet a table, deflated; no styles, no signature."""
    buffer = io.BytesIO()
    sheets: dict[str, list[str]] = {}
    for number, row in enumerate(package.rows, start=1):
        cells: list[Cell] = [
            row.record_id,
            row.epoch,
            row.revision,
            row.changed_at,
            row.station,
            int(row.deleted),
            *row.values.values(),
            row.row_hash,
        ]
        written = "".join(
            f'<c r="A{number}"><v>{cell}</v></c>'
            if isinstance(cell, int)
            else f'<c r="A{number}" t="inlineStr"><is><t>{escape(cell or "")}</t></is></c>'
            for cell in cells
        )
        sheets.setdefault(row.table, []).append(f'<row r="{number}">{written}</row>')
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for table, rows in sheets.items():
            archive.writestr(f"xl/worksheets/{table}.xml", "".join(rows))
    return buffer.getvalue()


def write() -> Measured:
    """Write and sign a package against the same cells zipped by hand."""
    package = content()
    return compare(
        f"package write, {len(package.rows)} rows",
        lambda: zipped_by_hand(package),
        lambda: write_package(package, KEY, MOMENT),
        bound=10,
        rounds=3,
    )


def read() -> Measured:
    """Verify and read a package against calamine alone on the same file."""
    package = content()
    data = write_package(package, KEY, MOMENT)

    def calamine() -> None:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python()

    return compare(
        f"package verify and read, {len(package.rows)} rows",
        calamine,
        lambda: read_package(data),
        bound=2,
    )
