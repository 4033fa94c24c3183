"""Colours, sizes and type of the window: nothing else names one."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QGuiApplication,
    QIcon,
    QPainter,
    QPalette,
    QPixmap,
)
from PySide6.QtWidgets import QApplication

from pravo_desktop.paths import resources_folder

GRID = 8
"""Everything stands on a grid of 8 px, 4 inside controls."""
HALF = GRID // 2
RAIL_WIDTH = 208
FORM_WIDTH = 560
ROW_HEIGHT = 32
ICON = 20
FAMILY = "Noto Sans"
WINDOW_SIZE = QSize(1366, 768)
SMALLEST_WINDOW = QSize(1024, 640)
TEXT_SIZES = (100, 115, 130, 150, 175, 200)
"""Steps of the text-size setting, in per cent."""


@dataclass(frozen=True)
class Colours:
    """The colours of one appearance; text on any of its grounds has a contrast of 4.5:1 or more.

    Args:
        ground, surface, rail, raised: of the window, of fields and lists, of the rail, of what
            the pointer is over.
        text, quiet: of words that matter, and of secondary facts.
        line, edge: hairlines, and borders of fields.
        accent, accent_over, on_accent, chosen: of the one thing to do next and of the selection.
        success, warning, danger: of states alone, always with an icon and a word.
    """

    ground: str
    surface: str
    rail: str
    raised: str
    text: str
    quiet: str
    line: str
    edge: str
    accent: str
    accent_over: str
    on_accent: str
    chosen: str
    success: str
    warning: str
    danger: str


LIGHT = Colours(
    ground="#FFFFFF",
    surface="#FFFFFF",
    rail="#F3F6F7",
    raised="#E8EEF0",
    text="#1B2428",
    quiet="#56646B",
    line="#E2E8EA",
    edge="#7F8C92",
    accent="#0B7285",
    accent_over="#095F6F",
    on_accent="#FFFFFF",
    chosen="#D9EEF2",
    success="#28743A",
    warning="#8A5A00",
    danger="#B3261E",
)
DARK = Colours(
    ground="#171C1F",
    surface="#1F262A",
    rail="#12171A",
    raised="#2A3338",
    text="#E8EDEF",
    quiet="#A3B0B6",
    line="#2C353A",
    edge="#6C7A81",
    accent="#4CC9D6",
    accent_over="#6AD6E1",
    on_accent="#0E1A1D",
    chosen="#17424A",
    success="#7BCB8C",
    warning="#F0B95A",
    danger="#FF8A80",
)

BODY, SECONDARY, SECTION, TITLE = 10.5, 9.0, 13.0, 18.0
"""Sizes of type in points at 100 %."""


@dataclass(frozen=True)
class Theme:
    """One appearance of the window.

    Args:
        dark: dark grounds instead of light ones.
        text_size: in per cent, one of `TEXT_SIZES`.
    """

    dark: bool = False
    text_size: int = 100

    @property
    def colours(self) -> Colours:
        return DARK if self.dark else LIGHT

    def px(self, pixels: int) -> int:
        """A length that grows with the text."""
        return round(pixels * self.text_size / 100)

    def points(self, size: float) -> float:
        """A size of type that grows with the text-size setting."""
        return size * self.text_size / 100

    def font(self, size: float = BODY, *, bold: bool = False) -> QFont:
        """The font of a size in points at 100 %, with figures of one width."""
        font = QFont(FAMILY)
        font.setPointSizeF(self.points(size))
        font.setBold(bold)
        return font

    def icon(self, name: str, colour: str | None = None) -> QIcon:
        """An icon of ``resources/icons`` in a colour, the text's when none is given."""
        return _icon(name, colour or self.colours.text, self.px(ICON))

    def pixmap(self, name: str, colour: str | None = None) -> QPixmap:
        """An icon as a picture for a label."""
        return self.icon(name, colour).pixmap(self.px(ICON), self.px(ICON))

    def palette(self) -> QPalette:
        """The palette for what the style draws itself."""
        own = self.colours
        palette = QPalette()
        role = QPalette.ColorRole
        for name, colour in (
            (role.Window, own.ground),
            (role.Base, own.surface),
            (role.AlternateBase, own.rail),
            (role.Button, own.surface),
            (role.WindowText, own.text),
            (role.Text, own.text),
            (role.ButtonText, own.text),
            (role.ToolTipBase, own.raised),
            (role.ToolTipText, own.text),
            (role.PlaceholderText, own.quiet),
            (role.Highlight, own.chosen),
            (role.HighlightedText, own.text),
            (role.Link, own.accent),
            (role.Mid, own.line),
        ):
            palette.setColor(name, QColor(colour))
        for name in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(own.quiet))
        return palette

    def stylesheet(self) -> str:
        """The style sheet made of these tokens."""
        names = {name: getattr(self.colours, name) for name in Colours.__dataclass_fields__}
        box, ring = self.px(16), self.px(5)
        sizes = {
            "body": self.points(BODY),
            "secondary": self.points(SECONDARY),
            "section": self.points(SECTION),
            "title": self.points(TITLE),
            "control": self.px(ROW_HEIGHT) - 4,
            "row": self.px(ROW_HEIGHT),
            "box": box,
            "round": box // 2 + 1,
            "ring": ring,
            "dot": box + 2 - 2 * ring,
            "down": self.px(14),
        }
        pictures = {
            "icons": (resources_folder() / "icons").as_posix(),
            "tick": f"control_tick_{'dark' if self.dark else 'light'}.svg",
        }
        return Template(_SHEET).substitute(names, **sizes, **pictures, family=FAMILY)


