"""Certificate for the court on the visits of one person."""

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer

from exports.papers.content import MEDIATOR, Certificate, Visit
from exports.papers.page import (
    BODY,
    NOTE,
    facts,
    heading,
    letterhead,
    long_day,
    markup,
    signatures,
    signed_table,
    write_paper,
)
from exports.papers.templates import template
from exports.pdf import register_fonts
from pravo_desktop.i18n import Translator
from pravo_desktop.resources import classifiers


def visits_shown(content: Certificate) -> tuple[Visit, ...]:
    """The visits that the court may be told of, by date.

    Those to the mediator only with leave of both parties: mediation is confidential (Law 401-IV).
    """
    allowed = content.mediator_visits_allowed
    return tuple(
        sorted(
            (one for one in content.visits if allowed or one.profession != MEDIATOR),
            key=lambda visit: visit.held_on,
        )
    )


def write_certificate(
    content: Certificate, translator: Translator, version: str | None = None
) -> bytes:
    """The certificate as PDF; a reprint bears its mark on every page.

    Args:
        translator: of the paper's language.
        version: of the text; None is the newest.

    Raises:
        KnownError: ``paper_template_unknown``.
    """
    register_fonts()
    texts = template("certificate", translator.language, version)
    words = texts.texts
    visits = visits_shown(content)
    professions = classifiers().kinds["profession"]

    if not content.mediator_visits_allowed:
        mediation = "mediator_hidden"
    elif any(visit.profession == MEDIATOR for visit in visits):
        mediation = "mediator_shown"
    else:
        mediation = None
    head = markup(content.issuer.head) or words["signatory"]
    notes = [texts.fill(key) for key in ("scope", mediation) if key]
    closing: list[Flowable] = [
        *(Paragraph(note, NOTE) for note in notes),
        Spacer(0, 12),
        *signatures([(head, markup(content.signatory))], texts, words["stamp"]),
    ]

    story: list[Flowable] = [
        *letterhead(content.issuer, texts),
        *heading(texts.fill("title", number=content.number), words["subtitle"]),
        facts(
            [
                (words["date_label"], long_day(content.issued_on, translator)),
                (words["court_label"], markup(content.court)),
                (words["case_label"], markup(content.court_case)),
                (words["request_number_label"], markup(content.request_number)),
                (words["request_date_label"], long_day(content.request_date, translator)),
                (words["person_label"], f"<b>{markup(content.person)}</b>"),
            ]
        ),
        Spacer(0, 8),
    ]
    if visits:
        rows = [
            (
                str(number),
                translator.date(visit.held_on),
                translator.label(professions[visit.profession]),
            )
            for number, visit in enumerate(visits, start=1)
        ]
        total = texts.fill("total", count=translator.number(len(visits)))
        story += [
            Paragraph(words["statement"], BODY),
            signed_table(
                ("№", words["head_day"], words["head_specialist"]),
                rows,
                (12 * mm, 48 * mm, 110 * mm),
                [Paragraph(total, BODY), *closing],
            ),
        ]
    else:
        story.append(KeepTogether([Paragraph(words["no_visits"], BODY), *closing]))

    mark = None
    if content.reprinted_on:
        dates = texts.fill(
            "reprint_dates",
            reprinted=translator.date(content.reprinted_on),
            issued=translator.date(content.issued_on),
        )
        mark = (words["reprint"], dates)
    running = texts.fill("running", number=content.number, date=translator.date(content.issued_on))
    return write_paper(story, texts, content.issuer, title=running, mark=mark)
