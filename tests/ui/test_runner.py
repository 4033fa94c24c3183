"""Work beside other work: it rests while somebody waits, and nobody ever waits for its rest."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from pravo_desktop.bootstrap import Workplace, logins, open_workplace
from pravo_desktop.usecases.queries import Session
from tests.ui.conftest import PASSWORD, USER, press
from ui.app import Window
from ui.runner import Job, Runner

LONG = (
    "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT {}) SELECT max(x) FROM n"
)
MUCH, MORE = LONG.format(20_000), LONG.format(2_000_000)
"""Statements with many rests in them; the second takes a hundred times as long."""
WorkIn = Callable[[Path], tuple[Window, Workplace]]


@pytest.fixture
def runner(qtbot: QtBot, centre_folder: Path) -> Iterator[Runner]:
    """At work in a centre's encrypted folder."""
    runner = Runner()
    runner.adopt(open_workplace(centre_folder, password=PASSWORD, user=USER))
    yield runner
    runner.shut_down()


class Told(QObject):
    """Writes down in which order things happened."""

    def __init__(self) -> None:
        super().__init__()
        self.order: list[str] = []
        self.begun, self.asked, self.go_on = Event(), Event(), Event()

    def beside(self, workplace: Workplace, session: Session) -> None:
        """Reads much; rests at the first of its pauses while somebody waits."""
        self.begun.set()
        self.asked.wait()
        session.value(MUCH)
        self.order.append("beside")

    def answer(self, job: Job) -> None:
        """What somebody waits for; it takes longer than the work beside without a rest."""
        job.session.value(MORE)
        self.order.append("answer")


def begin_beside_and_ask(
    qtbot: QtBot, runner: Runner, told: Told, ask: Callable[[], object]
) -> None:
    """Begin work beside, and ask for something before its first rest."""
    runner.beside(told, told.beside, lambda _: told.order.append("done"))
    qtbot.waitUntil(told.begun.is_set, timeout=30_000)
    ask()
    told.asked.set()


def test_work_beside_rests_until_what_was_read_is_there_and_then_goes_on(
    qtbot: QtBot, runner: Runner
) -> None:
    told = Told()
    begin_beside_and_ask(
        qtbot, runner, told, lambda: runner.read(told, told.answer, lambda _: None)
    )
    qtbot.waitUntil(lambda: len(told.order) == 3, timeout=30_000)
    assert told.order == ["answer", "beside", "done"]


def test_work_beside_rests_until_what_was_saved_is_there_and_then_goes_on(
    qtbot: QtBot, runner: Runner
) -> None:
    told = Told()
    begin_beside_and_ask(qtbot, runner, told, lambda: runner.write(told, told.answer))
    qtbot.waitUntil(lambda: len(told.order) == 3, timeout=30_000)
    assert told.order == ["answer", "beside", "done"]


def test_a_quick_answer_does_not_end_the_rest_while_a_slow_one_is_awaited(
    qtbot: QtBot, runner: Runner
) -> None:
    told = Told()

    def slow(job: Job) -> None:
        told.go_on.wait()
        told.order.append("slow answer")

    def ask() -> None:
        runner.write(told, slow)
        runner.read(told, lambda job: None, lambda _: told.order.append("quick answer"))

    begin_beside_and_ask(qtbot, runner, told, ask)
    for _ in range(2):
        with qtbot.waitSignal(runner._lull.timeout, timeout=10_000):
            pass
    told.go_on.set()
    qtbot.waitUntil(lambda: "done" in told.order, timeout=30_000)
    assert told.order == ["quick answer", "slow answer", "beside", "done"]


def test_short_work_beside_does_not_rest(qtbot: QtBot, runner: Runner) -> None:
    told = Told()
    told.asked.set()
    runner.read(told, lambda job: told.go_on.wait(), lambda _: told.order.append("answer"))
    runner.beside(told, told.beside, lambda _: told.go_on.set(), rests=False)
    qtbot.waitUntil(lambda: len(told.order) == 2, timeout=30_000)
    assert told.order == ["beside", "answer"]


@pytest.mark.parametrize("end", [Runner.release, Runner.shut_down])
def test_leaving_waits_for_nobody_s_rest(
    qtbot: QtBot, runner: Runner, centre_folder: Path, end: Callable[[Runner], None]
) -> None:
    told = Told()

    def ask() -> None:
        runner.read(told, told.answer, lambda _: None)
        runner.beside(told, told.beside, lambda _: None)

    begin_beside_and_ask(qtbot, runner, told, ask)
    end(runner)
    assert sorted(told.order) == ["answer", "beside", "beside"]
    open_workplace(centre_folder, password=PASSWORD, user=USER).close()


