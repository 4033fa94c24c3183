"""After wrong passwords one waits, whatever is done to the program, its file or the clock."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pravo_desktop.errors import KnownError
from pravo_desktop.security.attempts import WAITS, Attempts

NOON = datetime(2024, 5, 20, 12, tzinfo=UTC)


def fail(path: Path, times: int, now: datetime = NOON) -> datetime:
    """So many failures, each as soon as it is heard; returns when the last one was."""
    attempts = Attempts(path)
    for _ in range(times):
        now += timedelta(seconds=attempts.wait("lead", now))
        attempts.begin("lead", now)
    return now


def test_a_slip_of_the_finger_costs_nothing_and_each_further_failure_more(tmp_path: Path) -> None:
    path, now = tmp_path / "attempts.json", NOON
    seen = []
    for _ in range(9):
        now = fail(path, 1, now)
        seen.append(Attempts(path).wait("lead", now))
    assert seen == [0, 0, 5, 15, 60, 300, 900, 900, 900]
    assert list(WAITS) == sorted(WAITS)


def test_an_attempt_that_comes_too_early_is_not_heard_and_says_how_long(tmp_path: Path) -> None:
    now = fail(tmp_path / "attempts.json", 5)
    with pytest.raises(KnownError, match="sign_in_delayed") as refused:
        Attempts(tmp_path / "attempts.json").begin("lead", now + timedelta(seconds=20))
    assert refused.value.params == {"seconds": 40}
    Attempts(tmp_path / "attempts.json").begin("lead", now + timedelta(seconds=60))


def test_the_wait_of_one_account_is_not_another_ones(tmp_path: Path) -> None:
    now = fail(tmp_path / "attempts.json", 6)
    attempts = Attempts(tmp_path / "attempts.json")
    assert attempts.wait("lawyer", now) == 0
    attempts.begin("lawyer", now)
    attempts.succeeded("lawyer")
    assert attempts.wait("lead", now) == 300


def test_a_clock_set_back_begins_the_wait_anew_and_never_lengthens_it_for_ever(
    tmp_path: Path,
) -> None:
    now = fail(tmp_path / "attempts.json", 5)
    attempts, back = Attempts(tmp_path / "attempts.json"), now - timedelta(days=400)
    assert attempts.wait("lead", back) == 60
    assert Attempts(tmp_path / "attempts.json").wait("lead", back + timedelta(seconds=30)) == 30
    assert attempts.wait("lead", back + timedelta(seconds=60)) == 0


def test_who_signs_in_starts_again_at_nothing(tmp_path: Path) -> None:
    now = fail(tmp_path / "attempts.json", 4)
    Attempts(tmp_path / "attempts.json").succeeded("lead")
    assert not (tmp_path / "attempts.json").exists()
    assert Attempts(tmp_path / "attempts.json").wait("lead", now) == 0


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", '{"accounts": 3}', '{"accounts": {"lead": {"failures": "x", "last": ""}}}'],
)
def test_a_damaged_file_keeps_nobody_out(tmp_path: Path, content: str) -> None:
    path = tmp_path / "attempts.json"
    path.write_text(content)
    Attempts(path).begin("lead", NOON)
    assert fail(path, 3) >= NOON
