"""Plays a plan through the use cases of the window, day by day with the practice clock."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pravo_desktop.backups.files import make_backup
from pravo_desktop.backups.restoring import Access, restore_workplace
from pravo_desktop.bootstrap import Workplace, open_workplace
from pravo_desktop.clock import KAZAKHSTAN, PracticeClock
from pravo_desktop.demo.plan import Family, PlannedEvent, Station, Visit
from pravo_desktop.demo.year import Year
from pravo_desktop.domain.figures import NATIONAL
from pravo_desktop.domain.periods import Month
from pravo_desktop.domain.records import HandOut, Project, Proposal, Stage, Vacancy
from pravo_desktop.domain.versions import new_id
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases import cases, events, months, packages, registers, staff, trust
from pravo_desktop.usecases.cases import CaseOpened, ClaimForm, ConsultationForm
from pravo_desktop.usecases.project import save_stage

_MORNING = time(9)
_EVENING = time(19)


@dataclass(frozen=True)
class SentPackage:
    """A package on its way: the file, whose it is, its month, whether it mends an earlier one."""

    file: Path
    station: str
    month: Month
    amendment: bool


@dataclass
class _Memory:
    """Ids of what was entered, which later entries name."""

    staff: list[str] = field(default_factory=list)
    materials: dict[int, str] = field(default_factory=dict)
    vacancies: dict[str, str] = field(default_factory=dict)
    cases: dict[int, CaseOpened] = field(default_factory=dict)
    mistaken: tuple[str, ClaimForm] | None = None


@dataclass(frozen=True)
class _Step:
    """Something done on a day; ``rank`` orders a day, ``ends_month`` waits for its evening."""

    day: date
    rank: int
    run: Callable[[], object]
    ends_month: bool = False


def play_station(
    year: Year,
    station: Station,
    folder: Path,
    password: str,
    outbox: Path,
    trusted: Mapping[str, str],
    *,
    until: date = date.max,
    told: Callable[[str, int, int], object] = lambda step, done, total: None,
) -> list[SentPackage]:
    """Enter a station's year and export its packages.

    Args:
        folder: its initialised practice folder.
        outbox: folder that gets the packages.
        trusted: fingerprints by centre, for headquarters alone.
        until: the last day on which anything is entered.
        told: of each step.
    """
    player = _Player(year, station, folder, password, outbox, trusted)
    try:
        player.play(until, told)
    finally:
        player.workplace.close()
    return player.sent


def _with_dates(line: Mapping[str, Any]) -> dict[str, Any]:
    """A line of the plan, its days as dates."""
    return {
        name: date.fromisoformat(value) if name.endswith("_on") else value
        for name, value in line.items()
    }


class _Player:
    def __init__(
        self,
        year: Year,
        station: Station,
        folder: Path,
        password: str,
        outbox: Path,
        trusted: Mapping[str, str],
    ) -> None:
        self.year = year
        self.station = station
        self.folder = folder
        self.password = password
        self.outbox = outbox
        self.trusted = trusted
        self.sent: list[SentPackage] = []
        self.memory = _Memory()
        self.clock = PracticeClock(datetime.combine(year.day("entered_on"), _MORNING))
        self._open()

    def _open(self) -> None:
        self.workplace: Workplace = open_workplace(
            self.folder, password=self.password, clock=self.clock
        )
        self.session = self.workplace.session()
        self.actor = self.workplace.actor

    def play(self, until: date, told: Callable[[str, int, int], object]) -> None:
        """Run all steps up to a day in the order of their days."""
        steps = sorted(
            (step for step in self._steps() if step.day <= until),
            key=lambda step: (step.day, step.ends_month, step.rank),
        )
        ways = self.year.world["packages"].get("restored")
        if ways is None or ways["centre"] != self.station.key:
            for done, step in enumerate(steps):
                told(str(step.day), done, len(steps))
                self._run(step, step.day)
            return
        backed_up_on = date.fromisoformat(ways["backed_up_on"])
        restored_on = date.fromisoformat(ways["restored_on"])
        for step in (step for step in steps if step.day <= backed_up_on):
            self._run(step, step.day)
        lost = [step for step in steps if backed_up_on < step.day < restored_on]
        with TemporaryDirectory() as shelf:
            backup = make_backup(self.workplace, self.session, out=Path(shelf))
            for step in lost:
                self._run(step, step.day)
            self._restore(backup, restored_on)
        for step in lost:
            self._run(step, restored_on)
        for step in (step for step in steps if step.day >= restored_on):
            self._run(step, step.day)

    def _restore(self, backup: Path, day: date) -> None:
        """The computer is lost: go on from the backup, as another station.

        What is entered again takes the place of what was lost in the memory.
        """
        self.session.close()
        self.workplace.close()
        shutil.rmtree(self.folder)
        self.clock.set(datetime.combine(day, _MORNING, KAZAKHSTAN))
        restored = restore_workplace(backup, self.folder, Access(self.password), clock=self.clock)
        restored.close()
        self._open()

    def _run(self, step: _Step, day: date) -> None:
        """Run a step at the hour of its day, always a second after the one before."""
        hour = datetime.combine(day, _EVENING if step.ends_month else _MORNING, KAZAKHSTAN)
        self.clock.set(max(hour, self.clock.now() + timedelta(seconds=1)))
        step.run()

    def _steps(self) -> Iterator[_Step]:
        start = max(self.year.day("entered_on"), self.station.months[0].first_day)
        yield _Step(start, 0, self._begin)
        for number, family in enumerate(self.station.families):
            yield from self._family_steps(number, family)
        for advice in self.station.advice:
            yield _Step(advice.day, 2, partial(self._advise, advice))
        for material in sorted(self.station.materials):
            ordered = self.station.materials[material].ordered_on
            yield _Step(ordered, 1, partial(self._receive_material, material))
        for planned in self.station.events:
            yield _Step(planned.event.held_on, 3, partial(self._hold_event, planned))
        for publication in self.station.publications:
            yield _Step(
                publication.published_on,
                3,
                partial(self._call, events.save_publication, publication=publication),
            )
        for video in self.station.videos:
            fresh = replace(video, id=new_id(), views=0)
            yield _Step(video.published_on, 3, partial(self._call, events.save_video, video=fresh))
            count = partial(self._count_views, fresh.id, video.views)
            yield _Step(Month.of(video.published_on).last_day, 4, count)
        for month in self.station.months:
            yield _Step(month.last_day, 5, partial(self._write_notes, month))
            yield _Step(month.last_day, 6, partial(self._close, month), ends_month=True)
        yield from self._special_steps()

    def _call(self, use_case: Callable[..., Any], **arguments: Any) -> Any:
        """Run a use case as the station's only person; a new record gets its id here."""
        fresh = {
            name: replace(value, id=new_id())
            for name, value in arguments.items()
            if getattr(value, "id", None) == ""
        }
        return use_case(self.session, self.actor, **(arguments | fresh))

    # --- The beginning --------------------------------------------------------------

    def _begin(self) -> None:
        if self.station.key == NATIONAL:
            self._set_up_project()
        employed = max(
            date.fromisoformat(self.year.world["employed_from"]),
            self.year.opened_on(self.station.key) or date.min,
        )
        self.memory.staff = [
            self._call(staff.save_staff_member, profession=profession, employed_from=employed)
            for profession in self.station.staff
        ]

    def _set_up_project(self) -> None:
        world = self.year.world
        card = _with_dates(world["project"])
        stages = card.pop("stages")
        project = Project(id="", **card, regions=tuple(self.year.centres))
        project_id = self._call(registers.save_project, project=project)
        for line in stages:
            stage = Stage(id="", project_id=project_id, **_with_dates(line))
            self._call(save_stage, stage=stage)
        valid_from = card["starts_on"]
        for target in world["plan"]:
            regions = self.year.centres if target["region"] == "each" else [target["region"]]
            for region in regions:
                self._call(
                    registers.set_plan_target,
                    **target | {"region": region, "valid_from": valid_from},
                )
        for centre in self.year.centres:
            opened = self.year.opened_on(centre)
            if opened:
                self._call(registers.save_centre, key=centre, opened_on=opened)

    # --- Families -------------------------------------------------------------------

    def _family_steps(self, number: int, family: Family) -> Iterator[_Step]:
        yield _Step(family.first_day, 1, partial(self._open_case, number, family))
        for visit in family.visits[1:]:
            yield _Step(visit.day, 2, partial(self._consult, number, visit))
        for claim in family.claims:
            if claim.filed_on and claim.filed_on > family.first_day:
                yield _Step(claim.filed_on, 2, partial(self._file_claim, number, claim))
        if family.mediation:
            yield _Step(family.mediation.day, 3, partial(self._mediate, number, family))
        if family.study:
            yield _Step(family.study.day, 3, partial(self._study, number, family.study))
        if family.outcome:
            yield _Step(family.outcome.day, 4, partial(self._conclude, number, family))

    def _open_case(self, number: int, family: Family) -> None:
        known = tuple(
            claim
            for claim in family.claims
            if claim.filed_on is None or claim.filed_on <= family.first_day
        )
        entered, mended = self._with_mistake(family, known)
        visit = family.visits[0]
        opened = cases.open_case(
            self.session,
            self.actor,
            kind=family.kind,
            came_through=family.came_through,
            causes=family.causes,
            participants=family.people,
            claims=entered,
            consultation=self._form(visit, tuple(map(str, visit.attendees))),
        )
        self.memory.cases[number] = opened
        if mended:
            claim = replace(mended, claim_id=opened.claims[0])
            self.memory.mistaken = (opened.case_id, claim)

    def _with_mistake(
        self, family: Family, claims: tuple[ClaimForm, ...]
    ) -> tuple[tuple[ClaimForm, ...], ClaimForm | None]:
        """One claim of the month that is amended later is entered with a wrong kind."""
        amended = self._amended()
        if (
            not amended
            or self.memory.mistaken
            or str(Month.of(family.first_day)) != amended["month"]
            or not claims
            or claims[0].kind == amended["entered_as"]
        ):
            return claims, None
        return (replace(claims[0], kind=amended["entered_as"]), *claims[1:]), claims[0]

    def _form(self, visit: Visit, attendees: tuple[str, ...]) -> ConsultationForm:
        return ConsultationForm(
            held_on=visit.day,
            specialist_id=self.memory.staff[visit.specialist],
            format=visit.format,
            attendees=attendees,
            topics=visit.topics,
            minutes=visit.minutes,
        )

    def _consult(self, number: int, visit: Visit) -> None:
        opened = self.memory.cases[number]
        people = tuple(opened.participants[one] for one in visit.attendees)
        cases.record_consultation(
            self.session,
            self.actor,
            case_id=opened.case_id,
            consultation=self._form(visit, people),
        )

    def _file_claim(self, number: int, claim: ClaimForm) -> None:
        case_id = self.memory.cases[number].case_id
        cases.save_claim(self.session, self.actor, case_id=case_id, claim=claim)

    def _mediate(self, number: int, family: Family) -> None:
        mediation = family.mediation
        if mediation:
            agreed = mediation.result in ("agreement", "partial_agreement")
            cases.save_mediation(
                self.session,
                self.actor,
                case_id=self.memory.cases[number].case_id,
                contract_on=mediation.day,
                meetings=mediation.meetings,
                result=mediation.result,
                agreement_on=mediation.day if agreed else None,
                specialist_id=self.memory.staff[mediation.specialist],
            )

    def _study(self, number: int, visit: Visit) -> None:
        cases.record_study(
            self.session,
            self.actor,
            case_id=self.memory.cases[number].case_id,
            held_on=visit.day,
            specialist_id=self.memory.staff[visit.specialist],
        )

    def _conclude(self, number: int, family: Family) -> None:
        if family.outcome:
            cases.add_outcome(
                self.session,
                self.actor,
                case_id=self.memory.cases[number].case_id,
                kind=family.outcome.kind,
                dated_on=family.outcome.day,
                source=family.outcome.source,
            )

    def _advise(self, visit: Visit) -> None:
        cases.record_advice(
            self.session,
            self.actor,
            held_on=visit.day,
            specialist_id=self.memory.staff[visit.specialist],
            format=visit.format,
            topics=visit.topics,
            minutes=visit.minutes,
        )

    # --- Events, media, campaign ----------------------------------------------------

    def _receive_material(self, number: int) -> None:
        material = replace(self.station.materials[number], id=new_id())
        self.memory.materials[number] = self._call(events.save_printed_material, material=material)

    def _hold_event(self, planned: PlannedEvent) -> None:
        event = planned.event
        event_id = events.save_event(
            self.session,
            self.actor,
            kind=event.kind,
            held_on=event.held_on,
            region=event.region,
            topic=event.topic,
            attending_centres=event.attending_centres,
            place=event.place,
            leader_id=None if planned.leader is None else self.memory.staff[planned.leader],
            partner=event.partner,
            language=event.language,
            target_group=event.target_group,
            men=event.men,
            women=event.women,
            couples=event.couples,
            basis=event.basis,
            evidence=event.evidence,
        )
        if planned.sheets:
            self._call(events.add_survey_sheets, event_id=event_id, sheets=tuple(planned.sheets))
        for title, copies in planned.handed_out.items():
            hand_out = HandOut(
                id="",
                material_id=self.memory.materials[title],
                event_id=event_id,
                handed_on=event.held_on,
                copies=copies,
                place=event.place,
            )
            self._call(events.save_hand_out, hand_out=hand_out)

    def _count_views(self, video_id: str, views: int) -> None:
        day = self.clock.today()
        self._call(events.count_views, video_id=video_id, views=views, views_on=day)

    # --- The end of the month -------------------------------------------------------

    def _write_notes(self, month: Month) -> None:
        self._advertise(month)
        for noted, section, kind, text in self.station.notes:
            if noted == month:
                self._call(
                    months.save_monthly_note,
                    month=str(month),
                    section=section,
                    kind=kind,
                    text=text,
                )

    def _advertise(self, month: Month) -> None:
        """Write down on which days empty posts were advertised so far."""
        ways = self.year.centres.get(self.station.key, {}).get("vacancies")
        if not ways:
            return
        opened = date.fromisoformat(ways["opened_on"])
        every = ways["notice_every_days"]
        notices = tuple(
            opened + timedelta(days=passed)
            for passed in range(0, (month.last_day - opened).days + 1, every)
        )
        for profession in ways["professions"]:
            vacancy = Vacancy(
                id=self.memory.vacancies.setdefault(profession, new_id()),
                profession=profession,
                opened_on=opened,
                notices=notices,
            )
            self._call(staff.save_vacancy, vacancy=vacancy)

    def _close(self, month: Month) -> None:
        """Close a month: what has no records is zero with a reason; then send its package."""
        workplace = "national" if self.station.key == NATIONAL else "centre"
        filled = months.sections_with_records(self.session, str(month))
        reasons = self.year.centres.get(self.station.key, {}).get("zero_reasons", {})
        zeros = {
            section: reasons.get(section, self.year.world["zero_reason"])
            for section in classifiers().sections_of(workplace)
            if section not in filled
        }
        months.close_month(self.session, self.actor, month=str(month), zeros=zeros)
        self._send(month)

    def _send(self, month: Month, *, amendment: bool = False) -> None:
        package = packages.export_package(
            self.session,
            self.actor,
            key=self.workplace.signing_key(self.session),
            month=str(month),
            amendment=amendment,
        )
        file = packages.write_copy(
            self.session, self.actor, sequence=package.sequence, target=self.outbox
        )
        self.sent.append(SentPackage(file, self.station.key, month, amendment))

    # --- What happens once ----------------------------------------------------------

    def _special_steps(self) -> Iterator[_Step]:
        world = self.year.world
        if self.station.key == NATIONAL:
            for centre, fingerprint in self.trusted.items():
                day = max(self.year.day("entered_on"), self.year.opened_on(centre) or date.min)
                trusting = partial(
                    self._call, trust.add_trust, fingerprint=fingerprint, centre=centre
                )
                yield _Step(day, 1, trusting)
            for line in world["proposals"]:
                day = date.fromisoformat(line["proposed_on"])
                proposal = Proposal(id="", **line | {"proposed_on": day})
                yield _Step(day, 3, partial(self._call, events.save_proposal, proposal=proposal))
        amended = self._amended()
        if amended:
            yield _Step(date.fromisoformat(amended["corrected_on"]), 4, self._correct)

    def _amended(self) -> Mapping[str, str] | None:
        amended: Mapping[str, str] | None = self.year.world["packages"].get("amended")
        return amended if amended and amended["centre"] == self.station.key else None

    def _correct(self) -> None:
        """Mend the claim of a closed month, with a reason, and send the month again."""
        amended = self._amended()
        if amended and self.memory.mistaken:
            case_id, claim = self.memory.mistaken
            cases.save_claim(
                self.session,
                self.actor,
                case_id=case_id,
                claim=claim,
                confirmed={"month_closed": amended["reason"]},
            )
            self._send(Month.parse(amended["month"]), amendment=True)
