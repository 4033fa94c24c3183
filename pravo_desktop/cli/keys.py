"""Commands of a lead's signing key: into a file, from a file, replaced, revoked."""

from pathlib import Path
from typing import Annotated

import typer

from pravo_desktop.apply import as_json
from pravo_desktop.cli.desk import desk_of, read_password
from pravo_desktop.cli.packages import Out, check_writable
from pravo_desktop.i18n import N_
from pravo_desktop.security.certificates import fingerprint_groups, read_fingerprint
from pravo_desktop.usecases import keys
from pravo_desktop.usecases.replaced_keys import revoke_replaced_key

STATEMENT = ("kind", "fingerprint", "new_fingerprint", "made_at", "file_name")

FilePassword = Annotated[
    Path,
    typer.Option(metavar="FILE", help=N_("A file with the password of the key file.")),
]


def register(app: typer.Typer) -> None:
    """Add these commands to the program's."""
    key = typer.Typer(help=N_("The lead's signing key."), rich_markup_mode=None)
    key.command("export", help=N_("Write the key into a file under a password (PKCS#12)."))(export)
    key.command("import", help=N_("Sign with the key in a file from now on."))(import_)
    key.command("replace", help=N_("Make a new key that the old one vouches for."))(replace)
    key.command("revoke", help=N_("Take the key out of use; a new one is made when needed."))(
        revoke
    )
    key.command("list", help=N_("List the statements of keys made here."))(list_)
    key.command("copy", help=N_("Write a statement once more."))(copy)
    app.add_typer(key, name="key")


def export(context: typer.Context, key_password_file: FilePassword, out: Out = Path()) -> None:
    desk = desk_of(context)
    check_writable(out)
    with desk.at_work() as (workplace, session):
        key = workplace.signing_key(session)
        path = keys.export_key(
            session,
            workplace.actor,
            key=key,
            password=read_password(key_password_file),
            target=out,
        )
    desk.tell({"file": str(path), "fingerprint": key.fingerprint}, str(path))


def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    key_password_file: FilePassword,
) -> None:
    desk = desk_of(context)
    with desk.at_work() as (workplace, session):
        fingerprint = workplace.import_key(
            session, path=file, password=read_password(key_password_file)
        )
    desk.tell({"fingerprint": fingerprint}, fingerprint_groups(fingerprint))


def replace(context: typer.Context, out: Out = Path()) -> None:
    _stated(context, out, revoked=False)


def revoke(
    context: typer.Context,
    replaced: Annotated[
        str | None,
        typer.Option(
            metavar="FINGERPRINT", help=N_("A key that was replaced, instead of the present one.")
        ),
    ] = None,
    out: Out = Path(),
) -> None:
    if replaced is None:
        _stated(context, out, revoked=True)
        return
    desk = desk_of(context)
    check_writable(out)
    with desk.at_work() as (workplace, session):
        key = workplace.signing_key(session)
        path = revoke_replaced_key(
            session, workplace.actor, key=key, replaced=read_fingerprint(replaced), target=out
        )
    desk.tell({"file": str(path)}, str(path))


def _stated(context: typer.Context, out: Path, *, revoked: bool) -> None:
    desk = desk_of(context)
    check_writable(out)
    with desk.at_work() as (workplace, session):
        if revoked:
            key = workplace.signing_key(session)
            made = keys.revoke_key(session, workplace.actor, key=key)
        else:
            made = workplace.replace_key(session)
        path = keys.write_key_statement(
            session, workplace.actor, fingerprint=made.fingerprint, target=out
        )
    desk.tell({"file": str(path), **as_json(made)}, str(path))


def list_(context: typer.Context) -> None:
    desk = desk_of(context)
    with desk.at_work() as (workplace, session):
        desk.tell_rows(keys.key_statements(session, workplace.actor), STATEMENT)


def copy(
    context: typer.Context,
    fingerprint: Annotated[str, typer.Argument(metavar="FINGERPRINT")],
    out: Out = Path(),
) -> None:
    desk = desk_of(context)
    with desk.at_work() as (workplace, session):
        path = keys.write_key_statement(
            session, workplace.actor, fingerprint=fingerprint, target=out
        )
    desk.tell({"file": str(path)}, str(path))
