"""What the one-folder build leaves out, strips and adds: used by ``build.spec`` alone."""

import platform
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path, PurePath

from tools.icu_data import smaller_library

Entry = tuple[str, str, str]
"""Destination, source and kind of a collected file, as PyInstaller has them."""

QT_LIBRARIES = (
    "Qt6Core", "Qt6DBus", "Qt6Gui", "Qt6PrintSupport", "Qt6Svg.", "Qt6Widgets", "Qt6XcbQpa",
)  # fmt: skip
"""The part of Qt that our windows ask for; everything else of Qt stays out."""
QT_PLUGINS = {
    "platforms": ("xcb", "offscreen", "windows"),
    "platforminputcontexts": ("compose", "ibus"),
    "printsupport": ("",),
    "styles": ("",),
    "iconengines": ("svg",),
    "imageformats": ("svg", "ico"),
}
QT_TRANSLATIONS = ("qtbase_kk", "qtbase_ru")
LOCALES = ("kk", "ru", "en", "root")
SOFTWARE_OPENGL = ("opengl32sw.dll", "d3dcompiler_47.dll")
"""Windows paints our widgets without either."""
LEFT_TO_SYSTEM = ("libcups.", "libdbus-1.")
_SYSTEM = ("/lib/", "/usr/lib/")
_NEEDED = re.compile(r"^\s+NEEDED\s+(\S+)$", re.MULTILINE)

EXCLUDED_MODULES = (
    # No part of a program that runs.
    "tkinter", "unittest", "doctest", "pydoc", "pdb", "ensurepip", "pip", "setuptools",
    "pkg_resources", "hypothesis", "mypy", "mypyc", "pytest",
    "PySide6.QtDBus", "PySide6.QtNetwork", "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtOpenGL",
    "PIL._avif", "PIL._webp", "PIL._imagingcms", "PIL._imagingmath", "PIL._imagingtk",
    "PIL.ImageQt",
    # The database is SQLCipher's.
    "sqlite3", "_sqlite3",
    # No connection is ever opened; cryptography brings what it needs along.
    "ssl", "_ssl",
    # Old codings of Chinese, Japanese and Korean.
    "_codecs_cn", "_codecs_hk", "_codecs_iso2022", "_codecs_jp", "_codecs_kr", "_codecs_tw",
    "_multibytecodec",
    "lxml.objectify", "lxml.isoschematron", "lxml.html", "lxml.sax",
    # Guesses at the coding of XML that reportlab is given as bytes; ours is never.
    "charset_normalizer",
    # Colours source code on a terminal, which we never print.
    "pygments", "markdown_it", "mdurl",
    "pypdfium2_cli",
)  # fmt: skip

_LICENCE = re.compile(r"licen[cs]e|copying|notice|authors|\bOFL\b", re.IGNORECASE)
_KEPT_HERE = {"pyside6-essentials": "qt", "shiboken6": "qt"}
"""Packages whose files bring no licence along."""


def wanted(entry: Entry) -> bool:
    """Whether a collected file belongs in the folder."""
    path = PurePath(entry[0])
    bare = path.name.removeprefix("lib")
    if bare.startswith("Qt6"):
        return bare.startswith(QT_LIBRARIES)
    if path.suffix in (".po", ".pot", ".pyi") or path.name in SOFTWARE_OPENGL:
        return False
    if path.parent.name == "locale-data":
        return path.stem in LOCALES
    if "default-docx-template" in path.parts:
        # The unpacked form of default.docx beside it.
        return False
    if path.parts[0] == "reportlab":
        # Its own fonts; every document of ours brings Noto Sans along.
        return path.suffix not in (".pfb", ".ttf")
    if "PySide6" not in path.parts:
        return True
    if "plugins" in path.parts:
        return any(name in path.stem for name in QT_PLUGINS.get(path.parent.name, ()))
    if "translations" in path.parts:
        return path.stem in QT_TRANSLATIONS
    return True


def needed(binaries: Iterable[Entry]) -> list[Entry]:
    """The files without libraries of this system that none of the others asks for any more.

    Libraries of printing and of the desktop's bus stay the system's own: they speak with its
    services, and every desktop has them.
    """
    entries = [
        entry for entry in binaries if not PurePath(entry[0]).name.startswith(LEFT_TO_SYSTEM)
    ]
    at = {PurePath(entry[0]).name: entry for entry in entries}
    waiting = [entry for entry in entries if not entry[1].startswith(_SYSTEM)]
    keep = {entry[0] for entry in waiting}
    while waiting:
        for name in _asked_for(waiting.pop()[1]):
            entry = at.get(name)
            if entry is not None and entry[0] not in keep:
                keep.add(entry[0])
                waiting.append(entry)
    return [entry for entry in entries if entry[0] in keep]


def _asked_for(library: str) -> list[str]:
    """Names of the libraries that one names itself; ``objdump`` comes with PyInstaller's needs."""
    if sys.platform != "linux":
        return []
    told = subprocess.run(["objdump", "-p", library], capture_output=True, text=True).stdout
    return _NEEDED.findall(told)


def stripped(binaries: Iterable[Entry], folder: Path) -> list[Entry]:
    """The same files without symbols and debugging data, where this machine can take them out.

    Args:
        folder: for the stripped copies.
    """
    tool = shutil.which("strip") if sys.platform == "linux" else None
    return [_stripped(entry, folder, tool) if tool else entry for entry in binaries]


