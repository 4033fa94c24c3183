"""The desk of a centre with 50,000 cases: typing, the first page, saving, memory.

``python -m tools.bench.desk`` prints every figure; `tools.bench` takes the four with a bound.
"""

import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from functools import cache, partial
from pathlib import Path

from db.audit import commitment, entry_hash, head
from db.engine import open_engine
from db.search import index_case
from db.session import Session
from pravo_desktop.bootstrap import Workplace, create_workplace, open_workplace
from pravo_desktop.clock import PracticeClock, timestamp
from pravo_desktop.data_folder import DATABASE
from pravo_desktop.domain.fields import to_row
from pravo_desktop.domain.folding import fold
from pravo_desktop.domain.records import (
    BY_TABLE,
    Case,
    Claim,
    Consent,
    Consultation,
    Identity,
    Participant,
    Record,
    StaffMember,
)
from pravo_desktop.domain.versions import new_id
from pravo_desktop.usecases.cases import ConsultationForm, record_consultation
from pravo_desktop.usecases.queries import find_cases, number_of_cases
from pravo_desktop.usecases.today import today
from tools.bench.made import ROOT, made_once
from tools.bench.measure import Measured, compare, seconds

CASES = 50_000
"""With 180,000 persons: two adults each, and 80,000 children."""
NOW = datetime(2024, 5, 20, 12)
PASSWORD = "bench password 1"
_MADE_BY = ("tools/bench/desk.py", "db/search.py", "db/schema.py", "db/migrations/versions")

_ONSETS = "абгғдеәжзикқлмнөпрстуүфхшя"
_WEIGHTS = [14, 9, 3, 2, 5, 3, 2, 5, 3, 4, 9, 4, 3, 7, 7, 1, 2, 3, 8, 6, 2, 1, 1, 1, 4, 1]
_VOWELS = "аеәиоөұүы"
_SYLLABLES = ("бар", "дул", "гер", "кен", "лан", "мат", "нур", "рос", "сат", "тем", "жан", "зар")


def names(chance: random.Random, count: int) -> list[str]:
    """Words that sound like names and are nobody's, their first letters as uneven as real ones."""
    firsts = chance.choices(_ONSETS, _WEIGHTS, k=count)
    return [
        (first + ("" if first in _VOWELS else chance.choice(_VOWELS))).capitalize()
        + "".join(chance.choices(_SYLLABLES, k=2))
        for first in firsts
    ]


