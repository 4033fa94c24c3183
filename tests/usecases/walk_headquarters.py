"""Headquarters full of real records, and a call of each of its use cases."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from exports.package.reader import read_package
from pravo_desktop.domain.records import (
    Centre,
    Project,
    Proposal,
    Stage,
)
from pravo_desktop.domain.versions import new_id
from pravo_desktop.errors import KnownError
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases import (
    centre_questions,
    deadlines,
    inbox,
    keys,
    months,
    project,
    publishing,
    quarantine,
    registers,
    rules,
)
from pravo_desktop.usecases.actor import Actor
from pravo_desktop.usecases.stated_totals import StatedValue
from tests.usecases.factories import Desk
from tests.usecases.walk import LATER, MAY, MONTH, PHRASE, WRAP_KEY, YEAR, Walk


class HeadquartersWalk(Walk):
    """Headquarters with the packages of a centre: accepted, waiting, and two with one number."""

    def __init__(self, desk: Desk, centre: Desk, stick: Path) -> None:
        super().__init__(desk, stick)
        self.people = {"coordinator": desk.actor}
        self._events(desk.actor)
        self._everybody(desk.actor)
        self._staff(desk.actor)
        self.told |= {"choose_package": "package_not_held"}
        self._packages(desk.actor, centre)
        self._registers(desk.actor)
        self._report(desk.actor)

    def _packages(self, actor: Actor, centre: Desk) -> None:
        s, archive = self.session, self.desk.archive
        lawyer = centre.at(2024, 6, 3).specialist("lawyer")
        visit = centre.case(on=date(2024, 4, 9), specialist=lawyer).consultation_id
        centre.case(on=MAY, specialist=lawyer)
        for number, month in enumerate(("2024-04", MONTH), start=1):
            centre.close(month, {"media": "no_activity"})
            centre.export(month)
            centre.copy(number, self.stick)
        april, may = (centre.package(number) for number in (1, 2))
        self.desk.trusts(centre)
        print_ = centre.fingerprint()
        received: dict[str, Any] = {"archive": archive, "file_name": "package.xlsx"}
        read = read_package(april)
        inbox.accept_package(s, actor, package=read, data=april, received_on=MAY, **received)
        waiting = inbox.keep_package(
            s, actor, package=read_package(may), data=may, came_on=MAY, **received
        )
        assert waiting.package_id is not None
        package_id = waiting.package_id
        accepted = str(s.value("SELECT sha256 FROM received_packages WHERE sequence = 1"))
        quarantine.quarantine_file(
            s,
            actor,
            data=b"x",
            file_name="x.xlsx",
            refused=KnownError("not_a_package"),
            archive=archive,
        )
        refused = str(s.value("SELECT sha256 FROM quarantined_files"))
        question = centre_questions.ask_centre(
            s,
            actor,
            centre="astana",
            table="consultations",
            record_id=str(visit),
            field="minutes",
            question_kk="Ұзақтығы?",
            question_ru="Длительность?",
        )
        self.calls |= {
            "accept_package": lambda: {
                "package": read_package(may),
                "data": may,
                "received_on": MAY,
                **received,
            },
            "keep_package": lambda: {
                "package": read_package(may),
                "data": may,
                "came_on": MAY,
                **received,
            },
            "accept_waiting": lambda: {"package_id": package_id, "late_reason": "mail"},
            "decline_package": lambda: {"package_id": package_id, "reason": "not needed"},
            "choose_package": lambda: {"package_id": package_id, "reason": "the right one"},
            "undo_package": lambda: {"package": accepted, "reason": "wrong"},
            "quarantine_file": lambda: {
                "data": b"y",
                "file_name": "y",
                "refused": KnownError("not_a_package"),
                "archive": archive,
            },
            "save_quarantined": lambda: {
                "sha256": refused,
                "archive": archive,
                "target": archive.parent / "refused.xlsx",
            },
            "discard_quarantined": lambda: {"sha256": refused, "archive": archive},
            "ask_centre": lambda: {
                "centre": "astana",
                "table": "consultations",
                "record_id": str(visit),
                "question_kk": "Не?",
                "question_ru": "Что?",
            },
            "withdraw_question": lambda: {"question_id": question},
            "make_receipt": lambda: {"key": self.key(), "centre": "astana"},
            "return_rows": lambda: {
                "key": self.key(),
                "centre": "astana",
                "archive": archive,
                "target": self.stick,
            },
            "add_trust": lambda: {"fingerprint": "ab" * 32, "centre": "almaty"},
            "revoke_trust": lambda: {"fingerprint": print_},
        }
        self.package_id = package_id
        made = keys.revoke_key(
            centre.session, centre.actor, key=centre.workplace.signing_key(centre.session)
        )
        statement = keys.write_key_statement(
            centre.session, centre.actor, fingerprint=made.fingerprint, target=self.stick
        )
        own = keys.export_key(
            self.session, self.desk.actor, key=self.key(), password=PHRASE, target=self.stick
        )
        again = self.stick / "again.p12"
        self.calls |= {
            "accept_statement": lambda: {"path": statement},
            "export_key": lambda: {"key": self.key(), "password": PHRASE, "target": again},
            "import_key": lambda: {"path": own, "password": PHRASE, "wrap_key": WRAP_KEY},
            "replace_key": lambda: {"old": self.key(), "wrap_key": WRAP_KEY},
            "revoke_key": lambda: {"key": self.key()},
            "revoke_replaced_key": lambda: {
                "key": self.key(),
                "replaced": self.key().fingerprint,
                "target": again,
            },
        }

    def _registers(self, actor: Actor) -> None:
        s = self.session
        card = Project(
            id=new_id(),
            title_kk="Жоба",
            title_ru="Проект",
            starts_on=date(2024, 1, 1),
            ends_on=date(2024, 12, 31),
        )
        registers.save_project(s, actor, project=card)
        stage = Stage(
            id=new_id(),
            project_id=card.id,
            ordinal=1,
            name_kk="1-кезең",
            name_ru="Этап 1",
            starts_on=date(2024, 1, 1),
            ends_on=date(2024, 6, 30),
        )
        project.save_stage(s, actor, stage=stage)
        deadlines.save_deadline(s, actor, month=MONTH, due_on=date(2024, 6, 10))
        rules.copy_rule(s, actor, year=2025)
        target = registers.set_plan_target(
            s, actor, indicator="couples", region="astana", valid_from=date(2024, 1, 1), value=9
        )
        predicates = classifiers().category_predicates(2024)
        names = {"name_kk": "Аты", "name_ru": "Имя"}
        added = Centre(id=new_id(), key="taraz", region="astana")
        self.calls |= {
            "save_project": lambda: {"project": replace(card, title_ru="Иной")},
            "begin_next_year": lambda: {"project_id": card.id},
            "save_stage": lambda: {"stage": replace(stage, name_ru="Иной")},
            "remove_stage": lambda: {"stage_id": stage.id},
            "save_deadline": lambda: {"month": MONTH, "due_on": date(2024, 6, 11)},
            "remove_deadline": lambda: {"month": MONTH},
            "save_rule": lambda: {"year": 2024, "predicates": predicates},
            "copy_rule": lambda: {"year": 2026},
            "remove_rule": lambda: {"year": 2025},
            "set_plan_target": lambda: {
                "indicator": "couples",
                "region": "astana",
                "valid_from": MAY,
                "value": 8,
            },
            "remove_plan_target": lambda: {"target_id": target},
            "save_region": lambda: {
                "key": "zhetysu",
                "name_en": "Zhetysu",
                "case_code": "zht",
                **names,
            },
            "save_court": lambda: {"key": "new_court", "region": "astana", **names},
            "save_centre": lambda: {"key": "new_centre", "region": "astana"},
            "save_registered_centre": lambda: {"centre": added},
            "save_proposal": lambda: {
                "proposal": Proposal(id=new_id(), title="О медиации", proposed_on=MAY)
            },
            "put_into_report": lambda: {"key": self.key(), "archive": self.desk.archive},
            "export_package": lambda: {"key": self.key(), "month": MONTH, "through": LATER},
            "reopen_month": lambda: {"month": self._closed()},
            "save_stated_totals": lambda: {
                "year": 2023,
                "indicator": "couples",
                "source": "Отчёт",
                "values": [StatedValue("astana", None, None, 5)],
            },
        }

    def _closed(self) -> str:
        months.close_month(self.session, self.desk.actor, month=MONTH, zeros={})
        return MONTH

    def _report(self, actor: Actor) -> None:
        prepared = publishing.prepare_report(self.session, actor, period=YEAR, formats=())
        self.calls |= {
            "publish_report": lambda: {"prepared": prepared},
            "save_report_text": lambda: {
                "period": YEAR,
                "section": "services",
                "language": "kk",
                "text": "Мәтін",
            },
        }
