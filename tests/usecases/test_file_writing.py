"""Files on a drive that is full, gone, read-only or reads back something else."""

import errno
import os
from pathlib import Path

import pytest

from pravo_desktop.errors import KnownError
from pravo_desktop.usecases.file_writing import check_room, write_file


def test_a_drive_is_looked_at_before_anything_is_written_to_it(tmp_path: Path) -> None:
    check_room(tmp_path, 1000)
    with pytest.raises(KnownError) as full:
        check_room(tmp_path, 1 << 60)
    assert full.value.code == "drive_full"
    assert full.value.params["needed"] > 1_000_000_000_000 > full.value.params["free"] > 0
    with pytest.raises(KnownError, match="drive_gone"):
        check_room(tmp_path / "pulled out")


@pytest.mark.parametrize(
    ("limit", "code"), [(errno.ENOSPC, "drive_full"), (errno.EROFS, "drive_read_only")]
)
def test_a_drive_that_gives_up_while_writing_keeps_no_part_and_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: int, code: str
) -> None:
    def give_up(file: int) -> None:
        raise OSError(limit, os.strerror(limit))

    file = tmp_path / "package.xlsx"
    file.write_bytes(b"as it was")
    monkeypatch.setattr(os, "fsync", give_up)
    with pytest.raises(KnownError, match=code):
        write_file(file, b"new")
    assert [one.read_bytes() for one in tmp_path.iterdir()] == [b"as it was"]


def test_a_drive_that_reads_back_otherwise_keeps_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "read_bytes", lambda path: b"damaged")
    with pytest.raises(KnownError, match="file_read_back_differs"):
        write_file(tmp_path / "package.xlsx", b"new")
    assert not list(tmp_path.iterdir())
