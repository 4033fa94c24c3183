"""Made-up personal data that a test plants, and a search for it in every file of a folder."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from pravo_desktop.domain.iin import iin_check_digit

SURNAME = "Қанарейқызы"
GIVEN = "Шырынгүлсім"
IIN = f"85010110077{iin_check_digit('85010110077')}"
"""Of a man born in 1885."""
PHONE = "+77029876541"
NOTE = "Ұрып-соққаны туралы жылап айтты"
UNSAVED = "Жартылайбекова"
COURT = "7119-24-00-4/98765"

_WORDS = (SURNAME, GIVEN, UNSAVED, "Ұрып-соққаны", "98765", IIN, PHONE, "7029876541", "702 987 65")
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)


def _written() -> Iterator[tuple[str, bytes]]:
    for word in _WORDS:
        for form in dict.fromkeys((word, word.lower(), word.upper())):
            for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
                yield word, form.encode(encoding)
            yield word, form.encode("unicode_escape")


_FORMS = tuple(dict.fromkeys(_written()))


def leaks(*folders: Path) -> list[str]:
    """File and word wherever a planted word stands, also inside archives and compressed parts."""
    found = []
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            names = [word for word, form in _FORMS if form in str(path).encode()]
            if path.is_file():
                names += _in_bytes(path.read_bytes())
            found += [f"{path}: {word}" for word in dict.fromkeys(names)]
    return found


def _in_bytes(data: bytes) -> list[str]:
    words = [word for word, form in _FORMS if form in data]
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for name in packed.namelist():
                words += _in_bytes(packed.read(name))
    if data.startswith(b"%PDF"):
        for part in _STREAM.findall(data):
            try:
                words += _in_bytes(zlib.decompress(part))
            except zlib.error:
                continue
    return words
