"""The centre's card: what the head of its papers says; it stays in the data folder."""

import re
from dataclasses import asdict, dataclass, replace
from typing import Any

from db.audit import write_entry
from db.session import Session
from pravo_desktop.domain.bin import bin_findings, bin_warnings
from pravo_desktop.domain.iin import clean_iin
from pravo_desktop.domain.text import normalise_line, text_findings
from pravo_desktop.domain.validation import Finding
from pravo_desktop.usecases.actor import (
    EVERYBODY,
    RESPONSIBLE,
    Actor,
    Confirmed,
    require,
    use_case,
)
from pravo_desktop.usecases.records import settle

LONGEST = 200
"""Characters of a field."""
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")


@dataclass(frozen=True, kw_only=True)
class CentreCard:
    """What is printed on papers besides the centre's name; all of it may be empty.

    Args:
        name_kk, name_ru: legal name of the organisation; the project card's when empty.
        bin: its business identification number, twelve digits.
        phone: as it is to be printed; there may be several.
        head_kk, head_ru: position of who signs; when empty, «head of the centre», and at
            headquarters «coordinator».
    """

    name_kk: str = ""
    name_ru: str = ""
    bin: str = ""
    address_kk: str = ""
    address_ru: str = ""
    phone: str = ""
    email: str = ""
    head_kk: str = ""
    head_ru: str = ""

    def in_language(self, field: str, language: str) -> str | None:
        """``name``, ``address`` or ``head`` as a paper in a language bears it.

        Name and address are taken from the other language where they are empty in this one.
        """
        languages = (language,) if field == "head" else (language, "kk", "ru")
        values = (getattr(self, f"{field}_{one}") for one in languages)
        return next(filter(None, values), None)


@use_case(RESPONSIBLE)
def save_centre_card(
    session: Session, actor: Actor, *, card: CentreCard, confirmed: Confirmed | None = None
) -> None:
    """Keep the centre's card; papers issued from now on bear it.

    Raises:
        KnownError: ``bin_digits``, ``bin_check_digit``, ``email_format``, ``text_too_long`` with
            their field; ``confirmation_needed`` for ``bin_unusual``.
    """
    typed = {name: normalise_line(value) for name, value in asdict(card).items()}
    kept = replace(CentreCard(**typed), bin=clean_iin(card.bin))
    reasons = settle(_findings(kept), confirmed)
    values = asdict(kept)
    names = ", ".join(values)
    session.execute(
        f"INSERT OR REPLACE INTO centre_card (id, {names}) "
        f"VALUES (1, {', '.join('?' * len(values))})",
        tuple(values.values()),
    )
    told = {finding.code: reason for finding, reason in reasons}
    write_entry(session, actor.account_id, "centre_card_saved", content={**values, **told})
    session.changed.add("centre_card")


def centre_card(session: Session, actor: Actor) -> CentreCard:
    """The centre's card as it was last saved; empty before that."""
    require(actor, EVERYBODY, "centre_card")
    row: dict[str, Any] = session.one("SELECT * FROM centre_card") or {}
    return CentreCard(**{name: value for name, value in row.items() if name != "id"})


def _findings(card: CentreCard) -> list[Finding]:
    findings = [
        Finding(code, name, params={"maximum": LONGEST})
        for name, value in asdict(card).items()
        for code in text_findings(value, LONGEST)
    ]
    if card.bin:
        errors = bin_findings(card.bin)
        findings += [Finding(code, "bin") for code in errors]
        if not errors:
            findings += [Finding(code, "bin", warning=True) for code in bin_warnings(card.bin)]
    if card.email and not _EMAIL.fullmatch(card.email):
        findings.append(Finding("email_format", "email"))
    return findings
