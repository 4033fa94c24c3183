"""The card of a centre or of headquarters: what the head of every paper says."""

from __future__ import annotations

from dataclasses import asdict

from PySide6.QtWidgets import QLineEdit

from pravo_desktop.domain.figures import NATIONAL
from pravo_desktop.i18n import N_
from pravo_desktop.usecases.centre_card import CentreCard, centre_card, save_centre_card
from ui.forms.grouped import GroupedEdit, grouped_iin
from ui.forms.loaded_form import LoadedForm
from ui.page import Desk
from ui.pages.settings_workplace import card_title
from ui.widgets.fields import Field
from ui.widgets.labels import label
from ui.widgets.layouts import pair


class CentreCardForm(LoadedForm):
    """Changes the card; what is left empty is not printed."""

    name = N_("Centre card")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        t, theme, fields = self.t, desk.theme, self.form.fields
        labels = {
            "name_kk": t.text("Legal name in &Kazakh"),
            "name_ru": t.text("Legal name in &Russian"),
            "bin": t.text("&BIN"),
            "phone": t.text("&Phone"),
            "address_kk": t.text("&Address in Kazakh"),
            "address_ru": t.text("A&ddress in Russian"),
            "email": t.text("&E-mail"),
            "head_kk": t.text("P&osition in Kazakh"),
            "head_ru": t.text("Position in R&ussian"),
        }
        hints = {
            "name_kk": t.text("Left empty: the foundation of the project."),
            "bin": t.text("12 digits, of the same organisation."),
            "head_kk": t.text("Left empty: head of the centre."),
        }
        self._national = desk.centre == NATIONAL
        if self._national:
            hints["head_kk"] = t.text("Left empty: coordinator.")
        self.edits = {name: QLineEdit() for name in labels}
        self.edits["bin"] = GroupedEdit(grouped_iin)
        self.fields = {
            name: Field(theme, words, name, self.edits[name], hints.get(name, ""))
            for name, words in labels.items()
        }
        f = self.fields
        fields.addWidget(
            label(
                t.text(
                    "It stands at the head of every paper printed from now on, and stays on this "
                    "computer."
                ),
                "grey",
                wrap=True,
            )
        )
        fields.addLayout(pair(f["name_kk"], f["name_ru"]))
        fields.addLayout(pair(f["bin"], f["phone"]))
        fields.addLayout(pair(f["address_kk"], f["address_ru"]))
        fields.addWidget(f["email"])
        self.add_section(
            t.text("Who signs for headquarters")
            if self._national
            else t.text("Who signs for the centre")
        )
        fields.addLayout(pair(f["head_kk"], f["head_ru"]))
        self.end_form()

    def title(self) -> str:
        return card_title(self.desk)

    def start(self) -> None:
        self.edits["name_kk"].setFocus()

    def reload(self) -> None:
        self.load(lambda job: centre_card(job.session, job.actor), self._put)

    def _put(self, card: CentreCard) -> None:
        for name, value in asdict(card).items():
            self.edits[name].setText(grouped_iin(value) if name == "bin" else value)

    def save(self) -> None:
        card = CentreCard(**{name: edit.text() for name, edit in self.edits.items()})
        reasons = self.reasons.given()
        self.submit(
            lambda job: save_centre_card(job.session, job.actor, card=card, confirmed=reasons),
            lambda _: self.leave(
                self.t.text("Headquarters' details are saved.")
                if self._national
                else self.t.text("The centre card is saved.")
            ),
        )
