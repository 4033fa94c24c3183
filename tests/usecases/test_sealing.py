"""A package sealed for transport: who reads it, what headquarters makes of it, what is refused."""

import hashlib
import shutil
import subprocess
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.hazmat.primitives.serialization.pkcs7 import pkcs7_decrypt_der
from cryptography.x509 import load_der_x509_certificate

from exports.package.sealed import LARGEST_SEALED, seal, unseal
from pravo_desktop.bootstrap import open_workplace
from pravo_desktop.errors import KnownError
from pravo_desktop.usecases import packages, participants, received_receipts
from pravo_desktop.usecases.inbox import verify_file
from pravo_desktop.usecases.received import received_packages
from pravo_desktop.usecases.sealing_keys import can_seal, sealing_keys
from pravo_desktop.usecases.trust import revoke_trust
from tests.usecases.factories import Desk, a_headquarters
from tests.usecases.refusals import code_of
from tests.usecases.test_receipts import receipt, taken

CANARY = "Канарейкина"


@pytest.fixture
def paired(centre: Desk, headquarters: Desk, tmp_path: Path) -> Desk:
    """The centre after it imported a receipt, with April's package; headquarters trusts it."""
    lawyer = centre.specialist("lawyer")
    person = participants.ParticipantForm(
        role="wife", sex="female", birth_year=1992, consent="given", surname=CANARY
    )
    husband = participants.ParticipantForm(role="husband", sex="male", birth_year=1990)
    centre.case(on=date(2024, 4, 9), specialist=lawyer, people=(husband, person))
    headquarters.trusts(centre)
    taken(centre, receipt(headquarters, tmp_path / "back"), headquarters)
    centre.close("2024-04", {"media": "no_activity"})
    centre.export("2024-04")
    return centre


def test_before_a_receipt_packages_are_plain_and_after_it_sealed(
    centre: Desk, headquarters: Desk, tmp_path: Path
) -> None:
    centre.case(on=date(2024, 4, 9), specialist=centre.specialist("lawyer"))
    centre.close("2024-04", {"media": "no_activity"})
    centre.export("2024-04")
    assert centre.copy(1, tmp_path / "stick").name == "pravo-astana-2024-04-A0001.xlsx"
    assert not can_seal(centre.session, centre.actor)
    assert (
        code_of(
            lambda: packages.write_copy(
                centre.session, centre.actor, sequence=1, target=tmp_path / "april.pravo"
            )
        )
        == "no_sealing_certificate"
    )

    taken(centre, receipt(headquarters, tmp_path / "back"), headquarters)

    assert can_seal(centre.session, centre.actor)
    assert centre.copy(1, tmp_path / "stick").name == "pravo-astana-2024-04-A0001.pravo"
    plain = packages.write_copy(
        centre.session, centre.actor, sequence=1, target=tmp_path / "stick", plain=True
    )
    assert plain.read_bytes() == centre.package(1)
    chosen = tmp_path / "april.xlsx"
    packages.write_copy(centre.session, centre.actor, sequence=1, target=chosen)
    assert chosen.read_bytes() == centre.package(1)


def test_headquarters_opens_a_sealed_package_and_archives_the_signed_one(
    paired: Desk, headquarters: Desk, tmp_path: Path
) -> None:
    path = paired.copy(1, tmp_path / "stick")
    (said,) = headquarters.receive(path.parent)

    digest = hashlib.sha256(paired.package(1)).hexdigest()
    assert (said.status, said.sha256) == ("accepted", digest)
    assert (headquarters.archive / f"{digest}.xlsx").read_bytes() == paired.package(1)
    (line,) = received_packages(headquarters.session, headquarters.actor)
    assert line.sha256 == digest


def test_sealed_again_the_file_differs_and_the_package_inside_is_the_same(
    paired: Desk, headquarters: Desk, tmp_path: Path
) -> None:
    first = paired.copy(1, tmp_path / "1").read_bytes()
    second = paired.copy(1, tmp_path / "2").read_bytes()

    assert first != second
    keys = sealing_keys(headquarters.session)
    assert unseal(first, keys) == unseal(second, keys) == paired.package(1)
    headquarters.receive(tmp_path / "1")
    (said,) = headquarters.receive(tmp_path / "2")
    assert said.status == "already"


def test_nothing_of_the_package_is_readable_in_the_sealed_file(
    paired: Desk, tmp_path: Path
) -> None:
    data = paired.copy(1, tmp_path / "stick").read_bytes()

    for word in ("astana", "consultations", "2024-04", "lawyer", CANARY, "xl/", "PK\x03\x04"):
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            assert word.encode(encoding) not in data, word


def test_any_coordinator_opens_what_was_sealed(
    paired: Desk, headquarters: Desk, tmp_path: Path
) -> None:
    path = paired.copy(1, tmp_path / "stick")
    headquarters.workplace.add_account(
        headquarters.session, name="second", password="another word 34", roles=("coordinator",)
    )
    other = open_workplace(
        headquarters.workplace.folder,
        user="second",
        password="another word 34",
        clock=headquarters.clock,
    )
    second = Desk(other, other.session(), headquarters.clock)
    try:
        (said,) = second.receive(path)
    finally:
        second.leave()
    assert said.status == "accepted"


