"""The keys that headquarters trusts, after two people compared their fingerprints by phone."""

from dataclasses import dataclass

from db.session import Session
from pravo_desktop.domain.figures import NATIONAL
from pravo_desktop.errors import KnownError
from pravo_desktop.security.certificates import read_fingerprint
from pravo_desktop.usecases.actor import COORDINATOR, Actor, require, use_case
from pravo_desktop.usecases.journal import write_journal
from pravo_desktop.usecases.registers import known_centres as centres_in_force


@use_case(COORDINATOR)
def add_trust(
    session: Session,
    actor: Actor,
    *,
    fingerprint: str,
    centre: str,
    stated_by: str | None = None,
) -> str:
    """Trust a centre's key after two people compared its fingerprint; returns it.

    Args:
        stated_by: fingerprint of the trusted key that signed a statement for this one, instead of
            the comparison; `keys.accept_statement` has verified it.

    Raises:
        KnownError: ``fingerprint_malformed``, ``centre_unknown``, ``key_revoked``.
    """
    tidy = read_fingerprint(fingerprint)
    if centre != NATIONAL and centre not in known_centres(session):
        raise KnownError("centre_unknown", centre=centre)
    known = session.one("SELECT * FROM trusted_keys WHERE fingerprint = ?", (tidy,))
    if known and known["revoked_at"]:
        raise KnownError("key_revoked", fingerprint=tidy)
    if known and known["centre"] != centre:
        raise KnownError("key_of_another_centre", centre=known["centre"])
    if not known:
        session.execute(
            "INSERT INTO trusted_keys VALUES (?, ?, ?, NULL, ?)",
            (tidy, centre, session.now(), stated_by),
        )
        details = {"fingerprint": tidy, "centre": centre}
        if stated_by is not None:
            details["stated_by"] = stated_by
        write_journal(
            session, actor.account_id, "trust_added", session.clock.today(), details=details
        )
    return tidy


@use_case(COORDINATOR)
def revoke_trust(session: Session, actor: Actor, *, fingerprint: str) -> None:
    """Revoke a key: what was accepted stays, what comes later is refused, whatever it claims.

    Raises:
        KnownError: ``fingerprint_malformed``, ``signer_unknown``.
    """
    tidy = read_fingerprint(fingerprint)
    known = session.one("SELECT * FROM trusted_keys WHERE fingerprint = ?", (tidy,))
    if known is None:
        raise KnownError("signer_unknown", fingerprint=tidy)
    if not known["revoked_at"]:
        session.execute(
            "UPDATE trusted_keys SET revoked_at = ? WHERE fingerprint = ?", (session.now(), tidy)
        )
        write_journal(
            session,
            actor.account_id,
            "trust_revoked",
            session.clock.today(),
            details={"fingerprint": tidy},
        )


@dataclass(frozen=True)
class TrustedKey:
    """A key that headquarters trusts, or trusted until ``revoked_at``.

    Args:
        stated_by: fingerprint of the older key whose statement it is trusted by; None where two
            people compared it by phone.
    """

    fingerprint: str
    centre: str
    added_at: str
    revoked_at: str | None
    stated_by: str | None


def trusted_keys(session: Session, actor: Actor) -> list[TrustedKey]:
    """All keys ever trusted."""
    require(actor, COORDINATOR, "trusted_keys")
    rows = session.all("SELECT * FROM trusted_keys ORDER BY centre, added_at")
    return [TrustedKey(**row) for row in rows]


def known_centres(session: Session) -> set[str]:
    """Keys of the centres that came with the program and of those that headquarters added.

    One that it added just now is known before headquarters' own package is in the report.
    """
    merged = session.all("SELECT key FROM merged_centres")
    return {*centres_in_force(session), *(row["key"] for row in merged)}
