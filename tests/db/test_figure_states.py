"""What stands beside a figure: its plan, its state, and a centre's own by the same queries."""

from collections import defaultdict
from dataclasses import replace
from datetime import date

from db import store
from db.figures import compute_figures, read_registers
from pravo_desktop.domain.figures import ALL, NATIONAL
from pravo_desktop.domain.indicators import INDICATORS
from pravo_desktop.domain.periods import Month, Period
from pravo_desktop.domain.records import Case, Claim, Consultation, Participant, StaffMember
from pravo_desktop.resources import classifiers
from tests.db.merged import APRIL, MARCH, MAY, Headquarters, cell_of, new_id
from tests.db.oracle import RULE, YEAR


def test_the_plan_is_the_latest_in_force_at_the_end_of_the_period(hq: Headquarters) -> None:
    hq.plan("couples", "abai", 100)
    hq.plan("couples", "abai", 200, since=MAY)
    hq.plan("couples", "abai", 900, since=date(2025, 1, 1))
    assert hq.row("couples", "abai").plan == 200
    assert hq.row("couples", "abai", period=Period(YEAR.from_, APRIL)).plan == 100


def test_the_plan_of_all_is_the_stated_one_or_else_the_sum_of_the_regions(
    hq: Headquarters,
) -> None:
    assert hq.row("couples").plan is None
    hq.plan("couples", "abai", 200)
    hq.plan("couples", "astana", 300)
    assert hq.row("couples").plan == 500
    hq.plan("couples", ALL, 2000)
    assert hq.row("couples").plan == 2000
    assert hq.row("couples", "almaty").plan is None


def test_a_plan_stands_beside_totals_only(hq: Headquarters) -> None:
    hq.plan("consultations", ALL, 2000)
    hq.visit(hq.case(), MARCH)
    assert {row.plan for row in hq.rows() if row.breakdown is not None} == {None}


def test_a_centre_reaches_the_plan_with_exactly_as_many_couples(hq: Headquarters) -> None:
    hq.plan("couples", "astana", 2)
    hq.plan("couples", "abai", 2)
    for centre in ("astana", "astana", "abai", "almaty"):
        hq.visit(hq.case(centre), MARCH, centre=centre)
    row = hq.row("centres_reaching_plan")
    assert (row.value, row.state) == (1, "reported")


def test_missing_is_not_zero(hq: Headquarters) -> None:
    hq.close("ulytau", "services", *range(1, 13), state="zero")
    zero, missing = hq.row("couples", "ulytau"), hq.row("couples", "abai")
    assert (zero.value, zero.state, len(zero.months)) == (0, "zero", 12)
    assert (missing.value, missing.state, missing.months) == (None, "missing", ())
    assert not [r for r in hq.rows() if r.region == "abai" and r.breakdown and r.value is None]


def test_a_reported_year_without_records_is_a_reported_nothing(hq: Headquarters) -> None:
    hq.close("abai", "services", *range(1, 13))
    row = hq.row("claims", "abai")
    assert (row.value, row.state) == (0, "reported")
    assert hq.value("claims", "abai", "kind", "alimony") == 0


def test_a_year_with_some_months_is_partial_and_names_them(hq: Headquarters) -> None:
    hq.close("abai", "services", 2, 3)
    hq.close("abai", "services", 4, state="zero")
    row = hq.row("couples", "abai")
    assert (row.value, row.state) == (0, "partial")
    assert row.months == ("2024-02", "2024-03", "2024-04")


def test_records_of_a_month_not_closed_yet_make_a_partial_figure(hq: Headquarters) -> None:
    hq.visit(hq.case("abai"), MARCH, centre="abai")
    assert (hq.value("couples", "abai"), hq.row("couples", "abai").state) == (1, "partial")
    # The section has come, if not closed: no claims then is no gap.
    assert (hq.value("claims", "abai"), hq.row("claims", "abai").state) == (0, "partial")
    assert hq.row("publications", "abai").state == "missing"


def test_months_before_the_opening_and_after_the_closing_are_not_owed(hq: Headquarters) -> None:
    hq.opened("turkistan", date(2024, 12, 2))
    hq.close("turkistan", "services", 12)
    row = hq.row("couples", "turkistan")
    assert (row.value, row.state, row.months) == (0, "reported", ("2024-12",))
    early = hq.row("couples", "turkistan", period=Period(YEAR.from_, date(2024, 11, 30)))
    assert (early.value, early.state, early.months) == (None, "not_open", ())
    hq.opened("turkistan", None, date(2024, 3, 1))
    hq.close("turkistan", "services", 1, 2, 3)
    row = hq.row("couples", "turkistan")
    assert (row.state, row.months) == ("reported", ("2024-01", "2024-02", "2024-03"))


