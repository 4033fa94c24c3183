"""Removing a record from a list or a form: the question, what is said afterwards, the undo."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from pravo_desktop.errors import KnownError
from pravo_desktop.i18n import N_
from pravo_desktop.usecases.actor import Confirmed
from pravo_desktop.usecases.appointments import remove_appointment
from pravo_desktop.usecases.cases import (
    remove_advice,
    remove_claim,
    remove_consultation,
    remove_mediation,
    remove_outcome,
    remove_study,
)
from pravo_desktop.usecases.events import (
    remove_attendance,
    remove_event,
    remove_hand_out,
    remove_printed_material,
    remove_publication,
    remove_survey_sheet,
    remove_video,
)
from pravo_desktop.usecases.months import remove_monthly_note
from pravo_desktop.usecases.participants import remove_participant
from pravo_desktop.usecases.staff import remove_staff_member, remove_vacancy
from pravo_desktop.usecases.undo import undo_removal
from ui.ask import ask
from ui.page import Desk, Page
from ui.runner import Job


@dataclass(frozen=True)
class Removal:
    """How records of a table are removed.

    Args:
        question: before it.
        told: after it.
        use: the use case.
        argument: its argument that takes the record's id.
    """

    question: str
    told: str
    use: Callable[..., object]
    argument: str


REMOVALS: Mapping[str, Removal] = {
    "events": Removal(
        N_("Remove this event?"), N_("The event is removed."), remove_event, "event_id"
    ),
    "event_attendances": Removal(
        N_("Remove our people at this event?"),
        N_("Our people at this event are removed."),
        remove_attendance,
        "attendance_id",
    ),
    "survey_sheets": Removal(
        N_("Remove this survey sheet?"),
        N_("The survey sheet is removed."),
        remove_survey_sheet,
        "sheet_id",
    ),
    "publications": Removal(
        N_("Remove this publication?"),
        N_("The publication is removed."),
        remove_publication,
        "publication_id",
    ),
    "videos": Removal(
        N_("Remove this video?"), N_("The video is removed."), remove_video, "video_id"
    ),
    "printed_materials": Removal(
        N_("Remove this printed material?"),
        N_("The printed material is removed."),
        remove_printed_material,
        "material_id",
    ),
    "hand_outs": Removal(
        N_("Remove this hand-out?"), N_("The hand-out is removed."), remove_hand_out, "hand_out_id"
    ),
    "participants": Removal(
        N_("Take this person out of the case?"),
        N_("The person is taken out of the case."),
        remove_participant,
        "participant_id",
    ),
    "claims": Removal(
        N_("Remove this claim?"), N_("The claim is removed."), remove_claim, "claim_id"
    ),
    "consultations": Removal(
        N_("Remove this consultation?"),
        N_("The consultation is removed."),
        remove_consultation,
        "consultation_id",
    ),
    "outcomes": Removal(
        N_("Remove this outcome?"), N_("The outcome is removed."), remove_outcome, "outcome_id"
    ),
    "mediations": Removal(
        N_("Remove this mediation?"),
        N_("The mediation is removed."),
        remove_mediation,
        "mediation_id",
    ),
    "studies": Removal(
        N_("Remove this study?"), N_("The study is removed."), remove_study, "study_id"
    ),
    "advice": Removal(
        N_("Remove this advice?"), N_("The advice is removed."), remove_advice, "advice_id"
    ),
    "appointments": Removal(
        N_("Remove this visit?"), N_("The visit is removed."), remove_appointment, "appointment_id"
    ),
    "vacancies": Removal(
        N_("Remove this vacancy?"), N_("The vacancy is removed."), remove_vacancy, "vacancy_id"
    ),
    "monthly_notes": Removal(
        N_("Remove this note?"), N_("The note is removed."), remove_monthly_note, "note_id"
    ),
    "staff_members": Removal(
        N_("Take this person out of the staff list?"),
        N_("The person is taken out of the staff list."),
        remove_staff_member,
        "staff_id",
    ),
}
"""By table."""


def remove(job: Job, table: str, record_id: str, reasons: Confirmed) -> None:
    """Run the use case that removes a record.

    Raises:
        KnownError: as the use case.
    """
    removal = REMOVALS[table]
    given = {"confirmed": reasons} if reasons else {}
    removal.use(job.session, job.actor, **{removal.argument: record_id}, **given)


def ask_removal(page: Page, table: str, run: Callable[[], object]) -> None:
    """Ask before a record is removed."""
    t = page.t
    ask(
        page,
        t,
        question=t.text(REMOVALS[table].question),
        explained=t.text("It is counted no more. The history keeps that it was there."),
        verb=t.text("Remove"),
        run=run,
    )


def tell_removed(desk: Desk, table: str, record_id: str, reasons: Confirmed) -> None:
    """Say that a record is removed, and offer to undo it."""
    t = desk.t

    def undo() -> None:
        # The form that removed it is closed by now.
        desk.runner.write(
            desk.runner,
            lambda job: undo_removal(
                job.session, job.actor, table=table, record_id=record_id, confirmed=reasons
            ),
            lambda _: desk.navigator.say(t.text("It is there again.")),
        )

    desk.navigator.say(t.text(REMOVALS[table].told), t.text("Undo"), undo)


def remove_from_list(page: Page, table: str, record_id: str, open_form: Callable[[], Page]) -> None:
    """Ask, then remove a record of a list; what a closed month asks is answered in its form.

    Args:
        open_form: opens the form of the record, a `Removable`.
    """
    from ui.forms.removable import Removable

    desk = page.desk

    def refused(error: Exception) -> None:
        if isinstance(error, KnownError) and error.code == "confirmation_needed":
            form = open_form()
            assert isinstance(form, Removable)
            form.remove()
        else:
            desk.navigator.show_error(error)

    def run() -> None:
        desk.runner.write(
            page,
            lambda job: remove(job, table, record_id, {}),
            lambda _: tell_removed(desk, table, record_id, {}),
            refused,
        )

    ask_removal(page, table, run)


def on_delete(view: QWidget, text: str, run: Callable[[], Any]) -> None:
    """Let the Delete key, and the menu of a list, remove what is chosen there."""
    action = QAction(text, view)
    action.setObjectName("list_remove")
    action.setShortcut(QKeySequence(Qt.Key.Key_Delete))
    action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    action.triggered.connect(lambda _=False: run())
    view.addAction(action)
