"""The second step: a centre or headquarters, which centre, which of its computers."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLineEdit

from pravo_desktop.domain.figures import NATIONAL
from pravo_desktop.errors import KnownError
from pravo_desktop.messages import message, translate_error
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.first_receipt import FirstReceipt, first_receipt
from ui.fingerprints import groups
from ui.pages.door import Door
from ui.pages.first_start.step import Step, documents
from ui.widgets.buttons import button
from ui.widgets.choices import Choice, labels_of
from ui.widgets.labels import Note, label

RECEIPT = "receipt"
"""In place of a centre's key: the centre is named by a receipt of headquarters."""
FIRST_LETTER = "A"


class WorkplaceStep(Step):
    """A centre that the program does not know by itself is named by headquarters' receipt."""

    def __init__(self, door: Door) -> None:
        super().__init__(door, door.t.text("What is this computer for?"))
        t, kinds = self.t, classifiers()
        self.offered: FirstReceipt | None = None
        self.workplace = Choice(labels_of(t, kinds.kinds["workplace"]))
        self.centre = Choice(
            [
                *((key, one.city[t.language]) for key, one in kinds.centres.items()),
                (RECEIPT, t.text("Not in the list: open headquarters' receipt…")),
            ]
        )
        self.receipt = QLineEdit()
        self.compared = QCheckBox(t.text("&Headquarters read out the same groups"))
        self.compared.setObjectName("compared")
        self.computer = Choice(
            [
                (FIRST_LETTER, t.text("The first one of the centre")),
                ("more", t.text("One more, or in the place of a broken one")),
            ]
        )
        self.letter = Choice((one, one) for one in "BCDEFGHIJKLMNOPQRSTUVWXYZ")
        self.choose_button = button(t.text("Choose a &file…"), name="choose_receipt")
        self.told = label("", wrap=True)
        self.told.setObjectName("receipt_told")
        self.fingerprint = label("", "code", wrap=True)
        self.fingerprint.setObjectName("receipt_fingerprint")
        self.known = Note(self.theme, "success")
        self.add_field(t.text("This &computer is for"), "workplace", self.workplace)
        self.add_field(t.text("C&entre in"), "centre", self.centre)
        self.add_field(
            t.text("&Receipt of headquarters"),
            "receipt",
            self.receipt,
            t.text("The file that headquarters sent to the new centre."),
        )
        self.parts.addWidget(self.choose_button, 0, Qt.AlignmentFlag.AlignLeft)
        for one in (self.told, self.fingerprint, self.compared, self.known):
            self.parts.addWidget(one)
        self.add_field(t.text("Which computer of the centre is &it?"), "computer", self.computer)
        self.add_field(
            t.text("&Letter of this computer"),
            "letter",
            self.letter,
            t.text("One that no computer of the centre had before; it stands in case numbers."),
        )
        self.parts.addWidget(self.failure)
        self.workplace.currentIndexChanged.connect(self._settle)
        self.centre.currentIndexChanged.connect(self._settle)
        self.computer.currentIndexChanged.connect(self._settle)
        self.choose_button.clicked.connect(self._choose)
        self.receipt.editingFinished.connect(self.read)
        self.compared.toggled.connect(self._compare)
        self._settle()

    @property
    def key(self) -> str | None:
        """Key of the chosen centre; None at headquarters or before a receipt was opened."""
        if self.workplace.value != "centre":
            return None
        if self.centre.value != RECEIPT:
            return self.centre.value
        return self.offered.centre if self.offered else None

    @property
    def name_on_paper(self) -> str:
        """What the recovery sheet says of where it belongs."""
        return self.key or NATIONAL

    @property
    def by_receipt(self) -> Path | None:
        """The receipt that names the centre."""
        at_centre = self.workplace.value == "centre"
        if at_centre and self.centre.value == RECEIPT and self.receipt.text().strip():
            return Path(self.receipt.text().strip()).expanduser()
        return None

    @property
    def station_letter(self) -> str:
        if self.workplace.value != "centre" or self.computer.value == FIRST_LETTER:
            return FIRST_LETTER
        return self.letter.value

    def _settle(self) -> None:
        at_centre = self.workplace.value == "centre"
        by_receipt = at_centre and self.centre.value == RECEIPT
        self.fields["centre"].setVisible(at_centre)
        self.fields["computer"].setVisible(at_centre)
        self.fields["letter"].setVisible(at_centre and self.computer.value != FIRST_LETTER)
        self.fields["receipt"].setVisible(by_receipt)
        self.choose_button.setVisible(by_receipt)
        for one in (self.told, self.fingerprint, self.compared):
            one.setVisible(by_receipt and self.offered is not None)
        if not (by_receipt and self.offered is not None and self.offered.case_code):
            self.known.show_text("", "success")

    def _choose(self) -> None:
        dialog = QFileDialog(self, self.t.text("Receipt of headquarters"))
        dialog.setNameFilter("*.xlsx")
        dialog.setDirectory(str(documents()))
        dialog.fileSelected.connect(self.open)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def begin_with(self, file: Path) -> None:
        """Have this step filled in with the receipt that the program was started with."""
        self.workplace.choose("centre")
        self.centre.choose(RECEIPT)
        self.open(str(file))

    def begin_again(self) -> None:
        """Have this step filled in as for a computer in the place of a lost one."""
        self.workplace.choose("centre")
        self.computer.choose("more")

    def open(self, file: str) -> None:
        """Look at a receipt."""
        self.receipt.setText(file)
        self.compared.setChecked(False)
        self.read()

    def read(self) -> None:
        """Read what the file in the line may say before and after its key was compared."""
        path = self.by_receipt
        if path is None:
            return
        compared = None
        if self.compared.isChecked() and self.offered is not None:
            compared = self.offered.fingerprint
        self.door.runner.document(
            self, lambda hook: first_receipt(path, compared=compared), self._show, self._refused
        )

    def _compare(self) -> None:
        if self.offered is not None:
            self.read()

    def _show(self, offered: FirstReceipt) -> None:
        t = self.t
        if self.offered is not None and self.offered.fingerprint != offered.fingerprint:
            self.compared.setChecked(False)
        self.offered = offered
        self.fields["receipt"].clear_finding()
        self.told.setText(
            t.text(
                "Call headquarters at a number that you know. They read out the fingerprint of "
                "their key; compare it group by group:"
            )
        )
        self.fingerprint.setText(groups(offered.fingerprint))
        if self.compared.isChecked() and not offered.case_code:
            self.read()
        elif offered.case_code:
            self.known.show_text(
                t.text(
                    "Centre in {city}. Case numbers begin with {code}.",
                    city=offered.city[t.language],
                    code=offered.case_code,
                ),
                "success",
            )
        self._settle()

    def _refused(self, error: Exception) -> None:
        self.offered = None
        self._settle()
        if isinstance(error, KnownError):
            self.point_at("receipt", translate_error(self.t, error))
        else:
            self.failure.show_text(message(self.t, "bug"))

    def check(self) -> bool:
        self.clear_findings()
        if self.workplace.value != "centre" or self.centre.value != RECEIPT:
            return True
        if not self.filled("receipt"):
            return False
        if self.offered is None:
            self.read()
            return False
        if not self.offered.case_code:
            self.failure.show_text(
                self.t.text("First compare the fingerprint with headquarters by phone.")
            )
            self.compared.setFocus()
            return False
        return True
