"""Writes a small practice folder, its backup and package of this version into ``tests/data``.

Later versions must open them. Run ``make released`` once, when a version is released.
"""

import os
import shutil
import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from pravo_desktop import __version__
from pravo_desktop.backups.files import make_backup
from pravo_desktop.bootstrap import create_workplace
from pravo_desktop.data_folder import DATABASE, SLOTS
from pravo_desktop.usecases import cases, months, packages, staff
from pravo_desktop.usecases.cases import ClaimForm, ConsultationForm
from pravo_desktop.usecases.participants import ParticipantForm

TARGET = Path(__file__).resolve().parents[1] / "tests" / "data"
PASSWORD = "correct horse 12"
"""Of the practice folder, whose people do not exist."""


def write_release(target: Path) -> None:
    """Write the folder ``data``, ``station.backup``, ``package.xlsx`` and ``amendment.xlsx``.

    Args:
        target: folder of this version; what was in it is replaced.
    """
    os.environ["PRAVO_NOW"] = "2024-05-20T12:00:00"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    with TemporaryDirectory() as home:
        made = create_workplace(
            Path(home) / "data",
            workplace="centre",
            centre="astana",
            practice=True,
            user="lead",
            password=PASSWORD,
            recovery_sheet=Path(home) / "sheet.txt",
        )
        session, actor = made.workplace.session(), made.workplace.actor
        specialist = staff.save_staff_member(
            session, actor, profession="psychologist", employed_from=date(2024, 1, 1)
        )
        wife = ParticipantForm(
            role="wife", sex="female", birth_year=1992, consent="given", surname="Сынақова"
        )
        for day in (3, 4):
            cases.open_case(
                session,
                actor,
                kind="married",
                participants=(ParticipantForm(role="husband", sex="male", birth_year=1990), wife),
                claims=(ClaimForm(kind="divorce", filed_on=date(2024, 4, day)),),
                consultation=ConsultationForm(held_on=date(2024, 4, day), specialist_id=specialist),
            )
        case = session.value("SELECT min(id) FROM cases")
        cases.record_study(
            session, actor, case_id=case, held_on=date(2024, 4, 5), specialist_id=specialist
        )
        months.close_month(session, actor, month="2024-04", zeros={"media": "no_activity"})
        key = made.workplace.signing_key(session)
        package = packages.export_package(session, actor, key=key, month="2024-04")
        packages.write_copy(
            session, actor, sequence=package.sequence, target=target / "package.xlsx"
        )
        cases.record_consultation(
            session,
            actor,
            case_id=case,
            consultation=ConsultationForm(held_on=date(2024, 4, 12), specialist_id=specialist),
            confirmed={"month_closed": "Кезінде енгізілмеген"},
        )
        further = packages.export_package(session, actor, key=key, month="2024-04", amendment=True)
        packages.write_copy(
            session, actor, sequence=further.sequence, target=target / "amendment.xlsx"
        )
        make_backup(made.workplace, session, out=target / "station.backup")
        session.close()
        made.workplace.close()
        (target / "data").mkdir()
        for name in (DATABASE, SLOTS):
            shutil.copy2(Path(home) / "data" / name, target / "data" / name)


if __name__ == "__main__":
    write_release(TARGET / f"release-{__version__}")
    sys.stdout.write(f"release-{__version__}\n")
