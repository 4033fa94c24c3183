"""List of an event, to be signed by those who came."""

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph, Spacer

from exports.papers.content import AttendanceList
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

_ROW = 9 * mm


def write_attendance_list(
    content: AttendanceList, translator: Translator, version: str | None = None
) -> bytes:
    """The list as PDF, with numbered empty rows.

    Args:
        translator: of the paper's language.
        version: of the text; None is the newest.

    Raises:
        KnownError: ``paper_template_unknown``.
    """
    register_fonts()
    texts = template("attendance", translator.language, version)
    words = texts.texts
    kind = classifiers().kinds["event_kind"][content.kind]
    rows = [(str(number), "", "", "", "", "") for number in range(1, content.rows + 1)]
    about: list[tuple[str, str | None]] = [
        (words["kind_label"], markup(translator.label(kind))),
        (words["topic_label"], markup(content.topic)),
        (words["date_label"], long_day(content.held_on, translator)),
        (words["place_label"], markup(content.place)),
        (words["leader_label"], markup(content.leader)),
    ]
    if content.code:
        about.append((words["code_label"], markup(content.code)))
    story: list[Flowable] = [
        *letterhead(content.issuer, texts),
        *heading(words["title"]),
        facts(about),
        Spacer(0, 10),
        signed_table(
            (
                "№",
                words["head_name"],
                words["head_from"],
                words["head_sex"],
                words["head_child"],
                words["head_signature"],
            ),
            rows,
            (9 * mm, 56 * mm, 40 * mm, 17 * mm, 20 * mm, 28 * mm),
            [
                Paragraph(words["totals"], BODY),
                Paragraph(words["privacy"], NOTE),
                *signatures([(words["signatory"], markup(content.leader))], texts),
            ],
            handwriting=_ROW,
        ),
    ]
    return write_paper(story, texts, content.issuer, title=words["title"])
