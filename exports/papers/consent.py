"""Consent to the collection and processing of personal data (Law 94-V, articles 7 and 8)."""

from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer

from exports.papers.content import Consent
from exports.papers.page import (
    facts,
    heading,
    letterhead,
    long_day,
    markup,
    signatures,
    unbroken,
    write_paper,
)
from exports.papers.templates import template
from exports.pdf import BOLD, REGULAR, register_fonts, style
from pravo_desktop.i18n import Translator

_CLAUSE = style("clause", 10.5, spaceBefore=4, spaceAfter=4)
_ITEM = style("item", 10.5, spaceAfter=2, leftIndent=14, bulletIndent=3, bulletFontName=REGULAR)
_STRONG = style("strong", 10.5, fontName=BOLD, spaceBefore=6)


def write_consent(content: Consent, translator: Translator, version: str | None = None) -> bytes:
    """The consent as PDF, to be signed by one person.

    Args:
        translator: of the paper's language.
        version: of the text; None is the newest.

    Raises:
        KnownError: ``paper_template_unknown``.
    """
    register_fonts()
    texts = template("consent", translator.language, version)
    words, issuer = texts.texts, content.issuer
    place = ", ".join(filter(None, (issuer.centre, issuer.address, unbroken(issuer.phone))))
    until = long_day(content.valid_until, translator)
    clauses_before_list = [
        texts.fill("intro"),
        texts.fill("operator", organisation=issuer.organisation, bin=issuer.bin, place=place),
        texts.fill("purpose"),
        texts.fill("data"),
    ]
    clauses_after_list = [
        texts.fill("actions"),
        texts.fill("term_until", until=until) if until else texts.fill("term"),
        *map(texts.fill, ("third_parties", "abroad", "publication")),
    ]
    # Nobody signs a page that holds nothing but the signature.
    clauses_beside_signature = [texts.fill("rights"), texts.fill("refusal")]
    story: list[Flowable] = [
        *letterhead(issuer, texts),
        *heading(words["title"], words["subtitle"]),
        facts(
            [
                (words["person_label"], markup(content.person)),
                (words["case_label"], markup(content.case_number)),
            ]
        ),
        Spacer(0, 6),
        *(Paragraph(clause, _CLAUSE) for clause in clauses_before_list),
        *(Paragraph(item, _ITEM, "–") for item in texts.lists["data"]),
        *(Paragraph(clause, _CLAUSE) for clause in clauses_after_list),
        KeepTogether(
            [
                *(Paragraph(clause, _CLAUSE) for clause in clauses_beside_signature),
                Paragraph(words["confirmation"], _STRONG),
                *signatures(
                    [
                        (words["signer"], markup(content.person)),
                        (words["receiver"], markup(content.received_by)),
                    ],
                    texts,
                ),
                facts([(words["date_label"], None)]),
                Spacer(0, 28),
                Paragraph(words["withdrawal"], _STRONG),
                facts([(words["date_label"], None)]),
                *signatures([(words["signer"], markup(content.person))], texts),
            ]
        ),
    ]
    return write_paper(story, texts, issuer, title=words["title"])
