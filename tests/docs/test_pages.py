"""Pages for developers are true: paths and links are there, walls and dependencies the real."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
MADE_AT_RELEASE = {"resources/release_key.pem"}
MODULES = [
    one
    for room in ("pravo_desktop", "ui", "db", "exports", "tests", "tools")
    for one in (ROOT / room).rglob("*.py")
]
ROOMS = "pravo_desktop|ui|db|exports|resources|tests|tools|docs"


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda one: str(one.relative_to(ROOT)))
def test_every_file_that_a_page_links_to_is_there(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", text_of(page)):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda one: str(one.relative_to(ROOT)))
def test_every_path_that_a_page_names_is_there(page: Path) -> None:
    prose = re.sub(r"^```.*?^```$", "", text_of(page), flags=re.MULTILINE | re.DOTALL)
    for path in re.findall(rf"`((?:{ROOMS})/[\w./-]*)`", prose):
        assert (ROOT / path).exists() or path in MADE_AT_RELEASE, path
    for path in re.findall(r"`([\w./-]+\.py)`", prose):
        # After the first of a row of files the others stand without their folder.
        assert any(one.as_posix().endswith(f"/{path}") for one in MODULES), path
    for name in re.findall(r"`(?:[\w./]+::)?(test_\w+)`", prose):
        assert any(f"def {name}(" in text_of(one) for one in MODULES if "tests" in one.parts), name


def test_the_walls_of_the_page_are_those_that_are_checked() -> None:
    page = text_of(ROOT / "docs" / "architecture.md")
    table = page.split("| room | what lives there |")[1].split("\n\n")[0]
    drawn = [set(re.findall(r"`([\w.]+)`", row.split("|")[1])) for row in table.splitlines()[2:]]
    layers = PROJECT["tool"]["importlinter"]["contracts"][0]["layers"]
    assert drawn == [set(re.findall(r"\(([\w.]+)\)", layer)) for layer in layers]


def test_every_dependency_stands_in_the_readme_with_its_reason() -> None:
    readme = text_of(ROOT / "README.md").split("## Dependencies")[1].split("\n## ")[0].lower()
    groups = PROJECT["dependency-groups"]
    named = [*PROJECT["project"]["dependencies"], *groups["dev"], *groups["build"]]
    for requirement in (*named, *groups["install"]):
        package = re.split("[<>=]", requirement)[0].lower()
        assert re.search(rf"\| .*\b{re.escape(package)}\b.* \| .+ \|", readme), package


def test_every_make_command_that_a_page_names_is_there() -> None:
    known = set(re.findall(r"^([a-z]+):.*##", text_of(ROOT / "Makefile"), re.MULTILINE))
    for page in PAGES:
        named = set(re.findall(r"(?:`|^ +|and )make ([a-z]+)", text_of(page), re.MULTILINE))
        assert named <= known, (page.name, named - known)


def test_every_picture_that_the_review_names_is_made() -> None:
    made = "".join(text_of(path) for path in sorted((ROOT / "tools").glob("screens*.py")))
    for name in re.findall(r"`(\d\d-[\w-]+)`", text_of(ROOT / "docs" / "translation_review.md")):
        number, rest = name.split("-", 1)
        assert f'"{name}"' in made or (f'"{number}-{{page.key}}"' in made and rest in _page_keys())


def _page_keys() -> set[str]:
    pages = "".join(text_of(path) for path in sorted((ROOT / "ui" / "pages").glob("*.py")))
    return set(re.findall(r'^    key = "(\w+)"', pages, re.MULTILINE))
