"""Taking over the journal that a centre kept in Excel before the program: 5,000 visits."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path

from openpyxl import Workbook

from db.session import Session
from pravo_desktop.usecases.actor import Actor
from pravo_desktop.usecases.import_journal import import_journal, preview_journal
from pravo_desktop.usecases.import_plan import ImportPlan, open_journal
from pravo_desktop.usecases.staff import save_staff_member
from tools.bench.made import fresh_workplace
from tools.bench.measure import Measured, spent

ROWS = 5_000
_HEADERS = (
    "Дата",
    "Специалист",
    "ФИО мужа",
    "ФИО жены",
    "Количество детей",
    "Вид иска",
    "Согласие",
)
_LETTERS = "абвгдежзиклмнопрстуф"


def import_5000() -> Measured:
    """Reading the file and writing its cases and consultations in one transaction; ten seconds."""
    with _centre() as (session, actor, path):

        def work() -> None:
            layout = open_journal(session, actor, path=path)
            plan = ImportPlan(columns=layout.columns, specialists=layout.specialists)
            report = import_journal(session, actor, layout=layout, plan=plan)
            if report.consultations != ROWS:
                raise RuntimeError("a row of the journal was not imported")

        found = spent(work)
    return Measured(f"journal of {ROWS:,} rows imported, s", 1, found.wall, 10, found.processor)


def preview_5000() -> Measured:
    """Reading the file and what would become of each row; two seconds."""
    with _centre() as (session, actor, path):

        def work() -> None:
            layout = open_journal(session, actor, path=path)
            plan = ImportPlan(columns=layout.columns, specialists=layout.specialists)
            preview_journal(session, actor, layout=layout, plan=plan)

        found = spent(work)
    return Measured(f"journal of {ROWS:,} rows previewed, s", 1, found.wall, 2, found.processor)


@contextmanager
def _centre() -> Iterator[tuple[Session, Actor, Path]]:
    """A centre with one specialist, and a journal of its couples, two visits each."""
    with fresh_workplace("astana", datetime(2024, 12, 20)) as (made, session):
        save_staff_member(
            session,
            made.actor,
            profession="psychologist",
            employed_from=date(2024, 1, 1),
            surname="Сынақова",
            given_name="Айна",
        )
        path = made.folder / "journal.xlsx"
        _write_journal(path)
        yield session, made.actor, path


def _write_journal(path: Path) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(_HEADERS)
    for visit in (0, 1):
        for number in range(ROWS // 2):
            day = date(2024, 2, 5) + timedelta(days=number % 100 + 14 * visit)
            name = _name(number)
            sheet.append(
                (
                    day.strftime("%d.%m.%Y"),
                    "Сынақова А.",
                    f"{name} Алан",
                    f"{name}а Әсем",
                    number % 4,
                    "развод" if number % 3 else "алименты, раздел имущества",
                    "да",
                )
            )
    book.save(path)


def _name(number: int) -> str:
    """A made-up surname of its own for each couple."""
    letters = []
    for _ in range(3):
        number, place = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[place])
    return "Тест" + "".join(letters) + "ов"
