"""A centre that headquarters added is called by its name, at headquarters and at the centre."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from pravo_desktop.domain.records import Centre
from pravo_desktop.errors import KnownError
from pravo_desktop.messages import translate_error
from pravo_desktop.usecases.registers import save_region, save_registered_centre
from tests.ui.desks import make_place, page_of, signed_in
from ui.models.places import centre_keys, centre_name, region_keys, region_name
from ui.pages.figures import FiguresPage
from ui.runner import Job

ADDED = Centre(id="", key="zhezkazgan", region="ulytau", city_kk="Жезқазған", city_ru="Жезказган")


def add(job: Job) -> None:
    save_region(
        job.session,
        job.actor,
        key="ulytau",
        name_kk="Ұлытау облысы",
        name_ru="область Улытау",
        name_en="Ulytau region",
        case_code="ult",
    )
    save_registered_centre(job.session, job.actor, centre=ADDED)


def test_a_new_centre_has_its_name_in_the_open_window_at_once_and_after_the_next_sign_in(
    qtbot: QtBot, tmp_path: Path
) -> None:
    headquarters = make_place(tmp_path / "headquarters")
    window = signed_in(qtbot, headquarters)
    t = window.translator
    assert centre_name(t, ADDED.key) == ADDED.key
    window.runner.write(window, add, lambda _: None)
    qtbot.waitUntil(lambda: centre_name(t, ADDED.key) == "Жезказган", timeout=20_000)
    assert region_name(t, "ulytau") == "область Улытау"
    assert ADDED.key in centre_keys(t) and "ulytau" in region_keys(t)
    told = translate_error(t, KnownError("centre_unknown", centre=ADDED.key))
    assert ADDED.key not in told
    assert window.shell is not None
    window.shell.go("figures")
    choice = page_of(window, FiguresPage).region
    assert choice.itemText(choice.findData("ulytau")) == "область Улытау"
    qtbot.waitUntil(lambda: not window.at_work, timeout=20_000)
    window.lock_now()
    again = signed_in(qtbot, headquarters) if window.close() else window
    assert centre_name(again.translator, ADDED.key) == "Жезказган"
