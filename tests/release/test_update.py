"""A new version on a stick is taken for genuine only when its makers signed just these files."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from pravo_desktop import __version__
from pravo_desktop.errors import KnownError
from pravo_desktop.i18n import Translator
from pravo_desktop.messages import translate_error
from pravo_desktop.update import (
    LIST,
    SIGNATURE,
    check_release,
    describe_release,
    release_text,
    sign_release,
)
from tests.cli.driver import Driver
from tools.release import make_key, sign

KEY = Ed25519PrivateKey.generate()
"""Of these tests alone."""


@pytest.fixture
def public(tmp_path: Path) -> Path:
    """The public half, as a program would have been built with it."""
    path = tmp_path / "release_key.pem"
    path.write_bytes(KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return path


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """The release 9.0.0 for Windows."""
    folder = tmp_path / "жаңа нұсқа"
    (folder / "inner").mkdir(parents=True)
    (folder / "setup.exe").write_bytes(b"installer")
    (folder / "inner" / "оқы.txt").write_bytes(b"read me")
    publish(folder, "9.0.0")
    return folder


def publish(folder: Path, version: str, key: Ed25519PrivateKey = KEY) -> None:
    listed = describe_release(
        folder, version=version, built_on="2027-03-01", system="windows", start="setup.exe"
    )
    (folder / LIST).write_bytes(listed)
    (folder / SIGNATURE).write_bytes(sign_release(listed, key))


def refusal(place: Path, key: Path, system: str = "win32") -> str:
    with pytest.raises(KnownError) as refused:
        check_release(place, key=key, running="1.2.3", system=system)
    for language in ("kk", "ru"):
        assert translate_error(Translator(language), refused.value)
    return refused.value.code


def test_a_genuine_version_is_named_with_the_file_to_run(stick: Path, public: Path) -> None:
    for place in (stick, stick / "setup.exe", stick / LIST):
        found = check_release(place, key=public, running="1.2.3", system="win32")
        assert (found.version, found.newer, found.start) == ("9.0.0", True, stick / "setup.exe")
    assert "setup.exe" in release_text(Translator("ru"), found)
    same = check_release(stick, key=public, running="9.0.0", system="win32")
    assert not same.newer
    assert "setup.exe" not in release_text(Translator("kk"), same)


def resign(stick: Path, change: Callable[[dict[str, object]], object]) -> None:
    content = json.loads((stick / LIST).read_bytes())
    change(content)
    listed = json.dumps(content).encode()
    (stick / LIST).write_bytes(listed)
    (stick / SIGNATURE).write_bytes(sign_release(listed, KEY))


DAMAGES: dict[str, Callable[[Path], object]] = {
    "release_not_found": lambda stick: (stick / LIST).unlink(),
    "release_unsigned": lambda stick: (stick / SIGNATURE).unlink(),
    "release_signature_wrong": lambda stick: publish(stick, "9.0.0", Ed25519PrivateKey.generate()),
    "release_file_changed": lambda stick: (stick / "setup.exe").write_bytes(b"Installer"),
    "release_file_missing": lambda stick: (stick / "inner" / "оқы.txt").unlink(),
    "release_file_added": lambda stick: (stick / "version.dll").write_bytes(b"loaded beside"),
    "release_older": lambda stick: publish(stick, "1.2.2"),
    "release_malformed": lambda stick: resign(stick, lambda one: one.pop("files")),
}


@pytest.mark.parametrize("code", DAMAGES)
def test_whatever_is_not_genuine_is_refused_by_name(code: str, stick: Path, public: Path) -> None:
    DAMAGES[code](stick)
    assert refusal(stick, public) == code


@pytest.mark.parametrize("part", [LIST, SIGNATURE])
def test_no_byte_of_the_list_or_its_signature_can_be_changed(
    part: str, stick: Path, public: Path
) -> None:
    whole = (stick / part).read_bytes()
    for position in range(len(whole.rstrip())):
        changed = bytearray(whole)
        changed[position] ^= 0x01
        (stick / part).write_bytes(changed)
        assert refusal(stick, public) == "release_signature_wrong", position


@pytest.mark.parametrize("part", [LIST, SIGNATURE])
def test_neither_the_list_nor_its_signature_can_be_cut_off(
    part: str, stick: Path, public: Path
) -> None:
    whole = (stick / part).read_bytes().rstrip()
    for length in range(len(whole)):
        (stick / part).write_bytes(whole[:length])
        assert refusal(stick, public) == "release_signature_wrong", length


def test_in_both_languages_a_person_is_told_not_to_install_what_is_forged_and_what_is_older(
    stick: Path, public: Path
) -> None:
    def told(language: str) -> str:
        with pytest.raises(KnownError) as refused:
            check_release(stick, key=public, running="1.2.3", system="win32")
        return translate_error(Translator(language), refused.value)

    publish(stick, "9.0.0", Ed25519PrivateKey.generate())
    assert "Орнатпаңыз" in told("kk") and "Не устанавливайте" in told("ru")
    publish(stick, "9.0.0")
    (stick / "setup.exe").write_bytes(b"inst")
    assert "setup.exe" in told("kk") and "Орнатпаңыз" in told("kk")
    assert "setup.exe" in told("ru") and "Не устанавливайте" in told("ru")
    publish(stick, "1.2.2")
    for language in ("kk", "ru"):
        assert "1.2.2" in told(language) and "1.2.3" in told(language)


@pytest.mark.parametrize("name", ["../outside", "/etc/passwd", "a/../b", "C:x", "a\\b", "", "a//b"])
def test_a_signed_list_still_cannot_name_a_file_outside(
    name: str, stick: Path, public: Path
) -> None:
    def put(content: dict[str, object]) -> None:
        files = content["files"]
        assert isinstance(files, dict)
        files[name] = {"sha256": "0" * 64, "size": 0}

    resign(stick, put)
    assert refusal(stick, public) == "release_malformed"


def test_a_link_in_the_place_of_a_file_is_refused(stick: Path, public: Path) -> None:
    target = stick.parent / "elsewhere"
    target.write_bytes(b"installer")
    (stick / "setup.exe").unlink()
    (stick / "setup.exe").symlink_to(target)
    assert refusal(stick, public) == "release_file_missing"


def test_a_version_for_another_system_is_refused(stick: Path, public: Path) -> None:
    assert refusal(stick, public, "linux") == "release_other_system"


def test_a_program_without_a_release_key_takes_nothing_for_genuine(
    stick: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.pem"
    assert refusal(stick, other) == "release_key_missing"
    other.write_bytes(
        generate_private_key(SECP256R1())
        .public_key()
        .public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    )
    assert refusal(stick, other) == "release_key_missing"


def test_the_makers_sign_with_a_key_that_stays_outside_the_repository(
    stick: Path, tmp_path: Path
) -> None:
    private, public, password = tmp_path / "kept", tmp_path / "public.pem", b"of the keeper"
    make_key(private, password, public)
    assert b"ENCRYPTED" in private.read_bytes()
    assert private.stat().st_mode & 0o077 == 0
    sign(stick, private, password, start="setup.exe", system="windows", public=public)
    found = check_release(stick, key=public, system="win32")
    assert found.version == __version__ and not found.newer
    with pytest.raises(ValueError, match="there is a key already"):
        make_key(tmp_path / "second", password, public)
    with pytest.raises(ValueError, match="outside the repository"):
        make_key(Path(__file__).with_name("kept"), password, tmp_path / "third.pem")


def test_the_command_line_says_what_a_version_is(
    driver: Driver, stick: Path, public: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pravo_desktop.update.resources_folder", lambda: public.parent)
    monkeypatch.setattr("pravo_desktop.update.SYSTEMS", {"linux": "windows", "win32": "windows"})
    told = driver.run("--json", "update", "--check", stick)
    assert (told.status, told.json["version"], told.json["newer"]) == (0, "9.0.0", True)
    assert told.json["running"] == __version__
    (stick / "setup.exe").write_bytes(b"changed")
    refused = driver.run("--json", "update", "--check", stick)
    assert (refused.status, refused.json["code"]) == (1, "release_file_changed")
