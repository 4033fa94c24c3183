"""Staff of the centre: who works here, in which profession, since when; and the empty posts."""

from __future__ import annotations

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QStackedWidget, QWidget

from pravo_desktop.domain.records import Vacancy
from pravo_desktop.i18n import N_
from pravo_desktop.usecases.actor import RESPONSIBLE
from pravo_desktop.usecases.station import StaffRow, staff_rows, vacancies
from ui.models.staff import (
    COL_ACCOUNT,
    COL_CLOSED,
    COL_FROM,
    COL_NAME,
    COL_NOTICES,
    COL_OPENED,
    COL_POST,
    COL_PROFESSION,
    COL_RATE,
    COL_TO,
    staff_model,
    vacancies_model,
)
from ui.page import Desk, Page, Primary
from ui.removals import on_delete, remove_from_list
from ui.tables import ListView
from ui.theme import GRID
from ui.widgets.buttons import button
from ui.widgets.labels import EmptyState, label
from ui.widgets.layouts import column, row


class StaffPage(Page):
    """The list of staff; Enter changes, Ctrl+N adds, Delete removes; vacancies stand below."""

    key = "staff"
    name = N_("Staff")
    icon = "people"
    shortcut = "Ctrl+6"
    roles = RESPONSIBLE
    reloads_on = frozenset({"staff_members", "staff_names", "vacancies", "accounts"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        t, theme = self.t, desk.theme
        grey = QColor(theme.colours.quiet)
        self.model = staff_model(t, grey)
        self.table = ListView(
            theme,
            self.model,
            name="staff",
            spoken=t.text("Staff"),
            widths={
                COL_PROFESSION: 200,
                COL_RATE: 88,
                COL_FROM: 104,
                COL_TO: 104,
                COL_ACCOUNT: 136,
            },
            stretched=COL_NAME,
            wrapped=(COL_NAME, COL_PROFESSION),
            personal=(COL_NAME, COL_ACCOUNT),
        )
        self.table.activated.connect(lambda _: self.change())
        on_delete(self.table, t.text("Remo&ve…"), self.remove)
        self.vacancies = vacancies_model(t, grey)
        self.posts = ListView(
            theme,
            self.vacancies,
            name="vacancies",
            spoken=t.text("Vacancies"),
            widths={COL_POST: 264, COL_OPENED: 136, COL_CLOSED: 160},
            stretched=COL_NOTICES,
            at_most=4,
            personal=(),
        )
        self.posts.activated.connect(lambda _: self.change_vacancy())
        on_delete(self.posts, t.text("Remo&ve…"), self.remove_vacancy)
        self.no_posts = label(t.text("No post is empty."), "grey")
        self.add_post = button(t.text("Add a &vacancy"), name="add_vacancy")
        self.add_post.clicked.connect(self.add_vacancy)
        self.nothing = EmptyState(
            theme,
            "people",
            t.text("Psychologists, lawyers, mediators and social workers are listed here."),
            t.text("Add a staff member"),
        )
        self.nothing.pressed.connect(self.add)
        head = row(GRID)
        head.addWidget(label(t.text("Vacancies"), "section"))
        head.addStretch(1)
        head.addWidget(self.add_post)
        listed = QWidget()
        layout = column(GRID)
        layout.addWidget(self.table, 1)
        layout.addSpacing(GRID)
        layout.addLayout(head)
        layout.addWidget(self.no_posts)
        layout.addWidget(self.posts)
        listed.setLayout(layout)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.nothing)
        self._stack.addWidget(listed)
        page = column()
        page.addWidget(self._stack)
        self.setLayout(page)

    def primary(self) -> Primary:
        return Primary(self.t.text("Add a staff member"), self.add, "Ctrl+N")

    def start(self) -> None:
        (self.table if self.model.rows else self.nothing.button).setFocus()

    def add(self) -> None:
        """Open the form of a new staff member."""
        from ui.forms.staff_form import StaffForm

        self.desk.navigator.open(StaffForm)

    def add_vacancy(self) -> None:
        """Open the form of a new vacancy."""
        from ui.forms.vacancy_form import VacancyForm

        self.desk.navigator.open(VacancyForm)

    @property
    def chosen(self) -> str:
        """Id of the staff member chosen in the list."""
        return self.model.rows[self.table.chosen or 0].line.staff_id

    @property
    def chosen_post(self) -> str:
        """Id of the vacancy chosen in the list."""
        return self.vacancies.rows[self.posts.chosen or 0].id

    def change(self) -> Page:
        """Open the form of the chosen staff member."""
        from ui.forms.staff_form import StaffForm

        return self.desk.navigator.open(StaffForm, staff_id=self.chosen)

    def change_vacancy(self) -> Page:
        """Open the form of the chosen vacancy."""
        from ui.forms.vacancy_form import VacancyForm

        return self.desk.navigator.open(VacancyForm, vacancy_id=self.chosen_post)

    def remove(self) -> None:
        """Ask, then take the chosen one out of the staff list."""
        if self.model.rows:
            remove_from_list(self, "staff_members", self.chosen, self.change)

    def remove_vacancy(self) -> None:
        """Ask, then remove the chosen vacancy."""
        if self.vacancies.rows:
            remove_from_list(self, "vacancies", self.chosen_post, self.change_vacancy)

    def reload(self) -> None:
        self.desk.runner.read(
            self,
            lambda job: (staff_rows(job.session, job.actor), vacancies(job.session, job.actor)),
            lambda found: self._show(*found),
        )

    def _show(self, staff: list[StaffRow], posts: list[Vacancy]) -> None:
        empty = not self.model.rows
        kept = self.table.chosen or 0
        self.model.set_rows(staff)
        self.vacancies.set_rows(posts)
        self.posts.setVisible(bool(posts))
        self.no_posts.setVisible(not posts)
        self._stack.setCurrentIndex(1 if staff or posts else 0)
        self.table.choose(min(kept, len(staff) - 1))
        self.posts.choose(0)
        if empty and staff and self.isVisible():
            self.start()
