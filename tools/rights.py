"""Writes ``docs/rights.md`` from the code: who may do what, and which functions check it."""

import ast
import importlib
import pkgutil
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import pravo_desktop.usecases  # noqa: E402
from pravo_desktop.resources import classifiers  # noqa: E402
from pravo_desktop.usecases import actor  # noqa: E402
from pravo_desktop.usecases.actor import (  # noqa: E402
    AUTHOR,
    CASE,
    MONTH,
    RESPONSIBLE,
    ROLES_AT,
    USE_CASES,
)

PATH = ROOT / "docs" / "rights.md"
ROOM = ROOT / "pravo_desktop" / "usecases"
OUTSIDE = ("ui", "pravo_desktop/cli", "pravo_desktop/apply.py", "pravo_desktop/backups")
"""Where use cases and queries are called from, beside the use cases themselves."""

HEAD = """\
# Who may do what

Made from the code by `python tools/rights.py`; a test fails when it is stale.
`tests/usecases/test_rights.py` calls every use case with real records in every role and state
below, and every query in every role.

- **Workplace**: {workplaces}. A role of the other workplace is given to nobody and gives no right,
  even where it stands in the database.
- **Locked or signed out**: nothing is possible (`signed_out`), and nothing for a closed account
  (`account_closed`).
- **Other's case**: a centre's specialists work with the same couples, so a case is open to all of
  the centre until it is *restricted* to named accounts. Then whoever is not named is refused
  (`case_restricted`), the head of the centre too; they alone may see and change who is named.
- **Month closed**: what would change its figures is refused to specialists (`month_closed`); those
  who answer for the month give a reason, which is kept (`confirmation_needed`).
- **Somebody else's note**: never read nor changed, by no role (`not_allowed`).

A mark `x` means: the role may. `case` and `month` say that a use case honours these states; where
there is none it neither opens a case nor changes a figure of a month.
"""


@dataclass(frozen=True)
class Question:
    """A function of the use cases that takes session and actor and changes nothing itself.

    Args:
        roles: whom it answers; None where it does not check them itself.
        calls: names of functions that it hands session and actor to.
    """

    module: str
    name: str
    roles: frozenset[str] | None
    calls: frozenset[str]


def load_use_cases() -> None:
    """Import every module of the use cases, so that `USE_CASES` is whole."""
    for module in pkgutil.iter_modules(pravo_desktop.usecases.__path__):
        importlib.import_module(f"pravo_desktop.usecases.{module.name}")


@cache
def questions() -> dict[str, Question]:
    """All functions that take session and actor and are no use cases, by name."""
    load_use_cases()
    found = {}
    for path in sorted(ROOM.glob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if (
                isinstance(node, ast.FunctionDef)
                and not node.name.startswith("_")
                and node.name not in USE_CASES
                and [one.arg for one in node.args.args[:2]] == ["session", "actor"]
            ):
                found[node.name] = _question(path.stem, node)
    return found


def _question(module: str, node: ast.FunctionDef) -> Question:
    roles: frozenset[str] | None = None
    calls = set()
    for call in ast.walk(node):
        if not isinstance(call, ast.Call):
            continue
        names = [one.id if isinstance(one, ast.Name) else "" for one in call.args[:2]]
        called = call.func.id if isinstance(call.func, ast.Name) else ""
        if isinstance(call.func, ast.Attribute):
            called = call.func.attr
        if called == "require" and names[0] == "actor" and len(names) == 2:
            roles = getattr(actor, names[1], frozenset()) if names[1] else frozenset()
        elif names == ["session", "actor"]:
            calls.add(called)
    return Question(module, node.name, roles, frozenset(calls))


def asked_roles(name: str) -> frozenset[str] | None:
    """Whom a query answers, by itself or by the one it asks; None when nobody checks."""
    asked = questions().get(name)
    if asked is None:
        return USE_CASES[name].roles if name in USE_CASES else None
    if asked.roles is not None:
        return asked.roles
    for call in sorted(asked.calls - {name}):
        roles = asked_roles(call)
        if roles is not None:
            return roles
    return None


def query(name: str) -> Callable[..., Any]:
    """The function of a query."""
    module = importlib.import_module(f"pravo_desktop.usecases.{questions()[name].module}")
    found: Callable[..., Any] = getattr(module, name)
    return found


def unchecked() -> set[str]:
    """Public functions of the use cases that take a session and check no role."""
    found = {name for name in questions() if asked_roles(name) is None}
    for path in sorted(ROOM.glob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                names = [one.arg for one in node.args.args[:2]]
                if names[:1] == ["session"] and names != ["session", "actor"]:
                    found.add(node.name)
    return found


def imported_outside() -> dict[str, set[str]]:
    """Names that the window and the command line take from the use cases, with who takes them."""
    found: dict[str, set[str]] = {}
    for place in OUTSIDE:
        path = ROOT / place
        for file in [path] if path.is_file() else sorted(path.rglob("*.py")):
            tree = ast.parse(file.read_text(encoding="utf-8"))
            modules: set[str] = set()
            for node in ast.walk(tree):
                if isinstance(node, ast.ImportFrom) and node.module == "pravo_desktop.usecases":
                    modules |= {one.asname or one.name for one in node.names}
                elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith(
                    "pravo_desktop.usecases."
                ):
                    for one in node.names:
                        found.setdefault(one.name, set()).add(str(file.relative_to(ROOT)))
            for node in ast.walk(tree):
                if (
                    isinstance(node, ast.Attribute)
                    and isinstance(node.value, ast.Name)
                    and node.value.id in modules
                ):
                    found.setdefault(node.attr, set()).add(str(file.relative_to(ROOT)))
    return found


def rights() -> str:
    """The whole document."""
    load_use_cases()
    workplaces = "; ".join(
        f"{name}: {', '.join(f'`{one}`' for one in sorted(roles))}"
        for name, roles in ROLES_AT.items()
    )
    return "\n".join(
        [HEAD.format(workplaces=workplaces), *_use_cases(), *_queries(), ""],
    )


def _use_cases() -> Iterator[str]:
    yield "## Use cases\n"
    rows = (
        (
            f"`{name}`",
            *_marks(case.roles),
            "yes" if CASE in case.honours else "",
            _month(case.roles) if MONTH in case.honours else "",
            "yes" if AUTHOR in case.honours else "",
        )
        for name, case in sorted(USE_CASES.items())
    )
    yield from _table(("use case", *_roles(), "case", "month", "note"), rows)


def _month(roles: frozenset[str]) -> str:
    return "reason" if roles <= RESPONSIBLE else "refused; reason"


def _queries() -> Iterator[str]:
    yield "\n## Queries\n"
    yield "They change nothing. A case restricted to others is left out of lists.\n"
    rows = (
        (f"`{name}`", *_marks(roles))
        for name in sorted(questions())
        if (roles := asked_roles(name))
    )
    yield from _table(("query", *_roles()), rows)


def _roles() -> tuple[str, ...]:
    return tuple(classifiers().kinds["role"])


def _marks(roles: frozenset[str]) -> list[str]:
    return ["x" if role in roles else "" for role in _roles()]


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"| {' | '.join('---' for _ in head)} |"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def main() -> int:
    """Write the document."""
    PATH.write_text(rights(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
