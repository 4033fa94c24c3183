"""What Inno Setup's compiler would refuse in a script, as far as its documentation tells.

The compiler runs on Windows alone. Source of names: https://jrsoftware.org/ishelp/, of version 6.3.
"""

import re
from collections.abc import Iterator

YES_OR_NO = "yes|no"
TEXT = r".+"
DIRECTIVES = {
    "AppId": TEXT,
    "AppName": TEXT,
    "AppPublisher": TEXT,
    "AppVersion": TEXT,
    "ArchitecturesAllowed": "x64compatible|x64os|x86compatible|arm64",
    "ArchitecturesInstallIn64BitMode": "x64compatible|x64os|arm64",
    "ChangesAssociations": YES_OR_NO,
    "CloseApplications": "yes|no|force",
    "Compression": r"(zip|bzip|lzma2?)(/\w+)?|none",
    "DefaultDirName": TEXT,
    "DefaultGroupName": TEXT,
    "DisableDirPage": "auto|yes|no",
    "DisableProgramGroupPage": "auto|yes|no",
    "LicenseFile": TEXT,
    "MinVersion": r"\d+\.\d+(\.\d+)?",
    "OutputBaseFilename": r'[^\\/:*?"<>|]+',
    "OutputDir": TEXT,
    "PrivilegesRequired": "admin|lowest",
    "RestartApplications": YES_OR_NO,
    "ShowLanguageDialog": "yes|no|auto",
    "SolidCompression": YES_OR_NO,
    "SourceDir": TEXT,
    "UninstallDisplayIcon": TEXT,
    "UninstallDisplayName": TEXT,
    "VersionInfoVersion": TEXT,
    "WizardStyle": "classic|modern",
}
"""Directives of [Setup] that the script has, with the values they may have."""
PARAMETERS = {
    "Languages": {"Name", "MessagesFile"},
    "Tasks": {"Name", "Description", "Flags"},
    "InstallDelete": {"Type", "Name"},
    "Files": {"Source", "DestDir", "Flags"},
    "Icons": {"Name", "Filename", "Tasks"},
    "Registry": {"Root", "Subkey", "ValueType", "ValueName", "ValueData", "Flags"},
    "Run": {"Filename", "Description", "Flags"},
}
NEEDED = {
    "Languages": {"Name", "MessagesFile"},
    "Tasks": {"Name", "Description"},
    "InstallDelete": {"Type", "Name"},
    "Files": {"Source", "DestDir"},
    "Icons": {"Name", "Filename"},
    "Registry": {"Root", "Subkey"},
    "Run": {"Filename"},
}
WORDS = {
    ("Tasks", "Flags"): {"unchecked", "checkedonce", "exclusive"},
    ("InstallDelete", "Type"): {"files", "filesandordirs", "dirifempty"},
    ("Files", "Flags"): {"ignoreversion", "recursesubdirs", "createallsubdirs"},
    ("Registry", "Root"): {"HKCU", "HKLM", "HKCR", "HKA", "HKU", "HKCC"},
    ("Registry", "ValueType"): {"string", "expandsz", "multisz", "dword", "qword", "binary"},
    ("Registry", "Flags"): {"uninsdeletevalue", "uninsdeletekey", "uninsdeletekeyifempty"},
    ("Run", "Flags"): {"nowait", "postinstall", "skipifsilent", "unchecked"},
}
"""Of what a value that is no free text may be made."""
OF_LANGUAGE = {"LangOptions", "CustomMessages"}
CONSTANTS = {"app", "group", "localappdata", "userdesktop", "uninstallexe"}
_PARAMETER = re.compile(r'(?:^|; )(\w+): ("(?:[^"]|"")*"|[\w ]+)')


def sections(script: str) -> dict[str, list[str]]:
    """Lines of each section, without comments and directives of the preprocessor."""
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in script.splitlines():
        head = re.fullmatch(r"\[(\w+)\]", line)
        if head:
            lines = found.setdefault(head[1], [])
        elif line.strip() and not line.startswith(";") and not line.lstrip().startswith("#"):
            lines.append(line)
    return found


