"""The deadline by which the packages of a month are to be there."""

from __future__ import annotations

from pravo_desktop.domain.periods import Month
from pravo_desktop.domain.records import Deadline
from pravo_desktop.i18n import N_
from pravo_desktop.usecases.deadlines import deadlines, remove_deadline, save_deadline
from ui.forms.own_form import OwnForm
from ui.page import Desk
from ui.widgets.choices import Choice
from ui.widgets.fields import DateEdit, Field

_MONTHS = range(1, 13)


class DeadlineForm(OwnForm):
    """Sets until when the packages of a month are in time.

    Args:
        month: whose date to change, as ``YYYY-MM``; empty sets one.
    """

    name = N_("Deadline")

    def __init__(self, desk: Desk, month: str = "") -> None:
        super().__init__(desk, month=month)
        t, theme = self.t, desk.theme
        self.of_month = month
        this = Month.of(desk.clock.today())
        self.month = Choice(
            [
                (str(one), t.month(one))
                for one in (Month(year, n) for year in (this.year, this.year + 1) for n in _MONTHS)
            ],
            str(this),
        )
        if month and self.month.findData(month) < 0:
            self.month.insertItem(0, t.month(Month.parse(month)), month)
        self.month.choose(month or str(this))
        self.month.setEnabled(not month)
        self.due_on = DateEdit(t, desk.clock)
        self.fields = {
            field.name: field
            for field in (
                Field(theme, t.text("&Month"), "month", self.month),
                Field(theme, t.text("&In time until"), "due_on", self.due_on),
            )
        }
        for field in self.fields.values():
            self.form.fields.addWidget(field)
        if month:
            self.offer_removal(
                t.text("Take this date back?"),
                t.text("The day of the project card holds again."),
                lambda job: remove_deadline(job.session, job.actor, month=month),
            )
        self.end_form()

    def title(self) -> str:
        return self.t.text("Deadline") if self.of_month else self.t.text("New deadline")

    def start(self) -> None:
        (self.due_on if self.of_month else self.month).setFocus()

    def reload(self) -> None:
        if self.of_month:
            self.load(lambda job: deadlines(job.session, job.actor), self._put)

    def _put(self, known: list[Deadline]) -> None:
        self.due_on.put(next((one.due_on for one in known if one.month == self.of_month), None))

    def save(self) -> None:
        self.clear_findings()
        day, month = self.day_in("due_on"), self.month.value
        if day is None:
            return
        self.submit(
            lambda job: save_deadline(job.session, job.actor, month=month, due_on=day),
            lambda _: self.leave(self.t.text("The deadline is saved.")),
        )
