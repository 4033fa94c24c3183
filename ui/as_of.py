"""The field for the day as of which figures are counted."""

from __future__ import annotations

from datetime import date

from pravo_desktop.messages import message
from ui.page import Desk
from ui.widgets.fields import DateEdit, Field


class AsOfField(Field):
    """A day that is not in the future; empty stands for today."""

    def __init__(self, desk: Desk) -> None:
        t = desk.t
        self.edit = DateEdit(t, desk.clock, desk.clock.today())
        self._t, self._clock = t, desk.clock
        super().__init__(
            desk.theme,
            t.text("&As of"),
            "as_of",
            self.edit,
            t.text("Packages received by the end of this day are counted."),
        )

    def day(self) -> date | None:
        """The day that is meant; None after saying under the field what is wrong."""
        self.clear_finding()
        today = self._clock.today()
        if not self.edit.text().strip():
            return today
        day = self.edit.day()
        if day is None:
            self.show_finding(self._t.text("This is not a date. Write it as 05.12.2024."))
        elif day > today:
            self.show_finding(message(self._t, "date_in_future"))
            return None
        return day
