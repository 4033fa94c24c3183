"""The specifications are enough: a package written from the pages alone is accepted and counted.

Nothing of the program writes it; its columns, texts and examples are read from the pages.
"""

import hashlib
import json
import re
import struct
import zlib
from base64 import b64encode
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeAlias
from xml.sax.saxutils import escape

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from pravo_desktop.usecases.trust import add_trust
from tests.docs.test_specification import (
    ORIGIN_RELS,
    PAGES,
    ROOT_RELS,
    content_types,
    signature_part,
    to_sign,
    verify,
)
from tests.usecases.factories import a_headquarters

Cell: TypeAlias = str | int | None
Record: TypeAlias = Mapping[str, Cell]

PAGE = PAGES["package.md"]
TABLES = {
    table: re.findall(r"(?:^|; )`(\w+)`", columns)
    for table, columns in re.findall(r"^\| `(\w+)` \| (.+) \|$", PAGE, re.MULTILINE)
    if re.match(r"`\w+` (text|id|key|month|date|number)", columns)
}
META = ("id", "epoch", "revision", "changed_at", "station", "deleted")
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
SIGNED_TYPE = "application/vnd.openxmlformats-package.digital-signature-xmlsignature+xml"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
STATION, MADE = "018d0000-0000-7000-8000-0000000000f1", "2024-05-02T07:00:00.000000Z"
CASE = "018d0000-0000-7000-8000-0000000000c1"


def record(table: str, number: int, **values: Cell) -> Record:
    """A record in its first version, with its row hash."""
    row: dict[str, Cell] = {
        "id": CASE if table == "cases" else f"018d0000-0000-7000-8000-{number:012x}",
        "epoch": 1,
        "revision": 1,
        "changed_at": MADE,
        "station": STATION,
        "deleted": 0,
    }
    payload = {name: values.get(name) for name in sorted(TABLES[table])}
    written = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    lines = "\n".join([table, *(str(row[name]) for name in META), written])
    return {**row, **payload, "row_hash": hashlib.sha256(lines.encode()).hexdigest()}


RECORDS: Mapping[str, Sequence[Record]] = {
    "cases": [
        record(
            "cases", 0, kind="married", came_through="self", causes="[]", registered_on="2024-04-03"
        )
    ],
    "participants": [
        record(
            "participants",
            number,
            case_id=CASE,
            role=role,
            sex=sex,
            birth_year=year,
            disability="none",
            occupation="unknown",
            citizenship="unknown",
        )
        for number, (role, sex, year) in enumerate(
            [("husband", "male", 1990), ("wife", "female", None)]
        )
    ],
}


def manifest() -> list[list[Cell]]:
    """Key and value of each row, in the order of the page."""
    said: dict[str, Cell] = {
        "schema_version": int(re.findall(r"Schema version: \*\*(\d+)\*\*", PAGE)[0]),
        "program_version": "another program _x0041_",
        "project_year": 2024,
        "centre": "astana",
        "region": "astana",
        "workplace": "centre",
        "practice": 1,
        "station": STATION,
        "station_letter": "Q",
        "replaces": "[]",
        "epoch": 1,
        "month": "2024-04",
        "amendment": 0,
        "complete": 0,
        "sequence": 1,
        "made_at": MADE,
        "audit_entries": 1,
        "audit_head": "a" * 64,
    }
    table = PAGE.split("## Manifest")[1]
    keys = re.findall(r"^\| `([a-z_0-9]+)` \|", table.split("| `rows.TABLE`")[0], re.MULTILINE)
    assert said.keys() <= {*keys}
    rows: list[list[Cell]] = [["key", "value"], *([key, said.get(key)] for key in keys)]
    for name, records in RECORDS.items():
        hashes = "".join(f"{one['row_hash']}\n" for one in records)
        rows.append([f"rows.{name}", len(records)])
        rows.append([f"sha256.{name}", hashlib.sha256(hashes.encode()).hexdigest()])
    return rows


