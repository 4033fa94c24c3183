"""A release on a USB stick: whether the makers of this program signed it, and its version.

A release is a folder with ``release.json``, the list of all its files, and ``release.json.sig``, a
detached Ed25519 signature over just these bytes. `docs/release.md` specifies both.
"""

import hashlib
import json
import re
import shutil
import sys
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from pravo_desktop import __version__
from pravo_desktop.errors import KnownError
from pravo_desktop.i18n import Translator
from pravo_desktop.paths import resources_folder

LIST: Final = "release.json"
SIGNATURE: Final = "release.json.sig"
FORMAT: Final = 1
PROGRAM: Final = "pravo-desktop"
SYSTEMS: Final = {"win32": "windows", "linux": "linux"}
LARGEST_LIST: Final = 4 * 1024 * 1024
"""Bytes of a list; a release of 1,500 files has some 250 KB."""
_VERSION = re.compile(r"\d{1,4}\.\d{1,4}\.\d{1,4}")
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Release:
    """A release whose signature and files were found right.

    Args:
        version: ``MAJOR.MINOR.PATCH``; ``newer`` than the running program, or the same.
        built_on: ISO 8601 day.
        system: ``windows`` or ``linux``.
        start: the file to run, an installer on Windows and the program itself elsewhere.
    """

    version: str
    newer: bool
    built_on: str
    system: str
    folder: Path
    start: Path


def check_release(
    place: Path, *, key: Path | None = None, running: str = __version__, system: str = sys.platform
) -> Release:
    """Verify a release: first its signature, then each file; nothing in it is run or changed.

    Args:
        place: the release's folder, or a file in it.
        key: PEM of the makers' public key; the one this program was built with if left out.
        running: version of the program that asks.
        system: as ``sys.platform``.

    Raises:
        KnownError: ``release_key_missing`` when this program was built without one;
            ``release_not_found``; ``release_unsigned``; ``release_signature_wrong``;
            ``release_malformed``; ``release_file_missing``, ``release_file_changed``,
            ``release_file_added`` (``file``); ``release_other_system`` (``system``);
            ``release_older`` (``version``, ``running``).
    """
    public = _public_key(key or resources_folder() / "release_key.pem")
    folder = place if place.is_dir() else place.parent
    listed = _read(folder / LIST)
    if listed is None:
        raise KnownError("release_not_found", folder=folder.name)
    signature = _read(folder / SIGNATURE)
    if signature is None:
        raise KnownError("release_unsigned", folder=folder.name)
    try:
        public.verify(b64decode(signature.strip(), validate=True), listed)
    except (InvalidSignature, ValueError) as error:
        raise KnownError("release_signature_wrong", folder=folder.name) from error
    stated = _stated(listed)
    _compare(folder, stated["files"])
    wanted = SYSTEMS.get(system, system)
    if stated["system"] != wanted:
        raise KnownError("release_other_system", system=stated["system"])
    version = str(stated["version"])
    if as_numbers(version) < as_numbers(running):
        raise KnownError("release_older", version=version, running=running)
    return Release(
        version,
        as_numbers(version) > as_numbers(running),
        str(stated["built_on"]),
        wanted,
        folder,
        folder / str(stated["start"]),
    )


