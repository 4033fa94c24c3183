"""The fields of a consultation: day, specialist, format, who came, topics, minutes, note."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QLineEdit, QWidget

from pravo_desktop.messages import message
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.cases import ConsultationForm
from pravo_desktop.usecases.queries import ConsultationLine, StaffLine
from ui.forms.next_visit import NextVisit
from ui.page import Desk
from ui.theme import GRID
from ui.widgets.choices import Choice, Choices, labels_of
from ui.widgets.fields import DateEdit, Field, TextArea
from ui.widgets.layouts import column, pair

LONGEST = 600
"""Minutes that a consultation may last."""


class ConsultationEditor(QWidget):
    """The fields of a consultation; begins with today, in person, the account's own specialist.

    Args:
        with_plans: asks for the next visit and a referral too.
    """

    changed = Signal()

    def __init__(self, desk: Desk, *, with_plans: bool = True) -> None:
        super().__init__()
        self.setObjectName("consultation")
        t, theme = desk.t, desk.theme
        self._desk = desk
        kinds = classifiers().kinds
        self._staff: list[StaffLine] = []
        self._closed = False
        self.held_on = DateEdit(t, desk.clock, desk.clock.today())
        self.specialist = Choice(())
        self.format = Choice(labels_of(t, kinds["consultation_format"]))
        self.minutes = QLineEdit()
        self.minutes.setValidator(QIntValidator(1, LONGEST, self))
        self.attendees = Choices(theme, ())
        self.topics = Choices(theme, labels_of(t, kinds["topic"]))
        self.note = TextArea(theme)
        self.plans = NextVisit(desk)
        self.fields = {
            field.name: field
            for field in (
                Field(theme, t.text("&Date"), "held_on", self.held_on),
                Field(theme, t.text("&Specialist"), "specialist_id", self.specialist),
                Field(theme, t.text("&How"), "format", self.format),
                Field(theme, t.text("&Minutes, if counted"), "minutes", self.minutes),
                Field(theme, t.text("Who &came"), "attendees", self.attendees),
                Field(theme, t.text("&Topics"), "topics", self.topics),
                Field(
                    theme,
                    t.text("&Note"),
                    "note",
                    self.note,
                    t.text("Only you can read it. It never leaves the centre."),
                ),
            )
        }
        f = self.fields
        layout = column(2 * GRID)
        layout.addWidget(f["attendees"])
        layout.addLayout(pair(f["held_on"], f["specialist_id"]))
        layout.addLayout(pair(f["format"], f["minutes"]))
        layout.addWidget(f["topics"])
        layout.addWidget(f["note"])
        layout.addWidget(self.plans)
        self.setLayout(layout)
        if not with_plans:
            self.plans.hide()

    def set_staff(self, staff: Sequence[StaffLine], day: date | None = None) -> None:
        """Offer those who work here on a day, today if none, the person's own name first chosen."""
        day = day or self._desk.clock.today()
        self._staff = [line for line in staff if line.employed_on(day)] or list(staff)
        own = self._desk.actor.staff_id
        professions = classifiers().kinds["profession"]
        entries: list[tuple[str | None, str]] = []
        for line in self._staff:
            profession = self._desk.t.label(professions[line.profession])
            entries.append(
                (line.staff_id, f"{line.name}, {profession}" if line.name else profession)
            )
        self.specialist.fill(entries, self.specialist.value or own)

    def set_people(self, people: Sequence[tuple[str, str]], came: Iterable[str]) -> None:
        """Offer these as attendees: key and name, some ticked."""
        self.attendees.fill(list(people), came)

    def put(self, line: ConsultationLine) -> None:
        """Show a consultation that was recorded; its people and specialists are offered before."""
        record = line.consultation
        self.held_on.put(record.held_on)
        self.specialist.choose(record.specialist_id)
        self.format.choose(record.format)
        self.minutes.setText(str(record.minutes or ""))
        self.topics.fill(labels_of(self._desk.t, classifiers().kinds["topic"]), record.topics)
        self.note.setPlainText(line.note or "")
        self._closed = line.noted is not None and line.note is None
        self.note.setEnabled(not self._closed)
        if line.noted is not None and self._closed:
            t = self._desk.t
            self.fields["note"].show_finding(
                message(t, "notes_locked")
                if line.noted.own
                else t.text("A note by {name}, who alone can read it.", name=line.noted.author),
                warning=True,
            )

    @property
    def mistyped(self) -> Field | None:
        """A date's field when it holds no date."""
        return self.fields["held_on"] if self.held_on.mistyped else self.plans.mistyped

    def form(self) -> ConsultationForm:
        """What is typed, as the use cases take it."""
        minutes = self.minutes.text()
        return ConsultationForm(
            held_on=self.held_on.day(),
            specialist_id=self.specialist.value or None,
            format=self.format.value,
            attendees=self.attendees.values(),
            topics=self.topics.values(),
            minutes=int(minutes) if minutes.isdecimal() else None,
            note=None if self._closed else self.note.toPlainText().strip(),
        )

    def clear(self) -> None:
        """Be ready for the next: the day and the specialist stay."""
        self.minutes.clear()
        self.note.clear()
        self.note.setEnabled(True)
        self.fields["note"].clear_finding()
        self._closed = False
        self.plans.clear()
        self.attendees.fill(())
        self.topics.fill(labels_of(self._desk.t, classifiers().kinds["topic"]))
        self.format.choose("in_person")
