"""The month's journal of consultations, with lines for those who sign it."""

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer

from exports.papers.content import Journal, JournalRow
from exports.papers.page import (
    BODY,
    heading,
    letterhead,
    markup,
    signatures,
    signed_table,
    write_paper,
)
from exports.papers.templates import template
from exports.pdf import register_fonts
from pravo_desktop.i18n import Translator
from pravo_desktop.resources import classifiers

_SIGN_BESIDE_ROWS = 9
"""So many lines to sign find room on a page with the last rows; the others follow."""


def write_journal(content: Journal, translator: Translator, version: str | None = None) -> bytes:
    """The journal as PDF; each of its specialists and the lead have a line to sign.

    Args:
        translator: of the paper's language.
        version: of the text; None is the newest.

    Raises:
        KnownError: ``paper_template_unknown``.
    """
    register_fonts()
    texts = template("journal", translator.language, version)
    words = texts.texts
    kinds = classifiers().kinds
    month = translator.month(content.month)

    def profession(row: JournalRow) -> str:
        return translator.label(kinds["profession"][row.profession])

    def cells(number: int, row: JournalRow) -> tuple[str, ...]:
        topics = [translator.label(kinds["topic"][topic]) for topic in row.topics]
        names = [profession(row), *([row.specialist] if row.specialist else [])]
        return (
            str(number),
            translator.date(row.held_on),
            markup(row.case_number) or words["without_case"],
            "<br/>".join(markup(name) or "" for name in names),
            translator.label(kinds["consultation_format"][row.format]),
            translator.number(row.attendees),
            markup("; ".join(topics)) or "",
        )

    specialists = dict.fromkeys((profession(row), row.specialist) for row in content.rows)
    people = [
        *((who, markup(name)) for who, name in specialists),
        (markup(content.issuer.head) or words["lead"], markup(content.lead)),
    ]
    signed = signatures(people[:_SIGN_BESIDE_ROWS], texts)
    story: list[Flowable] = [
        *letterhead(content.issuer, texts),
        *heading(words["title"], month),
    ]
    if content.rows:
        advice = sum(row.case_number is None for row in content.rows)
        total = texts.fill(
            "total",
            count=translator.number(len(content.rows)),
            advice=translator.number(advice),
        )
        story.append(
            signed_table(
                (
                    "№",
                    words["head_day"],
                    words["head_case"],
                    words["head_specialist"],
                    words["head_format"],
                    words["head_attendees"],
                    words["head_topics"],
                ),
                [cells(number, row) for number, row in enumerate(content.rows, start=1)],
                (9 * mm, 21 * mm, 33.5 * mm, 31.5 * mm, 19 * mm, 17 * mm, 39 * mm),
                [Paragraph(total, BODY), *signed],
                numbers=frozenset({5}),
            )
        )
    else:
        story.append(KeepTogether([Paragraph(words["empty"], BODY), Spacer(0, 6), *signed]))
    if people[_SIGN_BESIDE_ROWS:]:
        story += signatures(people[_SIGN_BESIDE_ROWS:], texts)
    title = texts.fill("running", month=month)
    return write_paper(story, texts, content.issuer, title=title)
