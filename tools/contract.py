"""Writes ``docs/contract.md`` from the code: what those who drive the command line rely on."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from typer.main import get_command

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from pravo_desktop.apply import Argument, arguments_of, forms_of, offered  # noqa: E402
from pravo_desktop.cli import app  # noqa: E402
from pravo_desktop.domain.fields import fields_of  # noqa: E402
from pravo_desktop.domain.indicators import INDICATORS  # noqa: E402
from pravo_desktop.domain.records import BY_TABLE  # noqa: E402
from pravo_desktop.messages import MESSAGES  # noqa: E402
from pravo_desktop.resources import Labelled, classifiers  # noqa: E402

PATH = ROOT / "docs" / "contract.md"

HEAD = """\
# The contract of the command line

Made from the code by `python tools/contract.py`; a test fails when it is stale. Keys and codes
never change their meaning; texts of messages may.

## Running it

    pravo-desktop [--data DIR] [--user NAME] [--password-file FILE] [--lang kk|ru|en] [--json]
                  COMMAND

- Without a command the window opens. Global options stand before the command; `--json` may stand
  anywhere.
- `--data`: the platform's own folder when left out. `--user`: may be left out where there is one
  account; `init` then names the first account `lead` (a centre) or `coordinator` (headquarters).
- `--password-file`: exactly one newline at the end of the file (LF or CRLF) is not part of the
  password. Without it the password is asked for at a terminal; where there is none the error is
  `password_needed`.
- `--lang`: language of messages and help. Without it `LC_ALL`, `LC_MESSAGES` or `LANG` that begins
  with `kk` chooses Kazakh; in any other case it is Russian. `--lang` after `report` is the
  language of the report.
- Exit status: 0 done; 1 known error; 2 usage; 3 a mistake of the program (the path of a crash
  report without personal data is told on stderr).
- A known error is told on stderr. With `--json` stdout also has `{"code": ..., "message": ...,
  ...}`: the code, the message in the chosen language and the code's parameters.
- Results go to stdout: with `--json` one JSON value, otherwise short text, lists with tabs between
  columns. Progress is shown on stderr when it is a terminal.
- `PRAVO_NOW` (ISO 8601; +05:00 when it names no zone) sets the clock of practice folders, and of
  no other.
- Dates are `YYYY-MM-DD`, months `YYYY-MM`. Files of packages and backups may be named as a folder:
  the file then gets its usual name.

## Results as JSON

- `init`: `{"workplace", "centre", "station", "station_letter", "fingerprint",
  "fingerprint_groups", "practice", "user"}`.
- `month close`: `{"month", "reported", "zero", "missing"}`, lists of sections.
- `package export`: `{"file", "sequence", "month", "through", "amendment", "complete", "rows",
  "made_at", "sha256", ...}`. When the package was made and its file was not (`drive_full`,
  `drive_gone`, `drive_read_only`, `file_not_written` with `sequence`), `package copy SEQUENCE`
  writes it.
- `package verify`: a list, per file `{"file", "valid", ...}` with what the manifest says, or with
  `code`; exit 1 if any is not valid.
- `package import`: a list, per file `{"file", "status", "code", "package_id", "centre", "month",
  "sequence", "sha256", "fingerprint", "late"}` and the parameters of the code. Status: `accepted`,
  `already`, `refused`, `untrusted`, `held`; exit 1 if any is neither of the first two.
- `package list`: a list; at headquarters of what was received, with `--made` of its own packages.
- `package undo`: `{"package_id", "state_hash"}`. `replay`, `state-hash`: `{"state_hash"}`.
- `trust add`: `{"fingerprint", "centre"}`. `trust list`: a list of `{"fingerprint", "centre",
  "added_at", "revoked_at"}`.
- `report`: `{"file", "format", "language", "from", "to", "bytes"}`; the file of format `json` is
  `{"from", "to", "as_of", "state_hash", "rows": [{"indicator", "region", "breakdown", "key",
  "value", "plan", "state", "months"}]}`.
- `doctor`: a list of `{"check", "well", "found"}`; exit 1 if the database is not well. `backup`,
  `second_place`, `room` and `clock` are told as in the window and leave the exit at 0.
- `support`: `{"file"}`, a zip without personal data. `update --check`: `{"version", "newer",
  "running", "built_on", "system", "start"}` of a genuine version ([release](release.md)).
- `backup`: `{"file"}` with `--out`, else `{"file", "files", "failed"}`; `failed` is a list of
  `{"code", "message", "place"}`, and the exit is 0 while one place has the backup. `backups`: a
  list of `{"file", "made_at", "centre", "station_letter", "epoch"}`. `backup-place`: `{"second",
  "network"}`.
- `restore`: `{"workplace", "centre", "station", "station_letter", "epoch", "replaces",
  "practice", "refused_lists"}`; with `--preview` `{"made_at", "centre", "station_letter",
  "last_change", "counts", "lost", "present_readable"}`. `salvage`: a list of
  `{"table", "rows", "whole"}`.
- `own-rows return`: `{"files"}`. `own-rows take`: `{"packages", "added", "changed", "withdrawn",
  "newer_here", "others"}`. `own-rows to-complete`: a list of `{"table", "record_id", "case_id",
  "case_number", "missing"}`.

## apply

