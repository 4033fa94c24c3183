"""Trusting a key: its fingerprint to compare by phone, a word that it was compared, the deed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QWidget

from pravo_desktop.i18n import N_, Translator
from ui.models.places import centre_name
from ui.page import Desk
from ui.pages.first_run import groups
from ui.theme import GRID
from ui.widgets.buttons import button
from ui.widgets.labels import label
from ui.widgets.layouts import column, row

SPOKEN = N_(
    "Please read the fingerprint of your key from your screen, group by group; I compare it."
)
LETTERS = N_("The letters are Latin: A “a”, B “be”, C “tse”, D “de”, E “e”, F “ef”.")


class TrustPanel(QFrame):
    """Shows an unknown key and lets it be trusted once it was compared.

    Args:
        told: whom to call and how; the centre, where nothing is said.
    """

    wanted = Signal(str, str)
    """Trust this fingerprint, for this centre."""

    def __init__(self, desk: Desk, told: str = "") -> None:
        super().__init__()
        self.t = desk.t
        self.setObjectName("card")
        self._fingerprint = self._centre = ""
        self._head = label("", "section", wrap=True)
        explained = label(
            told
            or self.t.text(
                "Call the centre at a number you know, not one from the letter with the file. "
                "Both read the same fingerprint, group by group."
            ),
            "grey",
            wrap=True,
        )
        self.shown = QWidget()
        self.shown.setObjectName("fingerprint")
        self._groups = QGridLayout()
        self._groups.setContentsMargins(0, 0, 0, 0)
        self._groups.setHorizontalSpacing(2 * GRID)
        self.shown.setLayout(self._groups)
        spoken = column(GRID)
        spoken.addStretch(1)
        for language in ("kk", "ru"):
            spoken.addWidget(label(f"«{Translator(language).text(SPOKEN)}»", "quiet", wrap=True))
        spoken.addWidget(label(self.t.text(LETTERS), "quiet", wrap=True))
        spoken.addStretch(1)
        self.compared = QCheckBox(self.t.text("&Compared by phone: all groups are the same"))
        self.compared.setObjectName("compared")
        self.trust_button = button(self.t.text("&Trust this key"), name="trust")
        self.trust_button.clicked.connect(self._trust)
        self.compared.toggled.connect(self.trust_button.setEnabled)
        middle = row(3 * GRID)
        middle.addWidget(self.shown)
        middle.addLayout(spoken, 1)
        below = row(2 * GRID)
        below.addWidget(self.compared)
        below.addWidget(self.trust_button)
        below.addStretch(1)
        layout = column(GRID)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.addWidget(self._head)
        layout.addWidget(explained)
        layout.addLayout(middle)
        layout.addLayout(below)
        self.setLayout(layout)

    def show_key(self, fingerprint: str, centre: str) -> None:
        """Show an unknown key; it has to be compared anew."""
        if fingerprint != self._fingerprint:
            self._fingerprint, self._centre = fingerprint, centre
            self._head.setText(
                self.t.text(
                    "An unknown key. The file says: {centre}", centre=centre_name(self.t, centre)
                )
            )
            self._show_groups(groups(fingerprint).splitlines())
            self.shown.setAccessibleName(self.t.text("Fingerprint of the key"))
            self.shown.setAccessibleDescription(groups(fingerprint))
            self.compared.setChecked(False)
            self.trust_button.setEnabled(False)

    def _show_groups(self, lines: list[str]) -> None:
        """Numbered lines of groups that stand under each other."""
        while (item := self._groups.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for number, line in enumerate(lines):
            self._groups.addWidget(label(f"{number + 1}.", "quiet"), number, 0)
            for position, group in enumerate(line.split(), 1):
                self._groups.addWidget(label(group, "code"), number, position)

    def _trust(self) -> None:
        self.trust_button.setEnabled(False)
        self.wanted.emit(self._fingerprint, self._centre)
