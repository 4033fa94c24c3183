"""A lead learns that a key was stolen after it was replaced: the one that follows it revokes it."""

import json
from base64 import b64decode, b64encode
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pravo_desktop.errors import KnownError
from pravo_desktop.security.certificates import SigningKey, create_signing_key
from pravo_desktop.security.key_statement import KeyStatement, read_statement, write_statement
from pravo_desktop.usecases import keys, received_receipts, trust
from pravo_desktop.usecases.headquarters_keys import accept_headquarters_statement
from pravo_desktop.usecases.packages import export_package
from pravo_desktop.usecases.replaced_keys import replaced_keys, revoke_replaced_key
from tests.usecases.factories import Desk, a_centre
from tests.usecases.refusals import code_of


@pytest.fixture
def trusting(headquarters: Desk, centre: Desk) -> Desk:
    headquarters.trusts(centre)
    return headquarters


def present_key(desk: Desk) -> SigningKey:
    return desk.workplace.signing_key(desk.session)


def replaced(desk: Desk) -> SigningKey:
    """Replaces the key and returns the old one, as who stole it has it."""
    old = present_key(desk)
    desk.workplace.replace_key(desk.session)
    return old


def named(desk: Desk, key: SigningKey, folder: Path) -> Path:
    return keys.write_key_statement(
        desk.session, desk.actor, fingerprint=key.fingerprint, target=folder
    )


