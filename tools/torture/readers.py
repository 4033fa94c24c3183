"""Every reader of a file that comes from outside or lies open on the disk, with files for it."""

import hashlib
import io
import json
import re
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from random import Random

from docx import Document
from openpyxl import Workbook

from exports.journals import read_journal
from exports.old_excel import looked_through, packed, workbook_of
from exports.package import container
from exports.package.opc import (
    CONTENT_TYPES,
    ORIGIN,
    ORIGIN_RELATIONSHIPS,
    ROOT_RELATIONSHIPS,
    SIGNATURE,
)
from exports.package.reader import read_manifest, read_verified, verified_package
from exports.package.sealed import seal, unseal
from exports.package.signature import sign_parts
from exports.package.writer import write_package
from exports.receipt import reader as receipt_reader
from exports.receipt.writer import write_receipt
from exports.returned import LABEL, LIST, read_returned, write_returned
from exports.text_document import read_text_document
from pravo_desktop.backups.files import read_head, unpack
from pravo_desktop.data_folder import BACKUP_HEAD, DATABASE, SLOTS
from pravo_desktop.errors import KnownError
from pravo_desktop.security.attempts import Attempts
from pravo_desktop.security.key_statement import (
    REPLACEMENT,
    REVOCATION,
    KeyStatement,
    read_statement,
    write_statement,
)
from pravo_desktop.security.keyslots import KeySlots, _checksum
from pravo_desktop.security.notes import NoteKey, seal_text
from pravo_desktop.security.passwords import practice_parameters
from pravo_desktop.security.pkcs12 import read_pkcs12, write_pkcs12
from pravo_desktop.security.sealing import create_sealing_key
from tests.exports.factories import KEY, MOMENT, STATION, content, version
from tests.exports.test_receipt import receipt
from tools.torture.mutations import BYTES, JSON, Mutation, office_file, part_changed, unzipped
from ui.settings import Settings

