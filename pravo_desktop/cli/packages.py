"""Commands of packages: a station's own, headquarters' inbox, trust."""

import errno
import os
from pathlib import Path
from typing import Annotated, Any

import typer

from pravo_desktop.apply import as_json
from pravo_desktop.cli.desk import Desk, day, desk_of
from pravo_desktop.errors import KnownError
from pravo_desktop.i18n import N_
from pravo_desktop.usecases import decisions, inbox, keys, received, trust
from pravo_desktop.usecases import replay as replaying
from pravo_desktop.usecases.figures import settle_batch
from pravo_desktop.usecases.packages import export_package as make_package
from pravo_desktop.usecases.packages import exported_packages, write_copy

FINE = frozenset({decisions.ACCEPTED, decisions.ALREADY})
MADE = ("sequence", "month", "through", "amendment", "complete", "row_count", "file_name", "sha256")
RECEIVED = ("package_id", "centre", "month", "sequence", "status", "received_on", "late", "sha256")

Out = Annotated[Path, typer.Option(metavar="FILE", help=N_("The file, or a folder for it."))]
Plain = Annotated[bool, typer.Option("--plain", help=N_("As .xlsx that Excel opens, not sealed."))]


def register(app: typer.Typer) -> None:
    """Add these commands to the program's."""
    package = typer.Typer(help=N_("Signed packages of a month."), rich_markup_mode=None)
    package.command("export", help=N_("Make the package of a closed month."))(export)
    package.command("copy", help=N_("Write a package made before once more."))(copy)
    package.command("verify", help=N_("Verify package files; no data folder is needed."))(verify)
    package.command("import", help=N_("Accept packages at headquarters."))(import_)
    package.command("list", help=N_("List packages made here, or received at headquarters."))(list_)
    package.command("undo", help=N_("Take an accepted package back."))(undo)
    app.add_typer(package, name="package")
    app.command(help=N_("Rebuild headquarters' state from the journal and the archive."))(replay)
    app.command(help=N_("Print the hash of headquarters' state."))(state_hash)
    trust = typer.Typer(help=N_("Keys that headquarters trusts."), rich_markup_mode=None)
    trust.command("add", help=N_("Trust a key whose fingerprint was compared by phone."))(trust_add)
    trust.command("list", help=N_("List the keys."))(trust_list)
    trust.command("revoke", help=N_("Trust a key no more."))(trust_revoke)
    trust.command("statement", help=N_("Do what a trusted key states of itself."))(trust_statement)
    app.add_typer(trust, name="trust")


def export(
    context: typer.Context,
    month: Annotated[str, typer.Option(metavar="YYYY-MM", help=N_("The month."))],
    through: Annotated[
        Any,
        typer.Option(
            parser=day, metavar="DATE", help=N_("Last day, when the month is not over yet.")
        ),
    ] = None,
    amendment: Annotated[
        bool, typer.Option("--amendment", help=N_("A further package of a month sent before."))
    ] = False,
    out: Out = Path(),
    plain: Plain = False,
) -> None:
    desk = desk_of(context)
    check_writable(out)
    with desk.at_work() as (workplace, session):
        key = workplace.signing_key(session)
        with desk.progress() as progress:
            made = make_package(
                session,
                workplace.actor,
                key=key,
                month=month,
                through=through,
                amendment=amendment,
                progress=progress,
            )
        try:
            path = write_copy(
                session, workplace.actor, sequence=made.sequence, target=out, plain=plain
            )
        except KnownError as error:
            raise KnownError(error.code, **error.params, sequence=made.sequence) from error
    desk.tell({"file": str(path), **as_json(made), "rows": made.row_count}, str(path))


def check_writable(out: Path) -> None:
    """Refuse a file whose folder is not there before anything is made for it.

    Raises:
        KnownError: ``file_not_written``.
    """
    if not (out.is_dir() or out.parent.is_dir()):
        raise KnownError("file_not_written", file=out.name, reason=os.strerror(errno.ENOENT))


def copy(
    context: typer.Context,
    sequence: Annotated[int, typer.Argument(metavar="SEQUENCE")],
    out: Out = Path(),
    plain: Plain = False,
) -> None:
    desk = desk_of(context)
    with desk.at_work() as (workplace, session):
        path = write_copy(session, workplace.actor, sequence=sequence, target=out, plain=plain)
    desk.tell({"file": str(path), "sequence": sequence}, str(path))


def verify(
    context: typer.Context, files: Annotated[list[Path], typer.Argument(metavar="FILE...")]
) -> None:
    desk = desk_of(context)
    rows = [_verified(desk, path) for path in files]
    desk.tell_rows(rows, ("file", "valid", "centre", "month", "sequence", "message"))
    if not all(row["valid"] for row in rows):
        raise typer.Exit(1)


def _verified(desk: Desk, path: Path) -> dict[str, Any]:
    try:
        package = inbox.verify_file(path)
    except KnownError as error:
        return _refused({"file": path.name, "valid": False}, desk.error(error))
    manifest = package.manifest
    return {
        "file": path.name,
        "valid": True,
        "centre": manifest.centre,
        "month": manifest.month,
        "through": manifest.through,
        "sequence": manifest.sequence,
        "epoch": manifest.epoch,
        "station": manifest.station,
        "amendment": manifest.amendment,
        "complete": manifest.complete,
        "practice": manifest.practice,
        "rows": sum(manifest.row_counts.values()),
        "sha256": package.sha256,
        "fingerprint": package.fingerprint,
        "signed_at": package.signed_at.isoformat(),
    }


