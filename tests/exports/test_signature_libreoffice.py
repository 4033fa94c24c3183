"""A person who opens a package in LibreOffice is told that its signature is valid."""

from pathlib import Path

from exports.package.signature import sign_package
from tests.exports import tampering
from tests.exports.libreoffice import signatures_found_valid
from tests.exports.test_signature import rsa_key


def test_libreoffice_finds_our_signature_valid_and_that_of_a_changed_cell_not(
    tmp_path: Path,
) -> None:
    contents = {
        "signed": tampering.signed(),
        "rsa": sign_package(tampering.workbook(), rsa_key(2048), tampering.SIGNED),
        "changed": tampering.replaced(tampering.SHEET, b"128", b"129"),
        "unsigned": tampering.workbook(),
    }
    files = [tmp_path / f"{name}.xlsx" for name in contents]
    for file, content in zip(files, contents.values(), strict=True):
        file.write_bytes(content)

    answers = signatures_found_valid(files, tmp_path / "profile")

    assert answers == [[True], [True], [False], []]
