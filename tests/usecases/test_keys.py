"""The lead's key goes into a file and another folder, is replaced by its own word, is revoked."""

import json
from base64 import b64decode
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates

from pravo_desktop.errors import KnownError
from pravo_desktop.security.certificates import (
    SigningKey,
    create_signing_key,
    public_key_of,
    verify,
)
from pravo_desktop.security.key_statement import KeyStatement, write_statement
from pravo_desktop.usecases import keys, receipts, received_receipts, trust
from pravo_desktop.usecases.headquarters_keys import accept_headquarters_statement
from pravo_desktop.usecases.keys import MadeStatement
from tests.usecases.factories import Desk, a_centre
from tests.usecases.refusals import code_of

WORD = "ключ от шкафа 12"


@pytest.fixture
def trusting(headquarters: Desk, centre: Desk) -> Desk:
    headquarters.trusts(centre)
    return headquarters


@pytest.fixture
def april(centre: Desk) -> Desk:
    """The centre with a closed month."""
    centre.case(on=date(2024, 4, 9), specialist=centre.specialist("lawyer"))
    centre.close("2024-04", {"media": "no_activity"})
    return centre


def exported(desk: Desk, target: Path, password: str = WORD) -> Path:
    key = desk.workplace.signing_key(desk.session)
    return keys.export_key(desk.session, desk.actor, key=key, password=password, target=target)


def imported(desk: Desk, path: Path, password: str = WORD) -> str:
    return desk.workplace.import_key(desk.session, path=path, password=password)


