"""Publications, videos and printed materials by keyboard."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pravo_desktop.bootstrap import Workplace
from pravo_desktop.domain.records import PrintedMaterial, Publication, Video
from pravo_desktop.domain.versions import new_id
from pravo_desktop.usecases.event_queries import hand_out_lines, material_lines, media_lines
from pravo_desktop.usecases.events import save_event, save_printed_material, save_video
from tests.ui.conftest import press, shell_of, write
from ui.app import Window
from ui.forms.printed_forms import HandOutForm, MaterialForm
from ui.forms.publication_form import PublicationForm, VideoForm, ViewsForm
from ui.page import Page
from ui.pages.media import MediaPage
from ui.pages.printed import PrintedPage

WorkIn = Callable[[Path], tuple[Window, Workplace]]
P = TypeVar("P", bound=Page)
SLOW = 10_000


def page_of(window: Window, kind: type[P]) -> P:
    page = shell_of(window).page
    assert isinstance(page, kind), page
    return page


def tab_to(qtbot: QtBot, window: Window, control: QWidget) -> None:
    """Press Tab until a control has the keyboard."""
    for _ in range(20):
        if control.hasFocus():
            return
        press(qtbot, window, "Tab")
    raise AssertionError(f"Tab does not come to {control.objectName()}")


def media_of(workplace: Workplace) -> list[Publication | Video]:
    session = workplace.reading_session()
    found = media_lines(session, workplace.actor)
    session.close()
    return found


def test_the_first_publication_is_entered_from_the_empty_page(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, workplace = work_in(centre_folder)
    press(qtbot, window, "Ctrl+B")
    page = page_of(window, MediaPage)
    qtbot.waitUntil(page.nothing.button.hasFocus, timeout=SLOW)
    press(qtbot, window, "Space")
    form = page_of(window, PublicationForm)
    tab_to(qtbot, window, form.outlet)
    write(window, "Instagram")
    tab_to(qtbot, window, form.media_title)
    write(window, "Татуласу апталығы")
    tab_to(qtbot, window, form.views)
    write(window, "350")
    press(qtbot, window, "Ctrl+Enter")
    qtbot.waitUntil(lambda: len(page.model.rows) == 1, timeout=SLOW)
    (made,) = media_of(workplace)
    assert isinstance(made, Publication)
    assert (made.outlet, made.title, made.views) == ("Instagram", "Татуласу апталығы", 350)
    # Views without a day were read today.
    assert made.views_on == date(2024, 5, 20)


def test_views_of_a_video_are_read_again_with_two_fields(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, workplace = work_in(centre_folder)
    session = workplace.session()
    clip = Video(id=new_id(), title="Кездесу", published_on=date(2024, 3, 1), views=10)
    save_video(session, workplace.actor, video=clip)
    session.close()
    press(qtbot, window, "Ctrl+B")
    page = page_of(window, MediaPage)
    qtbot.waitUntil(lambda: len(page.model.rows) == 1, timeout=SLOW)
    tab_to(qtbot, window, page.views_button)
    press(qtbot, window, "Space")
    form = page_of(window, ViewsForm)
    qtbot.waitUntil(lambda: form.views.selectedText() == "10", timeout=SLOW)
    write(window, "1250")
    form.views_on.clear()
    press(qtbot, window, "Ctrl+Enter")
    assert form.fields["views_on"].note.text
    write(window, "20")
    press(qtbot, window, "Ctrl+Enter")
    qtbot.waitUntil(lambda: shell_of(window).page is page, timeout=SLOW)
    (seen,) = media_of(workplace)
    assert (seen.views, seen.views_on, seen.title) == (1250, date(2024, 5, 20), "Кездесу")


def test_a_video_is_changed_where_it_stands_and_a_wrong_date_is_told(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, workplace = work_in(centre_folder)
    session = workplace.session()
    clip = Video(id=new_id(), title="Кездесу", published_on=date(2024, 3, 1))
    save_video(session, workplace.actor, video=clip)
    session.close()
    press(qtbot, window, "Ctrl+B")
    page = page_of(window, MediaPage)
    qtbot.waitUntil(lambda: page.table.hasFocus(), timeout=SLOW)
    press(qtbot, window, "Enter")
    form = page_of(window, VideoForm)
    qtbot.waitUntil(lambda: form.media_title.text() == "Кездесу", timeout=SLOW)
    form.published_on.setText("ертең-ақ")
    press(qtbot, window, "Ctrl+Enter")
    assert "05.12.2024" in form.fields["published_on"].note.text
    assert form.published_on.hasFocus()
    form.published_on.setText("2.3.2024")
    press(qtbot, window, "Ctrl+Enter")
    qtbot.waitUntil(lambda: shell_of(window).page is page, timeout=SLOW)
    assert [one.published_on for one in media_of(workplace)] == [date(2024, 3, 2)]


def test_copies_are_handed_out_at_an_event_and_the_rest_is_shown(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, workplace = work_in(centre_folder)
    session = workplace.session()
    event = save_event(
        session,
        workplace.actor,
        kind="campaign_action",
        held_on=date(2024, 5, 17),
        topic="Отбасы күні",
    )
    session.close()
    press(qtbot, window, "Ctrl+H")
    page = page_of(window, PrintedPage)
    qtbot.waitUntil(page.nothing.button.hasFocus, timeout=SLOW)
    press(qtbot, window, "Ctrl+N")
    material = page_of(window, MaterialForm)
    write(window, "Жадынама")
    tab_to(qtbot, window, material.copies_made)
    write(window, "500")
    press(qtbot, window, "Ctrl+Enter")
    qtbot.waitUntil(lambda: len(page.materials.rows) == 1, timeout=SLOW)
    press(qtbot, window, "Ctrl+N")
    form = page_of(window, HandOutForm)
    qtbot.waitUntil(lambda: form.event_choice.count() == 2, timeout=SLOW)
    assert form.copies.hasFocus()
    write(window, "120")
    tab_to(qtbot, window, form.event_choice)
    press(qtbot, window, "Down", "Ctrl+Enter")
    qtbot.waitUntil(lambda: len(page.hand_outs.rows) == 1, timeout=SLOW)
    session = workplace.reading_session()
    (line,) = material_lines(session, workplace.actor)
    (given,) = hand_out_lines(session, workplace.actor)
    session.close()
    assert (line.handed_out, line.rest) == (120, 380)
    assert (given.hand_out.event_id, given.event, given.material) == (
        event,
        "Отбасы күні",
        "Жадынама",
    )


def test_a_material_that_was_only_received_has_no_rest(
    qtbot: QtBot, centre_folder: Path, work_in: WorkIn
) -> None:
    window, workplace = work_in(centre_folder)
    session = workplace.session()
    material = PrintedMaterial(id=new_id(), title="Буклет", ordered_on=date(2024, 2, 1))
    save_printed_material(session, workplace.actor, material=material)
    session.close()
    press(qtbot, window, "Ctrl+H")
    page = page_of(window, PrintedPage)
    qtbot.waitUntil(lambda: len(page.materials.rows) == 1, timeout=SLOW)
    press(qtbot, window, "Ctrl+N")
    form = page_of(window, HandOutForm)
    qtbot.waitUntil(lambda: bool(form.material.value), timeout=SLOW)
    press(qtbot, window, "Ctrl+Enter")
    assert form.fields["copies"].note.text
    write(window, "40")
    press(qtbot, window, "Ctrl+Enter")
    qtbot.waitUntil(lambda: len(page.hand_outs.rows) == 1, timeout=SLOW)
    assert [(row.handed_out, row.rest) for row in page.materials.rows] == [(40, None)]
