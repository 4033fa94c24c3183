"""My month: what waits for me, the lead's questions, and “my month is complete”."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pravo_desktop.domain.periods import Month
from pravo_desktop.i18n import N_
from pravo_desktop.usecases.actor import SPECIALISTS
from pravo_desktop.usecases.completion import (
    complete_month,
    my_completion,
    withdraw_completion,
)
from pravo_desktop.usecases.drafts import my_drafts
from pravo_desktop.usecases.months import is_closed
from pravo_desktop.usecases.questions import ToComplete, records_to_complete
from ui.page import Desk, Page, Primary
from ui.pages.answering import say_right
from ui.pages.month_progress import ToCompleteList
from ui.theme import GRID
from ui.widgets.buttons import button
from ui.widgets.choices import Choice
from ui.widgets.fields import Field
from ui.widgets.labels import Note, label
from ui.widgets.layouts import column, row

EARLIER = 2
"""How many months before the present one can be said to be complete."""


class MyMonthPage(Page):
    """The list of what waits, and one button at the month's end."""

    key = "my_month"
    name = N_("My month")
    icon = "check"
    shortcut = "Ctrl+M"
    roles = SPECIALISTS
    reloads_on = frozenset(
        {"completed_months", "closed_months", "questions", "participants", "claims", "drafts"}
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        t, theme = self.t, desk.theme
        present = Month.of(desk.clock.today())
        months = [present.plus(-back) for back in range(EARLIER + 1)]
        # In the first days of a month it is the last one that is being finished.
        usual = months[1] if desk.clock.today().day <= 10 else months[0]
        self.month = Choice([(str(one), t.month(one)) for one in months], str(usual))
        self.month.setFixedWidth(theme.px(240))
        self.month.currentIndexChanged.connect(self.reload)
        self.complete_at: str | None = None
        self.closed = False
        self._known = False
        self.state = Note(theme, "success")
        self.told = label("", "grey", wrap=True)
        self.withdraw_button = button(t.text("I have &more to add"), name="withdraw")
        self.withdraw_button.clicked.connect(self.withdraw)
        self.withdraw_button.hide()
        self.list = ToCompleteList(
            desk, t.text("Nothing waits for you: every record of yours is complete.")
        )
        self.list.chosen_changed.connect(self._settle)
        self.right_button = button(t.text("It is ri&ght as it is"), name="answer")
        self.right_button.clicked.connect(self.answer)
        top = row(2 * GRID)
        top.addWidget(Field(theme, t.text("M&onth"), "month", self.month))
        top.addStretch(1)
        head = row(GRID)
        head.addWidget(label(t.text("To complete"), "section"))
        head.addStretch(1)
        head.addWidget(self.right_button)
        layout = column(GRID)
        layout.addLayout(top)
        layout.addWidget(self.told)
        layout.addWidget(self.state)
        layout.addWidget(self.withdraw_button)
        layout.addSpacing(GRID)
        layout.addLayout(head)
        layout.addWidget(self.list, 1)
        self.setLayout(layout)
        self._settle()

    def primary(self) -> Primary | None:
        if not self._known or self.closed or self.complete_at is not None:
            return None
        return Primary(self.t.text("My month is complete"), self.complete, "Ctrl+Return")

    def start(self) -> None:
        (self.list.table if self.list.model.rows else self.month).setFocus()

    def retype(self, values: Mapping[str, Any]) -> None:
        self.month.choose(values.get("month"))

    def reload(self) -> None:
        month = self.month.value

        self.desk.runner.read(
            self,
            lambda job: (
                my_completion(job.session, job.actor, month),
                is_closed(job.session, month),
                len(my_drafts(job.session, job.actor)),
                records_to_complete(job.session, job.actor),
            ),
            lambda found: self._show(month, *found),
        )

    def _show(
        self,
        month: str,
        complete_at: str | None,
        closed: bool,
        drafts: int,
        waiting: list[ToComplete],
    ) -> None:
        if month != self.month.value:
            return
        t, first = self.t, not self._known
        self.complete_at, self.closed, self._known = complete_at, closed, True
        told = []
        if closed:
            told.append(t.text("The month is closed. Later changes go through the head."))
        elif complete_at is None:
            told.append(
                t.text(
                    "When all your work of the month is recorded, say so: the head waits for it."
                )
            )
        if drafts and not closed:
            told.append(
                t.plural(
                    "You have {n} draft that is not saved.",
                    "You have {n} drafts that are not saved.",
                    drafts,
                )
            )
        self.told.setText(" ".join(told))
        self.told.setVisible(bool(told))
        self.state.show_text(
            t.text(
                "You said that the month is complete: {moment}.",
                moment=t.moment(datetime.fromisoformat(complete_at)),
            )
            if complete_at
            else "",
            "success",
        )
        self.withdraw_button.setVisible(complete_at is not None and not closed)
        self.list.set_rows(waiting)
        self.retitled.emit()
        if first and self.isVisible():
            self.start()

    def _settle(self) -> None:
        one = self.list.chosen
        self.right_button.setVisible(bool(one and one.question_id))

    def complete(self) -> None:
        """Say that the month is complete."""
        month = self.month.value
        self.desk.runner.write(
            self, lambda job: complete_month(job.session, job.actor, month=month)
        )

    def withdraw(self) -> None:
        """Take it back."""
        month = self.month.value
        self.desk.runner.write(
            self, lambda job: withdraw_completion(job.session, job.actor, month=month)
        )

    def answer(self) -> None:
        """Say that the returned record is right as it is."""
        one = self.list.chosen
        if one is not None:
            say_right(self, self.desk, one)
