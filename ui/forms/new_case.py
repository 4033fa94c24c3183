"""The way to the form of a new case, by its key from wherever a family may turn out to be new."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence, QShortcut

from ui.page import Desk, Page

NEW_CASE_KEY = "Ctrl+N"


def open_new_case(desk: Desk) -> None:
    """Open the form of a new case over the page in front."""
    from ui.forms.case_form import CaseForm

    desk.navigator.open(CaseForm)


def give_new_case_key(page: Page) -> None:
    """Let ``Ctrl+N`` open the form while a page is in front whose own action has another key."""
    QShortcut(QKeySequence(NEW_CASE_KEY), page, lambda: open_new_case(page.desk))
