"""What headquarters adds to the program's lists, and who works at a centre."""

from collections.abc import Callable
from datetime import date

import pytest

from pravo_desktop.domain.records import Project, Publication, Vacancy, Video
from pravo_desktop.domain.versions import new_id
from pravo_desktop.errors import KnownError
from pravo_desktop.usecases import accounts, events, registers, staff
from tests.usecases.factories import PASSWORD, Desk

MAY = date(2024, 5, 3)


def _refused(act: Callable[[], object]) -> tuple[str, object]:
    with pytest.raises(KnownError) as refused:
        act()
    return refused.value.code, refused.value.params.get("field")


# --- Registers ----------------------------------------------------------------------------------


def test_a_new_region_and_its_centre_need_no_release(headquarters: Desk) -> None:
    session, actor = headquarters.session, headquarters.actor
    added = registers.save_region(
        session,
        actor,
        key="zhetysu",
        name_kk="Жетісу",
        name_ru="Жетысу",
        name_en="Zhetysu",
        case_code="zht",
    )
    assert _refused(lambda: registers.save_centre(session, actor, key="taldykorgan")) == (
        "field_required",
        "region",
    )
    registers.save_centre(session, actor, key="taldykorgan", region="zhetysu", opened_on=MAY)
    assert registers.known_regions(session)["zhetysu"].name_ru == "Жетысу"
    opened = registers.known_centres(session)["taldykorgan"]
    assert (opened.region, opened.opened_on) == ("zhetysu", MAY)
    assert session.value("SELECT case_code FROM regions") == "ZHT"
    renamed = registers.save_region(
        session,
        actor,
        key="zhetysu",
        name_kk="Жетісу облысы",
        name_ru="Жетысу",
        name_en="Zhetysu",
        case_code="ZHT",
    )
    assert renamed == added and headquarters.count("regions") == 1


def test_a_centre_of_the_list_is_closed_and_keeps_the_rest(headquarters: Desk) -> None:
    session, actor = headquarters.session, headquarters.actor
    before = registers.known_centres(session)["astana"]
    first = registers.save_centre(session, actor, key="astana", opened_on=date(2024, 1, 1))
    second = registers.save_centre(session, actor, key="astana", closed_on=date(2024, 12, 31))
    after = registers.known_centres(session)["astana"]
    assert first == second and headquarters.count("centres") == 1
    assert (after.opened_on, after.closed_on) == (date(2024, 1, 1), date(2024, 12, 31))
    assert (after.region, after.court, after.city_kk) == (
        before.region,
        before.court,
        before.city_kk,
    )
    assert _refused(
        lambda: registers.save_centre(session, actor, key="astana", closed_on=date(2023, 1, 1))
    ) == ("dates_out_of_order", "closed_on")


def test_a_centre_in_no_region_is_refused(headquarters: Desk) -> None:
    session, actor = headquarters.session, headquarters.actor
    assert _refused(
        lambda: registers.save_centre(session, actor, key="kitezh", region="atlantis")
    ) == ("key_unknown", "region")


def test_a_plan_is_for_a_known_indicator_and_region_and_is_set_once(headquarters: Desk) -> None:
    session, actor = headquarters.session, headquarters.actor

    def plan(indicator: str, region: str, value: int = 100) -> str:
        return registers.set_plan_target(
            session,
            actor,
            indicator=indicator,
            region=region,
            valid_from=date(2024, 1, 1),
            value=value,
        )

    assert _refused(lambda: plan("weather", "all")) == ("key_unknown", "indicator")
    assert _refused(lambda: plan("couples", "atlantis")) == ("key_unknown", "region")
    assert plan("couples", "all") == plan("couples", "all", 120)
    assert plan("couples", "national") != plan("couples", "astana")
    assert headquarters.session.value("SELECT value FROM plan_targets WHERE region = 'all'") == 120


def test_a_court_is_changed_by_its_key(headquarters: Desk) -> None:
    session, actor = headquarters.session, headquarters.actor

    def court(judges: int) -> str:
        return registers.save_court(
            session,
            actor,
            key="astana_family",
            region="astana",
            name_kk="Сот",
            name_ru="Суд",
            judges=judges,
        )

    assert court(3) == court(4)
    assert session.value("SELECT judges FROM courts") == 4