def faults(script: str) -> Iterator[str]:
    """Everything that is not as the documentation has it; nothing for a script without faults."""
    heads = re.findall(r"^\[(.*)$", script, re.MULTILINE)
    yield from (f"section {head}" for head in heads if heads.count(head) > 1)
    found = sections(script)
    known = {"Setup", "Code", *OF_LANGUAGE, *PARAMETERS}
    yield from (f"section {head}" for head in heads if head.removesuffix("]") not in known)
    yield from (f"preprocessor {kind}" for kind in _unclosed(script))
    yield from _setup_faults(found.get("Setup", []))
    named = {
        section: {value for line in found.get(section, []) for value in _names(line)}
        for section in ("Languages", "Tasks")
    }
    for section in PARAMETERS:
        for line in found.get(section, []):
            yield from (f"[{section}] {fault}: {line}" for fault in _line_faults(section, line))
            tasks = dict(_PARAMETER.findall(line)).get("Tasks", "").split()
            yield from (f"[{section}] no task {one}" for one in tasks if one not in named["Tasks"])
    for section in OF_LANGUAGE:
        for line in found.get(section, []):
            said = re.fullmatch(r"(\w+)\.(\w+)=(.+)", line)
            if said is None or said[1] not in named["Languages"]:
                yield f"[{section}] {line}"
    messages = {line.split("=")[0].split(".")[-1] for line in found.get("CustomMessages", [])}
    for name in re.findall(r"(?<!\{)\{(?!\{)([^}]*)\}", "\n".join(_with_constants(found))):
        message = name.removeprefix("cm:")
        if name not in CONSTANTS | {"#AppVersion"} and not (
            message != name and message in messages
        ):
            yield f"constant {{{name}}}"
    yield from _code_faults("\n".join(found.get("Code", [])))


def _unclosed(script: str) -> Iterator[str]:
    if len(re.findall(r"^#if", script, re.M)) != len(re.findall(r"^#endif", script, re.M)):
        yield "#if without #endif"


def _setup_faults(lines: list[str]) -> Iterator[str]:
    seen: set[str] = set()
    for line in lines:
        name, separator, value = line.partition("=")
        allowed = DIRECTIVES.get(name)
        if not separator or allowed is None or name in seen or not re.fullmatch(allowed, value):
            yield f"[Setup] {line}"
        seen.add(name)
    yield from (f"[Setup] no {one}" for one in ("AppName", "AppVersion") if one not in seen)


def _names(line: str) -> list[str]:
    return [value.strip('"') for name, value in _PARAMETER.findall(line) if name == "Name"]


def _line_faults(section: str, line: str) -> Iterator[str]:
    if rest := _PARAMETER.sub("", line):
        yield f"not understood: {rest!r}"
    given = _PARAMETER.findall(line)
    names = [name for name, _ in given]
    yield from (f"twice {one}" for one in set(names) if names.count(one) > 1)
    yield from (f"no {one}" for one in NEEDED[section] - set(names))
    for name, value in given:
        if name not in PARAMETERS[section]:
            yield f"parameter {name}"
        elif (words := WORDS.get((section, name))) and not set(value.split()) <= words:
            yield f"{name}: {value}"


def _with_constants(found: dict[str, list[str]]) -> list[str]:
    """Lines in which a word in braces is a constant; in code only some texts have them."""
    lines = [one for section, of in found.items() if section != "Code" for one in of]
    code = "\n".join(found.get("Code", []))
    return [*lines, *re.findall(r"ExpandConstant\('([^']*)'\)", code)]


def _code_faults(code: str) -> Iterator[str]:
    bare = re.sub(r"'(?:[^'\n]|'')*'", "''", code)
    if re.sub("''", "", bare).count("'"):
        yield "[Code] a text is not closed"
    words = re.findall(r"\w+", bare)
    if words.count("begin") + words.count("case") + words.count("try") != words.count("end"):
        yield "[Code] begin without end"
    if bare.count("(") != bare.count(")"):
        yield "[Code] a bracket is not closed"
    if words.count("if") != words.count("then"):
        yield "[Code] if without then"
    if code and not bare.rstrip().endswith("end;"):
        yield "[Code] the last end has no semicolon"