def revoked(desk: Desk, key: SigningKey, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    return revoke_replaced_key(
        desk.session,
        desk.actor,
        key=present_key(desk),
        replaced=key.fingerprint,
        target=folder,
    )


def accepted(desk: Desk, path: Path) -> keys.JudgedStatement:
    return keys.accept_statement(desk.session, desk.actor, path=path)


def when_revoked(desk: Desk, key: SigningKey) -> str | None:
    found = {one.fingerprint: one for one in trust.trusted_keys(desk.session, desk.actor)}
    return found[key.fingerprint].revoked_at


def test_what_a_replaced_key_signed_is_refused_once_its_successor_revoked_it(
    centre: Desk, trusting: Desk, tmp_path: Path
) -> None:
    centre.case(on=date(2024, 4, 9), specialist=centre.specialist("lawyer"))
    centre.close("2024-04", {"media": "no_activity"})
    centre.export("2024-04")
    received_before = centre.copy(1, tmp_path / "before")
    old = replaced(centre)
    accepted(trusting, named(centre, old, tmp_path))
    assert [one.status for one in trusting.receive(received_before)] == ["accepted"]
    # Who has the old key and its password signs with it, and with an old signing time.
    centre.case(on=date(2024, 5, 3), specialist=centre.specialist("mediator"))
    export_package(centre.session, centre.actor, key=old, month="2024-04", amendment=True)
    stolen = centre.copy(2, tmp_path / "stolen")

    path = revoked(centre.at(2024, 9, 2), old, tmp_path / "word")
    assert path.name.startswith("pravo-astana-A-revocation-")
    trusting.at(2024, 9, 3)
    judged = keys.judge_statement(trusting.session, trusting.actor, path=path)
    said = (judged.status, judged.kind, judged.fingerprint, judged.new_fingerprint)
    assert said == ("new", "revocation", old.fingerprint, None)
    assert [accepted(trusting, path).status for _ in "12"] == ["new", "already"]

    (refused,) = trusting.receive(stolen)
    assert (refused.status, refused.code) == ("refused", "key_revoked")
    assert trusting.count("received_packages") == 1, "what was accepted before stays"
    assert when_revoked(trusting, present_key(centre)) is None
    (entry,) = centre.session.all(
        "SELECT record_id FROM audit_entries WHERE action = 'signing_key_revoked'"
    )
    assert entry["record_id"] == old.fingerprint


def test_the_first_of_several_keys_is_revoked_by_the_last_also_where_none_between_is_known(
    centre: Desk, trusting: Desk, tmp_path: Path
) -> None:
    first, second, third = replaced(centre), replaced(centre), replaced(centre)
    listed = [one.fingerprint for one in replaced_keys(centre.session, centre.actor)]
    assert listed == [one.fingerprint for one in (third, second, first)]

    assert accepted(trusting, revoked(centre, first, tmp_path)).status == "new"
    assert when_revoked(trusting, first)
    assert code_of(lambda: accepted(trusting, revoked(centre, second, tmp_path))) == (
        "statement_of_unknown_key"
    )


def test_a_coordinators_replaced_key_is_revoked_at_headquarters_and_in_the_centres(
    centre: Desk, headquarters: Desk, tmp_path: Path
) -> None:
    old = replaced(headquarters)
    with centre.session.transaction():
        received_receipts.trust_headquarters(centre.session, centre.actor, old.fingerprint)
    accept_headquarters_statement(
        centre.session, centre.actor, path=named(headquarters, old, tmp_path)
    )

    path = revoked(headquarters, old, tmp_path / "word")

    assert when_revoked(headquarters, old)
    said = accept_headquarters_statement(centre.session, centre.actor, path=path)
    assert (said.status, said.kind, said.fingerprint) == ("new", "revocation", old.fingerprint)
    held = centre.session.all("SELECT fingerprint, revoked_at FROM trusted_headquarters")
    assert {one["fingerprint"] for one in held if one["revoked_at"]} == {old.fingerprint}


def test_a_key_that_does_not_follow_another_does_not_revoke_it(
    centre: Desk, trusting: Desk, tmp_path: Path
) -> None:
    old = replaced(centre)
    present = present_key(centre)
    assert code_of(lambda: revoked(centre, present, tmp_path)) == "key_not_replaced"
    stranger = create_signing_key("astana A", centre.clock.now())
    assert code_of(lambda: revoked(centre, stranger, tmp_path)) == "key_not_replaced"
    keys.revoke_key(centre.session, centre.actor, key=present)
    assert not replaced_keys(centre.session, centre.actor)
    assert code_of(lambda: revoked(centre, old, tmp_path)) == "key_not_replaced"
    assert not list(tmp_path.glob("*.json"))


def test_an_old_key_in_a_file_is_taken_in_elsewhere_and_revokes_itself(
    centre: Desk, trusting: Desk, tmp_path: Path
) -> None:
    old, word = present_key(centre), "keep this apart 12"
    file = keys.export_key(
        centre.session, centre.actor, key=old, password=word, target=tmp_path / "old.p12"
    )
    accepted(trusting, named(centre, replaced(centre), tmp_path))
    laptop = a_centre(tmp_path / "laptop", letter="B")
    try:
        laptop.workplace.import_key(laptop.session, path=file, password=word)
        keys.revoke_key(laptop.session, laptop.actor, key=present_key(laptop))
        path = named(laptop, old, tmp_path / "word.json")
    finally:
        laptop.leave()
    assert accepted(trusting, path).kind == "revocation"
    assert when_revoked(trusting, old)


@pytest.fixture
def word(centre: Desk, trusting: Desk, tmp_path: Path) -> Path:
    """The revocation of a replaced key that headquarters trusts."""
    return revoked(centre, replaced(centre), tmp_path / "word")


def test_a_forged_or_reordered_succession_revokes_nothing(
    centre: Desk, trusting: Desk, tmp_path: Path
) -> None:
    first, second = replaced(centre), replaced(centre)
    true = read_statement(revoked(centre, first, tmp_path).read_bytes())
    thief = create_signing_key("astana A", centre.clock.now())
    by_thief = replace(true, certificate_der=second.certificate_der, succession=())
    own = write_statement(
        replace(
            by_thief,
            kind="replacement",
            certificate_der=thief.certificate_der,
            new_certificate_der=second.certificate_der,
        ),
        thief,
        second,
    )
    path = tmp_path / "forged.json"

    def refused(statement: KeyStatement, key: SigningKey) -> str:
        path.write_bytes(forged(statement, key))
        return code_of(lambda: accepted(trusting, path))

    assert refused(true, thief) == "signature_wrong"
    assert refused(true, second) == "signature_wrong", "a key between is not the one that speaks"
    present = present_key(centre)
    for steps in (
        true.succession[::-1],
        true.succession[1:],
        (*true.succession, own),
        (revoked(centre, second, tmp_path).read_bytes(), *true.succession),
        (true.succession[0], true.succession[0]),
    ):
        assert refused(replace(true, succession=steps), present) == "statement_malformed"
    for changed in (replace(true, centre="abai"), replace(true, practice=False)):
        assert refused(changed, present) == "statement_malformed"
    assert when_revoked(trusting, first) is None


def forged(statement: KeyStatement, key: SigningKey) -> bytes:
    """The file that somebody who does not mind the rules writes with a key of theirs."""
    at_rest = replace(statement, succession=())
    stored = json.loads(write_statement(at_rest, key, None))
    signed = "\n".join(
        (
            "pravo-desktop key statement 2",
            statement.kind,
            statement.centre,
            str(int(statement.practice)),
            statement.made_at,
            statement.fingerprint,
            key.fingerprint,
            "",
        )
    )
    stored |= {
        "pravo_key_statement": 2,
        "signature": b64encode(key.sign(signed.encode())).decode(),
        "succession": [b64encode(one).decode() for one in statement.succession],
    }
    return json.dumps(stored, indent=1).encode() + b"\n"


def test_the_revocation_is_what_the_documentation_says(
    centre: Desk, trusting: Desk, tmp_path: Path
) -> None:
    old = replaced(centre)
    true = revoked(centre, old, tmp_path / "word").read_bytes()
    stored = json.loads(true)
    again = json.loads(forged(read_statement(true), present_key(centre)))
    assert list(stored) == list(again)
    assert {k: v for k, v in stored.items() if k != "signature"} == {
        k: v for k, v in again.items() if k != "signature"
    }
    assert [b64decode(one) for one in stored["succession"]] == [
        named(centre, old, tmp_path).read_bytes()
    ]
    path = tmp_path / "by_the_page.json"
    path.write_bytes(forged(read_statement(true), present_key(centre)))
    assert accepted(trusting, path).status == "new"


def test_every_changed_byte_of_the_revocation_is_refused(word: Path, trusting: Desk) -> None:
    data = word.read_bytes()
    for position in range(0, len(data), 7):
        changed = bytearray(data)
        changed[position] ^= 1
        word.write_bytes(changed)
        with pytest.raises(KnownError):
            keys.judge_statement(trusting.session, trusting.actor, path=word)
    word.write_bytes(data.replace(b'statement": 2', b'statement": 3', 1))
    assert code_of(lambda: accepted(trusting, word)) == "statement_newer"
    word.write_bytes(data.replace(b'statement": 2', b'statement": 1', 1))
    assert code_of(lambda: accepted(trusting, word)) == "statement_malformed"


def test_no_replaced_key_is_revoked_with_a_clock_before_the_newest_record_or_on_a_gone_drive(
    centre: Desk, tmp_path: Path
) -> None:
    old = replaced(centre)
    gone = tmp_path / "gone" / "word.json"
    refused = code_of(
        lambda: revoke_replaced_key(
            centre.session,
            centre.actor,
            key=present_key(centre),
            replaced=old.fingerprint,
            target=gone,
        )
    )
    assert refused == "drive_gone"
    assert centre.count("audit_entries", "action = 'signing_key_revoked'") == 0
    centre.specialist()
    centre.at(2024, 2, 1)
    assert code_of(lambda: revoked(centre, old, tmp_path)) == "clock_behind"
