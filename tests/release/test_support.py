"""What a centre sends to whoever helps: enough to see what is wrong, and nothing about a person."""

import json
import shutil
import zipfile
from datetime import date
from pathlib import Path

import pytest

from pravo_desktop import __version__
from pravo_desktop.backups.restoring import Access, restore_workplace
from pravo_desktop.bootstrap import Workplace, create_workplace, open_workplace
from pravo_desktop.data_folder import CRASHES, DATABASE
from pravo_desktop.errors import KnownError
from pravo_desktop.i18n import Translator
from pravo_desktop.log import LARGEST, LOG, OLDER_LOG, note
from pravo_desktop.messages import translate_error
from pravo_desktop.support import check_computer, write_support_file
from pravo_desktop.usecases import cases, staff
from pravo_desktop.usecases.cases import ClaimForm, ConsultationForm
from pravo_desktop.usecases.participants import ParticipantForm
from tests.cli.driver import PASSWORD, Driver
from tests.ui.canaries import COURT, GIVEN, IIN, NOTE, PHONE, SURNAME, leaks

RELEASE = Path(__file__).parents[1] / "data" / "release-0.1.0"


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workplace:
    """A centre in the home of somebody whose folder bears their name, with a named case."""
    home = tmp_path / SURNAME
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("PRAVO_NOW", "2024-05-20T12:00:00")
    made = create_workplace(
        home / GIVEN,
        workplace="centre",
        centre="astana",
        practice=True,
        user=SURNAME,
        password=PASSWORD,
        recovery_sheet=tmp_path / "sheet.txt",
    ).workplace
    session = made.session()
    specialist = staff.save_staff_member(
        session,
        made.actor,
        profession="psychologist",
        employed_from=date(2024, 1, 1),
        surname=SURNAME,
        given_name=GIVEN,
    )
    cases.open_case(
        session,
        made.actor,
        kind="married",
        participants=(
            ParticipantForm(
                role="husband",
                sex="male",
                consent="given",
                surname=SURNAME,
                given_name=GIVEN,
                iin=IIN,
                phone=PHONE,
            ),
            ParticipantForm(role="wife", sex="female"),
        ),
        claims=(ClaimForm(kind="divorce", filed_on=date(2024, 5, 3), court_number=COURT),),
        consultation=ConsultationForm(
            held_on=date(2024, 5, 3), specialist_id=specialist, note=NOTE
        ),
    )
    session.close()
    return made


def plant(folder: Path, second: Path) -> None:
    """Personal data in every file that the support file is made from."""
    planted = f"{SURNAME} {IIN} {PHONE}"
    for name in (LOG, OLDER_LOG):
        (folder / name).write_text(
            f"2024-05-20T07:00:00Z 0.1.0 wrong_password\n{planted}\n"
            f"2024-05-20T07:00:00Z 0.1.0 {SURNAME}\n",
            "utf-8",
        )
    (folder / CRASHES).mkdir(exist_ok=True)
    (folder / CRASHES / f"crash-{SURNAME}.txt").write_text(
        f"builtins.ValueError\n  pravo_desktop.usecases.cases:12 open_case\n{planted}\n", "utf-8"
    )
    (folder / "settings.ini").write_text(
        f"[General]\nlanguage=kk\npage={SURNAME}\n[folders]\npackages={second}\n", "utf-8"
    )
    (folder / "backups.json").write_text(json.dumps({"second": str(second)}), "utf-8")


def test_the_support_file_names_nobody_and_no_folder(workplace: Workplace, tmp_path: Path) -> None:
    second = tmp_path / f"{GIVEN} флешка"
    second.mkdir()
    plant(workplace.folder, second)
    stick = tmp_path / "stick"
    stick.mkdir()
    session = workplace.session()
    path = write_support_file(workplace, session, target=stick)
    session.close()
    assert leaks(stick) == []
    assert str(tmp_path) not in _everything(path)
    workplace.close()


def _everything(path: Path) -> str:
    with zipfile.ZipFile(path) as packed:
        return "\n".join(
            name + "\n" + packed.read(name).decode("utf-8") for name in packed.namelist()
        )


def test_it_says_what_a_helper_asks_first(workplace: Workplace, tmp_path: Path) -> None:
    plant(workplace.folder, tmp_path / "away")
    session = workplace.session()
    path = write_support_file(workplace, session, target=tmp_path)
    session.close()
    with zipfile.ZipFile(path) as packed:
        report = json.loads(packed.read("report.json"))
        log = packed.read(LOG).decode()
        (crash,) = [packed.read(n).decode() for n in packed.namelist() if n.startswith(CRASHES)]
    assert report["program"] == __version__ and report["centre"] == "astana"
    assert report["database_version"] == report["program_database_version"]
    assert report["rows"]["cases"] == 1 and report["rows"]["participants"] == 2
    assert report["data_folder"] == "home"
    assert report["backups"]["second_place"] == {
        "kind": "elsewhere",
        "there": False,
        "number": 0,
        "newest": None,
    }
    assert report["settings"] == {"language": "kk"}
    found = {one["check"]: one["found"] for one in report["checks"]}
    assert found["pages"] == found["history"] == [] and found["backup"] == ["overdue"]
    assert log.count("wrong_password") == 2
    assert "pravo_desktop.usecases.cases:12 open_case" in crash
    workplace.close()


