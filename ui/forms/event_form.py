"""An event of the station, and our people at an event of others."""

from __future__ import annotations

import re
from typing import TypedDict

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLineEdit

from pravo_desktop.domain.figures import NATIONAL
from pravo_desktop.domain.records import Event, EventAttendance
from pravo_desktop.i18n import N_, Translator
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.event_queries import (
    EventPlaces,
    attendance_card,
    event_card,
    event_places,
)
from pravo_desktop.usecases.events import (
    attach_attendance,
    event_code,
    save_event,
)
from ui.forms.loaded_form import LoadedForm, NumberEdit
from ui.models.events import shown_code
from ui.page import Desk
from ui.theme import GRID, Theme
from ui.widgets.buttons import button
from ui.widgets.choices import Choice, Choices, labels_of
from ui.widgets.fields import DateEdit, Field
from ui.widgets.labels import label
from ui.widgets.layouts import column, pair, row

CODE = re.compile(r"[0-9A-F]{10}")
_SAME_LETTERS = str.maketrans("АВСЕ", "ABCE")
"""Letters of a code typed with the Russian or Kazakh keyboard on."""


class Numbers(TypedDict):
    """How many came."""

    men: int
    women: int
    children: int
    couples: int
    basis: str


class Attendances:
    """The fields of how many came, counted or estimated."""

    def __init__(self, t: Translator, theme: Theme) -> None:
        self.men, self.women, self.children, self.couples = (NumberEdit() for _ in range(4))
        self.basis = Choice(labels_of(t, classifiers().kinds["attendance_basis"]))
        self.line = pair(
            Field(theme, t.text("&Men"), "men", self.men),
            Field(theme, t.text("&Women"), "women", self.women),
            Field(theme, t.text("&Children"), "children", self.children),
            Field(theme, t.text("Co&uples"), "couples", self.couples),
        )
        self.basis_field = Field(
            theme,
            t.text("How they were &counted"),
            "basis",
            self.basis,
            t.text("Couples are among the men and women already."),
        )

    def put(self, event: Event | EventAttendance) -> None:
        """Show the numbers of an event; zero is shown, as it was once said."""
        for control, number in (
            (self.men, event.men),
            (self.women, event.women),
            (self.children, event.children),
            (self.couples, event.couples),
        ):
            control.put(number)
        self.basis.choose(event.basis)

    def given(self) -> Numbers:
        """What is typed; nothing typed is nobody."""
        return {
            "men": self.men.number() or 0,
            "women": self.women.number() or 0,
            "children": self.children.number() or 0,
            "couples": self.couples.number() or 0,
            "basis": self.basis.value,
        }


