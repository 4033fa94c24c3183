"""A package is accepted exactly as the lead signed it, and every forgery is refused by name."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile, ZipInfo

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree
from openpyxl import Workbook
from python_calamine import CalamineWorkbook

from exports.package import container
from exports.package.opc import SIGNATURE
from exports.package.signature import sign_package, verify_package
from pravo_desktop.errors import KnownError
from pravo_desktop.security.certificates import SigningKey, fingerprint
from tests.exports import tampering
from tests.exports.attacks import ATTACKS
from tests.exports.tampering import KEY_MADE, LEAD, SIGNED, STRANGER, Attack, signed

DATA = Path(__file__).parent / "data"


def rsa_key(bits: int) -> SigningKey:
    private_key = rsa.generate_private_key(public_exponent=65537, key_size=bits)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "centre & <station>")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private_key.public_key())
        .serial_number(7)
        .not_valid_before(KEY_MADE)
        .not_valid_after(KEY_MADE + timedelta(days=365))
        .sign(private_key, SHA256())
    )
    return SigningKey(certificate.public_bytes(Encoding.DER), private_key)


def test_headquarters_gets_what_the_lead_signed() -> None:
    verified = verify_package(signed())

    assert verified.fingerprint == fingerprint(LEAD.certificate_der)
    assert verified.certificate_der == LEAD.certificate_der
    assert verified.signed_at == SIGNED
    with ZipFile(BytesIO(tampering.workbook())) as written:
        for name, content in verified.parts.items():
            assert content == written.read(name)


def test_the_rebuilt_file_is_read_cell_by_cell_and_holds_no_signature() -> None:
    rebuilt = verify_package(signed()).rebuilt

    book = CalamineWorkbook.from_filelike(BytesIO(rebuilt))
    assert book.sheet_names == ["Жиынтық", "consultation"]
    assert book.get_sheet_by_index(0).to_python() == [["Консультациялар", 128.0]]
    assert not [name for name in container.read(rebuilt) if name.startswith("_xmlsignatures")]


def test_document_properties_do_not_leave_the_centre() -> None:
    names = container.read(signed()).keys()

    assert not [name for name in names if name.startswith("docProps")]
    assert b"openpyxl" not in signed()


def test_signing_twice_differs_in_the_value_of_the_signature_alone() -> None:
    one, two = (container.read(sign_package(tampering.workbook(), LEAD, SIGNED)) for _ in "12")
    differing = [name for name in one if one[name] != two[name]]

    assert [name for name in differing if name != SIGNATURE] == []
    assert (
        verify_package(container.write(one)).content_hash
        == verify_package(container.write(two)).content_hash
    )


def test_a_package_of_the_first_profile_stays_verifiable() -> None:
    verified = verify_package((DATA / "package_profile_1.xlsx").read_bytes())

    assert verified.fingerprint == (DATA / "package_profile_1.fingerprint").read_text().strip()


def test_an_rsa_certificate_signs_as_well() -> None:
    key = rsa_key(2048)

    verified = verify_package(sign_package(tampering.workbook(), key, SIGNED))

    assert verified.fingerprint == key.fingerprint


def test_a_short_rsa_key_is_refused() -> None:
    with pytest.raises(KnownError) as refusal:
        sign_package(tampering.workbook(), rsa_key(1024), SIGNED)

    assert refusal.value.code == "certificate_unsupported"


def test_a_stranger_who_takes_the_leads_name_shows_another_fingerprint() -> None:
    forged = verify_package(signed(STRANGER))

    assert forged.fingerprint != verify_package(signed()).fingerprint


def test_every_signed_piece_is_written_in_its_canonical_form() -> None:
    package = container.read(sign_package(tampering.workbook(), rsa_key(2048), SIGNED))
    root = etree.fromstring(package[SIGNATURE])
    pieces = [root[0], *root.iterfind(".//*[@Id='idSignedProperties']")]
    pieces += [each for each in root if each.get("Id") in ("idPackageObject", "idOfficeObject")]

    assert len(pieces) == 4
    for piece in pieces:
        alone = etree.fromstring(etree.tostring(piece, with_tail=False))
        assert etree.tostring(alone, method="c14n") in package[SIGNATURE]


def test_signing_outside_the_certificates_validity_is_refused() -> None:
    with pytest.raises(KnownError) as refusal:
        sign_package(tampering.workbook(), LEAD, KEY_MADE - timedelta(days=1))

    assert refusal.value.code == "signing_time_outside_certificate"


def test_a_workbook_with_a_formula_is_not_signed() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["C7"] = "=1+1"
    saved = BytesIO()
    book.save(saved)

    with pytest.raises(KnownError) as refusal:
        sign_package(saved.getvalue(), LEAD, SIGNED)

    assert (refusal.value.code, refusal.value.params["cell"]) == ("formula_in_cell", "C7")


def test_twenty_four_sheets_fit_and_more_references_than_other_programs_read_do_not() -> None:
    verify_package(sign_package(_book_of(24), LEAD, SIGNED))

    with pytest.raises(KnownError) as refusal:
        sign_package(_book_of(27), LEAD, SIGNED)

    assert refusal.value.code == "too_many_parts"


def _book_of(sheets: int) -> bytes:
    book = Workbook(write_only=True)
    for _ in range(sheets):
        book.create_sheet().append(["x"])
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


@pytest.mark.parametrize("attack", ATTACKS, ids=str)
def test_a_forgery_is_refused_by_name(attack: Attack) -> None:
    with pytest.raises(KnownError) as refusal:
        verify_package(attack.forge())

    assert refusal.value.code == attack.code
    assert refusal.value.params.get("part") == attack.part


def test_a_file_beyond_the_limit_is_refused_unread() -> None:
    with pytest.raises(KnownError) as refusal:
        verify_package(bytes(container.LARGEST_FILE + 1))

    assert refusal.value.code == "file_too_large"


def test_the_cell_that_holds_a_formula_is_named() -> None:
    attack = next(each for each in ATTACKS if each.name == "formula in a signed cell")

    with pytest.raises(KnownError) as refusal:
        verify_package(attack.forge())

    assert refusal.value.params["cell"] == "B1"


def test_one_flipped_bit_in_any_byte_is_refused_or_changes_nothing() -> None:
    data = (DATA / "package_profile_1.xlsx").read_bytes()
    genuine = verify_package(data)
    with ZipFile(BytesIO(data)) as archive:
        entries = archive.infolist()
    # The same content can be deflated in more than one way, and its last bits are not read.
    deflated = {
        _content_start(entry) + offset for entry in entries for offset in range(entry.compress_size)
    }
    harmless = 0
    for position in range(len(data)):
        flipped = bytearray(data)
        flipped[position] ^= 1 << position % 8
        try:
            verified = verify_package(bytes(flipped))
        except KnownError:
            continue
        assert verified == genuine
        assert position in deflated
        harmless += 1

    assert harmless <= len(entries)


def test_a_damaged_entry_is_named() -> None:
    data = signed()
    with ZipFile(BytesIO(data)) as archive:
        entries = archive.infolist()
    for entry in entries:
        flipped = bytearray(data)
        flipped[_content_start(entry)] ^= 1
        with pytest.raises(KnownError) as refusal:
            verify_package(bytes(flipped))
        assert refusal.value.code == "entry_damaged"
        assert refusal.value.params["part"] == entry.filename


def _content_start(entry: ZipInfo) -> int:
    return entry.header_offset + 30 + len(entry.filename)