_SHEET = """
* { font-family: "$family"; font-size: ${body}pt; }
QMainWindow, QWidget#page, QWidget#sheet, QStackedWidget { background: $ground; color: $text; }
QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: none; }
QToolTip { background: $raised; color: $text; border: 1px solid $line; padding: 4px; }

QMenuBar { background: $rail; color: $text; }
QMenuBar::item { padding: 4px 8px; background: transparent; }
QMenuBar::item:selected { background: $raised; border-radius: 4px; }
QMenu { background: $surface; color: $text; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 4px 24px; border-radius: 4px; }
QMenu::item:selected { background: $chosen; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QStatusBar { background: $rail; color: $quiet; border-top: 1px solid $line; }
QStatusBar QLabel { color: $quiet; font-size: ${secondary}pt; }
QStatusBar::item { border: none; }

QWidget#rail { background: $rail; border-right: 1px solid $line; }
QWidget#rail QLabel#place { font-weight: bold; }
QWidget#rail QToolButton {
  border: 2px solid transparent; border-radius: 6px; padding: 0 6px; min-height: ${control}px;
  text-align: left; background: transparent; color: $text;
}
QWidget#rail QToolButton:hover { background: $raised; }
QWidget#rail QToolButton:checked { background: $chosen; }
QWidget#rail QToolButton:focus { border-color: $accent; }

QLabel { color: $text; background: transparent; }
QLabel[role="title"] { font-size: ${title}pt; }
QLabel[role="section"] { font-size: ${section}pt; font-weight: bold; }
QLabel[role="quiet"] { color: $quiet; font-size: ${secondary}pt; }
QLabel[role="grey"] { color: $quiet; }
QLabel[role="label"] { color: $text; }
QLabel[state="error"] { color: $danger; font-size: ${secondary}pt; }
QLabel[state="warning"] { color: $warning; font-size: ${secondary}pt; }
QLabel[state="success"] { color: $success; }
QLabel[role="code"] { font-size: ${section}pt; }
QLabel#practice_band {
  background: $warning; color: $ground; font-weight: bold; padding: 4px 12px;
}

QLineEdit, QPlainTextEdit, QComboBox, QSpinBox, QDateEdit {
  background: $surface; color: $text; border: 1px solid $edge; border-radius: 6px;
  padding: 1px 8px; min-height: ${control}px;
  selection-background-color: $accent; selection-color: $on_accent;
}
QPlainTextEdit { padding: 4px; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QSpinBox:focus, QDateEdit:focus {
  border: 2px solid $accent; padding: 0px 7px;
}
QLineEdit:disabled, QComboBox:disabled, QPlainTextEdit:disabled {
  background: $rail; color: $quiet; border-color: $line;
}
QLineEdit[state="error"], QComboBox[state="error"], QPlainTextEdit[state="error"] {
  border: 2px solid $danger; padding: 0px 7px;
}
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: url($icons/control_down.svg); width: ${down}px; height: ${down}px; }
QComboBox QAbstractItemView {
  background: $surface; color: $text; border: 1px solid $edge; padding: 4px; outline: none;
  selection-background-color: $chosen; selection-color: $text;
}
QComboBox QAbstractItemView::item { min-height: ${control}px; }

QPushButton {
  background: $surface; color: $text; border: 1px solid $edge; border-radius: 6px;
  padding: 1px 16px; min-height: ${control}px;
}
QPushButton:hover { background: $raised; }
QPushButton:focus { border: 2px solid $accent; padding: 0px 15px; }
QPushButton:disabled { color: $quiet; border-color: $line; background: $rail; }
QPushButton[role="primary"] {
  background: $accent; color: $on_accent; border: 1px solid $accent; font-weight: bold;
}
QPushButton[role="primary"]:hover { background: $accent_over; }
QPushButton[role="primary"]:focus { border: 2px solid $text; padding: 0px 15px; }
QPushButton[role="primary"]:disabled { background: $line; border-color: $line; color: $quiet; }
QPushButton[role="link"] {
  border: 2px solid transparent; background: transparent; color: $accent; padding: 0px 4px 0px 0px;
  text-align: left;
}
QPushButton[role="link"]:hover { text-decoration: underline; }
QPushButton[role="link"]:focus { border-color: $accent; }
QToolButton[role="turning"] { font-size: ${title}pt; }
QPushButton[role="language"] { padding: 0px 12px; }
QPushButton[role="language"]:checked { background: $chosen; border-color: $accent; }

QCheckBox, QRadioButton {
  color: $text; spacing: 8px; border: 2px solid transparent; border-radius: 6px; padding: 2px;
}
QCheckBox:focus, QRadioButton:focus { border-color: $accent; }
QCheckBox::indicator, QListWidget::indicator {
  width: ${box}px; height: ${box}px; border: 1px solid $edge; border-radius: 4px;
  background: $surface;
}
QCheckBox::indicator:checked, QListWidget::indicator:checked {
  background: $accent; border-color: $accent; image: url($icons/$tick);
}
QRadioButton::indicator {
  width: ${box}px; height: ${box}px; border: 1px solid $edge; border-radius: ${round}px;
  background: $surface;
}
QRadioButton::indicator:checked {
  width: ${dot}px; height: ${dot}px; border: ${ring}px solid $accent; background: $surface;
}

QTabBar { background: $ground; border: none; }
QTabBar::scroller { width: 28px; }
QTabBar::tab {
  background: transparent; color: $quiet; border: 2px solid transparent; padding: 6px 10px;
}
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar::tab:focus { border-color: $accent; border-radius: 6px; }

QTableView, QListWidget, QListView, QTreeView {
  background: $ground; color: $text; border: 2px solid transparent; outline: none;
  selection-background-color: $chosen; selection-color: $text; gridline-color: $line;
}
QListWidget[role="choices"] {
  background: $surface; border: 1px solid $edge; border-radius: 6px; padding: 3px;
}
QTableView:focus { border-color: $accent; }
QListWidget:focus, QListWidget[role="choices"]:focus {
  border: 2px solid $accent; border-radius: 6px; padding: 2px;
}
QTableView::item { border-bottom: 1px solid $line; padding: 0 8px; }
QTableView::item:selected { background: $chosen; color: $text; }
QListWidget::item { padding: 0 4px; border-radius: 4px; }
QListWidget::item:selected { background: $chosen; color: $text; }
QHeaderView { background: $ground; }
QHeaderView::section {
  background: $ground; color: $quiet; border: none; border-bottom: 1px solid $edge;
  padding: 4px 8px; font-size: ${secondary}pt; font-weight: normal;
}
QProgressBar {
  border: none; border-radius: 4px; background: $line; color: $text; min-height: 8px;
  max-height: 8px;
}
QProgressBar::chunk { background: $accent; border-radius: 4px; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $edge; border-radius: 4px; margin: 2px; min-height: 32px; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QFrame#hairline { background: $line; border: none; min-height: 1px; max-height: 1px; }
QFrame#notice { background: $rail; border: 1px solid $line; border-radius: 6px; }
QFrame#card { background: $rail; border-radius: 6px; }
QFrame#card QLabel, QFrame#notice QLabel { background: transparent; }
"""


@cache
def _drawing(name: str) -> str:
    return (resources_folder() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


@cache
def _icon(name: str, colour: str, size: int) -> QIcon:
    # Not needed for the first paint, and slow to load.
    from PySide6.QtSvg import QSvgRenderer

    drawing = QSvgRenderer(QByteArray(_drawing(name).replace("currentColor", colour).encode()))
    icon = QIcon()
    for ratio in (1, 2):
        pixmap = QPixmap(size * ratio, size * ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        drawing.render(painter, QRectF(0, 0, size * ratio, size * ratio))
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        icon.addPixmap(pixmap)
    return icon


def load_fonts() -> None:
    """Load the program's own fonts: without a system font Qt would show nothing at all."""
    folder: Path = resources_folder() / "fonts"
    for path in sorted(folder.glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(path))


def system_is_dark() -> bool:
    """Whether the system asks for dark windows."""
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


def apply(app: QApplication, theme: Theme) -> None:
    """Give every window of the program this appearance."""
    app.setStyle("Fusion")
    app.setFont(theme.font())
    app.setPalette(theme.palette())
    app.setStyleSheet(theme.stylesheet())
