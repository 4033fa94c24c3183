"""Practice folders for pictures: a centre with a few families, and headquarters' own records."""

from datetime import date, datetime
from pathlib import Path

from pravo_desktop.bootstrap import create_workplace
from pravo_desktop.clock import PracticeClock
from pravo_desktop.domain.records import (
    HandOut,
    PrintedMaterial,
    Project,
    Proposal,
    Publication,
    Stage,
    Video,
)
from pravo_desktop.domain.versions import new_id
from pravo_desktop.usecases import cases, events, participants, privacy, registers, staff
from pravo_desktop.usecases.actor import Actor
from pravo_desktop.usecases.deadlines import save_deadline
from pravo_desktop.usecases.project import save_stage
from pravo_desktop.usecases.queries import Session
from pravo_desktop.usecases.stated_totals import StatedValue, save_stated_totals

PASSWORD = "correct horse 12"
NOW = datetime(2024, 5, 20, 12, 0)
FAMILIES = (
    ("Әлиев", "Нұрлан", "Ақбота"),
    ("Қанатов", "Ғани", "Әсел"),
    ("Өмірбеков", "Ұлан", "Үміт"),
    ("Ильясов", "Ерлан", "Жанар"),
)


def make_centre(folder: Path) -> None:
    """A practice folder of a centre with a few families."""
    made = create_workplace(
        folder,
        workplace="centre",
        centre="astana",
        practice=True,
        user="lead",
        password=PASSWORD,
        recovery_sheet=folder.with_suffix(".txt"),
        clock=PracticeClock(NOW),
    )
    place = made.workplace
    session, actor = place.session(), place.actor
    ids = [
        staff.save_staff_member(
            session,
            actor,
            profession=profession,
            employed_from=date(2024, 1, 8),
            surname=surname,
            given_name=name,
        )
        for profession, surname, name in (
            ("psychologist", "Сынақова", "Айгүл"),
            ("lawyer", "Сынақов", "Дархан"),
        )
    ]
    for position, (surname, husband, wife) in enumerate(FAMILIES):
        opened = cases.open_case(
            session,
            actor,
            kind="married",
            came_through="court",
            causes=("money", "relatives"),
            participants=(
                participants.ParticipantForm(
                    role="husband",
                    sex="male",
                    birth_year=1985 + position,
                    consent="given",
                    surname=surname,
                    given_name=husband,
                    phone=f"+7701000010{position}",
                    occupation="business",
                ),
                participants.ParticipantForm(
                    role="wife",
                    sex="female",
                    consent="given",
                    surname=f"{surname}а",
                    given_name=wife,
                ),
                participants.ParticipantForm(role="child", sex="male", birth_year=2015),
            ),
            claims=(cases.ClaimForm(kind="divorce", filed_on=date(2024, 4, 2), result="pending"),),
            consultation=cases.ConsultationForm(
                held_on=date(2024, 5, 2 + position),
                specialist_id=ids[position % 2],
                topics=("reconciliation", "parenting"),
                minutes=60,
                note="Келесі кездесуге екеуі де келеді.",
            ),
        )
        for day in range(8, 11 + position):
            cases.record_consultation(
                session,
                actor,
                case_id=opened.case_id,
                consultation=cases.ConsultationForm(
                    held_on=date(2024, 5, day), specialist_id=ids[day % 2]
                ),
            )
    for kind, person, asked_on in zip(
        ("correction", "withdrawal", "information"),
        opened.participants,
        (date(2024, 5, 15), date(2024, 5, 16), date(2024, 5, 17)),
        strict=True,
    ):
        privacy.record_request(session, actor, kind=kind, participant_id=person, asked_on=asked_on)
    privacy.erase_person(
        session, actor, participant_id=opened.participants[1], reason="Өтініш бойынша"
    )
    cases.open_case(session, actor, kind="one_person", label="көк папка")
    add_events(session, actor, ids[0])
    session.close()
    place.close()


