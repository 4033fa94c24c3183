"""Headquarters' own records: card, registers, plan, rule, deadlines, earlier years, its package."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from db.store import create_views
from pravo_desktop.domain.periods import Month, Period
from pravo_desktop.domain.records import Centre, Project, Proposal, Stage
from pravo_desktop.domain.versions import new_id
from pravo_desktop.resources import classifiers
from pravo_desktop.usecases import (
    deadlines,
    events,
    own_package,
    packages,
    project,
    received,
    registers,
    rules,
    stated_totals,
    trust,
)
from pravo_desktop.usecases.figures import project_figures
from pravo_desktop.usecases.own_package import PutIn
from pravo_desktop.usecases.rule_effect import rule_effect
from pravo_desktop.usecases.stated_totals import ComparedFigure, StatedValue
from tests.usecases.factories import Desk
from tests.usecases.refusals import refusal


def put(desk: Desk) -> PutIn:
    return own_package.put_into_report(
        desk.session,
        desk.actor,
        key=desk.workplace.signing_key(desk.session),
        archive=desk.archive,
    )


def a_card(desk: Desk, year: int = 2024, **changes: Any) -> str:
    values: dict[str, Any] = {
        "id": new_id(),
        "title_kk": "Жоба",
        "title_ru": "Проект",
        "contract": "12-К",
        "starts_on": date(year, 1, 1),
        "ends_on": date(year, 12, 31),
    }
    return registers.save_project(desk.session, desk.actor, project=Project(**values | changes))


def a_stage(desk: Desk, project_id: str, number: int, first: date, last: date) -> str:
    stage = Stage(
        id=new_id(),
        project_id=project_id,
        ordinal=number,
        name_kk=f"{number}-кезең",
        name_ru=f"Этап {number}",
        starts_on=first,
        ends_on=last,
    )
    return project.save_stage(desk.session, desk.actor, stage=stage)


# --- The card -----------------------------------------------------------------------------------


def test_the_card_of_the_next_year_has_the_words_and_stages_of_the_last(headquarters: Desk) -> None:
    card = a_card(headquarters, final_report_on=date(2024, 11, 15))
    a_stage(headquarters, card, 1, date(2024, 1, 1), date(2024, 2, 29))
    a_stage(headquarters, card, 2, date(2024, 3, 1), date(2024, 12, 31))
    project.begin_next_year(headquarters.session, headquarters.actor, project_id=card)
    newest, _ = project.project_cards(headquarters.session, headquarters.actor)
    assert (newest.project.title_ru, newest.project.contract) == ("Проект", None)
    assert newest.project.final_report_on == date(2025, 11, 15)
    assert [(one.starts_on, one.ends_on) for one in newest.stages] == [
        (date(2025, 1, 1), date(2025, 2, 28)),
        (date(2025, 3, 1), date(2025, 12, 31)),
    ]


def test_a_year_has_one_card(headquarters: Desk) -> None:
    a_card(headquarters)
    error = refusal(lambda: a_card(headquarters))
    assert (error.code, error.params["field"]) == ("project_year_taken", "starts_on")


@pytest.mark.parametrize(
    ("number", "first", "last", "code"),
    [
        (2, date(2024, 6, 30), date(2024, 12, 31), "stages_overlap"),
        (1, date(2024, 7, 1), date(2024, 12, 31), "stage_number_taken"),
        (2, date(2024, 7, 1), date(2025, 1, 31), "stage_outside_project"),
        (2, date(2024, 12, 31), date(2024, 7, 1), "dates_out_of_order"),
    ],
)
def test_stages_lie_side_by_side_within_their_project(
    headquarters: Desk, number: int, first: date, last: date, code: str
) -> None:
    card = a_card(headquarters)
    a_stage(headquarters, card, 1, date(2024, 1, 1), date(2024, 6, 30))
    assert refusal(lambda: a_stage(headquarters, card, number, first, last)).code == code


# --- Registers and plan -------------------------------------------------------------------------


def test_a_centre_is_renamed_closed_and_opened_again(headquarters: Desk) -> None:
    session, actor = headquarters.session, headquarters.actor

    def astana() -> Centre:
        return registers.known_centres(session)["astana"]

    before = astana()
    registers.save_registered_centre(
        session,
        actor,
        centre=replace(before, name_ru="Центр «Отбасы»", closed_on=date(2024, 9, 1)),
    )
    assert (astana().name_ru, astana().closed_on) == ("Центр «Отбасы»", date(2024, 9, 1))
    assert astana().name_kk == before.name_kk is not None
    registers.save_registered_centre(session, actor, centre=replace(astana(), closed_on=None))
    assert astana().closed_on is None
    assert headquarters.count("centres") == 1


def test_a_key_of_a_register_is_one_that_a_package_can_carry(headquarters: Desk) -> None:
    for key in ("Қостанай", "a", "national", "all", "two words", "9lives"):
        error = refusal(
            lambda key=key: registers.save_region(  # type: ignore[misc]
                headquarters.session,
                headquarters.actor,
                key=key,
                name_kk="Қостанай",
                name_ru="Костанай",
                name_en="Kostanay",
                case_code="KST",
            )
        )
        assert (error.code, error.params["field"]) == ("key_malformed", "key"), key


def test_a_later_target_leaves_the_earlier_one_in_force_before_it(headquarters: Desk) -> None:
    def plan(value: int, day: date, agreement: str) -> None:
        registers.set_plan_target(
            headquarters.session,
            headquarters.actor,
            indicator="couples",
            region="all",
            valid_from=day,
            value=value,
            agreement=agreement,
        )

    plan(2000, date(2024, 1, 1), "12-К")
    plan(2400, date(2024, 5, 1), "12-К/1")
    put(headquarters)

    def target(last: Month) -> int | None:
        with headquarters.session.transaction():
            rows = project_figures(
                headquarters.session, Period(date(2024, 1, 1), last.last_day)
            ).rows
        return next(
            row.plan
            for row in rows
            if (row.indicator, row.region, row.breakdown) == ("couples", "all", None)
        )

    assert (target(Month(2024, 4)), target(Month(2024, 5))) == (2000, 2400)
    listed = registers.plan_targets(headquarters.session, headquarters.actor)
    assert [(one.value, one.agreement) for one in listed] == [(2400, "12-К/1"), (2000, "12-К")]


# --- The category rule --------------------------------------------------------------------------


def test_a_new_year_copies_the_last_rule_and_changes_it_for_itself(headquarters: Desk) -> None:
    session, actor = headquarters.session, headquarters.actor
    rules.copy_rule(session, actor, year=2025)
    shown = rules.rule_of(session, actor, year=2025)
    assert shown.own and shown.predicates == classifiers().category_predicates(2024)
    senior_first = [shown.predicates[2], *shown.predicates[:2], *shown.predicates[3:]]
    rules.save_rule(session, actor, year=2025, predicates=senior_first)
    assert refusal(lambda: rules.copy_rule(session, actor, year=2025)).code == "rule_exists"
    put(headquarters)
    first = [
        rules.category_rule_for(session, "merged_", year).predicates[0].category
        for year in (2023, 2024, 2025, 2026)
    ]
    assert first == ["children", "children", "senior", "senior"]
    assert rules.rule_years(session, actor) == [2025, 2024]
    rules.remove_rule(session, actor, year=2025)
    put(headquarters)
    assert rules.category_rule_for(session, "merged_", 2025).predicates[0].category == "children"


def test_before_a_condition_is_kept_it_is_said_how_many_adults_it_moves(
    headquarters: Desk, centre: Desk, tmp_path: Path
) -> None:
    lines = [dict(one) for one in classifiers().category_predicates(2024)]
    lines[2]["when"] = {"age_from": 20}
    ask = partial(rule_effect, headquarters.session, headquarters.actor, year=2024)
    assert ask(predicates=lines).year is None
    lawyer = centre.specialist("lawyer")
    for day in (9, 10):
        centre.case(on=date(2024, 4, day), specialist=lawyer)
    centre.close("2024-04", {"media": "no_activity"})
    centre.export("2024-04")
    headquarters.trusts(centre)
    headquarters.at(2024, 5, 3).receive(centre.copy(1, tmp_path))
    before = adults_by_category(headquarters)
    effect = ask(predicates=lines)
    assert (effect.year, effect.adults) == (2024, sum(before.values()))
    rules.save_rule(headquarters.session, headquarters.actor, year=2024, predicates=lines)
    put(headquarters)
    after = adults_by_category(headquarters)
    moved = Counter(before)
    for old, new, number in effect.moves:
        moved[old] -= number
        moved[new] += number
    assert effect.moved > 0 and +moved == after
    assert not ask(predicates=lines).moves


def adults_by_category(desk: Desk) -> Counter[str]:
    figures = project_figures(desk.session, Period.of_year(2024), hashed=False)
    return +Counter(
        {
            row.key: int(row.value)
            for row in figures.rows
            if (row.indicator, row.region, row.breakdown) == ("participants", "all", "category")
            and row.key not in (None, "children")
            and row.value
        }
    )


def test_a_rule_that_is_not_in_the_report_yet_counts_nobody(headquarters: Desk) -> None:
    session, actor = headquarters.session, headquarters.actor
    lines = classifiers().category_predicates(2024)
    rules.save_rule(session, actor, year=2024, predicates=[lines[1], lines[0], *lines[2:]])
    assert rules.rule_of(session, actor, year=2024).predicates[0]["category"] == "disability"
    assert rules.category_rule_for(session, "merged_", 2024).predicates[0].category == "children"
    create_views(session)
    assert rules.category_rule_for(session, "own_", 2024).predicates[0].category == "disability"


def _changed(position: int, **changes: Any) -> Sequence[rules.PredicateData]:
    lines = [dict(one) for one in classifiers().category_predicates(2024)]
    lines[position] |= changes
    return lines


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (_changed(0, when={"shoe_size": 40}), "rule_line_malformed"),
        (_changed(0, when={"age_from": "50"}), "rule_line_malformed"),
        (_changed(0, when={"age_from": 500}), "rule_line_malformed"),
        (_changed(2, when={"age_from": 50, "age_to": 40}), "rule_ages_crossed"),
        (_changed(1, when={"disability": ["perhaps"]}), "rule_line_malformed"),
        (_changed(1, when={"disability": "yes"}), "rule_line_malformed"),
        (_changed(1, when={"disability": 5}), "rule_line_malformed"),
        (_changed(1, category="heroes"), "rule_line_malformed"),
        (_changed(1, kk=" "), "field_required"),
        (_changed(1, when={}), "rule_end_missing"),
        (_changed(-1, when={"age_from": 18}), "rule_end_missing"),
        (_changed(1, category="other"), "rule_category_missing"),
        ([], "rule_category_missing"),
    ],
)
def test_a_rule_that_would_not_give_everybody_a_category_is_refused(
    headquarters: Desk, lines: Sequence[rules.PredicateData], code: str
) -> None:
    error = refusal(
        lambda: rules.save_rule(
            headquarters.session, headquarters.actor, year=2025, predicates=lines
        )
    )
    assert error.code == code
    assert headquarters.count("category_rules") == 0


# --- Deadlines ----------------------------------------------------------------------------------


def test_a_date_set_for_a_month_goes_before_the_day_of_the_card(headquarters: Desk) -> None:
    session, actor = headquarters.session, headquarters.actor
    april, may = Month(2024, 4), Month(2024, 5)
    assert deadlines.deadline(session, april) == date(2024, 5, 5)
    a_card(headquarters, late_after_day=10)
    deadlines.save_deadline(session, actor, month="2024-04", due_on=date(2024, 5, 15))
    assert deadlines.deadline(session, april) == date(2024, 5, 5), "not in the report yet"
    put(headquarters)
    assert deadlines.deadline(session, april) == date(2024, 5, 15)
    assert deadlines.deadline(session, may) == date(2024, 6, 10)
    deadlines.remove_deadline(session, actor, month="2024-04")
    put(headquarters)
    assert deadlines.deadline(session, april) == date(2024, 5, 10)


def test_a_deadline_within_its_month_is_refused(headquarters: Desk) -> None:
    error = refusal(
        lambda: deadlines.save_deadline(
            headquarters.session, headquarters.actor, month="2024-04", due_on=date(2024, 4, 29)
        )
    )
    assert (error.code, error.params["field"]) == ("deadline_before_month_ends", "due_on")


# --- Earlier years ------------------------------------------------------------------------------


def state(desk: Desk, values: Sequence[StatedValue], year: int = 2023) -> int:
    return stated_totals.save_stated_totals(
        desk.session,
        desk.actor,
        year=year,
        indicator="couples",
        source="Отчёт за 2023 год",
        page="7",
        values=values,
    )


def couples(desk: Desk, region: str, year: int = 2024) -> ComparedFigure:
    return next(
        one
        for one in stated_totals.year_on_year(desk.session, desk.actor, year=year)
        if (one.indicator, one.region, one.breakdown) == ("couples", region, None)
    )


def test_an_earlier_year_is_compared_with_what_its_report_stated(headquarters: Desk) -> None:
    state(headquarters, [StatedValue("all", None, None, 3000)])
    assert couples(headquarters, "all").earlier is None, "not in the report yet"
    put(headquarters)
    line = couples(headquarters, "all")
    assert (line.earlier, line.earlier_from, line.value) == (3000, "stated", None)
    assert line.statement is not None and line.statement.source == "Отчёт за 2023 год"
    assert couples(headquarters, "astana").earlier_from is None
    with headquarters.session.transaction():
        figures = project_figures(headquarters.session, Period.of_year(2023)).rows
    assert {row.value for row in figures if row.indicator == "couples"} == {None}


def test_what_is_typed_no_more_is_taken_back(headquarters: Desk) -> None:
    total, astana = StatedValue("all", None, None, 3000), StatedValue("astana", None, None, 300)
    assert state(headquarters, [total, astana]) == 2
    assert state(headquarters, [StatedValue("all", None, None, 3001)]) == 1
    (kept,) = stated_totals.stated_totals(headquarters.session, headquarters.actor, year=2023)
    assert (kept.region, kept.value, kept.page) == ("all", 3001, "7")
    assert state(headquarters, [total, astana]) == 2
    assert headquarters.count("stated_totals", "NOT deleted") == 2


def test_the_present_year_is_computed_and_not_stated(headquarters: Desk) -> None:
    total = [StatedValue("all", None, None, 3000)]
    assert refusal(lambda: state(headquarters, total, year=2024)).code == "year_not_over"
    unknown = [StatedValue("all", "kind", "alimony", 3)]
    assert refusal(lambda: state(headquarters, unknown)).code == "key_unknown"


# --- Into the report ----------------------------------------------------------------------------


def test_what_headquarters_wrote_is_put_into_the_report_at_once(headquarters: Desk) -> None:
    session, actor = headquarters.session, headquarters.actor
    a_card(headquarters)
    events.save_proposal(
        session,
        actor,
        proposal=Proposal(id=new_id(), title="О медиации", proposed_on=date(2024, 5, 6)),
    )
    pending = own_package.pending_changes(session, actor)
    assert (dict(pending.tables), pending.ahead) == ({"projects": 1, "proposals": 1}, 0)
    assert put(headquarters) == PutIn({"projects": 1, "proposals": 1}, 1)
    assert session.value("SELECT title FROM merged_proposals") == "О медиации"
    assert not own_package.pending_changes(session, actor).any
    assert refusal(lambda: put(headquarters)).code == "nothing_to_put"
    (line,) = headquarters_packages(headquarters)
    assert (line.centre, line.status, line.through) == ("national", "accepted", "2024-05-20")


def headquarters_packages(desk: Desk) -> list[received.ReceivedLine]:
    return received.received_packages(desk.session, desk.actor)


def test_the_card_of_the_next_year_waits_for_its_day(headquarters: Desk) -> None:
    session, actor = headquarters.session, headquarters.actor
    a_card(headquarters, year=2025)
    pending = own_package.pending_changes(session, actor)
    assert (pending.any, pending.ahead) == (False, 1)
    headquarters.at(2025, 1, 2)
    assert put(headquarters).tables == {"projects": 1}


def test_closed_months_go_first_and_a_later_correction_follows(headquarters: Desk) -> None:
    a_card(headquarters)
    headquarters.close("2024-04", {"media": "no_activity"})
    assert put(headquarters).packages == 1
    headquarters.close("2024-05", {"media": "no_activity"})
    assert put(headquarters).packages == 1
    registers.save_centre(
        headquarters.session, headquarters.actor, key="astana", opened_on=date(2024, 1, 8)
    )
    assert put(headquarters).packages == 1
    said = [(one.month, one.through, one.amendment) for one in headquarters_packages(headquarters)]
    assert said == [
        ("2024-04", None, False),
        ("2024-05", None, False),
        ("2024-05", "2024-05-20", True),
    ]
    assert {one.status for one in headquarters_packages(headquarters)} == {"accepted"}


def test_a_package_made_by_hand_and_not_received_goes_in_too(headquarters: Desk) -> None:
    a_card(headquarters)
    headquarters.close("2024-04")
    headquarters.export("2024-04")
    pending = own_package.pending_changes(headquarters.session, headquarters.actor)
    assert (pending.number, pending.packages) == (0, 1)
    assert put(headquarters).packages == 1
    assert headquarters.count("merged_projects") == 1


def test_nothing_is_made_when_the_package_would_not_be_accepted(headquarters: Desk) -> None:
    a_card(headquarters)
    fingerprint = headquarters.fingerprint()
    trust.revoke_trust(headquarters.session, headquarters.actor, fingerprint=fingerprint)
    assert refusal(lambda: put(headquarters)).code == "key_revoked"
    assert packages.exported_packages(headquarters.session, headquarters.actor) == []
    pending = own_package.pending_changes(headquarters.session, headquarters.actor)
    assert pending.number == 1
