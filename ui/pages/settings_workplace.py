"""The settings' parts on the workplace: what it is, the head of its papers, who signs."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from pravo_desktop.domain.figures import NATIONAL
from pravo_desktop.usecases.actor import LEAD
from pravo_desktop.usecases.centre_card import CentreCard
from pravo_desktop.usecases.station import StationCard
from ui.forms.key_forms import OwnKeyPanel, StatementPanel
from ui.models.places import region_name
from ui.page import Desk
from ui.pages.first_run import groups
from ui.theme import GRID
from ui.widgets.buttons import button
from ui.widgets.labels import label
from ui.widgets.layouts import column


def card_title(desk: Desk) -> str:
    """How the card is called at a centre, and at headquarters."""
    national = desk.centre == NATIONAL
    return desk.t.text("Headquarters' details") if national else desk.t.text("Centre card")


class WorkplacePanel(QWidget):
    """What the data folder is, and what stands at the head of its papers.

    Args:
        come_back_to: is told which control the keyboard returns to from another page.
    """

    def __init__(self, desk: Desk, come_back_to: Callable[[str], object]) -> None:
        super().__init__()
        self.desk, self.t = desk, desk.t
        self._come_back_to = come_back_to
        t = self.t
        self.facts = label("", wrap=True)
        self.facts.setObjectName("facts")
        self.head_of_papers = label("", wrap=True)
        self.head_of_papers.setObjectName("head_of_papers")
        self._national = desk.centre == NATIONAL
        fill_in = t.text("&Fill in the centre card…")
        if self._national:
            fill_in = t.text("&Fill in headquarters' details…")
        self.card_button = button(fill_in, name="centre_card")
        self.card_button.clicked.connect(self.fill_in_card)
        layout = column(2 * GRID)
        layout.addWidget(label(t.text("This workplace"), "section"))
        layout.addWidget(self.facts)
        layout.addSpacing(GRID)
        layout.addWidget(label(card_title(desk), "section"))
        layout.addWidget(self.head_of_papers)
        layout.addWidget(self.card_button)
        self.setLayout(layout)

    def put(self, card: StationCard, printed: CentreCard) -> None:
        """Show what there is."""
        t = self.t
        lines = [card.name[t.language]]
        if card.region:
            lines.append(region_name(t, card.region))
        if self._national:
            practice = t.text("Practice folder: its figures are invented.")
        else:
            practice = t.text("Practice folder: headquarters does not count it.")
            letter = card.station_letter
            lines.append(t.text("Station letter in case numbers: {letter}", letter=letter))
        if card.practice:
            lines.append(practice)
        self.facts.setText("\n".join(lines))
        head = (
            printed.in_language("name", t.language),
            t.text("BIN {number}", number=printed.bin) if printed.bin else None,
            printed.in_language("address", t.language),
            " · ".join(filter(None, (printed.phone, printed.email))),
        )
        self.head_of_papers.setText(
            "\n".join(filter(None, head))
            or (
                t.text("Papers have no BIN, address and phone yet: fill them in.")
                if self._national
                else t.text("Papers have no BIN, address and phone yet: fill in the card.")
            )
        )

    def fill_in_card(self) -> None:
        """Open the form of what heads the papers."""
        from ui.forms.centre_card_form import CentreCardForm

        self._come_back_to("centre_card")
        self.desk.navigator.open(CentreCardForm)


class SigningPanel(QWidget):
    """The fingerprint that headquarters compares, and what one may do with the key."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.t = t = desk.t
        self.fingerprint = label("", "code", wrap=True)
        self.fingerprint.setObjectName("fingerprint")
        self.fingerprint.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.key = OwnKeyPanel(desk)
        layout = column(2 * GRID)
        layout.addWidget(label(t.text("Your signing key"), "section"))
        layout.addWidget(
            label(
                t.text("Headquarters compares this fingerprint with you over the phone.")
                if desk.actor.roles & LEAD
                else t.text("Centres compare this fingerprint with you over the phone."),
                "grey",
                wrap=True,
            )
        )
        layout.addWidget(self.fingerprint)
        layout.addWidget(self.key)
        if not desk.actor.roles & LEAD:
            self.statements = StatementPanel(desk)
            layout.addWidget(label(t.text("Keys of the centres"), "section"))
            layout.addWidget(self.statements)
        self.setLayout(layout)

    def put(self, card: StationCard) -> None:
        """Show the fingerprint of the one who signed in."""
        self.key.reload()
        self.fingerprint.setText(
            groups(card.fingerprint)
            if card.fingerprint
            else self.t.text("This account has no signing key.")
        )