def test_a_project_does_not_end_before_it_begins(headquarters: Desk) -> None:
    project = Project(
        id=new_id(),
        title_kk="Жоба",
        title_ru="Проект",
        starts_on=date(2024, 12, 31),
        ends_on=date(2024, 1, 1),
    )
    assert _refused(
        lambda: registers.save_project(headquarters.session, headquarters.actor, project=project)
    ) == ("dates_out_of_order", "ends_on")


# --- Staff --------------------------------------------------------------------------------------


def test_staff_and_vacancies_have_their_days_in_order(centre: Desk) -> None:
    assert _refused(lambda: centre.specialist(employed_to=date(2023, 12, 31))) == (
        "dates_out_of_order",
        "employed_to",
    )
    vacancy = Vacancy(id=new_id(), profession="lawyer", opened_on=MAY, closed_on=date(2024, 5, 2))
    assert _refused(lambda: staff.save_vacancy(centre.session, centre.actor, vacancy=vacancy)) == (
        "dates_out_of_order",
        "closed_on",
    )


def test_a_changed_rate_keeps_the_name(centre: Desk) -> None:
    lawyer = centre.specialist("lawyer", surname="Тестов")
    assert centre.specialist("lawyer", rate_percent=50, staff_id=lawyer) == lawyer
    assert centre.session.value("SELECT surname FROM staff_names") == "Тестов"
    assert centre.session.value("SELECT rate_percent FROM staff_members") == 50


# --- Media --------------------------------------------------------------------------------------


def test_a_publication_of_tomorrow_is_refused(centre: Desk) -> None:
    publication = Publication(
        id=new_id(),
        published_on=date(2024, 5, 21),
        outlet="Газета",
        outlet_kind="newspaper",
        title="О семье",
    )
    assert _refused(
        lambda: events.save_publication(centre.session, centre.actor, publication=publication)
    ) == ("date_in_future", "published_on")


def test_views_of_a_video_are_counted_up_to_a_day(centre: Desk) -> None:
    video = Video(id=new_id(), title="Ролик", published_on=MAY)
    events.save_video(centre.session, centre.actor, video=video)
    events.count_views(
        centre.session, centre.actor, video_id=video.id, views=1200, views_on=date(2024, 5, 20)
    )
    row = centre.session.one("SELECT views, views_on, revision FROM videos")
    assert row == {"views": 1200, "views_on": "2024-05-20", "revision": 2}


# --- Accounts -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "roles", "code"),
    [
        ("lead", ("lawyer",), "login_taken"),
        ("айгүл", ("director",), "role_unknown"),
        ("айгүл", (), "field_required"),
        ("  ", ("lawyer",), "field_required"),
        ("я" * 81, ("lawyer",), "text_too_long"),
    ],
)
def test_an_account_that_cannot_be_leaves_no_way_in(
    centre: Desk, name: str, roles: tuple[str, ...], code: str
) -> None:
    assert (
        _refused(
            lambda: centre.workplace.add_account(
                centre.session, name=name, password=PASSWORD, roles=roles
            )
        )[0]
        == code
    )
    assert centre.count("accounts") == 1


def test_a_second_lead_signs_with_a_key_of_their_own(centre: Desk) -> None:
    centre.workplace.add_account(
        centre.session, name="айгүл", password=PASSWORD, roles=("lead", "lawyer")
    )
    centre.workplace.add_account(centre.session, name="ерлан", password=PASSWORD, roles=("lawyer",))
    listed = accounts.accounts(centre.session, centre.actor)
    certificates = [account.certificate for account in listed]
    assert [account.name for account in listed] == ["lead", "айгүл", "ерлан"]
    assert certificates[0] and certificates[1] and certificates[0] != certificates[1]
    assert certificates[2] is None


def test_an_account_is_linked_to_who_works_here(centre: Desk) -> None:
    lawyer = centre.specialist("lawyer")

    def link(name: str, staff_id: str) -> None:
        accounts.link_staff(centre.session, centre.actor, name=name, staff_id=staff_id)

    assert _refused(lambda: link("lead", "nobody"))[0] == "specialist_unknown"
    assert _refused(lambda: link("nobody", lawyer))[0] == "account_unknown"
    link("lead", lawyer)
    assert accounts.actor_of(centre.session, centre.actor.account_id).staff_id == lawyer
