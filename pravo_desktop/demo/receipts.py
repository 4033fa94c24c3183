"""Headquarters answers: a receipt for each centre, and one centre takes its own over."""

from datetime import timedelta
from pathlib import Path

from db.session import Session
from pravo_desktop.bootstrap import Workplace, open_workplace
from pravo_desktop.clock import PracticeClock
from pravo_desktop.usecases.centre_questions import ask_centre
from pravo_desktop.usecases.packages import Progress
from pravo_desktop.usecases.receipts import make_receipt, receipt_centres, write_receipt_copy
from pravo_desktop.usecases.received_receipts import import_receipt

TAKEN_OVER_BY = "astana"
QUESTION_KK = "Қатысушының туған жылын толықтырыңыз."
QUESTION_RU = "Дополните год рождения участника."


def send_receipts(
    session: Session,
    workplace: Workplace,
    centres: Path,
    target: Path,
    password: str,
    told: Progress,
) -> None:
    """Make the receipts of all centres at headquarters, and import the one of Astana there.

    Args:
        centres: the folder with a data folder for each centre.
        target: a new folder for the receipts.
    """
    target.mkdir()
    actor = workplace.actor
    key = workplace.signing_key(session)
    listed = [one for one in receipt_centres(session, actor) if (centres / one).is_dir()]
    unknown = session.value(
        "SELECT id FROM merged_participants WHERE centre = ? AND birth_year IS NULL ORDER BY id",
        (TAKEN_OVER_BY,),
    )
    if unknown is not None:
        ask_centre(
            session,
            actor,
            centre=TAKEN_OVER_BY,
            table="participants",
            record_id=unknown,
            field="birth_year",
            question_kk=QUESTION_KK,
            question_ru=QUESTION_RU,
        )
    for number, centre in enumerate(listed):
        told(f"receipt {centre}", number, len(listed))
        made = make_receipt(session, actor, key=key, centre=centre)
        path = write_receipt_copy(session, actor, centre=centre, number=made.number, target=target)
        if centre == TAKEN_OVER_BY:
            _take_over(path, centres / centre, password, workplace, key.fingerprint)


def _take_over(
    receipt: Path, folder: Path, password: str, headquarters: Workplace, fingerprint: str
) -> None:
    """Import a receipt on the next day, after its fingerprint was compared by phone."""
    clock = PracticeClock(headquarters.clock.now() + timedelta(days=1))
    centre = open_workplace(folder, password=password, clock=clock)
    session = centre.session()
    try:
        import_receipt(session, centre.actor, path=receipt, compared=fingerprint)
    finally:
        session.close()
        centre.close()