class EventForm(LoadedForm):
    """Adds an event or changes one.

    Args:
        event_id: the event to change; empty adds one.
    """

    name = N_("Event")

    def __init__(self, desk: Desk, event_id: str = "") -> None:
        super().__init__(desk, event_id=event_id)
        t, theme, kinds = self.t, desk.theme, classifiers().kinds
        self.event_id = event_id
        self.kind = Choice(labels_of(t, kinds["event_kind"]))
        self.held_on = DateEdit(t, desk.clock, desk.clock.today())
        self.topic = QLineEdit()
        self.region = Choice(())
        self.place = QLineEdit()
        self.leader = Choice([("", t.text("Guest"))])
        self.partner = QLineEdit()
        self.language = Choice(labels_of(t, kinds["event_language"]))
        self.target_group = Choice(
            [("", t.text("Not stated")), *labels_of(t, kinds["target_group"])]
        )
        self.attendances = Attendances(t, theme)
        self.evidence = QLineEdit()
        self.centres = Choices(theme, ())
        self.fields = {
            field.name: field
            for field in (
                Field(theme, t.text("&Kind of event"), "kind", self.kind),
                Field(theme, t.text("&Date"), "held_on", self.held_on),
                Field(theme, t.text("&Topic"), "topic", self.topic),
                Field(theme, t.text("&Region it is for"), "region", self.region),
                Field(theme, t.text("&Place"), "place", self.place),
                Field(theme, t.text("Led b&y"), "leader_id", self.leader),
                Field(theme, t.text("Part&ner, if any"), "partner", self.partner),
                Field(theme, t.text("&Language"), "language", self.language),
                Field(theme, t.text("Whom it is &for"), "target_group", self.target_group),
                Field(
                    theme,
                    t.text("&Evidence, if any"),
                    "evidence",
                    self.evidence,
                    t.text("Number of the act or list, or a link to photos."),
                ),
                Field(
                    theme,
                    t.text("Other centres that t&ook part"),
                    "attending_centres",
                    self.centres,
                ),
            )
        }
        f, fields = self.fields, self.form.fields
        if event_id:
            fields.addWidget(self._code_card())
        fields.addLayout(pair(f["kind"], f["held_on"]))
        fields.addWidget(f["topic"])
        if desk.centre == NATIONAL:
            fields.addLayout(pair(f["region"], f["place"]))
        else:
            fields.addWidget(f["place"])
        fields.addLayout(pair(f["leader_id"], f["partner"]))
        fields.addLayout(pair(f["language"], f["target_group"]))
        self.add_section(t.text("Who came"))
        fields.addLayout(self.attendances.line)
        fields.addWidget(self.attendances.basis_field)
        fields.addWidget(f["attending_centres"])
        self.add_section(t.text("Evidence"))
        fields.addWidget(f["evidence"])
        self.put_removal(t.text("Remo&ve the event…"), "events", event_id)
        self.end_form()

    def _code_card(self) -> QFrame:
        t = self.t
        card = QFrame()
        card.setObjectName("card")
        self.code = label(shown_code(event_code(self.event_id)), "title")
        self.code.setObjectName("code")
        self.code.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.code.setAccessibleName(t.text("Code of the event: {code}", code=self.code.text()))
        survey = button(t.text("&Survey sheets…"), name="survey")
        survey.clicked.connect(self.survey)
        top = row(GRID)
        top.addWidget(self.code, 1)
        top.addWidget(survey)
        layout = column(GRID, 2 * GRID)
        layout.addLayout(top)
        layout.addWidget(
            label(
                t.text(
                    "Tell this code to the other centres: with it they enter their people at "
                    "this event."
                ),
                "quiet",
                wrap=True,
            )
        )
        card.setLayout(layout)
        return card

    def title(self) -> str:
        return self.t.text("Event") if self.event_id else self.t.text("New event")

    def start(self) -> None:
        self.kind.setFocus()

    def reload(self) -> None:
        event_id = self.event_id
        self.load(
            lambda job: (
                event_places(job.session, job.actor),
                event_card(job.session, job.actor, event_id) if event_id else None,
            ),
            lambda found: self._put(*found),
        )

    def _put(self, places: EventPlaces, event: Event | None) -> None:
        t, professions = self.t, classifiers().kinds["profession"]
        office = classifiers().pseudo_regions[NATIONAL]
        self.region.fill(
            [
                (NATIONAL, t.label(office)),
                *((key, names[t.language]) for key, names in places.regions.items()),
            ]
            if places.regions
            else [(event.region if event else "", "")]
        )
        staff: list[tuple[str | None, str]] = [("", t.text("Guest"))]
        for line in places.staff:
            profession = t.label(professions[line.profession])
            staff.append((line.staff_id, f"{line.name}, {profession}" if line.name else profession))
        self.leader.fill(staff, event.leader_id or "" if event else self.desk.actor.staff_id)
        cities = [(key, city.get(t.language, key)) for key, city in places.centres.items()]
        self.centres.fill(
            [(NATIONAL, t.label(office)), *cities] if not places.regions else [*cities],
            event.attending_centres if event else (),
        )
        if event is None:
            return
        self.kind.choose(event.kind)
        self.held_on.put(event.held_on)
        self.topic.setText(event.topic)
        self.region.choose(event.region)
        self.place.setText(event.place or "")
        self.partner.setText(event.partner or "")
        self.language.choose(event.language)
        self.target_group.choose(event.target_group or "")
        self.attendances.put(event)
        self.evidence.setText(event.evidence or "")

    def save(self) -> None:
        self.clear_findings()
        held_on = self.held_on.day()
        if held_on is None:
            field = self.fields["held_on"]
            (self.not_a_date if self.held_on.mistyped else self.required)(field)
            return
        kind, topic, region = self.kind.value, self.topic.text(), self.region.value or None
        place, leader = self.place.text() or None, self.leader.value or None
        partner, language = self.partner.text() or None, self.language.value
        group, numbers = self.target_group.value or None, self.attendances.given()
        evidence, centres = self.evidence.text() or None, self.centres.values()
        event_id, reasons = self.event_id or None, self.reasons.given()
        self.submit(
            lambda job: save_event(
                job.session,
                job.actor,
                kind=kind,
                held_on=held_on,
                topic=topic,
                region=region,
                attending_centres=centres,
                place=place,
                leader_id=leader,
                partner=partner,
                language=language,
                target_group=group,
                **numbers,
                evidence=evidence,
                event_id=event_id,
                confirmed=reasons,
            ),
            self._saved,
        )

    def _saved(self, event_id: str) -> None:
        self.leave(
            self.t.text(
                "The event is saved. Its code for other centres: {code}",
                code=shown_code(event_code(event_id)),
            ),
            self.t.text("Survey sheets"),
            lambda: self._open_survey(event_id),
        )

    def _open_survey(self, event_id: str) -> None:
        from ui.forms.survey_grid import SurveyForm

        self.desk.navigator.open(SurveyForm, event_id=event_id)

    def survey(self) -> None:
        """Type the survey sheets of this event."""
        self._open_survey(self.event_id)


