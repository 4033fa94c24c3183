"""The scripts that make the Windows program, as far as a machine without Windows can tell."""

import ast
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from exports.package.sealed import SUFFIX
from pravo_desktop import __version__
from tests.release.inno import faults, sections
from tools.bundle import EXCLUDED_MODULES, version_resource, wanted

ROOT = Path(__file__).resolve().parents[2]
BOM = b"\xef\xbb\xbf"
SCRIPT = (ROOT / "packaging" / "pravo.iss").read_text("utf-8-sig")


def setup() -> dict[str, str]:
    return dict(line.split("=", 1) for line in sections(SCRIPT)["Setup"])


def test_inno_setup_would_understand_the_script() -> None:
    assert SCRIPT.startswith(";") and (ROOT / "packaging" / "pravo.iss").read_bytes()[:3] == BOM
    assert list(faults(SCRIPT)) == []
    for line in sections(SCRIPT)["Languages"]:
        assert re.search(r'MessagesFile: "compiler:(Default|Languages\\Russian)\.isl"$', line), line
    assert (ROOT / setup()["LicenseFile"]).exists()


@pytest.mark.parametrize(
    ("written", "mistake"),
    [
        ("[Icons]", "[Icon]"),
        ("[Icons]", "[Icons"),
        ("[Run]", "[Icons]"),
        ("#endif", ""),
        ("DefaultDirName=", "DefaultDirNam="),
        ("PrivilegesRequired=lowest", "PrivilegesRequired=none"),
        ("SolidCompression=yes", "SolidCompression: yes"),
        ("AppVersion={#AppVersion}\nAppPublisher", "AppPublisher"),
        ("CloseApplications=yes", "CloseApplications=yes\nCloseApplications=no"),
        ("Flags: unchecked", "Flags: unticked"),
        ("Type: filesandordirs", "Type: filesanddirs"),
        ("Flags: ignoreversion recursesubdirs", "Flags: ignoreversion, recursesubdirs"),
        ('DestDir: "{app}"; ', ""),
        ('DestDir: "{app}"', 'DestinationDir: "{app}"'),
        ('Source: "build', "Source: build"),
        ('""%1"""', '"%1"'),
        ("Root: HKCU", "Root: HKEY_CURRENT_USER"),
        ("ValueType: string", "ValueType: text"),
        ("Flags: uninsdeletekey", "Flags: uninstalldeletekey"),
        ("; Tasks: desktopicon", "; Tasks: desktop"),
        ("{userdesktop}", "{desktop of the user}"),
        ("{cm:RunNow}", "{cm:RunSoon}"),
        ("kk.RunNow=", "kz.RunNow="),
        ("kk.LanguageName=Қазақша", "kk.LanguageName"),
        ("ExpandConstant('{localappdata}", "ExpandConstant('{localdata}"),
        ("CustomMessage('RemoveData')", "CustomMessage('RemoveData)"),
        ("usPostUninstall) and", "usPostUninstall and"),
        ("UninstallSilent then", "UninstallSilent"),
        ("\nend;", "\n"),
        ("\nend;", "\nend"),
    ],
)
def test_a_mistake_in_the_script_is_found(written: str, mistake: str) -> None:
    assert written in SCRIPT
    assert list(faults(SCRIPT.replace(written, mistake, 1)))


def test_it_installs_for_one_user_without_an_administrator_on_a_supported_windows() -> None:
    said = setup()
    assert said["PrivilegesRequired"] == "lowest"
    assert said["DefaultDirName"].startswith("{localappdata}")
    assert said["MinVersion"] == "10.0.17763"
    assert said["AppVersion"] == "{#AppVersion}"
    assert __version__ not in SCRIPT
    assert all(line.startswith("Root: HKCU;") for line in sections(SCRIPT)["Registry"])


def test_every_word_of_it_is_there_in_both_languages() -> None:
    words = [line.split("=", 1)[0].split(".") for line in sections(SCRIPT)["CustomMessages"]]
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
    assert all("{app}" in line for line in sections(SCRIPT)["InstallDelete"])
    code = "\n".join(sections(SCRIPT)["Code"])
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


def test_every_step_of_the_workflow_is_a_script_that_bash_understands(workflow: Any) -> None:
    (job,) = workflow["jobs"].values()
    assert job["defaults"]["run"]["shell"] == "bash"
    scripts = [step["run"] for step in job["steps"] if "run" in step]
    assert all(understood(script) for script in scripts)
    assert not any(understood(script + "\nif [ 1") for script in scripts)


def understood(script: str) -> bool:
    """Whether bash reads it to its end; it runs nothing."""
    asked = ["bash", "-n", "-c", script]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0


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
