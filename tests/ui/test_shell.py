"""The frame around the pages, the runner behind it, and the settings it remembers."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from pravo_desktop.bootstrap import Workplace, open_workplace
from pravo_desktop.errors import KnownError
from pravo_desktop.usecases.cases import open_case
from tests.ui.conftest import PASSWORD, at_rest, press, shell_of, write
from ui.app import Window
from ui.forms.case_form import CaseForm
from ui.runner import Runner
from ui.theme import DARK, LIGHT, Colours

WorkIn = Callable[[Path], tuple[Window, Workplace]]


@pytest.fixture
def runner(qtbot: QtBot, centre_folder: Path) -> Runner:
    made = Runner(centre_folder / "crashes")
    made.adopt(open_workplace(centre_folder, password=PASSWORD))
    return made


def test_a_change_is_broadcast_once_and_read_back(qtbot: QtBot, runner: Runner) -> None:
    heard: list[frozenset[str]] = []
    numbers: list[str] = []
    runner.changed.connect(heard.append)
    asking = QWidget()
    qtbot.addWidget(asking)
    runner.write(
        asking,
        lambda job: open_case(job.session, job.actor, kind="married").number,
        numbers.append,
    )
    qtbot.waitUntil(lambda: bool(numbers and heard), timeout=10_000)
    assert numbers == ["AST-A-2024-00001"] and heard == [frozenset({"cases"})]
    found: list[int] = []
    runner.read(asking, lambda job: job.session.value("SELECT count(*) FROM cases"), found.append)
    qtbot.waitUntil(lambda: found == [1], timeout=10_000)
    runner.shut_down()


def test_a_known_error_comes_to_who_asked_and_a_bug_is_written_down_without_its_words(
    qtbot: QtBot, runner: Runner, centre_folder: Path
) -> None:
    asking = QWidget()
    qtbot.addWidget(asking)
    errors: list[Exception] = []

    def known(job: object) -> None:
        raise KnownError("field_required", field="kind")

    def bug(job: object) -> None:
        raise ValueError("Қанатов 850101300123")

    runner.write(asking, known, failed=errors.append)
    runner.write(asking, bug, failed=errors.append)
    qtbot.waitUntil(lambda: len(errors) == 2, timeout=10_000)
    assert isinstance(errors[0], KnownError)
    (report,) = (centre_folder / "crashes").glob("*.txt")
    written = report.read_text(encoding="utf-8")
    assert "ValueError" in written and "test_shell:" in written
    assert "Қанатов" not in written and "850101" not in written
    runner.shut_down()


def test_an_answer_for_a_closed_page_is_dropped(qtbot: QtBot, runner: Runner) -> None:
    told: list[int] = []
    gone = QWidget()
    stays = QWidget()
    qtbot.addWidget(stays)
    runner.read(gone, lambda job: 1, told.append)
    gone.deleteLater()
    del gone
    runner.read(stays, lambda job: 2, told.append)
    qtbot.waitUntil(lambda: 2 in told, timeout=10_000)
    runner.shut_down()


def test_long_work_is_given_up_at_its_next_step(qtbot: QtBot, runner: Runner) -> None:
    asking = QWidget()
    qtbot.addWidget(asking)
    steps: list[int] = []
    busy: list[bool] = []
    runner.busy.connect(busy.append)

    def endless(hook: Callable[[str, int, int], None]) -> None:
        for step in range(10_000_000):
            hook("", step, 10_000_000)

    task = runner.document(asking, endless, lambda _: None, progress=lambda *p: steps.append(p[1]))
    qtbot.waitUntil(lambda: bool(steps), timeout=10_000)
    task.cancel()
    qtbot.waitUntil(lambda: busy[-1] is False, timeout=10_000)
    runner.shut_down()


def test_the_language_switches_while_the_program_runs_and_is_remembered(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, _ = work_in(centre_folder)
    shell_of(window).go("staff")
    russian = shell_of(window).page.title()
    at_rest(qtbot, window).set_language("kk")
    assert shell_of(window).page.key == "staff"
    assert (russian, shell_of(window).page.title()) == ("Сотрудники", "Қызметкерлер")
    window.close()
    again = Window(centre_folder)
    assert (again.settings.language, again.settings.page) == ("kk", "staff")
    qtbot.addWidget(again)


def test_pages_are_reached_by_keys_and_esc_goes_back(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, _ = work_in(centre_folder)
    press(qtbot, window, "Ctrl+K")
    assert shell_of(window).page.key == "consultation"
    press(qtbot, window, "Ctrl+1")
    assert shell_of(window).page.key == "cases"
    press(qtbot, window, "Ctrl+N")
    press(qtbot, window, "Esc")
    assert shell_of(window).page.key == "cases"


def test_a_page_chosen_again_leaves_what_stands_over_it_and_keeps_what_was_typed(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, _ = work_in(centre_folder)
    press(qtbot, window, "Ctrl+1", "Ctrl+N")
    form = shell_of(window).page
    assert isinstance(form, CaseForm)
    form.label.setFocus()
    write(window, "kok")
    press(qtbot, window, "Ctrl+K")
    press(qtbot, window, "Ctrl+1")
    assert shell_of(window).page is form
    press(qtbot, window, "Ctrl+1")
    assert shell_of(window).page.key == "cases"
    step = shell_of(window).notice.findChild(QPushButton, "notice_step")
    assert step is not None
    step.click()
    again = shell_of(window).page
    assert isinstance(again, CaseForm) and again.label.text() == "kok"


def test_every_page_key_is_its_own(qtbot: QtBot) -> None:
    from ui.pages.listing import PAGES

    roles = {role for page in PAGES for role in page.roles}
    for role in roles:
        keys = [page.shortcut for page in PAGES if role in page.roles]
        assert len(keys) == len(set(keys)), role


def test_no_lead_page_is_there_for_a_specialist(qtbot: QtBot) -> None:
    from ui.pages.listing import PAGES

    seen = {page.key for page in PAGES if "psychologist" in page.roles}
    assert {"today", "cases", "consultation", "journal"} <= seen
    assert not seen & {"close_month", "packages", "staff"}


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_words_stand_out_from_every_ground(colours: Colours) -> None:
    grounds = (colours.ground, colours.surface, colours.rail)
    words = (colours.text, colours.quiet, colours.accent, colours.danger)
    for ground in grounds:
        for word in (*words, colours.warning, colours.success):
            assert contrast(word, ground) >= 4.5, (word, ground)
    assert contrast(colours.on_accent, colours.accent) >= 4.5
    assert contrast(colours.text, colours.chosen) >= 4.5


def contrast(one: str, other: str) -> float:
    """The contrast of two colours (WCAG 2.2, 1.4.3)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