def test_a_damaged_history_shows_in_the_check(workplace: Workplace) -> None:
    session = workplace.session()
    assert {one.check for one in check_computer(workplace, session).examined if not one.well} == {
        "backup",
        "second_place",
    }
    for table in ("audit_values", "audit_entries"):
        session.execute(f"DELETE FROM {table} WHERE number = 2")
    checked = check_computer(workplace, session)
    assert not checked.well
    assert "history" in {one.check for one in checked.examined if not one.well}
    session.close()
    workplace.close()


def test_a_damaged_database_is_told_of_too(workplace: Workplace, tmp_path: Path) -> None:
    """Tables of which no page can be read are left out; the file is made all the same."""
    session = workplace.session()
    size = int(session.value("PRAGMA page_size"))
    roots = session.all("SELECT rootpage FROM sqlite_master WHERE tbl_name = 'participants'")
    places = [int(row["rootpage"]) * size - size // 2 for row in roots if row["rootpage"]]
    session.close()
    folder = workplace.folder
    workplace.close()
    content = bytearray((folder / DATABASE).read_bytes())
    for place in places:
        content[place] ^= 1
    (folder / DATABASE).write_bytes(content)
    workplace = open_workplace(folder, password=PASSWORD)
    session = workplace.session()
    path = write_support_file(workplace, session, target=tmp_path / "help.zip")
    with zipfile.ZipFile(path) as packed:
        report = json.loads(packed.read("report.json"))
    found = {one["check"]: one["found"] for one in report["checks"]}
    assert found["pages"] and {*found} == {"pages", "backup", "second_place", "room"}
    assert not report["well"] and report["rows"] == {} and report["database_bytes"] > 0
    session.close()
    workplace.close()


def test_known_errors_leave_their_code_in_the_log_and_nothing_else(driver: Driver) -> None:
    driver.centre()
    (driver.home / "password").write_text("not the right one 4")
    assert driver.at("centre", "doctor").json["code"] == "wrong_password"
    (line,) = (driver.home / "centre" / LOG).read_text().splitlines()
    assert line.split()[1:] == [__version__, "wrong_password"]
    driver.at("nowhere", "doctor")
    assert not (driver.home / "nowhere").exists()


def test_the_log_does_not_grow_without_end(driver: Driver) -> None:
    driver.centre()
    folder = driver.home / "centre"
    (folder / LOG).write_text("x" * (LARGEST + 1))
    note(folder, "wrong_password")
    assert (folder / LOG).stat().st_size < 100
    assert (folder / OLDER_LOG).stat().st_size == LARGEST + 1


def test_the_command_line_writes_the_support_file(driver: Driver) -> None:
    driver.centre()
    file = Path(driver.at("centre", "support", "--out", driver.home).json["file"])
    assert zipfile.is_zipfile(file)


def test_an_older_program_names_the_version_it_needs_and_goes_back_to_its_backup(
    tmp_path: Path,
) -> None:
    """Rolling back an update: the older version installed again, the backup in the data's place."""
    folder = tmp_path / "data"
    shutil.copytree(RELEASE / "data", folder)
    workplace = open_workplace(folder, password=PASSWORD)
    session = workplace.session()
    session.execute("UPDATE alembic_version SET version_num = '9999'")
    session.execute("PRAGMA user_version = 2013001")
    session.close()
    workplace.close()
    with pytest.raises(KnownError) as refused:
        open_workplace(folder, password=PASSWORD)
    assert refused.value.code == "database_newer_kept"
    assert refused.value.params["needed"] == "2.13.1"
    kept = str(refused.value.params["kept"])
    told = translate_error(Translator("ru"), refused.value)
    assert "2.13.1" in told and kept in told

    back = restore_workplace(folder / kept, folder, Access(PASSWORD), instead=True)
    session = back.session()
    assert session.value("SELECT count(*) FROM cases") == 2
    session.close()
    back.close()
    assert list(folder.glob(f"replaced-*/{DATABASE}"))


def test_a_backup_of_a_newer_program_names_the_version_it_needs(tmp_path: Path) -> None:
    newer = tmp_path / "newer.backup"
    with (
        zipfile.ZipFile(RELEASE / "station.backup") as old,
        zipfile.ZipFile(newer, "w") as new,
    ):
        for name in old.namelist():
            data = old.read(name)
            if name == "backup.json":
                head = json.loads(data) | {"format": 3, "program_version": "3.0.0"}
                data = json.dumps(head).encode()
            new.writestr(name, data)
    with pytest.raises(KnownError) as refused:
        restore_workplace(newer, tmp_path / "data", Access(PASSWORD))
    assert (refused.value.code, refused.value.params["needed"]) == ("backup_newer", "3.0.0")