def test_each_month_of_a_table_has_its_own_state(hq: Headquarters) -> None:
    hq.opened("abai", date(2024, 2, 1))
    hq.close("abai", "services", 2, state="zero")
    hq.close("abai", "services", 3)
    hq.visit(hq.case("abai"), MARCH, centre="abai")
    found = {
        row.key: (row.value, row.state)
        for row in hq.rows()
        if (row.indicator, row.region, row.breakdown) == ("consultations", "abai", "month")
    }
    assert found["2024-01"] == (None, "not_open")
    assert found["2024-02"] == (0, "zero")
    assert found["2024-03"] == (1, "reported")
    assert found["2024-04"] == (None, "missing")


def test_all_regions_together_are_reported_only_when_each_open_centre_has_reported(
    hq: Headquarters,
) -> None:
    hq.opened("turkistan", date(2024, 12, 1))
    keys = [centre.key for centre in hq.registers.centres]
    for key in keys:
        hq.close(key, "services", 1, 2)
    hq.session.execute(
        "DELETE FROM merged_section_states WHERE centre = 'abai' AND month = '2024-02'"
    )
    row = hq.row("couples", period=Period(YEAR.from_, date(2024, 2, 29)))
    assert (row.value, row.state, row.months) == (0, "partial", ("2024-01",))
    assert hq.row("couples", period=Period.of_month(Month(2024, 1))).state == "reported"


def test_zero_with_records_is_reported(hq: Headquarters) -> None:
    hq.close("abai", "conflict_reduction", *range(1, 13), state="zero")
    hq.event("conflict_training", MARCH, "abai", host=NATIONAL)
    row = hq.row("conflict_trainings", "abai")
    assert (row.value, row.state) == (1, "reported")


def test_what_headquarters_alone_owes_is_asked_of_no_region(hq: Headquarters) -> None:
    hq.close(NATIONAL, "specialist_training", *range(1, 13))
    hq.event("specialist_training", MARCH, NATIONAL)
    hq.event("specialist_training", MARCH, "abai", host=NATIONAL)
    found = [
        (row.region, row.value, row.state)
        for row in hq.rows()
        if row.indicator == "specialist_trainings"
    ]
    assert found == [("abai", 1, "reported"), (NATIONAL, 1, "reported"), (ALL, 2, "reported")]


def test_an_event_of_headquarters_for_a_region_stands_on_the_word_of_headquarters(
    hq: Headquarters,
) -> None:
    hq.close(NATIONAL, "specialist_training", 3)
    hq.event("specialist_training", MARCH, "abai", host=NATIONAL)
    row = hq.row("specialist_trainings", "abai")
    assert (row.value, row.state, row.months) == (1, "partial", ("2024-03",))


def test_every_indicator_comes_in_its_order_with_its_regions(hq: Headquarters) -> None:
    rows = hq.rows()
    assert list(dict.fromkeys(row.indicator for row in rows)) == [one.key for one in INDICATORS]
    regions = list(classifiers().regions)
    totals = defaultdict(list)
    for row in rows:
        if row.breakdown is None:
            totals[row.indicator].append(row.region)
    assert totals["couples"] == totals["centres_open"] == [*regions, ALL]
    assert totals["publications"] == [*regions, NATIONAL, ALL]
    assert totals["round_tables"] == [NATIONAL, ALL]
    assert totals["centres_reaching_plan"] == [ALL]


def test_a_centre_counts_its_own_records_by_the_same_queries(
    hq: Headquarters,
) -> None:
    session = hq.session
    session.execute(
        "INSERT INTO installation (id, workplace, centre, practice, station, station_letter, "
        "epoch, change, created_at) VALUES (1, 'centre', 'abai', 1, 'S', 'A', 1, 0, '-')"
    )
    specialist = StaffMember(id=new_id(), profession="lawyer", employed_from=date(2024, 1, 1))
    case = Case(id=new_id(), number="ABA-A-1", kind="married", registered_on=MARCH)
    wife = Participant(id=new_id(), case_id=case.id, role="wife", sex="female")
    visit = Consultation(
        id=new_id(),
        case_id=case.id,
        held_on=MARCH,
        specialist_id=specialist.id,
        attendees=(wife.id,),
    )
    claim = Claim(id=new_id(), case_id=case.id, kind="divorce", filed_on=MARCH)
    deleted = replace(visit, id=new_id(), held_on=APRIL)
    store.add(session, "-", specialist, case, wife, visit, claim, deleted)
    store.delete(session, "-", Consultation, deleted.id)
    store.create_views(session)
    registers = read_registers(session, "own_", classifiers(), only="abai")
    found = {
        cell_of(row): row.value
        for row in compute_figures(session, "own_", YEAR, rule=RULE, registers=registers)
        if row.value
    }
    assert found["couples", "abai", None, None] == found["couples", ALL, None, None] == 1
    assert found["consultations", "abai", "month", "2024-03"] == 1
    assert found["participants", "abai", "sex", "women"] == 1
    assert found["claims", "abai", "kind", "divorce"] == 1
    assert found["centres_open", "abai", None, None] == 1
    assert {region for _, region, _, _ in found} == {"abai", ALL}