def sheet(rows: Sequence[Sequence[Cell]]) -> bytes:
    """A worksheet with the cells that have a value, each saying its place."""
    lines = []
    for number, row in enumerate(rows, 1):
        cells = []
        for place, value in enumerate(row):
            at = f"{chr(ord('A') + place)}{number}"
            if isinstance(value, int):
                cells.append(f'<c r="{at}"><v>{value}</v></c>')
            elif value is not None:
                kept = escape(re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", value))
                cells.append(f'<c r="{at}" t="inlineStr"><is><t>{kept}</t></is></c>')
        lines.append(f'<row r="{number}">{"".join(cells)}</row>')
    data = f"<sheetData>{''.join(lines)}</sheetData>"
    return f'{HEAD}<worksheet xmlns="{MAIN}">{data}</worksheet>'.encode()


def parts() -> dict[str, bytes]:
    """The parts in the order of the page, without the signature."""
    sheets: dict[str, Sequence[Sequence[Cell]]] = {
        "summary": [["Айлық топтама", "Пакет за месяц"]],
        "manifest": manifest(),
    }
    for table, records in RECORDS.items():
        columns = [*META, *TABLES[table], "row_hash"]
        sheets[table] = [columns, *([one[name] for name in columns] for one in records)]
    made, named, related = {}, "", ""
    for number, (name, rows) in enumerate(sheets.items(), 1):
        made[f"xl/worksheets/sheet{number}.xml"] = sheet(rows)
        named += f'<sheet name="{name}" sheetId="{number}" r:id="rId{number}"/>'
        related += (
            f'<Relationship Id="rId{number}" Target="worksheets/sheet{number}.xml" '
            f'TargetMode="Internal" Type="{OFFICE}/worksheet"></Relationship>'
        )
    book = f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{named}</sheets></workbook>'
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    types = dict.fromkeys(made, SHEET_TYPE)
    types |= {"xl/workbook.xml": BOOK_TYPE, "_xmlsignatures/sig1.xml": SIGNED_TYPE}
    made["xl/workbook.xml"] = f"{HEAD}{book}".encode()
    made["xl/_rels/workbook.xml.rels"] = (
        f'<Relationships xmlns="{space}">{related}</Relationships>'.encode()
    )
    return {
        "[Content_Types].xml": content_types(types).encode(),
        "_rels/.rels": ROOT_RELS.encode(),
        **dict(sorted(made.items())),
        "_xmlsignatures/origin.sigs": b"",
        "_xmlsignatures/_rels/origin.sigs.rels": ORIGIN_RELS.encode(),
    }


def certificate_of(key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    """One that the other program made for its key."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Another program")])
    builder = x509.CertificateBuilder(name, name, key.public_key(), 12345)
    builder = builder.not_valid_before(datetime(2024, 1, 1)).not_valid_after(datetime(2027, 1, 1))
    return builder.sign(key, SHA256())


def container(found: Mapping[str, bytes]) -> bytes:
    """The zip that the page tells of."""
    content, directory = b"", b""
    for name, part in found.items():
        deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
        packed = deflate.compress(part) + deflate.flush()
        header = struct.pack(
            "<HHHHHIIIHH", 20, 0, 8, 0, 33, zlib.crc32(part), len(packed), len(part), len(name), 0
        )
        place = struct.pack("<HHHII", 0, 0, 0, 0, len(content)) + name.encode()
        directory += b"PK\x01\x02" + struct.pack("<H", 20) + header + place
        content += b"PK\x03\x04" + header + name.encode() + packed
    counts = (0, 0, len(found), len(found), len(directory), len(content), 0)
    return content + directory + b"PK\x05\x06" + struct.pack("<HHHHIIH", *counts)


def state() -> str:
    """The hash of all that headquarters then holds, by `docs/state-hash.md`."""
    rows = [
        ("astana", table, one["id"], one["row_hash"]) for table in RECORDS for one in RECORDS[table]
    ]
    text = "".join("".join(f"{value}\n" for value in row) for row in sorted(rows, key=str))
    return hashlib.sha256(text.encode()).hexdigest()


def test_a_package_that_another_program_wrote_from_the_pages_alone_is_accepted(
    tmp_path: Path,
) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    certificate, found = certificate_of(key), parts()
    signed = to_sign(found, "2024-05-02T07:00:00Z", certificate)
    halves = decode_dss_signature(key.sign(signed["signed_info"].encode(), ec.ECDSA(SHA256())))
    value = b64encode(b"".join(one.to_bytes(32) for one in halves)).decode()
    der = certificate.public_bytes(Encoding.DER)
    part = signature_part(signed, value, b64encode(der).decode())
    written = container({**found, "_xmlsignatures/sig1.xml": part.encode()})
    verify(written)
    (tmp_path / "package.xlsx").write_bytes(written)
    headquarters = a_headquarters(tmp_path / "headquarters")
    fingerprint = hashlib.sha256(der).hexdigest().upper()
    session, actor = headquarters.session, headquarters.actor
    add_trust(session, actor, fingerprint=fingerprint, centre="astana")
    (said,) = headquarters.receive(tmp_path / "package.xlsx")
    assert (said.status, said.code) == ("accepted", None)
    assert headquarters.count("merged_participants") == 2
    assert headquarters.state() == state()
    headquarters.leave()
