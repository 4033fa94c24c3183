"""The Kazakh and Russian catalogues: extract, update, compile, check.

Source strings are the literals given to ``_`` and ``N_``, and to ``text`` and ``plural`` of what is
called ``t``, ``tr`` or ``…translator``. Files carry no times and no line numbers, so they change
only when a string does.
"""

from __future__ import annotations

import ast
import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from pravo_desktop.i18n import DOMAIN, placeholders  # noqa: E402

ROOMS = ("pravo_desktop", "ui", "db", "exports")
PLURAL_FORMS = {
    "kk": "nplurals=1; plural=0;",
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 "
    "&& (n%100<10 || n%100>=20) ? 1 : 2);",
}
_LITERALS = {"_": 1, "N_": 1, "text": 1, "plural": 2}
_MADE = datetime(2024, 1, 1, tzinfo=UTC)

MessageId = str | tuple[str, str]


def extract(root: Path = ROOT) -> list[MessageId]:
    """The source strings of the code under ``root``, sorted; pairs are singular and plural."""
    found: set[MessageId] = set()
    for room in ROOMS:
        for path in (root / room).rglob("*.py"):
            found.update(_strings_in(path.read_text(encoding="utf-8")))
    counted = {message[0] for message in found if isinstance(message, tuple)}
    return sorted(found - counted, key=_singular)


def update(root: Path = ROOT) -> None:
    """Write the template, add new strings to each catalogue and drop those no longer used."""
    messages = extract(root)
    _write(_template_path(root), Catalog(), messages, None)
    for language in PLURAL_FORMS:
        path = catalogue_path(root, language)
        _write(path, read_catalogue(path, language), messages, language)


def compile_catalogues(root: Path = ROOT) -> None:
    """Write each ``.mo`` beside its ``.po``."""
    for language in PLURAL_FORMS:
        path = catalogue_path(root, language)
        catalogue = read_catalogue(path, language)
        catalogue.creation_date = catalogue.revision_date = _MADE
        compiled = io.BytesIO()
        write_mo(compiled, catalogue)
        path.with_suffix(".mo").write_bytes(compiled.getvalue())


def check(root: Path = ROOT) -> list[str]:
    """What is wrong with the catalogues, a line each: language, what, the source string."""
    messages = extract(root)
    faults = []
    if not _template_path(root).exists() or _ids(read_catalogue(_template_path(root), None)) != set(
        messages
    ):
        faults.append("the template is stale: make catalogues")
    for language in PLURAL_FORMS:
        catalogue = read_catalogue(catalogue_path(root, language), language)
        known = _ids(catalogue)
        faults += [f"{language} missing: {_singular(m)!r}" for m in messages if m not in known]
        used = set(messages)
        for message in catalogue:
            if message.id and _key(message) not in used:
                faults.append(f"{language} stale: {_singular(_key(message))!r}")
            elif message.id:
                faults += [
                    f"{language} {fault}: {_singular(_key(message))!r}"
                    for fault in _faults(message, catalogue.num_plurals)
                ]
    return faults


def catalogue_path(root: Path, language: str) -> Path:
    """Where the catalogue of a language is kept."""
    return root / "resources" / "locale" / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def read_catalogue(path: Path, language: str | None) -> Catalog:
    """The catalogue in a file; an empty one where there is none."""
    text = path.read_text(encoding="utf-8") if path.exists() else _header(language)
    return read_po(io.StringIO(text), locale=language, ignore_obsolete=True)


def _strings_in(source: str) -> Iterator[MessageId]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = _called(node.func)
        literals = [
            argument.value
            for argument in node.args[: _LITERALS.get(name, 0)]
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
        ]
        if literals and len(literals) == _LITERALS[name]:
            yield literals[0] if len(literals) == 1 else (literals[0], literals[1])


def _called(function: ast.expr) -> str:
    if isinstance(function, ast.Name) and function.id in ("_", "N_"):
        return function.id
    if isinstance(function, ast.Attribute) and function.attr in ("text", "plural"):
        return function.attr if _is_translator(function.value) else ""
    return ""


def _is_translator(owner: ast.expr) -> bool:
    if isinstance(owner, ast.Call):
        owner = owner.func
    name = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
    return name in ("t", "tr") or name.lower().endswith("translator")


def _write(path: Path, old: Catalog, messages: list[MessageId], language: str | None) -> None:
    new = read_po(io.StringIO(_header(language)), locale=language)
    for message_id in messages:
        kept = old.get(_singular(message_id))
        fits = kept is not None and _key(kept) == message_id
        new.add(
            message_id,
            string=kept.string if kept is not None and fits else None,
            flags=kept.flags - {"python-brace-format"} if kept is not None and fits else (),
        )
    written = io.BytesIO()
    write_po(written, new, width=0, no_location=True, omit_header=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = f"{_header(language)}\n{written.getvalue().decode().strip()}\n"
    path.write_text(text, encoding="utf-8")


def _header(language: str | None) -> str:
    fields = ["Project-Id-Version: Pravo Desktop"]
    fields += [f"Language: {language}"] if language else []
    fields += [
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=UTF-8",
        "Content-Transfer-Encoding: 8bit",
    ]
    fields += [f"Plural-Forms: {PLURAL_FORMS[language]}"] if language else []
    return 'msgid ""\nmsgstr ""\n' + "".join(f'"{field}\\n"\n' for field in fields)


def _faults(message: Message, plurals: int) -> Iterator[str]:
    string = message.string or ""
    forms = (string,) if isinstance(string, str) else tuple(string)
    expected = plurals if isinstance(message.id, tuple) else 1
    if len(forms) != expected or not all(forms):
        yield "missing"
        return
    if message.fuzzy:
        yield "fuzzy"
    source = message.id if isinstance(message.id, str) else message.id[1]
    for form in forms:
        try:
            if placeholders(form) != placeholders(source):
                yield "placeholders differ"
        except ValueError:
            yield "braces do not match"


def _ids(catalogue: Catalog) -> set[MessageId]:
    return {_key(message) for message in catalogue if message.id}


def _key(message: Message) -> MessageId:
    return message.id if isinstance(message.id, str) else (message.id[0], message.id[1])


def _singular(message: MessageId) -> str:
    return message if isinstance(message, str) else message[0]


def _template_path(root: Path) -> Path:
    return root / "resources" / "locale" / f"{DOMAIN}.pot"


def main(command: str) -> int:
    """Run ``update`` (which extracts), ``compile`` or ``check``; 0 when all is well."""
    if command == "check":
        faults = check()
        print("\n".join(faults) or "The catalogues are complete.")
        return 1 if faults else 0
    actions = {"extract": update, "update": update, "compile": compile_catalogues}
    if command not in actions:
        print("usage: catalogues.py update | compile | check", file=sys.stderr)
        return 2
    actions[command]()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
