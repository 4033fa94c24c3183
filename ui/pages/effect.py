"""What a decision about packages would change in the report, and the decision itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QLineEdit

from pravo_desktop.errors import KnownError
from pravo_desktop.i18n import N_, Translator
from pravo_desktop.messages import translate_error
from pravo_desktop.usecases.decisions import HELD, accept_many, choose_package, undo_package
from pravo_desktop.usecases.figures import settle_batch
from pravo_desktop.usecases.previews import (
    Preview,
    preview_acceptance,
    preview_choice,
    preview_undo,
)
from pravo_desktop.usecases.received import (
    ReceivedLine,
    WaitingLine,
    received_packages,
    waiting_packages,
)
from ui.drafted import DraftedPage
from ui.models.effect import (
    COL_AFTER,
    COL_BEFORE,
    COL_INDICATOR,
    COL_REGION,
    COL_YEAR,
    effect_model,
    shown_effects,
)
from ui.models.inbox import package_name, what_to_know
from ui.models.places import centre_name
from ui.page import Desk, Primary
from ui.pages.first_run import groups
from ui.runner import Cancelled, Job, Task
from ui.tables import ListView
from ui.theme import GRID, ROW_HEIGHT
from ui.widgets.fields import Field
from ui.widgets.labels import Note, label
from ui.widgets.layouts import column
from ui.working import Working


@dataclass(frozen=True)
class _Words:
    """How a decision is called, what it means and what is said once it is made."""

    title: str
    meaning: str
    verb: str
    done: str


_WORDS = {
    "accept": _Words(
        N_("Accept packages"),
        N_("Nothing is changed yet. If you accept, these figures of the report change:"),
        N_("Accept"),
        N_("Accepted: {packages}."),
    ),
    "undo": _Words(
        N_("Undo a package"),
        N_(
            "Its records leave the figures, as if it had never come; it can be accepted again. "
            "These figures of the report change:"
        ),
        N_("Undo the package"),
        N_("The package counts no more: {packages}."),
    ),
    "choose": _Words(
        N_("Choose this package"),
        N_(
            "This package counts, the others with its number do not. These figures of the report "
            "change:"
        ),
        N_("Choose this package"),
        N_("Chosen: {packages}."),
    ),
}


_NAMED = 6
"""Up to so many late packages are named one by one, more as a number for each centre."""


def _named(t: Translator, one: WaitingLine | ReceivedLine) -> str:
    return package_name(t, one.centre, one.month, one.station_letter, one.sequence)


class EffectPage(DraftedPage):
    """Shows the effect first; a reason where one is due; then Ctrl+Enter decides.

    Args:
        decision: ``accept`` packages that wait, ``undo`` a package, ``choose`` one of those held.
        package_ids: numbers of the packages; one, unless they are accepted.
    """

    def __init__(self, desk: Desk, decision: str, package_ids: Sequence[int]) -> None:
        super().__init__(desk, decision=decision, package_ids=tuple(package_ids))
        t, theme = self.t, desk.theme
        self.decision, self.package_ids = decision, tuple(package_ids)
        self.words = _WORDS[decision]
        self.preview: Preview | None = None
        self.packages: Sequence[WaitingLine | ReceivedLine] = ()
        self._name = ""
        self._task: Task | None = None
        self.facts = label("", wrap=True)
        self.rows = label("", "grey", wrap=True)
        self.signer = label("", "quiet", wrap=True)
        self.warning = Note(theme, "warning")
        self.meaning = label(t.text("Working out what would change…"), "section", wrap=True)
        self.effects = effect_model(t, theme)
        self.table = ListView(
            theme,
            self.effects,
            name="effects",
            spoken=t.text("Figures that change"),
            widths={COL_REGION: 192, COL_YEAR: 64, COL_BEFORE: 80, COL_AFTER: 80},
            stretched=COL_INDICATOR,
            least=120,
            personal=(),
        )
        self.table.setMinimumHeight(theme.px(5 * ROW_HEIGHT))
        self.reason = QLineEdit()
        self.reason.setMaxLength(1000)
        self.reason_field = Field(theme, t.text("&Reason"), "reason", self.reason)
        self.working = Working(
            t.text("Accepting packages"), t.text("Stop after this package"), "cancel_accepting"
        )
        self.working.step.hide()
        self.working.cancel_button.clicked.connect(self.cancel)
        layout = column(GRID)
        layout.addWidget(self.facts)
        layout.addWidget(self.rows)
        layout.addWidget(self.signer)
        layout.addWidget(self.warning)
        layout.addWidget(self.meaning)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.reason_field)
        layout.addWidget(self.working)
        layout.addStretch(0)
        self.setLayout(layout)
        # Only now: shown without a parent it would be a window that takes the keys.
        self.reason_field.setVisible(decision != "accept")

    @property
    def record_id(self) -> str:
        return " ".join((self.decision, *(str(one) for one in self.package_ids)))

    def title(self) -> str:
        return self.t.text(self.words.title)

    def primary(self) -> Primary | None:
        if self.preview is None or self._task is not None:
            return None
        return Primary(self.t.text(self.words.verb), self.decide, "Ctrl+Return")

    def start(self) -> None:
        if self.reason_field.isVisibleTo(self):
            self.reason.setFocus()
        elif self.table.isVisibleTo(self):
            self.table.setFocus()
        else:
            self.setFocus()

    def reload(self) -> None:
        # A rehearsal is a transaction that is rolled back, so it belongs to the writing thread.
        self.desk.runner.write(self, self._look, lambda found: self._show(*found))

    def _look(self, job: Job) -> tuple[Preview, Sequence[WaitingLine | ReceivedLine]]:
        ids = self.package_ids
        if self.decision == "accept":
            preview = preview_acceptance(job.session, job.actor, package_ids=ids)
            waiting = waiting_packages(job.session, job.actor)
            return preview, [line for line in waiting if line.package_id in ids]
        look = preview_undo if self.decision == "undo" else preview_choice
        received = received_packages(job.session, job.actor)
        return (
            look(job.session, job.actor, package_id=ids[0]),
            [line for line in received if line.package_id in ids],
        )

    def _show(self, preview: Preview, packages: Sequence[WaitingLine | ReceivedLine]) -> None:
        t = self.t
        self.preview, self.packages = preview, packages
        names = [_named(t, one) for one in packages]
        number = t.plural("{n} package", "{n} packages", len(names))
        self._name = names[0] if len(names) == 1 else number
        self.facts.setText(self._name)
        rows = preview.rows
        self.rows.setText(
            t.text(
                "Records: new {new}, changed {changed}, unchanged {unchanged}, withdrawn "
                "{withdrawn}",
                new=t.number(rows.new),
                changed=t.number(rows.changed),
                unchanged=t.number(rows.unchanged),
                withdrawn=t.number(rows.withdrawn),
            )
        )
        self._show_signer(t)
        late = [one for one in packages if one.late]
        self._show_warnings(late)
        self.reason_field.setVisible(self.decision != "accept" or bool(late))
        effects = shown_effects(preview.effects)
        self.effects.set_rows(effects)
        self.table.setVisible(bool(effects))
        self.table.choose(0)
        self.meaning.setText(
            t.text(self.words.meaning) if effects else t.text("No figure of the report changes.")
        )
        self.retitled.emit()
        self.start()

    def _show_signer(self, t: Translator) -> None:
        self.signer.setVisible(len(self.packages) == 1)
        for one in self.packages[:1]:
            shown = groups(one.fingerprint).replace("\n", "  ")
            self.signer.setText(
                t.text("Signed by {name}. Key: {fingerprint}", name=one.signer, fingerprint=shown)
            )

    def _show_warnings(self, late: Sequence[WaitingLine | ReceivedLine]) -> None:
        t = self.t
        said = []
        for one in self.packages:
            if isinstance(one, WaitingLine):
                known = what_to_know(t, one)
                prefix = f"{_named(t, one)}: " if known and len(self.packages) > 1 else ""
                said += [prefix + " ".join(known)] if known else []
        if late and self.decision == "accept":
            named = [_named(t, one) for one in late]
            if len(late) > _NAMED:
                counts = Counter(centre_name(t, one.centre) for one in late)
                named = [f"{centre} – {t.number(number)}" for centre, number in counts.items()]
            said.append(t.text("Late: {packages}. Please write why.", packages="; ".join(named)))
        self.warning.show_text("\n".join(said), "warning")

    def decide(self) -> None:
        """Do it, with the reason that was given."""
        reason = self.reason.text()
        if self._task is not None or self.preview is None:
            return
        if self.reason_field.isVisibleTo(self) and not reason.strip():
            self.reason_field.show_finding(self.t.text("Please write a reason."))
            self.reason.setFocus()
            return
        self.working.bar.setRange(0, len(self.package_ids))
        self.working.setVisible(self.decision == "accept" and len(self.package_ids) > 1)
        forget = self.drafting.forgetting()

        def work(job: Job) -> int:
            held = self._decided(job, reason)
            forget(job)
            return held

        self._task = self.desk.runner.write(
            self,
            work,
            self._done,
            self._failed,
            lambda _, done, __: self.working.bar.setValue(done),
        )
        self.retitled.emit()

    def _decided(self, job: Job, reason: str) -> int:
        """Decide; returns how many packages are held because they share their number."""
        ids = self.package_ids
        if self.decision == "undo":
            undo_package(job.session, job.actor, package=str(ids[0]), reason=reason)
            settle_batch(job.session)
        elif self.decision == "choose":
            choose_package(job.session, job.actor, package_id=ids[0], reason=reason)
            settle_batch(job.session)
        else:
            try:
                said = accept_many(
                    job.session,
                    job.actor,
                    package_ids=ids,
                    late_reason=reason,
                    progress=job.progress,
                )
            except Cancelled:
                # What is accepted stays, and the pages behind are told of it.
                job.session.changed |= {"journal_entries", "merged_rows", "received_packages"}
            else:
                return sum(one.status == HELD for one in said)
        return 0

    def cancel(self) -> None:
        """Stop between two packages; what is accepted stays."""
        if self._task is not None:
            self._task.cancel()
            self.desk.navigator.back()

    def _done(self, held: int) -> None:
        t = self.t
        self.drafting.start_anew()
        words = [t.text(self.words.done, packages=self._name)]
        if held:
            words.append(
                t.text("Held until one of those with its number is chosen: {n}.", n=t.number(held))
            )
        self.desk.navigator.back()
        self.desk.navigator.say(" ".join(words))

    def _failed(self, error: Exception) -> None:
        self._task = None
        self.working.hide()
        self.keep()
        self.retitled.emit()
        if isinstance(error, KnownError):
            self.warning.show_text(translate_error(self.t, error), "error")
        else:
            self.desk.navigator.show_error(error)
