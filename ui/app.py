"""The window: painted at once, filled when the heavy parts are there, rebuilt on a switch."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QCloseEvent, QColor, QPalette
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMainWindow

from pravo_desktop.paths import default_data_folder
from ui.day_backups import DayBackups
from ui.handed_over import show_file
from ui.idle_lock import IdleLock
from ui.looking_after import look_after
from ui.menus import build_menus
from ui.settings import LANGUAGES, Settings
from ui.system_look import SystemLook
from ui.theme import GRID, SMALLEST_WINDOW, TEXT_SIZES, apply, load_fonts

if TYPE_CHECKING:
    from pravo_desktop.bootstrap import Workplace
    from pravo_desktop.i18n import Translator
    from pravo_desktop.usecases.queries import WorkplaceFacts
    from ui.pages.door import Door, DoorPage
    from ui.place import Place
    from ui.qt_words import QtWords
    from ui.runner import Runner
    from ui.shell import Shell

_OF_PLACES = frozenset({"centres", "regions", "received_receipts"})


def run(data: Path | None = None, language: str | None = None, file: Path | None = None) -> int:
    """Open the window and stay until it is closed; returns the exit code.

    Args:
        data: the data folder; the platform's own without it.
        language: ``kk`` or ``ru``; the remembered one, or the system's, without it.
        file: a package or a receipt to look at after signing in.
    """
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    spoken = language if language in LANGUAGES else None
    window = Window(data or default_data_folder(), spoken, file)
    sys.excepthook = window.caught
    window.show()
    return app.exec()


@dataclass
class _Kept:
    """What is kept of a locked window, for the same person."""

    account_id: str
    place: Place


class Window(QMainWindow):
    """The one main window.

    Before it is first painted nothing heavy is imported: no database, no documents, no languages.

    Args:
        folder: the data folder, which may not exist yet.
        language: overrides the remembered one.
        file: a package or a receipt to show where it belongs; a person decides about it there.
    """

    def __init__(self, folder: Path, language: str | None = None, file: Path | None = None) -> None:
        super().__init__()
        self._file = file.absolute() if file else None
        self.folder = self._home = folder
        self.settings = Settings(folder, language)
        self.runner: Runner
        self.translator: Translator
        self.shell: Shell | None = None
        self.door: DoorPage | None = None
        self._facts: WorkplaceFacts
        self._kept: _Kept | None = None
        self._begun = False
        self._claim: IO[str] | None = None
        self._busy = False
        self._rebuild_wanted = False
        self._asked = False
        self._qt_words: QtWords | None = None
        self.daily = DayBackups(self)
        self.idle = IdleLock(self)
        self.system_look = SystemLook(self)
        self.setWindowTitle("Pravo Desktop")
        self.setMinimumSize(SMALLEST_WINDOW)
        self.resize(self.settings.window)
        if self.settings.maximised:
            self.showMaximized()
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, QColor(self.settings.theme.colours.ground))
        self.setPalette(palette)

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() is QEvent.Type.Paint and not self._begun:
            self._begun = True
            QTimer.singleShot(0, self._begin)
        return done

    def _close_dialogs(self) -> None:
        """Answer no to every question that stands over the window."""
        for dialog in self.findChildren(QDialog):
            if dialog.isVisible():
                dialog.reject()

    def _begin(self) -> None:
        from ui.runner import Runner

        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self.idle.watch(application)
        load_fonts()
        self.runner = Runner(self.folder / "crashes", self)
        self.runner.busy.connect(self._note_busy)
        self.runner.changed.connect(self._note_changed)
        self.runner.prepare(self, _import_the_rest, lambda _: self._enter_by_the_door())

    def _enter_by_the_door(self) -> None:
        self._speak()
        self.claim()

    def claim(self) -> None:
        """Keep the data folder for this window and show its door, or say who else has it."""
        from pravo_desktop.data_folder import claim_folder
        from pravo_desktop.errors import KnownError
        from ui.pages.refused import RefusedPage

        try:
            self._claim = self._claim or claim_folder(self.folder)
        except KnownError as error:
            self._stand_at(RefusedPage(self._door(), error, self.claim, self._file))
        else:
            self._show_door()

    def _speak(self) -> None:
        from pravo_desktop.i18n import Translator
        from ui.qt_words import QtWords

        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self.translator = Translator(self.settings.language)
        if self._qt_words is None:
            self._qt_words = QtWords(self)
        app.removeTranslator(self._qt_words)
        self._qt_words.speak(self.translator)
        app.installTranslator(self._qt_words)
        apply(app, self.settings.theme)

    def _door(self) -> Door:
        from ui.pages.door import Door

        return Door(
            t=self.translator,
            theme=self.settings.theme,
            runner=self.runner,
            folder=self.folder,
            speak=self.set_language,
            enter=self.enter,
            restore=self._show_restore,
            damaged=self._show_damaged,
            back=self._show_door,
            practise=self.practise,
            leave_practice=self.leave_practice if self.practising else None,
        )

    def _show_door(self) -> None:
        """Sign-in, or the first run where no data folder has been made."""
        from pravo_desktop.data_folder import is_initialised
        from pravo_desktop.usecases.own_rows import RETURNED
        from ui.pages.first_run import FirstRunPage
        from ui.pages.sign_in import SignInPage

        door = self._door()
        if is_initialised(self.folder):
            self._stand_at(SignInPage(door))
            return
        first = FirstRunPage(door)
        self._stand_at(first)
        if self._file is None:
            return
        if self._file.suffix == ".xlsx":
            first.workplace.begin_with(self._file)
            self._file = None
        elif self._file.suffix == RETURNED:
            first.workplace.begin_again()

    @property
    def practising(self) -> bool:
        """Whether the window is at the practice folder beside its data folder."""
        return self.folder != self._home

    def practise(self) -> None:
        """Go into the practice folder, whose password everybody knows."""
        from pravo_desktop.bootstrap import open_workplace
        from pravo_desktop.demo.practice_folder import practice_folder, practice_login

        self._move_to(practice_folder(self._home))
        if self._claim is not None:
            folder = self.folder
            user, password = practice_login(folder)
            self.runner.prepare(
                self, lambda: open_workplace(folder, user=user, password=password), self.enter
            )

    def leave_practice(self) -> None:
        """Come back to the door of the real data."""
        self._move_to(self._home)

    def _move_to(self, folder: Path) -> None:
        self._let_go()
        self.folder = folder
        self.runner.crashes = folder / "crashes"
        self.daily.forget()
        self.claim()

    def _let_go(self) -> None:
        """Give the data folder free for other windows."""
        if self._claim is not None:
            from pravo_desktop.data_folder import release_folder

            release_folder(self.folder, self._claim)
            self._claim = None

    def _entitle(self, practice: bool) -> None:
        word = self.translator.text("PRACTICE")
        self.setWindowTitle(f"{word} · Pravo Desktop" if practice else "Pravo Desktop")

    def _show_restore(self) -> None:
        from ui.pages.restore import RestorePage

        self._stand_at(RestorePage(self._door()))

    def _stand_at(self, page: DoorPage) -> None:
        self.shell = None
        if self.door is not None:
            self.door.leave()
        self.door = page
        self._entitle(self.practising)
        self.setCentralWidget(page)
        build_menus(self)
        self.statusBar().hide()
        page.start()

    def enter(self, workplace: Workplace, page: str = "", file: Path | None = None) -> None:
        """Go in with the data folder that a person opened, to a page by its key, with a file."""
        from pravo_desktop.usecases.queries import workplace_facts
        from ui.place import Place

        self._file = file or self._file
        if page:
            self._kept = _Kept(workplace.actor.account_id, Place(page))
        self.runner.adopt(workplace)
        self.runner.read(
            self,
            lambda job: workplace_facts(job.session, job.actor),
            lambda facts: self._show_first_page(workplace, facts),
        )

    def _show_first_page(self, workplace: Workplace, facts: WorkplaceFacts) -> None:
        from ui.place import Place

        self._facts = facts
        kept, self._kept = self._kept, None
        place = Place("today" if facts.workplace == "centre" else self.settings.page)
        if kept is not None and kept.account_id == workplace.actor.account_id:
            place = kept.place
        self._show_shell(place)
        assert self.shell is not None
        self.shell.ask_about_drafts()
        file, self._file = self._file, None
        if file is not None:
            show_file(self.shell, workplace.actor, file)
        look_after(self, facts, self._lock_and_mend)

    def _lock_and_mend(self) -> None:
        self.lock_now()
        self._show_damaged()

    def _show_damaged(self, user: str = "", password: str = "") -> None:
        from ui.pages.damaged import DamagedPage

        self._stand_at(DamagedPage(self._door(), user, password))

    def _show_shell(self, place: Place) -> None:
        from ui.shell import Shell

        self.door = None
        self.translator.places = self._facts.places
        self._entitle(self._facts.practice)
        self.shell = Shell(self.translator, self.settings.theme, self.runner, self._facts, place)
        self.shell.lock_wanted.connect(self.lock)
        self.shell.help_wanted.connect(self.show_help)
        self.shell.moved.connect(self._remember_page)
        self.setCentralWidget(self.shell)
        build_menus(self)
        self._build_status()
        self.shell.page.start()
        self.daily.start()
        self.idle.put_off()

    def _note_changed(self, tables: frozenset[str]) -> None:
        self.daily.note(tables)
        if self.shell is not None and tables & _OF_PLACES:
            self._read_places()

    def _read_places(self) -> None:
        """Take in what the registers call the places now, before pages show them anew."""
        from pravo_desktop.usecases.queries import workplace_facts

        def take(facts: WorkplaceFacts) -> None:
            self._facts = facts
            self.translator.places = facts.places

        self.runner.read(self, lambda job: workplace_facts(job.session, job.actor), take)

    def _remember_page(self, key: str) -> None:
        self.settings.page = key

    def _build_status(self) -> None:
        bar = self.statusBar()
        for old in bar.findChildren(QLabel):
            bar.removeWidget(old)
            old.deleteLater()
        bar.setSizeGripEnabled(False)
        bar.setContentsMargins(GRID, 0, GRID, 0)
        self._saved = QLabel(self.translator.text("Nothing changed since you signed in"))
        bar.addWidget(self._saved)
        bar.show()
        self.runner.changed.connect(self._note_saved)

    def _note_saved(self, tables: frozenset[str]) -> None:
        from ui.shell import time_of_day

        if self.shell is not None and tables != {"drafts"}:
            text = self.translator.text("Last saved at {time}", time=time_of_day(self.shell.desk))
            self._saved.setText(text)

    def set_language(self, language: str) -> None:
        """Speak another language at the same place, with everything typed kept."""
        self.settings.language = language
        self._rebuild()

    def set_appearance(self, appearance: str) -> None:
        """Light, dark, or as the system."""
        self.settings.appearance = appearance
        self._rebuild()

    def resize_text(self, steps: int) -> None:
        """Make the text larger or smaller by steps of the text-size setting."""
        position = TEXT_SIZES.index(self.settings.text_size) + steps
        self.set_text_size(TEXT_SIZES[min(max(position, 0), len(TEXT_SIZES) - 1)])

    def set_text_size(self, size: int) -> None:
        """Make the text as large as one of the steps of the text-size setting, in per cent."""
        self.settings.text_size = size
        self._rebuild()

    def set_idle_minutes(self, minutes: int) -> None:
        """Lock after as many minutes without a key or the mouse."""
        self.settings.idle_minutes = minutes
        self.settings.save()
        self.idle.put_off()

    def _rebuild(self) -> None:
        """Build the window anew, once nothing is under way whose answer would be lost."""
        if self._busy:
            self._rebuild_wanted = True
            return
        self.settings.save()
        if self.shell is not None:
            place = self.shell.place
            self._speak()
            self._show_shell(place)
        elif self.door is not None:
            values, kind = self.door.typed(), type(self.door).__name__
            self._speak()
            if kind == "RestorePage":
                self._show_restore()
            elif kind == "DamagedPage":
                self._show_damaged()
            else:
                self.claim()
            if type(self.door).__name__ == kind:
                self.door.retype(values)

    @property
    def at_work(self) -> bool:
        """Whether something is being written or made."""
        return self._busy

    def _note_busy(self, busy: bool) -> None:
        self._busy = busy
        if not busy and self._rebuild_wanted:
            self._rebuild_wanted = False
            self._rebuild()

    def lock(self) -> None:
        """Lock the window; asks first what becomes of unsaved work."""
        self._close_dialogs()
        if not self._ask_about_unsaved(self.translator.text("&Keep and lock"), self.lock_now):
            self.lock_now()

    def lock_now(self) -> None:
        """Close the data folder and ask for the password; what is typed waits for them."""
        if self.shell is None:
            return
        self._close_dialogs()
        for page in self.shell.unsaved():
            page.keep()
        self.idle.stop()
        self._kept = _Kept(self.runner.workplace.actor.account_id, self.shell.place)
        refused = self.daily.back_up_before_leaving()
        self.runner.release()
        self._show_door()
        if refused == "database_unreadable":
            self._show_damaged()

    def _ask_about_unsaved(self, verb: str, go_on: Callable[[], object]) -> bool:
        """Ask what becomes of unsaved work, once; whether it was asked now."""
        from ui.drafts import ask_about_unsaved

        left = self.shell.unsaved() if self.shell is not None else []
        if not left or self._asked:
            return False

        def answered() -> None:
            go_on()
            self._asked = False

        def stay() -> None:
            self._asked = False

        self._asked = True
        ask_about_unsaved(self, self.translator, left, verb=verb, go_on=answered, stay=stay)
        return True

    def show_help(self) -> None:
        """What the page in front is for; before signing in, the guide's chapter about it."""
        from ui.pages.first_run import FirstRunPage
        from ui.pages.first_start.chapter import ChapterDialog
        from ui.pages.help import HelpPage, topic_of

        if self.shell is not None:
            if not isinstance(self.shell.page, HelpPage):
                self.shell.open(HelpPage, topic=topic_of(self.shell.page, self.shell.current))
            return
        if self.door is not None:
            at_first = isinstance(self.door, FirstRunPage)
            ChapterDialog(self.door, "first_start" if at_first else "trouble").open()

    def caught(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        """Take on an error that nobody else did: write it down and say so calmly."""
        if not isinstance(error, Exception):
            sys.__excepthook__(kind, error, trace)
            return
        self.runner.write_crash_report(error)
        if self.shell is not None:
            self.shell.show_error(error)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.shell is not None:
            if self._ask_about_unsaved(self.translator.text("&Keep and quit"), self.close):
                event.ignore()
                return
            for page in self.shell.unsaved():
                page.keep()
        self.settings.maximised = self.isMaximized()
        if not self.settings.maximised:
            self.settings.window = self.size()
        self.settings.save()
        if self._begun and hasattr(self, "runner"):
            # The window is gone at once; the program ends when the backup is written.
            self.hide()
            self.daily.back_up_before_leaving()
            self.runner.shut_down()
        if self.door is not None:
            self.door.leave()
        self._let_go()
        super().closeEvent(event)


def _import_the_rest() -> None:
    for name in ("pravo_desktop.bootstrap", "ui.pages.first_run", "ui.pages.sign_in", "ui.shell"):
        import_module(name)
