"""What comes after a consultation: the next visit, and to whom the couple is referred."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QLineEdit, QWidget

from pravo_desktop.domain.dates import parse_coming_date
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases.appointments import plan_appointment, refer_case
from ui.page import Desk
from ui.runner import Job
from ui.theme import GRID
from ui.widgets import Choice, DateEdit, Field, column, labels_of, pair

OUTSIDE = "outside"
"""The entry of the list of professions that means a body outside the centre."""


class ComingDate(DateEdit):
    """A date that lies ahead: ``5`` is the coming fifth."""

    def day(self) -> date | None:
        written = self.text().strip()
        return parse_coming_date(written, today=self._clock.today()) if written else None


class NextVisit(QWidget):
    """Optional fields; what is filled in is saved together with the consultation."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("plans")
        t, theme = desk.t, desk.theme
        self.next_on = ComingDate(t, desk.clock)
        self.referred_to = Choice(
            [
                ("", t.text("Nobody")),
                *labels_of(t, classifiers().kinds["profession"]),
                (OUTSIDE, t.text("A body outside the centre")),
            ]
        )
        self.body = QLineEdit()
        self.fields = {
            field.name: field
            for field in (
                Field(theme, t.text("Next visit, if agreed"), "planned_on", self.next_on),
                Field(theme, t.text("&Referred to"), "profession", self.referred_to),
                Field(theme, t.text("Which body"), "body", self.body),
            )
        }
        f = self.fields
        layout = column(2 * GRID)
        layout.addLayout(pair(f["planned_on"], f["profession"]))
        layout.addWidget(f["body"])
        self.setLayout(layout)
        self.referred_to.currentIndexChanged.connect(self._settle)
        self._settle()

    def _settle(self) -> None:
        self.fields["body"].setVisible(self.referred_to.value == OUTSIDE)

    @property
    def mistyped(self) -> Field | None:
        """The date's field when it holds no date."""
        return self.fields["planned_on"] if self.next_on.mistyped else None

    @property
    def unfilled(self) -> Field | None:
        """The field of the outside body while it has no name."""
        lacks = self.referred_to.value == OUTSIDE and not self.body.text().strip()
        return self.fields["body"] if lacks else None

    def keeping(self, specialist_id: str | None) -> Callable[[Job, str], None]:
        """The use cases that save what is typed now, to be called with the id of the case.

        Args:
            specialist_id: whom the couple comes to next.
        """
        next_on, chosen, body = self.next_on.day(), self.referred_to.value, self.body.text().strip()

        def keep(job: Job, case_id: str) -> None:
            if next_on is not None:
                plan_appointment(
                    job.session,
                    job.actor,
                    case_id=case_id,
                    planned_on=next_on,
                    specialist_id=specialist_id,
                )
            if chosen:
                refer_case(
                    job.session,
                    job.actor,
                    case_id=case_id,
                    profession=None if chosen == OUTSIDE else chosen,
                    body=body if chosen == OUTSIDE else None,
                )

        return keep

    def clear(self) -> None:
        """Be ready for the next."""
        self.next_on.clear()
        self.referred_to.choose("")
        self.body.clear()
