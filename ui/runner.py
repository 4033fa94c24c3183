"""Takes work off the UI thread: one writes, one reads, one works beside, two make documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Barrier, Condition, Event
from typing import TYPE_CHECKING, Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal

from pravo_desktop.crash import crash_code, write_crash_report
from pravo_desktop.errors import KnownError
from pravo_desktop.log import note

if TYPE_CHECKING:
    from pravo_desktop.bootstrap import Workplace
    from pravo_desktop.usecases.actor import Actor
    from pravo_desktop.usecases.queries import Session

T = TypeVar("T")

LULL_MS = 300
"""So long after the last question and its answer, work beside goes on."""


class Cancelled(Exception):
    """Ends a job that a person no longer wants."""


@dataclass(frozen=True)
class Job:
    """What work is given on its thread.

    Args:
        session: of this thread.
        workplace: the open data folder.
        progress: hook of long use cases, ``(step, done, total)``; it raises `Cancelled` once the
            person gave up.
    """

    session: Session
    workplace: Workplace
    progress: Callable[[str, int, int], None]

    @property
    def actor(self) -> Actor:
        """Who signed in."""
        return self.workplace.actor


@dataclass
class Task:
    """Work under way, or done."""

    future: Future[None] | None = None
    _given_up: Event = field(default_factory=Event)

    def cancel(self) -> None:
        """Give up: work not begun is left out, work with a progress hook ends at its next step."""
        self._given_up.set()
        if self.future is not None:
            self.future.cancel()

    @property
    def given_up(self) -> bool:
        return self._given_up.is_set()


class Runner(QObject):
    """Owns the threads and their sessions; results come back to the UI thread.

    Callbacks run in the UI thread, and only while the widget that asked is alive and the data
    folder is open in which it asked.

    Args:
        crashes: folder of crash reports inside the data folder; none are kept before it is made,
            nor a log beside it.
    """

    changed = Signal(frozenset)
    """Names of the tables that a use case changed, once per use case."""
    failed = Signal(object)
    """An error that nobody who asked took on: `KnownError` or a bug already written down."""
    busy = Signal(bool)
    """Whether something is under way on the writing thread or among the documents."""
    _back = Signal(object)

    def __init__(self, crashes: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.crashes = crashes
        self._writer = ThreadPoolExecutor(1, "writes")
        self._reader = ThreadPoolExecutor(1, "reads")
        self._besides = ThreadPoolExecutor(1, "beside")
        self._documents = ThreadPoolExecutor(2, "documents")
        self._workplace: Workplace | None = None
        self._writing: Session | None = None
        self._reading: Session | None = None
        self._under_way = 0
        self._over = False
        self._awaited: dict[ThreadPoolExecutor, Future[None]] = {}
        self._rests = Condition()
        self._somebody_waits = False
        self._hurries = 0
        self._lull = QTimer(self)
        self._lull.setSingleShot(True)
        self._lull.setInterval(LULL_MS)
        self._lull.timeout.connect(self._go_on_beside)
        self._back.connect(self._call, Qt.ConnectionType.QueuedConnection)

    @property
    def workplace(self) -> Workplace:
        """The open data folder; only between `adopt` and `release`."""
        assert self._workplace is not None
        return self._workplace

    def prepare(
        self,
        owner: QObject,
        work: Callable[[], T],
        done: Callable[[T], object],
        failed: Callable[[Exception], object] | None = None,
    ) -> Task:
        """Run work that needs no open data folder, such as opening one."""
        return self._run(
            self._writer, owner, lambda progress: work(), done, failed, None, anywhere=True
        )

    def write(
        self,
        owner: QObject,
        work: Callable[[Job], T],
        done: Callable[[T], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
        progress: Callable[[str, int, int], object] | None = None,
    ) -> Task:
        """Run a use case on the writing thread.

        Args:
            owner: the widget that asks; its callbacks are dropped with it.
            work: calls the use case with ``job.session`` and ``job.actor``.
            done: is given what it returned.
            failed: is given the error; without it the window shows the message.
            progress: is given step, done, total.
        """

        def run(hook: Callable[[str, int, int], None]) -> T:
            if self._writing is None:
                self._writing = self.workplace.session()
            session = self._writing
            session.changed = set()
            try:
                result = work(Job(session, self.workplace, hook))
                tables = frozenset(session.changed)
            finally:
                # A use case ends its own transaction; this ends the one of a read after it.
                with session.transaction():
                    pass
            if tables:
                self._tell_changed(tables)
            return result

        return self._run(self._writer, owner, run, done, failed, progress)

    def read(
        self,
        owner: QObject,
        work: Callable[[Job], T],
        done: Callable[[T], object],
        failed: Callable[[Exception], object] | None = None,
    ) -> Task:
        """Run a query on the reading thread; it sees what was committed when it begins."""

        def run(hook: Callable[[str, int, int], None]) -> T:
            if self._reading is None:
                self._reading = self.workplace.reading_session()
            with self._reading.transaction():
                return work(Job(self._reading, self.workplace, hook))

        return self._run(self._reader, owner, run, done, failed, None)

    def close_accounts(
        self,
        owner: QObject,
        work: Callable[[Job], tuple[T, Sequence[str]]],
        done: Callable[[T], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
    ) -> Task:
        """Run a use case, then close accounts; the database gets a new key, so nobody reads then.

        Args:
            work: returns the result and the ids of the accounts.
        """

        def run(hook: Callable[[str, int, int], None]) -> T:
            alone, over = Barrier(3), Event()

            def step_aside(close: Callable[[], None] | None = None) -> None:
                try:
                    if close is not None:
                        close()
                finally:
                    alone.wait()
                    over.wait()

            try:
                self._hurry_beside()
                self._reader.submit(step_aside, self._close_reading)
                self._besides.submit(step_aside)
                alone.wait()
                session = self._writing or self.workplace.session()
                self._writing = session
                session.changed = set()
                result, account_ids = work(Job(session, self.workplace, hook))
                tables = frozenset(session.changed | {"accounts"})
                for account_id in account_ids:
                    session = self.workplace.close_account(session, account_id=account_id)
                    self._writing = session
            finally:
                over.set()
                self._rest_beside()
            self._tell_changed(tables)
            return result

        return self._run(self._writer, owner, run, done, failed, None)

    def document(
        self,
        owner: QObject,
        work: Callable[[Callable[[str, int, int], None]], T],
        done: Callable[[T], object],
        failed: Callable[[Exception], object] | None = None,
        progress: Callable[[str, int, int], object] | None = None,
    ) -> Task:
        """Make a document or hash a file in the pool; ``work`` is given the progress hook."""
        return self._run(self._documents, owner, work, done, failed, progress, anywhere=True)

    def beside(
        self,
        owner: QObject,
        work: Callable[[Workplace, Session], T],
        done: Callable[[T], object],
        failed: Callable[[Exception], object] | None = None,
        *,
        rests: bool = True,
    ) -> None:
        """Read much on a thread and a connection of its own, so that nobody waits for it.

        One such work begins after the other; none of it makes the program `busy`.

        Args:
            rests: while somebody waits for an answer: a letter typed into a search field finds
                the drive and the processor free.
        """
        workplace = self.workplace

        def run(progress: object) -> T:
            with workplace.passing_session(self._rest if rests else None) as session:
                return work(workplace, session)

        self._run(self._besides, owner, run, done, failed, None)

    def back_up(self, owner: QObject, failed: Callable[[Exception], object]) -> None:
        """Write backups beside the work."""
        from pravo_desktop.backups.keeping import write_backups
        from pravo_desktop.usecases.station import note_backup

        def note(_: object) -> None:
            self.write(owner, lambda job: note_backup(job.session, job.actor))

        self.beside(owner, write_backups, note, failed)

    def back_up_and_wait(self, owner: QObject) -> str | None:
        """Write backups and come back when they are there.

        Returns:
            the code of why there is none: one that fails is told by its age, damage at once.
        """
        from pravo_desktop.backups.keeping import back_up

        refused: list[str] = []

        def work(job: Job) -> None:
            try:
                back_up(job.workplace, job.session)
            except KnownError as error:
                refused.append(error.code)

        task = self.write(owner, work)
        assert task.future is not None
        task.future.result()
        return next(iter(refused), None)

    def adopt(self, workplace: Workplace) -> None:
        """Work in this data folder from now on."""
        self._workplace = workplace

    def release(self) -> None:
        """Close the data folder after the work under way; waits for it."""
        if self._workplace is None:
            return
        self._hurry_beside()
        self._besides.submit(lambda: None).result()
        self._rest_beside()
        self._reader.submit(self._close_reading).result()
        self._writer.submit(self._close_writing).result()
        self._workplace = None

    def shut_down(self) -> None:
        """Finish the work under way, close everything and end the threads; later work is left."""
        self._over = True
        self._documents.shutdown(cancel_futures=True)
        self.release()
        for executor in (self._besides, self._reader, self._writer):
            executor.shutdown(cancel_futures=True)

    def _rest(self) -> None:
        with self._rests:
            self._rests.wait_for(lambda: self._hurries or not self._somebody_waits)

    def _hurry_beside(self) -> None:
        with self._rests:
            self._hurries += 1
            self._rests.notify_all()

    def _rest_beside(self) -> None:
        with self._rests:
            self._hurries -= 1

    def _note_waiting(self, somebody: bool) -> None:
        with self._rests:
            self._somebody_waits = somebody
            self._rests.notify_all()

    def _close_reading(self) -> None:
        if self._reading is not None:
            self._reading.close()
        self._reading = None

    def _close_writing(self) -> None:
        if self._writing is not None:
            self._writing.close()
        self._writing = None
        self.workplace.close()

    def _run(
        self,
        executor: ThreadPoolExecutor,
        owner: QObject,
        work: Callable[[Callable[[str, int, int], None]], T],
        done: Callable[[T], object] | None,
        failed: Callable[[Exception], object] | None,
        progress: Callable[[str, int, int], object] | None,
        *,
        anywhere: bool = False,
    ) -> Task:
        """Submit work; who asks after the data folder was left, asks in vain."""
        task, asked_in = Task(), self._workplace
        counts = executor in (self._writer, self._documents)

        def tell(callback: Callable[..., object], *values: Any) -> None:
            def in_the_window() -> None:
                still_here = self._workplace is asked_in
                if shiboken6.isValid(owner) and still_here and not task.given_up:
                    callback(*values)

            self._back.emit(in_the_window)

        def hook(step: str, position: int, total: int) -> None:
            if task.given_up:
                raise Cancelled
            if progress is not None:
                tell(progress, step, position, total)

        def run() -> None:
            try:
                result = work(hook)
            except Cancelled:
                pass
            except Exception as raised:
                error = self._known(raised)
                if isinstance(error, KnownError):
                    self._note_known(error)
                else:
                    self.write_crash_report(error)
                if failed is not None:
                    tell(failed, error)
                else:
                    self._back.emit(partial(self.failed.emit, error))
            else:
                if done is not None:
                    tell(done, result)
            finally:
                if counts:
                    self._back.emit(self._ended)

        if self._over or (asked_in is None and not anywhere):
            task.cancel()
            return task
        if counts:
            self._under_way += 1
            self.busy.emit(True)
        task.future = executor.submit(run)
        if executor in (self._writer, self._reader):
            self._awaited[executor] = task.future
            self._note_waiting(True)
            self._lull.start()
        return task

    def _tell_changed(self, tables: frozenset[str]) -> None:
        changed_in = self._workplace

        def in_the_window() -> None:
            if self._workplace is changed_in:
                self.changed.emit(tables)

        self._back.emit(in_the_window)

    def _go_on_beside(self) -> None:
        if all(one.done() for one in self._awaited.values()):
            self._note_waiting(False)
        else:
            self._lull.start()

    def _call(self, callback: Callable[[], object]) -> None:
        if not self._over:
            callback()

    def _ended(self) -> None:
        self._under_way -= 1
        if not self._under_way:
            self.busy.emit(False)

    def write_crash_report(self, error: BaseException) -> None:
        """Write down where a bug happened: modules, lines, kinds of errors, and no values."""
        if self.crashes is None or not self.crashes.parent.is_dir():
            return
        write_crash_report(error, self.crashes)
        note(self.crashes.parent, crash_code(error))

    @staticmethod
    def _known(error: Exception) -> Exception:
        """A damaged database is told as that, wherever the work met it; a bug stays one."""
        from pravo_desktop.bootstrap import known_damage

        return known_damage(error)

    def _note_known(self, error: KnownError) -> None:
        if self.crashes is not None:
            note(self.crashes.parent, error.code)
