"""Recovery sheets as text in three languages; they are printed and kept away from the computer."""

from datetime import date
from pathlib import Path

from pravo_desktop.errors import KnownError


def check_target(target: Path, folder: Path) -> None:
    """Refuse a file for a sheet that would lie beside the data or replace something.

    Args:
        folder: the data folder, resolved.

    Raises:
        KnownError: ``recovery_sheet_inside``, ``recovery_sheet_exists``.
    """
    if folder in target.resolve().parents:
        raise KnownError("recovery_sheet_inside", file=target.name)
    if target.exists():
        raise KnownError("recovery_sheet_exists", file=target.name)


def recovery_sheet_text(code: str, centre: str, letter: str, day: date) -> str:
    """The sheet that opens the data folder."""
    return (
        "Pravo Desktop\n"
        f"{centre} · {letter} · {day:%d.%m.%Y}\n\n"
        "Қалпына келтіру парағы / Лист восстановления / Recovery sheet\n\n"
        f"    {code}\n\n" + _KEEP
    )


def note_sheet(code: str, user: str, centre: str, letter: str, day: date) -> str:
    """The own sheet of somebody who writes notes; it opens these alone."""
    return (
        "Pravo Desktop\n"
        f"{user} · {centre} · {letter} · {day:%d.%m.%Y}\n\n"
        "Жазбаларымды қалпына келтіру парағы / Лист восстановления моих заметок / "
        "Recovery sheet of my notes\n\n"
        f"    {code}\n\n" + _KEEP
    )


_KEEP = (
    "Басып шығарып, компьютерден бөлек сақтаңыз; файлды жойыңыз.\n"
    "Распечатайте и храните отдельно от компьютера; файл удалите.\n"
    "Print it, keep it away from the computer and delete the file.\n"
)
