"""Asks LibreOffice itself whether it finds the signature of a file valid."""

import json
import os
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path
from uuid import uuid4

_SYSTEM_PYTHON = "/usr/bin/python3"
"""Debian's python3-uno belongs to it."""

_QUESTION = """
import json, sys, time
import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.lang import DisposedException

READ = 1
pipe, paths = sys.argv[1], sys.argv[2:]
own = uno.getComponentContext()
resolver = own.ServiceManager.createInstanceWithContext(
    "com.sun.star.bridge.UnoUrlResolver", own
)
deadline = time.monotonic() + 90
while True:
    try:
        office = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        break
    except NoConnectException:
        if time.monotonic() > deadline:
            raise
        time.sleep(0.1)


def service(name):
    return office.ServiceManager.createInstanceWithContext(name, office)


storages = service("com.sun.star.embed.StorageFactory")
signatures = service("com.sun.star.security.DocumentDigitalSignatures")
zip_format = PropertyValue()
zip_format.Name, zip_format.Value = "StorageFormat", "ZipFormat"
answers = []
for path in paths:
    options = uno.Any("[]com.sun.star.beans.PropertyValue", (zip_format,))
    url = uno.systemPathToFileUrl(path)
    storage = uno.invoke(storages, "createInstanceWithArguments", ((url, READ, options),))
    found = signatures.verifyDocumentContentSignatures(storage, None)
    answers.append([bool(each.SignatureIsValid) for each in found])
print(json.dumps(answers))
try:
    service("com.sun.star.frame.Desktop").terminate()
except DisposedException:
    pass
"""


def signatures_found_valid(files: Sequence[Path], folder: Path) -> list[list[bool]]:
    """For each file, whether LibreOffice finds each of its signatures valid; no signature: [].

    Args:
        files: absolute paths.
        folder: an empty folder for LibreOffice's settings, of this test alone.

    Raises:
        FileNotFoundError: LibreOffice is not installed.
        subprocess.CalledProcessError: it did not answer, or python3-uno is missing.
    """
    # LibreOffice's very first start on a busy computer may end before it answers; not the second.
    try:
        return _asked(files, folder / "first")
    except subprocess.CalledProcessError:
        return _asked(files, folder / "second")


def _asked(files: Sequence[Path], profile: Path) -> list[list[bool]]:
    pipe = f"pravo{uuid4().hex}"
    office = subprocess.Popen(
        [
            "soffice",
            "--headless",
            "--norestore",
            "--nologo",
            f"-env:UserInstallation={profile.as_uri()}",
            f"--accept=pipe,name={pipe};urp;StarOffice.ComponentContext",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        answer = subprocess.run(
            [_SYSTEM_PYTHON, "-c", _QUESTION, pipe, *map(str, files)],
            check=True,
            capture_output=True,
            text=True,
            timeout=180,
        )
        office.wait(timeout=60)
    finally:
        if office.poll() is None:
            os.killpg(office.pid, signal.SIGKILL)
            office.wait()
    found: list[list[bool]] = json.loads(answer.stdout)
    return found
