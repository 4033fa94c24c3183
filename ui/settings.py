"""What the window remembers between starts: never anything personal."""

from pathlib import Path

from PySide6.QtCore import QLocale, QSettings, QSize

from ui.theme import TEXT_SIZES, WINDOW_SIZE, Theme, system_is_dark

LANGUAGES = ("kk", "ru")
APPEARANCES = ("system", "light", "dark")


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
        self.page = str(stored.value("page") or "")
        found = stored.value("window")
        self.window = found if isinstance(found, QSize) else QSize(WINDOW_SIZE)
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
        if not self._file.parent.is_dir() or not any(self._file.parent.iterdir()):
            return
        stored = QSettings(str(self._file), QSettings.Format.IniFormat)
        for name in ("language", "appearance", "page", "window"):
            stored.setValue(name, getattr(self, name))
        stored.setValue("text_size", str(self.text_size))
        stored.setValue("maximised", "true" if self.maximised else "false")
        stored.sync()


def _system_language() -> str:
    name = QLocale.system().name()[:2]
    return name if name in LANGUAGES else "kk"
