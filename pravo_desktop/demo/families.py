"""Plans the families of the practice year: visits, people, claims, outcomes, studies, advice."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any, TypeVar

from pravo_desktop.demo.chance import Planner, even_out, spread
from pravo_desktop.demo.plan import Family, Mediation, Outcome, Station, Visit
from pravo_desktop.demo.year import Year
from pravo_desktop.usecases.cases import ClaimForm
from pravo_desktop.usecases.participants import ParticipantForm

T = TypeVar("T")
_ROLES = {
    "married": ("husband", "wife"),
    "divorced": ("former_spouse", "former_spouse"),
    "unregistered": ("partner", "partner"),
}


class FamilyPlanner(Planner):
    """Fills the families and the advice of the centres."""

    def __init__(self, year: Year, stations: dict[str, Station], random: Random) -> None:
        super().__init__(year, stations, random)
        self.ways: Mapping[str, Any] = year.world["families"]

    def plan(self) -> None:
        """Make all of it."""
        for station in self._centres():
            station.families = [
                self._family(station, number) for number in self._visits_of_cases(station.key)
            ]
        families = [family for station in self._centres() for family in station.families]
        self._people(families)
        for station in self._centres():
            self._name_some(station.families)
        self._claims(families)
        self._outcomes(families)
        self._mediations(families)
        self._studies()
        self._advice()

    def _visits_of_cases(self, region: str) -> list[int]:
        couples = self.figures.expected("couples", region)
        visits = self.figures.expected("consultations", region)
        return even_out([1] * couples, visits, 1, self.ways["consultations"], self.random)

    def _family(self, station: Station, visits: int) -> Family:
        given = int(self._draw(self.ways["causes_given"]))
        causes = {self._draw(self.ways["cause"]) for _ in range(given)}
        if len(causes) > 1:
            causes.discard("not_stated")
        return Family(
            kind=self._draw(self.ways["kind"]),
            came_through=self._draw(self.ways["came_through"]),
            causes=tuple(sorted(causes)),
            visits=tuple(self._visits(station, visits)),
        )

    def _visits(self, station: Station, number: int) -> Iterator[Visit]:
        able = self._specialists(station)
        who = [self._specialist(station, able)]
        gaps = [0]
        for _ in range(number - 1):
            others = [one for one in able if one != who[-1]]
            apart = len(gaps) == 1 or gaps[-1] > 0
            together = bool(others) and apart and self._happens(self.ways["together_percent"])
            who.append(self._specialist(station, others if together else able))
            gaps.append(0 if together else self._between(self.ways["gap_days"]))
        room = len(station.workdays) - 1
        while sum(gaps) > room and max(gaps) > 1:
            gaps = [gap and max(1, gap - 1) for gap in gaps]
        place = self.random.randint(0, room - sum(gaps))
        for specialist, gap in zip(who, gaps, strict=True):
            place += gap
            yield self._visit(station, specialist, station.workdays[place])

    def _specialists(self, station: Station) -> list[int]:
        consulting = self.year.centres[station.key].get("consulting", station.staff)
        return [i for i, profession in enumerate(station.staff) if profession in consulting]

    def _specialist(self, station: Station, able: Sequence[int]) -> int:
        weights = [self.ways["specialist"][station.staff[i]] for i in able]
        return self.random.choices(able, weights)[0]

    def _visit(self, station: Station, specialist: int, day: date) -> Visit:
        topics = self.ways["topic"][station.staff[specialist]]
        return Visit(
            day=day,
            specialist=specialist,
            format=self._draw(self.ways["format"]),
            attendees=(),
            topics=(self._draw(topics),),
            minutes=int(self._draw(self.ways["minutes"])),
        )

    def _people(self, families: list[Family]) -> None:
        """Spouses, so that men and women are as many as stated, and then their children."""
        by_sex = self.figures.by_key("participants")
        without_man = len(families) - int(by_sex["men"])
        without_woman = len(families) - int(by_sex["women"])
        alone = self._shuffled(range(len(families)))
        no_man = set(alone[:without_man])
        no_woman = set(alone[without_man : without_man + without_woman])
        categories = self._shuffled(
            category
            for category, number in by_sex.items()
            if category not in {"men", "women", "children"}
            for _ in range(int(number))
        )
        children = even_out(
            [int(self._draw(self.ways["children"])) for _ in families],
            int(by_sex["children"]),
            0,
            self.ways["most_children"],
            self.random,
        )
        for i, family in enumerate(families):
            roles = zip(_ROLES[family.kind], ("male", "female"), strict=True)
            adults = [
                self._adult(role, sex, categories.pop())
                for role, sex in roles
                if i not in {"male": no_man, "female": no_woman}[sex]
            ]
            family.people = (*adults, *self._children(adults, children[i]))
            family.visits = tuple(self._attended(family.visits, len(adults)))

    def _adult(self, role: str, sex: str, category: str) -> ParticipantForm:
        """Whoever is counted by occupation or disability has given consent to keep it."""
        ages = self.ways["age"]
        disability = self._draw(self.ways["disability"])
        occupation = self._draw(self.ways["occupation_of_others"])
        if category in {"youth", "senior"}:
            age: int | None = self._between(ages[category])
        elif category == "disability":
            age, disability = self._between(ages[category]), "yes"
        else:
            stated = not self._happens(ages["not_stated_percent"])
            bounds = ages["other" if category == "other" else "working"]
            age = self._between(bounds) if stated else None
            occupation = occupation if category == "other" else category
        citizenship = self._draw(self.ways["citizenship"])
        refused = self._happens(self.ways["refused_percent"])
        person = ParticipantForm(
            role=role,
            sex=sex,
            birth_year=None if age is None else self.figures.year - age,
            consent="refused" if refused else "not_asked",
        )
        if category in {"youth", "senior", "other"}:
            return person
        return replace(
            person,
            consent="given",
            disability=disability,
            occupation=occupation,
            citizenship=citizenship,
        )

    def _children(self, adults: list[ParticipantForm], number: int) -> Iterator[ParticipantForm]:
        ages = self.ways["age"]
        youngest, oldest = ages["child"]
        for adult in adults:
            if adult.birth_year is not None:
                grown = self.figures.year - adult.birth_year - ages["parent_at"]
                oldest = max(youngest, min(oldest, grown))
        for _ in range(number):
            yield ParticipantForm(
                role="child",
                sex=self.random.choice(("male", "female")),
                birth_year=self.figures.year - self.random.randint(youngest, oldest),
            )

    def _attended(self, visits: tuple[Visit, ...], adults: int) -> Iterator[Visit]:
        """All adults come first; later both or one of them."""
        everybody = tuple(range(adults))
        for i, visit in enumerate(visits):
            both = i == 0 or self._happens(self.ways["both_attend_percent"])
            yield replace(visit, attendees=everybody if both else (self.random.choice(everybody),))

    def _name_some(self, families: list[Family]) -> None:
        """A few couples consent and give a name; no two of a centre have the same one."""
        names = self.world["names"]
        pairs = self._shuffled(
            (surname, given) for surname in names["surnames"] for given in names["given"]
        )
        for family in families:
            if not pairs or not self._happens(self.ways["named_percent"]):
                continue
            surname, given = pairs.pop()
            family.people = tuple(
                person
                if person.role == "child"
                else replace(
                    person,
                    consent="given",
                    surname=surname[person.sex == "female"],
                    given_name=given,
                )
                for person in family.people
            )

    def _preferring(self, families: list[Family], liked: Iterable[bool]) -> list[Family]:
        """The families in random order, those liked first."""
        order = self._shuffled(zip(liked, range(len(families)), strict=True))
        return [families[i] for _, i in sorted(order, key=lambda pair: not pair[0])]

    def _claims(self, families: list[Family]) -> None:
        """Claims of each kind in as many different families: divorces of the married first."""
        for kind, number in self.figures.by_key("claims").items():
            liked = (
                family.kind == "married"
                if kind == "divorce"
                else family.has_children and len(family.claims) < 2
                for family in families
            )
            for family in self._preferring(families, liked)[: int(number)]:
                family.claims.append(self._claim(kind, family.first_day))

    def _claim(self, kind: str, first_day: date) -> ClaimForm:
        when = self._draw(self.ways["claims_filed"])
        days = timedelta(days=self._between(self.ways["filed_days"]))
        filed = {"before": first_day - days, "later": first_day + days}.get(when)
        if filed and filed > self.year.day("last_day"):
            filed = None
        return ClaimForm(kind=kind, filed_on=filed, result=self._draw(self.ways["claim_result"]))

    def _outcomes(self, families: list[Family]) -> None:
        """Outcomes of those who came earlier in the year; the married reconcile first."""
        last_day = self.year.day("last_day")
        kinds = {
            kind: int(number)
            for kind, number in self.figures.by_key("outcomes").items()
            if kind != "open"
        }
        rest = timedelta(days=max(self.ways["outcome_days"]))
        early = (family.last_day + rest <= last_day for family in families)
        concluded = self._preferring(families, early)[: sum(kinds.values())]
        for kind, number in kinds.items():
            married = (
                family.outcome is None and (kind != "reconciled" or family.kind == "married")
                for family in concluded
            )
            left = [f for f in self._preferring(concluded, married) if f.outcome is None]
            for family in left[:number]:
                day = family.last_day + timedelta(days=self._between(self.ways["outcome_days"]))
                source = (
                    "agreement" if kind == "agreement" else self._draw(self.ways["outcome_source"])
                )
                family.outcome = Outcome(kind, min(day, last_day), source)

    def _mediations(self, families: list[Family]) -> None:
        able = [
            (family, visit)
            for station in self._centres()
            for family in station.families
            for visit in family.visits
            if station.staff[visit.specialist] == "mediator"
        ]
        first = {id(family): (family, visit) for family, visit in reversed(able)}
        number = self.figures.expected("mediations")
        for family, visit in self._shuffled(first.values())[:number]:
            family.mediation = Mediation(
                day=visit.day,
                specialist=visit.specialist,
                meetings=self._between(self.ways["mediation_meetings"]),
                result=self._draw(self.ways["mediation_result"]),
            )

    def _studies(self) -> None:
        for station in self._centres():
            number = self.figures.expected("studies", station.key)
            for family in self._shuffled(station.families)[:number]:
                family.study = family.visits[-1]

    def _advice(self) -> None:
        stations = [station for station in self._centres() if station.staff]
        weights = [len(station.families) for station in stations]
        numbers = spread(self.figures.expected("advice"), weights)
        for station, number in zip(stations, numbers, strict=True):
            able = self._specialists(station)
            station.advice = [
                self._visit(
                    station, self._specialist(station, able), self.random.choice(station.workdays)
                )
                for _ in range(number)
            ]
