"""A window of headquarters in a process of its own: a question half typed, then it waits."""

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from pravo_desktop.bootstrap import open_workplace
from tests.ui.conftest import write
from ui.app import Window
from ui.pages.receipts import ReceiptsPage


def main(folder: Path, password: str, centre: str, words: str) -> None:
    """Type a question to a centre, and say ``ready`` once the program kept it by itself."""
    application = QApplication(["pravo"])
    window = Window(folder, "ru")
    window.show()

    def enter() -> None:
        window.enter(open_workplace(folder, password=password))
        then(lambda: window.shell is not None and not window.at_work, choose)

    def receipts() -> ReceiptsPage:
        assert window.shell is not None
        page = window.shell.page
        assert isinstance(page, ReceiptsPage)
        return page

    def choose() -> None:
        assert window.shell is not None
        window.shell.go("receipts")
        receipts().centre.choose(centre)
        then(lambda: len(receipts().told.rows) == 1 and not window.at_work, ask)

    def ask() -> None:
        receipts().question_ru.setFocus()
        write(window, words)
        then(
            lambda: not receipts().drafting.timer.isActive() and not window.at_work,
            lambda: print("ready", flush=True),
        )

    def then(condition: Callable[[], object], run: Callable[[], object]) -> None:
        if condition():
            run()
        else:
            QTimer.singleShot(20, lambda: then(condition, run))

    then(lambda: window.door is not None and not window.at_work, enter)
    application.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