class AttendanceForm(LoadedForm):
    """Our people at an event of another centre or of headquarters, by its code.

    Args:
        attendance_id: what to change; empty adds one.
    """

    name = N_("Part in an event of others")

    def __init__(self, desk: Desk, attendance_id: str = "") -> None:
        super().__init__(desk, attendance_id=attendance_id)
        t, theme = self.t, desk.theme
        self.attendance_id = attendance_id
        self.code = QLineEdit()
        self.held_on = DateEdit(t, desk.clock, desk.clock.today())
        self.attendances = Attendances(t, theme)
        self._code_field = Field(
            theme,
            t.text("C&ode of the event"),
            "event_code",
            self.code,
            t.text("Ten digits and letters; the centre that held it sees them in its form."),
        )
        self._held_field = Field(theme, t.text("&Date"), "held_on", self.held_on)
        fields = self.form.fields
        fields.addLayout(pair(self._code_field, self._held_field))
        fields.addLayout(self.attendances.line)
        fields.addWidget(self.attendances.basis_field)
        self.put_removal(t.text("Remo&ve our people here…"), "event_attendances", attendance_id)
        self.end_form()

    def start(self) -> None:
        self.code.setFocus()

    def reload(self) -> None:
        attendance_id = self.attendance_id
        if attendance_id:
            self.load(lambda job: attendance_card(job.session, job.actor, attendance_id), self._put)

    def _put(self, known: EventAttendance) -> None:
        self.code.setText(shown_code(known.event_code))
        self.held_on.put(known.held_on)
        self.attendances.put(known)

    def save(self) -> None:
        self.clear_findings()
        code = re.sub(r"[\s-]", "", self.code.text()).upper().translate(_SAME_LETTERS)
        if not CODE.fullmatch(code):
            self.show_finding(
                self._code_field,
                self.t.text("The code has ten digits and letters from A to F, as 3F9A0 B12C4."),
            )
            return
        held_on = self.held_on.day()
        if held_on is None:
            (self.not_a_date if self.held_on.mistyped else self.required)(self._held_field)
            return
        numbers, reasons = self.attendances.given(), self.reasons.given()
        known = self.attendance_id or None
        if not any(numbers[key] for key in ("men", "women", "children", "couples")):
            self.show_finding(
                self.form_field("men"), self.t.text("Say how many of our people came.")
            )
            return
        self.submit(
            lambda job: attach_attendance(
                job.session,
                job.actor,
                event_code=code,
                held_on=held_on,
                **numbers,
                attendance_id=known,
                confirmed=reasons,
            ),
            lambda _: self.leave(self.t.text("Our people at this event are saved.")),
        )

    def form_field(self, name: str) -> Field:
        """The field of this name."""
        return next(field for field in self.findChildren(Field) if field.name == name)
