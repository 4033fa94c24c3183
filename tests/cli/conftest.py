"""The driver of the command line, in practice time."""

from pathlib import Path

import pytest

from tests.cli.driver import NOW, Driver


@pytest.fixture
def driver(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Driver:
    monkeypatch.setenv("PRAVO_NOW", NOW)
    return Driver(tmp_path, capsys)
