"""Makes the key of releases and signs a release with it: ``docs/release.md`` says when.

The private key stays with its keeper: it is never written into the repository.
"""

import argparse
import sys
from getpass import getpass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from pravo_desktop import BUILT_ON, __version__
from pravo_desktop.update import LIST, SIGNATURE, check_release, describe_release, sign_release

ROOT = Path(__file__).resolve().parents[1]
PUBLIC_KEY = ROOT / "resources" / "release_key.pem"


def make_key(private: Path, password: bytes, public: Path = PUBLIC_KEY) -> None:
    """Write a new key pair: the private half encrypted, the public half into the program.

    Args:
        private: file outside the repository, not there yet.

    Raises:
        ValueError: the private key would lie in the repository, or a key is there already.
    """
    if ROOT in private.resolve().parents:
        raise ValueError("keep the private key outside the repository")
    if private.exists() or public.exists():
        raise ValueError("there is a key already; docs/release.md says how it is replaced")
    key = Ed25519PrivateKey.generate()
    encryption = BestAvailableEncryption(password)
    private.touch(mode=0o600)
    private.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption))
    public.write_bytes(
        key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    )


def sign(
    folder: Path,
    private: Path,
    password: bytes,
    *,
    start: str,
    system: str,
    public: Path = PUBLIC_KEY,
) -> None:
    """Write a release's list and signature into its folder, and verify them as a user does.

    Args:
        start: path in the folder of the installer, or of the program.
        system: ``windows`` or ``linux``.
    """
    key = load_pem_private_key(private.read_bytes(), password)
    assert isinstance(key, Ed25519PrivateKey)
    listed = describe_release(
        folder, version=__version__, built_on=BUILT_ON.isoformat(), system=system, start=start
    )
    (folder / LIST).write_bytes(listed)
    (folder / SIGNATURE).write_bytes(sign_release(listed, key))
    check_release(folder, key=public, system={"windows": "win32"}.get(system, system))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    making = commands.add_parser("make-key")
    making.add_argument("private", type=Path)
    signing = commands.add_parser("sign")
    signing.add_argument("folder", type=Path)
    signing.add_argument("--key", type=Path, required=True)
    signing.add_argument("--start", required=True)
    signing.add_argument("--system", choices=("windows", "linux"), required=True)
    given = parser.parse_args()
    password = getpass("Password of the release key: ").encode()
    if given.command == "make-key":
        make_key(given.private, password)
    else:
        sign(given.folder, given.key, password, start=given.start, system=given.system)


if __name__ == "__main__":
    try:
        main()
    except ValueError as error:
        sys.exit(str(error))
