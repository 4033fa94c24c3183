"""Plans the public work of the practice year: events, sheets, booklets, articles, videos."""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from pravo_desktop.demo.chance import Planner, even_out, spread
from pravo_desktop.demo.plan import PlannedEvent, Station
from pravo_desktop.domain.figures import NATIONAL
from pravo_desktop.domain.records import Event, PrintedMaterial, Publication, Video

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


class PublicPlanner(Planner):
    """Fills the events and the media of centres and headquarters."""

    def plan(self) -> None:
        """Make all of it."""
        self._events()
        self._sheets()
        self._booklets()
        self._publications()
        self._videos()

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
