"""What the window remembers between starts: never anything personal."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QLocale, QSettings, QSize

from pravo_desktop.data_folder import is_empty
from ui.theme import TEXT_SIZES, WINDOW_SIZE, Theme, system_is_dark

LANGUAGES = ("kk", "ru")
APPEARANCES = ("system", "light", "dark")
IDLE_MINUTES = (5, 10, 15, 30, 60)
"""After how long without a key or the mouse the window locks itself."""


class Settings:
    """Language, text size, appearance, size of the window and the page that was in front.

    Args:
        folder: the data folder; nothing is written into it before it has been made.
        language: overrides the remembered one, for ``--lang``.
    """

    def __init__(self, folder: Path, language: str | None = None) -> None:
        self._file = folder / "settings.ini"
        stored = QSettings(str(self._file), QSettings.Format.IniFormat)
        self.language = language or self._one_of(stored, "language", LANGUAGES, _system_language())
        self.appearance = self._one_of(stored, "appearance", APPEARANCES, "system")
        size = self._one_of(stored, "text_size", tuple(map(str, TEXT_SIZES)), "100")
        self.text_size = int(size)
        idle = self._one_of(stored, "idle_minutes", tuple(map(str, IDLE_MINUTES)), "10")
        self.idle_minutes = int(idle)
        self.page = str(stored.value("page") or "")
        found = stored.value("window")
        usable = isinstance(found, QSize) and not found.isEmpty()
        self.window = found if usable else QSize(WINDOW_SIZE)
        self.maximised = str(stored.value("maximised")) == "true"

    @staticmethod
    def _one_of(stored: QSettings, name: str, allowed: tuple[str, ...], otherwise: str) -> str:
        value = str(stored.value(name) or "")
        return value if value in allowed else otherwise

    @property
    def theme(self) -> Theme:
        dark = system_is_dark() if self.appearance == "system" else self.appearance == "dark"
        return Theme(dark=dark, text_size=self.text_size)

    def save(self) -> None:
        """Write them, if the data folder has been made."""
        if is_empty(self._file.parent):
            return
        stored = QSettings(str(self._file), QSettings.Format.IniFormat)
        for name in ("language", "appearance", "page", "window"):
            stored.setValue(name, getattr(self, name))
        stored.setValue("text_size", str(self.text_size))
        stored.setValue("idle_minutes", str(self.idle_minutes))
        stored.setValue("maximised", "true" if self.maximised else "false")
        stored.sync()


@dataclass(frozen=True)
class Columns:
    """The columns of a list as a person left them.

    Args:
        order: the columns from left to right, as numbers of the model.
        widths: of each column of the model, in px at 100 %.
    """

    order: tuple[int, ...]
    widths: tuple[int, ...]


def remembered_columns(folder: Path, name: str, count: int) -> Columns | None:
    """The columns of a list as they were last; None where they were never changed.

    Args:
        name: such as ``staff/vacancies``.
        count: of columns; what is remembered of another number of columns is passed over.
    """
    stored = _stored(folder)
    order = _numbers(stored.value(f"columns/{name}/order"))
    widths = _numbers(stored.value(f"columns/{name}/widths"))
    if sorted(order) != list(range(count)) or len(widths) != count or min(widths) <= 0:
        return None
    return Columns(order, widths)


def remember_columns(folder: Path, name: str, columns: Columns | None) -> None:
    """Keep the columns of a list for the next time; None forgets them."""
    stored = _stored(folder)
    if columns is None:
        stored.remove(f"columns/{name}")
    else:
        stored.setValue(f"columns/{name}/order", " ".join(map(str, columns.order)))
        stored.setValue(f"columns/{name}/widths", " ".join(map(str, columns.widths)))
    stored.sync()


def remembered_filter(folder: Path, name: str) -> tuple[str, str]:
    """The kind and the year that a list was last filtered by; empty where it shows all.

    Args:
        name: of the list, such as ``events``.
    """
    stored = _stored(folder)
    return str(stored.value(f"filters/{name}/kind") or ""), str(
        stored.value(f"filters/{name}/year") or ""
    )


def remember_filter(folder: Path, name: str, kind: str, year: str) -> None:
    """Keep the kind and the year that a list is filtered by for the next time."""
    stored = _stored(folder)
    stored.setValue(f"filters/{name}/kind", kind)
    stored.setValue(f"filters/{name}/year", year)
    stored.sync()


def remembered_choices(folder: Path, name: str) -> dict[str, str]:
    """Choices of a page as they were last, by their names; empty where none was made.

    Args:
        name: such as ``cases/`` and the id of an account.
    """
    stored = _stored(folder)
    stored.beginGroup(f"choices/{name}")
    return {key: str(stored.value(key)) for key in stored.childKeys()}


def remember_choices(folder: Path, name: str, choices: Mapping[str, str]) -> None:
    """Keep choices for the next time: keys of lists, nothing that a person typed."""
    stored = _stored(folder)
    stored.remove(f"choices/{name}")
    for key, value in choices.items():
        stored.setValue(f"choices/{name}/{key}", value)
    stored.sync()


def _stored(folder: Path) -> QSettings:
    return QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)


def _numbers(value: object) -> tuple[int, ...]:
    parts = str(value or "").split()
    return tuple(map(int, parts)) if all(part.isdecimal() for part in parts) else ()


def _system_language() -> str:
    name = QLocale.system().name()[:2]
    return name if name in LANGUAGES else "kk"
