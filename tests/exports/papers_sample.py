"""Contents of papers, made by hand, for the tests of the printed papers."""

from collections.abc import Callable
from datetime import date, timedelta

from exports.papers.attendance import write_attendance_list
from exports.papers.certificate import write_certificate
from exports.papers.consent import write_consent
from exports.papers.content import (
    AttendanceList,
    Certificate,
    Consent,
    HandOutAct,
    HeldConsent,
    HeldData,
    HeldPackage,
    HeldPaper,
    Issuer,
    Journal,
    JournalRow,
    Material,
    Slip,
    Visit,
)
from exports.papers.hand_out import write_hand_out_act
from exports.papers.held_data import write_held_data
from exports.papers.journal import write_journal
from exports.papers.slip import write_slip
from pravo_desktop.domain.periods import Month
from pravo_desktop.i18n import Translator, label_in
from pravo_desktop.resources import classifiers

PERSON = "Сынақова Сынақ Сынаққызы"
LONG_NAME = "Сынамалы-Ұзынфамилиялықызы Өтеұзынесімді Әбдіұзынәкесініңатықызы"
LAWYER = "Мысалов Мысал"


def issuer(language: str) -> Issuer:
    return Issuer(
        organisation={"kk": "«Право» қоғамдық қоры", "ru": "Общественный фонд «Право»"}[language],
        bin="240140000011",
        centre=label_in(classifiers().centres["astana"], language),
        address={"kk": "Астана қаласы, Сынақ көшесі, 1", "ru": "город Астана, ул. Пробная, 1"}[
            language
        ],
        phone="+7 (7172) 00-00-00",
        email="office@example.kz",
    )


def consent(language: str) -> Consent:
    return Consent(issuer=issuer(language), person=PERSON, case_number="AST-A-2024-00017")


def certificate(language: str) -> Certificate:
    return Certificate(
        issuer=issuer(language),
        number="12",
        issued_on=date(2024, 12, 12),
        court=label_in(classifiers().courts["astana_minors"], language),
        court_case="7112-24-00-2/1234",
        request_number="45-3",
        request_date=date(2024, 12, 5),
        person=PERSON,
        visits=(
            Visit(date(2024, 11, 20), "lawyer"),
            Visit(date(2024, 11, 4), "psychologist"),
            Visit(date(2024, 12, 2), "mediator"),
        ),
    )


def attendance_list(language: str) -> AttendanceList:
    return AttendanceList(
        issuer=issuer(language),
        kind="young_couple_training",
        topic={"kk": "Жас отбасы: алғашқы жыл", "ru": "Молодая семья: первый год"}[language],
        code="AST-0042",
        held_on=date(2024, 10, 3),
        place={"kk": "АХАТ бөлімі", "ru": "Отдел РАГС"}[language],
        leader=LAWYER,
    )


def hand_out_act(language: str) -> HandOutAct:
    return HandOutAct(
        issuer=issuer(language),
        number="3",
        handed_on=date(2024, 10, 3),
        materials=(
            Material("Ажырасу кезіндегі бала құқықтары", "kk", 1200),
            Material("Как договориться об алиментах", "ru", 300),
        ),
        given_to={"kk": "№ 1 сынақ кітапханасы", "ru": "Пробная библиотека № 1"}[language],
        place={"kk": "Астана", "ru": "Астана"}[language],
    )


def journal(language: str, rows: int = 8) -> Journal:
    professions = ("psychologist", "lawyer", "mediator", "social_worker")
    formats = ("in_person", "phone", "online", "group")
    topics = tuple(classifiers().kinds["topic"])
    first = date(2024, 10, 1)
    return Journal(
        issuer=issuer(language),
        month=Month(2024, 10),
        rows=tuple(
            JournalRow(
                held_on=first + timedelta(days=index * 31 // max(rows, 1)),
                case_number=None if index % 7 == 3 else f"AST-A-2024-{index % 90:05d}",
                profession=professions[index % 4],
                specialist=LAWYER if index % 4 == 1 else None,
                format=formats[index % 3],
                attendees=1 + index % 4,
                topics=topics[index % 5 : index % 5 + 1 + index % 3],
            )
            for index in range(rows)
        ),
    )


def slip(language: str) -> Slip:
    return Slip(centre=issuer(language).centre, case_number="AST-A-2024-00017")


def held_data(language: str) -> HeldData:
    return HeldData(
        issuer=issuer(language),
        number="A-31",
        issued_on=date(2024, 10, 3),
        case_number="AST-A-2024-00017",
        person="Сынақова Айгүл Тестқызы",
        fields={
            "role": "wife",
            "sex": "female",
            "birth_year": 1990,
            "disability": "no",
            "occupation": "budget",
            "citizenship": "kz",
            "surname": "Сынақова",
            "given_name": "Айгүл",
            "patronymic": "Тестқызы",
            "birth_date": "1990-03-15",
            "iin": None,
            "phone": "+77010000101",
            "safe_contact": "message",
            "never_tell": 1,
        },
        court_numbers=("7119-24-00-4/77",),
        consents=(HeldConsent(date(2024, 9, 2), "given", "2024-1"),),
        visits=(
            Visit(date(2024, 9, 2), "psychologist"),
            Visit(date(2024, 9, 9), "lawyer"),
        ),
        papers=(HeldPaper("certificate", "A-12", date(2024, 9, 20)),),
        packages=(HeldPackage(9, Month(2024, 9), date(2024, 10, 1)),),
        notes=2,
    )


PAPERS: dict[str, Callable[[str], bytes]] = {
    "consent": lambda language: write_consent(consent(language), Translator(language)),
    "certificate": lambda language: write_certificate(certificate(language), Translator(language)),
    "attendance": lambda language: write_attendance_list(
        attendance_list(language), Translator(language)
    ),
    "hand_out": lambda language: write_hand_out_act(hand_out_act(language), Translator(language)),
    "journal": lambda language: write_journal(journal(language), Translator(language)),
    "slip": lambda language: write_slip(slip(language), Translator(language)),
    "held_data": lambda language: write_held_data(held_data(language), Translator(language)),
}
"""Makers of every paper from its sample, by the key of its template."""
