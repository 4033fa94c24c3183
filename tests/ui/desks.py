"""Practice folders with real encrypted databases, and a window on them, for tests of pages."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from pravo_desktop.bootstrap import Workplace, create_workplace, open_workplace
from pravo_desktop.usecases import cases, months, packages, participants, staff
from pravo_desktop.usecases.inbox import receive_files
from pravo_desktop.usecases.queries import Session
from pravo_desktop.usecases.trust import add_trust
from ui.app import Window
from ui.page import Page

NOW = "2024-05-20T12:00:00"
"""What the clock of the practice folders shows; tests set ``PRAVO_NOW`` to it."""
PASSWORD = "correct horse 12"

P = TypeVar("P", bound=Page)
W = TypeVar("W", bound=QWidget)


@dataclass(frozen=True)
class Place:
    """A practice folder, closed; ``fingerprint`` is that of its key."""

    folder: Path
    fingerprint: str

    def work(self, use: Callable[[Session, Workplace], object]) -> None:
        """Do something in it as its lead or coordinator, without a window."""
        workplace = open_workplace(self.folder, password=PASSWORD)
        session = workplace.session()
        try:
            use(session, workplace)
        finally:
            session.close()
            workplace.close()


def make_place(folder: Path, centre: str | None = None) -> Place:
    """A new practice folder of a centre, or of headquarters without one."""
    made = create_workplace(
        folder,
        workplace="centre" if centre else "headquarters",
        centre=centre,
        practice=True,
        user="tester",
        password=PASSWORD,
        recovery_sheet=folder.with_suffix(".txt"),
    )
    made.workplace.close()
    return Place(folder, made.fingerprint)


def add_families(place: Place, number: int = 3, month: int = 4) -> None:
    """Couples with a child, each with one consultation in a month of 2024."""

    def use(session: Session, workplace: Workplace) -> None:
        actor = workplace.actor
        specialist = staff.save_staff_member(
            session, actor, profession="psychologist", employed_from=date(2024, 1, 1)
        )
        for position in range(number):
            cases.open_case(
                session,
                actor,
                kind="married",
                participants=(
                    participants.ParticipantForm(role="husband", sex="male", birth_year=1990),
                    participants.ParticipantForm(
                        role="wife", sex="female", consent="given", surname="Сынақова"
                    ),
                    participants.ParticipantForm(role="child", birth_year=2015 - position),
                ),
                consultation=cases.ConsultationForm(
                    held_on=date(2024, month, 3 + position), specialist_id=specialist
                ),
            )

    place.work(use)


def make_package(place: Place, target: Path, month: str = "2024-04") -> Path:
    """Close a month and write its package into a folder."""
    written: list[Path] = []

    def use(session: Session, workplace: Workplace) -> None:
        actor = workplace.actor
        months.close_month(session, actor, month=month, zeros={"media": "no_activity"})
        made = packages.export_package(
            session, actor, key=workplace.signing_key(session), month=month
        )
        written.append(packages.write_copy(session, actor, sequence=made.sequence, target=target))

    place.work(use)
    return written[0]


def trust(headquarters: Place, centre: Place, key: str) -> None:
    """Let headquarters trust a centre's key."""
    headquarters.work(
        lambda session, workplace: add_trust(
            session, workplace.actor, fingerprint=centre.fingerprint, centre=key
        )
    )


def receive(headquarters: Place, *files: Path) -> None:
    """Let headquarters take packages in, plain or sealed, and archive them."""
    headquarters.work(
        lambda session, workplace: receive_files(
            session, workplace.actor, paths=list(files), archive=workplace.archive
        )
    )


def receive_april(headquarters: Place, target: Path) -> None:
    """Let headquarters accept April of a centre in Astana with three couples."""
    centre = make_place(target / "astana", "astana")
    add_families(centre, 3)
    package = make_package(centre, target)
    trust(headquarters, centre, "astana")
    receive(headquarters, package)


