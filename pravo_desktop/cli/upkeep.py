"""Commands that keep the data from being lost: backups, restoring, own rows taken back."""

from pathlib import Path
from typing import Annotated, Any

import typer

from pravo_desktop import __version__
from pravo_desktop.backups.damage import salvage_workplace
from pravo_desktop.backups.files import make_backup
from pravo_desktop.backups.keeping import back_up, backups_of, before_updates, set_second_place
from pravo_desktop.backups.restoring import Access, Preview, preview, restore_workplace
from pravo_desktop.bootstrap import logins
from pravo_desktop.cli.desk import Desk, desk_of, read_password
from pravo_desktop.cli.station import StationLetter
from pravo_desktop.data_folder import claimed
from pravo_desktop.errors import KnownError
from pravo_desktop.i18n import N_
from pravo_desktop.support import write_support_file
from pravo_desktop.update import check_release, release_text
from pravo_desktop.usecases import own_rows
from pravo_desktop.usecases.came_back import bare_records


def register(app: typer.Typer) -> None:
    """Add these commands to the program's."""
    app.command(help=N_("Write the data folder into one encrypted file."))(backup)
    app.command(help=N_("List the backups that are kept."))(backups)
    app.command("backup-place", help=N_("Choose the second place for backups."))(backup_place)
    app.command(help=N_("Make a data folder from a backup."))(restore)
    app.command(help=N_("Save what can be read of a damaged database."))(salvage)
    app.command(help=N_("Write a file for whoever helps, without personal data."))(support)
    app.command(help=N_("Check a new version on a stick before it is installed."))(update)
    rows = typer.Typer(help=N_("The centre's own rows, from its packages."), rich_markup_mode=None)
    rows.command("return", help=N_("Write a centre's packages into a folder."))(rows_return)
    rows.command("take", help=N_("Take rows back from the centre's own packages."))(rows_take)
    rows.command("to-complete", help=N_("List what came back without names."))(rows_to_complete)
    app.add_typer(rows, name="own-rows")


def backup(
    context: typer.Context,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help=N_("The file, or a folder for it; the usual places if left out."),
        ),
    ] = None,
) -> None:
    desk = desk_of(context)
    with desk.at_work() as (workplace, session):
        if out is not None:
            path = make_backup(workplace, session, out=out)
            desk.tell({"file": str(path)}, str(path))
            return
        made = back_up(workplace, session)
    files = [str(path) for path in made.written]
    failed = [desk.refusal(code, {"place": str(place)}) for place, code in made.failed.items()]
    desk.tell(
        {"file": files[0], "files": files, "failed": failed},
        "\n".join(files + [one["message"] for one in failed]),
    )


def backups(context: typer.Context) -> None:
    desk = desk_of(context)
    rows = [
        {
            "file": str(one.path),
            "made_at": one.head.made_at,
            "centre": one.head.centre,
            "station_letter": one.head.station_letter,
            "epoch": one.head.epoch,
        }
        for one in (*backups_of(desk.data), *before_updates(desk.data))
    ]
    desk.tell_rows(rows, ("made_at", "file", "centre", "station_letter", "epoch"))


def backup_place(
    context: typer.Context,
    folder: Annotated[
        Path | None, typer.Argument(metavar="DIR", help=N_("None if left out."))
    ] = None,
) -> None:
    desk = desk_of(context)
    with desk.at_work() as (workplace, _):
        network = set_second_place(workplace.folder, folder)
    t = desk.translator
    text = t.text("There is no second place: a broken disk takes the backups along.")
    if folder is not None:
        text = t.text("Backups also go to {folder}.", folder=str(folder))
    if network:
        text += "\n" + t.text("It is a network drive: while it is away, backups are missing there.")
    desk.tell({"second": str(folder) if folder else None, "network": network}, text)


def _tell_what_it_holds(desk: Desk, seen: Preview) -> None:
    counts, lost = dict(seen.inside.counts), dict(seen.lost)
    desk.tell(
        {
            "made_at": seen.head.made_at,
            "centre": seen.inside.centre,
            "station_letter": seen.inside.station_letter,
            "last_change": seen.inside.last_change,
            "counts": counts,
            "lost": lost,
            "present_readable": seen.now is not None,
        },
        "\n".join(
            [
                f"{seen.inside.centre} · {seen.inside.station_letter} · {seen.head.made_at}",
                *(f"{table}\t{number}" for table, number in counts.items()),
                *(f"- {table}\t{number}" for table, number in lost.items()),
            ]
        ),
    )


