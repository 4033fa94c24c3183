"""What the centres said of each section and month, and what that makes of a region's figure."""

from collections.abc import Mapping, Sequence

from db.figures.registers import RegisteredCentre, Registers
from db.session import Session
from pravo_desktop.domain.figures import ALL, NATIONAL
from pravo_desktop.domain.periods import Month

REPORTED = "reported"
ZERO = "zero"
PARTIAL = "partial"
MISSING = "missing"
NOT_OPEN = "not_open"
_UNCLOSED = "unclosed"
"""A month with records of a section that the lead has not closed yet."""


class States:
    """What the centres said of each section and month."""

    def __init__(
        self,
        registers: Registers,
        months: tuple[Month, ...],
        declared: Mapping[tuple[str, str, str], str],
        worked: set[tuple[str, str, str]],
    ) -> None:
        self._registers = registers
        self._declared = declared
        self._worked = worked
        self.months = months
        self._headquarters = RegisteredCentre(NATIONAL, NATIONAL)

    def owes(self, section: str, workplace: str) -> bool:
        return workplace in self._registers.classifiers.sections[section].reported_by

    def owing(self, section: str, region: str) -> list[RegisteredCentre]:
        """The centres, with headquarters among them, on whose word a region's figure stands."""
        centres = [
            centre
            for centre in self._registers.centres
            if self.owes(section, "centre") and region in (centre.region, ALL)
        ]
        national_alone = not self.owes(section, "centre")
        if self._registers.national and self.owes(section, "national"):
            centres += [self._headquarters] if national_alone or region in (NATIONAL, ALL) else []
        return centres

    def _of(self, centre: RegisteredCentre, section: str, month: Month) -> str:
        if not centre.open_in(month):
            return NOT_OPEN
        cell = (centre.key, section, str(month))
        return self._declared.get(cell) or (_UNCLOSED if cell in self._worked else MISSING)

    def rolled_up(
        self, section: str, region: str, months: Sequence[Month], *, lines: bool
    ) -> tuple[str, tuple[str, ...]]:
        """The state of a region's figure over some months, and those wholly reported or zero."""
        owing = self.owing(section, region)
        by_month = {
            month: {self._of(centre, section, month) for centre in owing} - {NOT_OPEN}
            for month in months
        }
        said = {REPORTED, ZERO}
        complete = tuple(str(m) for m, states in by_month.items() if states and states <= said)
        states = set().union(*by_month.values())
        if not states:
            return (REPORTED if lines else NOT_OPEN), complete
        if states == {ZERO} and not lines:
            return ZERO, complete
        if states == {MISSING} and not lines:
            return MISSING, complete
        return (REPORTED if states <= said else PARTIAL), complete


DECLARED = (
    "SELECT *, max(id) FROM {p}section_states "
    f"WHERE state IN ('{REPORTED}', '{ZERO}') GROUP BY centre, section, month"
)
"""Of what a centre said of a section and month, what holds."""


def declared(session: Session, prefix: str) -> dict[tuple[str, str, str], str]:
    rows = session.rows(f"SELECT centre, section, month, state FROM ({DECLARED})".format(p=prefix))
    return {(centre, section, month): state for centre, section, month, state in rows}
