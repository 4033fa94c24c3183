"""The time from the start of the process to the first painted window."""

import os
import subprocess
import sys
import tempfile

from tools.bench.measure import Measured, compare

_BARE_WINDOW = """
import sys
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication(sys.argv)
window = QMainWindow()
window.resize(1200, 700)
window.show()
app.exec()
"""
_OUR_WINDOW = """
import sys
from pravo_desktop.__main__ import main
main()
"""
# Ends the process at the first paint of a window, whoever made it.
_UNTIL_PAINTED = """
import os
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
class FirstPaint(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            if watched.isWindow():
                os._exit(42)
        return False
run = QApplication.exec
def watched_run(*args):
    watcher = FirstPaint()
    QApplication.instance().installEventFilter(watcher)
    return run()
QApplication.exec = watched_run
"""


def until_painted(program: str, *arguments: str) -> None:
    """Starts a Python process and waits until its first window is painted.

    Raises:
        RuntimeError: the program ended before it painted.
    """
    ended = subprocess.run(
        [sys.executable, "-c", _UNTIL_PAINTED + program, *arguments],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode != 42:
        raise RuntimeError(f"no window was painted: {ended.stderr}")


def start() -> Measured:
    """From the start of the process to the first painted window."""
    with tempfile.TemporaryDirectory() as folder:
        return compare(
            "start to first painted window",
            lambda: until_painted(_BARE_WINDOW),
            lambda: until_painted(_OUR_WINDOW, "--data", folder),
            bound=1.5,
            rounds=15,
        )
