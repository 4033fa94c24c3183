"""What is held about one person, printed on their request (Law 94-V)."""

from collections.abc import Iterable, Iterator
from datetime import date

from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer

from exports.papers.content import HeldData
from exports.papers.page import (
    BODY,
    facts,
    heading,
    letterhead,
    long_day,
    markup,
    signatures,
    write_paper,
)
from exports.papers.templates import Template, template
from exports.pdf import BOLD, REGULAR, register_fonts, style
from pravo_desktop.domain.phone import format_phone
from pravo_desktop.i18n import Translator
from pravo_desktop.resources import classifiers

_HEAD = style("held_head", 10.5, fontName=BOLD, spaceBefore=10, spaceAfter=3, keepWithNext=1)
_ITEM = style(
    "held_item", 10.5, spaceAfter=1, leftIndent=14, bulletIndent=3, bulletFontName=REGULAR
)

_CLASSIFIER = {
    "role": "participant_role",
    "sex": "sex",
    "disability": "disability",
    "occupation": "occupation",
    "citizenship": "citizenship",
    "safe_contact": "safe_contact",
}


def write_held_data(content: HeldData, translator: Translator, version: str | None = None) -> bytes:
    """The paper as PDF; it names one person alone.

    Args:
        translator: of the paper's language.
        version: of the text; None is the newest.

    Raises:
        KnownError: ``paper_template_unknown``.
    """
    register_fonts()
    texts = template("held_data", translator.language, version)
    words = texts.texts
    held = [
        (words[f"field_{name}"], markup(_shown(name, value, texts, translator)))
        for name, value in content.fields.items()
        if value not in (None, "not_stated", 0)
    ]
    story: list[Flowable] = [
        *letterhead(content.issuer, texts),
        *heading(texts.fill("title", number=content.number), words["subtitle"]),
        facts(
            [
                (words["person_label"], markup(content.person) or words["unnamed"]),
                (words["case_label"], markup(content.case_number)),
                (words["date_label"], _day(content.issued_on, translator)),
            ]
        ),
        Paragraph(words["fields"], _HEAD),
        facts(held),
        *_listed(words["consents"], _consents(content, texts, translator), words["none"]),
        *_listed(words["visits"], _visits(content, translator), words["none"]),
        *_listed(
            words["courts"], (markup(one) or "" for one in content.court_numbers), words["none"]
        ),
        *_listed(words["papers"], _papers(content, texts, translator), words["none"]),
        Paragraph(words["notes"], _HEAD),
        Paragraph(
            texts.fill("notes_held", number=str(content.notes)) if content.notes else words["none"],
            BODY,
        ),
        *_listed(words["drafts"], _drafts(content, texts), words["none"]),
        *_listed(words["packages"], _packages(content, texts, translator), words["none"]),
        KeepTogether(
            [
                Spacer(0, 8),
                Paragraph(words["rights"], BODY),
                *signatures([(content.issuer.head or words["signatory"], None)], texts),
            ]
        ),
    ]
    return write_paper(
        story, texts, content.issuer, title=texts.fill("title", number=content.number)
    )


def _day(day: date, translator: Translator) -> str:
    return long_day(day, translator) or ""


def _listed(head: str, items: Iterable[str], none: str) -> list[Flowable]:
    shown = [Paragraph(item, _ITEM, "–") for item in items]
    return [Paragraph(head, _HEAD), *(shown or [Paragraph(none, BODY)])]


def _shown(name: str, value: str | int | None, texts: Template, translator: Translator) -> str:
    if name in _CLASSIFIER:
        return translator.label(classifiers().kinds[_CLASSIFIER[name]][str(value)])
    if name == "birth_date":
        return translator.date(date.fromisoformat(str(value)))
    if name == "phone":
        codes = {region.phone_code for region in classifiers().regions.values()}
        return format_phone(str(value), codes)
    return texts.texts["yes"] if name == "never_tell" else str(value)


def _consents(content: HeldData, texts: Template, translator: Translator) -> Iterator[str]:
    states = classifiers().kinds["consent_state"]
    for one in content.consents:
        said = [_day(one.decided_on, translator), translator.label(states[one.state])]
        if one.text_version:
            said.append(texts.fill("text_version", version=one.text_version))
        yield " · ".join(filter(None, said))


def _visits(content: HeldData, translator: Translator) -> Iterator[str]:
    professions = classifiers().kinds["profession"]
    for one in content.visits:
        yield f"{_day(one.held_on, translator)} · {translator.label(professions[one.profession])}"


def _papers(content: HeldData, texts: Template, translator: Translator) -> Iterator[str]:
    for one in content.papers:
        kind, day = texts.texts[f"paper_{one.kind}"], _day(one.issued_on, translator)
        yield f"{kind} · {markup(one.number)} · {day}"


def _drafts(content: HeldData, texts: Template) -> Iterator[str]:
    if content.drafts:
        yield texts.fill("drafts_held", number=str(content.drafts))
    if content.unopened_drafts:
        yield texts.fill("drafts_unopened", number=str(content.unopened_drafts))


def _packages(content: HeldData, texts: Template, translator: Translator) -> Iterator[str]:
    for one in content.packages:
        yield texts.fill(
            "package",
            number=str(one.sequence),
            month=translator.month(one.month),
            day=_day(one.made_on, translator),
        )