def import_(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE|FOLDER...")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=N_("Judge only; change nothing."))
    ] = False,
    received_on: Annotated[
        Any,
        typer.Option(
            "--received", parser=day, metavar="DATE", help=N_("The day they came; today.")
        ),
    ] = None,
    reason: Annotated[
        str, typer.Option(metavar="TEXT", help=N_("Why late packages are accepted."))
    ] = "",
) -> None:
    desk = desk_of(context)
    with desk.at_work() as (workplace, session), desk.progress() as progress:
        results = inbox.receive_files(
            session,
            workplace.actor,
            paths=files,
            archive=workplace.archive,
            received_on=received_on,
            dry_run=dry_run,
            late_reason=reason,
            progress=progress,
        )
    rows = [_received(desk, one) for one in results]
    desk.tell_rows(rows, ("file", "status", "centre", "month", "sequence", "message"))
    if any(one.status not in FINE for one in results):
        raise typer.Exit(1)


def _received(desk: Desk, one: decisions.Reception) -> dict[str, Any]:
    manifest = one.manifest
    row = {
        "file": one.file,
        "status": one.status,
        "code": None,
        "package_id": one.package_id,
        "centre": manifest.centre if manifest else None,
        "month": manifest.month if manifest else None,
        "sequence": manifest.sequence if manifest else None,
        "sha256": one.sha256,
        "fingerprint": one.fingerprint,
        "late": one.late,
    }
    return _refused(row, desk.refusal(one.code, one.params)) if one.code else row


def _refused(row: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
    """The row with code, message and parameters; what the row says itself stays."""
    return {**row, **{name: value for name, value in told.items() if row.get(name) is None}}


def list_(
    context: typer.Context,
    made: Annotated[
        bool, typer.Option("--made", help=N_("Those made here, at headquarters too."))
    ] = False,
) -> None:
    desk = desk_of(context)
    with desk.at_work() as (workplace, session):
        if made or session.installation.workplace == "centre":
            desk.tell_rows(exported_packages(session, workplace.actor), MADE)
        else:
            desk.tell_rows(received.received_packages(session, workplace.actor), RECEIVED)


def undo(
    context: typer.Context,
    package: Annotated[
        str,
        typer.Argument(metavar="ID", help=N_("Its number, or 8 digits or more of its SHA-256.")),
    ],
    reason: Annotated[
        str, typer.Option(metavar="TEXT", help=N_("Why the package is taken back."))
    ] = "",
) -> None:
    desk = desk_of(context)
    with desk.at_work() as (workplace, session):
        number = decisions.undo_package(session, workplace.actor, package=package, reason=reason)
        settle_batch(session)
        digest = replaying.merged_state_hash(session, workplace.actor)
    t = desk.translator
    desk.tell(
        {"package_id": number, "state_hash": digest},
        t.text("The package {number} counts no more.", number=number),
    )


def replay(
    context: typer.Context,
    check: Annotated[
        bool, typer.Option("--check", help=N_("Compare only; change nothing."))
    ] = False,
) -> None:
    desk = desk_of(context)
    with desk.at_work() as (workplace, session), desk.progress() as progress:
        digest = replaying.replay(
            session, workplace.actor, archive=workplace.archive, check=check, progress=progress
        )
    desk.tell({"state_hash": digest, "check": check}, digest)


def state_hash(context: typer.Context) -> None:
    desk = desk_of(context)
    with desk.at_work() as (workplace, session):
        digest = replaying.merged_state_hash(session, workplace.actor)
    desk.tell({"state_hash": digest}, digest)


Fingerprint = Annotated[str, typer.Argument(metavar="FINGERPRINT")]


def trust_add(
    context: typer.Context,
    fingerprint: Fingerprint,
    centre: Annotated[str, typer.Option(metavar="KEY", help=N_("Key of the centre."))],
) -> None:
    desk = desk_of(context)
    with desk.at_work() as (workplace, session):
        tidy = trust.add_trust(session, workplace.actor, fingerprint=fingerprint, centre=centre)
    desk.tell({"fingerprint": tidy, "centre": centre}, desk.translator.text("The key is trusted."))


def trust_list(context: typer.Context) -> None:
    desk = desk_of(context)
    with desk.at_work() as (workplace, session):
        rows = trust.trusted_keys(session, workplace.actor)
    desk.tell_rows(rows, ("centre", "fingerprint", "added_at", "revoked_at", "stated_by"))


def trust_revoke(context: typer.Context, fingerprint: Fingerprint) -> None:
    desk = desk_of(context)
    with desk.at_work() as (workplace, session):
        trust.revoke_trust(session, workplace.actor, fingerprint=fingerprint)
    desk.tell({"revoked": True}, desk.translator.text("The key is trusted no more."))


def trust_statement(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=N_("Judge only; change nothing."))
    ] = False,
) -> None:
    desk = desk_of(context)
    take = keys.judge_statement if dry_run else keys.accept_statement
    with desk.at_work() as (workplace, session):
        judged = take(session, workplace.actor, path=file)
    desk.tell(judged, f"{judged.kind}\t{judged.centre}\t{judged.status}")
