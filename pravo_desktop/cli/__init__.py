"""The command line: others drive it by subprocess, so what it prints and returns is a contract."""

import io
import json
import sys
from collections.abc import Mapping, Sequence

import typer
from typer.main import get_command

from pravo_desktop.bootstrap import damage_told
from pravo_desktop.cli import keys, packages, receipts, reports, station, upkeep
from pravo_desktop.cli.desk import Desk, global_options, language_of
from pravo_desktop.crash import crash_code, write_crash_report
from pravo_desktop.errors import KnownError
from pravo_desktop.i18n import N_, Translator
from pravo_desktop.log import note
from pravo_desktop.messages import translate_error

DONE, KNOWN, USAGE, BUG = 0, 1, 2, 3
"""Exit statuses."""

app = typer.Typer(
    name="pravo-desktop",
    help=N_("Records of the family resource support centres and the national report."),
    epilog=N_("Without a command the window opens."),
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.callback()(global_options)
for room in (station, upkeep, packages, reports, receipts, keys):
    room.register(app)


def run_command(arguments: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run one command.

    Args:
        arguments: as typed, without the program's name; ``--json`` may stand anywhere.
        environment: of the process; ``LC_ALL``, ``LC_MESSAGES`` and ``LANG`` choose the language of
            messages where ``--lang`` does not.

    Returns:
        0 done, 1 known error, 2 usage, 3 bug.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    as_json = "--json" in arguments
    given = [one for one in arguments if one != "--json"]
    desk = Desk(Translator(language_of(given, environment)), as_json)
    command = get_command(app)
    _translate(command, desk.translator)
    try:
        with damage_told():
            status = command.main(given, "pravo-desktop", standalone_mode=False, obj=desk)
        return status if isinstance(status, int) else DONE
    except KnownError as error:
        note(desk.data, error.code)
        told = translate_error(desk.translator, error)
        if as_json:
            print(json.dumps(desk.error(error), ensure_ascii=False))
        print(told, file=sys.stderr)
        return KNOWN
    except typer.TyperException as error:
        print(error.format_message(), file=sys.stderr)
        print(
            desk.translator.text("Help: {command}", command="pravo-desktop --help"), file=sys.stderr
        )
        return USAGE
    except typer.Abort:
        return KNOWN
    except Exception as error:
        path = write_crash_report(error)
        note(desk.data, crash_code(error))
        told = desk.translator.text(
            "The program met a mistake of its own. A report without personal data is in {file}. "
            "Send it to the coordinator.",
            file=path,
        )
        print(told, file=sys.stderr)
        return BUG


def _translate(command: object, translator: Translator) -> None:
    """Put the help texts of a command and of those under it into the reader's language."""
    for name in ("help", "epilog", "short_help"):
        text = getattr(command, name, None)
        if text:
            setattr(command, name, translator.text(text))
    for parameter in getattr(command, "params", ()):
        if getattr(parameter, "help", None):
            parameter.help = translator.text(parameter.help)
    for child in getattr(command, "commands", {}).values():
        _translate(child, translator)
