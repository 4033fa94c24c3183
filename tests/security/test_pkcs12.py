"""A key file is encrypted, opens with its password, and takes in nothing the program cannot use."""

from base64 import b64encode
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates

from pravo_desktop.errors import KnownError
from pravo_desktop.security.certificates import create_signing_key
from pravo_desktop.security.pkcs12 import read_pkcs12, write_pkcs12
from tests.security.gost import gost_certificate, gost_pkcs12

MOMENT = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)
WORD = "ключ от шкафа 12"


def refusal(data: bytes, password: str = WORD, moment: datetime = MOMENT) -> str:
    with pytest.raises(KnownError) as refused:
        read_pkcs12(data, password, moment)
    return refused.value.code


def certificate_of(
    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey,
) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "astana A")])
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(5)
        .not_valid_before(MOMENT)
        .not_valid_after(MOMENT + timedelta(days=900))
        .sign(key, SHA256())
    )


def test_a_key_comes_back_from_its_file_and_signs_as_before() -> None:
    key = create_signing_key("astana A", MOMENT)
    data = write_pkcs12(key, WORD)

    again = read_pkcs12(data, WORD, MOMENT)

    assert again == key
    plain = key.private_key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    assert plain[36:68] not in data
    assert key.certificate_der not in data
    assert bytes.fromhex("60864801650304012A") in data  # AES-256-CBC
    assert (600_000).to_bytes(3) in data


def test_a_wrong_password_and_a_damaged_file_are_told_apart() -> None:
    key = create_signing_key("astana A", MOMENT)
    data = write_pkcs12(key, WORD)

    assert refusal(data, "another word 34") == "pkcs12_wrong_password"
    assert refusal(data, "") == "pkcs12_wrong_password"
    for broken in (b"", b"PK\x03\x04", data[:-9], b"\x30" * 99, data * 99):
        assert refusal(broken) == "pkcs12_malformed"
    for position in range(0, len(data), 7):
        changed = bytearray(data)
        changed[position] ^= 1
        try:
            assert read_pkcs12(bytes(changed), WORD, MOMENT) == key
        except KnownError as error:
            assert error.code in ("pkcs12_malformed", "pkcs12_wrong_password", "gost_key")


@pytest.mark.parametrize("hidden", [False, True])
def test_a_gost_key_is_refused_by_name_also_when_encryption_hides_it(hidden: bool) -> None:
    for ber in (False, True):
        data = gost_pkcs12(WORD, hidden=hidden, ber=ber)
        assert refusal(data) == "gost_key"
        if hidden:
            assert refusal(data, "another word 34") == "pkcs12_wrong_password"


def test_a_gost_certificate_is_refused_by_name_as_der_and_as_pem() -> None:
    data = gost_certificate()
    pem = b"-----BEGIN CERTIFICATE-----\n" + b64encode(data) + b"\n-----END CERTIFICATE-----\n"

    assert refusal(data) == refusal(pem) == "gost_key"


def test_a_certificate_without_its_key_is_refused() -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = certificate_of(key)
    wrapped = serialize_key_and_certificates(
        None, None, certificate, None, BestAvailableEncryption(WORD.encode())
    )
    for data in (
        wrapped,
        certificate.public_bytes(Encoding.DER),
        certificate.public_bytes(Encoding.PEM),
    ):
        assert refusal(data) == "key_without_private"


def test_a_short_rsa_key_and_another_curve_are_refused() -> None:
    for key, code in (
        (rsa.generate_private_key(65537, 1024), "key_weak"),
        (ec.generate_private_key(ec.SECP384R1()), "certificate_unsupported"),
    ):
        data = serialize_key_and_certificates(
            None, key, certificate_of(key), None, BestAvailableEncryption(WORD.encode())
        )
        assert refusal(data) == code


def test_an_expired_key_and_one_of_the_future_are_refused() -> None:
    data = write_pkcs12(create_signing_key("astana A", MOMENT), WORD)

    assert refusal(data, moment=MOMENT + timedelta(days=365 * 4)) == "key_expired"
    assert refusal(data, moment=MOMENT - timedelta(days=1)) == "key_expired"
