"""The scripts that make the Windows program, as far as a machine without Windows can tell."""

import ast
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from exports.package.sealed import SUFFIX
from pravo_desktop import __version__
from tools.bundle import EXCLUDED_MODULES, version_resource, wanted

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = (ROOT / "packaging" / "pravo.iss").read_text("utf-8-sig")
SECTIONS = {
    "Setup", "Languages", "LangOptions", "CustomMessages", "Tasks", "InstallDelete", "Files",
    "Icons", "Registry", "Run", "Code",
}  # fmt: skip
PARAMETERS = {
    "Languages": {"Name", "MessagesFile"},
    "Tasks": {"Name", "Description", "Flags"},
    "InstallDelete": {"Type", "Name"},
    "Files": {"Source", "DestDir", "Flags"},
    "Icons": {"Name", "Filename", "Tasks"},
    "Registry": {"Root", "Subkey", "ValueType", "ValueName", "ValueData", "Flags"},
    "Run": {"Filename", "Description", "Flags"},
}


def sections() -> dict[str, list[str]]:
    """Lines of each section of the Inno Setup script, without comments and directives."""
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in SCRIPT.splitlines():
        head = re.fullmatch(r"\[(\w+)\]", line)
        if head:
            assert head[1] not in found, f"twice: {head[1]}"
            lines = found.setdefault(head[1], [])
        elif line.strip() and not line.startswith((";", "#")) and not line.startswith("  #"):
            lines.append(line)
    return found


def setup() -> dict[str, str]:
    return dict(line.split("=", 1) for line in sections()["Setup"])


def test_every_section_and_parameter_of_the_installer_is_one_that_inno_setup_has() -> None:
    found = sections()
    assert found.keys() == SECTIONS
    for section, allowed in PARAMETERS.items():
        for line in found[section]:
            names = re.findall(r'(?:^|; )(\w+): (?:"(?:[^"]|"")*"|[\w ]+)', line)
            rebuilt = re.sub(r'(?:^|; )\w+: (?:"(?:[^"]|"")*"|[\w ]+)', "", line)
            assert not rebuilt, (section, rebuilt)
            assert names and set(names) <= allowed, (section, line)


def test_it_installs_for_one_user_without_an_administrator_on_a_supported_windows() -> None:
    said = setup()
    assert said["PrivilegesRequired"] == "lowest"
    assert said["DefaultDirName"].startswith("{localappdata}")
    assert said["MinVersion"] == "10.0.17763"
    assert said["AppVersion"] == "{#AppVersion}"
    assert __version__ not in SCRIPT
    assert all(line.startswith("Root: HKCU;") for line in sections()["Registry"])


def test_every_word_of_it_is_there_in_both_languages() -> None:
    words = [line.split("=", 1)[0].split(".") for line in sections()["CustomMessages"]]
    by_language = {
        language: {name for one, name in words if one == language} for language in ("kk", "ru")
    }
    assert by_language["kk"] == by_language["ru"]
    used = set(re.findall(r"\{cm:(\w+)\}|CustomMessage\('(\w+)'\)", SCRIPT))
    assert {first or second for first, second in used} == by_language["kk"]


def test_sealed_packages_belong_to_the_program() -> None:
    assert f"Classes\\{SUFFIX}" in SCRIPT


def test_an_update_and_removal_leave_the_data_unless_asked() -> None:
    """The data folder is not under the program's; what is deleted at an update is."""
    assert all("{app}" in line for line in sections()["InstallDelete"])
    code = "\n".join(sections()["Code"])
    assert code.count("DelTree") == 1
    assert code.index("MB_DEFBUTTON2, IDNO) = IDYES") < code.index("DelTree")
    assert "not UninstallSilent" in code
    assert "[UninstallDelete]" not in SCRIPT


@pytest.fixture(scope="module")
def workflow() -> Any:
    return yaml.safe_load((ROOT / ".github" / "workflows" / "windows.yml").read_text("utf-8"))


def test_the_windows_workflow_tests_builds_starts_and_packs(workflow: Any) -> None:
    (job,) = workflow["jobs"].values()
    assert job["runs-on"].startswith("windows-")
    assert workflow["permissions"] == {"contents": "read"}
    steps = job["steps"]
    for step in steps:
        assert ("uses" in step) != ("run" in step), step
        if "uses" in step:
            assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", step["uses"]), step
    runs = "\n".join(step.get("run", "") for step in steps)
    order = ["pip install", "pytest", "build.spec", "tools.dist_check", "pravo.iss", "unins000"]
    assert [runs.index(one) for one in order] == sorted(runs.index(one) for one in order)
    for name in re.findall(r"--ignore=(\S+)|(tools/\w+\.py)", runs):
        assert (ROOT / (name[0] or name[1])).exists(), name


def test_the_program_for_windows_says_its_version() -> None:
    tree = ast.parse(version_resource("1.20.3"), mode="eval")
    told = ast.unparse(tree)
    assert "filevers=(1, 20, 3, 0)" in told
    assert "StringStruct('ProductVersion', '1.20.3')" in told


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("PySide6/Qt/lib/libQt6Core.so.6", True),
        ("PySide6/Qt6Widgets.dll", True),
        ("PySide6/Qt/lib/libQt6Quick.so.6", False),
        ("PySide6/Qt/lib/libQt6Network.so.6", False),
        ("PySide6/Qt/plugins/printsupport/libcupsprintersupport.so", True),
        ("PySide6/plugins/platforms/qwindows.dll", True),
        ("PySide6/plugins/styles/qmodernwindowsstyle.dll", True),
        ("PySide6/Qt/plugins/tls/libqopensslbackend.so", False),
        ("PySide6/Qt/translations/qtbase_ru.qm", True),
        ("PySide6/Qt/translations/qtbase_de.qm", False),
        ("babel/locale-data/kk.dat", True),
        ("babel/locale-data/root.dat", True),
        ("babel/locale-data/de.dat", False),
        ("PySide6/opengl32sw.dll", False),
        ("resources/locale/kk/LC_MESSAGES/pravo.mo", True),
        ("resources/locale/kk/LC_MESSAGES/pravo.po", False),
    ],
)
def test_the_build_keeps_what_the_window_asks_for(path: str, kept: bool) -> None:
    assert wanted((path, "", "BINARY")) is kept


def test_nothing_that_the_program_imports_by_name_is_left_out() -> None:
    rooms = ("pravo_desktop", "ui", "db", "exports")
    imported: set[str] = set()
    for path in (one for room in rooms for one in (ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                imported.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                imported.add(node.module)
                imported.update(f"{node.module}.{alias.name}" for alias in node.names)
    for left_out in EXCLUDED_MODULES:
        assert not [one for one in imported if one == left_out or one.startswith(f"{left_out}.")], (
            left_out
        )