def test_locking_and_quitting_while_work_beside_rests(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, _ = work_in(centre_folder)
    runner = window.runner
    told = Told()
    begin_beside_and_ask(
        qtbot, runner, told, lambda: runner.read(told, told.answer, lambda _: None)
    )
    press(qtbot, window, "Ctrl+L")
    qtbot.waitUntil(lambda: window.door is not None, timeout=10_000)
    assert "beside" in told.order and window.shell is None
    window.enter(open_workplace(centre_folder, password=PASSWORD, user=USER))
    qtbot.waitUntil(lambda: window.shell is not None, timeout=10_000)
    again = Told()
    begin_beside_and_ask(
        qtbot, runner, again, lambda: runner.read(again, again.answer, lambda _: None)
    )
    assert window.close() and "beside" in again.order


def second_account(runner: Runner, qtbot: QtBot, told: Told) -> str:
    made: list[str] = []
    runner.write(
        told,
        lambda job: job.workplace.add_account(
            job.session, name="aigul", password="another horse 34", roles=("psychologist",)
        ),
        made.append,
    )
    qtbot.waitUntil(lambda: bool(made), timeout=10_000)
    return made[0]


def test_an_account_is_closed_while_work_beside_rests(
    qtbot: QtBot, runner: Runner, centre_folder: Path
) -> None:
    told, wrong = Told(), list[object]()
    account = second_account(runner, qtbot, told)
    runner.failed.connect(wrong.append)

    def ask() -> None:
        runner.close_accounts(
            told, lambda job: (None, [account]), lambda _: told.order.append("closed")
        )
        runner.read(told, lambda job: None, lambda _: told.order.append("answer"))

    begin_beside_and_ask(qtbot, runner, told, ask)
    qtbot.waitUntil(lambda: len(told.order) == 4 or bool(wrong), timeout=30_000)
    assert not wrong and told.order.index("beside") < told.order.index("closed")
    assert logins(centre_folder) == [USER]


def test_work_beside_that_is_asked_for_while_an_account_is_closed_begins_after_it(
    qtbot: QtBot, runner: Runner
) -> None:
    told, wrong = Told(), list[object]()
    account = second_account(runner, qtbot, told)
    runner.failed.connect(wrong.append)

    def closing(job: Job) -> tuple[None, list[str]]:
        told.begun.set()
        told.go_on.wait()
        told.order.append("closing")
        return None, [account]

    def beside(workplace: Workplace, session: Session) -> None:
        told.order.append(f"beside {session.value('SELECT count(*) FROM accounts')}")

    runner.close_accounts(told, closing, lambda _: told.order.append("closed"))
    qtbot.waitUntil(told.begun.is_set, timeout=10_000)
    documented: list[None] = []
    runner.beside(told, beside, lambda _: None)
    runner.document(told, lambda hook: None, documented.append)
    qtbot.waitUntil(lambda: bool(documented), timeout=10_000)
    told.go_on.set()
    qtbot.waitUntil(lambda: len(told.order) == 3 or bool(wrong), timeout=30_000)
    assert not wrong and told.order[0] == "closing" and "beside 2" in told.order


def test_quitting_while_an_account_is_closed_waits_for_that_alone(
    runner: Runner, qtbot: QtBot, centre_folder: Path
) -> None:
    told = Told()
    account = second_account(runner, qtbot, told)

    def closing(job: Job) -> tuple[None, list[str]]:
        told.begun.set()
        told.go_on.wait()
        return None, [account]

    runner.close_accounts(told, closing)
    qtbot.waitUntil(told.begun.is_set, timeout=10_000)
    runner.read(told, lambda job: None, lambda _: None)
    runner.beside(told, told.beside, lambda _: None)
    told.asked.set()
    told.go_on.set()
    runner.shut_down()
    assert told.order == ["beside"] and logins(centre_folder) == [USER]


def test_a_clock_that_strikes_after_the_end_asks_for_nothing(qtbot: QtBot, runner: Runner) -> None:
    told = Told()
    runner.shut_down()
    late = runner.write(told, lambda job: told.order.append("late"))
    assert late.given_up and told.order == []
