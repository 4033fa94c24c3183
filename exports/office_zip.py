"""Makes what the libraries of office files write our own: no moment of writing, no other names."""

import io
import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_MOMENT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_DIMENSION = re.compile(rb"<dimension [^>]*/>")
PROGRAM = "Pravo Desktop"
"""What files say that they were made with."""
_EXTENDED = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_APP = f'<Properties xmlns="{_EXTENDED}"><Application>{PROGRAM}</Application></Properties>'
_FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The earliest that a ZIP entry can say."""


def settled(data: bytes, day: date, filled: Mapping[str, bytes] = MappingProxyType({})) -> bytes:
    """The same DOCX or XLSX made by this program at fixed moments: equal contents give equal bytes.

    Args:
        day: what the file says of its making.
        filled: rows to put behind those of a worksheet, by the name of its part.
    """
    out = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = _MOMENT.sub(rb"\g<1>" + f"{day.isoformat()}T00:00:00Z".encode(), part)
            if name == "docProps/app.xml":
                part = _APP.encode()
            if name in filled:
                part = part.replace(b"</sheetData>", filled[name] + b"</sheetData>")
                part = _DIMENSION.sub(b"", part)
            entry = ZipInfo(name, _FIRST_MOMENT)
            entry.external_attr = 0o600 << 16
            new.writestr(entry, part, ZIP_DEFLATED)
    return out.getvalue()