def copy_release(release: Release, target: Path, *, key: Path | None = None) -> Release:
    """Copy a release from its stick and verify the copy, which nobody can change afterwards.

    Args:
        target: a folder that is not there yet, of this person alone.
        key: as in `check_release`.

    Raises:
        KnownError: as `check_release`; ``release_not_started`` where there is no room.
    """
    try:
        shutil.copytree(release.folder, target, symlinks=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise KnownError("release_not_started", file=release.start.name, reason=reason) from error
    return check_release(target, key=key)


def release_text(t: Translator, release: Release) -> str:
    """What a person is told of a release that was found right, and what to do next."""
    found = t.text(
        "Version {version} of {day} is genuine: the makers of the program signed it, and no file "
        "was changed.",
        version=release.version,
        day=t.date(date.fromisoformat(release.built_on)),
    )
    if not release.newer:
        return f"{found}\n{t.text('This computer has it already.')}"
    step = (
        t.text(
            "Close the program and run {file}. The data stays where it is and is backed up before "
            "the new version changes it.",
            file=str(release.start),
        )
        if release.system == "windows"
        else t.text(
            "Close the program and put the folder {folder} in the place of the installed one. The "
            "data stays where it is and is backed up before the new version changes it.",
            folder=str(release.start.parent),
        )
    )
    return f"{found}\n{step}"


def describe_release(
    folder: Path, *, version: str, built_on: str, system: str, start: str
) -> bytes:
    """The bytes of a release's list, to be signed; a signature in the folder is left out.

    Args:
        start: path in the folder of the file to run.

    Raises:
        KnownError: ``release_malformed`` when a program with this code would refuse the list.
    """
    files = {
        name: {"sha256": _digest(folder / name), "size": (folder / name).stat().st_size}
        for name in sorted(_files(folder) - {LIST, SIGNATURE})
    }
    content = {
        "format": FORMAT,
        "program": PROGRAM,
        "version": version,
        "built_on": built_on,
        "system": system,
        "start": start,
        "files": files,
    }
    listed = (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()
    _stated(listed)
    return listed


def sign_release(listed: bytes, key: Ed25519PrivateKey) -> bytes:
    """The content of the signature file."""
    return b64encode(key.sign(listed)) + b"\n"


def as_numbers(version: str) -> tuple[int, ...]:
    """``0.12.3`` as numbers that can be compared."""
    return tuple(map(int, version.split(".")))


def _public_key(path: Path) -> Ed25519PublicKey:
    data = _read(path)
    if data is None:
        raise KnownError("release_key_missing")
    try:
        key = load_pem_public_key(data)
    except ValueError as error:
        raise KnownError("release_key_missing") from error
    if not isinstance(key, Ed25519PublicKey):
        raise KnownError("release_key_missing")
    return key


def _read(path: Path) -> bytes | None:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_LIST + 1)
    except OSError:
        return None


def _stated(listed: bytes) -> Mapping[str, Any]:
    try:
        if len(listed) > LARGEST_LIST:
            raise ValueError("too long")
        stated = json.loads(listed)
        files = stated["files"]
        right = (
            stated["format"] == FORMAT
            and stated["program"] == PROGRAM
            and _VERSION.fullmatch(stated["version"]) is not None
            and stated["system"] in SYSTEMS.values()
            and date.fromisoformat(stated["built_on"]).isoformat() == stated["built_on"]
            and stated["start"] in files
            and all(_is_inside(name) and _is_file(said) for name, said in files.items())
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise KnownError("release_malformed") from error
    if not right:
        raise KnownError("release_malformed")
    return dict(stated)


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return (
        bool(path.parts)
        and not path.is_absolute()
        and ".." not in path.parts
        and not re.search(r'[\\:*?"<>|\x00-\x1f]', name)
        and str(path) == name
    )


def _is_file(said: Any) -> bool:
    return _DIGEST.fullmatch(said["sha256"]) is not None and type(said["size"]) is int


def _files(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_symlink() or not path.is_dir()
    }


def _compare(folder: Path, files: Mapping[str, Mapping[str, Any]]) -> None:
    """Compare every file; one that is not listed could be loaded by the one that is run."""
    added = sorted(_files(folder) - files.keys() - {LIST, SIGNATURE})
    if added:
        raise KnownError("release_file_added", file=added[0])
    for name, said in files.items():
        path = folder / name
        if path.is_symlink() or not path.is_file():
            raise KnownError("release_file_missing", file=name)
        if path.stat().st_size != said["size"] or _digest(path) != said["sha256"]:
            raise KnownError("release_file_changed", file=name)


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise KnownError("release_file_missing", file=path.name) from error
