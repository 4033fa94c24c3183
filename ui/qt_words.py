"""Qt's own words in the language of the window: its catalogue, and what that lacks."""

from PySide6.QtCore import QLibraryInfo, QObject, QTranslator

from pravo_desktop.i18n import N_, Translator

_LACKING = frozenset({N_("&Look in:"), N_("Files of &type:")})
"""Of file dialogs; not in the Russian catalogue of Qt 6."""


class QtWords(QTranslator):
    """To be installed on the application; `speak` before that, and again for another language."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._t: Translator | None = None

    def speak(self, t: Translator) -> None:
        """Take the words of this language."""
        self._t = t
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        self.load(f"qtbase_{t.language}", folder)

    def isEmpty(self) -> bool:
        return False

    # None, unlike an empty text, lets Qt ask on or show its own English word.
    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        found = super().translate(context, source, disambiguation, n)
        if not found and self._t is not None and source in _LACKING:
            found = self._t.text(source)
        return found or None
