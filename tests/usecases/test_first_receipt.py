"""A new centre that the program does not know begins with headquarters' receipt."""

from datetime import date
from pathlib import Path

import pytest

from pravo_desktop.bootstrap import Workplace, create_workplace, open_workplace
from pravo_desktop.data_folder import is_empty, is_initialised
from pravo_desktop.domain.records import Centre
from pravo_desktop.errors import KnownError
from pravo_desktop.usecases import cases, decisions, inbox, months, packages, participants, staff
from pravo_desktop.usecases.events import save_event
from pravo_desktop.usecases.first_receipt import first_receipt
from pravo_desktop.usecases.own_package import put_into_report
from pravo_desktop.usecases.paper_facts import issuer_of
from pravo_desktop.usecases.queries import workplace_facts
from pravo_desktop.usecases.receipts import make_receipt, write_receipt_copy
from pravo_desktop.usecases.registers import save_region, save_registered_centre
from pravo_desktop.usecases.station import station_card
from pravo_desktop.usecases.trust import add_trust
from pravo_desktop.usecases.upkeep import holding

PASSWORD = "correct horse 12"
CENTRE = "zhezkazgan"


@pytest.fixture(autouse=True)
def practice_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRAVO_NOW", "2024-05-20T12:00:00")


def make(folder: Path, **given: object) -> tuple[str, Workplace]:
    made = create_workplace(
        folder,
        workplace="centre" if given else "headquarters",
        centre=None,
        practice=True,
        user="tester",
        password=PASSWORD,
        recovery_sheet=folder.with_suffix(".txt"),
        **given,  # type: ignore[arg-type]
    )
    return made.fingerprint, made.workplace


@pytest.fixture
def headquarters(tmp_path: Path) -> tuple[str, Path, Path]:
    """Fingerprint, folder, and the receipt for a centre in a new region."""
    fingerprint, workplace = make(tmp_path / "headquarters")
    session, actor = workplace.session(), workplace.actor
    save_region(
        session,
        actor,
        key="ulytau",
        name_kk="Ұлытау облысы",
        name_ru="область Улытау",
        name_en="Ulytau region",
        case_code="ult",
    )
    centre = Centre(
        id="",
        key=CENTRE,
        region="ulytau",
        name_kk="Жезқазған қаласындағы орталық",
        name_ru="Центр в городе Жезказгане",
        city_kk="Жезқазған",
        city_ru="Жезказган",
    )
    save_registered_centre(session, actor, centre=centre)
    key = workplace.signing_key(session)
    put_into_report(session, actor, key=key, archive=workplace.archive)
    made = make_receipt(session, actor, key=key, centre=CENTRE)
    receipt = write_receipt_copy(session, actor, centre=CENTRE, number=made.number, target=tmp_path)
    session.close()
    workplace.close()
    return fingerprint, tmp_path / "headquarters", receipt


def test_before_the_call_a_receipt_names_the_centre_alone_and_after_it_its_city(
    headquarters: tuple[str, Path, Path],
) -> None:
    fingerprint, _, receipt = headquarters
    seen = first_receipt(receipt, practice=True)
    assert (seen.centre, seen.fingerprint) == (CENTRE, fingerprint)
    assert not seen.city and not seen.case_code
    known = first_receipt(receipt, practice=True, compared=fingerprint)
    assert known.city == {"kk": "Жезқазған", "ru": "Жезказган"} and known.case_code == "ULT"


def test_another_fingerprint_or_a_practice_receipt_makes_no_folder(
    headquarters: tuple[str, Path, Path], tmp_path: Path
) -> None:
    fingerprint, _, receipt = headquarters
    with pytest.raises(KnownError, match="fingerprint_differs"):
        make(tmp_path / "data", receipt=receipt, compared="AB" * 32)
    with pytest.raises(KnownError, match="fingerprint"):
        make(tmp_path / "data", receipt=receipt)
    with pytest.raises(KnownError, match="practice_receipt"):
        first_receipt(receipt, compared=fingerprint)
    assert is_empty(tmp_path / "data")


def test_the_new_centre_works_and_headquarters_accepts_its_package(
    headquarters: tuple[str, Path, Path], tmp_path: Path
) -> None:
    fingerprint, folder, receipt = headquarters
    own, workplace = make(tmp_path / "data", receipt=receipt, compared=fingerprint)
    session, actor = workplace.session(), workplace.actor
    assert workplace_facts(session, actor).city["ru"] == "Жезказган"
    card = station_card(session, actor)
    assert card.region == "ulytau" and card.name["ru"] == "Центр в городе Жезказгане"
    assert holding(session, actor).name == card.name
    places = workplace_facts(session, actor).places
    assert places["centre"][CENTRE]["kk"] == "Жезқазған"
    assert places["region"]["ulytau"]["ru"] == "область Улытау"
    assert "Жезқазған" in issuer_of(session, actor, "kk").centre
    assert session.value("SELECT count(*) FROM received_receipts") == 1
    assert session.value("SELECT count(*) FROM centres") == 0
    specialist = staff.save_staff_member(
        session, actor, profession="psychologist", employed_from=date(2024, 1, 1)
    )
    opened = cases.open_case(
        session,
        actor,
        kind="married",
        participants=(
            participants.ParticipantForm(role="husband", sex="male", birth_year=1990),
            participants.ParticipantForm(role="wife", sex="female", birth_year=1991),
        ),
        consultation=cases.ConsultationForm(held_on=date(2024, 4, 3), specialist_id=specialist),
    )
    assert opened.number == "ULT-A-2024-00001"
    save_event(
        session,
        actor,
        kind="campaign_action",
        held_on=date(2024, 4, 10),
        region="ulytau",
        topic="Отбасы күні",
        men=3,
        women=4,
    )
    months.close_month(session, actor, month="2024-04", zeros={"media": "no_activity"})
    made = packages.export_package(
        session, actor, key=workplace.signing_key(session), month="2024-04"
    )
    file = packages.write_copy(session, actor, sequence=made.sequence, target=tmp_path)
    session.close()
    workplace.close()

    office = open_workplace(folder, password=PASSWORD)
    session = office.session()
    add_trust(session, office.actor, fingerprint=own, centre=CENTRE)
    (said,) = inbox.receive_files(session, office.actor, paths=[file], archive=office.archive)
    assert said.status == decisions.ACCEPTED
    names = workplace_facts(session, office.actor).places["centre"]
    assert said.manifest is not None and names[said.manifest.centre]["ru"] == "Жезказган"
    session.close()
    office.close()


def test_what_fails_in_the_middle_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object, **__: object) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr("pravo_desktop.bootstrap.creating.accounts.new_account", breaks)
    with pytest.raises(OSError):
        make(tmp_path / "data")
    assert is_empty(tmp_path / "data") and not any((tmp_path / "data").iterdir())
    assert not (tmp_path / "data.txt").exists() and not is_initialised(tmp_path / "data")