def open_window(qtbot: QtBot, folder: Path) -> Window:
    """A Russian window on a data folder, its door in sight."""
    window = Window(folder, "ru")
    qtbot.addWidget(window)
    window.resize(1366, 768)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: window.door is not None, timeout=30_000)
    return window


def signed_in(qtbot: QtBot, place: Place) -> Window:
    """A window in which the only account signed in."""
    window = open_window(qtbot, place.folder)
    window.enter(open_workplace(place.folder, password=PASSWORD))
    qtbot.waitUntil(lambda: window.shell is not None, timeout=20_000)
    return window


def page_of(window: Window, kind: type[P]) -> P:
    """The page in front, which is of this kind."""
    assert window.shell is not None
    page = window.shell.page
    assert isinstance(page, kind), page
    return page


def go(qtbot: QtBot, window: Window, kind: type[P]) -> P:
    """Go to a page by its key."""
    code = getattr(Qt.Key, f"Key_{kind.shortcut.removeprefix('Ctrl+')}")
    press_until(qtbot, window, code, lambda: in_front(window) == kind.key)
    return page_of(window, kind)


def in_front(window: Window) -> str:
    """Key of the page in front; nothing before signing in."""
    return window.shell.page.key if window.shell is not None else ""


def press_until(qtbot: QtBot, window: Window, key: Qt.Key, happened: Callable[[], object]) -> None:
    """Press Ctrl and a key; a busy computer loses one while the window is being activated."""
    for _ in range(3):
        press(qtbot, window, key, Qt.KeyboardModifier.ControlModifier)
        if happened():
            return
        QApplication.processEvents()
    raise AssertionError(f"{key} did nothing")


def press(
    qtbot: QtBot,
    window: Window,
    key: Qt.Key,
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """Press a key in the window."""
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    QTest.keyClick(window, key, modifiers)


def click(widget: QWidget) -> None:
    """Click with the mouse."""
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def primary(qtbot: QtBot, window: Window) -> None:
    """Press the key of the primary action, once there is one."""
    assert window.shell is not None
    shell = window.shell
    qtbot.waitUntil(lambda: shell.page.primary() is not None)
    action = shell.page.primary()
    assert action is not None
    keys = {"Return": Qt.Key.Key_Return, "O": Qt.Key.Key_O, "S": Qt.Key.Key_S, "N": Qt.Key.Key_N}
    key = keys[action.key.removeprefix("Ctrl+")]
    ran: list[bool] = []
    shell._primary_key.activated.connect(lambda: ran.append(True))
    press_until(qtbot, window, key, lambda: ran)


def dialog(qtbot: QtBot, page: QWidget, kind: type[W]) -> W:
    """The dialog that a page opened."""
    found: list[W] = []

    def there() -> bool:
        found[:] = [one for one in page.findChildren(kind) if one.isVisible()]
        return bool(found)

    qtbot.waitUntil(there, timeout=20_000)
    return found[0]


def choose_files(qtbot: QtBot, page: QWidget, *paths: Path) -> None:
    """Choose files, or one folder, in the dialog that a page opened."""
    asked = dialog(qtbot, page, QFileDialog)
    if asked.fileMode() is QFileDialog.FileMode.Directory:
        asked.setDirectory(str(paths[0]))
        # What a person does by pressing "Choose" inside the folder.
        asked.fileSelected.emit(str(paths[0]))
        asked.filesSelected.emit([str(path) for path in paths])
        asked.close()
        return
    asked.setDirectory(str(paths[0].parent))
    for path in paths:
        asked.selectFile(path.name)
    asked.accept()


def answer(qtbot: QtBot, page: QWidget, name: str) -> str:
    """Press ``yes`` or ``no`` of the question that a page asks; returns what it said."""
    box = dialog(qtbot, page, QMessageBox)
    said = f"{box.text()}\n{box.informativeText()}"
    found = box.findChild(QAbstractButton, name)
    assert found is not None
    click(found)
    return said
