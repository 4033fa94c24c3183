"""A printed material, and a hand-out of its copies."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from pravo_desktop.domain.records import HandOut, PrintedMaterial
from pravo_desktop.domain.versions import new_id
from pravo_desktop.i18n import N_
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.event_queries import (
    EventLine,
    HandOutLine,
    MaterialLine,
    event_lines,
    hand_out_lines,
    material_lines,
)
from pravo_desktop.usecases.events import save_hand_out, save_printed_material
from ui.forms.loaded_form import LoadedForm, NumberEdit
from ui.models.events import EventRow
from ui.page import Desk
from ui.widgets.choices import Choice, labels_of
from ui.widgets.fields import DateEdit, Field
from ui.widgets.layouts import pair

MOST_COPIES = 1_000_000_000


class MaterialForm(LoadedForm):
    """Adds a printed material or changes one.

    Args:
        material_id: what to change; empty adds one.
    """

    name = N_("Printed material")

    def __init__(self, desk: Desk, material_id: str = "") -> None:
        super().__init__(desk, material_id=material_id)
        t, theme = self.t, desk.theme
        self.material_id = material_id
        self.material_title = QLineEdit()
        self.language = Choice(labels_of(t, classifiers().kinds["event_language"]))
        self.ordered_on = DateEdit(t, desk.clock, desk.clock.today())
        self.copies_made = NumberEdit(maximum=MOST_COPIES)
        self.fields = {
            field.name: field
            for field in (
                Field(theme, t.text("&Title"), "title", self.material_title),
                Field(theme, t.text("&Language"), "language", self.language),
                Field(theme, t.text("&Ordered or received on"), "ordered_on", self.ordered_on),
                Field(
                    theme,
                    t.text("&Copies made"),
                    "copies_made",
                    self.copies_made,
                    t.text("Leave it empty if others ordered the printing: they count the copies."),
                ),
            )
        }
        f, fields = self.fields, self.form.fields
        fields.addWidget(f["title"])
        fields.addLayout(pair(f["language"], f["ordered_on"]))
        fields.addWidget(f["copies_made"])
        self.put_removal(t.text("Remo&ve this material…"), "printed_materials", material_id)
        self.end_form()

    def title(self) -> str:
        if self.material_id:
            return self.t.text("Printed material")
        return self.t.text("New printed material")

    def start(self) -> None:
        self.material_title.setFocus()

    def reload(self) -> None:
        if self.material_id:
            self.load(lambda job: material_lines(job.session, job.actor), self._put)

    def _put(self, lines: list[MaterialLine]) -> None:
        for line in lines:
            if line.material.id == self.material_id:
                self.material_title.setText(line.material.title)
                self.language.choose(line.material.language)
                self.ordered_on.put(line.material.ordered_on)
                self.copies_made.put(line.material.copies_made or None)

    def save(self) -> None:
        self.clear_findings()
        day = self.ordered_on.day()
        if day is None:
            field = self.fields["ordered_on"]
            (self.not_a_date if self.ordered_on.mistyped else self.required)(field)
            return
        made, reasons = (
            PrintedMaterial(
                id=self.material_id or new_id(),
                title=self.material_title.text(),
                language=self.language.value,
                ordered_on=day,
                copies_made=self.copies_made.number() or 0,
            ),
            self.reasons.given(),
        )
        self.submit(
            lambda job: save_printed_material(
                job.session, job.actor, material=made, confirmed=reasons
            ),
            lambda _: self.leave(self.t.text("The printed material is saved.")),
        )


class HandOutForm(LoadedForm):
    """Adds a hand-out or changes one.

    Args:
        hand_out_id: what to change; empty adds one.
        material_id: the material to begin with.
    """

    name = N_("Hand-out")

    def __init__(self, desk: Desk, hand_out_id: str = "", material_id: str = "") -> None:
        super().__init__(desk, hand_out_id=hand_out_id, material_id=material_id)
        t, theme = self.t, desk.theme
        self.hand_out_id, self._material_id = hand_out_id, material_id
        self.material = Choice(())
        self.copies = NumberEdit(maximum=MOST_COPIES)
        self.handed_on = DateEdit(t, desk.clock, desk.clock.today())
        self.event_choice = Choice(())
        self.place = QLineEdit()
        self.fields = {
            field.name: field
            for field in (
                Field(theme, t.text("&Material"), "material_id", self.material),
                Field(theme, t.text("Co&pies"), "copies", self.copies),
                Field(theme, t.text("&Date"), "handed_on", self.handed_on),
                Field(theme, t.text("At an &event"), "event_id", self.event_choice),
                Field(theme, t.text("P&lace, if not at an event"), "place", self.place),
            )
        }
        f, fields = self.fields, self.form.fields
        fields.addWidget(f["material_id"])
        fields.addLayout(pair(f["copies"], f["handed_on"]))
        fields.addWidget(f["event_id"])
        fields.addWidget(f["place"])
        self.put_removal(t.text("Remo&ve this hand-out…"), "hand_outs", hand_out_id)
        self.end_form()

    def title(self) -> str:
        return self.t.text("Hand-out") if self.hand_out_id else self.t.text("New hand-out")

    def start(self) -> None:
        (self.copies if self._material_id else self.material).setFocus()

    def reload(self) -> None:
        self.load(
            lambda job: (
                material_lines(job.session, job.actor),
                event_lines(job.session, job.actor),
                hand_out_lines(job.session, job.actor),
            ),
            lambda found: self._put(*found),
        )

    def _put(
        self, materials: list[MaterialLine], events: list[EventRow], given: list[HandOutLine]
    ) -> None:
        t = self.t
        known = next((one.hand_out for one in given if one.hand_out.id == self.hand_out_id), None)
        self.material.fill(
            [(line.material.id, self._material_text(line)) for line in materials],
            known.material_id if known else self._material_id or None,
        )
        held: list[tuple[str | None, str]] = [
            (line.event.id, f"{t.date(line.event.held_on)}  {line.event.topic}")
            for line in events
            if isinstance(line, EventLine)
        ]
        self.event_choice.fill(
            [("", t.text("Not at an event")), *held], (known.event_id or "") if known else ""
        )
        if known is not None:
            self.copies.put(known.copies)
            self.handed_on.put(known.handed_on)
            self.place.setText(known.place or "")

    def _material_text(self, line: MaterialLine) -> str:
        if line.rest is None:
            return line.material.title
        return self.t.text(
            "{title}, rest {rest}", title=line.material.title, rest=self.t.number(line.rest)
        )

    def save(self) -> None:
        self.clear_findings()
        copies, day = self.copies.number(), self.handed_on.day()
        if not copies:
            self.required(self.fields["copies"])
            return
        if day is None:
            field = self.fields["handed_on"]
            (self.not_a_date if self.handed_on.mistyped else self.required)(field)
            return
        made, reasons = (
            HandOut(
                id=self.hand_out_id or new_id(),
                material_id=self.material.value,
                event_id=self.event_choice.value or None,
                handed_on=day,
                copies=copies,
                place=self.place.text() or None,
            ),
            self.reasons.given(),
        )
        self.submit(
            lambda job: save_hand_out(job.session, job.actor, hand_out=made, confirmed=reasons),
            lambda _: self.leave(self.t.text("The hand-out is saved.")),
        )
