"""Plans who comes when, so that the sums are exactly the figures; pure, the same for one seed."""

from collections import defaultdict
from datetime import date, timedelta
from random import Random

from pravo_desktop.demo.chance import Planner
from pravo_desktop.demo.families import FamilyPlanner
from pravo_desktop.demo.plan import Plan, Station
from pravo_desktop.demo.public_work import PublicPlanner
from pravo_desktop.demo.year import Year
from pravo_desktop.domain.figures import NATIONAL
from pravo_desktop.domain.periods import Month


def make_plan(year: Year, seed: int | None = None) -> Plan:
    """The plan of the year.

    Args:
        seed: of the random choices; the year's own when empty.
    """
    random = Random(year.world["seed"] if seed is None else seed)
    stations = {
        key: Station(
            key,
            year.months(key),
            year.workdays(key),
            tuple(
                profession
                for profession, number in year.centres.get(key, {}).get("staff", {}).items()
                for _ in range(number)
            ),
        )
        for key in (*year.centres, NATIONAL)
    }
    FamilyPlanner(year, stations, random).plan()
    PublicPlanner(year, stations, random).plan()
    monthly = _MonthPlanner(year, stations, random)
    monthly.plan_notes()
    return Plan(stations, *monthly.mail())


class _MonthPlanner(Planner):
    def plan_notes(self) -> None:
        """What the centres write about their months."""
        for note in self.world["notes"]:
            station = self.stations.get(note["station"])
            for month in station.months if station else ():
                if station and month.number in note["months"]:
                    line = (month, note["section"], note["kind"], note["text"])
                    station.notes.append(line)

    def mail(self) -> tuple[dict[tuple[str, Month], date], date | None]:
        """When each package came; some were late."""
        ways = self.world["packages"]
        sent = [(key, month) for key, one in self.stations.items() for month in one.months]
        late = set(self.random.sample(sent, min(ways["late"], len(sent))))
        received: dict[tuple[str, Month], date] = defaultdict()
        for key, month in sent:
            bounds = ways["late_days" if (key, month) in late else "on_time_days"]
            received[key, month] = month.last_day + timedelta(days=self._between(bounds))
        amended = ways.get("amended")
        if amended is None:
            return received, None
        corrected = date.fromisoformat(amended["corrected_on"])
        return received, corrected + timedelta(days=self._between(ways["on_time_days"]))
