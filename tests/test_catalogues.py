"""Catalogues that are always complete, and a message for every code."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from pravo_desktop.i18n import placeholders
from pravo_desktop.messages import MESSAGES
from tools import catalogues


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A small program with its catalogues translated."""
    (tmp_path / "ui").mkdir()
    write_source(tmp_path, '_("Save {file}")', 't.plural("{n} row", "{n} rows", n)')
    catalogues.update(tmp_path)
    for language, forms in (("kk", ["{n} жол"]), ("ru", ["{n} строка", "{n} строки", "{n} строк"])):
        path = catalogues.catalogue_path(tmp_path, language)
        lines = [f'msgstr[{i}] "{form}"' for i, form in enumerate(forms)]
        text = path.read_text(encoding="utf-8").split("msgstr[0]")[0] + "\n".join(lines) + "\n"
        path.write_text(
            text.replace('"Save {file}"\nmsgstr ""', '"Save {file}"\nmsgstr "Сақтау {file}"'),
            encoding="utf-8",
        )
    return tmp_path


def write_source(root: Path, *calls: str) -> None:
    (root / "ui" / "page.py").write_text("\n".join(calls), encoding="utf-8")


def test_a_translated_program_has_no_faults(tree: Path) -> None:
    assert catalogues.check(tree) == []


def test_a_new_string_is_missing_until_it_is_translated(tree: Path) -> None:
    write_source(tree, '_("Save {file}")', 't.plural("{n} row", "{n} rows", n)', 'N_("Open")')
    assert "kk missing: 'Open'" in catalogues.check(tree)
    catalogues.update(tree)
    assert catalogues.check(tree) == ["kk missing: 'Open'", "ru missing: 'Open'"]


def test_a_string_no_longer_used_is_stale_until_the_update_drops_it(tree: Path) -> None:
    write_source(tree, '_("Save {file}")')
    assert "ru stale: '{n} row'" in catalogues.check(tree)
    catalogues.update(tree)
    assert catalogues.check(tree) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("Сақтау {file}", "Сақтау {fail}", "placeholders differ"),
        ("Сақтау {file}", "Сақтау {file", "braces do not match"),
        ("Сақтау {file}", "", "missing"),
        ('msgid "Save', '#, fuzzy\nmsgid "Save', "fuzzy"),
    ],
)
def test_a_translation_that_does_not_fit_is_a_fault(
    tree: Path, old: str, new: str, fault: str
) -> None:
    path = catalogues.catalogue_path(tree, "kk")
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    assert catalogues.check(tree) == [f"kk {fault}: 'Save {{file}}'"]


def test_an_update_that_changes_nothing_leaves_the_files_byte_for_byte(tree: Path) -> None:
    paths = sorted(tree.rglob("*.po*"))
    before = [path.read_bytes() for path in paths]
    catalogues.update(tree)
    assert [path.read_bytes() for path in paths] == before


def test_compiling_twice_gives_the_same_bytes(tree: Path) -> None:
    catalogues.compile_catalogues(tree)
    paths = sorted(tree.rglob("*.mo"))
    before = [path.read_bytes() for path in paths]
    catalogues.compile_catalogues(tree)
    assert len(paths) == 2
    assert all(b"POT-Creation-Date: 2024-01-01" in data for data in before)
    assert [path.read_bytes() for path in paths] == before


def test_sql_and_texts_of_other_things_are_not_taken_for_strings_of_the_program(
    tree: Path,
) -> None:
    write_source(tree, 'sa.text("SELECT 1")', "edit.text()", "_(name)", 'text("bare")', "f()()")
    assert catalogues.extract(tree) == []


def test_a_string_used_alone_and_as_a_singular_is_one_message(tree: Path) -> None:
    write_source(tree, '_("{n} row")', 't.plural("{n} row", "{n} rows", n)')
    assert catalogues.extract(tree) == [("{n} row", "{n} rows")]


def test_a_translator_is_known_by_its_name(tree: Path) -> None:
    write_source(tree, 'self._translator.text("a")', 'Translator("kk").text("b")', 'tr.text("c")')
    assert catalogues.extract(tree) == ["a", "b", "c"]


def test_kazakh_and_russian_are_complete() -> None:
    assert catalogues.check() == []


def test_every_error_raised_anywhere_has_its_message_with_values_for_its_placeholders() -> None:
    unknown, unfilled = set(), []
    for where, code, names in errors_raised():
        if code not in MESSAGES:
            unknown.add(f"{code} ({where})")
        elif names is not None and not placeholders(MESSAGES[code]) <= names:
            unfilled.append(f"{code} ({where})")
    assert sorted(unknown) == []
    assert unfilled == []


def errors_raised() -> Iterator[tuple[str, str, set[str] | None]]:
    """File, code and names of the values; None for values given as a mapping."""
    for room in catalogues.ROOMS:
        for path in (catalogues.ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and raised(node.func) and node.args:
                    names = {keyword.arg for keyword in node.keywords}
                    given = None if {None, "params"} & names else {name for name in names if name}
                    for code in literals(node.args[0]):
                        yield path.name, code, given


def raised(function: ast.expr) -> bool:
    name = function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
    return name in ("KnownError", "Finding")


def literals(argument: ast.expr) -> Iterator[str]:
    if isinstance(argument, ast.Constant):
        yield str(argument.value)
    elif isinstance(argument, ast.IfExp):
        yield from literals(argument.body)
        yield from literals(argument.orelse)
