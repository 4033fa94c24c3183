"""A window in a process of its own that types personal data and then waits to be killed."""

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from pravo_desktop.bootstrap import open_workplace
from tests.ui.canaries import GIVEN, IIN, NOTE, PHONE, SURNAME, UNSAVED
from tests.ui.conftest import write
from ui.app import Window
from ui.forms.case_form import CaseForm


def main(folder: Path, password: str) -> None:
    """Save a case, type half of another, and say ``ready``."""
    application = QApplication(["pravo"])
    window = Window(folder, "ru")
    window.show()
    seen: list[CaseForm] = []

    def enter() -> None:
        window.enter(open_workplace(folder, password=password))
        then(lambda: window.shell is not None and not window.at_work, open_form)

    def open_form() -> None:
        assert window.shell is not None
        form = window.shell.open(CaseForm)
        assert isinstance(form, CaseForm)
        seen.append(form)
        then(lambda: bool(form.visit.specialist.count()), fill)

    def fill() -> None:
        form = seen[-1]
        person = form.people[0]
        person.consent.choose("given")
        again = len(seen) > 1
        type_into(person.surname, UNSAVED if again else SURNAME)
        type_into(person.given_name, GIVEN)
        type_into(form.visit.note, NOTE)
        if again:
            form.keep()
            then(lambda: not window.at_work, lambda: print("ready", flush=True))
            return
        type_into(person.iin, IIN)
        type_into(person.phone, PHONE)
        form.save()
        then(lambda: form is not window.shell.page if window.shell else False, open_form)

    def type_into(field: QWidget, text: str) -> None:
        field.setFocus()
        write(window, text)

    def then(condition: Callable[[], object], run: Callable[[], object]) -> None:
        if condition():
            run()
        else:
            QTimer.singleShot(20, lambda: then(condition, run))

    then(lambda: window.door is not None and not window.at_work, enter)
    application.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
