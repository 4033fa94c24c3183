"""Pictures of what stands before signing in: the first start, practice, signing in, mending."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

from pravo_desktop.backups.keeping import back_up
from pravo_desktop.bootstrap import open_workplace
from pravo_desktop.data_folder import DATABASE
from tools.camera import LOOKS, Camera, opened, settle, wait
from tools.screens_practice import PASSWORD, make_centre
from ui.app import Window
from ui.pages.damaged import DamagedPage
from ui.pages.first_run import FirstRunPage
from ui.pages.first_start.chapter import ChapterDialog
from ui.pages.sign_in import SignInPage

_STEPS = (
    "01-first-run",
    "01-first-run-workplace",
    "01-first-run-you",
    "01-first-run-password",
    "01-first-run-sheet",
    "01-first-run-second-place",
)


def at_the_door(camera: Camera, place: Path, centre: Path) -> None:
    """Everything before the shell.

    Args:
        place: an empty folder to work in.
        centre: a data folder.
    """
    window = opened(place / "new")
    camera.tour(window, lambda: _first_steps(camera, window))
    window.close()
    for look in LOOKS:
        _last_step(camera, look)
    _practice(camera, place / "learner")
    window = opened(centre)
    camera.tour(window, lambda: _signing_in(camera, window))
    for name, file in (("03-refused", None), ("03-refused-file", Path("astana-12.pravo"))):
        second = opened(centre, file)
        camera.tour(second, lambda: camera.take(second, name))  # noqa: B023
        second.close()
    others: tuple[tuple[str, Callable[[], object]], ...] = (
        ("04-restore", window._show_restore),
        ("05-damaged", window._show_damaged),
    )
    for name, show in others:
        show()
        camera.tour(window, lambda name=name: camera.take(window, name))  # type: ignore[misc]
    window.close()
    _damaged(camera, place / "damaged")


def _first_run(window: Window) -> FirstRunPage:
    page = window.door
    assert isinstance(page, FirstRunPage)
    return page


def _first_steps(camera: Camera, window: Window) -> None:
    """The steps as far as nothing is made."""
    page = _first_run(window)
    for position, name in enumerate(_STEPS):
        page.stand(position)
        camera.take(window, name)
    page.stand(0)
    _help(camera, window, "01-first-run-help")


def _last_step(camera: Camera, look: tuple[str, str, int]) -> None:
    """The fingerprint of the new key; the folder is made in each look, since it stands once."""
    with TemporaryDirectory() as name:
        window = opened(Path(name) / "new")
        camera.dress(window, look)
        page = _first_run(window)
        page.stand(len(_STEPS) - 1)
        page.account.user.setText("aigul")
        page.password.password.setText(PASSWORD)
        page.create_folder()
        wait(lambda: page.position == len(_STEPS))
        camera.take(window, "01-first-run-key")
        window.close()


def _signing_in(camera: Camera, window: Window) -> None:
    camera.take(window, "02-sign-in")
    _help(camera, window, "02-sign-in-help")
    page = window.door
    assert isinstance(page, SignInPage)
    page.forgotten.click()
    camera.take(window, "02-sign-in-forgotten")


def _help(camera: Camera, window: Window, name: str) -> None:
    assert window.door is not None
    window.show_help()
    (dialog,) = window.door.findChildren(ChapterDialog)
    camera.take(window, name, of=dialog)
    dialog.reject()


def _damaged(camera: Camera, folder: Path) -> None:
    """A database with a spoiled page: the newest backup, and what could be saved of the rest."""
    make_centre(folder)
    workplace = open_workplace(folder, password=PASSWORD)
    with closing(workplace.session()) as session:
        back_up(workplace, session)
        root = "SELECT rootpage FROM sqlite_master WHERE name = 'consultations'"
        spoiled = int(str(session.value(root))) - 1
        session.value("PRAGMA wal_checkpoint(TRUNCATE)")
    workplace.close()
    data = bytearray((folder / DATABASE).read_bytes())
    data[spoiled * 4096 + 100] ^= 1
    (folder / DATABASE).write_bytes(data)
    for look in LOOKS:
        with TemporaryDirectory() as name:
            window = opened(copytree(folder, Path(name) / "damaged"))
            camera.dress(window, look)
            window._show_damaged("lead", PASSWORD)
            camera.take(window, "05-damaged-backup")
            page = window.door
            assert isinstance(page, DamagedPage)
            page.save()
            wait(page.result.isVisible)
            camera.take(window, "05-damaged-saved")
            window.close()


def _practice(camera: Camera, folder: Path) -> None:
    """The door of the practice folder, and the first start beside it."""
    window = opened(folder)
    _first_run(window).language.practice.practise()
    wait(lambda: window.shell is not None, seconds=120)
    settle(window)
    window.lock_now()
    wait(lambda: isinstance(window.door, SignInPage))
    camera.tour(window, lambda: camera.take(window, "06-practice-door"))
    window.leave_practice()
    camera.tour(window, lambda: camera.take(window, "06-practice-made"))
    window.close()
