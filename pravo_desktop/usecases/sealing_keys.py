"""Sealing: headquarters' keys that open packages, the centre's certificate to seal them to."""

from datetime import timedelta

from db.audit import write_entry
from db.session import Session
from pravo_desktop.security.certificates import load_certificate
from pravo_desktop.security.sealing import SealingKey, create_sealing_key, read_sealing_key
from pravo_desktop.usecases.actor import RESPONSIBLE, Actor, require

_RENEWED_BEFORE = timedelta(days=365)
"""A key is followed by a new one so long before centres cannot seal to it any more."""


def sealing_keys(session: Session) -> list[SealingKey]:
    """All keys that headquarters ever had, the newest first; any coordinator opens with them."""
    rows = session.all(
        "SELECT certificate, private_key FROM sealing_keys ORDER BY made_at DESC, fingerprint"
    )
    return [read_sealing_key(row["certificate"], row["private_key"]) for row in rows]


def current_sealing_key(session: Session, actor: Actor) -> SealingKey:
    """The key that a receipt names; made at first use, in the present transaction."""
    now = session.clock.now()
    for key in sealing_keys(session)[:1]:
        certificate = load_certificate(key.certificate_der)
        if (
            certificate.not_valid_before_utc
            <= now
            <= (certificate.not_valid_after_utc - _RENEWED_BEFORE)
        ):
            return key
    key = create_sealing_key(f"{session.installation.centre} sealing", now)
    session.execute(
        "INSERT INTO sealing_keys VALUES (?, ?, ?, ?, ?)",
        (
            key.fingerprint,
            key.certificate_der,
            key.private_bytes(),
            session.now(),
            actor.account_id,
        ),
    )
    write_entry(session, actor.account_id, "sealing_key_made", record_id=key.fingerprint)
    return key


def sealing_certificate_of_headquarters(session: Session) -> bytes | None:
    """The certificate that the last receipt names for sealing, as DER.

    None before such a receipt, and once the lead trusts the key no more that signed it.
    """
    found = session.value(
        "SELECT c.certificate FROM received_certificates c WHERE c.purpose = 'sealing' AND EXISTS "
        "(SELECT 1 FROM trusted_headquarters t WHERE t.revoked_at IS NULL AND t.fingerprint = "
        "(SELECT r.fingerprint FROM received_receipts r ORDER BY r.made_at DESC, r.number DESC "
        "LIMIT 1)) ORDER BY c.fingerprint LIMIT 1"
    )
    return found if isinstance(found, bytes) else None


def can_seal(session: Session, actor: Actor) -> bool:
    """Whether packages can be sealed for headquarters here."""
    require(actor, RESPONSIBLE, "can_seal")
    return sealing_certificate_of_headquarters(session) is not None
