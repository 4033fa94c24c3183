"""Desks full of real records, and for each use case a call that those with the right may make."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from db import store
from pravo_desktop.domain.periods import Period
from pravo_desktop.domain.records import (
    Event,
    HandOut,
    PrintedMaterial,
    Publication,
    Vacancy,
    Video,
)
from pravo_desktop.domain.versions import new_id
from pravo_desktop.usecases import (
    access,
    accounts,
    amendments,
    appointments,
    cases,
    events,
    import_journal,
    import_plan,
    joins,
    journal_imports,
    keys,
    months,
    papers,
    privacy,
    questions,
    receipts,
    received_receipts,
    staff,
)
from pravo_desktop.usecases.actor import Actor
from pravo_desktop.usecases.cases import ClaimForm, ConsultationForm
from pravo_desktop.usecases.centre_card import CentreCard
from tests.usecases.colleagues import a_colleague
from tests.usecases.factories import CHILD, HUSBAND, NAMED, WIFE, Desk

MAY = date(2024, 5, 3)
LATER = date(2024, 5, 10)
MONTH = "2024-05"
YEAR = Period.of_year(2024)
REASON = {"month_closed": "found later"}
PHRASE, WRAP_KEY = "ключ от шкафа 12", bytes(range(32))
PROFESSIONS = ("psychologist", "lawyer", "mediator", "social_worker")
ZEROS: dict[str, str] = {}

Arguments = Callable[[], Mapping[str, Any]]


class Walk:
    """A desk with people in every role of its workplace, and the calls that they may make.

    Args:
        desk: on 3 June 2024, with everything dated in May.
        stick: a folder outside the data folder.
    """

    def __init__(self, desk: Desk, stick: Path) -> None:
        self.desk, self.stick = desk.at(2024, 6, 3), stick
        self.session = desk.session
        self.people: dict[str, Actor] = {}
        self.calls: dict[str, Arguments] = {}
        self.told = {
            "discard_draft": "draft_not_found",
            "hand_over_notes": "account_unknown",
            "revoke_replaced_key": "key_not_replaced",
            "take_back": "field_required",
        }
        """What those with the right are told where the call is not one that can be done here."""

    def key(self) -> Any:
        return self.desk.workplace.signing_key(self.session)

    def _events(self, actor: Actor) -> None:
        s = self.session
        event = events.save_event(
            s, actor, kind="young_couple_training", held_on=MAY, topic="Отбасы құқығы", women=9
        )
        (sheet,) = events.add_survey_sheets(s, actor, event_id=event, sheets=((5, 4, 5, 4, 5),))
        attendance = events.attach_attendance(s, actor, event_code="3F9A0B12C4", held_on=MAY, men=3)
        publication = Publication(
            id=new_id(), published_on=MAY, outlet="Газет", outlet_kind="newspaper", title="Мақала"
        )
        material = PrintedMaterial(id=new_id(), title="Парақша", ordered_on=MAY, copies_made=100)
        video = Video(id=new_id(), title="Бейне", published_on=MAY, views=1, views_on=MAY)
        hand_out = HandOut(id=new_id(), material_id=material.id, handed_on=MAY, copies=5)
        events.save_publication(s, actor, publication=publication)
        events.save_printed_material(s, actor, material=material)
        events.save_hand_out(s, actor, hand_out=hand_out)
        events.save_video(s, actor, video=video)
        spare = events.save_event(
            s, actor, kind="young_couple_training", held_on=MAY, topic="Басқа"
        )
        draft = {"form": "event", "content": {"topic": "…"}}
        self.calls |= {
            "save_event": lambda: {
                "kind": "young_couple_training",
                "held_on": MAY,
                "topic": "Жаңа",
            },
            "remove_event": lambda: {"event_id": spare},
            "add_survey_sheets": lambda: {"event_id": event, "sheets": ((5, 5, 5, 5, 5),)},
            "change_survey_sheet": lambda: {"sheet_id": sheet, "answers": (1, 2, 3, 4, 5)},
            "remove_survey_sheet": lambda: {"sheet_id": sheet},
            "attach_attendance": lambda: {"event_code": "3F9A0B12C5", "held_on": MAY, "men": 1},
            "remove_attendance": lambda: {"attendance_id": attendance},
            "save_publication": lambda: {"publication": replace(publication, title="Жаңа")},
            "remove_publication": lambda: {"publication_id": publication.id},
            "save_printed_material": lambda: {"material": replace(material, copies_made=90)},
            "remove_printed_material": lambda: {"material_id": self._spare_material(actor)},
            "save_hand_out": lambda: {"hand_out": replace(hand_out, copies=6)},
            "remove_hand_out": lambda: {"hand_out_id": hand_out.id},
            "save_video": lambda: {"video": replace(video, title="Жаңа")},
            "remove_video": lambda: {"video_id": video.id},
            "count_views": lambda: {"video_id": video.id, "views": 7, "views_on": LATER},
            "issue_attendance_list": lambda: {"event_id": event, "language": "kk"},
            "issue_hand_out_act": lambda: {"hand_out_ids": (hand_out.id,), "language": "ru"},
            "save_draft": lambda: draft,
            "print_list": lambda: {
                "name": "events",
                "rows": 2,
                "personal": False,
                "confirmed": False,
            },
        }
        self.event, self.spare_event = event, spare

    def _everybody(self, actor: Actor) -> None:
        question = questions.return_record(
            self.session, actor, table="events", record_id=self.event, text="?"
        )
        with self.session.transaction():
            changed = store.get(self.session, Event, self.event)
            amendments.note_amendment(
                self.session, actor.account_id, changed, month=MONTH, reason="found later"
            )
        amendment = str(self.session.value("SELECT id FROM amendments"))
        self.calls |= {
            "return_record": lambda: {"table": "events", "record_id": self.event, "text": "?"},
            "answer_question": lambda: {"question_id": question},
            "reword": lambda: {
                "table": "amendments",
                "record_id": amendment,
                "words": "found late",
            },
            "undo_removal": lambda: {"table": "events", "record_id": self._removed_event(actor)},
            "discard_draft": lambda: {"draft_id": new_id()},
            "hand_over_notes": lambda: {"to_account": new_id()},
            "destroy_notes": lambda: {"reason": "password lost"},
            "reapply_erasures": lambda: {"entries": ()},
            "take_back": lambda: {"packages": ()},
        }

    def _removed_event(self, actor: Actor) -> str:
        events.remove_event(self.session, actor, event_id=self.spare_event, confirmed=REASON)
        return self.spare_event

    def _spare_material(self, actor: Actor) -> str:
        spare = PrintedMaterial(id=new_id(), title="Басқа", ordered_on=MAY, copies_made=1)
        events.save_printed_material(self.session, actor, material=spare, confirmed=REASON)
        return spare.id

    def _staff(self, actor: Actor) -> None:
        s = self.session
        member = self.desk.specialist("lawyer", employed_from=MAY)
        vacancy = Vacancy(id=new_id(), profession="mediator", opened_on=MAY)
        staff.save_vacancy(s, actor, vacancy=vacancy)
        role = "lead" if self.desk.session.installation.workplace == "centre" else "coordinator"
        account = accounts.add_account(s, actor, name="quiet", roles=(role,))
        note = months.save_monthly_note(
            s, actor, month=MONTH, section="services", kind="problem", text="Орын тар"
        )
        self.calls |= {
            "add_account": lambda: {"name": "another", "roles": (role,)},
            "change_roles": lambda: {"account_id": account, "roles": (role,)},
            "reset_password": lambda: {"account_id": account},
            "link_staff": lambda: {"name": "quiet", "staff_id": member},
            "close_account": lambda: {"account_id": account},
            "end_employment": lambda: {"staff_id": member, "last_day": date(2024, 6, 1)},
            "let_go": lambda: {"staff_id": member, "last_day": date(2024, 6, 1)},
            "save_staff_member": lambda: {"profession": "lawyer", "employed_from": MAY},
            "remove_staff_member": lambda: {"staff_id": member},
            "save_vacancy": lambda: {"vacancy": replace(vacancy, profession="lawyer")},
            "remove_vacancy": lambda: {"vacancy_id": vacancy.id},
            "save_monthly_note": lambda: {
                "month": MONTH,
                "section": "services",
                "kind": "problem",
                "text": "Жаңа мәселе",
            },
            "remove_monthly_note": lambda: {"note_id": note},
            "export_list": lambda: {
                "name": "events",
                "rows": 2,
                "personal": False,
                "confirmed": False,
            },
            "save_centre_card": lambda: {"card": CentreCard(name_kk="Орталық")},
            "begin_epoch": lambda: {"station": new_id(), "station_letter": "B"},
            "close_month": lambda: {"month": MONTH, "zeros": ZEROS},
            "issue_journal": lambda: {"month": MONTH, "language": "kk"},
        }
        self.staff_id = member


class CentreWalk(Walk):
    """A centre: a case of the lawyer with everything in it, and the month of May."""

    def __init__(self, desk: Desk, headquarters: Desk, stick: Path) -> None:
        super().__init__(desk, stick)
        lead = desk.actor
        self.people = {
            "lead": lead,
            **{one: a_colleague(desk, one, profession=one) for one in PROFESSIONS},
        }
        self._events(lead)
        self._everybody(lead)
        self._staff(lead)
        self._cases(self.people["lawyer"])
        self._month(lead)
        self._receipt(lead, headquarters)
        self._personal()
        self._keys(lead)

    def restrict(self) -> None:
        """The case and all in it is open to one account, which nobody here has."""
        for case_id in self.closed_cases:
            access.restrict_case(
                self.session, self.desk.actor, case_id=case_id, accounts=(self.nobody,)
            )

    def close(self) -> None:
        """May is closed."""
        months.close_month(self.session, self.desk.actor, month=MONTH, zeros=ZEROS)

    def _cases(self, actor: Actor) -> None:
        s, lawyer = self.session, str(actor.staff_id)
        form = ConsultationForm(held_on=MAY, specialist_id=lawyer, note="наедине")
        made = cases.open_case(
            s,
            actor,
            kind="married",
            participants=(HUSBAND, NAMED, CHILD),
            claims=(ClaimForm(kind="divorce"),),
            consultation=form,
        )
        case, visit = made.case_id, str(made.consultation_id)
        _, wife, child = made.participants
        claim = str(s.value("SELECT id FROM claims WHERE case_id = ?", (case,)))
        second = cases.open_case(
            s,
            actor,
            kind="married",
            participants=(HUSBAND, WIFE),
            consultation=ConsultationForm(held_on=MAY, specialist_id=lawyer),
        ).case_id
        third = cases.open_case(
            s,
            actor,
            kind="married",
            participants=(HUSBAND, WIFE),
            consultation=ConsultationForm(held_on=MAY, specialist_id=lawyer),
        ).case_id
        fourth = cases.open_case(
            s,
            actor,
            kind="married",
            participants=(HUSBAND, WIFE),
            consultation=ConsultationForm(held_on=MAY, specialist_id=lawyer),
        ).case_id
        join = joins.join_cases(s, actor, kept_id=third, dissolved_id=fourth)
        outcome = cases.add_outcome(
            s, actor, case_id=case, kind="reconciled", dated_on=MAY, source="couple"
        )
        study = cases.record_study(
            s,
            actor,
            case_id=case,
            held_on=MAY,
            specialist_id=self.people["social_worker"].staff_id,
        )
        mediator = self.people["mediator"].staff_id
        mediation = cases.save_mediation(
            s, actor, case_id=case, contract_on=MAY, specialist_id=mediator
        )
        advice = cases.record_advice(s, actor, held_on=MAY, specialist_id=lawyer)
        planned = appointments.plan_appointment(
            s, actor, case_id=case, planned_on=date(2024, 6, 20), specialist_id=lawyer
        )
        question = questions.return_record(
            s, self.desk.actor, table="consultations", record_id=visit, text="?"
        )
        removed = cases.record_study(
            s,
            actor,
            case_id=case,
            held_on=LATER,
            specialist_id=self.people["social_worker"].staff_id,
        )
        cases.remove_study(s, actor, study_id=removed)
        paper = papers.issue_certificate(s, actor, participant_id=wife, language="kk")
        self.nobody = a_colleague(self.desk, "nobody", "lawyer").account_id
        self.case, self.wife, self.closed_cases = case, wife, (case, second, third)
        new_visit = ConsultationForm(held_on=LATER, specialist_id=lawyer)
        self.calls |= {
            "note_case_opened": lambda: {"case_id": case},
            "open_case_to_all": lambda: {"case_id": case},
            "restrict_case": lambda: {
                "case_id": case,
                "accounts": tuple(one.account_id for one in self.people.values()),
            },
            "open_case": lambda: {
                "kind": "married",
                "participants": (HUSBAND, WIFE),
                "consultation": new_visit,
            },
            "change_case": lambda: {"case_id": case, "kind": "divorced"},
            "save_participant": lambda: {"case_id": case, "participant": CHILD},
            "remove_participant": lambda: {"participant_id": child},
            "save_claim": lambda: {"case_id": case, "claim": ClaimForm(kind="alimony")},
            "remove_claim": lambda: {"claim_id": claim},
            "record_consultation": lambda: {"case_id": case, "consultation": new_visit},
            "change_consultation": lambda: {
                "consultation_id": visit,
                "consultation": ConsultationForm(held_on=MAY, specialist_id=lawyer, minutes=40),
            },
            "remove_consultation": lambda: {"consultation_id": visit},
            "add_outcome": lambda: {
                "case_id": case,
                "kind": "agreement",
                "dated_on": LATER,
                "source": "court",
            },
            "remove_outcome": lambda: {"outcome_id": outcome},
            "record_study": lambda: {
                "case_id": case,
                "held_on": LATER,
                "specialist_id": self.people["social_worker"].staff_id,
            },
            "remove_study": lambda: {"study_id": study},
            "save_mediation": lambda: {
                "case_id": case,
                "contract_on": LATER,
                "specialist_id": mediator,
            },
            "remove_mediation": lambda: {"mediation_id": mediation},
            "record_advice": lambda: {"held_on": MAY, "specialist_id": lawyer},
            "remove_advice": lambda: {"advice_id": advice},
            "plan_appointment": lambda: {
                "case_id": case,
                "planned_on": date(2024, 6, 21),
                "specialist_id": lawyer,
            },
            "refer_case": lambda: {"case_id": case, "profession": "mediator"},
            "mark_appointment": lambda: {"appointment_id": planned, "state": "cancelled"},
            "remove_appointment": lambda: {"appointment_id": planned},
            "join_cases": lambda: {"kept_id": case, "dissolved_id": second},
            "undo_join": lambda: {"join_id": join},
            "issue_consent": lambda: {"case_id": case, "language": "kk", "participant_id": wife},
            "issue_certificate": lambda: {"participant_id": wife, "language": "ru"},
            "reprint_certificate": lambda: {"number": paper.number},
            "issue_slip": lambda: {"case_id": case, "language": "kk"},
            "return_record": lambda: {"table": "cases", "record_id": case, "text": "?"},
            "answer_question": lambda: {"question_id": question},
            "undo_removal": lambda: {"table": "studies", "record_id": removed},
        }

    def _month(self, lead: Actor) -> None:
        book = self.stick / "journal.xlsx"
        self.stick.mkdir(parents=True, exist_ok=True)
        sheet = Workbook()
        sheet.worksheets[0].append(("Дата", "Специалист", "ФИО мужа", "ФИО жены"))
        sheet.worksheets[0].append(("05.02.2024", "психолог", "Тестов Алан", "Тестова Әсем"))
        sheet.save(book)
        layout = import_plan.open_journal(self.session, lead, path=book)
        plan = import_plan.ImportPlan(
            columns=layout.columns, specialist_id=self.people["psychologist"].staff_id
        )
        self.calls |= {
            "complete_month": lambda: {"month": MONTH},
            "withdraw_completion": lambda: {"month": MONTH},
            "import_journal": lambda: {"layout": layout, "plan": plan},
            "undo_journal_import": lambda: {"import_id": self._imported(layout, plan)},
            "reopen_month": lambda: {"month": self._closed()},
            "export_package": lambda: {"key": self.key(), "month": self._closed()},
        }

    def _personal(self) -> None:
        wife = {"participant_id": self.wife}
        asked = privacy.record_request(
            self.session, self.desk.actor, kind="information", participant_id=self.wife
        )
        self.told |= {"depersonalise_by_term": "case_within_term"}
        self.calls |= {
            "record_request": lambda: {"kind": "information", **wife},
            "answer_request": lambda: {"act_id": asked, "remark": "told"},
            "withdraw_consent": lambda: {"reason": "her letter", **wife},
            "erase_person": lambda: {"reason": "her letter", **wife},
            "issue_held_data": lambda: {"language": "kk", **wife},
            "depersonalise_by_term": lambda: {"case_ids": (self.case,)},
            "set_keep_rule": lambda: {"years": 4, "source": "the agreement"},
        }

    def _keys(self, lead: Actor) -> None:
        file = keys.export_key(
            self.session, lead, key=self.key(), password=PHRASE, target=self.stick
        )
        again = self.stick / "again.p12"
        self.calls |= {
            "export_key": lambda: {"key": self.key(), "password": PHRASE, "target": again},
            "import_key": lambda: {"path": file, "password": PHRASE, "wrap_key": WRAP_KEY},
            "replace_key": lambda: {"old": self.key(), "wrap_key": WRAP_KEY},
            "revoke_key": lambda: {"key": self.key()},
            "revoke_replaced_key": lambda: {
                "key": self.key(),
                "replaced": self.key().fingerprint,
                "target": again,
            },
            "accept_headquarters_statement": lambda: {"path": self.stick / "none.json"},
        }
        self.told["accept_headquarters_statement"] = "file_not_found"

    def _closed(self) -> str:
        if not months.is_closed(self.session, MONTH):
            self.close()
        return MONTH

    def _imported(self, layout: Any, plan: Any) -> str:
        lead = self.desk.actor
        import_journal.import_journal(self.session, lead, layout=layout, plan=plan)
        return journal_imports.journal_imports(self.session, lead)[0].id

    def _receipt(self, lead: Actor, headquarters: Desk) -> None:
        s, coordinator = headquarters.session, headquarters.actor
        headquarters.at(2024, 6, 3)
        key = headquarters.workplace.signing_key(s)
        made = receipts.make_receipt(s, coordinator, key=key, centre="astana")
        path = receipts.write_receipt_copy(
            s, coordinator, centre="astana", number=made.number, target=self.stick
        )
        print_ = headquarters.fingerprint()
        self.calls |= {
            "import_receipt": lambda: {"path": path, "compared": print_},
            "revoke_headquarters": lambda: {"fingerprint": self._trusted(path, print_)},
        }

    def _trusted(self, path: Path, print_: str) -> str:
        received_receipts.import_receipt(self.session, self.desk.actor, path=path, compared=print_)
        return print_