def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    station: StationLetter = None,
    instead: Annotated[
        bool,
        typer.Option("--instead", help=N_("In the place of the present data, kept aside.")),
    ] = False,
    look: Annotated[bool, typer.Option("--preview", help=N_("Only show what it holds."))] = False,
    sheet_file: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help=N_("The recovery sheet's code; the password is then the account's new one."),
        ),
    ] = None,
    next_sheet: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help=N_("Where to write the sheet that is to be printed.")),
    ] = None,
) -> None:
    desk = desk_of(context)
    sheet = read_password(sheet_file).strip() if sheet_file else None
    access = Access(desk.password(), desk.user, sheet, next_sheet)
    if look:
        _tell_what_it_holds(desk, preview(file, desk.data, access))
        return
    refused: list[dict[str, Any]] = []
    with claimed(desk.data):
        workplace = restore_workplace(
            file,
            desk.data,
            access,
            station_letter=station,
            instead=instead,
            told=lambda path, code: refused.append(desk.refusal(code, {"file": str(path)})),
        )
        session = workplace.session()
        own = session.installation
        session.close()
        workplace.close()
    result = {
        "workplace": own.workplace,
        "centre": own.centre,
        "station": own.station,
        "station_letter": own.station_letter,
        "epoch": own.epoch,
        "replaces": own.replaces,
        "practice": own.practice,
        "refused_lists": refused,
    }
    desk.tell(
        result,
        desk.translator.text(
            "The folder is restored. Its case numbers now bear the letter {letter}, and its next "
            "package holds everything.",
            letter=own.station_letter,
        )
        + "".join(f"\n{one['message']}" for one in refused),
    )


def salvage(context: typer.Context) -> None:
    desk = desk_of(context)
    names = logins(desk.data)
    if desk.user is None and len(names) != 1:
        raise KnownError("user_needed")
    with claimed(desk.data):
        saved = salvage_workplace(desk.data, user=desk.user or names[0], password=desk.password())
    desk.tell_rows(
        [{"table": one.table, "rows": one.rows, "whole": one.whole} for one in saved],
        ("table", "rows", "whole"),
    )


def support(
    context: typer.Context,
    out: Annotated[
        Path, typer.Option(metavar="FILE", help=N_("The file, or a folder for it."))
    ] = Path("."),
) -> None:
    desk = desk_of(context)
    with desk.at_work() as (workplace, session):
        path = write_support_file(workplace, session, target=out)
    desk.tell({"file": str(path)}, str(path))


def update(
    context: typer.Context,
    check: Annotated[
        Path,
        typer.Option(
            "--check",
            metavar="DIR|FILE",
            help=N_("Folder of the new version, or a file in it."),
        ),
    ],
) -> None:
    desk = desk_of(context)
    release = check_release(check)
    desk.tell(
        {
            "version": release.version,
            "newer": release.newer,
            "running": __version__,
            "built_on": release.built_on,
            "system": release.system,
            "start": str(release.start),
        },
        release_text(desk.translator, release),
    )


def rows_return(
    context: typer.Context,
    centre: Annotated[str, typer.Argument(metavar="KEY", help=N_("Key of the centre."))],
    out: Annotated[Path, typer.Option(metavar="DIR", help=N_("A folder or drive."))],
) -> None:
    desk = desk_of(context)
    with desk.at_work() as (workplace, session):
        written = own_rows.write_centre_packages(
            session, workplace.actor, centre=centre, archive=workplace.archive, target=out
        )
    files = [str(path) for path in written]
    desk.tell({"files": files}, "\n".join(files))


def rows_take(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE...")],
    signer: Annotated[
        list[str] | None,
        typer.Option(metavar="FINGERPRINT", help=N_("A signer's key, compared; repeatable.")),
    ] = None,
    station: StationLetter = None,
) -> None:
    desk = desk_of(context)
    with desk.at_work() as (workplace, session):
        found = own_rows.own_packages(session, workplace.actor, files)
        for one in found.to_compare:
            if one not in (signer or ()):
                raise KnownError("own_package_signer", fingerprint=one)
        taken = own_rows.take_back(
            session,
            workplace.actor,
            packages=found.packages,
            confirmed=found.signers,
            station_letter=station,
        )
        letter = session.installation.station_letter
    t = desk.translator
    desk.tell(
        taken,
        t.text(
            "Came back: {added} new, {changed} changed, {withdrawn} withdrawn. "
            "Case numbers bear the letter {letter}.",
            added=taken.added,
            changed=taken.changed,
            withdrawn=taken.withdrawn,
            letter=letter,
        ),
    )


def rows_to_complete(context: typer.Context) -> None:
    desk = desk_of(context)
    with desk.at_work() as (workplace, session):
        found = bare_records(session, workplace.actor)
    rows = [
        {
            "table": one.table,
            "record_id": one.record_id,
            "case_id": one.case_id,
            "case_number": one.case_number,
            "missing": one.missing,
        }
        for one in found
    ]
    desk.tell_rows(rows, ("table", "case_number", "record_id", "missing"))
