"""Use cases as lines of JSON."""

import json
from typing import Any

import pytest

from tests.cli.driver import SPECIALIST, Driver, couple


@pytest.fixture
def centre(driver: Driver) -> Driver:
    driver.centre()
    return driver


def test_later_lines_use_what_earlier_ones_returned(centre: Driver) -> None:
    visit = {"held_on": "2024-05-04", "specialist_id": "@s", "attendees": ["@c1.participants.1"]}
    done = centre.apply(
        "centre",
        SPECIALIST,
        couple(),
        {
            "use_case": "record_consultation",
            "args": {"case_id": "@c1.case_id", "consultation": visit},
        },
    )
    assert done.status == 0
    assert [one["ok"] for one in done.lines] == [True, True, True]
    assert done.lines[1]["result"]["number"] == "AST-A-2024-00001"


def test_a_failed_line_stops_nobody_and_the_exit_tells_of_it(centre: Driver) -> None:
    ahead = couple("2024-07-01")
    done = centre.apply("centre", SPECIALIST, ahead, "", couple())
    assert done.status == 1
    assert [(one["line"], one["ok"]) for one in done.lines] == [(1, True), (2, False), (4, True)]
    assert done.lines[1]["code"] == "date_in_future"
    assert done.lines[1]["field"] == "registered_on"
    assert done.lines[2]["result"]["number"] == "AST-A-2024-00001"


def test_a_line_that_needs_a_failed_one_fails_by_name(centre: Driver) -> None:
    close = {"use_case": "remove_claim", "args": {"claim_id": "@c1.claims.0"}}
    done = centre.apply("centre", couple("2024-07-01"), close)
    assert [one["code"] for one in done.lines] == ["argument_invalid", "reference_failed"]


def test_a_text_with_a_name_never_given_stays_text(centre: Driver) -> None:
    publication = {
        "published_on": "2024-05-02",
        "outlet": "@ortalyq",
        "outlet_kind": "social_network",
        "title": "Ашық есік күні",
    }
    line = {"use_case": "save_publication", "args": {"publication": publication}}
    assert centre.apply("centre", line).status == 0
    assert centre.at("centre", "month", "close", "--month", "2024-05").json["reported"] == ["media"]


@pytest.mark.parametrize(
    ("line", "code", "params"),
    [
        ("{oops", "line_malformed", {}),
        ("[]", "line_malformed", {}),
        ('{"use_case": "open_case", "args": {"kind": NaN}}', "line_malformed", {}),
        ('{"use_case": "open_case", "arguments": {}}', "line_malformed", {}),
        ('{"use_case": "drop_everything"}', "use_case_unknown", {"use_case": "drop_everything"}),
        ('{"use_case": "export_package"}', "use_case_unknown", {}),
        ('{"use_case": "add_account"}', "use_case_unknown", {}),
        ('{"use_case": "open_case"}', "argument_missing", {"argument": "kind"}),
        (
            '{"use_case": "open_case", "args": {"kind": "married", "colour": 1}}',
            "argument_unknown",
            {"argument": "colour"},
        ),
        (
            '{"use_case": "open_case", "args": {"kind": "married", "participants": [{"rule": 1}]}}',
            "argument_unknown",
            {"argument": "participants.0.rule"},
        ),
        (
            '{"use_case": "open_case", "args": {"kind": "married", "registered_on": "3.5.2024"}}',
            "argument_invalid",
            {"argument": "registered_on", "expected": "date YYYY-MM-DD or null"},
        ),
        (
            '{"use_case": "open_case", "args": {"kind": "\\ud800"}}',
            "argument_invalid",
            {"argument": "kind"},
        ),
        (
            '{"use_case": "remove_claim", "args": {"claim_id": "7"}}',
            "argument_invalid",
            {"argument": "claim_id", "expected": "id"},
        ),
        (
            '{"use_case": "save_event", "args": {"kind": "social_bureau", "held_on": "2024-05-03", '
            '"topic": "A", "men": true}}',
            "argument_invalid",
            {"argument": "men", "expected": "whole number"},
        ),
    ],
)
def test_a_line_that_cannot_be_understood_says_where(
    centre: Driver, line: str, code: str, params: dict[str, Any]
) -> None:
    done = centre.apply("centre", line)
    (told,) = done.lines
    assert done.status == 1
    assert told["code"] == code
    assert told["message"]
    assert params.items() <= told.items()


def test_a_record_with_its_id_is_changed_not_added(centre: Driver) -> None:
    bill = {"title": "Буклет", "ordered_on": "2024-05-02", "copies_made": 100}
    first = {"use_case": "save_printed_material", "args": {"material": bill}, "as": "m"}
    again = {
        "use_case": "save_printed_material",
        "args": {"material": {**bill, "id": "@m", "copies_made": 500}},
    }
    done = centre.apply("centre", first, again)
    assert done.status == 0
    assert done.lines[0]["result"] == done.lines[1]["result"]


def test_each_line_is_answered_before_the_next_is_read(centre: Driver) -> None:
    """Twenty thousand lines need no more memory than one."""
    from pravo_desktop.apply import apply_lines
    from pravo_desktop.bootstrap import open_workplace
    from tests.cli.driver import PASSWORD

    workplace = open_workplace(centre.home / "centre", password=PASSWORD)
    session = workplace.session()
    asked: list[int] = []

    def lines() -> Any:
        for number in (1, 2):
            asked.append(number)
            yield json.dumps(SPECIALIST).encode()

    results = apply_lines(session, workplace.actor, lines())
    next(results)
    assert asked == [1]
    session.close()
    workplace.close()