def _stripped(entry: Entry, folder: Path, tool: str) -> Entry:
    destination, source, kind = entry
    if kind not in ("BINARY", "EXTENSION") or Path(source).is_symlink():
        return entry
    target = folder / destination
    if target.name.startswith("libicudata.") and smaller_library(Path(source), target):
        return (destination, str(target), kind)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(source, target)
    done = subprocess.run([tool, "--strip-unneeded", str(target)], capture_output=True)
    return (destination, str(target), kind) if done.returncode == 0 else entry


def requirements(name: str) -> Iterator[metadata.Distribution]:
    """A distribution and all that it needs at work on this platform, each once."""
    from packaging.requirements import Requirement

    seen: set[str] = set()
    waiting = [name]
    while waiting:
        key = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        if key in seen:
            continue
        seen.add(key)
        found = metadata.distribution(key)
        yield found
        for line in found.requires or ():
            needed = Requirement(line)
            if needed.marker is None or needed.marker.evaluate({"extra": ""}):
                waiting.append(needed.name)


def collect_licences(root: Path, folder: Path, binaries: Iterable[Entry] = ()) -> list[str]:
    """Copy the licence of everything in the build into a folder; returns whose they are.

    Args:
        root: the repository.
        folder: emptied first; one folder for each package.
        binaries: what the build holds; the system's own libraries are among them.

    Raises:
        FileNotFoundError: a package brings no licence and none is kept in ``packaging/licences``.
    """
    shutil.rmtree(folder, ignore_errors=True)
    lines = []
    for one in sorted(requirements("pravo-desktop"), key=lambda found: found.name.lower()):
        key = re.sub(r"[-_.]+", "-", one.name).lower()
        files = [
            Path(str(one.locate_file(file)))
            for file in one.files or ()
            if ".dist-info" in file.parts[0] and _LICENCE.search("/".join(file.parts[1:]))
        ]
        if not files and key in _KEPT_HERE:
            files = sorted((root / "packaging" / "licences" / _KEPT_HERE[key]).iterdir())
        stated = one.metadata.json.get("license_expression") or one.metadata.json.get("license")
        _copy(files, folder / key)
        lines.append(f"{key} {one.version}: {str(stated or 'see the text').splitlines()[0]}")
    _copy(_python_licence(), folder / "python")
    lines.append(f"python {platform.python_version()}: PSF-2.0")
    bootloader = metadata.distribution("pyinstaller")
    found = [one for one in bootloader.files or () if one.name == "COPYING.txt"]
    _copy([Path(str(bootloader.locate_file(one))) for one in found], folder / "pyinstaller")
    lines.append(f"pyinstaller {bootloader.version}: its bootloader alone, see the exception there")
    for package in sorted(_system_packages(source for _, source, _ in binaries)):
        _copy([Path("/usr/share/doc") / package / "copyright"], folder / "system" / package)
        lines.append(f"{package}: library of the system on which this was built")
    (folder / "README.txt").write_text("\n".join(lines) + "\n", "utf-8")
    return [line.split()[0].rstrip(":") for line in lines]


def _copy(files: Iterable[Path], target: Path) -> None:
    target.mkdir(parents=True)
    for path in files:
        shutil.copyfile(path, target / path.name)
    if not any(target.iterdir()):
        raise FileNotFoundError(f"{target.name}: put its licence into packaging/licences")


def _python_licence() -> list[Path]:
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    candidates = (
        Path(sysconfig.get_path("stdlib")) / "LICENSE.txt",
        Path(sys.base_prefix) / "LICENSE.txt",
        Path("/usr/share/doc") / version / "copyright",
    )
    return [path for path in candidates if path.is_file()][:1]


def _system_packages(sources: Iterable[str]) -> set[str]:
    """Debian's packages of the system libraries among these files; none on other systems."""
    paths = [one for one in sources if one.startswith(_SYSTEM)]
    tool = shutil.which("dpkg-query")
    if tool is None or not paths:
        return set()
    either = [form for one in paths for form in (one, one.removeprefix("/usr"))]
    told = subprocess.run([tool, "-S", *either], capture_output=True, text=True).stdout
    return {line.split(":")[0] for line in told.splitlines() if ": " in line}


def version_resource(version: str) -> str:
    """Text of the version resource of the Windows program, as PyInstaller reads it.

    Source: https://learn.microsoft.com/windows/win32/menurc/versioninfo-resource.

    Args:
        version: ``MAJOR.MINOR.PATCH``.
    """
    numbers = (*map(int, version.split(".")), 0)
    strings = {
        "CompanyName": "Pravo Desktop",
        "FileDescription": "Pravo Desktop",
        "FileVersion": version,
        "InternalName": "pravo-desktop",
        "LegalCopyright": "MIT",
        "OriginalFilename": "pravo-desktop.exe",
        "ProductName": "Pravo Desktop",
        "ProductVersion": version,
    }
    listed = ", ".join(f"StringStruct({key!r}, {text!r})" for key, text in strings.items())
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3F, "
        "flags=0, OS=0x40004, fileType=1, subtype=0, date=(0, 0)), kids=["
        f"StringFileInfo([StringTable('040904B0', [{listed}])]), "
        "VarFileInfo([VarStruct('Translation', [1033, 1200])])])\n"
    )