Each line of the file is one JSON object in UTF-8; empty lines are passed over:

    {"use_case": "open_case", "args": {"kind": "married", "label": "no name"}, "as": "c1"}
    {"use_case": "save_claim", "args": {"case_id": "@c1.case_id", "claim": {"kind": "divorce"}}}

`as` names the result. A text in `args` that equals `@c1`, `@c1.case_id` or `@c1.participants.0` is
replaced by that result or a part of it; `@` before a name never given stays text. Each line prints
one line, in order, as it is done: `{"line": 1, "ok": true, "result": ...}` or `{"line": 2, "ok":
false, "code": ..., "message": ..., ...}`. A line that fails changes nothing and stops nobody; exit
1 if any failed. `confirmed` gives reasons for warnings, by code: `{"month_closed": "found
later"}`.
"""


def contract() -> str:
    """The whole document."""
    return "\n".join([HEAD, *_commands(), *_use_cases(), *_words(), *_codes()])


def _commands() -> Iterator[str]:
    yield "## Commands\n"
    yield from _table(("command", "arguments and options"), _command_rows(get_command(app), ""))


def _command_rows(command: Any, path: str) -> Iterator[tuple[str, str]]:
    for name, child in getattr(command, "commands", {}).items():
        if hasattr(child, "commands"):
            yield from _command_rows(child, f"{path}{name} ")
        else:
            parameters = [_parameter(one) for one in child.params]
            yield f"`{path}{name}`", " ".join(f"`{one}`" for one in parameters)


def _parameter(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return str(parameter.metavar)
    descriptor = parameter.type_descriptor
    choices = "|".join(map(str, descriptor.choices or ())) if descriptor.is_choice else ""
    value = choices or parameter.metavar
    shown = parameter.opts[0] + (f" {value}" if value else "")
    if parameter.multiple:
        shown += " ..."
    return shown if parameter.required else f"[{shown}]"


def _use_cases() -> Iterator[str]:
    yield "\n## Use cases\n"
    yield "Arguments in *italics* may be left out. Each is one transaction and checks the role.\n"
    cases = offered()
    rows = (
        (f"`{name}`", ", ".join(sorted(case.roles)), _arguments(arguments_of(case.run)))
        for name, case in cases.items()
    )
    yield from _table(("use case", "roles", "arguments"), rows)
    yield "\n### Objects in arguments\n"
    yield "A record without an `id` is new; with one it is changed as a whole.\n"
    forms = dict.fromkeys(form for case in cases.values() for form in forms_of(case.run))
    yield from _table(
        ("object", "fields"),
        ((f"`{one.__name__}`", _arguments(arguments_of(one))) for one in forms),
    )
    yield "\n### Fields that take a key of a list\n"
    yield from _table(("record", "field: list"), _keyed_fields())


def _keyed_fields() -> Iterator[tuple[str, str]]:
    for table, record in BY_TABLE.items():
        keyed = [one for one in fields_of(record) if one.classifier]
        if keyed:
            yield f"`{table}`", ", ".join(f"`{one.name}`: {one.classifier}" for one in keyed)


def _arguments(arguments: Iterable[Argument]) -> str:
    return ", ".join(
        f"`{one.name}` {one.expected}" if one.required else f"*`{one.name}`* {one.expected}"
        for one in arguments
    )


def _words() -> Iterator[str]:
    lists = classifiers()
    yield "\n## Words\n\n### Regions\n"
    yield from _labelled({**lists.regions, **lists.pseudo_regions})
    yield "\n### Centres\n"
    yield from _table(
        ("key", "region", "English"),
        ((f"`{key}`", f"`{one.region}`", one.en) for key, one in lists.centres.items()),
    )
    yield "\n### Sections of the month\n"
    yield from _table(
        ("key", "owed by", "English"),
        (
            (f"`{key}`", ", ".join(sorted(one.reported_by)), one.en)
            for key, one in lists.sections.items()
        ),
    )
    yield "\n### Indicators\n"
    yield (
        "*Counted*: records, distinct cases or people (months do not add up), a sum, or a share "
        "in per cent. Breakdowns marked = add up to the total.\n"
    )
    yield from _table(
        ("key", "section", "counted", "breakdowns", "English"),
        (
            (
                f"`{one.key}`",
                f"`{one.section}`",
                one.counted,
                ", ".join(
                    f"`{part.name}`{' =' if part.partition else ''} ({part.keys or 'months'})"
                    for part in one.breakdowns
                ),
                lists.indicators[one.key].en,
            )
            for one in INDICATORS
        ),
    )
    yield "\n### Categories\n"
    yield from _labelled(lists.categories)
    yield "\n### Lists of keys\n"
    yield from _table(
        ("list", "keys"),
        ((name, ", ".join(f"`{key}`" for key in entries)) for name, entries in lists.kinds.items()),
    )


def _labelled(entries: Mapping[str, Labelled]) -> Iterator[str]:
    yield from _table(
        ("key", "English"), ((f"`{key}`", entry.en) for key, entry in entries.items())
    )


def _codes() -> Iterator[str]:
    yield "\n## Codes\n"
    yield from _table(("code", "English"), ((f"`{code}`", text) for code, text in MESSAGES.items()))


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"| {' | '.join('---' for _ in head)} |"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"


def main() -> int:
    """Write the document."""
    PATH.parent.mkdir(exist_ok=True)
    PATH.write_text(contract() + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
