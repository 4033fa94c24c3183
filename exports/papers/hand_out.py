"""Act on printed materials handed over."""

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph, Spacer

from exports.papers.content import HandOutAct
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


def write_hand_out_act(
    content: HandOutAct, translator: Translator, version: str | None = None
) -> bytes:
    """The act as PDF, to be signed by who gives and who receives.

    Args:
        translator: of the paper's language.
        version: of the text; None is the newest.

    Raises:
        KnownError: ``paper_template_unknown``.
    """
    register_fonts()
    texts = template("hand_out", translator.language, version)
    words = texts.texts
    languages = classifiers().kinds["event_language"]
    about: list[tuple[str, str | None]] = [
        (words["date_label"], long_day(content.handed_on, translator)),
        (words["given_to_label"], markup(content.given_to)),
        (words["place_label"], markup(content.place)),
    ]
    if content.event:
        about.append((words["event_label"], markup(content.event)))
    rows = [
        (
            str(number),
            markup(material.title) or "",
            translator.label(languages[material.language]),
            translator.number(material.copies),
        )
        for number, material in enumerate(content.materials, start=1)
    ]
    copies = sum(material.copies for material in content.materials)
    rows.append(("", words["total"], "", translator.number(copies)))
    story: list[Flowable] = [
        *letterhead(content.issuer, texts),
        *heading(words["title"], texts.fill("number", number=content.number)),
        facts(about),
        Spacer(0, 8),
        Paragraph(words["statement"], BODY),
        signed_table(
            ("№", words["head_title"], words["head_language"], words["head_copies"]),
            rows,
            (12 * mm, 90 * mm, 42 * mm, 26 * mm),
            [
                Paragraph(words["free"], NOTE),
                *signatures(
                    [
                        (words["giver"], markup(content.giver)),
                        (words["receiver"], markup(content.receiver)),
                    ],
                    texts,
                    words["stamp"],
                ),
            ],
            numbers=frozenset({3}),
            totals=1,
        ),
    ]
    title = texts.fill("running", number=content.number)
    return write_paper(story, texts, content.issuer, title=title)