def stated(desk: Desk, made: MadeStatement, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    return keys.write_key_statement(
        desk.session, desk.actor, fingerprint=made.fingerprint, target=folder
    )


def accepted(desk: Desk, path: Path) -> str:
    return keys.accept_statement(desk.session, desk.actor, path=path).status


def trusted(desk: Desk) -> dict[str, trust.TrustedKey]:
    return {one.fingerprint: one for one in trust.trusted_keys(desk.session, desk.actor)}


def test_the_key_goes_to_another_folder_of_the_centre_and_headquarters_knows_it(
    centre: Desk, trusting: Desk, tmp_path: Path
) -> None:
    path = exported(centre, tmp_path)
    assert path.name == "pravo-astana-A-key.p12"
    laptop = a_centre(tmp_path / "laptop", letter="B")
    try:
        assert laptop.fingerprint() != centre.fingerprint()
        assert imported(laptop, path) == centre.fingerprint() == laptop.fingerprint()
        laptop.case(on=date(2024, 4, 9), specialist=laptop.specialist("lawyer"))
        laptop.close("2024-04", {"media": "no_activity"})
        laptop.export("2024-04")
        (said,) = trusting.receive(laptop.copy(1, tmp_path / "stick"))
    finally:
        laptop.leave()
    assert said.status == "accepted"


def test_an_easy_password_makes_no_key_file(centre: Desk, tmp_path: Path) -> None:
    for word in ("short", "password1234", "lead-lead-9 lead"):
        with pytest.raises(KnownError, match="password_"):
            exported(centre, tmp_path, word)
    assert not list(tmp_path.glob("*.p12"))


def test_the_history_keeps_that_the_key_went_into_a_file_and_came_from_one(
    centre: Desk, tmp_path: Path
) -> None:
    path = exported(centre, tmp_path)
    imported(centre, path)
    assert centre.count("audit_entries", "action = 'signing_key_exported'") == 1
    assert centre.count("audit_entries", "action = 'signing_key_imported'") == 1


def test_a_file_that_cannot_be_written_leaves_nothing_behind(centre: Desk, tmp_path: Path) -> None:
    assert code_of(lambda: exported(centre, tmp_path / "gone" / "key.p12")) == "drive_gone"
    assert centre.count("audit_entries", "action = 'signing_key_exported'") == 0


def test_the_key_of_another_centre_is_not_taken_in(centre: Desk, tmp_path: Path) -> None:
    other = a_centre(tmp_path / "other", centre="abai")
    try:
        path = exported(other, tmp_path)
    finally:
        other.leave()
    assert code_of(lambda: imported(centre, path)) == "key_file_of_another_centre"


def test_an_electronic_signature_that_names_a_person_is_not_taken_in(
    centre: Desk, tmp_path: Path
) -> None:
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name(
        [
            x509.NameAttribute(x509.NameOID.COMMON_NAME, "ТЕСТОВА ӘСЕМ"),
            x509.NameAttribute(x509.NameOID.SERIAL_NUMBER, "IIN900315400018"),
        ]
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(5)
        .not_valid_before(datetime(2024, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2025, 1, 1, tzinfo=UTC))
        .sign(key, SHA256())
    )
    path = tmp_path / "eds.p12"
    path.write_bytes(
        serialize_key_and_certificates(
            None, key, certificate, None, BestAvailableEncryption(WORD.encode())
        )
    )
    before = centre.fingerprint()
    assert code_of(lambda: imported(centre, path)) == "key_names_person"
    assert centre.fingerprint() == before


def test_a_replaced_key_is_trusted_by_the_word_of_the_old_one_without_a_call(
    april: Desk, trusting: Desk, tmp_path: Path
) -> None:
    old = april.fingerprint()
    made = april.workplace.replace_key(april.session)
    new = april.fingerprint()
    assert (made.fingerprint, made.new_fingerprint) == (old, new)
    april.export("2024-04")
    package = april.copy(1, tmp_path / "stick")
    (said,) = trusting.receive(package)
    assert said.status == "untrusted"

    path = stated(april, made, tmp_path / "word")
    judged = keys.judge_statement(trusting.session, trusting.actor, path=path)
    assert (judged.status, judged.kind, judged.centre) == ("new", "replacement", "astana")
    assert new not in trusted(trusting)
    assert accepted(trusting, path) == "new"

    assert (trusted(trusting)[new].stated_by, trusted(trusting)[old].stated_by) == (old, None)
    (said,) = trusting.receive(package)
    assert said.status == "accepted"
    assert accepted(trusting, path) == "already"
    details = json.loads(
        trusting.session.value("SELECT details FROM journal_entries WHERE details LIKE '%stated%'")
    )
    assert details == {"centre": "astana", "fingerprint": new, "stated_by": old}


def test_a_package_signed_before_the_replacement_is_still_accepted(
    april: Desk, trusting: Desk, tmp_path: Path
) -> None:
    april.export("2024-04")
    made = april.workplace.replace_key(april.session)
    accepted(trusting, stated(april, made, tmp_path / "word"))
    (said,) = trusting.receive(april.copy(1, tmp_path / "stick"))
    assert said.status == "accepted"


def test_a_key_revoked_by_itself_signs_nothing_that_headquarters_takes(
    april: Desk, trusting: Desk, tmp_path: Path
) -> None:
    april.export("2024-04")
    old = april.fingerprint()
    saved = exported(april, tmp_path)
    key = april.workplace.signing_key(april.session)
    made = keys.revoke_key(april.session, april.actor, key=key)

    assert accepted(trusting, stated(april, made, tmp_path / "word")) == "new"
    assert trusted(trusting)[old].revoked_at
    (said,) = trusting.receive(april.copy(1, tmp_path / "stick"))
    assert (said.status, said.code) == ("refused", "key_revoked")
    assert accepted(trusting, stated(april, made, tmp_path / "word")) == "already"
    assert april.fingerprint() != old
    assert code_of(lambda: imported(april, saved)) == "key_revoked"


def test_a_statement_of_an_unknown_a_revoked_or_another_centres_key_is_refused(
    centre: Desk, headquarters: Desk, tmp_path: Path
) -> None:
    path = stated(centre, centre.workplace.replace_key(centre.session), tmp_path / "word")
    assert code_of(lambda: accepted(headquarters, path)) == "statement_of_unknown_key"
    made = keys.key_statements(centre.session, centre.actor)[0]
    trust.add_trust(
        headquarters.session, headquarters.actor, fingerprint=made.fingerprint, centre="abai"
    )
    assert code_of(lambda: accepted(headquarters, path)) == "key_of_another_centre"
    trust.revoke_trust(headquarters.session, headquarters.actor, fingerprint=made.fingerprint)
    other = tmp_path / "other.json"
    other.write_bytes(path.read_bytes())
    headquarters.session.execute("UPDATE trusted_keys SET centre = 'astana' WHERE centre = 'abai'")
    assert code_of(lambda: accepted(headquarters, other)) == "key_revoked"


def test_a_stolen_old_key_cannot_name_a_second_one(
    centre: Desk, trusting: Desk, tmp_path: Path
) -> None:
    old = centre.workplace.signing_key(centre.session)
    accepted(trusting, stated(centre, centre.workplace.replace_key(centre.session), tmp_path / "1"))

    thief = create_signing_key("astana A", centre.clock.now())
    path = tmp_path / "thief.json"
    path.write_bytes(statement(old, thief))

    assert code_of(lambda: accepted(trusting, path)) == "key_replaced_already"


def statement(old: SigningKey, new: SigningKey, signed_by: SigningKey | None = None) -> bytes:
    said = KeyStatement(
        kind="replacement",
        centre="astana",
        practice=True,
        made_at="2024-05-20T07:00:00.000000Z",
        certificate_der=old.certificate_der,
        new_certificate_der=new.certificate_der,
    )
    return write_statement(said, signed_by or old, new)


def test_a_statement_of_somebody_else_and_every_changed_byte_are_refused(
    centre: Desk, trusting: Desk, tmp_path: Path
) -> None:
    old = centre.workplace.signing_key(centre.session)
    new, thief = (create_signing_key("astana A", centre.clock.now()) for _ in "12")
    path = tmp_path / "word.json"
    path.write_bytes(statement(old, new, signed_by=thief))
    assert code_of(lambda: accepted(trusting, path)) == "signature_wrong"

    data = statement(old, new)
    codes = set()
    for position in range(len(data)):
        changed = bytearray(data)
        changed[position] ^= 1
        path.write_bytes(changed)
        with pytest.raises(KnownError) as refused:
            keys.judge_statement(trusting.session, trusting.actor, path=path)
        codes.add(refused.value.code)
    assert {"statement_malformed", "signature_wrong"} <= codes
    for other in (b"", b"{}", b"[1]", b"[" * 9999, data + b" ", data.replace(b"\n", b"\r\n")):
        path.write_bytes(other)
        assert code_of(lambda: accepted(trusting, path)) in (
            "not_a_statement",
            "statement_malformed",
        )
    path.write_bytes(data.replace(b'statement": 1', b'statement": 3'))
    assert code_of(lambda: accepted(trusting, path)) == "statement_newer"


def test_the_statement_is_what_the_documentation_says(centre: Desk, tmp_path: Path) -> None:
    made = centre.workplace.replace_key(centre.session)
    stored = json.loads(stated(centre, made, tmp_path / "word").read_bytes())

    assert list(stored) == [
        "pravo_key_statement",
        "kind",
        "centre",
        "practice",
        "made_at",
        "certificate",
        "new_certificate",
        "signature",
        "new_signature",
    ]
    signed = "\n".join(
        (
            "pravo-desktop key statement 1",
            "replacement",
            "astana",
            "1",
            stored["made_at"],
            made.fingerprint,
            str(made.new_fingerprint),
            "",
        )
    ).encode()
    certificate = x509.load_der_x509_certificate(b64decode(stored["new_certificate"]))
    verify(public_key_of(certificate), b64decode(stored["new_signature"]), signed)


def test_an_expired_key_names_no_other(centre: Desk, trusting: Desk, tmp_path: Path) -> None:
    made = centre.workplace.replace_key(centre.session)
    path = stated(centre, made, tmp_path / "word")
    trusting.at(2027, 6, 1)
    assert code_of(lambda: accepted(trusting, path)) == "key_expired"
    centre.at(2027, 6, 1)
    assert (
        code_of(lambda: centre.workplace.replace_key(centre.session))
        == "signing_time_outside_certificate"
    )


def test_no_statement_is_signed_with_a_clock_before_the_newest_record(centre: Desk) -> None:
    centre.specialist()
    centre.at(2024, 2, 1)
    assert code_of(lambda: centre.workplace.replace_key(centre.session)) == "clock_behind"
    key = centre.workplace.signing_key(centre.session)
    assert code_of(lambda: keys.revoke_key(centre.session, centre.actor, key=key)) == "clock_behind"


def trusts_headquarters(centre: Desk, fingerprint: str) -> None:
    with centre.session.transaction():
        received_receipts.trust_headquarters(centre.session, centre.actor, fingerprint)


def test_a_coordinators_new_key_is_trusted_by_the_word_of_the_old_one(
    april: Desk, headquarters: Desk, tmp_path: Path
) -> None:
    old = headquarters.fingerprint()
    trusts_headquarters(april, old)
    made = headquarters.workplace.replace_key(headquarters.session)
    new = headquarters.fingerprint()
    path = stated(headquarters, made, tmp_path / "word")
    assert trusted(headquarters)[new].stated_by == old

    def said(desk: Desk, file: Path) -> str:
        return accept_headquarters_statement(desk.session, desk.actor, path=file).status

    assert [said(april, path), said(april, path)] == ["new", "already"]
    key = headquarters.workplace.signing_key(headquarters.session)
    receipt = receipts.make_receipt(
        headquarters.session, headquarters.actor, key=key, centre="astana"
    )
    file = receipts.write_receipt_copy(
        headquarters.session,
        headquarters.actor,
        centre="astana",
        number=receipt.number,
        target=tmp_path,
    )
    taken = received_receipts.import_receipt(april.session, april.actor, path=file)
    assert taken.fingerprint == new

    # Who stole the old key cannot name another, and a lead's statement is not headquarters'.
    lead = stated(april, april.workplace.replace_key(april.session), tmp_path / "lead")
    assert code_of(lambda: said(april, lead)) == "key_of_another_centre"
    stranger = a_centre(tmp_path / "stranger", letter="C")
    assert code_of(lambda: said(stranger, path)) == "statement_of_unknown_key"
    stranger.leave()
    received_receipts.revoke_headquarters(april.session, april.actor, fingerprint=old)
    assert code_of(lambda: said(april, path)) == "key_revoked"


def test_a_coordinators_key_revoked_by_itself_signs_no_receipt_that_a_centre_takes(
    centre: Desk, headquarters: Desk, tmp_path: Path
) -> None:
    old = headquarters.workplace.signing_key(headquarters.session)
    trusts_headquarters(centre, old.fingerprint)
    made = keys.revoke_key(headquarters.session, headquarters.actor, key=old)
    path = stated(headquarters, made, tmp_path / "word")
    taken = accept_headquarters_statement(centre.session, centre.actor, path=path)
    assert (taken.status, taken.kind) == ("new", "revocation")
    assert trusted(headquarters)[old.fingerprint].revoked_at

    new = headquarters.workplace.signing_key(headquarters.session)
    assert new.fingerprint != old.fingerprint
    assert trusted(headquarters)[new.fingerprint].revoked_at is None

    def receipt_signed_by(key: SigningKey) -> str:
        made = receipts.make_receipt(
            headquarters.session, headquarters.actor, key=key, centre="astana"
        )
        file = receipts.write_receipt_copy(
            headquarters.session,
            headquarters.actor,
            centre="astana",
            number=made.number,
            target=tmp_path,
        )
        return received_receipts.judge_receipt(centre.session, centre.actor, path=file).status

    assert code_of(lambda: receipt_signed_by(old)) == "key_revoked"
    assert receipt_signed_by(new) == "untrusted"


def test_a_stolen_coordinators_key_names_no_second_one(
    centre: Desk, headquarters: Desk, tmp_path: Path
) -> None:
    stolen = headquarters.workplace.signing_key(headquarters.session)
    trusts_headquarters(centre, stolen.fingerprint)
    path = stated(
        headquarters, headquarters.workplace.replace_key(headquarters.session), tmp_path / "word"
    )
    accept_headquarters_statement(centre.session, centre.actor, path=path)
    thief = create_signing_key("national A", headquarters.clock.now())
    statement = KeyStatement(
        "replacement",
        "national",
        True,
        headquarters.session.now(),
        stolen.certificate_der,
        thief.certificate_der,
    )
    second = tmp_path / "second.json"
    second.write_bytes(write_statement(statement, stolen, thief))
    refused = code_of(
        lambda: accept_headquarters_statement(centre.session, centre.actor, path=second)
    )
    assert refused == "key_replaced_already"


def test_keys_that_end_soon_are_told_in_time(headquarters: Desk) -> None:
    s, actor = headquarters.session, headquarters.actor
    key = headquarters.workplace.signing_key(s)
    receipts.make_receipt(s, actor, key=key, centre="astana")
    assert keys.keys_ending(s, actor) == keys.KeyTerms(None, None)
    headquarters.at(2027, 4, 20)
    ending = keys.keys_ending(s, actor)
    assert ending.signing is not None and ending.sealing is not None


def test_a_coordinators_key_goes_into_a_file_and_back_and_stays_trusted(
    headquarters: Desk, tmp_path: Path
) -> None:
    before = headquarters.fingerprint()
    path = exported(headquarters, tmp_path)
    headquarters.workplace.replace_key(headquarters.session)
    assert code_of(lambda: imported(headquarters, path)) == "key_revoked"
    newer = exported(headquarters, tmp_path / "newer.p12")
    assert imported(headquarters, newer) == headquarters.fingerprint() != before
    assert trusted(headquarters)[headquarters.fingerprint()].revoked_at is None