def add_events(session: Session, actor: Actor, leader: str) -> None:
    """Events with survey sheets, publications, a video, and printed matter handed out."""
    for kind, day, topic in (
        ("young_couple_training", date(2024, 5, 14), "Отбасылық келісім мектебі"),
        ("campaign_action", date(2024, 5, 15), "Халықаралық отбасы күніне арналған акция"),
        ("social_bureau", date(2024, 4, 11), "Отбасылық құқық бойынша кеңес беру күні"),
    ):
        event = events.save_event(
            session,
            actor,
            kind=kind,
            held_on=day,
            topic=topic,
            place="Отбасылық сот",
            leader_id=leader,
            target_group="young_couples",
            men=11,
            women=14,
            couples=11,
        )
    events.add_survey_sheets(
        session, actor, event_id=event, sheets=((5, 4, 5, 5, 5), (4, 5, None, 5, 3))
    )
    events.attach_attendance(
        session, actor, event_code="3F9A0B12C4", held_on=date(2024, 3, 20), women=2
    )
    for kind, outlet, title in (
        ("social_network", "Instagram", "Татуласу апталығы"),
        ("newspaper", "Қала жаңалықтары", "Отбасы: келісім мен сенім"),
    ):
        events.save_publication(
            session,
            actor,
            publication=Publication(
                id=new_id(),
                published_on=date(2024, 5, 6),
                outlet=outlet,
                outlet_kind=kind,
                title=title,
                views=1350,
                views_on=date(2024, 5, 17),
            ),
        )
    clip = Video(
        id=new_id(),
        title="Медиация деген не?",
        published_on=date(2024, 4, 22),
        views=412,
        views_on=date(2024, 5, 17),
    )
    events.save_video(session, actor, video=clip)
    memo = PrintedMaterial(
        id=new_id(), title="Ата-аналарға жадынама", ordered_on=date(2024, 2, 5), copies_made=500
    )
    events.save_printed_material(session, actor, material=memo)
    given = HandOut(
        id=new_id(), material_id=memo.id, event_id=event, handed_on=date(2024, 4, 11), copies=120
    )
    events.save_hand_out(session, actor, hand_out=given)


def add_own_records(session: Session, actor: Actor) -> None:
    """A project card with stages, deadlines, plan, rule, stated figures and a proposal."""
    card = Project(
        id=new_id(),
        title_kk="«Бақытты отбасы» орталықтарының жұмысын ұйымдастыру",
        title_ru="Организация работы центров «Бақытты отбасы»",
        contract="12-К",
        starts_on=date(2024, 1, 1),
        ends_on=date(2024, 12, 31),
        final_report_on=date(2024, 11, 15),
    )
    registers.save_project(session, actor, project=card)
    for number, first, last in (
        (1, date(2024, 1, 1), date(2024, 6, 30)),
        (2, date(2024, 7, 1), date(2024, 12, 31)),
    ):
        stage = Stage(
            id=new_id(),
            project_id=card.id,
            ordinal=number,
            name_kk=f"{number}-кезең",
            name_ru=f"Этап {number}",
            starts_on=first,
            ends_on=last,
        )
        save_stage(session, actor, stage=stage)
    save_deadline(session, actor, month="2024-04", due_on=date(2024, 5, 15))
    for indicator, value, day, agreement in (
        ("couples", 2000, date(2024, 1, 1), "12-К"),
        ("couples", 2400, date(2024, 5, 1), "12-К/1"),
        ("young_couple_trainings", 30, date(2024, 1, 1), "12-К"),
    ):
        registers.set_plan_target(
            session,
            actor,
            indicator=indicator,
            region="all",
            valid_from=day,
            operator="at_least",
            value=value,
            agreement=agreement,
        )
    save_stated_totals(
        session,
        actor,
        year=2023,
        indicator="participants",
        source="Отчёт за 2023 год",
        page="7",
        values=[
            StatedValue("all", None, None, 11240),
            StatedValue("all", "sex", "men", 2905),
            StatedValue("astana", None, None, 1410),
        ],
    )
    events.save_proposal(
        session,
        actor,
        proposal=Proposal(
            id=new_id(),
            title="О норме: один психолог и один медиатор на двух судей",
            addressee="Мәжіліс",
            proposed_on=date(2024, 5, 6),
        ),
    )
