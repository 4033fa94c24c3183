"""A lead's key signs, its fingerprint can be read out by phone, and its password locks it."""

import os
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509

from pravo_desktop.errors import KnownError
from pravo_desktop.security.certificates import (
    SigningKey,
    check_validity,
    create_signing_key,
    fingerprint,
    fingerprint_groups,
    load_certificate,
    public_key_of,
    read_fingerprint,
    verify,
)

MOMENT = datetime(2026, 1, 5, 9, 30, 15, 250_000, tzinfo=UTC)


def test_the_certificate_is_valid_for_three_years_and_names_no_person() -> None:
    certificate = load_certificate(create_signing_key("astana A", MOMENT).certificate_der)

    assert certificate.not_valid_before_utc == datetime(2026, 1, 5, 9, 30, 15, tzinfo=UTC)
    assert certificate.not_valid_after_utc == datetime(2029, 1, 5, 9, 30, 15, tzinfo=UTC)
    assert certificate.subject.rfc4514_string() == "CN=astana A"


def test_a_certificate_made_on_the_29th_of_february_ends_on_the_28th() -> None:
    leap_day = datetime(2028, 2, 29, 12, tzinfo=UTC)
    certificate = load_certificate(create_signing_key("astana A", leap_day).certificate_der)

    assert certificate.not_valid_after_utc == datetime(2031, 2, 28, 12, tzinfo=UTC)


def test_what_the_key_signed_is_verified_and_what_it_did_not_is_refused() -> None:
    key, other = (create_signing_key("astana A", MOMENT) for _ in "12")
    public_key = public_key_of(load_certificate(key.certificate_der))
    signature = key.sign(b"the month")

    assert len(signature) == 64
    verify(public_key, signature, b"the month")
    for forged, data in (
        (signature, b"another month"),
        (other.sign(b"the month"), b"the month"),
        (signature[:32] + b"\0" + signature[32:], b"the month"),
        (bytes(64), b"the month"),
    ):
        with pytest.raises(KnownError) as refusal:
            verify(public_key, forged, data)
        assert refusal.value.code == "signature_wrong"


def test_two_people_compare_a_fingerprint_by_phone() -> None:
    key = create_signing_key("astana A", MOMENT)
    groups = fingerprint_groups(key.fingerprint)

    certificate = x509.load_der_x509_certificate(key.certificate_der)
    assert key.fingerprint == fingerprint(key.certificate_der)
    assert len(groups.split()) == 16
    assert read_fingerprint(groups.lower()) == key.fingerprint
    assert read_fingerprint(":".join(groups.split())) == key.fingerprint
    assert certificate.signature_hash_algorithm is not None


@pytest.mark.parametrize("typed", ["", "12AB", "G" * 64, "A" * 63, "A" * 65])
def test_a_mistyped_fingerprint_is_told(typed: str) -> None:
    with pytest.raises(KnownError) as refusal:
        read_fingerprint(typed)

    assert refusal.value.code == "fingerprint_malformed"


def test_a_sealed_key_opens_with_the_leads_wrap_key_alone() -> None:
    key = create_signing_key("astana A", MOMENT)
    wrap_key = os.urandom(32)
    sealed = key.seal(wrap_key)

    opened = SigningKey.open(sealed, wrap_key)

    assert opened.certificate_der == key.certificate_der
    verify(public_key_of(load_certificate(key.certificate_der)), opened.sign(b"x"), b"x")
    for damaged, used in (
        (sealed, os.urandom(32)),
        (sealed[:-1], wrap_key),
        (sealed[:4] + bytes([sealed[4] ^ 1]) + sealed[5:], wrap_key),
        (b"", wrap_key),
    ):
        with pytest.raises(KnownError) as refusal:
            SigningKey.open(damaged, used)
        assert refusal.value.code == "signing_key_locked"


def test_printing_a_key_shows_nothing_of_it() -> None:
    assert repr(create_signing_key("astana A", MOMENT)) == "SigningKey()"


def test_the_validity_includes_its_first_and_last_second() -> None:
    certificate = load_certificate(create_signing_key("astana A", MOMENT).certificate_der)
    first, last = certificate.not_valid_before_utc, certificate.not_valid_after_utc

    check_validity(certificate, first)
    check_validity(certificate, last)
    for moment in (first - timedelta(seconds=1), last + timedelta(seconds=1)):
        with pytest.raises(KnownError) as refusal:
            check_validity(certificate, moment)
        assert refusal.value.code == "signing_time_outside_certificate"


@pytest.mark.parametrize("der", [b"", b"none", bytes(100)])
def test_bytes_that_are_no_certificate_are_refused(der: bytes) -> None:
    with pytest.raises(KnownError) as refusal:
        load_certificate(der)

    assert refusal.value.code == "certificate_unsupported"
