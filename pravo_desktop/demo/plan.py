"""Plans who comes when, so that the sums are exactly the figures; pure, the same for one seed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import Any, TypeVar

from pravo_desktop.demo.year import Figures, Year
from pravo_desktop.domain.figures import NATIONAL
from pravo_desktop.domain.periods import Month
from pravo_desktop.domain.records import Event, PrintedMaterial, Publication, Video
from pravo_desktop.usecases.cases import ClaimForm
from pravo_desktop.usecases.participants import ParticipantForm

T = TypeVar("T")

NATIONAL_EVENTS = (
    "specialist_training",
    "working_meeting",
    "press_conference",
    "public_presentation",
    "round_table",
)
REGIONAL_EVENTS = (
    "young_couple_training",
    "conflict_training",
    "campaign_training",
    "social_bureau",
    "campaign_action",
)
_ROLES = {
    "married": ("husband", "wife"),
    "divorced": ("former_spouse", "former_spouse"),
    "unregistered": ("partner", "partner"),
}


@dataclass(frozen=True)
class Visit:
    """A consultation; ``specialist`` is a position in the station's staff.

    Args:
        attendees: positions in the people of the case.
        minutes: its length in minutes.
    """

    day: date
    specialist: int
    format: str
    attendees: tuple[int, ...]
    topics: tuple[str, ...]
    minutes: int


@dataclass(frozen=True)
class Outcome:
    """What became of a case and who said so."""

    kind: str
    day: date
    source: str


@dataclass(frozen=True)
class Mediation:
    """A mediation with its mediator, a position in the staff."""

    day: date
    specialist: int
    meetings: int
    result: str


@dataclass
class Family:
    """A case with everything that happens in it; adults stand before children."""

    kind: str
    came_through: str
    causes: tuple[str, ...]
    visits: tuple[Visit, ...] = ()
    people: tuple[ParticipantForm, ...] = ()
    claims: list[ClaimForm] = field(default_factory=list)
    outcome: Outcome | None = None
    mediation: Mediation | None = None
    study: Visit | None = None

    @property
    def first_day(self) -> date:
        return self.visits[0].day

    @property
    def last_day(self) -> date:
        return self.visits[-1].day

    @property
    def has_children(self) -> bool:
        return any(person.role == "child" for person in self.people)


@dataclass
class PlannedEvent:
    """An event with its survey sheets and the copies handed out at it, by position of the title."""

    event: Event
    leader: int | None
    people: int
    sheets: list[tuple[int, ...]] = field(default_factory=list)
    handed_out: dict[int, int] = field(default_factory=dict)


@dataclass
class Station:
    """What one centre, or headquarters, enters in the year.

    Args:
        staff: professions in the order of employment.
        materials: printed titles by position, ordered or received.
        notes: month, section, kind and text of each.
    """

    key: str
    months: tuple[Month, ...]
    workdays: list[date]
    staff: tuple[str, ...] = ()
    families: list[Family] = field(default_factory=list)
    advice: list[Visit] = field(default_factory=list)
    events: list[PlannedEvent] = field(default_factory=list)
    publications: list[Publication] = field(default_factory=list)
    materials: dict[int, PrintedMaterial] = field(default_factory=dict)
    videos: list[Video] = field(default_factory=list)
    notes: list[tuple[Month, str, str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Plan:
    """The whole year.

    Args:
        stations: centres and headquarters by key.
        received: the day on which headquarters got the package of a station's month.
        amendment_received: the same for the amended package, if any.
    """

    stations: Mapping[str, Station]
    received: Mapping[tuple[str, Month], date]
    amendment_received: date | None


def spread(total: int, weights: Sequence[float]) -> list[int]:
    """Whole numbers in proportion to the weights that sum to the total (largest remainders).

    Raises:
        ValueError: there is something to spread and no positive weight.
    """
    whole = sum(weights)
    if whole <= 0:
        if total:
            raise ValueError("nothing to spread over")
        return [0] * len(weights)
    shares = [total * weight / whole for weight in weights]
    parts = [int(share) for share in shares]
    by_rest = sorted(range(len(parts)), key=lambda i: (parts[i] - shares[i], i))
    for i in by_rest[: total - sum(parts)]:
        parts[i] += 1
    return parts


def even_out(parts: list[int], total: int, lowest: int, highest: int, random: Random) -> list[int]:
    """The parts, changed one by one at random until they sum to the total.

    Raises:
        ValueError: no parts within the bounds can sum to it.
    """
    if not lowest * len(parts) <= total <= highest * len(parts):
        raise ValueError(f"{len(parts)} parts of {lowest} to {highest} never sum to {total}")
    gap = total - sum(parts)
    step = 1 if gap > 0 else -1
    while gap:
        i = random.randrange(len(parts))
        if lowest <= parts[i] + step <= highest:
            parts[i] += step
            gap -= step
    return parts


def make_plan(year: Year, seed: int | None = None) -> Plan:
    """The plan of the year.

    Args:
        seed: of the random choices; the year's own when empty.
    """
    return _Planner(year, Random(year.world["seed"] if seed is None else seed)).plan()


class _Planner:
    def __init__(self, year: Year, random: Random) -> None:
        self.year = year
        self.figures: Figures = year.figures
        self.world = year.world
        self.ways: Mapping[str, Any] = year.world["families"]
        self.random = random
        self.stations = {
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

    def plan(self) -> Plan:
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
        self._events()
        self._sheets()
        self._booklets()
        self._publications()
        self._videos()
        self._notes()
        return Plan(self.stations, *self._mail())

    def _centres(self) -> list[Station]:
        return [station for station in self.stations.values() if station.key != NATIONAL]

    def _draw(self, weights: Mapping[str, float]) -> str:
        return self.random.choices(list(weights), list(weights.values()))[0]

    def _happens(self, percent: int) -> bool:
        return self.random.randrange(100) < percent

    def _between(self, bounds: Sequence[int]) -> int:
        return self.random.randint(bounds[0], bounds[1])

    def _shuffled(self, items: Iterable[T]) -> list[T]:
        listed = list(items)
        self.random.shuffle(listed)
        return listed

    # --- Families -------------------------------------------------------------

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

    # --- Events, media, campaign ----------------------------------------------

    def _events(self) -> None:
        """Each event at the centre it is for, or at headquarters while that is not open."""
        for kind in NATIONAL_EVENTS:
            national = self.stations[NATIONAL]
            for i, day in enumerate(self._days(self.figures.expected(f"{kind}s"), kind)):
                self._add_event(national, NATIONAL, kind, day, i)
        for kind in REGIONAL_EVENTS:
            for region in self.year.centres:
                number = self.figures.expected(f"{kind}s", region)
                start = self.random.randrange(number + 1)
                for i, day in enumerate(self._days(number, kind), start):
                    opened = self.year.opened_on(region)
                    host = NATIONAL if opened and day < opened else region
                    self._add_event(self.stations[host], region, kind, day, i)

    def _days(self, number: int, kind: str) -> Iterator[date]:
        """Working days, one in each of as many equal parts of the year or of the kind's month."""
        month = self.world["events"].get(kind, {}).get("month")
        days = [
            day for day in self.stations[NATIONAL].workdays if month is None or day.month == month
        ]
        for i in range(number):
            first, end = i * len(days) // number, (i + 1) * len(days) // number
            yield days[self.random.randrange(first, max(end, first + 1))]

    def _add_event(self, host: Station, region: str, kind: str, day: date, number: int) -> None:
        ways = self.world["events"][kind]
        people = self._between(ways["people"])
        couples = people // 2 if ways.get("couples") else 0
        men = couples or self.random.randint(people // 3, people // 2)
        invited = kind in ("specialist_training", "working_meeting")
        leader = self.random.randrange(len(host.staff)) if host.staff else None
        event = Event(
            id="",
            kind=kind,
            held_on=day,
            region=region,
            attending_centres=tuple(
                station.key for station in self._centres() if invited and station.workdays[0] <= day
            ),
            place=ways["place"],
            topic=ways["topics"][number % len(ways["topics"])],
            partner=ways.get("partner"),
            language=ways["language"],
            target_group=ways["target_group"],
            men=men,
            women=couples or people - men,
            couples=couples,
            basis=ways.get("basis", "counted"),
            evidence=f"{host.key}-{len(host.events) + 1:03d}",
        )
        host.events.append(PlannedEvent(event, leader, 2 * couples or people))

    def _sheets(self) -> None:
        """Survey sheets whose answers give each question exactly its share."""
        shares = self.figures.by_key("satisfaction")
        number = self.figures.expected("satisfaction_answers") // max(1, len(shares))
        best, lowest = self.world["best_score"], self.world["lowest_score"]
        columns = []
        for share in shares.values():
            points = round(Fraction(str(share)) * best * number / 100)
            columns.append(even_out([best] * number, points, lowest, best, self.random))
        sheets = list(zip(*columns, strict=True))
        surveyed = [
            planned
            for station in self.stations.values()
            for planned in station.events
            if self.world["events"][planned.event.kind].get("surveyed")
        ]
        parts = spread(len(sheets), [planned.people for planned in surveyed])
        for planned, part in zip(surveyed, parts, strict=True):
            planned.sheets = sheets[:part]
            del sheets[:part]

    def _booklets(self) -> None:
        """Copies made at headquarters; centres receive titles and hand all copies out at events."""
        media = self.world["media"]
        titles = media["titles_of_booklets"]
        ordered, received = (
            date.fromisoformat(media[name])
            for name in ("booklets_ordered_on", "booklets_received_on")
        )
        copies = self.figures.expected("booklets")
        stock = spread(copies, [1] * len(titles))
        for i, title in enumerate(titles):
            made = PrintedMaterial(id="", **title, ordered_on=ordered, copies_made=stock[i])
            self.stations[NATIONAL].materials[i] = made
        places = [
            (station, planned)
            for station in self.stations.values()
            for planned in station.events
            if planned.event.held_on >= received
            and self.world["events"][planned.event.kind].get("handed_out")
        ]
        weights = [
            planned.people * self.world["events"][planned.event.kind]["handed_out"]
            for _, planned in places
        ]
        for (station, planned), wanted in zip(places, spread(copies, weights), strict=True):
            while wanted:
                title = max(range(len(stock)), key=stock.__getitem__)
                given = min(wanted, stock[title])
                stock[title] -= given
                wanted -= given
                planned.handed_out[title] = planned.handed_out.get(title, 0) + given
                day = max(received, station.workdays[0])
                station.materials.setdefault(
                    title, PrintedMaterial(id="", **titles[title], ordered_on=day)
                )

    def _publications(self) -> None:
        media = self.world["media"]
        national = self.stations[NATIONAL]
        stations = list(self.stations.values())
        weights = [
            len(station.months) * (media["national_share"] if station is national else 1)
            for station in stations
        ]
        own = spread(self.figures.expected("publications"), weights)
        for station, number in zip(stations, own, strict=True):
            for _ in range(number):
                self._publish(station, self._outlet(media["outlets"]), "own")
        for _ in range(self.figures.expected("local_publications")):
            outlet = self._outlet(media["partners"])
            self._publish(self.random.choice(stations), outlet, outlet["ownership"])
        for _ in range(self.figures.expected("tv_appearances")):
            self._publish(national, media["television"], media["television"]["ownership"])

    def _outlet(self, outlets: list[dict[str, Any]]) -> dict[str, Any]:
        return self.random.choices(outlets, [outlet["weight"] for outlet in outlets])[0]

    def _publish(self, station: Station, outlet: Mapping[str, Any], ownership: str) -> None:
        media = self.world["media"]
        number = len(station.publications) + 1
        station.publications.append(
            Publication(
                id="",
                published_on=self.random.choice(station.workdays),
                outlet=outlet["outlet"],
                outlet_kind=outlet["outlet_kind"],
                **self.random.choice(media["titles"]),
                link=media["link"].format(station=station.key, number=number),
                ownership=ownership,
            )
        )

    def _videos(self) -> None:
        media = self.world["media"]
        number = self.figures.expected("videos")
        weights = [self.random.random() + 1 for _ in range(number)]
        views = spread(self.figures.expected("video_views"), weights)
        for i, day in enumerate(self._days(number, "video")):
            link = media["link"].format(station="video", number=i + 1)
            title = media["videos"][i % len(media["videos"])]
            video = Video(id="", **title, published_on=day, link=link, views=views[i])
            self.stations[NATIONAL].videos.append(video)

    # --- The month ------------------------------------------------------------

    def _notes(self) -> None:
        for note in self.world["notes"]:
            station = self.stations.get(note["station"])
            for month in station.months if station else ():
                if station and month.number in note["months"]:
                    line = (month, note["section"], note["kind"], note["text"])
                    station.notes.append(line)

    def _mail(self) -> tuple[dict[tuple[str, Month], date], date | None]:
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
