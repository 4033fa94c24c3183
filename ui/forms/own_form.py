"""What the forms of headquarters' own records share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from ui.ask import ask
from ui.forms.loaded_form import LoadedForm
from ui.runner import Job
from ui.widgets.buttons import button
from ui.widgets.fields import DateEdit, Field


class OwnForm(LoadedForm):
    """What these forms share: dates that are needed, and taking a record back."""

    fields: dict[str, Field]

    def day_in(self, name: str) -> date | None:
        """The date of a field that must be filled in; says under it what is missing."""
        field = self.fields[name]
        control = field.control
        assert isinstance(control, DateEdit)
        day = control.day()
        if day is None:
            (self.not_a_date if control.mistyped else self.required)(field)
        return day

    def offer_removal(self, question: str, told: str, work: Callable[[Job], object]) -> None:
        """A button under the fields that takes the record back, after a question."""
        t = self.t
        gone = button(t.text("&Take back…"), name="take_back")
        gone.clicked.connect(
            lambda: ask(
                self,
                t,
                question=question,
                explained=t.text("The history keeps it."),
                verb=t.text("Take back"),
                run=lambda: self.submit(work, lambda _: self.leave(told)),
            )
        )
        self.form.fields.addWidget(gone)