def test_a_package_sealed_to_another_headquarters_says_what_to_do(
    paired: Desk, tmp_path: Path
) -> None:
    path = paired.copy(1, tmp_path / "stick")
    another = a_headquarters(tmp_path / "another")
    try:
        (said,) = another.receive(path)
        assert (said.status, said.code) == ("refused", "sealed_for_another")
        receipt(another, tmp_path / "own")
        (said,) = another.receive(path)
        assert (said.status, said.code) == ("refused", "sealed_for_another")
    finally:
        another.leave()


def test_a_sealed_package_is_not_judged_without_headquarters(paired: Desk, tmp_path: Path) -> None:
    path = paired.copy(1, tmp_path / "stick")
    assert code_of(lambda: verify_file(path)) == "package_sealed"


def test_every_changed_byte_of_a_sealed_package_is_refused(
    paired: Desk, headquarters: Desk, tmp_path: Path
) -> None:
    data = paired.copy(1, tmp_path / "stick").read_bytes()
    codes: Counter[str] = Counter()
    places = [*range(0, 700, 3), *range(700, len(data), 997), len(data) - 1, len(data) - 17]
    for position in places:
        changed = bytearray(data)
        changed[position] ^= 0x10
        path = tmp_path / "changed.pravo"
        path.write_bytes(changed)
        (said,) = headquarters.receive(path, dry_run=True)
        assert said.status == "refused", position
        codes[str(said.code)] += 1
    assert codes["sealed_damaged"] and codes["sealed_for_another"]


def test_cut_lengthened_huge_and_foreign_files_are_refused(
    paired: Desk, headquarters: Desk, tmp_path: Path
) -> None:
    data = paired.copy(1, tmp_path / "stick").read_bytes()
    certificate = sealing_keys(headquarters.session)[0].certificate_der
    now = paired.clock.now()
    files: dict[str, tuple[bytes, str]] = {
        "cut": (data[:-16], "sealed_damaged"),
        "short": (data[:40], "sealed_for_another"),
        "longer": (data + bytes(16), "sealed_damaged"),
        "huge": (data + bytes(LARGEST_SEALED), "file_too_large"),
        "words": (seal(b"not a package", certificate, now), "not_a_package"),
        "empty": (seal(b"", certificate, now), "not_a_package"),
        "twice": (seal(data, certificate, now), "not_a_package"),
    }
    for name, (content, code) in files.items():
        path = tmp_path / f"{name}.pravo"
        path.write_bytes(content)
        (said,) = headquarters.receive(path, dry_run=True)
        assert (said.status, said.code) == ("refused", code), name


def test_another_program_opens_the_seal_with_the_same_key(
    paired: Desk, headquarters: Desk, tmp_path: Path
) -> None:
    path = paired.copy(1, tmp_path / "stick")
    (key,) = sealing_keys(headquarters.session)
    certificate = load_der_x509_certificate(key.certificate_der)
    opened = pkcs7_decrypt_der(path.read_bytes(), certificate, key.private_key, [])
    if (program := shutil.which("openssl")) is not None:
        pem = key.private_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        (tmp_path / "key.pem").write_bytes(pem)
        out = tmp_path / "opened.xlsx"
        asked = ["cms", "-decrypt", "-inform", "DER", "-binary", "-in", str(path)]
        asked += ["-inkey", str(tmp_path / "key.pem"), "-out", str(out)]
        subprocess.run([program, *asked], check=True, capture_output=True)
        opened = out.read_bytes()
    assert opened == paired.package(1)


def test_a_revoked_headquarters_is_not_sealed_to(
    paired: Desk, headquarters: Desk, tmp_path: Path
) -> None:
    received_receipts.revoke_headquarters(
        paired.session, paired.actor, fingerprint=headquarters.fingerprint()
    )
    assert paired.copy(1, tmp_path / "stick").suffix == ".xlsx"


def test_an_expired_sealing_certificate_is_refused_until_a_newer_receipt(
    paired: Desk, headquarters: Desk, tmp_path: Path
) -> None:
    paired.at(2027, 6, 1)
    headquarters.at(2026, 12, 1)
    with pytest.raises(KnownError, match="sealing_key_expired"):
        paired.copy(1, tmp_path / "stick")

    taken(paired, receipt(headquarters, tmp_path / "new"))

    path = paired.copy(1, tmp_path / "stick")
    assert len(sealing_keys(headquarters.session)) == 2
    (said,) = headquarters.receive(path, dry_run=True)
    assert said.status == "accepted"


def test_the_sealing_key_is_nowhere_outside_the_encrypted_database(
    paired: Desk, headquarters: Desk
) -> None:
    (key,) = sealing_keys(headquarters.session)
    for file in headquarters.workplace.folder.rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            assert key.private_bytes()[40:200] not in data
            assert key.certificate_der[40:200] not in data


def test_a_package_of_a_revoked_key_with_an_old_signing_time_is_refused(
    paired: Desk, headquarters: Desk, tmp_path: Path
) -> None:
    path = paired.copy(1, tmp_path / "stick")
    headquarters.at(2024, 6, 10)
    revoke_trust(headquarters.session, headquarters.actor, fingerprint=paired.fingerprint())
    (said,) = headquarters.receive(path)
    assert (said.status, said.code) == ("refused", "key_revoked")


def test_a_receipt_is_not_signed_with_a_clock_before_the_newest_record(
    headquarters: Desk, tmp_path: Path
) -> None:
    headquarters.specialist()
    headquarters.at(2024, 1, 2)
    assert code_of(lambda: receipt(headquarters, tmp_path / "back")) == "clock_behind"
