"""A question before a deed: a sentence, a verb on each button, Escape always safe."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QMessageBox, QWidget

from pravo_desktop.i18n import Translator


def ask(
    parent: QWidget,
    t: Translator,
    *,
    question: str,
    explained: str,
    verb: str,
    run: Callable[[], object],
) -> QMessageBox:
    """Ask, and run the deed if the person wants it; returns at once.

    Args:
        explained: what will happen.
        verb: on the button that does it.
    """
    box = QMessageBox(parent)
    box.setObjectName("question")
    box.setText(question)
    box.setInformativeText(explained)
    does = box.addButton(verb, QMessageBox.ButtonRole.AcceptRole)
    does.setObjectName("yes")
    leaves = box.addButton(t.text("Cancel"), QMessageBox.ButtonRole.RejectRole)
    leaves.setObjectName("no")
    box.setDefaultButton(leaves)
    box.setEscapeButton(leaves)
    box.setAccessibleName(question)

    def answered() -> None:
        if box.clickedButton() is does:
            run()
        box.deleteLater()

    box.finished.connect(answered)
    box.open()
    return box