_ENVELOPE = (CONTENT_TYPES, ROOT_RELATIONSHIPS, ORIGIN, ORIGIN_RELATIONSHIPS, SIGNATURE)
OLD_JOURNAL = Path(__file__).parents[2] / "tests" / "exports" / "data" / "journal.xls"
_NOW = datetime(2024, 3, 1, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Reader:
    """Something that reads a file and refuses it with a `KnownError` alone.

    Args:
        name: as docs/reliability.md lists it.
        seeds: makes good files, of which mutations are made.
        mutations: what is done to them.
        read: takes a file; what it returns says what it took for true.
        sealed: whether a changed file may be taken only for what the good ones say.
    """

    name: str
    seeds: Callable[[], Sequence[bytes]]
    mutations: tuple[Mutation, ...]
    read: Callable[[bytes], object]
    sealed: bool = False

    def taken(self, data: bytes) -> str:
        """What became of a file: the code of its refusal, or nothing where it was taken.

        Raises:
            AssertionError: it was taken for something that nobody signed.
        """
        try:
            said = self.read(data)
        except KnownError as refusal:
            return refusal.code
        assert not self.sealed or said in good_answers(self), self.name
        return ""


@cache
def good_files(reader: Reader) -> tuple[bytes, ...]:
    """The good files of a reader, made once."""
    return tuple(reader.seeds())


@cache
def good_answers(reader: Reader) -> tuple[object, ...]:
    """What a reader makes of the good files."""
    return tuple(map(reader.read, good_files(reader)))


def _path(data: bytes, name: str) -> Path:
    path = Path(_folder()) / name
    path.write_bytes(data)
    return path


@cache
def _folder() -> str:
    return tempfile.mkdtemp(prefix="pravo-fuzz-")


# --- Packages and receipts ----------------------------------------------------------------------


@cache
def package() -> bytes:
    """A small month, signed."""
    return write_package(content(), KEY, MOMENT)


@cache
def small_package() -> bytes:
    """One sheet of records, so that most bytes are those of the envelope."""
    return write_package(content([version("videos")]), KEY, MOMENT)


@cache
def small_receipt() -> bytes:
    """A receipt with a row in some sheets, signed."""
    return write_receipt(receipt(), KEY, MOMENT)


def read_any_package(data: bytes) -> object:
    """As the inbox does: an unknown signer's manifest, then everything."""
    verified = verified_package(data)
    read_manifest(verified)
    read_verified(verified, hashlib.sha256(data).hexdigest())
    return verified.content_hash


def read_any_receipt(data: bytes) -> object:
    """As the centre does: an unknown signer's head, then everything."""
    verified = receipt_reader.verified_receipt(data)
    receipt_reader.read_head(verified)
    receipt_reader.read_verified(verified, hashlib.sha256(data).hexdigest())
    return verified.content_hash


def signed_again(parts: Mapping[str, bytes], *, compress: bool = True) -> bytes:
    """What an honest key makes of changed parts without looking at them."""
    listed = re.findall(rb'PartName="/([^"]+)" ContentType="([^"]+)"', parts[CONTENT_TYPES])
    types = {name.decode(): stated.decode() for name, stated in listed}
    types.pop(SIGNATURE, None)
    inside = {name: one for name, one in parts.items() if name not in _ENVELOPE}
    return container.write(sign_parts(inside, types, KEY, MOMENT), compress=compress)


def _sheet_changed(data: bytes, random: Random) -> bytes:
    """A part of the workbook changes before an honest key signs it."""

    def inner(parts: Mapping[str, bytes]) -> bytes:
        try:
            return signed_again(parts)
        except Exception:  # relationships that cannot even be signed
            return data

    return part_changed(data, random, inner)


@cache
def returned() -> bytes:
    """What headquarters returns of two packages, signed."""
    packages = [small_package(), package()]
    return write_returned(
        "astana", practice=True, made_at="2024-02-02T09:30:00.000000Z", packages=packages, key=KEY
    )


def _read_returned(data: bytes) -> object:
    """As the centre does: whom it is for, then every package, which verifies itself."""
    found = read_returned(_path(data, "a.returned"))
    read = tuple(verified_package(one).content_hash for one in found.packages)
    return found.centre, found.practice, found.made_at, found.fingerprint, read


def _returned_signed_again(data: bytes, random: Random) -> bytes:
    """The list or a package changes before an honest key signs them."""
    parts = unzipped(data)
    packages = [parts[name] for name in sorted(parts) if name.endswith(".xlsx")]
    if random.random() < 0.5 and packages:
        place = random.randrange(len(packages))
        packages[place] = random.choice(BYTES)(packages[place], random)
        return write_returned("astana", practice=True, made_at="", packages=packages, key=KEY)
    head = random.choice(JSON)(parts.get(LIST, b""), random)
    signed = {LIST: head, "signature": KEY.sign(LABEL + head)}
    return container.write({**parts, **signed}, compress=False)


# --- Others -------------------------------------------------------------------------------------


def _journals() -> list[bytes]:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (
        ("Күні", "Маман", "Аты-жөні", "ИИН"),
        (datetime(2024, 12, 5, 14, 30), "Сынақов", "=1+1", 900315400015),
        (45631, "Сынақов", "Тестова Әсем\n", None),
        (True, 1.5, "#N/A", "007"),
    ):
        sheet.append(row)
    book.create_sheet("Екінші").append(["x"] * 30)
    out = io.BytesIO()
    book.save(out)
    lines = 'Күні;Маман;Аты\r\n05.12.2024;Сынақов;"Тестова; Әсем"\r\n' * 4
    return [out.getvalue()] * 3 + [lines.encode(), lines.replace("Ә", "А").encode("utf-16")]


def _old_journals() -> list[bytes]:
    data = OLD_JOURNAL.read_bytes()
    return [data, looked_through(data)]


def _stream_changed(data: bytes, random: Random) -> bytes:
    """The records change before they are packed."""
    try:
        stream = workbook_of(data)
    except Exception:  # whatever the mutation before did to it
        return data
    return packed(random.choice(BYTES)(stream, random))


def _texts() -> list[bytes]:
    document = Document()
    document.add_paragraph("Астанада 1 206 жұп.")
    table = document.add_table(rows=3, cols=3)
    for number, row in enumerate(table.rows):
        for cell in row.cells:
            cell.text = f"Ақтөбе {number}"
    table.cell(0, 0).merge(table.cell(1, 1))
    out = io.BytesIO()
    document.save(out)
    return [out.getvalue()]


def _backup() -> bytes:
    head = {
        "format": 1, "program_version": "0.1.0", "made_at": "2024-02-02T09:30:00.000000Z",
        "workplace": "centre", "centre": "astana", "station": STATION, "station_letter": "A",
        "epoch": 1, "replaces": [], "audit_entries": 12, "audit_head": "a" * 64,
    }  # fmt: skip
    names = {
        BACKUP_HEAD: json.dumps(head).encode(),
        DATABASE: bytes(range(256)) * 16,
        SLOTS: _slots(),
    }
    return container.write(names, compress=False)


def _read_backup(data: bytes) -> object:
    path = _path(data, "a.backup")
    with tempfile.TemporaryDirectory(dir=_folder()) as folder:
        return read_head(path), unpack(path, Path(folder))


def _backup_head_changed(data: bytes, random: Random) -> bytes:
    parts = unzipped(data)
    if BACKUP_HEAD not in parts:
        return data
    return container.write({**parts, BACKUP_HEAD: random.choice(JSON)(parts[BACKUP_HEAD], random)})


@cache
def _slots() -> bytes:
    path = Path(_folder()) / "made.json"
    path.unlink(missing_ok=True)
    KeySlots.create(path, "account-1", "lead", "сабыр түбі сары алтын", practice_parameters)
    return path.read_bytes()


def _slots_with_checksum(data: bytes, random: Random) -> bytes:
    """Changed by somebody who knows how the check sum is made."""
    changed = random.choice(JSON)(data, random)
    try:
        stored = json.loads(changed)
        stored["checksum"] = _checksum(stored["slots"], stored["seal"])
        return json.dumps(stored).encode()
    except Exception:
        return changed


def _read_slots(data: bytes) -> object:
    slots = KeySlots.load(_path(data, "slots.json"))
    return slots.logins, slots.account_of("lead")


def _attempts() -> bytes:
    path = Path(_folder()) / "begun.json"
    path.unlink(missing_ok=True)
    Attempts(path).begin("account-1", _NOW)
    return path.read_bytes()


def _read_attempts(data: bytes) -> object:
    attempts = Attempts(_path(data, "attempts.json"))
    waits = attempts.wait("account-1", _NOW)
    attempts.begin("account-2", _NOW)
    attempts.succeeded("account-1")
    return waits


def _statement() -> bytes:
    statement = KeyStatement(
        kind=REPLACEMENT, centre="astana", practice=True, made_at="2024-02-02T09:30:00.000000Z",
        certificate_der=KEY.certificate_der, new_certificate_der=KEY.certificate_der,
    )  # fmt: skip
    return write_statement(statement, KEY, KEY)


def _late_revocation() -> bytes:
    revocation = KeyStatement(
        kind=REVOCATION, centre="astana", practice=True, made_at="2024-02-03T09:30:00.000000Z",
        certificate_der=KEY.certificate_der, succession=(_statement(),),
    )  # fmt: skip
    return write_statement(revocation, KEY, None)


_SEALING = cache(lambda: create_sealing_key("headquarters", MOMENT))
_NOTE = cache(NoteKey.create)


def _read_sealed(data: bytes) -> object:
    return read_any_package(unseal(data, [_SEALING()]))


def _read_settings(data: bytes) -> object:
    """Damaged settings are no error: what cannot be read is as at the first start."""
    settings = Settings(_path(data, "settings.ini").parent)
    assert settings.language in ("kk", "ru") and settings.text_size >= 100
    assert settings.idle_minutes > 0 and not settings.window.isEmpty()
    return settings


_SETTINGS = (
    b"[General]\nlanguage=kk\nappearance=system\npage=today\ntext_size=100\nidle_minutes=10\n"
    b"window=@Size(1366 768)\nmaximised=false\n[columns]\ncases\\order=0, 1, 2\n"
)

READERS: Sequence[Reader] = (
    Reader("package", lambda: [small_package(), package()], office_file(container.write),
           read_any_package, sealed=True),
    Reader("package signed by an honest key", lambda: [small_package()], (_sheet_changed,),
           read_any_package),
    Reader("receipt", lambda: [small_receipt()], office_file(container.write), read_any_receipt,
           sealed=True),
    Reader("receipt signed by an honest key", lambda: [small_receipt()], (_sheet_changed,),
           read_any_receipt),
    Reader("returned rows", lambda: [returned()], office_file(container.write), _read_returned,
           sealed=True),
    Reader("returned rows signed by an honest key", lambda: [returned()],
           (_returned_signed_again,), _read_returned),
    Reader("sealed package",
           lambda: [seal(small_package(), _SEALING().certificate_der, MOMENT)], BYTES,
           _read_sealed, sealed=True),
    Reader("journal to import", _journals, office_file(),
           lambda data: read_journal(_path(data, "journal.xlsx"))),
    Reader("old journal to import (XLS)", _old_journals, (_stream_changed, _stream_changed, *BYTES),
           lambda data: read_journal(_path(data, "journal.xls"))),
    Reader("text to check (DOCX)", _texts, office_file(),
           lambda data: read_text_document("a.docx", data)),
    Reader("text to check (TXT)", lambda: ["Астанада 1 206 жұп.\n".encode()], BYTES,
           lambda data: read_text_document("a.txt", data)),
    Reader("backup", lambda: [_backup()],
           (_backup_head_changed, _backup_head_changed, *office_file(container.write)),
           _read_backup),
    Reader("key slots", lambda: [_slots()], (_slots_with_checksum, *JSON), _read_slots),
    Reader("failed sign-ins", lambda: [_attempts()], JSON, _read_attempts),
    Reader("key statement", lambda: [_statement(), _late_revocation()], JSON, read_statement),
    Reader("key file (PKCS#12)", lambda: [write_pkcs12(KEY, "сабыр түбі")], BYTES,
           lambda data: read_pkcs12(data, "сабыр түбі", MOMENT)),
    Reader("draft or note",
           lambda: [seal_text(_NOTE().public, "Құпия жазба", "draft", "1").encode()], BYTES,
           lambda data: _NOTE().open(data.decode("latin-1"), "draft", "1")),
    Reader("settings", lambda: [_SETTINGS], BYTES, _read_settings),
)  # fmt: skip
