"""Where the program's own files and the user's data folder are."""

import sys
from pathlib import Path


def resources_folder() -> Path:
    """The folder of catalogues, fonts, classifiers: beside the code, or inside a frozen build."""
    bundle = getattr(sys, "_MEIPASS", None)
    base = Path(bundle) if bundle else Path(__file__).resolve().parent.parent
    return base / "resources"


def default_data_folder() -> Path:
    """The platform's own place for a user's data, used without ``--data``; it may not exist yet."""
    import platformdirs  # not needed when a folder is given, and start-up counts

    return platformdirs.user_data_path("Pravo Desktop", appauthor=False)
