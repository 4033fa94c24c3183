"""What all commands share: global options, the open data folder, and how results are told."""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from getpass import getpass
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from db.session import Session
from pravo_desktop import __version__
from pravo_desktop.apply import as_json, error_as_json
from pravo_desktop.bootstrap import Workplace, logins, open_workplace
from pravo_desktop.data_folder import claimed
from pravo_desktop.errors import KnownError
from pravo_desktop.i18n import N_, Translator
from pravo_desktop.messages import message, translate_error
from pravo_desktop.paths import default_data_folder
from pravo_desktop.usecases.inbox import read_file
from pravo_desktop.usecases.packages import Progress

LANGUAGES = ("kk", "ru", "en")
DEFAULT_LANGUAGE = "ru"


@dataclass
class Desk:
    """Where a command works and how it speaks.

    Args:
        translator: of messages and help.
        json: results and known errors as JSON on stdout.
    """

    translator: Translator
    json: bool
    data: Path = field(default_factory=default_data_folder)
    user: str | None = None
    password_file: Path | None = None

    def password(self) -> str:
        """The password from its file or, at a terminal, as typed.

        Raises:
            KnownError: ``password_needed``, ``file_not_found``, ``file_not_read``.
        """
        if self.password_file is not None:
            return read_password(self.password_file)
        if not sys.stdin.isatty():
            raise KnownError("password_needed")
        return getpass(self.translator.text("Password: "))

    @contextmanager
    def at_work(self) -> Iterator[tuple[Workplace, Session]]:
        """The open data folder and a session, closed afterwards."""
        names = logins(self.data)
        if self.user is None and len(names) != 1:
            raise KnownError("user_needed")
        with claimed(self.data):
            workplace = open_workplace(self.data, password=self.password(), user=self.user)
            try:
                session = workplace.session()
                try:
                    yield workplace, session
                finally:
                    session.close()
            finally:
                workplace.close()

    @contextmanager
    def progress(self) -> Iterator[Progress | None]:
        """A progress bar on a terminal's stderr; nothing when it is piped."""
        if not sys.stderr.isatty():
            yield None
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
        from rich.progress import Progress as Bar

        columns = (
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
        )
        with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("", total=None)

            def report(step: str, done: int, total: int) -> None:
                bar.update(task, description=step, completed=done, total=total)

            yield report

    def tell(self, result: object, text: str) -> None:
        """Print a command's result: the object as JSON, or the text for a person."""
        print(json.dumps(as_json(result), ensure_ascii=False) if self.json else text)

    def tell_rows(self, rows: Sequence[object], columns: Sequence[str]) -> None:
        """Print a list: JSON, a table on a terminal, otherwise columns between tabs."""
        listed = [as_json(row) for row in rows]
        if self.json:
            print(json.dumps(listed, ensure_ascii=False))
            return
        cells = [[_cell(row.get(name)) for name in columns] for row in listed]
        if not sys.stdout.isatty():
            for line in cells:
                print("\t".join(line))
            return
        from rich.console import Console
        from rich.markup import escape
        from rich.table import Table

        table = Table(*columns)
        for line in cells:
            table.add_row(*map(escape, line))
        Console().print(table)

    def error(self, error: KnownError) -> dict[str, Any]:
        """A known error as JSON: code, message in the reader's language, parameters."""
        parameters = error_as_json(error)
        return {
            "code": parameters.pop("code"),
            "message": translate_error(self.translator, error),
            **parameters,
        }

    def refusal(self, code: str, params: Mapping[str, Any] | None) -> dict[str, Any]:
        """A code that came with a result rather than as an error, in the form of `error`."""
        told = message(self.translator, code, params)
        return {"code": code, "message": told, **as_json(params or {})}


def _cell(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


def read_password(path: Path) -> str:
    """A password from a file without exactly one trailing newline, LF or CRLF.

    Raises:
        KnownError: ``file_not_found``, ``file_not_read``.
    """
    try:
        text = read_file(path).decode()
    except UnicodeDecodeError as error:
        raise KnownError("file_not_read", file=path.name, reason="UTF-8") from error
    return text.removesuffix("\n").removesuffix("\r") if text.endswith("\n") else text


def desk_of(context: typer.Context) -> Desk:
    """The desk of a running command."""
    desk = context.find_object(Desk)
    assert desk is not None
    return desk


def day(text: str) -> date:
    """A date of the command line, ``YYYY-MM-DD``."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text}: YYYY-MM-DD") from None


def language_of(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """The language of messages: ``--lang`` before the command, else the environment's.

    Of the environment only Kazakh is heard; it is Russian in any other case.
    """
    for position, one in enumerate(arguments):
        name, _, value = one.partition("=")
        if not one.startswith("-") and not _is_value(arguments, position):
            break
        if name == "--lang":
            chosen = value or next(iter(arguments[position + 1 :]), "")
            return chosen if chosen in LANGUAGES else DEFAULT_LANGUAGE
    wanted = next(
        (environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)),
        "",
    )
    return "kk" if wanted.startswith("kk") else DEFAULT_LANGUAGE


def _is_value(arguments: Sequence[str], position: int) -> bool:
    return position > 0 and arguments[position - 1] in (
        "--data",
        "--user",
        "--password-file",
        "--lang",
    )


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"Pravo Desktop {__version__}")
        raise typer.Exit


def global_options(
    context: typer.Context,
    data: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help=N_("The data folder; the platform's own if left out.")),
    ] = None,
    user: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help=N_("Who signs in; may be left out where there is one account.")
        ),
    ] = None,
    password_file: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help=N_("A file with the password; one newline at its end is not part of it."),
        ),
    ] = None,
    lang: Annotated[
        Literal["kk", "ru", "en"] | None, typer.Option(help=N_("Language of messages."))
    ] = None,
    json: Annotated[
        bool, typer.Option("--json", help=N_("Results and known errors as JSON on stdout."))
    ] = False,
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_print_version,
            is_eager=True,
            help=N_("Print the version and leave."),
        ),
    ] = False,
) -> None:
    """Keep the global options; language and ``--json`` are read before, `--version` at once."""
    desk = desk_of(context)
    desk.data = data or desk.data
    desk.user = user
    desk.password_file = password_file