def families(
    chance: random.Random, specialists: list[str], cases: int
) -> Iterator[tuple[Record, ...]]:
    """The records of one case after another, parents first."""
    surnames, given = names(chance, 3000), names(chance, 600)
    for position in range(cases):
        day = date(2018, 1, 3) + timedelta(days=position * 2320 // cases)
        case = Case(
            id=new_id(),
            number=f"AST-A-{day.year}-{position % 50_000 + 1:05d}",
            kind="married",
            causes=("money",),
            registered_on=day,
        )
        yield (case,)
        adults = []
        surname = chance.choice(surnames)
        for role, sex, ending in (("husband", "male", "ов"), ("wife", "female", "ова")):
            born = date(1960, 1, 1) + timedelta(days=chance.randrange(14_000))
            person = Participant(
                id=new_id(), case_id=case.id, role=role, sex=sex, birth_year=born.year
            )
            adults.append(person.id)
            yield (
                person,
                Identity(
                    id=person.id,
                    surname=surname + ending,
                    given_name=chance.choice(given),
                    birth_date=born,
                    iin=f"{born:%y%m%d}{chance.randrange(10**6):06d}",
                    phone=f"+7{chance.choice(('701', '702', '705', '747', '775'))}"
                    f"{chance.randrange(10**7):07d}",
                ),
                Consent(id=new_id(), participant_id=person.id, state="given", decided_on=day),
            )
        yield tuple(
            Participant(id=new_id(), case_id=case.id, role="child", birth_year=2010 + number)
            for number in range(1 if position % 5 < 2 else 2)
        )
        if position % 2:
            yield (Claim(id=new_id(), case_id=case.id, kind="divorce", filed_on=day),)
        yield tuple(
            Consultation(
                id=new_id(),
                case_id=case.id,
                held_on=min(day + timedelta(days=14 * number), NOW.date()),
                specialist_id=chance.choice(specialists),
                attendees=tuple(adults),
            )
            for number in range(1 + position % 3)
        )


def folder() -> Path:
    """The data folder, made once for each state of the code it depends on; removes older ones."""
    return made_once("desk", _MADE_BY, _fill_data) / "data"


def _fill_data(folder: Path) -> None:
    data = folder / "data"
    data.mkdir()
    _fill(data)


def _fill(place: Path) -> None:
    workplace = create_workplace(
        place,
        workplace="centre",
        centre="astana",
        practice=True,
        user="lead",
        password=PASSWORD,
        recovery_sheet=place.parent / "sheet.txt",
        clock=PracticeClock(NOW),
    ).workplace
    session = workplace.session()
    staff = [
        StaffMember(id=new_id(), profession=profession, employed_from=date(2018, 1, 1))
        for profession in ("psychologist", "lawyer", "mediator", "social_worker")
    ]
    with session.transaction():
        _store(session, workplace.actor.account_id, staff)
        chance = random.Random(2024)
        batch: list[Record] = []
        for records in families(chance, [one.id for one in staff], CASES):
            batch += records
            if len(batch) > 20_000:
                _store(session, workplace.actor.account_id, batch)
                batch.clear()
        _store(session, workplace.actor.account_id, batch)
        for (case_id,) in list(session.rows("SELECT id FROM cases")):
            index_case(session, case_id)
    session.close()
    workplace.close()


def _store(session: Session, actor: str, records: Sequence[Record]) -> None:
    """What `db.store.add` writes, many rows a statement."""
    own, change = session.installation, session.next_change()
    at = timestamp(session.clock.now() - timedelta(days=30))
    tables: dict[str, list[tuple[object, ...]]] = {}
    columns: dict[str, str] = {}
    entries: list[tuple[object, ...]] = []
    values: list[tuple[object, ...]] = []
    number, previous = head(session)
    for record in records:
        row = to_row(record)
        stamp = {"epoch": own.epoch, "revision": 1, "changed_at": at, "station": own.station}
        whole = row | stamp | {"change": change}
        columns[record.table] = ", ".join(f'"{name}"' for name in whole)
        tables.setdefault(record.table, []).append(tuple(whole.values()))
        number += 1
        salt = os.urandom(16)
        content = json.dumps(row, ensure_ascii=False)
        committed = commitment(salt, content)
        digest = entry_hash(
            previous, number, at, actor, "added", record.table, record.id, committed
        )
        entries.append(
            (number, at, actor, "added", record.table, record.id, committed, previous, digest)
        )
        values.append((number, salt, content))
        previous = digest
    for table in filter(tables.get, BY_TABLE):
        rows = tables[table]
        marks = ", ".join("?" * len(rows[0]))
        session.execute_many(f"INSERT INTO {table} ({columns[table]}) VALUES ({marks})", rows)
    session.execute_many(f"INSERT INTO audit_entries VALUES ({', '.join('?' * 9)})", entries)
    session.execute_many("INSERT INTO audit_values VALUES (?, ?, ?)", values)


def opened(place: Path) -> Workplace:
    """The folder, open on the bench's day."""
    return open_workplace(place, password=PASSWORD, clock=PracticeClock(NOW))


def typed(session: Session) -> list[str]:
    """What the search field holds, a keystroke at a time.

    Names, given names, two words, numbers, IIN, phone of cases from all over the list, each up to
    its sixth sign; of two words the first whole or its first letters alone.
    """
    chance = random.Random(1)
    texts = []
    for _ in range(12):
        surname, given, iin, phone, number = next(
            session.rows(
                "SELECT surname, given_name, iin, phone, number FROM identities i "
                "JOIN participants p ON p.id = i.id JOIN cases c ON c.id = p.case_id "
                "WHERE i.rowid = ?",
                (chance.randrange(1, 2 * CASES),),
            )
        )
        for word in (surname, given, iin, phone[1:], number, number[6:], number[-5:]):
            texts += [word[:length] for length in range(1, min(len(word), 6) + 1)]
        for first in (surname[:1], surname[:2], surname[:3], surname):
            texts += [f"{first} {given[:length]}" for length in range(1, 4)]
    return texts


def spread(seconds: list[float]) -> tuple[float, float]:
    """The median and the 99th percentile."""
    parts = statistics.quantiles(seconds, n=100, method="inclusive")
    return parts[49], parts[98]


def queries(place: Path) -> tuple[tuple[float, float], tuple[float, float]]:
    """Median and p99 of a keystroke's two queries, and of a bare prefix query, in seconds."""
    workplace = opened(place)
    session = workplace.reading_session()
    ours: list[float] = []
    floor: list[float] = []
    for text in typed(session):
        word = fold(text.split()[-1])

        def bare(word: str = word) -> None:
            list(
                session.rows(
                    "SELECT n FROM case_words WHERE word >= ? AND word < ? LIMIT 200",
                    (word, word + "\U0010ffff"),
                )
            )

        def search(text: str = text) -> None:
            find_cases(session, workplace.actor, text)
            number_of_cases(session, workplace.actor, text)

        for work, spent in ((bare, floor), (search, ours)):
            start = time.perf_counter()
            work()
            spent.append(time.perf_counter() - start)
    session.close()
    workplace.close()
    return spread(ours), spread(floor)


@dataclass(frozen=True)
class InWindow:
    """What a window measured in a process of its own, in seconds and MB.

    Args:
        keystroke: median and p99 from the change of the text to the rows in the model.
        first_page: from asking for the page of cases to its painted rows.
        empty_table: from making a bare table view to its painting.
        memory: resident, after searching and scrolling.
    """

    keystroke: tuple[float, float]
    first_page: float
    empty_table: float
    memory: float


@cache
def in_window(place: Path) -> InWindow:
    """Runs `window` in a process of its own."""
    ended = subprocess.run(
        [sys.executable, "-m", "tools.bench.desk", str(place)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PRAVO_NOW": NOW.isoformat()},
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode:
        raise RuntimeError(f"the window failed: {ended.stderr}")
    return InWindow(**json.loads(ended.stdout.splitlines()[-1]))


def window(place: Path) -> InWindow:
    """Types, opens the list and scrolls in a real window."""
    from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
    from PySide6.QtWidgets import QApplication, QTableView, QWidget

    from ui.app import Window
    from ui.pages.cases import CasesPage

    app = QApplication([])
    main = Window(place, "ru")
    main.resize(1366, 768)
    main.show()

    # Sleeps between events as the program does: a loop that spun would take the processor and
    # Python's lock from the thread that reads. The timer lets it find that nothing ever comes.
    wakes = QTimer()
    wakes.start(1000)

    def until(happened: Callable[[], object]) -> float:
        start = time.perf_counter()
        while not happened():
            app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            if time.perf_counter() - start > 60:
                raise TimeoutError
        return time.perf_counter() - start

    class Paint(QObject):
        """Notes that a widget was painted."""

        painted = False

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            self.painted |= event.type() is QEvent.Type.Paint
            return False

    def painted(widget: QWidget, ready: Callable[[], object] = lambda: True) -> float:
        paint = Paint()
        widget.installEventFilter(paint)
        start = time.perf_counter()
        until(ready)
        paint.painted = False
        widget.update()
        until(lambda: paint.painted)
        return time.perf_counter() - start

    until(lambda: main.door is not None)
    workplace = opened(place)
    main.enter(workplace)
    until(lambda: main.shell is not None)
    shell = main.shell
    assert shell is not None
    empty, first = [], []
    for _ in range(9):
        shell.go("today")
        app.processEvents()
        start = time.perf_counter()
        bare = QTableView()
        bare.resize(1200, 640)
        bare.show()
        painted(bare.viewport())
        empty.append(time.perf_counter() - start)
        bare.close()
        start = time.perf_counter()
        shown = shell.go("cases")
        assert isinstance(shown, CasesPage)
        page, model = shown, shown.model
        painted(page.table.viewport(), model.rowCount)
        first.append(time.perf_counter() - start)
    resets = 0

    def count() -> None:
        nonlocal resets
        resets += 1

    def was_reset_since(before: int) -> bool:
        return resets > before

    def has_more_than(rows: int) -> bool:
        return model.rowCount() > rows

    model.modelReset.connect(count)
    reading = workplace.reading_session()
    texts = typed(reading)
    reading.close()
    keystrokes = []
    for text in texts:
        before = resets
        start = time.perf_counter()
        page.search.setText(text)
        until(partial(was_reset_since, before))
        keystrokes.append(time.perf_counter() - start)
        app.processEvents()
    page.search.setText("")
    until(model.rowCount)
    for _ in range(50):
        page.table.scrollToBottom()
        rows = model.rowCount()
        until(partial(has_more_than, rows))
    memory = int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    found = InWindow(
        spread(keystrokes), statistics.median(first), statistics.median(empty), memory / 1e6
    )
    main.close()
    return found


def save(place: Path, rounds: int = 200) -> Measured:
    """Saving a consultation among so many cases, against its rows in a bare transaction."""
    copied = ROOT / "desk-saving"
    shutil.rmtree(copied, ignore_errors=True)
    shutil.copytree(place, copied)
    workplace = opened(copied)
    session = workplace.session()
    chance = random.Random(3)
    cases = list(
        session.rows(
            "SELECT n, case_id FROM case_index WHERE case_id NOT IN "
            "(SELECT case_id FROM consultations WHERE held_on = ?)",
            (str(NOW.date()),),
        )
    )
    staff = session.value("SELECT id FROM staff_members")
    not_seen_today = iter(chance.sample(cases, rounds + 2))

    def ours() -> None:
        form = ConsultationForm(held_on=NOW.date(), specialist_id=staff)
        record_consultation(
            session, workplace.actor, case_id=next(not_seen_today)[1], consultation=form
        )

    ours()
    shapes = {
        table: next(session.rows(f"SELECT * FROM {table} ORDER BY rowid DESC LIMIT 1"))
        for table in ("consultations", "audit_entries", "audit_values", "case_index")
    }
    engine = open_engine(copied / DATABASE, workplace._keys.database_key)
    bare = engine.raw_connection().driver_connection
    assert bare is not None

    def insert(table: str, *own: object) -> None:
        row = (*own, *shapes[table][len(own) :])
        bare.execute(f"INSERT OR REPLACE INTO {table} VALUES ({', '.join('?' * len(row))})", row)

    def floor() -> None:
        line, case = chance.choice(cases)
        bare.execute("BEGIN IMMEDIATE")
        number = bare.execute("SELECT max(number) + 1 FROM audit_entries").fetchone()[0]
        insert("consultations", new_id(), case)
        insert("audit_entries", number, *shapes["audit_entries"][1:8], os.urandom(32).hex())
        insert("audit_values", number)
        insert("case_index", line, case)
        bare.execute("COMMIT")

    measured = compare(
        f"saving a consultation among {CASES} cases", floor, ours, bound=2, rounds=rounds
    )
    bare.close()
    session.close()
    workplace.close()
    shutil.rmtree(copied)
    return measured


def saving_among_many() -> Measured:
    """See `save`."""
    return save(folder())


def keystroke() -> Measured:
    """Milliseconds at the 99th percentile from a keystroke to the rows in the list."""
    spent = in_window(folder()).keystroke[1]
    return Measured(f"keystroke to list among {CASES} cases, p99 to 1 ms", 0.001, spent, 16)


def first_page() -> Measured:
    """The page of cases against an empty table view."""
    found = in_window(folder())
    return Measured("first page of cases", found.empty_table, found.first_page, 5)


def memory() -> Measured:
    """Resident memory in MB of the window after searching and scrolling."""
    return Measured("memory of the window, MB", 0.001, in_window(folder()).memory / 1000, 250)


def _print_all() -> None:
    place = folder()
    print(f"{'':44}{'p50 ms':>9}{'p99 ms':>9}")
    ours, floor = queries(place)
    found = in_window(place)
    for name, (median, worst) in (
        ("two queries of a keystroke", ours),
        ("a bare prefix query", floor),
        ("keystroke to rows in the page's model", found.keystroke),
    ):
        print(f"{name:44}{median * 1000:9.2f}{worst * 1000:9.2f}")
    print(
        f"first page {found.first_page * 1000:.1f} ms, empty table {found.empty_table * 1000:.1f}"
    )
    workplace = opened(place)
    session = workplace.reading_session()
    days = [seconds(lambda: today(session, workplace.actor)) for _ in range(5)]
    session.close()
    workplace.close()
    print(f"page of the day: first {days[0] * 1000:.0f} ms, then {min(days) * 1000:.0f} ms")
    print(f"memory {found.memory:.0f} MB")
    print(save(place))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(asdict(window(Path(sys.argv[1])))))
    else:
        _print_all()
