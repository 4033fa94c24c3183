"""Whose figures are expected: the register of centres and the regions of the report."""

from dataclasses import dataclass
from datetime import date

from db.session import Session
from pravo_desktop.domain.figures import NATIONAL
from pravo_desktop.domain.periods import Month, Period
from pravo_desktop.resources import Classifiers


@dataclass(frozen=True, slots=True)
class RegisteredCentre:
    """A centre of the register: open from ``opened_on`` through ``closed_on``, None is no bound."""

    key: str
    region: str
    opened_on: date | None = None
    closed_on: date | None = None

    def open_in(self, month: Month) -> bool:
        """Whether the centre was open on at least one day of the month."""
        begun = self.opened_on is None or self.opened_on <= month.last_day
        return begun and (self.closed_on is None or self.closed_on >= month.first_day)

    def open_in_period(self, period: Period) -> bool:
        """Whether the centre was open on at least one day of the period."""
        begun = self.opened_on is None or self.opened_on <= period.to
        return begun and (self.closed_on is None or self.closed_on >= period.from_)


@dataclass(frozen=True, slots=True)
class Registers:
    """Whose figures are expected.

    Args:
        classifiers: the coded lists and who owes which section.
        regions: keys of the regions in the order of the report.
        centres: the register of centres.
        national: whether headquarters' own work is expected too.
    """

    classifiers: Classifiers
    regions: tuple[str, ...]
    centres: tuple[RegisteredCentre, ...]
    national: bool = True

    @property
    def region_of(self) -> dict[str, str]:
        """The region of each centre of the register."""
        return {centre.key: centre.region for centre in self.centres}


def read_registers(
    session: Session, prefix: str, classifiers: Classifiers, *, only: str | None = None
) -> Registers:
    """The registers that came with the program, overridden by headquarters' records by key.

    Args:
        prefix: the family of tables, ``own_``, ``merged_`` or ``asof_``.
        only: a centre's key, where the figures are its own alone; None for all.
    """
    regions = dict.fromkeys(classifiers.regions)
    regions |= dict.fromkeys(
        row["key"] for row in session.all(f"SELECT key FROM {prefix}regions ORDER BY key")
    )
    centres = {
        item.key: RegisteredCentre(item.key, item.region, item.opened_on, item.closed_on)
        for item in classifiers.centres.values()
    }
    for row in session.all(f"SELECT * FROM {prefix}centres ORDER BY id"):
        centres[row["key"]] = RegisteredCentre(
            row["key"], row["region"], _date(row["opened_on"]), _date(row["closed_on"])
        )
    if only is None:
        return Registers(classifiers, tuple(regions), tuple(centres.values()))
    own = tuple(centre for centre in centres.values() if centre.key == only)
    return Registers(
        classifiers, tuple(centre.region for centre in own), own, national=only == NATIONAL
    )


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
